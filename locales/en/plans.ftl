## Front
front-title = Keeping public promises in sight
front-question = What do you want to do?
search-label = What to look for
search-placeholder = For example: school zone, street lamp, youth
door-say = Say
door-say-text = Propose, petition, report.
door-join = Join in
door-join-text = Support what others propose.
door-follow = Follow
door-follow-text = See whether promises are kept.
door-find = Find
door-find-text = Look at the figures yourself.
moved-title = What moved lately
moved-all = See all
moved-voices-all = All voices of citizens
moved-empty-title = Nothing has moved yet
moved-empty-text = When an agency reports progress, it appears here.
moved-empty-go = See the plans
number-title = Reported as completed
number-of = of { $total } milestones
number-words = { $late } are late; for { $unknown } nobody has said how they stand.
number-none-title = No plan is published yet
number-none-text = Once a plan is published, this is where you see how much of it has been kept.
next-title = Due next

## Plans
plans-title = Plans
plans-lead = Action plans that government and civil society drew up together. For each promise you can see who does what by when.
plans-empty-title = There is no plan yet
plans-empty-text = Published plans appear here.
count-plans = { $n }
plan-size = { $commitments } commitments, { $milestones } milestones
plan-pages = Pages of this plan
plan-page-milestones = Milestones
plan-page-late = Past due
plan-page-calendar = Calendar
plan-page-indicators = Indicators
plan-page-rounds = Inspections
plan-page-history = History
lead-agency = Lead agency
other-agencies = Other agencies
figure-commitments = Commitments
figure-with-parts = { $n } with parts
figure-milestones = Milestones
figure-done = Done
figure-late = Late
figure-unknown = No report
key-done = Done
key-late = Late
key-rest = The rest
progress-words = { $done } of { $total } milestones done
progress-late = { $n } late
done-of-total = milestones done
follow-plan = Follow this plan
following = Following
commitments-title = Commitments
commitments-empty-title = No commitment matches
commitments-empty-text = Remove a filter to see more.
count-commitments = { $n ->
    [one] 1 commitment
   *[other] { $n } commitments
}
next-date = next due { $date }
source-title = Source

## Commitment
commitment-n = Commitment { $n }
part-of = Part of commitment { $n }, { $title }
standing = State and next date
standing-next = { $n ->
    [one] Due { $date }: { $title } — 1 day left.
   *[other] Due { $date }: { $title } — { $n } days left.
}
standing-overdue = { $n ->
    [one] Was due { $date }: { $title } — 1 day late.
   *[other] Was due { $date }: { $title } — { $n } days late.
}
standing-late = Some milestones are past their date.
standing-completed = Every milestone is completed.
standing-under-way = Work is under way.
standing-continuing = It goes on without an end date.
standing-recurring = It comes again at set times.
standing-no-report = Its date has passed and nobody has reported what became of it.
standing-not-known = Nothing is known yet.
standing-upcoming = Work has not begun.
act-follow = Follow
act-report = Report progress
act-assess = Assess
following-at-once = You are told of each change at once.
following-weekly = You are told once a week.
parts-title = Parts
what-title = What is promised
what-problem = The problem
what-solution = The commitment
what-contribution = How it helps
milestones-title = Milestones
milestone-n = Milestone { $n }
milestones-empty-title = There are no milestones
milestones-empty-text = The parts of this commitment may have milestones.
deliverable = To be seen by:
delay-reason = Why it is late
evidence = Evidence
evidence-count = { $n ->
    [one] 1 piece of evidence
   *[other] { $n } pieces of evidence
}
evidence-link = link
evidence-file = file
evidence-dataset = dataset
evidence-meeting = meeting
evidence-object = page on this site
updates-title = Reports by the agency
updates-empty = The agency has not reported yet.
assessments-title = Two views
assessments-lead = What the agency says of itself, beside what civil society says.
assess-by-agency = The agency’s view
assess-by-civil = Civil society’s view
assess-none = No assessment yet.
assess-completion = Completion
assess-ambition = Ambition
assess-early-results = Early results
completion-no-evidence = No evidence
completion-not-started = Not started
completion-limited = Limited
completion-substantial = Substantial
completion-complete = Complete
ambition-unclear = Unclear
ambition-modest = Modest
ambition-moderate = Moderate
ambition-substantial = Substantial
early-none = No notable results
early-marginal = Marginal
early-moderate = Moderate
early-significant = Significant
indicators-title = Indicators
target-value = Target { $value }
history-title = History
history-empty = Nothing has changed.
who-title = Who does it
ogp-values = Open government values
legal-basis = Legal basis
budget = Budget
thread-title = The thread
thread-empty = Nothing is linked yet. Proposals, meetings and data that belong to this appear here.
link-became-in = It came from:
link-became-out = It became:
link-merged-into-in = Merged into this:
link-merged-into-out = Merged into:
link-answers-in = Answered by:
link-answers-out = Answers:
link-evidence-of-in = Evidence:
link-evidence-of-out = Evidence of:
link-decided-by-in = It decided:
link-decided-by-out = Decided by:
link-implements-in = Implemented by:
link-implements-out = Implements:
link-measures-in = Measured by:
link-measures-out = Measures:
embed-title = Embed the progress
