# Errors of what all parts share: permissions, jobs, mail, files, links. What is wrong, and what to do instead.

# Permissions
error-permission-sign-in = You need to sign in for this. Sign in and try again.
error-permission-denied = You may not do this. Check that it belongs to an organisation you work for; if you need the role, ask this site's administrator.
error-permission-second-factor = Staff need a second factor for this. Set it up in your account, or enter its code.
error-permission-scope = This API key may not do this. Make a new key with the scope that is needed.
error-permission-not-by-key = No API key may do this. Sign in with a browser instead.
error-role-unknown = There is no role “{ $value }”. Write officer, lead, civil-society, clerk or administrator.
error-verb-unknown = There is no action “{ $value }”. Write one of the actions in the description of API keys.
error-assurance-unknown = There is no level of identity proof “{ $value }”. Write anonymous, pseudonymous, verified or proxy.
error-scope-unknown = “{ $value }” is no scope of an API key. Write object:action, for example plan:read, *:read or update:*.

# References
error-object-kind-unknown = There is no kind of thing called “{ $value }”. Write a kind such as plan, commitment or milestone.
error-object-reference = “{ $value }” does not name anything. Write kind:id, for example commitment:kr-2021/2.1, with letters a to z, digits and . _ / - in the id.
error-link-self = A thing cannot be linked to itself. Choose another one.
error-link-type-unknown = There is no type of link “{ $value }”. Write became, merged-into, answers, evidence-of, decided-by, implements or measures.

# Organisations
error-organisation-unknown = There is no such organisation. Choose one from the list of organisations.
error-organisation-slug = “{ $value }” cannot be an organisation's short address. Use lower-case letters, digits and hyphens, at most 64, for example mois.
error-organisation-name = The organisation “{ $value }” has no name. Write a Korean or an English one.
error-organisation-parent = The parent of the organisation “{ $value }” does not exist or is below it. Choose another parent.
error-organisation-kind-unknown = There is no kind of organisation “{ $value }”. Write agency, civil-society, company, school, body or other.

# Files
error-blob-empty = The file is empty. Choose a file with content.
error-blob-too-large = The file is too large. Split it or make it smaller than { $limit } MB.
error-blob-type = Files of this type are not accepted. Save it as PDF, a picture (PNG, JPEG, WebP), HWP, HWPX, DOCX, XLSX, PPTX, ODT, ODS, CSV or TXT.
error-blob-macros = The document contains macros. Save it without macros, or as PDF.
error-blob-image = The picture cannot be read. Check that the file is not damaged, or save it again as PNG or JPEG.
error-blob-image-too-large = The picture has too many pixels. Make it smaller than { $limit } megapixels.
error-blob-text = The characters of this text file cannot be read. Save it as UTF-8 and try again.
error-blob-unknown = There is no such file. Choose it again on the page it belongs to.
error-blob-store = The place where files are kept does not answer. Try again in a while.
error-blob-folder = The folder for files, { $path }, cannot be made or opened. Check who owns it and who may write to it.
error-blob-bucket = The bucket { $bucket } cannot be used with these settings. Check blobs.url, blobs.endpoint and blobs.region.

# Jobs
error-job-unknown = There is no such job. Finished jobs are deleted after some days. Open the list of jobs again.
error-job-not-retryable = A job that runs or has finished cannot be started again. Open the list of jobs again to see its state.
error-job-running = A job that is running cannot be deleted. Delete it when it has ended.
error-job-state-unknown = There is no job state “{ $value }”. Write queued, running, done or failed.
error-job-payload = A job “{ $kind }” could not run because it lacks “{ $name }”. This is a defect: tell the developers.
error-job-no-handler = This server has no program for jobs “{ $kind }”. Check that all servers run the same version.
error-sequencer-fenced = Another server was first to put the log in order. Nothing is lost; it is tried again at once.

# Mail
error-mail-address = Check the mail address. It must look like name@example.kr.
error-mail-subject = The subject of a mail must be one line of 1 to 200 characters.
error-mail-header = The mail header “{ $name }” is wrong. Name and value must be one line of ASCII.
error-mail-refused = The receiver's mail server did not accept this mail. Check the address and send it again from the list of jobs.
error-mail-server = The mail server could not be reached. The mail is sent again by itself; if this goes on, check the settings of the mail server.
error-mail-unknown = There is no such mail. What a mail says is deleted some days after it was sent.
error-mail-state-unknown = There is no mail state “{ $value }”. Write queued, sent, failed or kept.
error-mail-config-host = The mail server's name “{ $value }” is wrong. Write it in the configuration like smtp.example.kr.
error-mail-config-from = The sender's address “{ $value }” is wrong. Write it in the configuration like “Madang <no-reply@example.kr>”.

