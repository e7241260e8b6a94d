## The public log: frame
log-title = Public ledger
log-pages = Pages of the public ledger
log-nav-records = Records
log-nav-witnesses = Witnesses
log-nav-about = What it proves
log-lead = A book in which everything that happens on this site is written down in order. What is written cannot be changed or taken out unseen: it is tied together so that anybody can notice.
log-lead-more = How does that work?
log-records = { $n ->
    [one] { $n } record
   *[other] { $n } records
}
log-record-n = Record { $n }
log-records-range = Records { $from }–{ $to }
log-copy = Copy
log-search = Find a record
log-search-hint = Type what you have: a record number, a case number, the label of a plan (kr-2021), a date, or the code of a receipt.
log-search-go = Find
log-search-miss = No public record matches “{ $asked }”. Please check the number. What is not public cannot be found by its number.
log-state-witnessed = { $n ->
    [one] Confirmed by { $n } witness
   *[other] Confirmed by { $n } witnesses
}
log-state-signed = Signed · no witness
log-state-held = Halted
log-signed-at = Signed up to { $n ->
    [one] { $n } record
   *[other] { $n } records
} on { $time }
log-no-witness = Nobody outside is watching yet. Without witnesses it is hard to notice if the operator swaps the whole book.
log-no-witness-yet = The witnesses have not confirmed this summary yet. It usually takes a few seconds.
log-waiting = { $n ->
    [one] { $n } record waits
   *[other] { $n } records wait
} for the signature
log-held-title = The ledger has been halted. Nothing new is signed
log-held-text = The stored ledger and the database do not agree, so it was halted before the book could split in two. What you do meanwhile is not lost; it waits in line. It goes on once the operator has restored it with the command “madang ledger recover”.
log-newest = Newest records
log-found = Chosen records
log-filter-kind = What happened
log-filter-all = Everything
log-none-title = Nothing of this kind has happened yet
log-none-text = Choose something else, or show everything.
log-empty-title = No records yet
log-empty-text = When a petition is filed or a plan is published, it is written here in order.
log-looked-back = Looked back to record { $n }.
log-look-further = Look further back
log-closed-run = { $n ->
    [one] { $n } thing that is not public
   *[other] { $n } things that are not public
}
log-check-title = Check it yourself
log-check-text = Do not take our word for it. These commands run on your own computer. Other programs that read the same format (C2SP) work too.
log-check-1 = Note the key
log-check-1-text = This public key tells whether a signature is really this site’s. Compare it with the key given in other places.
log-key = Public key of this site
log-older-keys = Show all keys, also older ones
log-check-2 = Get the signed summary as it is now
log-check-2-text = A few lines of text. Come back later and check that the book still holds everything that this summary covers.
log-check-3 = Get the whole ledger
log-check-3-text = If it breaks off, it goes on where it stopped. There is no personal data in it.
log-check-4 = Count everything again
log-check-4-text = Works without the internet. Signatures, order and every count are worked out anew; where something differs, it says exactly where.

## One object
log-of-title = In the ledger: { $name }
log-of-lead = Everything that the public ledger holds about this, newest first.
log-of-records = What was recorded
log-of-empty-title = No public records
log-of-empty-text = The name may be wrong, nothing public may have happened yet, or it may not be public. We do not say which.
log-to-object = Go to its page
log-all-of-this = All records about this
log-reference = Its name in the ledger:
log-object-plan = Plan
log-object-commitment = Commitment
log-object-milestone = Milestone
log-object-update = Progress report
log-object-assessment = Assessment
log-object-indicator = Indicator
log-object-round = Inspection round
log-object-organisation = Organisation
log-object-service = Service
log-object-case = Case
log-object-support = Signatures
log-object-party = Group of participants
log-object-link = Link
log-object-other = Something else
log-name-update = Progress report on { $of }
log-name-milestone = Commitment { $commitment }, milestone { $n }
log-name-none = { $kind } { $id }

