## Pages of a witness: frame
witness-overview = Logs that are watched
witness-footer-who = Run by { $operator }.
witness-contact = Contact:
witness-footer-not-site = These pages do not belong to whoever runs a log. They watch from outside.
witness-status-json = Status for machines (JSON)
witness-vkey-file = Public key of the witness (text)
witness-missing = There is no such page
witness-missing-text = The address has changed or is mistyped. Please start from the first page.
witness-to-overview = To the first page

## Overview
witness-lead = { $operator } watches the public logs below. If one is altered in secret, looks different to different people or hides what it showed before, it is told here.
witness-now-fine-tag = All in order
witness-now-fine = { $n ->
    [one] The log that is watched is in order
   *[other] All { $n } logs that are watched are in order
}
witness-now-fine-text = Each time, what was shown contained everything that was confirmed before.
witness-now-alarm-tag = { $n ->
    [one] { $n } alarm
   *[other] { $n } alarms
}
witness-now-alarm = Something is wrong now
witness-now-alarm-text = What is wrong, and the evidence, stands below. Please download it and check for yourself.
witness-to-alarms = See the alarms
witness-logs = Logs that are watched
witness-no-logs = No log is watched yet
witness-no-logs-text = Logs stand here once the operator has put them into the configuration.
witness-records = { $n ->
    [one] { $n } record
   *[other] { $n } records
}
witness-cosigned-at = Confirmed { $time }
witness-never = Nothing has been confirmed yet
witness-state-fine = In order
witness-state-alarm = Alarm
witness-state-waiting = Waiting
witness-state-away = No answer
witness-alarms = Alarms
witness-no-alarms = There are no alarms
witness-no-alarms-text = If a log forks, goes back or is altered, it is told here, with the evidence.
witness-alarm-open = Going on
witness-alarm-ended = Over
witness-evidence = Files kept as evidence:
witness-what = What a witness does
witness-does-1 = It remembers
witness-does-1-text = Whenever it sees a summary that the log has signed, it notes how far the log has got. Whoever runs the log cannot change that memory.
witness-does-2 = It compares
witness-does-2-text = It checks with mathematics that each new summary contains every record that it saw before, unchanged.
witness-does-3 = It signs too
witness-does-3-text = If so, it signs, with the time. A log that several witnesses have signed is the same log for everybody.
witness-not = What a witness does not do
witness-not-1 = It does not judge what is written
witness-not-1-text = It says that a record has not changed since. Whether it was true at first it cannot know.
witness-not-2 = It does not know what was never written
witness-not-2-text = A filing or a signature that never entered the log is not seen by a witness either. Keep your receipt: with it you can show it yourself.
witness-not-3 = It sees no personal data
witness-not-3-text = A log holds fingerprints (hashes), not what people wrote and not their names. A witness gets nothing else.
witness-key = Public key of this witness
witness-key-text = This key tells whether a signature is this witness's. Please compare it with the name and key of the witness on the site or on your receipt.

## One log
witness-log-cosigned = { $n ->
    [one] { $n } record was confirmed and signed on { $time }
   *[other] { $n } records were confirmed and signed on { $time }
}
witness-held-text = This witness has stopped signing, because its memory and the log do not agree. Its operator is looking into it.
witness-away-since = The log has not answered since { $time }.
witness-checked-at = Last looked at: { $time }
witness-not-checked = It has not been looked at yet.
witness-checkpoint = Download the summary
witness-audit = Reading everything again
witness-audit-ok = Everything is as it was
witness-audit-found = { $n ->
    [one] Altered in { $n } place
   *[other] Altered in { $n } places
}
witness-audit-text = The contents and hashes of { $n } records were computed again. Last check { $time }; all of it was last read on { $full }.
witness-audit-more = There are { $n } more. All of them are in the file of evidence.
witness-audit-none = Not everything has been read yet.
witness-audit-off = The contents of this log are not read again. It is only checked that its signed summaries continue each other.
witness-finding = What is altered
witness-file = File
witness-place = Place in the file (from 0)
witness-record = Record (from 0)
witness-history = What was confirmed
witness-history-text = The first summary of each hour that was signed here. You can compare it with a summary that you have kept.
witness-history-show = { $n ->
    [one] Show { $n } hour
   *[other] Show { $n } hours
}
witness-history-none = Nothing yet.
witness-time = Time
witness-size = Records
witness-root = Root hash
witness-about-log = This log
witness-origin = Name of the log
witness-url = Address
witness-log-keys = Public keys of the log
witness-grown-at = When it last grew

