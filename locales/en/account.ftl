## Following
follow-title = Follow
follow-lead-plan = You are told when a commitment in this plan changes or misses a date.
follow-lead-commitment = You are told of reports, assessments and changed dates.
follow-lead-agency = You are told when this agency reports or misses a date.
follow-how-often = How often?
frequency-at-once = At once
frequency-at-once-hint = There may be several mails a day.
frequency-weekly = Once a week
frequency-weekly-hint = One mail on Monday morning.
mail-address = Email address
follow-mail-hint = We first send a mail to confirm the address. It is used for nothing else.
follow-sent-title = Check your mail
follow-sent-text = Press the button in the mail to { $mail } and you will start to receive news.
follow-stop = Stop following
follow-kind-plan = Plan
follow-kind-commitment = Commitment
follow-kind-agency = Agency
save = Save
cancel = Cancel
continue = Continue
remove = Remove
print = Print
unsubscribe-title = Stop these mails?
unsubscribe-text = We will send no more news of “{ $title }”.
unsubscribe-all-text = We will send you no more news at all.
unsubscribe-do = Stop
unsubscribe-done = You will get no more of these
unsubscribe-done-text = News of “{ $title }” has stopped.
unsubscribe-done-all = All news has stopped.
unsubscribe-again = Changed your mind? You can follow it again.

## Sign in
sign-in-lead = There is no password. You sign in with a link sent by mail.
sign-in-mail-hint = New here? Confirming your address creates the account.
sign-in-send = Send me a link
sign-in-sent-title = Check your mail
sign-in-sent-text = We sent a sign-in link to { $mail }. It works for { $minutes } minutes.
sign-in-sent-help = If it does not arrive, look in your spam folder.
sign-in-again = Use another address
sign-in-other = Other ways
sign-in-with = Sign in with { $name }
demo-accounts = Demonstration accounts
demo-accounts-text = Press one to sign in at once. Only a demonstration has these.
demo-outbox-go = See the mail that was sent
link-title-sign-in = Sign in?
link-title-follow = Follow this?
link-title-mail-change = Change your address?
link-text-sign-in = You are about to sign in as { $mail }.
link-text-follow = News will be sent to { $mail }.
link-text-mail-change = From now on we use { $mail }.
link-do-sign-in = Sign in
link-do-follow = Follow
link-do-mail-change = Change address
link-not-you = If you did not ask for this, close the page. Nothing will happen.
second-factor-title = Second factor
second-factor-short = Second factor
second-factor-code-text = Enter the six digits that your authenticator app shows.
second-factor-recovery-text = Enter one of the recovery codes you kept. Each works once.
second-factor-code-label = Six-digit code
second-factor-recovery-label = Recovery code
second-factor-use-recovery = No phone? Use a recovery code
second-factor-use-code = Use the app’s code
attempts-left = { $n ->
    [one] One attempt left.
   *[other] { $n } attempts left.
}
totp-title = Set up a second factor
totp-lead = With an authenticator app, somebody who reads your mail still cannot sign in.
totp-lead-required = Officers need a second factor before they can start.
totp-scan = Scan this with your app
totp-scan-hint = Any app for time-based six-digit codes (TOTP) will do.
totp-qr = QR code for your authenticator app
totp-by-hand = Cannot scan? Enter it by hand
totp-enter = Enter the code that the app shows
totp-save = Turn on
totp-on = { $n ->
    [one] It is on. 1 recovery code left.
   *[other] It is on. { $n } recovery codes left.
}
recovery-title = Recovery codes
recovery-lead = For the day you lose your phone. They are shown only now: write them down or print them and keep them safe.
recovery-kept = I have kept them
recovery-new = Make new recovery codes

## One's own page
me-title = My page
me-follows = What I follow
me-follows-none = You follow nothing yet
me-follows-none-text = Press “Follow” on a plan or commitment and it appears here.
me-account = Account
me-since = Since
me-memberships = Memberships
me-data = My data
me-data-text = You can have everything this site holds about you.
me-export = Download my data (JSON)
me-delete = Delete my account
me-delete-lead = A deleted account cannot be brought back.
me-delete-goes = What goes
me-delete-goes-1 = Your name, address and sign-in records
me-delete-goes-2 = What you follow, and your API keys
me-delete-stays = What stays, without your name
me-delete-confirm-label = Confirm
me-delete-confirm = I know that this cannot be undone.
me-delete-do = Delete account
assurance-anonymous = Anonymous
assurance-pseudonymous = Confirmed by email
assurance-verified = Verified identity
assurance-proxy = Acting for somebody
security-title = Sign-in and security
sessions-title = Signed-in devices
sessions-end-all = Sign out everywhere
session-current = (this device)
session-seen = last used { $time }
session-end = Sign out
keys-title = API keys
keys-lead = For programs that act in your name. Keep them to yourself.
keys-none = There are no keys.
key-new = Your new key. It is shown only now.
key-used = last used { $time }
key-unused = never used
key-revoke = Revoke
key-make = Make a key
key-name = Name
key-name-hint = So that you know later what it is for.
key-scopes = What it may do

## Mail
mail-stop = Stop these mails
mail-see = See it on the site
mail-sign-in-subject = Your sign-in link for { $site }
mail-sign-in-text = Open the link and press the button to sign in. It works once, for { $minutes } minutes.
mail-sign-in-not-you = If you did not ask for this, delete this mail. Nothing will happen.
mail-follow-subject = Follow “{ $title }”?
mail-follow-text = Open the link and press the button to start receiving news.
mail-digest-subject = The week: { $from } to { $to }
mail-digest-due = Due soon
