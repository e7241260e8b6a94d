## Figures: titles and ranges
figures-title = Figures
figures-heading = How much is heard, and how much is answered?
figures-lead = What came in, what was answered and what is late, counted as it is. Anybody can count again.
figures-of = Figures: { $name }
figures-of-both = Figures: { $service } at { $agency }
figures-see-service = About the service: { $name }
figures-see-agency = About { $name }
figures-see-all = Figures of all services and agencies
figures-see-all-of = All figures of { $name }
figures-link = See the figures
figures-range = Period
figures-choices = Choose a period
figures-choice-12-months = Last 12 months
figures-choice-this-year = This year
figures-choice-last-month = Last month
figures-choice-all = From the beginning
figures-days = Choose days
figures-since = First day
figures-until = Last day
figures-show = Show this period
figures-range-words = Filed from { $since } to { $until }
figures-range-all = Filed from the beginning to { $until }
figures-range-cut = Days after today are left out: there is nothing to count yet.
figures-counting = Everything is being counted from the beginning. Until that is done the numbers are too small.
figures-empty-title = Nothing was filed in this period
figures-empty-text = What somebody files appears here at once. Try a longer period.
figures-empty-all-title = Nothing has been filed yet
figures-empty-all-text = When the first one comes in, its figures appear here.
figures-wrong-title = Choose the period again
figures-wrong-text = Correct the days above, or take one of the periods that are there.

## Key numbers
figures-key = At a glance
figures-received = Received
figures-answered = Answered
figures-in-time = Answered in time
figures-overdue = Overdue without an answer
figures-median = Days to an answer
figures-rating = Satisfaction
figures-count = { $n }
figures-percent = { $n }%
figures-days-n = { $n ->
    [one] 1 day
   *[other] { $n } days
 }
figures-points = { $mean } of 5
figures-none = –
figures-note-answered = { $n }% of those received
figures-note-in-time = { $n } cases
figures-note-days = eight of ten: { $p10 }–{ $p90 }
figures-note-rating = { $n ->
    [one] one person rated
   *[other] { $n } people rated
 }
figures-said-received = { $n } cases came in during this period and { $answered } of them were answered: { $share }%.
figures-said-in-time = { $n } were answered in time: { $share }% of those that were answered or whose date has passed. { $late ->
    [0] None was answered after its date.
    [one] One was answered after its date.
   *[other] { $late } were answered after their date.
 }
figures-said-overdue = { $n ->
    [one] One case is past its date and has no answer now.
   *[other] { $n } cases are past their date and have no answer now.
 }
figures-said-overdue-none = No case is past its date without an answer now.
figures-said-days = Half of the answers took { $median } days or less. Eight of ten took between { $p10 } and { $p90 } days.
figures-said-reopened = { $n ->
    [one] One case was opened again after its answer.
   *[other] { $n } cases were opened again after their answer.
 }
figures-said-rating = { $n ->
    [one] One person rated the answer: { $mean } of 5.
   *[other] { $n } people rated the answers: { $mean } of 5 on average.
 }
figures-position = Counted up to record { $n } of the ledger.
figures-how = How is it counted?

## Charts
figures-as-table = Show as a table
figures-take = Download the table (CSV)
figures-trend-month = Received and answered by month (cases)
figures-trend-year = Received and answered by year (cases)
figures-trend-desc = From { $from } to { $to }. The most came in { $most }: { $n }. All numbers are in the table below.
figures-part-in-time = Answered in time
figures-part-late = Answered late, or without a time limit
figures-part-rest = Still within its date, or ended without an answer
figures-part-overdue = Overdue without an answer
figures-when = Filed
figures-year = { $year }
figures-month = { $n ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[other] Dec
 }
figures-spread = Days to an answer
figures-spread-desc = Median { $median } days. Half took between { $p25 } and { $p75 } days, eight of ten between { $p10 } and { $p90 }.
figures-spread-median-label = Median: { $n ->
    [one] 1 day
   *[other] { $n } days
 }
figures-spread-median = Median: half were faster, half were slower
figures-spread-inner = The middle half
figures-spread-outer = Eight of ten
figures-spread-of = { $n ->
    [one] One answered case
   *[other] { $n } answered cases
 }
figures-spread-unit = Days
figures-spread-p10 = The fastest 10% took at most
figures-spread-p25 = The fastest 25% took at most
figures-spread-p50 = Median
figures-spread-p75 = 75% took at most
figures-spread-p90 = 90% took at most
figures-outcomes = Where do they stand now?
figures-outcomes-head = Now
figures-outcome-open = Being handled
figures-outcome-answered = Answered (refusals included)
figures-outcome-refused = of these refused, with a ground
figures-outcome-withdrawn = Withdrawn by whoever filed it
figures-outcome-merged = Merged with another
figures-outcome-reopened = of these opened again
figures-outcome-transferred = Passed on to another agency
figures-outcomes-lead = A case can be in several lines. What was opened again and is being handled is among the answered ones too.
figures-grounds = Grounds of refusal
figures-grounds-lead = { $n ->
    [one] One case was refused with a ground. It can have several.
   *[other] { $n } cases were refused with a ground. One case can have several.
 }
