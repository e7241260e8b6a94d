## What was done
done-signed-out = You are signed out.
done-signed-out-everywhere = You are signed out on all devices.
done-recovery-used = You signed in with a recovery code. If few are left, make new ones.
done-address-sent = We sent a mail to the new address. Open its link and press the button to change the address.
done-address-changed = Your email address is changed.
done-profile-saved = Your details are saved.
done-session-ended = That device is signed out.
done-key-revoked = The key is revoked. Programs that used it can no longer get in.
done-factor-removed = The second step is off.
done-account-deleted = Your account is deleted.
done-role-given = The role is given. That person has to sign in again.
done-role-taken = The role is taken away.
done-account-blocked = Signing in is blocked.
done-account-unblocked = The person can sign in again.
done-account-signed-out = That person is signed out on all devices.
done-factor-reset = The second step is removed. It has to be set up again at the next sign-in.
done-organisation-made = The organisation is added.
done-organisation-saved = The organisation is saved.
done-job-retried = It is being tried again now.
done-job-deleted = The job is dropped.

## Signing in
second-factor-demo = This is a demonstration account. The code to enter now is { $code }.
totp-open-app = Open in the app on this device
totp-remove = Turn the second step off
session-unknown = Unknown device
session-method-mail = By a link in a mail
session-method-oidc = By an identity provider
session-method-demo = As a demonstration account
key-life = How long should it work?
key-days = { $n } days
key-until = until { $time }
key-scopes-hint = Choose only what is needed.
keys-after-factor = You can see your keys after the second step.
providers-lead = Add another way to sign in to this account.
providers-add = Add { $name }
scope-read = Read everything I can see
scope-everything = Everything I can do
scope-of = All about: { $kind }

## One's own page
me-profile = Name and language
me-name = Name
me-name-hint = What this site calls you. Others do not see it.
me-language = Language of mails
language-ko = Korean (한국어)
language-en = English
me-address = Change email address
me-address-new = New address
me-address-hint = We send a mail to the new address. Nothing changes until you confirm it.
me-address-send = Send the mail
me-looks = Who looked at my data?
me-looks-lead = Times when people who run this site looked at your data. They write down why each time.
me-looks-none = Nobody has looked
me-looks-none-text = When somebody looks at your data, the time and the reason appear here.
me-delete-word = delete my account
me-delete-type = Type “{ $word }”
me-delete-stays-acts = Reports and assessments made for an organisation. They name the organisation only.
me-delete-stays-key = A mark that stops one person from taking part twice. It does not tell who you are.
me-delete-stays-looks = The record of who looked at personal data, kept for review.

## Mail
mail-why-sign-in = You get this because somebody asked { $site } for a sign-in link to this address.
mail-why-address = You get this because somebody wants to use this address with an account at { $site }.
mail-address-subject = Confirm your email address for { $site }
mail-address-text = Open the link below and press the button to use this address with your account. It works once, within { $minutes } minutes.
mail-address-not-you = If you did not ask for this, delete this mail. Nothing will happen.

## Administration
overview-failed = Failed jobs
overview-waiting = Jobs running or waiting
overview-organisations = Organisations
overview-inbox = Acts waiting to be numbered
overview-position = Acts on record
admin-account = Look at an account
look-why = Why do you need to look?
look-why-hint = Your reason is kept in the access log, and the owner of the account can read it.
look-do = Look
accounts-mail-hint = Enter the whole address. Parts of one find nothing.
account-no-name = (no name)
account-methods = Signs in with
account-status-active = In use
account-status-suspended = Sign-in blocked
account-status-deleted = Deleted
role-organisation-hint = Leave empty for site administrators.
role-system = Command line (on the server)
filter-any = All
filter-from = From
filter-until = Until
pager-first = First page
organisation-none = None
organisation-slug = Name in addresses
organisation-slug-hint = Small letters, digits and hyphens. It cannot be changed later.
organisation-short-ko = Short name (Korean)
organisation-short-en = Short name (English)
organisation-parent = Belongs to
organisation-people = People with a role here
outbox-open-link = Open the link in this mail
outbox-html = HTML source
outbox-closed = Only the reader of a mail sees what it says.
look-account-list = List of accounts
look-account-view = One account
look-account-status = Blocking or unblocking
look-membership-list = People of an organisation
look-by = Looked: { $id }
look-at = Looked at: { $id }
look-at-many = Many people

## When something goes wrong
error-form-confirm = The words do not match. Type them exactly as shown.
error-form-token = This page is too old or came from elsewhere. Open it again and repeat what you did.
error-form-too-large = What you sent is too large. Make the file smaller and send it again.
error-form-unreadable = What you sent could not be read. Open the page again and repeat what you did.
error-page-unknown = There is nothing at this address. Check it, or start from the front page.
error-page-method = This address does not take what you sent. Go back and try again.
error-api-key-unknown = This API key does not work. It may be revoked or expired; make a new one.
