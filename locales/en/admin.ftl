## Administration
admin-accounts = Accounts
admin-organisations = Organisations
admin-import = Import a plan
admin-jobs = Jobs
admin-outbox = Mail
admin-access-log = Access log
admin-logged = Looking at this page is recorded in the access log.
accounts-empty-title = No account matches
roles-none = No roles.
role-give = Give role
role-remove = Remove
account-acts = Actions
account-sign-out = Sign out everywhere
account-reset-factor = Reset second factor
account-block = Block
account-unblock = Unblock
organisation-add = Add an organisation
organisations-empty-title = There is no organisation yet
organisations-empty-text = Importing a plan creates the agencies in it.
job-retry = Retry
job-drop = Drop
jobs-empty-title = Nothing is waiting
jobs-empty-text = Sending mail, making files and the like appear here.
outbox-lead = A demonstration sends no mail; it gathers here.
outbox-mails = Mails
outbox-empty-title = No mail yet
outbox-empty-text = Sign in or follow something and it appears here.
access-lead = Every look of staff at personal data, with the reason they gave.
access-empty-title = No entries
access-empty-text = When staff look at personal data, it is kept here.

## Import
import-upload = Upload
import-check = Check
import-apply = Apply
import-file = Plan file
import-file-hint = TOML, JSON or XLSX, up to { $size }. Nothing changes before you have checked it.
import-to-check = Upload and check
import-template = Get the spreadsheet template
import-found = { $file }: { $plan }
import-added = New
import-changed = Changed
import-removed = Removed
import-same = Unchanged
import-problems = { $n ->
    [one] One thing must be corrected before this can be applied
   *[other] { $n } things must be corrected before this can be applied
}
import-problems-table = What to correct
import-where = Where
import-what = What is wrong
import-instead = Write this instead
import-place-sheet = { $sheet }
import-place-row = row { $row }
import-place-column = column { $column }
import-place-line = line { $line }
import-again = Correct it and upload again
import-do = Apply
import-done = The plan is imported
import-done-text = { $added } new, { $changed } changed, { $removed } removed
import-see = See the plan
