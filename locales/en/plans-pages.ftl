# Pages of plans: words that the handlers put in.

badge-label = Open government commitments
calendar-no-end = No end date
filter-all = All
filter-state = State
filter-agency = Agency
filter-year = Year
filter-commitment = Commitment

history-plan = Plan
history-round = Inspection round
history-indicator = Indicator { $id }
history-milestone = Commitment { $commitment }, milestone { $n }
history-by-person = An officer in charge
history-by-system = The system

money-krw = { $amount } won
money-year = { $amount } ({ $year })

ogp-value-transparency = Transparency
ogp-value-participation = Public participation
ogp-value-accountability = Accountability
ogp-value-technology = Technology and innovation

claim-not-started = Not started
claim-under-way = Under way
claim-delayed = Delayed
claim-completed = Completed

news-plan-imported = The plan was published
news-commitment-published = Edited: { $what }
news-commitment-undone = An edit was taken back: { $what }
news-progress-reported = { $what } — { $claim }
news-progress-corrected = A report was corrected: { $what } — { $claim }
news-assessed = Assessed: { $what } — { $completion }
news-indicator-reported = An indicator value was reported
news-round-opened = An inspection round was opened
news-round-published = The results of an inspection round were published

recurs-year = Every year
recurs-half-year = Every half-year
recurs-two-years = Every two years
recurs-throughout = Throughout the year
recurs-month = { $every }, { $month }
recurs-until = { $every }, until { $month }
recurs-months = { $every }, { $from } to { $to }
recurs-across = { $every }, { $from } of the year before to { $to }

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

field-name = Name
field-summary = Summary
field-problem = Problem
field-solution = Commitment
field-contribution = How it helps
field-title = Title
field-deliverable = Deliverable
field-periods = Periods
field-printed = Dates as printed
field-continues = Continues
field-recurs = Recurrence
field-lead = Lead agency
field-others = Other agencies
field-values = OGP values
field-legal = Legal basis
field-budget = Budget
field-notes = Notes
field-note = Note
field-learning = Exchange and learning
field-figures = Figures
field-claim = Reported state
field-report = Report
field-assessment = Assessment
field-round = Inspection round
field-answer = Answer to a round
field-imported = Import
field-added = Added
field-retired = Retired
field-value = Value
field-number = Number
field-slug = Address
field-group = Group
field-targets = Targets
field-start = Start
field-end = End
field-source = Source
field-unit = Unit
field-theme = Theme

plan-made-title = How the plan was made
plan-declined-title = Suggestions that were not taken up, and why
plan-declined-times = suggested { $n } times
commitment-more = Figures and notes
plan-figures-title = Figures the plan states
