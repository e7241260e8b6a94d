# Errors of handling cases.

error-case-erased = The personal data of case { $number } has been erased after its time. Nothing more can be done with it.
error-case-closed = This case has ended. Its page shows what can still be done.
error-case-author-only = Only whoever filed the case can do this. Sign in, or give the number and the secret code.
error-case-handling-only = An agency that helps cannot do this. Ask the agency in charge.
error-case-text-missing = Please write something.
error-case-text-long = Please shorten it to { $max } characters.
error-case-agency-unknown = There is no such agency. Choose one from the list of agencies.
error-case-agency-role-unknown = An agency is not “{ $value }”. Give handling or joint.

error-case-step-unknown = There is no step “{ $value }”. Choose one on the page of the case.
error-case-step-shut = This cannot be done now: the case has moved on. Open its page again.
error-case-step-who = You are not among those who can do this. Who can is on the page about the service.
error-case-step-late = The time for this is over, or has not begun. The page of the case shows the dates.
error-case-step-invalid = Something needs to be corrected. Please look at the marked fields.

error-case-approval-unknown = There is no such approval. Look for it on the page of the case.
error-case-approval-state-unknown = An approval is never “{ $value }”. Give draft, waiting, approved, returned or dropped.
error-case-approval-waiting = The same step waits for approval already. Try again when it is decided.
error-case-approval-decided = This approval has been decided. Open the page of the case again.
error-case-approval-own = Only whoever prepared it can do this. Save it after changing it, and it is yours.
error-case-approval-same = You prepared this, so somebody else of your agency has to approve it.
error-case-approval-agency = Only an officer of the agency that prepared it can approve it.

error-case-question-open = A question still waits for its answer. Ask again when it has come.
error-case-question-none = There is no question to answer. Open the page of the case again.
error-case-assignee = This is no officer of the agency. Choose one from the list.
error-case-transfer-not = Cases of this service cannot be passed to another agency.
error-case-transfer-self = That agency has the case already. Choose another one.
error-case-joint-not = Cases of this service are not handled by several agencies.
error-case-joint-already = That agency handles the case already.
error-case-leave-handling = The agency in charge cannot leave. Pass the case to another agency.
error-case-clock-unknown = There is no clock “{ $value }”. Choose one on the page of the case.
error-case-extend-not = This time cannot be extended now: it has stopped or is over, or was extended as often as it may be.
error-case-extend-who = You are not among those who can extend this time.

error-case-correct-not = It is too late to correct this: the agency has begun. Tell it more when it asks you something.
error-case-correct-invalid = Something needs to be corrected. Please look at the marked fields.
error-case-correct-redaction = Officers can only blacken parts of public texts with █. Leave all other characters as they are.
error-case-withdraw-not = Cases of this service cannot be withdrawn.
error-case-merge-self = A case cannot be merged with itself.
error-case-merge-service = This case is of another service. Only cases of one service can be merged.
error-case-merge-merged = Case { $number } has been merged already. Split it first.
error-case-merge-many = At most { $max } cases can be merged at once.
error-case-split-not = This case has not been merged.
error-case-rate-stars = Please choose from 1 to 5.
error-case-rate-early = You can rate it when there is an answer.
error-case-review-field = The field “{ $field }” is not one that is published after review. Choose from the list of fields to review.
error-case-hide-not = This case is not public.
error-case-show-not = This case has not been taken back.
error-case-link-private = Only public cases can be linked.
error-case-link-unknown = The target was not found. Give a full address, a case number, or something like commitment:kr-2021/2.1. Only what is public can be linked.
error-case-party-unknown = This service has no group “{ $value }”.

error-case-follow-token = This link cannot be used. Check that you opened all of the link in the mail.
error-case-follow-reason-unknown = “{ $value }” is no reason to follow.
error-case-rhythm-unknown = News do not come “{ $value }”. Give at-once or weekly.
error-case-subscriber = This does not name a subscriber. It must be account:ID or mail:ADDRESS.
error-case-whose-unknown = There is no group “{ $value }”. Give mine, unassigned, all or joint.
error-case-due-unknown = There is no due date “{ $value }”. Give today, overdue, week or any.
