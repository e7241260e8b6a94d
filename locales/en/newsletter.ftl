# Newsletters: public pages, the desk, mails

newsletters-title = Newsletters
newsletters-lead = What was asked, what was answered, what moved and what is late, in one mail. One click ends it at any time.
newsletters-none = There are no newsletters yet
newsletters-none-text = When an agency begins one it appears here. Until then you can read public cases directly.
newsletters-none-found = No newsletter fits
newsletters-none-found-text = Take a filter away and try again.
newsletter-by = Made by
newsletter-rhythm = How often
newsletter-rhythm-weekly = Weekly
newsletter-rhythm-monthly = Monthly
newsletter-rhythm-hint-weekly = Collects what happened from Monday to Sunday.
newsletter-rhythm-hint-monthly = Collects a month on the first day of the next.
newsletter-scope-topic = Topic: { $topic }
newsletter-scope-agency = Agency: { $agency }
newsletter-scope-area = Area: { $area }
newsletter-last = Last issue { $date }
newsletter-none-yet = The first issue is being prepared
newsletter-reading = You get it
newsletter-reading-text = You get this newsletter.
newsletter-subscribe = Subscribe
newsletter-subscribe-to = Subscribe to “{ $name }”
newsletter-subscribe-lead = Your address is used for this alone. Every mail ends with a link that stops it.
newsletter-mail-hint = We send a mail to this address first. Nothing comes until you press the button in it.
newsletter-stop = Unsubscribe
newsletter-to-desk = Edit this newsletter
newsletter-archive = Past issues
newsletter-archive-none = Nothing has been sent yet
newsletter-archive-none-text = The first issue will be kept here.
newsletter-sent-on = Sent { $date }
newsletter-ended-text = This newsletter no longer comes. Past issues stay.

# An issue
newsletter-month-1 = January { $year }
newsletter-month-2 = February { $year }
newsletter-month-3 = March { $year }
newsletter-month-4 = April { $year }
newsletter-month-5 = May { $year }
newsletter-month-6 = June { $year }
newsletter-month-7 = July { $year }
newsletter-month-8 = August { $year }
newsletter-month-9 = September { $year }
newsletter-month-10 = October { $year }
newsletter-month-11 = November { $year }
newsletter-month-12 = December { $year }
newsletter-week = { $from } – { $to }
newsletter-of-days = News from { $from } to { $to }
newsletter-made-of = Collected from public cases and plans. What was withdrawn from the public since is left out.
newsletter-issue-empty = There was nothing to report in this period.
newsletter-figures = Figures of this period
newsletter-figure-asked = Newly asked
newsletter-figure-answered = Answered
newsletter-figure-moved = Commitments that moved
newsletter-figure-late = Overdue
newsletter-count-asked = asked { $n }
newsletter-count-answered = answered { $n }
newsletter-count-moved = moved { $n }
newsletter-count-late = late { $n }
newsletter-section-asked = What was asked
newsletter-section-answered = What was answered
newsletter-section-moved = What moved
newsletter-section-late = What is late
newsletter-date-asked = Filed { $date }
newsletter-date-answered = Answered { $date }
newsletter-date-moved = { $date }
newsletter-date-late = Was due { $date }
newsletter-supports = { $n ->
    [one] 1 supporter
   *[other] { $n } supporters
}
newsletter-more = { $n ->
    [one] There is 1 more.
   *[other] There are { $n } more.
}
newsletter-note = Note:
newsletter-correction-of = Correction of { $date }

# Subscribing and leaving
newsletter-confirm-sent = We have sent you a mail
newsletter-confirm-sent-text = Press the button in the mail to { $mail } and the newsletter will come. Do it within 7 days.
newsletter-confirm = Get the newsletter?
newsletter-confirm-text = “{ $name }” will be sent to { $mail }.
newsletter-confirm-do = Get the newsletter
newsletter-leave = Stop the newsletter?
newsletter-leave-text = “{ $name }” will no longer be sent to you.
newsletter-leave-do = Unsubscribe
newsletter-leave-done = It no longer comes
newsletter-leave-done-text = “{ $name }” has been stopped and your address deleted.
newsletter-leave-gone = This newsletter had been stopped before.
newsletter-leave-again = Changed your mind? You can subscribe again.

