# Results of votes explained: participatory budgets, elections of one or several.

## Money
ballot-money-won = { $amount } won

## The rule, in three sentences
ballot-rule-equal-shares-cost = The budget is shared out equally among everybody who voted. A project can win when the people who voted for it can pay its cost out of their shares, each the same amount; whoever has less left pays what is left. In every round the project with the most effective votes wins (its cost, divided by the most that one supporter has to pay), its supporters pay for it, and this goes on until no group of supporters can pay for a project any more.
ballot-rule-equal-shares-cardinality = The budget is shared out equally among everybody who voted. A project can win when the people who voted for it can pay its cost out of their shares, each the same amount; whoever has less left pays what is left. In every round the project wins for which a supporter has to pay least, its supporters pay for it, and this goes on until no group of supporters can pay for a project any more.
ballot-rule-equal-shares-score = The budget is shared out equally among everybody who voted. A project can win when the people who gave it points can pay its cost out of their shares, each in proportion to the points given; whoever has less left pays what is left. In every round the project wins that costs its supporters least for a point, they pay for it, and this goes on until no group of supporters can pay for a project any more.
ballot-rule-phragmen = Everybody who voted earns money at the same steady pace, starting from nothing. As soon as the people who voted for a project have together earned what it costs, it wins, and they begin again from nothing. The count ends when the next project to win would cost more than what is left of the budget.
ballot-rule-knapsack = Every ballot is a plan for the whole budget; a ballot that plans to spend more than there is does not count. The projects that stand in the most plans win, one after the other. A project that costs more than what is left is passed over.
ballot-rule-greedy-votes = The projects with the most votes win, one after the other. A project that costs more than what is left is passed over. The count ends when no further project fits.
ballot-rule-greedy-votes-stop = The projects with the most votes win, one after the other. Each takes its cost from the budget. The count ends at the first project that costs more than what is left, even if a cheaper one would still fit.
ballot-rule-greedy-points = The projects with the most points win, one after the other. A project that costs more than what is left is passed over. The count ends when no further project fits.
ballot-rule-greedy-points-stop = The projects with the most points win, one after the other. Each takes its cost from the budget. The count ends at the first project that costs more than what is left, even if a cheaper one would still fit.
ballot-rule-greedy-density = The projects with the most votes for their cost win, one after the other. A project that costs more than what is left is passed over. The count ends when no further project fits.
ballot-rule-greedy-density-points = The projects with the most points for their cost win, one after the other. A project that costs more than what is left is passed over. The count ends when no further project fits.
ballot-rule-greedy-density-points-stop = The projects with the most points for their cost win, one after the other. Each takes its cost from the budget. The count ends at the first project that costs more than what is left, even if a cheaper one would still fit.
ballot-rule-greedy-density-stop = The projects with the most votes for their cost win, one after the other. Each takes its cost from the budget. The count ends at the first project that costs more than what is left, even if a cheaper one would still fit.

## The count as a whole
ballot-whole-heading = How this was counted
ballot-whole-money = The budget is { $budget }, and { $voters } { $voters ->
    [one] person
   *[other] people
} voted. Of { $projects } { $projects ->
    [one] project
   *[other] projects
} { $winners } won; together they cost { $spent }, and { $left } is left.
ballot-whole-left-out = { $count } { $count ->
    [one] ballot that plans
   *[other] ballots that plan
} to spend more than the budget did not count.
ballot-endowment = Divided equally, each person’s share is { $share }.
ballot-endowment-floor = Divided equally and rounded down to whole amounts, each person’s share is { $share }.
ballot-completion-none = Money that no group of supporters can spend is left over.
ballot-fill-votes = most votes first
ballot-fill-density = most votes for the cost first
ballot-fill-density-points = most points for the cost first
ballot-completion-greedy = What was left was then filled, { $first }: { $count ->
    [0] no project was added
    [one] one project was added
   *[other] { $count } projects were added
}.
ballot-completion-add1 = Because money was left, the count was repeated with { $step } more for each person every time: from { $start } up to { $end }, in { $runs } { $runs ->
    [one] count
   *[other] counts
}. The last one that stays within the budget is the result.
ballot-completion-fill = What was left after that was filled, { $first }: { $count ->
    [0] no project was added
    [one] one project was added
   *[other] { $count } projects were added
}.
ballot-stop-nothing-left = The count ended because no project was left that could still win.
ballot-stop-exhausted = The count ended because no other project fits into what is left.
ballot-stop-next-overspends = The count ended because the next repetition would have spent more than the budget.
ballot-stop-max-projects = The count ended because the greatest number of projects was reached.
ballot-stop-first-unaffordable = The count ended at “{ $project }”, which costs more than what was left.
ballot-unmet-min-projects = At least { $wanted } projects were wanted, but only { $chosen } could win.
ballot-ties-none = No two projects were ever equal, so nothing had to be decided by a tie rule.
ballot-tie-cost = In round { $round } these were exactly equal: { $projects }. “{ $first }” came first because it costs least.
ballot-tie-votes = In round { $round } these were exactly equal, also in cost: { $projects }. “{ $first }” came first because more people voted for it.
ballot-tie-lot = In round { $round } these were exactly equal, also in cost and votes: { $projects }. “{ $first }” came first by lot, drawn from the seed “{ $seed }”.
ballot-tie-name = In round { $round } these were exactly equal: { $projects }. “{ $first }” came first because its number comes first.