figures-grounds-head = Ground
figures-funnel = How far did they get?
figures-funnel-head = Stage
figures-satisfaction = Satisfaction with the answers
figures-satisfaction-lead = { $n ->
    [one] One person gave { $mean } of 5 points.
   *[other] { $n } people gave { $mean } of 5 points on average.
 }
figures-satisfaction-head = Points
figures-score-5 = 5 – very satisfied
figures-score-4 = 4 – satisfied
figures-score-3 = 3 – neither
figures-score-2 = 2 – dissatisfied
figures-score-1 = 1 – very dissatisfied
figures-unit-cases = Cases
figures-unit-people = People
figures-share = Share

## Areas
figures-areas = Where is it about?
figures-areas-lead = Only cases that name a place are counted. Press a square for the districts in it.
figures-areas-few = Places with fewer than 5 cases show no number, so that nobody can be guessed from it; nor do those from which such a number could be worked out.
figures-map = Map of the provinces with the number of cases received
figures-few = Too few to tell
figures-few-short = hidden
figures-nothing = None
figures-at-least = { $n } or more
figures-shade = { $from }–{ $to }
figures-shade-one = { $n }
figures-provinces = Provinces
figures-inside = Districts of { $name }
figures-no-district = No district named
figures-small-districts = Other districts
figures-no-districts = Nothing was counted here
figures-all-areas = Show all provinces
figures-other-areas = No province named

## Services and agencies
figures-by-service = By service
figures-by-agency = By agency
figures-service = Service
figures-orders = Order: { $of }
figures-order-received = Most received
figures-order-overdue = Most overdue
figures-order-median = Slowest first
figures-order-in-time = Least in time
figures-order-name = By name
figures-all-lines = Show all { $n }
figures-all-services = Show all { $n }

## How it is counted
figures-about = How the figures are counted
figures-about-lead = What each number counts, and how. Whoever counts the same way gets the same number.
figures-word-cohort = Period
figures-word-cohort-text = Cases are counted by the day on which they were filed. What was filed in March and answered in May is in March, as answered. Counted by the day of the answer, what has been lying for long would look late in no month at all. Days are Korean days.
figures-word-received = Received
figures-word-received-text = All that was filed in the period. Cases that are not public are in the number too, but nothing of what they say is shown. Cases whose content was erased are counted as they were.
figures-word-answered = Answered
figures-word-answered-text = Cases that the agency has answered at least once. A refusal that names its ground is an answer. What was opened again after its answer stays answered.
figures-word-in-time = Answered in time
figures-word-in-time-text = Answered by the last day of the time limit. Where the limit was extended or suspended by the rules, the later day counts. The share is that of the cases answered or past their date; those that still have time are not in it, nor are those of services without a time limit.
figures-word-overdue = Overdue without an answer
figures-word-overdue-text = Cases whose date had passed without an answer when they were last counted. For an earlier period too, this is how things stand now, not then.
figures-word-median = Days to an answer
figures-word-median-text = Calendar days from filing to the first answer; holidays count, an answer on the same day is 0 days. The median is the number of days of the case in the middle when all are put in order. An average would be drawn away by a few very slow ones.
figures-word-spread = Eight of ten, the middle half
figures-word-spread-text = What is left without the fastest 10% and the slowest 10% is "eight of ten". Without a quarter on each side it is "the middle half".
figures-word-refused = Refused, with a ground
figures-word-refused-text = Cases whose last answer is a refusal and which were not opened again. The agency has to name the ground in law. Which grounds there are stands on the page of each service.
figures-word-reopened = Opened again
figures-word-reopened-text = Cases that were taken up again after an answer. A case that was opened several times counts once.
figures-word-transferred = Passed on to another agency
figures-word-transferred-text = Cases that an agency received and passed on; they are in the figures of the agency that did so. All other numbers belong to the agency that has the case now.
figures-word-satisfaction = Satisfaction
figures-word-satisfaction-text = The 1 to 5 points that people gave for the answer to their case. Those who gave none are not counted, so it always says how many did.
figures-word-funnel = How far did they get?
figures-word-funnel-text = How many cases have ever reached each stage of the service's procedure. Those of a later stage are in the earlier ones too.
figures-word-area = Places
figures-word-area-text = Only cases that name a place are counted by province and district.
figures-word-few = Numbers that are not told
figures-word-few-text = A place with fewer than 5 cases shows no number, because with one or two it could be guessed whose they are. Places from which such a number could be worked out by subtraction are hidden too.
figures-word-position = Record of the ledger
figures-word-position-text = Everything that happens gets a number in the ledger, one after the other. The figures say up to which record they were counted; from the records up to that number anybody can count again.
check-figures-what = The cases filed in the period, and how they stand now.
check-figures-how = Find the records of filing in the period in the ledger, and look at each case's answers, time limits, withdrawal and reopening. Places and ratings are not in the ledger; they are counted from the site's data.
