# Mails about cases.

case-mail-subject = [{ $number }] { $what }
case-mail-number = Number
case-mail-state = Now
case-mail-outcome = Result
case-mail-agency = Agency in charge
case-mail-due = Due
case-mail-clock = Time
case-mail-see = Read more on the site.
case-mail-see-code = Read more with your number and your secret code. The code is on your receipt.
case-mail-why-author = You get this because you filed it.
case-mail-why-officer = You get this because you work for the agency that has the case.
case-mail-why-follower = You get this because you follow the case.
case-mail-why-supporter = You get this because you support the case and asked to hear of it.
case-mail-why-merged = You get this because your case was merged with this one.
case-mail-why-digest = You get this once a week because you follow cases.
case-mail-digest-subject = The week’s news: { $count ->
    [one] one case
   *[other] { $count } cases
}

case-mail-what-filed = It has arrived
case-mail-what-filed-officer = A new case has arrived
case-mail-what-step = Something has happened
case-mail-what-asked = The agency asks you something. Please reply
case-mail-what-replied = The author has replied
case-mail-what-assigned = Somebody has it in hand
case-mail-what-transferred = Passed to another agency
case-mail-what-joined = Another agency handles it too
case-mail-what-left = An agency that helped has left
case-mail-what-extended = The time was extended
case-mail-what-submitted = Waits for approval
case-mail-what-returned = Given back for changes
case-mail-what-published = Public again
case-mail-what-hidden = No longer public
case-mail-what-reviewed = Looked at for publication
case-mail-what-corrected = Corrected
case-mail-what-withdrawn = Withdrawn by the author
case-mail-what-merged = Merged with another case
case-mail-what-absorbed = A case like it was merged into it
case-mail-what-split = Split from the case it was merged with
case-mail-what-ran-out = The time is over
case-mail-what-threshold = More than { $count } people
case-mail-what-rated = Rated
case-mail-what-linked = Linked to what came of it
case-mail-what-migrated = Moved to the service’s new procedure
case-mail-what-erased = Personal data erased
case-mail-what-excluded = Some signatures were left out of the count
