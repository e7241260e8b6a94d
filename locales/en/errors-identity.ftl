# Errors of accounts and signing in. They say what is wrong and what to do instead.

# Signing in
error-identity-email = This cannot be read as an e-mail address. Write one address only, such as name@example.go.kr.
error-identity-too-many = Too many attempts in a short time. Try again in about { $minutes } minutes. A link you have already received still works.
error-identity-link-unknown = There is no such sign-in link. Check that the address in the mail was not cut off, or ask for a new link on the sign-in page.
error-identity-link-used = This sign-in link was used before. A link works once. Ask for a new one on the sign-in page.
error-identity-link-expired = The time of this sign-in link is over. Ask for a new one on the sign-in page and use it within 15 minutes.
error-identity-link-of-another = Somebody else began this. Open it again in the browser where the account that began it is signed in.
error-identity-suspended = This account has been suspended. To learn why or to have it opened again, contact the body that runs this site.
error-identity-again = Another request came first. Try once more.
error-identity-session-unknown = There is no such session. It may have been signed out already. Reload the list to check.
error-identity-address-taken = Another account uses this e-mail address. Sign in with it, or write another address.

# Identity providers
error-identity-journey-unknown = Start the identity check again from the beginning. It took more than 15 minutes, is already done, or was begun in another browser.
error-identity-provider-away = The identity provider ({ $provider }) does not answer. Try again later, or sign in by mail.
error-identity-provider-refused = The identity provider ({ $provider }) did not complete the check. Try again from the sign-in page.
error-identity-person-claim = The identity provider did not send the value that says who you are ({ $claim }). Check that you agreed to share it, and try again.
error-identity-identity-taken = This identity belongs to another account already. Sign in to that account.
error-identity-person-has-account = You have an account already; one person uses one account. Sign in to that account, or delete it and try again.
error-identity-provider-slug = The identity provider's name ‘{ $value }’ in the configuration cannot be used. Write up to 40 lower-case letters, digits and hyphens.
error-identity-provider-issuer = The identity provider's address ‘{ $value }’ in the configuration cannot be used. Write the issuer's address exactly, beginning with https://.
error-identity-provider-callback = The return address ‘{ $value }’ in the configuration cannot be used. Write the site's base address in full, beginning with https://.
error-identity-provider-assurance = The identity provider ‘{ $value }’ in the configuration cannot have the level anonymous. Write verified or pseudonymous.

# Second factor
error-identity-code-wrong = The code is not right. Write the six digits that your app shows now, or a recovery code that you have not used. Every code works once.
error-identity-not-enrolled = No second factor is set up. Set one up in your account first.
error-identity-not-enrolling = The setup was not begun. Open the setup page again and scan the new QR code.
error-identity-factor-demanded = Your role demands a second factor, so it cannot be removed. To change the app, set it up anew.
error-identity-factor-of-demo = The second factor of a demonstration account cannot be changed: the next visitor needs it.
error-identity-reset-own = You cannot reset your own second factor. Ask another administrator, or reset it on the server's command line.

# Accounts
error-identity-name = Write a name of 1 to { $longest } characters without line breaks.
error-identity-reason = Write in 1 to { $longest } characters why you look at personal data. It is kept in the access log.
error-identity-account-unknown = There is no such account. It may have been deleted. Look for it in the list of accounts.
error-identity-status = This cannot be done to an account in its present state ({ $status }). Reload the account's page to see the state.
error-identity-status-unknown = There is no account state ‘{ $value }’. Write active, suspended or deleted.
error-identity-method-unknown = There is no way of signing in called ‘{ $value }’. Write mail, oidc or demo.
error-identity-link-purpose-unknown = There is no link purpose ‘{ $value }’. Write sign-in or add-address.
error-identity-suspend-own = You cannot suspend your own account. Ask another administrator.
error-identity-last-administrator = This is the last administrator. Give the role to somebody else first, then try again.

# Organisations and roles
error-identity-organisation-exists = There is already an organisation with the address name ‘{ $value }’. Edit that one, or write another address name.
error-identity-role-scope = This does not fit the role { $role }. Officers and civil society need an organisation; administrators have none.
error-identity-role-organisation = An organisation of the kind { $kind } cannot have the role { $role }. Officers belong to agencies; the civil-society role belongs to civil-society organisations and joint bodies.
error-identity-role-held = This role is held already. Look at the list of members.
error-identity-role-unknown = This person does not hold that role. Reload the list of members to check.

# API keys
error-identity-key-scopes = Choose 1 to { $most } scopes for what the key may do.
error-identity-key-expiry = Choose a last day for the key within { $days } days from today.
error-identity-key-most = You already have { $most } working keys. Remove one that you do not use, then make the new one.
error-identity-key-unknown = There is no such API key. Look for it in your list of keys.
error-identity-key-revoked = This API key was removed already. Make a new one if you need it.

# Demonstration
error-identity-demo-off = This is not a demonstration site, so demonstration accounts cannot be used. Sign in by mail or with an identity provider.
error-identity-demo-organisation = The organisation ‘{ $value }’ for a demonstration account does not exist. Load the demonstration data first.
