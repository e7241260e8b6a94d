## Receipts of acts
proof-title = Receipt
proof-see = See the receipt
proof-mine = Receipt of my signature
proof-mine-support = Receipt of my support
proof-of-filing = With it you can prove to anybody, at any time, that this was filed.
proof-of-event = Check the record
proof-log = Public log
proof-log-see = See the public log
proof-opaque = An act that is not public
proof-thing-gone = What it belongs to is not public now.
proof-recorded = In the public log
proof-stands = It is record no. { $leaf } of the public log.
proof-witnessed = { $n ->
    [one] One witness outside the government has confirmed it.
   *[other] { $n } witnesses outside the government have confirmed it.
}
proof-not-witnessed = No witness has confirmed it yet.
proof-means = If anybody changed or deleted it in secret, it would no longer fit the proof below.
proof-download = Download the proof
proof-facts = What was recorded?
proof-fact-at = Recorded at
proof-fact-number = Number
proof-fact-organisation = Agency
proof-fact-state = State
proof-fact-day = Counted on
proof-fact-count = Number given
proof-fact-leaf = Place in the log
proof-fact-checkpoint = Signed summary
proof-fact-witnesses = Witnesses
proof-fact-code = Receipt code
proof-fact-address = Address
proof-leaf = Record no. { $leaf }
proof-checkpoint = A signature over { $size } records
proof-no-witness = None yet. They appear here once they have confirmed it.
proof-qr = QR code with the address of this receipt
proof-who = The log holds no names. A masked number that works nowhere but here keeps one person from being counted twice.
proof-opaque-own = This act is not public, so the log holds only a seal that says nothing. With the file that opens the seal you can prove to others what you did and when.
proof-opaque-other = This act is not public, so the log holds only a seal that says nothing. Only the person whose act it is can get the file that opens it. If that is you, sign in, or open your case first with its number and code.
proof-erased = What this act was about has been deleted. The log keeps a seal that nobody can open.
proof-opening = Get the file that opens the seal
proof-opening-texts = Get the file that proves what you wrote
proof-browser = Your browser checks it now
proof-browser-lead = You need not take this site's word for it. The proof is downloaded and calculated again on your device.
proof-check-leaf = The record's fingerprint is the one in the receipt code
proof-check-path = { $n ->
    [one] The record and one more fingerprint give the signed summary
   *[other] The record and { $n } more fingerprints give the signed summary
}
proof-check-signature = The log has signed that summary
proof-check-good = Correct
proof-check-bad = Not correct
proof-check-none = This browser cannot check signatures. Please use one of the programs below.
proof-check-failed = It could not be checked. Please open the page again in a moment.
proof-drawing = As a picture
proof-drawing-lead = { $n ->
    [one] The coloured record is joined with the one fingerprint beside it. What comes out at the top stands for all { $size } records. If a single one changed, it would differ.
   *[other] From the coloured record upwards, it is joined step by step with the { $n } fingerprints beside it. What comes out at the top stands for all { $size } records. If a single one changed, it would differ.
}
proof-others = Check it with other programs
proof-others-lead = The proof follows open international formats (C2SP). Any program that reads them can check it, without the internet, and even when this site no longer exists.
proof-file-proof = the proof
proof-file-entry = the record exactly as it stands in the log
proof-command = With the program behind this site
proof-by-hand = With programs that we did not write
proof-hand-leaf = Put one zero byte before the record's file and take the SHA-256. That is the record's fingerprint (RFC 6962).
proof-hand-path = Join it with the fingerprints in the proof, one after the other, and compare with the signed summary. Tools that read these formats exist in several languages.
proof-hand-key = Check the summary's signature with the log's key below. Compare the key with one from elsewhere, such as a witness's site.
proof-keys = The log's key
proof-root = The summary's fingerprint
proof-entry = See it exactly as it stands in the log
proof-about = What does this prove, and what does it not?
proof-waiting = Being written into the log
proof-waiting-lead = Your act is recorded. It can be proved in a second or two, and this page opens again by itself.
proof-held = Your act is recorded. The log is being checked at the moment, so the proof takes longer. Nothing is lost. Please come back to the same address later.
proof-again = Look again
proof-keep = Note the code or the address, and you can come back at any time.
proof-find = Find a receipt
proof-find-lead = Enter the code or the address on a receipt to learn whether the record still stands in the log.
proof-find-hint = For example 00062d1f0a8c40-0123456789abcdef
proof-find-go = Find
proof-unknown = There is no such receipt
proof-unknown-lead = The log holds no record with this code.
proof-unknown-typo = It may have been copied wrongly. Please look at the code again.
proof-unknown-site = It may be a receipt of another site. Please look at the QR code or the address.
proof-unknown-forged = If somebody showed you this receipt, it may be a forgery.
proof-garbled-lead = A receipt code has 14 digits or letters from a to f, a hyphen, and 16 more.