## One record
log-neighbours = Records before and after
log-says = What does it say?
log-no-fields = Nothing more belongs to this record: it only says what happened and when.
log-leaf-witnessed = Confirmed by witnesses
log-leaf-signed = Signed
log-leaf-waiting = Waiting for the signature
log-leaf-witnessed-text = This record is in the ledger, and witnesses outside have confirmed that ledger
log-leaf-signed-text = This record is in the ledger that the site has signed. No witness has confirmed it yet
log-leaf-waiting-text = It is written down. It is usually signed within a second. Please open this page again in a moment
log-signer-site = Signature of { $name }
log-signer-witness = Witness { $name }
log-proof-file = Get the proof file
log-closed-title = Something that is not public
log-closed-1 = In this place stands one thing that is not public. What it is and whose it is cannot be read from the ledger. Like the outside of a sealed envelope it only shows that something is there and has not been changed.
log-closed-2 = All such records look alike. It may be a complaint, or somebody who asked for news: the outside does not tell. Whoever it belongs to can show with a receipt that it is theirs.
log-closed-between = It was written between { $after } and { $before }.
log-kind-unknown = Something that this version does not know
log-kind-unknown-text = The program that runs this site now does not know records of this kind. It is shown as it was written.
log-proof-title = Proof that it is in the ledger
log-proof-text = Every record has a fingerprint: a short value that comes out quite different if a single letter changes. Two fingerprints are joined into a new one, again and again, until one is left at the top. The site signs that one. Whoever follows the way from this record to the top must arrive at the same value.
log-proof-waiting = It is not part of a signed summary yet. Once it is signed, the proof appears here.
log-proof-size = Nothing can be proved for the size { $asked }. Please give a number from { $min } to { $max }.
log-tree-title = From record { $n } to the signed summary
log-tree-desc = { $n ->
    [one] One joining
   *[other] { $n } joinings
}, from the bottom to the top. The list “Follow it step by step” says the same in words.
log-tree-own = Fingerprints made from this record
log-tree-beside = Fingerprints beside it
log-tree-root = Signed summary
log-tree-this = This record
log-tree-joined = Joined fingerprint
log-tree-signed-by = Signed by { $name }
log-tree-witnessed-by = Witness { $name }
log-tree-size = Summary of { $n ->
    [one] { $n } record
   *[other] { $n } records
}
log-range-one = Record { $from }
log-range-many = Records { $from }–{ $to }
log-steps = Follow it step by step
log-step-leaf = The fingerprint is worked out from what the record says.
log-step-left = On the left comes the fingerprint of { $range }; the two are joined.
log-step-right = On the right comes the fingerprint of { $range }; the two are joined.
log-step-neighbour = Beside it
log-step-makes = Joined ({ $covers })
log-step-root = The last value is the one in the signed summary of { $n ->
    [one] { $n } record
   *[other] { $n } records
}. So this record is in that ledger.
log-step-root-wrong = The last value is not the one in the signed summary of { $n } records! Please save this page and tell a witness.
log-step-root-asked = This is the value of the summary at { $n ->
    [one] { $n } record
   *[other] { $n } records
}. Compare it with the one in the summary that you kept.
log-other-size = Check against a summary that you kept
log-other-size-label = Number of records in it
log-other-size-go = Show the proof
log-other-size-hint = It stands in the second line of the summary. From { $min } to { $max }.
log-raw = Show it as it was written
log-raw-text = This is what machines read. The fingerprint is worked out from exactly these letters.
log-hash = Fingerprint (hexadecimal, Base64)
log-hash-text = SHA-256 of one zero byte followed by the text (RFC 6962).
log-command = A command that works out the fingerprint

## What the kinds of fields mean
log-means-salted = The text itself is not in the ledger. Only a fingerprint of it is, mixed with a random number that nobody can guess (the salt). If the text were changed later, it would no longer fit. When somebody asks for their text to be erased the salt goes too, and these letters mean nothing any more.
log-means-files = One salted fingerprint for each file. Whether a file that you have is one of them can be checked under “Is this the file?”.
log-means-nullifier = A pseudonym that stands for a person. If the same person did the same thing twice here, the value would show up twice. In other matters it is another value, so the two cannot be linked. Without the operator’s secret key nobody can tell who it is.
log-means-digest = The fingerprint of a public document. Work it out from the document and you get the same value.