## What was found when everything was read again
witness-wrong-entry-altered = The content of a record was changed
witness-wrong-bundle-missing = A bundle of records is missing
witness-wrong-bundle-malformed = A bundle of records is cut off, or something was dropped or put in
witness-wrong-tile-altered = A hash was changed
witness-wrong-tile-missing = A file of hashes is missing
witness-wrong-tile-malformed = A file of hashes is cut off or broken
witness-wrong-rewritten = Records and their hashes were changed together
witness-wrong-root-differs = It does not lead to the signed root
witness-wrong-checkpoint = The signed summary is an old one, or wrong

## Alarms
witness-alarm-fork = The log has forked
witness-alarm-fork-text = The log has signed two summaries that contradict each other. This witness confirmed one of { $seen } records; the other has { $shown } records. Both bear the log's signature, so one of them is false.
witness-alarm-rollback = The log went back
witness-alarm-rollback-text = The log used to show { $seen } records and now shows { $shown }. It hides earlier records or was set back to old data.
witness-alarm-stall = There is no new summary
witness-alarm-stall-text = The log has stood at { $size } records since { $since }.
witness-alarm-unreachable = The log does not answer
witness-alarm-unreachable-text = It cannot be read since { $since }. Reason: { $why }
witness-alarm-bad-signature = The signature is wrong
witness-alarm-bad-signature-text = Where the log's summary should be there is none with the log's signature. Reason: { $why }
witness-alarm-wrong-tile = Files of hashes do not fit the signature
witness-alarm-wrong-tile-text = The summary of { $size } records is signed, but the files that should bear it out do not fit, so it cannot be confirmed. Files: { $path } ({ $why })
witness-alarm-audit = Reading everything again found something altered
witness-alarm-audit-text = { $wrong }: { $path }, from record { $leaf } on (counted from 0). { $findings ->
    [one] It is the only place.
   *[other] There are { $findings } places in all.
}
witness-alarm-own-state = The memory of this witness was set back
witness-alarm-own-state-text = This witness remembered { $known } records, but the log bears its signature over { $cosigned }. Its own files were replaced by old ones. If the log continues from what it remembers, it goes on watching from there.
witness-alarm-own-state-held-text = This witness's signature in the log and its memory contradict each other, so it has stopped signing. Its operator must look into it first.
witness-mail-subject = [Witness alarm] { $title }: { $origin }
witness-mail-subject-ended = [Witness alarm over] { $title }: { $origin }
witness-mail-begin = This was noticed in the log { $origin } on { $time }.
witness-mail-ended = It was over on { $time }.
witness-mail-evidence = Files of evidence: { $files }
witness-mail-page = More: { $page }

## What a log tells of its witnesses when they do not cosign
error-witness-key = The key of the witness cannot be read: { $value }. Write the key that `madang witness init` printed (name+digits+letters) as it is.
error-witness-name = The witness is called { $value }, but its key is called { $key }. Write the same name.
error-witness-url = This address may not be called. Write a public https address.
error-witness-unreachable = The witness cannot be reached.
error-witness-slow = The witness did not answer in time.
error-witness-answer-large = The answer of the witness is too large.
error-witness-answer = The answer of the witness cannot be read.
error-witness-signature = The signature of the witness is wrong.
error-witness-clock = The clock of the witness is off by more than a day.
error-witness-status = The witness refused to cosign.
error-witness-ahead = The witness knows more records than this log has.
error-witness-conflict = The witness says that it saw another log of the same size.