# The key file
error-keys-file = The key file { $path } cannot be read or written. Check who owns it and who may write to its folder.
error-keys-permissions = Other users can read the key file { $path } (mode { $mode }). Run chmod 600 { $path } so that only the server can.
error-keys-format = The content of the key file is wrong. Put back the key file from your backup: with a new one the people known so far would be strangers.
error-keys-other = These are not the keys of this database. Put the key file that belongs to this database back into the data folder.

# The outside world
error-http-proxy = The address of the proxy is wrong. Write it in the configuration like http://proxy.example.kr:3128.
error-http-certificate = A certificate to trust cannot be read. Name a file in PEM format in the configuration.

error-webhook-url = This address cannot be called. Give one that begins with https and is on the public internet.
error-webhook-kinds = The kinds cannot be read. Write up to 30, each in small letters, dots and dashes, such as case.filed.
error-webhook-too-many = An account can have { $most } webhooks. Remove one that is not used.
error-webhook-unknown = There is no such webhook.
error-webhook-delivery-unknown = There is no such delivery.
error-webhook-state-unknown = A webhook is active or paused.
error-webhook-delivery-state-unknown = This state of a delivery is not known.
error-webhook-paused = The webhook is paused.
error-webhook-refused = The receiver answered with { $status }.
error-webhook-unreachable = The receiver could not be reached.

error-log-key-permissions = Others than its owner may read the log's signing key, { $path } (mode { $mode }). Set it with chmod 600.
error-log-key-format = The signing key of the log is not in order. It must be one line: PRIVATE+KEY+name+hash+key.
error-log-key-file = The file of the log's signing key, { $path }, cannot be read or written. Check who may use its folder, and the room on the disk.

error-ledger-receipt-code = { $value } is not the code of a receipt. Enter the code as it stands on the receipt, with the hyphen.
error-ledger-salt = { $value } is not a salt. It must be 32 hexadecimal digits.

# The public log
error-log-held = The public log is held, so nothing new is counted and signed; acts wait and are not lost. The administrator's overview says why.
error-log-store = The place where the public log's files are kept does not answer. Check the disk or the object store; it is tried again by itself.
error-log-checkpoint = The stored checkpoint of the log cannot be read. Put the file log/checkpoint back as it was, or remove it and run “madang ledger recover”.
error-log-checkpoint-signature = The stored checkpoint of the log is signed by none of the keys known here. Check the signing key and where the log's files lie.
error-log-key-missing = The signing key of the log is missing. Put it back; if it is lost, run “madang ledger rotate-key --lost”.
error-log-key-other = The signing key is not the one that the log is signed with now ({ $expected }). Configure the right one, or hand over with “madang ledger rotate-key”.
error-log-key-origin = The new key has the name { $found }; it must have the log's name, { $expected }.
error-log-key-known = This key has signed the log before. Make a new one.
error-log-no-tree = There is no log yet: nothing has been signed.
error-log-origin = The log's name does not fit: { $expected } was expected, { $found } was found. Check the signing key and where the log's files lie.
error-log-store-lost = The log's files are not there, though { $size } entries were signed. Check the folder or the object store; if the files are lost, run “madang ledger recover”.
error-log-behind = The database is behind the published log: it has { $size } entries, { $published } were published. It was probably restored from a backup. Run “madang ledger recover”.
error-log-forked = The database and the published log disagree at { $size } entries. Nothing is signed. Find out which of them was altered, and tell the witnesses.
error-log-tile-missing = A file of the log is missing: { $name }. Run “madang ledger recover”.
error-log-damaged = Files of the log are damaged and cannot be mended from the newest entries alone ({ $size } entries). Run “madang ledger recover”.
error-log-damaged-file = The stored log is not what was signed; the first file that does not fit is { $name }. Put it back from a copy, for example a witness's.
error-log-diverged = The database and the stored log have different entries at position { $position }. Restore another backup.
error-log-feed-changed = The database's entries do not give the signed root of { $size } entries: somebody has altered them. “madang verify database” says where.
error-log-fenced = Another server has built the log on meanwhile. Nothing is lost; it is tried again at once.
error-log-leaf-unknown = The log has no entry { $value } yet.
error-log-size-unknown = The log was never signed with { $size } entries.
error-sequencer-behind = The database has { $size } entries and { $published } were published: an older database was put in its place. Restart the server and run “madang ledger recover”.