## Words of the program that stand in records
log-channel-web = Website
log-channel-api = Another program
log-channel-counter = Counter
log-channel-phone = Telephone
log-channel-paper = Paper
log-channel-visit = Visit
log-side-agency = The agency’s assessment
log-side-civil = Civil society’s assessment
log-origin-shipped = Came with the program
log-origin-operator = Added by this site

## Not there
error-log-file-unknown = There is no such file of the ledger. Please check its name.
log-missing-title = There is no such record
log-missing-beyond = There is no record { $asked }. The records now run from 0 to { $last }.
log-missing-none = There is no record { $asked }. The ledger has no records yet.
log-missing-word = “{ $asked }” is not a name or a time that the ledger uses.
log-missing-help = Once written, a record never goes away. Please check the number. If a record that was there is gone, tell a witness or the press.
log-missing-near = Show the last record ({ $n })
log-to-log = To the public ledger

## Witnesses
log-witnesses-title = Witnesses
log-witnesses-n = { $n }
log-witnesses-lead = Witnesses are groups outside government that watch this ledger. For every new summary they check that nothing before it was changed, only added to, and sign it as well.
log-witness-current = Watching
log-witness-behind = A little behind
log-witness-silent = Cannot be reached
log-witness-never = Has not confirmed anything yet
log-witness-behind-n = { $n ->
    [one] { $n } record behind
   *[other] { $n } records behind
}
log-witness-last = Last confirmation
log-witness-none = None yet
log-witness-audit = Last full check
log-witness-audit-well = On { $time } it looked through { $n } records and found nothing wrong.
log-witness-audit-bad = On { $time } it found something that does not fit.
log-witness-audit-none = None reported yet
log-witness-error = Error
log-witness-since = no confirmation since { $time }
log-witnesses-empty-title = No witnesses yet
log-witnesses-empty-text = Any civic group, newspaper or university can be a witness. A small computer is enough.
log-witnesses-how = How do witnesses work?
log-witnesses-as-of = As of { $time }. While it is open, this page refreshes every 30 seconds.
log-witnesses-mean = What the states mean
log-witness-mean-current = It has confirmed the newest summary.
log-witness-mean-behind = It has confirmed a summary, and new records have come since. It usually catches up within seconds.
log-witness-mean-silent = It did not answer or did not accept the summary that we sent. The witness may be down, or something may be wrong with the ledger. See what the witness itself says on its page.
log-witness-mean-never = It has been named as a witness and has not signed yet.
log-witnesses-become = Becoming a witness
log-witnesses-become-text = Get the same program and start its witness command. You may watch without the operator’s consent; to be listed here, tell the operator the key of your witness.