ballot-seed-none = none

## One project
ballot-project-won = { $project }: won
ballot-project-lost = { $project }: did not win
ballot-support = { $supporters } { $supporters ->
    [one] person
   *[other] people
} voted for it. It costs { $cost }.
ballot-support-points = { $supporters } { $supporters ->
    [one] person
   *[other] people
} gave it { $points } points in all. It costs { $cost }.
ballot-support-none = Nobody voted for it. It costs { $cost }.
ballot-won-free = It costs nothing and somebody wants it, so it won before the count began.
ballot-won-unsupported = It was chosen as number { $place } all the same: money was left after every other project had its turn. To leave such projects out, set a smallest number of votes (min_votes).
ballot-won-fill = It was chosen with the money that was left in the end, as project number { $place }.
ballot-won-votes = It won as number { $place }: among the projects that still fitted, none had more votes.
ballot-won-points = It won as number { $place }: among the projects that still fitted, none had more points ({ $score }).
ballot-won-density = It won as number { $place }: among the projects that still fitted, none had more votes for its cost.
ballot-won-density-points = It won as number { $place }: among the projects that still fitted, none had more points for its cost ({ $score } points).
ballot-won-knapsack = It won as number { $place }: among the projects that still fitted, none stood in more plans.
ballot-won-phragmen = It won as number { $place }: when each person had earned { $price }, the { $supporters } people who voted for it together had what it costs.
ballot-won-shares-cost = It won in round { $round }, because no project had more effective votes: { $cost } divided by { $price } is { $effective }.
ballot-won-shares-cardinality = It won in round { $round }, because no project asked less of a supporter: { $price } at most.
ballot-won-shares-score = It won in round { $round }, because no project asked less for a point: { $price }.
ballot-paid-all = { $full ->
    [one] Its one supporter paid all of it.
   *[other] Its { $full } supporters paid { $price } each.
}
ballot-paid-part = { $full } supporters paid { $price } each; { $partial } had less than that left and paid all they had.
ballot-paid-points = Its supporters ({ $full }) paid { $price } for each point they gave.
ballot-paid-points-part = { $full } supporters paid { $price } for each point they gave; { $partial } had less than that left and paid all they had.
ballot-payment-full = the full amount
ballot-payment-last = all they had left
ballot-payment-at-most = up to { $amount }
ballot-lost-no-support = This rule pays for a project only out of the shares of those who chose it. Nobody did, so it cannot win.
ballot-lost-below-threshold = That is less than the number which a project needs to be counted at all.
ballot-lost-over-budget = It costs more than the whole budget of { $budget }.
ballot-lost-short-at-once = It could not win from the start: the shares of its { $supporters } supporters come to { $have } together, { $missing } less than its cost.
ballot-lost-short = From round { $round } on it could no longer be paid for: its { $supporters } supporters together had { $have } left, { $missing } less than its cost.
ballot-spent-before = Before that they had paid for other projects they also voted for, most of all for “{ $project }” ({ $amount }).
ballot-lost-does-not-fit = When its turn came, less than { $cost } was left of the budget.
ballot-lost-does-not-fit-round = In round { $round } it dropped out: only { $left } was left of the budget, and it costs { $cost }.
ballot-lost-fill = Nor was as much as { $cost } left of the budget when the rest was given out.
ballot-lost-envelope = The part of the budget that is set aside for its area was used up by projects before it.
ballot-lost-max-projects = The greatest number of projects was reached before it.
ballot-lost-incompatible = It cannot be built together with “{ $project }”, which won before it.
ballot-lost-needs = It can only be built together with “{ $project }”, which did not win.
ballot-lost-stopped = The count ended before its turn came.
ballot-short-votes = With { $votes } more { $votes ->
    [one] person
   *[other] people
} voting for this project alone, it would have won.
ballot-short-never = Even { $voters } more people voting for this project alone would not have made it win.

