# What `madang tally` says on a terminal.
cli-tally-rule-greedy-votes = Counted by votes: most votes first.
cli-tally-rule-greedy-cost = Counted by votes for the cost: most satisfaction for the money first.
cli-tally-rule-equal-shares = Counted by the Method of Equal Shares.
cli-tally-rule-phragmen = Counted by Phragmén’s rule.
cli-tally-rule-knapsack = Counted by knapsack voting.
cli-tally-total = { $winners } of { $projects } projects won with { $voters } ballots. They cost { $spent } of { $budget }; { $left } is left.
cli-tally-ties = { $count } { $count ->
    [one] tie was
   *[other] ties were
} broken; --explain all tells how.
cli-tally-next = --explain all tells why each project won or did not; --svg DIR draws it; --json has every figure.
cli-tally-warnings = { $warnings } { $warnings ->
    [one] remark
   *[other] remarks
} about the file; --json lists them.
cli-tally-left-out = { $errors } { $errors ->
    [one] row was
   *[other] rows were
} left out ({ $warnings } other { $warnings ->
    [one] remark
   *[other] remarks
}; --json lists all).
cli-tally-refused = { $count } { $count ->
    [one] ballot
   *[other] ballots
} could not be counted; --json lists them.
cli-tally-broken = the election file is not in order: { $errors } { $errors ->
    [one] fault
   *[other] faults
}
cli-tally-broken-advice = mend the rows, or count without them: --skip-broken
cli-tally-unreadable-advice = mend this first; docs/budgets.md shows what such a file holds
cli-tally-unread = the file cannot be read
cli-tally-unwritten = the pictures cannot be written
cli-tally-no-text = this is no text, or not UTF-8; save the election file as UTF-8
cli-tally-limits = the limits are not in order
cli-tally-limits-advice = docs/budgets.md shows what such a file holds, under “Limits”
cli-tally-no-project = there is no project “{ $project }” in the file
cli-tally-no-points = the ballots of this file ({ $kind }) give no points; take --utility cost or cardinality
cli-tally-knapsack-kind = knapsack voting needs ballots that choose projects within the budget (vote_type approval), not { $kind }
cli-tally-scale-kind = --scale is for ordinal ballots; these are { $kind }
cli-tally-number = { $option } needs a number such as 3 or 2.5, not “{ $value }”
cli-tally-only-equal-shares = { $option } goes with --rule equal-shares only
cli-tally-only-greedy = { $option } goes with --rule greedy-votes, greedy-cost and knapsack only
cli-tally-only-budget = { $option } is for budgets, not for choosing candidates
cli-tally-only-choice = { $option } is for choosing candidates, not for budgets
cli-tally-no-seed = A tie was broken by lot, but no seed was given. Publish a seed before the count and pass it with --seed.
cli-tally-not-asked = How many more votes a project would have needed is not computed for all projects of an election of this size; --explain with its id tells.