## What it proves and what it does not
log-about-title = What the public ledger proves
log-about-lead = How to check how many people signed, or when an answer came, without taking the government’s word for it. Both what it can do and what it cannot are written here.
log-about-contents = On this page
log-about-what = What is it?
log-about-what-1 = Think of the minute book of a village meeting. Each page has one matter and a number, and each new page bears a stamp that was pressed through all pages before it. Whoever swaps a page in the middle breaks every stamp after it. The public ledger is such a book, made with a computer.
log-about-what-2 = Everything that happens on this site is written in it: a petition that is filed, each single signature, an agency’s answer, a change to a plan. Names and texts are not written down, only fingerprints that show that they have not been changed.
log-picture = How one thing gets into the ledger
log-picture-1 = Written down
log-picture-1-text = When you sign, it is written under the next number. You get a receipt.
log-picture-2 = Tied together
log-picture-2-text = Together with all records before it, it is made into one fingerprint.
log-picture-3 = Signed
log-picture-3-text = The site signs that fingerprint and publishes it, usually within a second.
log-picture-4 = Watched
log-picture-4-text = Witnesses outside government check that it fits what came before, and sign it as well.
log-about-proves = What it proves
log-proves-1 = Nothing written has been changed
log-proves-1-text = If a record is changed, taken out or moved, the fingerprints no longer fit, and it shows.
log-proves-2 = The numbers are right
log-proves-2-text = The number of signatures comes from counting the records. Anybody can count them again, and a person counted twice would show as the same pseudonym twice.
log-proves-3 = Yours is in it
log-proves-3-text = With your receipt you can check, even years later, that your signature or your petition is in the ledger.
log-proves-4 = Everybody sees the same book
log-proves-4-text = If the book shown to you differed from the one shown to others, the witnesses would notice.
log-proves-5 = When it happened
log-proves-5-text = A late answer cannot be dated back to look punctual. The time at which the witnesses saw it stays with it.
log-about-not = What it does not prove
log-about-not-text = An honest book does not make the whole world honest. These things the ledger cannot prevent.
log-not-1 = Signatures under pressure
log-not-1-text = Whether somebody was threatened or paid to sign does not show in the book.
log-not-2 = Identities that were false from the start
log-not-2-text = If whoever vouches for identities gave out a false one, the ledger counts it as one real person.
log-not-3 = What was never sent
log-not-3-text = What was blocked or lost before it was received is not in the ledger. If you got no receipt, it was not received.
log-not-4 = Whether it is true
log-not-4-text = It proves that an agency wrote “done”, not that it was done. That is why civil society’s assessment stands beside it.
log-not-5 = Secrets from the operator
log-not-5-text = There are no names in the ledger, but those who run this site know what you told them. A secret ballot needs more than this.
log-about-witness = How do witnesses work?
log-about-witness-1 = If a government kept two books and showed each person a different one, nobody could notice alone. That is why civic groups and newspapers act as witnesses.
log-about-witness-2 = A witness remembers the last summary it saw. When a new one comes, it works out whether records were only added. If so it signs; if not it does not sign, and raises the alarm.
log-about-witness-3 = A summary that witnesses have signed cannot be taken back by the government either: it would have to fool all of them at once.
log-about-phone = What you can check with nothing but a phone
log-phone-1 = Open your receipt
log-phone-1-text = Scan the QR code of the receipt that you got for signing or filing, or type its code into the search of the ledger. If it says that witnesses confirmed it, it is in.
log-phone-2 = Take a screenshot
log-phone-2-text = Keep a picture that shows the record number and its fingerprint. Years later, open the same number and see whether the fingerprint is the same.
log-phone-3 = Compare with a witness’s page
log-phone-3-text = See whether the summary on the page of a witness is the same as here. The two are run by different people.
log-phone-4 = Compare with somebody else
log-phone-4-text = Open the same record number on another person’s phone. The fingerprints must be the same.
log-phone-more = With a computer you can count the whole ledger again from the start.
log-about-words = Words
log-word-record = record
log-word-other-record = 기록
log-word-text-record = One line that says one thing that happened. Records are numbered from 0, and a number never changes.
log-word-fingerprint = fingerprint (hash)
log-word-other-fingerprint = 지문
log-word-text-fingerprint = A short value worked out from a text or a file. Change one letter and it is quite different; the text cannot be made from it.
log-word-signed-summary = signed summary (checkpoint)
log-word-other-signed-summary = 서명된 요약
log-word-text-signed-summary = A few lines that say how many records there are and what fingerprint they have together, signed by the site.
log-word-key = public key
log-word-other-key = 공개 열쇠
log-word-text-key = A value that tells whether a signature is genuine. It belongs to a secret key with which signatures are made.
log-word-witness = witness
log-word-other-witness = 증인
log-word-text-witness = Somebody who watches the ledger from outside and signs as well.
log-word-proof = proof
log-word-other-proof = 증명
log-word-text-proof = A list of fingerprints that shows by calculation that a record is in the ledger.
log-word-receipt = receipt
log-word-other-receipt = 확인증
log-word-text-receipt = Tells you which record is the thing that you did. It holds a proof file and a QR code.
log-word-salted = salted fingerprint
log-word-other-salted = 소금 섞은 지문
log-word-text-salted = Short texts could be guessed from their fingerprints, so a random number is mixed in. Once that number is deleted, the fingerprint means nothing.
log-word-pseudonym = pseudonym (nullifier)
log-word-other-pseudonym = 가명
log-word-text-pseudonym = A value by which the same person is recognised within one matter and nowhere else.
log-word-closed = closed record
log-word-other-closed = 공개되지 않은 일
log-word-text-closed = A record that, like a sealed envelope, only says that something is there.
