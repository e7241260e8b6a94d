# Errors of signatures and supports. What is wrong, and what to do instead.

# Giving and taking back
error-support-none = Nobody signs or supports cases of this service. You can follow the case instead.
error-support-closed = This can be signed or supported only while it is open, and it is not open now. Look at its timeline for what comes next.
error-support-who = Your account does not prove enough for this. Sign in with an identity provider that proves who you are.
error-support-excluded = Your signature is left out of the count by a decision that stands on the page of the case. Write to the agency if you think it is wrong.
error-support-not-given = You have not signed or supported this, so there is nothing to take back.
error-support-region-unknown = There is no region “{ $value }”. Choose one from the list, or leave it empty.
error-support-age-unknown = There is no age band “{ $value }”. Choose one from the list, or leave it empty.
error-support-status-unknown = There is no status “{ $value }” of a signature. Write given, withdrawn or excluded.
error-support-dimension-unknown = Counts are not divided by “{ $value }”. Write total, region, age or day.
error-support-listeners = Too many people listen to counts at this moment. Load the page again in a minute; the count is on it.

# Paper and proxy
error-support-no-paper = This service takes no signatures on paper or by proxy. Ask people to sign on the site.
error-support-batch-invalid = The batch is not complete. Mend the marked fields and send it again; a batch holds at most { $most } lines.
error-support-batch-protocol = Write who collected the sheets, where and when, and who counted them, in at most 4,000 characters.
error-support-batch-sheets = Write how many sheets there are, at least 1.
error-support-batch-lines = Enter between 1 and 1,000 lines. Make another batch of what is left.
error-support-batch-kind-unknown = There is no kind of batch “{ $value }”. Write paper or proxy.
error-support-batch-unknown = There is no such batch. Choose one from the list of the case.
error-support-batch-undone = This batch was taken back before. Enter it again as a new batch if it should count.
error-support-reason = Write the reason, in at most 1,000 characters. It will be public.
error-support-line-name = The line has no name. Read the sheet again, or leave the line out.
error-support-line-birth = The line has no birthday, or one that cannot be. Write it as 1990-01-31.
error-support-line-claim = The line names a provider or a number, but not both. Enter both, or the name and the birthday.
error-support-line-proxy = It is not certain for whom this was given. Enter a part of the address, or the number that proves the person.
error-support-line-stated = The region or the age band of the line is not in the list. Choose one, or leave it empty.
error-support-line-excluded = This person's signature is left out of the count by a decision. It cannot be entered again.
error-support-line-withdrawn = This person has taken the signature back on the site. Only the person can give it again.

# Bursts
error-support-burst-kind-unknown = There is no kind of burst “{ $value }”. Write network or minute.
error-support-burst-state-unknown = There is no state “{ $value }” of a burst. Write marked, kept, excluded or restored.
error-support-burst-unknown = There is no such burst. Choose one from the list of the case.
error-support-burst-decided = This was decided in the same way before. Load the page again to see the decision.
error-support-burst-old = The burst is too old: where signatures came from is forgotten after { $days } days, so they cannot be told apart any more.

# Recounting
error-support-position = Position { $position } is not in the change feed. Write a number from 0 to { $head }.