## Tables and pictures
ballot-table-winners = Projects that won, in order
ballot-table-payments = What its supporters paid
ballot-table-spent = What its supporters had paid before
ballot-table-course = Where it stood, round by round
ballot-column-place = Place
ballot-column-round = Round
ballot-column-project = Project
ballot-column-cost = Cost
ballot-column-supporters = Votes
ballot-column-score = Score
ballot-column-price = Most one paid
ballot-column-price-point = Price of a point
ballot-column-earned = Earned by each
ballot-column-cost-vote = Cost of a vote
ballot-column-cost-point = Cost of a point
ballot-column-effective = Effective votes
ballot-column-effective-points = Effective points
ballot-column-people = People
ballot-column-each = Each paid
ballot-column-note = Note
ballot-column-amount = Amount
ballot-column-chosen = Chosen in this round
ballot-picture-payments-title = What supporters paid, project by project
ballot-picture-payments-desc = One bar for each project, as long as its cost. Filled is what its supporters paid, or, for a project that did not win, what they had left for it.
ballot-picture-payments-full = paid in equal parts
ballot-picture-payments-rest = paid with their last money
ballot-picture-payments-fill = paid from what was left over
ballot-picture-payments-could = what supporters had left in the end
ballot-picture-payments-missing = missing
ballot-picture-payments-won = won · { $cost }, paid by { $people } { $people ->
    [one] person
   *[other] people
}
ballot-picture-payments-common = won · { $cost }, paid from the common budget
ballot-picture-payments-lost = did not win · { $have } of { $cost }
ballot-picture-payments-not = did not win · { $cost }
ballot-picture-more = { $count } more are in the table.
ballot-picture-rounds-title = The rounds of the count
ballot-picture-rounds-desc = For each round the project that was chosen and the one that came second.
ballot-picture-rounds-hidden = Only the first { $shown } of { $all } rounds are drawn. All projects that won are in the table.
ballot-picture-rounds-round = Round { $round }
ballot-picture-rounds-chosen = chosen
ballot-picture-rounds-fill = chosen with what was left
ballot-picture-rounds-none = none chosen
ballot-picture-rounds-second = second
ballot-picture-rounds-effective = { $value } effective votes
ballot-picture-rounds-votes = { $value } votes
ballot-picture-rounds-score = { $value } points
ballot-picture-rounds-price = { $value } from each at most
ballot-picture-rounds-price-vote = { $value } for a vote
ballot-picture-rounds-price-point = { $value } for a point
ballot-picture-rounds-earned = at { $value } earned by each
ballot-picture-rounds-left = { $left } left
ballot-picture-rounds-fallen = out: { $projects }
ballot-picture-rounds-fallen-many = out: { $projects } and { $count } more

