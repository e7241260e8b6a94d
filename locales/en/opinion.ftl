# Texts that explain an opinion map to somebody who never heard of the method; crates/opinion/src/explain asks for them.

opinion-title = Opinion map
opinion-title-topic = Opinion map: { $topic }

# What stands first
opinion-means-nothing = This map means nothing. Draw no conclusions from the groups below.
opinion-with-care = Read this map with care.
opinion-warning-no-votes = There are no votes. So there is no map.
opinion-warning-all-votes-equal = On each statement everybody answered the same. Nobody differs, so there is no map.
opinion-warning-too-few-people = { $people ->
    [one] 1 person
   *[other] { $people } people
  } answered enough to be put into a group. It takes at least { $needed } to tell groups from chance.
opinion-warning-too-few-statements = The map uses { $statements ->
    [one] 1 statement
   *[other] { $statements } statements
  }. It takes at least { $needed }.
opinion-warning-too-few-votes = Half of the people answered only { $votes ->
    [one] 1 statement
   *[other] { $votes } statements
  } or fewer. It takes { $needed } answers of each to trust where somebody stands.
opinion-warning-no-groups = Everybody stands in one place. There are no groups to find.
opinion-warning-shapeless = People are spread evenly, and no border between groups can be seen. How clearly they are divided is { $silhouette }; it takes { $bound } to speak of groups.
opinion-warning-one-bloc = { $share }% of the people on the map are in one group. Rather than being divided, nearly everybody answered alike.
opinion-warning-like-chance = With the answers shuffled at random the map looks much the same: the horizontal direction holds { $share }% of the differences, and { $chance }% when shuffled.
opinion-warning-unstable-group = Group { $group } cannot be trusted. When half of the people are drawn and grouped again, this group does not come back; what comes back overlaps with it by { $found }%.
opinion-warning-all-the-same = { $people ->
    [one] 1 person
   *[other] { $people } people
  } ({ $share }% of all) gave seven or more answers that are all the same. They may not have read the statements, or may not be people.
opinion-warning-identical = { $people ->
    [one] 1 person
   *[other] { $people } people
  } ({ $share }% of all) gave exactly the same answers to the same statements. Somebody may have taken part several times, or they may not be people.

# What was counted
opinion-counts = { $people ->
    [one] 1 person
   *[other] { $people } people
  } answered { $statements ->
    [one] 1 statement
   *[other] { $statements } statements
  }, { $votes ->
    [one] once
   *[other] { $votes } times
  } in all. An answer is agree, disagree or pass.
opinion-counts-median = Half of the people answered { $votes ->
    [one] 1 statement
   *[other] { $votes } statements
  } or more.
opinion-counts-removed = Moderators took out { $removed ->
    [one] 1 statement
   *[other] { $removed } statements
  }; the map does not use them.
opinion-counts-groups = { $grouped ->
    [one] 1 person is
   *[other] { $grouped } people are
  } on the map, in { $groups } groups of people who answered alike.
opinion-counts-about-as-well = { $groups } groups would fit about as well: their borders are as clear as { $other }, those on this map { $silhouette }, where 1 is clearest.
opinion-counts-no-groups = No groups were found.
opinion-counts-replaced = Of several answers by one person to one statement only the last is counted; { $replaced ->
    [one] 1 answer was
   *[other] { $replaced } answers were
  } left out for this.
opinion-counts-unclear = In { $unclear ->
    [one] 1 case
   *[other] { $unclear } cases
  } somebody gave different answers to one statement and the file does not say which came last; they are counted as pass.
opinion-counts-unknown = { $unknown ->
    [one] 1 statement has
   *[other] { $unknown } statements have
  } answers but no text in the file of statements; only the number is shown.

# How the map comes about
opinion-how = How this map came about
opinion-how-answers = People looked at short statements by others, one at a time, and chose agree, disagree or pass. Nothing but these answers makes the map: not age, not sex, not where somebody lives.
opinion-how-near = People who answered alike are put near each other, people who answered differently far apart.
opinion-how-axes = Across and up have no fixed meaning. The direction in which answers differ most runs across, the next one up. Left and right are not the left and right of politics.
opinion-how-share = Together, these two directions show { $share }% of how answers differ. The rest cannot be seen in this picture.
opinion-how-groups = People who stand close together are called a group. Two groups were tried, then three and more; the number with the clearest borders was taken.
opinion-how-groups-fixed = People who stand close together are called a group. The number of groups, { $groups }, was set by whoever made this map.

# What it does not say
opinion-not = What this map does not say
opinion-not-share = The size of a group is not a share of the population. Only people who chose to take part are counted, and nobody drew them to stand for all.
opinion-not-absent = What those think who did not take part is not on this map. Please find out who could not take part.
opinion-not-few = { $people ->
    [one] 1 person gave too few answers and is
   *[other] { $people } people gave too few answers and are
  } in no group. It takes { $needed } answers to be put into one.
opinion-not-right = It does not say which group is right, or what to do.

# Each group
opinion-group = Group { $group }: { $people ->
    [one] 1 person
   *[other] { $people } people
  }
