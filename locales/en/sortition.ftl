# Words that explain a draw, for `madang draw` and the pages about draws.

sortition-what-title = What is drawn
sortition-what-size = { $size } members are drawn from { $people } candidates.
sortition-what-quotas = The committee has to meet { $limits } conditions. They say beforehand how many members there must be of each kind, by gender or age for example. The committee that is drawn meets every one of them.
sortition-what-homes = At most one person is drawn from each address.

sortition-how-title = How it is drawn
sortition-how-list = First a list is made. Each line is a way to make up a committee that meets all conditions; it has { $panels } { $panels ->
    [one] line
   *[other] lines
}. The list names no people. It only says how many people of which kind.
sortition-how-uniform = Each line has one number. The numbers go from 0 to { $last }, and each is equally likely to be drawn. A way that stands on several lines is that much likelier.
sortition-how-weighted = Each line has a share of the tickets. There are { $tickets } tickets, and each is equally likely to be drawn.
sortition-how-leximin = The smallest chance that anybody has was made as large as the conditions allow, then the next smallest, and so on. So nobody's chance could be larger without taking from somebody whose chance is smaller still.
sortition-how-maximin = The smallest chance that anybody has was made as large as the conditions allow.
sortition-how-people = One number decides how the committee is made up. Then as many people as are needed are drawn among those who are alike, each with the same chance.

sortition-chance-title = What everybody's chance is
sortition-chance-equal = Without conditions it would be { $percent } for everybody.
sortition-chance-same = In this draw, too, it is { $percent } for everybody.
sortition-chance-range = In this draw the smallest chance is { $low } and the largest { $high }. People who are alike have the same chance.
sortition-chance-most = “{ $group }”: { $percent }. It is low because there are { $people } candidates of “{ $limit }” and at most { $seats } { $seats ->
    [one] seat
   *[other] seats
} for them.
sortition-chance-least = “{ $group }”: { $percent }. It is high because there are only { $people } candidates of “{ $limit }” and at least { $seats } { $seats ->
    [one] seat
   *[other] seats
} must be theirs.
sortition-chance-together = “{ $group }”: { $percent }. No single condition makes it so, but several together.
sortition-chance-exact = The list and its numbers give exactly these chances.
sortition-chance-residual = The list and its numbers miss the chance that was aimed at by at most { $points } (in percentage points) for any person.

sortition-seed-title = Where chance comes from
sortition-seed-lists = All numbers come from one value, the seed. It is computed from the hashes of the two published lists and what follows here. A hash is like a fingerprint of a file: it changes when a single letter of the file changes.
sortition-seed-parties = Parties that take part: { $count } ({ $names }). Each chose a secret and first handed in nothing but its hash. The secrets were to be told later. So nobody can change a secret after hearing another one.
sortition-seed-honest = If only one of them is honest, nobody can fix the result beforehand.
sortition-seed-missing = { $name } did not tell its secret. It was declared missing before the public value was known, so staying away gains nothing.
sortition-seed-source = Where the public value comes from was announced: { $source }
sortition-seed-value = Public value: { $value }
sortition-seed-ticket = The seed is { $seed }. It gives number { $ticket }, and with it line { $panel } of the list.
sortition-seed-trial = The lists were not published first, so this is an exercise. Nobody can know that the seed was not picked to suit.

sortition-check-title = How to check it
sortition-check-files = The published folder holds the candidates (pool.json), the list (panels.json), the commitment with the hashes of both (commitment.json) and the result (result.json). There are no names, addresses or telephone numbers in it. Each person is sixteen letters and digits that mean nothing.
sortition-check-program = Anybody can draw again on a machine of their own: madang draw --published FOLDER --verify FOLDER/result.json
sortition-check-script = You need not trust Madang. draw.py in the same folder is one short program that needs only Python: python3 draw.py computes the same result again.
sortition-check-own = Candidates can ask the organiser for their own sixteen letters and digits, and look whether they stand in the list as they should.

sortition-limits-title = What this draw does not tell
sortition-limits-pool = The candidates are people who came forward. A draw cannot speak for those who did not.
sortition-limits-quotas = The organiser decides which traits count and how many seats there are for each. The draw does not ask whether that is right.
sortition-limits-homes = Addresses are compared as they are written. A home that is written in two ways counts as two homes.
sortition-limits-decline = When somebody declines, a person in reserve or one who is drawn anew comes in. The chances above are those of being drawn in the first place.

sortition-range-least = { $min } or more
sortition-column-feature = Feature
sortition-column-value = Value
sortition-column-group = People
sortition-column-people = Candidates
sortition-column-share = Share
sortition-column-like-pool = By share
sortition-column-quota = Quota
sortition-column-drawn = Drawn
sortition-column-expected = On average
sortition-column-chance = Chance

sortition-infeasible-title = No committee meets all conditions
sortition-reason-pool = There are { $people } candidates for { $size } seats.
sortition-reason-homes = At most one person a home can be drawn, and there are { $homes } homes for { $size } seats.
sortition-reason-min-max = “{ $limit }”: the minimum, { $min }, is above the maximum, { $max }.
sortition-reason-few = “{ $limit }”: at least { $min } seats are asked for, and only { $people } candidates can take them.
sortition-reason-minima = “{ $feature }”: the minimums add up to { $sum }, which is more than { $size } seats.
sortition-reason-maxima = “{ $feature }”: the seats that can be filled add up to { $sum }, which is less than { $size }.
sortition-reason-together = Each condition can be met, but not all of them together.
sortition-relax-title = The smallest change that helps
sortition-relax-min = “{ $limit }”: lower the minimum from { $from } to { $to }.
sortition-relax-max = “{ $limit }”: raise the maximum from { $from } to { $to }.
sortition-relax-within = This stays within what the file allows (min_flex, max_flex).
sortition-relax-beyond = This goes beyond what the file allows (min_flex, max_flex).
sortition-relax-none = No change of conditions helps. Find more candidates, or draw fewer members.

sortition-picture-seats = The seats of { $size } members
sortition-picture-seats-about = The seats of { $size } members drawn from { $people } candidates, by feature. The quota stands in brackets.
sortition-picture-quotas = Further conditions
sortition-picture-chances = Candidates by their chance of being drawn
sortition-picture-chances-about = How the chances of { $people } candidates spread between { $low } and { $high }.
sortition-picture-equal = { $percent } without conditions
sortition-picture-axis = Chance of being drawn
sortition-legend-quota = Quota
sortition-legend-pool = If it were like the candidates
sortition-legend-drawn = Drawn
sortition-legend-expected = On average
