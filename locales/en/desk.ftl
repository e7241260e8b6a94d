## Desk
desk-round = An inspection waits for your answer: { $title }, by { $date }
desk-due = To report
desk-due-none = Nothing to report
desk-due-none-text = What falls due appears here.
desk-assess = To assess
desk-drafts = Drafts
desk-drafts-none = There are no drafts.
desk-published = Published lately
draft-kind-commitment = Edit of a commitment
draft-kind-report = Report
draft-kind-assessment = Assessment
edited-at = edited { $time }
last-assessed = Last assessed { $date }
never-assessed = Never assessed
act-report-short = Report
recurring = repeats
undo = Undo
back-to-desk = Back to my desk

## Report
step-write = Write
step-review = Review
step-receipt = Receipt
step-publish = Publish
report-text = What has been done?
report-text-hint = Citizens read this. Say briefly what was done, what came of it and what is left. No personal data, please.
report-text-en = In English
report-evidence-hint = Add what anybody can check. Without evidence a milestone does not count as done.
evidence-kind = Kind
evidence-label = Title
evidence-href = Address
evidence-href-hint = An address that begins with https:// or one on this site
evidence-file-label = File
evidence-file-hint = PDF, HWP, spreadsheets, pictures. Up to { $size }.
evidence-add = Add evidence
report-delay-hint = The date has passed. Say why, and when it will be done.
report-to-review = Next: review
save-draft = Save draft
review-lead = This is what everyone will see. Please read it once more.
review-no-evidence = No evidence is attached.
report-publish = Publish
report-back = Go back and change
receipt-title = Your report is published
receipt-text = { $n ->
    [one] One follower is being told.
   *[other] { $n } followers are being told.
}
receipt-number = Receipt number
receipt-see = See it

## Edit
draft-by = { $by }, { $time }
draft-none = No draft: you start from what is published.
undo-text = Published by { $by } on { $time }.
preview = Preview
preview-changes = What changes
preview-nothing = Nothing changes.
publish = Publish
edit-title = Title
edit-problem = The problem
edit-solution = The commitment
edit-contribution = How it helps
edit-legal = Legal basis
edit-budget = Budget
edit-start = Start
edit-end = End
edit-continues = It continues without an end
edit-date-hint = Write dates as 2021, 2021-Q4, 2021-10 or 2021-10-31.
edit-add-milestone = Add a milestone
in-korean = Korean
in-english = English

## Assess
assess-facts = The facts
assess-completion-hint = Judge by the evidence.
assess-ambition-hint = If all of it is done, how much better would things be?
assess-early-results-hint = Has anything changed in practice so far?
assess-reasons = Your reasons
assess-reasons-hint = Say what you looked at. Your assessment is published with your name, beside the agency’s.
assess-reasons-en = In English
assess-publish = Publish assessment