opinion-group-firm = A clear group: with half of the people drawn at random, nearly the same group comes back ({ $found }%).
opinion-group-fair = A fairly clear group: with half of the people drawn at random, a similar group comes back ({ $found }%).
opinion-group-doubtful = A similar group comes back with half of the people, but who belongs to it is not certain ({ $found }%).
opinion-group-none = With half of the people drawn at random, this group does not come back ({ $found }%).
opinion-group-marks = Statements that show best what this group thinks:
opinion-group-no-marks = There is no statement that clearly shows what this group thinks.
opinion-agree-inside = In this group { $share }% of the { $seen } who answered agree; of everybody else, { $outside }%.
opinion-disagree-inside = In this group { $share }% of the { $seen } who answered disagree; of everybody else, { $outside }%.
opinion-agree-inside-only = In this group { $share }% of the { $seen } who answered agree. Nobody outside of it answered.
opinion-disagree-inside-only = In this group { $share }% of the { $seen } who answered disagree. Nobody outside of it answered.
opinion-clarity-thousand = The chance of this happening by itself is less than 1 in 1,000.
opinion-clarity-hundred = The chance of this happening by itself is less than 1 in 100.
opinion-clarity-ten = The chance of this happening by itself is less than 1 in 10.
opinion-clarity-unclear = This may well be chance.
opinion-clarity-all-thousand = For every statement below, the chance of this happening by itself is less than 1 in 1,000.
opinion-clarity-all-hundred = For every statement below, the chance of this happening by itself is less than 1 in 100.
opinion-clarity-all-ten = For every statement below, the chance of this happening by itself is less than 1 in 10.

# Shared, divisive, wanting
opinion-shared = What most people share
opinion-shared-about = Statements with which clearly more than half of everybody agrees or disagrees, people in no group included.
opinion-shared-none = There is no statement on which clearly more than half of everybody is of one mind.
opinion-shared-agree = { $share }% of the { $seen } who answered agree.
opinion-shared-disagree = { $share }% of the { $seen } who answered disagree.
opinion-shared-every = In every group it is more than half.
opinion-shared-not-every = But in group { $group } it is only { $share }%.
opinion-divisive = What divides the groups most
opinion-divisive-none = There is no statement that divides the groups much.
opinion-divisive-about = The largest difference between the shares that agree comes first.
opinion-divisive-groups = { $high }% of group { $most } agree, and { $low }% of group { $least }.
opinion-wanting = Statements that need more answers
opinion-wanting-about = { $count ->
    [one] 1 statement was
   *[other] { $count } statements were
  } answered by too few people to say anything yet. Those best shown first come first.
opinion-wanting-none = Every statement has enough answers.
opinion-wanting-seen = { $seen ->
    [one] 1 person has
   *[other] { $seen } people have
  } answered so far.
opinion-more = { $count ->
    [one] There is 1 more.
   *[other] There are { $count } more.
  }

# How far it can be trusted
opinion-trust = How far this can be trusted
opinion-trust-rounds = Half of the people on the map were drawn at random and grouped from scratch, { $rounds } times. In { $same } of these the number of groups was the same.
opinion-trust-agreement = On average these groups agree with those of the map by { $agreement }, where 1 is the same groups and 0 is what chance gives.
opinion-trust-silhouette = How clear the borders between groups are: { $silhouette }. Close to 1 is clear; below 0.25 there are none.
opinion-trust-tests = What is said about chance looks at one statement at a time. Among many statements a few will look clear by chance. And because the groups were made from these same answers, the differences between them look larger than they are.
opinion-trust-again = From the same files, everybody gets the same map on any computer.

# Beside published groups
opinion-compare = Beside the groups that were published
opinion-compare-people = { $people ->
    [one] 1 person is
   *[other] { $people } people are
  } in a group of both, and compared here.
opinion-compare-index = The groups agree by { $index } (adjusted Rand index), where 1 is the same groups and 0 is what chance gives.
opinion-compare-only = In a published group only: { $there }. In a group of this map only: { $here }.
opinion-compare-pair = In group { $group } here and in the published group { $there }: { $people ->
    [one] 1 person
   *[other] { $people } people
  }.

# Pictures
opinion-draw-map = Opinion map
opinion-draw-map-about = A map of { $people } people as { $dots } dots. People who are close together answered alike. The larger a dot, the more people stand there.
opinion-draw-map-counts = { $people ->
    [one] 1 person
   *[other] { $people } people
  } in { $groups } groups
opinion-draw-map-group = Group { $group }: { $people } people.
opinion-draw-map-empty = There is nobody to draw.
opinion-draw-key-near = Close together: answers alike
opinion-draw-key-size = Size of a dot: how many people
opinion-draw-key-shape = Shape of a dot: the group
opinion-draw-key-population = The size of a group is not a share of the population
opinion-draw-key-statement = + with a number: a statement. People on its side agree with it more
opinion-draw-people = { $people ->
    [one] 1 person
   *[other] { $people } people
  }
opinion-draw-nothing = This map means nothing
opinion-draw-care = Read with care
opinion-draw-group = What marks group { $group }
opinion-draw-shared = What most people share
opinion-draw-divisive = What divides the groups most
opinion-draw-bars-about = For each statement and group, how many agree, pass and disagree.
opinion-draw-bars-empty = There is no statement to show here.
opinion-draw-bars-row = { $name }: { $agree }% agree, { $pass }% pass, { $disagree }% disagree, { $seen } answered
opinion-draw-agree = Agree
opinion-draw-pass = Pass
opinion-draw-disagree = Disagree
opinion-draw-group-name = Group { $group }
opinion-draw-all = All
opinion-draw-seen = { $seen }
opinion-draw-answered = Answered
opinion-draw-unseen = nobody answered
opinion-statement = Statement { $name }

# What `madang opinion` says on the terminal
opinion-groups-impossible = { $wanted } groups cannot be made of this; there are { $groups }.
opinion-pictures-written = { $count } pictures are in { $folder }.
opinion-unread = the file cannot be read
opinion-folder = it is a folder
opinion-unwritten = the pictures cannot be written
opinion-problem-field = field { $field }: { $message }
opinion-problem-more = and { $count } more
opinion-problem-all = { $count ->
    [one] 1 thing
   *[other] { $count } things
  } to mend in { $file }; please mend and try again