## Is this document what the government published?
verify-title = Is this document what the government published?
verify-lead = Find out whether a file that you were given is exactly what this site has published, to the last letter.
verify-choose = Drop a file here or choose one
verify-choose-hint = Any size, any type.
verify-private = The file is not sent. Your device calculates its fingerprint (SHA-256), and only that is looked up.
verify-reading = Reading
verify-empty = The file is empty. Please choose another one.
verify-unreadable = The file could not be read. Please choose it again.
verify-by-hand = Enter the file's fingerprint yourself
verify-digest = SHA-256 fingerprint of the file
verify-digest-hint = The 64 characters that one of the commands below prints. You may paste the whole line.
verify-go = Check
verify-your-file = file
verify-command = To check it offline, against an export:
verify-what-title = What can be checked?
verify-what-answers = Files that agencies attached to petitions, complaints and information requests
verify-what-evidence = Files that agencies gave as evidence that a promise was kept
verify-what-definitions = The definitions of the procedures that this site follows
verify-verdict-yes = Yes, this is the published document
verify-verdict-citizen = A citizen sent this file
verify-verdict-no = This site has not published this file
verify-means-yes = The file is exactly what the agency below has published, to the last letter.
verify-means-citizen = It is the same as a file that a citizen attached to something public. That does not make it a document of the government.
verify-means-no = It is none of the files that this site publishes now. That does not mean that what it says is false.
verify-what = What it is
verify-kind-answer = A document from an agency
verify-kind-filing = A file attached by a citizen
verify-kind-evidence = Evidence that a promise was kept
verify-kind-definition = The definition of a procedure
verify-name = File name
verify-by = By
verify-by-citizen = A citizen
verify-at = Published
verify-how = Where does it stand in the log?
verify-salted = The log does not hold a file's fingerprint as it is. Put the file's fingerprint behind the salt below and take the SHA-256 again: that is what the log holds.
verify-unsalted = The log holds the file's fingerprint as it is.
verify-salt = Salt (hexadecimal)
verify-in-leaf = In the log
verify-no-receipt = It is the published file. It was published before the log began, so there is no receipt.
verify-no-title = Why can the answer be no?
verify-no-changed = A single changed letter, saving it again or converting it makes another file. Please use the file as you received it.
verify-no-picture = Pictures are saved anew when they are uploaded, without hidden data such as places. Only a picture that was downloaded from this site is found to be the same.
verify-no-other = Documents published on other sites are not known here.
verify-no-hidden = Files that were published and taken back are not answered.
verify-another = Check another file

## Check it yourself
check-title = Check it yourself
check-what = What is counted?
check-how = How is it counted?
check-upto = Up to where?
check-sealed = covered by the summary of { $time }
check-not-sealed = about to be signed
check-nothing = No records yet
check-audit = Last checked by others
check-audit-none = Nobody yet. Anybody can, with the command below.
check-audit-size = { $n ->
    [one] one record
   *[other] { $n } records
}
check-witnesses = See when the witnesses checked last
check-command = The command that counts it again
check-records = Records behind this number
check-data = This number as data
check-export = The whole export
check-about = What does it prove?
check-supports-what = People who signed or gave their support and have not taken it back. One person counts once.
check-supports-how = Add the records "support given" of this case in the log, and take away those of "support taken back" and "left out". What came on paper is added by its batches. A threshold is reached at the record at which the number first reaches it.
check-cases-what = The number of public cases. Answered or not is told by the last state of each.
check-cases-how = Count what the log has as filed or shown and not as taken back, and look at the last record of a state of each.
check-plan-what = How many milestones of the plan are done, late, or still to come.
check-plan-how = Find the last progress record of each milestone in the log, and compare the dates in the plan with today.
check-paper-what = Signatures on paper, or given for somebody, that were added to this case.
check-paper-how = Add the accepted number of each batch in the log, and take away the batches that were undone. One person who stands there twice counts once.

error-receipt-unknown = There is no such receipt. Please look at the code again.
error-receipt-waiting = It is still being written into the log. Please try again in two seconds.
error-receipt-not-yours = Only the person whose act it is can get this. If that is you, sign in, or open your case first with its number and code.
error-receipt-erased = What this act was about has been deleted, so the seal cannot be opened.
error-verify-digest = This is not a SHA-256 fingerprint. Please enter 64 digits or letters from a to f.
