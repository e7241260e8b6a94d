## What was done
done-followed = You will hear about what moves.
done-unfollowed = We no longer write to you about this.
done-follow-confirmed = Your address is confirmed. You will hear about what moves.
done-assessed = Your assessment is published.
done-draft-saved = Draft saved. Nothing is published yet.
done-draft-discarded = Draft thrown away. What is published stays as it is.
done-commitment-published = Your changes are published. You can take them back at your desk.
done-commitment-undone = Taken back: it stands as it did before.
done-round-opened = The round is open and the agencies are being told.
done-round-answered = Answer saved. You can change it until the round is closed.
done-round-closed = The round is closed. Write the conclusion and publish it.
done-round-published = The round is published.
done-value-reported = The value is published.

## Report
report-period = Which period is this about?
report-period-hint = This milestone comes several times. If you choose one, only that one changes.
report-period-all = All that have begun
report-claim = How does it stand?
claim-hint-completed = At least one piece of evidence is needed.
claim-hint-delayed = Say why below.
report-percent = Progress in percent
report-percent-hint = From 0 to 100, and only if it can be counted.
report-delay-hint-ahead = If the date cannot be kept, say why and when it will be done.
report-correct = Correct it
report-correct-own = Correct an earlier report ({ $n })
report-correcting = You are correcting an earlier report. The new one takes its place; the old one can still be read.

## Assessment
assess-period = Which period do you assess?
assess-period-hint = Assessing the same period again replaces your earlier assessment, which stays on record.
half-first = First half of { $year }
half-second = Second half of { $year }
half-end = After the end of the plan
early-no-evidence = No evidence to judge by
early-outstanding = Outstanding

## Edit
edit-summary = In short
edit-notes = Notes
edit-legal-hint = One on each line, at the same line in both languages.
edit-budget-hint = One on each line: amount | currency | year | note in Korean | note in English. Example: 2400000000 | KRW | 2021
edit-milestone-ko = What will be done (Korean)
edit-milestone-en = What will be done (English)
edit-deliverable-ko = Deliverable (Korean)
edit-deliverable-en = Deliverable (English)
edit-timing-fixed = Dates that recur or come several times are changed by importing the plan.
edit-remove = Take this milestone out
edit-in-parts = The milestones are in the parts of this commitment. Edit them there.
desk-both-languages = Write it in both languages.
draft-discard = Throw the draft away
preview-outdated = What is published has changed while you wrote. Throw the draft away and start again from what stands now.
item-agency = Agency
item-theme = Theme
item-indicator = Indicator
item-value = Value of the indicator

## Rounds
round-open-lead = Every agency that leads a commitment is asked how it stands. They are told at once.
round-period = Which period?
round-title-ko = Name in Korean
round-title-en = Name in English
round-title-hint = For example: First half of 2022
round-due-label = Last day for answers
round-due-hint = Leave agencies enough time to gather what they need.
round-open-do = Open the round
round-answer-due = Your answer is due on { $date }.
round-answered-at = Answered { $time }. You can change it until the round is closed.
round-answer-text = What has been done, and what is left?
round-answer-hint = For each of your commitments say what was done, what is left and why anything is late. Everybody reads this once the round is published.
round-answer-do = Save the answer
round-late-hint = Report on these first, so that their states are right.
round-publish-lead = Your conclusion is published with the agencies’ answers. This cannot be taken back.
round-conclusion = Conclusion
round-conclusion-hint = Say what this round has shown and what comes next.
round-publish-do = Publish the round

## Indicators
value-report = Report a value
value-whose = Whose value is it?
value-of-all = The whole
value-date-hint = As exactly as it is known: 2022, 2022-Q2, 2022-06, 2022-06-30
value-figure = Value ({ $unit })
value-note = Note
value-note-hint = Say so if the value is provisional or counted in a new way.
value-do = Publish

## Import
import-not-read = cannot be read

## Unsubscribe
unsubscribe-weekly-text = The weekly mail will no longer come.
unsubscribe-weekly-done = The weekly mail has been stopped.

## Mails
notice-plan-imported = The plan has changed
notice-commitment-published = The commitment was edited
notice-commitment-undone = An edit was taken back
notice-progress-reported = Progress report ({ $detail })
notice-progress-corrected = Progress report corrected ({ $detail })
notice-assessed = Assessment ({ $detail })
notice-indicator-reported = A value of an indicator was reported
notice-round-opened = An inspection round has begun
notice-round-published = An inspection round was published
notice-plan-itself = The plan as a whole
mail-why-plan = You receive this because you follow this plan.
mail-why-commitment = You receive this because you follow this commitment.
mail-why-agency = You receive this because you follow this agency.
mail-why-digest = You receive this because you asked for a weekly mail.
mail-why-follow = Somebody asked us to write to this address. If it was not you, delete this mail and nothing will happen.

## When something is wrong
error-desk-choose = Choose one.
error-desk-moved = Somebody changed this while you were working on it. What you typed is still here. Compare it with the current text, then press again.
error-desk-day = Write the date like 2022-06-30.
error-desk-partial-date = Write the date like 2022, 2022-Q2, 2022-06 or 2022-06-30.
error-desk-evidence-empty = Write the address of the evidence or choose a file. If there is nothing to add, empty the title.
error-desk-budget-line = “{ $value }” cannot be read. Write it like 2400000000 | KRW | 2021.
error-desk-file-missing = Choose a file.
error-desk-file-format = The file’s name ends in .toml, .json or .xlsx.
error-desk-file-gone = The file that was checked is no longer there. Upload it again.
