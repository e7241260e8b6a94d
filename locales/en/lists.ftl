## Columns
column-state = State
column-milestone = Milestone
column-period = Period
column-agency = Agency
column-leads = Leads
column-progress = Progress
column-report-days = Time to report
column-indicator = Indicator
column-latest = Latest
column-target = Target
column-date = Date
column-value = Value
column-source = Source
column-group = Group
column-due = Due
column-last-report = Last report
column-act = Action
column-name = Name
column-roles = Roles
column-role = Role
column-organisation = Organisation
column-kind = Kind
column-attempts = Attempts
column-next = Next attempt
column-who = Who looked
column-what = At what
column-whose = Whose
yes = Yes
no = No
due-on = Due { $date }
days-late = { $n ->
    [one] 1 day late
   *[other] { $n } days late
}
last-report = Last report { $date }
last-report-none = Never reported
delay-none = No reason has been given.
as-of = As of { $time }

## Milestones, late, calendar, history
milestones-none-title = No milestone matches
milestones-none-text = Clear the filters to see them all.
late-lead = Milestones past their date on { $date } without a report and evidence that they are done. The longest overdue come first.
late-empty-title = Nothing is late
late-empty-text = When a milestone passes its date, it appears here.
late-empty-go = See the calendar
calendar-lead = What begins and ends, month by month.
calendar-years = Years
calendar-start = Begins
calendar-end = Due
calendar-repeat = Repeats
calendar-empty-title = Nothing is dated in this year
calendar-empty-text = Choose another year.
calendar-undated = Without a date
history-lead = Who changed what, when and how. Nothing can be taken out of it.
change-before = Before:
change-after = After:
change-removed = Removed

## Agencies
agencies-title = Agencies
agencies-lead = What each agency leads, what is late, and how fast it reports.
agencies-empty-title = There is no agency yet
agencies-empty-text = Once a plan is published, the agencies in it appear here.
report-days-after = { $n ->
    [one] 1 day after the date
   *[other] { $n } days after the date
}
report-days-before = { $n ->
    [one] 1 day before the date
   *[other] { $n } days before the date
}
report-days-on = on the date
report-days-explain = Time to report is the middle value (median) of the days between due date and report.
agency-reports = { $n } reports, the last on { $date }. Reports come (median):
agency-no-report = This agency has not reported yet.
follow-agency = Follow this agency
agency-late = Past due
agency-leads = Commitments it leads
agency-leads-none = It leads no commitment.
agency-helps = Commitments it takes part in

## Indicators
indicators-lead = Figures that show whether the promises change anything.
indicators-empty-title = There are no indicators yet
indicators-empty-text = Indicators appear here with their targets.
indicator-latest = { $value } as of { $date }.
indicator-target = The target is { $value } by { $date }.
indicator-no-value = No value has been published yet.
indicator-figure = { $title } ({ $unit })
indicator-view = View
indicator-chart = Chart
indicator-table = Table
chart-words = { $title }: { $n } values. The table shows the same.
series-empty-title = No values
series-empty-text = When the agency publishes values, a chart and a table appear here.
provisional = provisional
indicator-short = Who falls short

## Rounds
rounds-lead = Twice a year the agencies answer for their commitments, and every answer is published.
round-open = Open an inspection
rounds-empty-title = There has been no inspection yet
rounds-empty-text = When one is opened, the agencies’ answers gather here.
round-dates = Opened { $opened }, answers due { $due }
round-answered = { $answered } of { $asked } agencies have answered
round-due = { $n ->
    [one] Agencies answer by { $date }. 1 day left.
   *[other] Agencies answer by { $date }. { $n } days left.
}
round-closed = No more answers are taken. It will be published soon.
round-published = Published on { $date }.
round-answer = Answer the inspection
round-act-close = Close the inspection
round-act-publish = Publish
round-agencies = Answers
round-no-answer = No answer yet.
round-agencies-empty = No agency was asked