# The desk
newsletters-desk = Edit newsletters
newsletters-desk-lead = When a period is over a draft is put together from what is public. Read it, shape it and send it.
newsletters-desk-none = There are no newsletters yet
newsletters-desk-none-text = Choose topic, agency and area, and there will be a draft for every period.
newsletters-desk-nobody = You work for no agency, so you cannot begin a newsletter.
newsletter-new = New newsletter
newsletter-create = Create newsletter
newsletter-readers = { $n ->
    [one] 1 reader
   *[other] { $n } readers
}
newsletter-items = { $n ->
    [one] 1 item
   *[other] { $n } items
}
newsletter-public-page = See the public page
newsletter-settings = Settings
newsletter-settings-lead = Says what is collected. Drafts that exist already do not change.
newsletter-name-ko = Name (Korean)
newsletter-name-en = Name (English)
newsletter-slug = Word in the address
newsletter-slug-hint = Lower-case letters, digits and dashes. It cannot be changed later. Example: child-safety
newsletter-about-ko = About (Korean)
newsletter-about-en = About (English)
newsletter-topic = Topic words
newsletter-topic-hint = Separated by commas; one of them is enough. Empty means everything. Example: school zones, way to school
newsletter-agency = Work of which agency
newsletter-agency-all = All agencies
newsletter-agency-hint = Only what this agency handles.
newsletter-area = Area
newsletter-area-hint = Province and district with a space between. With an area, news of plans is left out. Example: 서울특별시 종로구
newsletter-open = Not sent yet
newsletter-open-none = Nothing waits for you. A draft comes when the period is over.
newsletter-compose = Begin the draft of { $period }
newsletter-end = End the newsletter
newsletter-end-text = No further drafts are made and all addresses of readers are deleted. Past issues stay. This cannot be undone.
newsletter-end-do = End the newsletter

# Editing
newsletter-draft-text = Read it, shape it and send it.
newsletter-goes = Goes out { $time }
newsletter-waits-text = Until then you can take it back and go on editing.
newsletter-take-back = Take it back
newsletter-intro-ko = Opening words (Korean)
newsletter-intro-en = Opening words (English)
newsletter-intro-hint = Stands at the top. Empty lines part paragraphs.
newsletter-of-all = { $n } shown of { $all }
newsletter-note-add = Add a note
newsletter-note-ko = Note (Korean)
newsletter-note-en = Note (English)
newsletter-up = Up
newsletter-down = Down
newsletter-drop = Leave out
newsletter-restore = Put in
newsletter-dropped = { $n ->
    [one] 1 item left out
   *[other] { $n } items left out
}
newsletter-section-none = Nothing to show. This part will not appear.
newsletter-undo = Undo the last edit
newsletter-preview = Preview
newsletter-preview-save = Save and preview
newsletter-preview-mail = Preview the mail
newsletter-preview-mail-text = Mail as plain text
newsletter-preview-text = Not sent yet. This is how it will look.
newsletter-preview-sent = This issue has been sent.
newsletter-back-to-edit = Back to editing
newsletter-send = Send
newsletter-send-text = Once sent, everybody can read it and readers get a mail. After that it cannot be edited; a correction can be added.
newsletter-when = When?
newsletter-when-morning = { $time }
newsletter-when-morning-hint = Until then you can take it back.
newsletter-when-now = At once
newsletter-when-now-hint = It cannot be taken back.
newsletter-send-do = Send
newsletter-correct = Correct
newsletter-correct-text = What was sent does not change. The correction stands at the top with today’s date.
newsletter-correction-ko = Correction (Korean)
newsletter-correction-en = Correction (English)
newsletter-correct-do = Publish the correction

# Afterwards
done-newsletter-subscribed = You will get the newsletter.
done-newsletter-confirmed = Your address is confirmed. You will get the newsletter.
done-newsletter-left = The newsletter no longer comes.
done-newsletter-created = The newsletter has been created. A draft comes when the period is over.
done-newsletter-saved = The settings have been saved.
done-newsletter-composed = The draft has been put together. Read and shape it.
done-newsletter-ended = The newsletter has been ended.
done-newsletter-edited = Your edit has been saved.
done-newsletter-undone = The last edit has been undone.
done-newsletter-waits = It goes out at the chosen time. Until then you can take it back.
done-newsletter-taken-back = It has been taken back. You can edit it again.
done-newsletter-sent = The newsletter has been sent.
done-newsletter-corrected = The correction has been published.

# Mails
mail-newsletter-confirm-subject = Get the newsletter “{ $name }”?
mail-newsletter-confirm-text = Open the link below and press the button, and the newsletter will come. If you did not ask for it, delete this mail. Nothing will be sent.
mail-why-newsletter-confirm = You get this because somebody asked for a newsletter with this address.
mail-why-newsletter = You get this because you subscribed to “{ $name }”.