## Elections of one or several
ballot-choice-rule-approval = Everybody marked as many as they liked. Every mark is one vote. Whoever has most votes wins.
ballot-choice-rule-score = Everybody gave points to as many as they liked. Whoever is not marked gets no points from that person. Whoever has most points wins.
ballot-choice-rule-instant-runoff = Everybody put the candidates in order, and every vote counts for its first choice. As long as nobody has more than half of the votes that still count, the candidate with the fewest votes is struck, and each of those votes moves on to its next choice. Whoever has more than half wins.
ballot-choice-rule-schulze = Everybody put the candidates in order, so any two can be compared: who stands before the other on more ballots? Whoever wins all these comparisons wins; if they go round in a circle, chains of comparisons decide, and a chain is as strong as its weakest link. Candidates that a ballot leaves out come last on it.
ballot-choice-rule-transferable = Everybody put the candidates in order, and every vote counts for its first choice. Whoever reaches the quota is elected, and what is above the quota moves on to the next choices, every ballot with the same fraction of its value. If nobody is above the quota, the candidate with the fewest votes is struck and those votes move on, until all seats are filled.
ballot-choice-ballots = { $counted } of { $given } ballots could be counted, for { $candidates } { $candidates ->
    [one] candidate
   *[other] candidates
} and { $seats } { $seats ->
    [one] seat
   *[other] seats
}.
ballot-choice-refused-blank = { $count } { $count ->
    [one] ballot names
   *[other] ballots name
} nobody.
ballot-choice-refused-unknown = { $count } { $count ->
    [one] ballot names
   *[other] ballots name
} somebody who does not stand.
ballot-choice-refused-twice = { $count } { $count ->
    [one] ballot names
   *[other] ballots name
} somebody twice.
ballot-choice-refused-equal = { $count } { $count ->
    [one] ballot puts
   *[other] ballots put
} two in the same place; this method needs an order.
ballot-choice-refused-kind = { $count } { $count ->
    [one] ballot is
   *[other] ballots are
} of another kind than this method counts.
ballot-choice-elected-one = Elected: { $names }.
ballot-choice-elected = Elected, in this order: { $names }.
ballot-choice-round-majority = Round { $round }: { $name } has { $votes } votes, more than half of those that still count ({ $quota } were enough), and is elected.
ballot-choice-round-quota = Round { $round }: { $name } has { $votes } votes, reaches the quota of { $quota } and is elected.
ballot-choice-round-rest = Round { $round }: { $name } has { $votes } votes and is elected without the quota of { $quota }, because no more candidates are left than seats.
ballot-choice-round-surplus = Round { $round }: { $name } has { $surplus } more than the quota. Every ballot moves on with { $fraction } of its value: { $to }.
ballot-choice-round-surplus-nobody = Round { $round }: { $name } has { $surplus } more than the quota, but no ballot names anybody else who is still in the count.
ballot-choice-round-struck = Round { $round }: { $name } has the fewest votes ({ $votes }) and is struck. They move on: { $to }.
ballot-choice-round-struck-nobody = Round { $round }: { $name } has the fewest votes ({ $votes }) and is struck; nothing moves on.
ballot-choice-round-exhausted = { $votes } of them name nobody else who is still in the count, and count no longer.
ballot-choice-others = { $count } others +{ $votes }
ballot-choice-condorcet = { $name } wins every comparison with another candidate.
ballot-choice-no-condorcet = Nobody wins all comparisons, so chains of comparisons decide.
ballot-choice-pair-direct = { $winner } comes before { $name }: { $won } ballots against { $lost }.
ballot-choice-pair-chain = { $winner } comes before { $name } by the chain { $chain }: { $strength } ballots at its weakest link, { $back } in the strongest chain back.
ballot-choice-pair-equal = { $winner } and { $name } are equal: { $strength } ballots in the strongest chain each way.
ballot-choice-ties-none = No two were ever equal where it mattered, so nothing was decided by lot.
ballot-choice-tie-struck-round = In round { $round } these were equal: { $names }. { $name } was struck because of fewer votes in round { $before }.
ballot-choice-tie-struck-lot = In round { $round } these were equal, also in all rounds before: { $names }. { $name } was struck by lot, drawn from the seed “{ $seed }”.
ballot-choice-tie-first-round = In round { $round } these were equal: { $names }. { $name } came first because of more votes in round { $before }.
ballot-choice-tie-first-lot = In round { $round } these were equal, also in all rounds before: { $names }. { $name } came first by lot, drawn from the seed “{ $seed }”.
ballot-choice-tie-place-people = These have equally many points: { $names }. { $name } comes first because more people gave points.
ballot-choice-tie-place-lot = These are exactly equal: { $names }. { $name } comes first by lot, drawn from the seed “{ $seed }”.
ballot-column-candidate = Candidate
ballot-column-points = Points
ballot-column-people-points = People who gave points
ballot-column-quota = Enough to be elected
ballot-table-marks = All candidates
ballot-table-rounds = Votes, round by round
ballot-table-pairs = How many ballots put the one at the left before the one above
ballot-picture-marks-title = Votes or points of each candidate
ballot-picture-count-title = The count, round by round
ballot-picture-pairs-title = The winner compared with each other candidate
ballot-picture-more-candidates = Candidates left out of the picture: { $count }. They are in the text.
ballot-picture-marks-desc = One bar for each candidate, as long as the votes or points.
ballot-picture-count-desc = For each round one bar for each candidate; the dashed line is what is enough to be elected.
ballot-picture-pairs-desc = The winner compared with each other candidate: how many ballots put the one first, and how many the other.
ballot-picture-elected = elected · { $value }
ballot-picture-struck = struck · { $value }
ballot-picture-exhausted = No longer counting
ballot-picture-quota = { $quota } are enough
ballot-picture-more-rounds = The { $count } rounds before these are told in the text.
ballot-picture-prefer = put { $name } first
ballot-picture-prefer-other = put the other one first
ballot-picture-prefer-none = make no difference
ballot-picture-pair = { $won } against { $lost }
