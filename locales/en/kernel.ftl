# Names of roles, actions, kinds of things, links, and the states of jobs and mail.

role-anyone = Anyone
role-member = Anyone signed in
role-officer = Agency officer
role-lead = Officer of the lead ministry
role-civil-society = Civil-society assessor
role-clerk = Counter clerk
role-administrator = Site administrator

object-plan = Plan
object-commitment = Commitment
object-milestone = Milestone
object-update = Progress report
object-assessment = Assessment
object-indicator = Indicator
object-round = Inspection round
object-follow = Follow
object-account = Account
object-organisation = Organisation
object-membership = Membership
object-api-key = API key
object-session = Sign-in
object-second-factor = Second factor
object-job = Job
object-mail = Mail
object-access-log = Log of looks at personal data
object-blob = File
object-link = Link
object-change = Change
object-service = Service
object-case = Case
object-support = Signature or support
object-party = Party
object-webhook = Webhook
object-contact = Officer
object-expert = Expert or group
object-newsletter = Newsletter

verb-read = Read
verb-create = Create
verb-edit = Edit
verb-publish = Publish
verb-undo = Undo
verb-delete = Delete
verb-report = Report
verb-assess = Assess
verb-open = Open
verb-answer = Answer
verb-close = Close
verb-follow = Follow
verb-manage = Manage
verb-retry = Retry
verb-import = Import
verb-export = Export
verb-represent = Act for somebody
verb-act = Take a step
verb-handle = Handle
verb-approve = Approve
verb-withdraw = Withdraw

# A link seen from its source
link-became = Became
link-merged-into = Merged into
link-answers = Answers
link-evidence-of = Evidence of
link-decided-by = Decided by
link-implements = Implements
link-measures = Measures
# A link seen from its target
link-back-became = Grew out of
link-back-merged-into = Merged from
link-back-answers = Answered by
link-back-evidence-of = Evidence
link-back-decided-by = Decided
link-back-implements = Implemented by
link-back-measures = Measured by

job-state-queued = Waiting
job-state-running = Running
job-state-done = Done
job-state-failed = Failed
job-kind-mail-send = Send mail
job-kind-kernel-housekeeping = Tidy up old records

mail-state-queued = Being sent
mail-state-sent = Sent
mail-state-failed = Not delivered
mail-state-kept = Kept, not sent

organisation-kind-agency = Public agency
organisation-kind-civil-society = Civil-society organisation
organisation-kind-company = Company
organisation-kind-school = School
organisation-kind-body = Committee or forum
organisation-kind-other = Other organisation
