# What `madang draw` prints.

cli-draw-usage = Give --features, --candidates and --size together.
cli-draw-unread = the file cannot be read
cli-draw-unwritten = the file cannot be written
cli-draw-folder = what is there already is not overwritten
cli-draw-folder-advice = name another folder: a draw is void when its published lists change later
cli-draw-problems = { $count } { $count ->
    [one] problem
   *[other] problems
} in { $files }
cli-draw-more = … and { $count } more
cli-draw-infeasible = no committee meets all conditions, so no list was made
cli-draw-head = { $people } candidates for { $size } seats. The list has { $panels } { $panels ->
    [one] line
   *[other] lines
}, each a way to meet all conditions, and { $tickets } tickets.
cli-draw-chances = Chance of being drawn: { $low } at least, { $high } at most
cli-draw-residual = Away from the chances aimed at by { $residual } at most (in percentage points)
cli-draw-ticket = Ticket { $ticket }, line { $panel } of the list
cli-draw-members = { $size } members:
cli-draw-reserves = In reserve (they come in, in this order, when the member declines):
cli-draw-read-out = To read out in public:
cli-draw-next-unpublished = Nobody has been drawn and nothing was written. When the list is as it should be, run this again with --publish DIR: what is to be published is written there.
cli-draw-next-nobody = Nobody has been drawn yet. What comes next:
cli-draw-next-publish = 1. Publish the folder { $folder } as it is, and read the lines above out in public.
cli-draw-next-private = 2. { $private } says who is who. Keep it apart in a safe place and do not publish it. Without it nobody can tell who was drawn.
cli-draw-next-value = 3. Wait for a value that is only known after that: the next lottery numbers, a drand round, or dice thrown in public.
cli-draw-next-seed = 4. madang draw --published { $folder } --seed "that value" --labels { $private }
cli-draw-next-reveal = 3. When the parties have told their secrets and the public value is known, write them into the file of the ceremony.
cli-draw-next-ceremony = 4. madang draw --published { $folder } --ceremony ceremony.txt --labels { $private }
cli-draw-next-verify = The result is in { $folder }. Anybody can check it: python3 { $folder }/draw.py { $folder }
cli-draw-next-exercise = This is an exercise. The seed was there before the lists were published, so nobody can know that it was not picked to suit. To draw in earnest, leave out --seed and publish the lists first (--publish).
cli-draw-again = there is another result in this folder already; nobody draws twice from one list
cli-draw-agrees = It agrees. The published lists and the seed give the same { $size } members.
cli-draw-difference = Differs at { $place }: drawn again it is { $again }, the file says { $said }
cli-draw-differs = { $count } places differ from the draw made again
cli-draw-resolve-agrees = The chances, computed again, agree. The largest difference is { $difference } of a chance.
cli-draw-resolve-differs = the chances, computed again, differ by up to { $difference } of a chance
cli-draw-replace-reserve = For { $out } comes { $come }, from the reserve
cli-draw-replace-same = For { $out } comes { $come }, who is alike in all features
cli-draw-replace-near = For { $out } comes { $come } (differs in { $differences } features; all conditions still hold)
cli-draw-replace-none = For { $out } nobody can come: with anybody else a condition would break.
cli-draw-replaced = Written to { $file }. When somebody else declines, name all who declined so far again, in the same order.
cli-draw-commit-now = To hand in now:
cli-draw-commit-later = To keep to yourself until secrets are told:
cli-draw-alone = { $count } candidates share all their values with nobody. People may recognise them without a name: see whether fewer features or values would do.
