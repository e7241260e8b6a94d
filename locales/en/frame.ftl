## Frame of every page
skip-to-content = Skip to content
masthead-official = This site is run by the { $government }.
masthead-how = How can I tell?
masthead-explain = Check that the address ends in the government’s own domain (.go.kr) and that your browser shows a lock. The government never asks for a password by phone or text message.
demo-strip = A demonstration: nothing here has any real effect.
home = Home
menu = Main menu
menu-open = Open menu
menu-close = Close menu
menu-plans = Plans and promises
menu-late = Past due
menu-calendar = Calendar
menu-indicators = Indicators
menu-agencies = Agencies
menu-desk = My desk
menu-admin = Administration
crumbs = You are here
other-language = 한국어
sign-in = Sign in
sign-out = Sign out
display-settings = Display
text-size = Text size
text-size-normal = Normal
text-size-large = Large
text-size-larger = Larger
colour-mode = Colours
colour-mode-auto = Automatic
colour-mode-light = Light
colour-mode-dark = High contrast
about = About Madang
glossary = Glossary
accessibility = Accessibility
privacy = Privacy
api = API for developers
footer-who = This site lets everyone follow what the { $government } has promised and what became of it.
footer-licence = You may reuse what is published here if you name the source (KOGL type 1).
change = Change
edit = Edit
optional = (optional)
search = Search
filter-open = Filters
filter-apply = Apply
filter-active = Active filters
filter-remove = Remove filter
filter-clear = Clear all filters
pager = Pages
pager-previous = Previous
pager-next = Next
pager-range = { $from }–{ $to } of { $total }
count-items = { $n }

## Exports
exports-title = Take it with you, check it yourself
export-atom = News feed (Atom)
export-ics = Calendar (iCalendar)
export-csv = Table (CSV)
export-json = Data (JSON)
export-xlsx = Spreadsheet (XLSX)
exports-check = Check that the record is unchanged

## Forms
errors-title = { $n ->
    [one] There is one thing to correct
   *[other] There are { $n } things to correct
}
steps = Steps
step-done = Done

## Periods
period-from-to = { $start } to { $end }
period-continues = From { $start }, continues
period-from = From { $start }
period-until = Until { $end }
period-unknown = No dates given
days-left = { $n ->
    [one] 1 day left
   *[other] { $n } days left
}

## States
state-done = Done
state-completed = Completed
state-under-way = Under way
state-continuing = Continuing
state-recurring = Recurring
state-no-report = No report
state-not-known = Not known
state-late = Late
state-upcoming = Not begun
state-draft = Draft
state-open = Open
state-closed = Closed
state-published = Published
state-answered = Answered
state-waiting = Waiting
state-failed = Failed
state-running = Running
state-queued = Queued
state-met = Target met
state-short = Below target
state-not-due = Not due yet
