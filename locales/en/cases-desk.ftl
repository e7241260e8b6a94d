## Inbox
desk-cases = Cases to handle
desk-tabs = Views
desk-tab-today = Due today
desk-tab-overdue = Overdue
desk-tab-unassigned = Unassigned
desk-tab-mine = Mine
desk-tab-waiting = Waiting for my approval
desk-tab-joint = Handled together
desk-tab-all = All
desk-service = Kind
desk-assignee = Officer
desk-assignee-me = Me
desk-assignee-none = Nobody
desk-assignee-not-yet = nobody yet
desk-since = Filed from
desk-until = Filed until
desk-title-column = Title
desk-filed-column = Filed
desk-nobody = Nobody
desk-me = Me
desk-me-named = { $name } (me)
desk-an-officer = An officer elsewhere
desk-choose = Choose
desk-choose-one = Choose: { $title }
desk-chosen = { $n } chosen
desk-to-me = Assign to me
desk-to-whom = Choose an officer
desk-assign = Assign
desk-assign-other = Assign to somebody else
desk-add-note = Add a note
desk-undo-words = { $n ->
    [one] The officer of 1 case was changed.
   *[other] The officer of { $n } cases was changed.
}
desk-waiting-line = { $by } prepared “{ $step }”
desk-waiting-empty = Nothing to approve
desk-waiting-empty-text = When a colleague has prepared an answer that needs you, it is shown here.
desk-empty-today = All that is due today is done
desk-empty-today-text = Cases whose last day is today are shown here.
desk-empty-overdue = No case is overdue
desk-empty-overdue-text = Late cases are shown here and on the public list of late answers.
desk-empty-unassigned = Every case has an officer
desk-empty-unassigned-text = New cases stay here until somebody takes them.
desk-empty-mine = You have no cases
desk-empty-mine-text = Choose cases under “Unassigned” and press “Assign to me”; they gather here.
desk-empty-all = No cases to handle
desk-empty-all-text = What people send to your agency is shown here.
desk-keys = Keyboard shortcuts
desk-keys-on = Use shortcuts
desk-key-j = next line
desk-key-k = line before
desk-key-x = choose
desk-key-enter = open
desk-key-a = assign to me
desk-key-search = search
desk-key-help = this help
desk-cases-today = { $n } due today
desk-cases-overdue = { $n } overdue
desk-cases-unassigned = { $n } unassigned
desk-cases-open = Open the cases

## Due
desk-due-late = { $n ->
    [one] 1 day late
   *[other] { $n } days late
}
desk-due-just-late = just late
desk-due-today = today
desk-due-today-at = today, { $time }
desk-due-next = by { $date }
desk-due-in = by { $date }, { $n } business days
desk-due-none-date = no date
desk-due-other = Clock of { $who }: { $clock }

## Workload
workload-title = Workload
workload-lead = { $open } open cases, { $overdue } of them overdue.
workload-unit = Number of open cases
workload-bar = Bar
workload-open = Open
workload-overdue = Overdue
workload-legend-open = The bar shows open cases.
workload-legend-overdue = The red part is overdue.

## A case
desk-publication-unpublished = not public
desk-publication-published = public
desk-publication-hidden = taken back
desk-public-page = What the public sees
desk-erased = The time for keeping personal data is over; it was erased.
desk-now = What you can do now
desk-leads-to = Next state:
desk-second-needed = a second officer must agree
desk-waits = waiting for approval
desk-approval-draft = There is a draft
desk-approval-waiting = Waiting for a second officer
desk-approval-returned = Given back for changes
desk-approval-approved = Approved
desk-approval-dropped = Dropped
desk-approval-decide = Look and decide
desk-approval-look = Look
desk-approval-go-on = Go on writing
desk-note-back = Given back because:
desk-findings = { $n ->
    [one] 1 place in what can become public looks like personal data. Please check before publishing.
   *[other] { $n } places in what can become public look like personal data. Please check before publishing.
}
desk-found = Looks like personal data:
desk-personal = personal data
desk-content-none = Nothing is left of the content.
desk-sees-agency = agency only
desk-sees-review = not reviewed, hidden
desk-sees-later = public when the case is
desk-sees-coarse = public in outline
desk-sees-public = public
desk-notes = Internal notes
desk-text-note = Note
desk-hint-note = Only officers of your agency see this. Citizens do not.
desk-no-reply-yet = No reply yet.
desk-supports = Supporters
desk-support-facts = { $paper } on paper and by proxy, { $excluded } left out of the count. Counted up to record { $position }.
desk-author-unknown = no name given
desk-assurance-anonymous = not signed in
desk-assurance-pseudonymous = mail address proven
desk-assurance-verified = identity proven
desk-assurance-proxy = filed by an officer
desk-channel-web = on this site
desk-channel-api = by another program
desk-channel-counter = at a counter
desk-channel-phone = by phone
desk-channel-paper = on paper
desk-channel-visit = at home
desk-says-confirmed = The citizen says it is solved
desk-says-disputed = The citizen says it is not solved
desk-stars = { $n } of 5
desk-extended-n = { $n ->
    [one] extended once
   *[other] extended { $n } times
}
desk-role-handling = handles
desk-role-joint = joined
desk-alike = Similar cases
desk-shared = shared words: { $words }
desk-back-to-case = Back to the case

## Acts
desk-act-ask = Ask the author
desk-act-transfer = Pass on to another agency
desk-act-invite = Invite another agency
desk-act-leave = Leave the case
desk-act-extend = Extend the time
desk-act-merge = Merge
desk-act-split = Undo the merge
desk-act-link = Link to what it became
desk-act-review = Review for publication
desk-act-hide = Take back publication
desk-act-show = Publish again
desk-act-note = Add a note
desk-act-assign = Assign
desk-lead-ask = The clock may stand still until the reply. The author is told at once.
desk-lead-transfer = Another agency takes over. The author is told why, and the timeline keeps it.
desk-lead-invite = The agency you choose can see and handle this case too. Yours stays in charge.
desk-lead-leave = Your agency will no longer see this case.
desk-lead-extend = The author is told the reason and the new date.
desk-lead-merge = One case stays and is handled. Authors of the others are kept informed. You can undo this later.
desk-lead-split = It is handled by itself again.
desk-lead-link = Lets everybody see what this case became or came from.
desk-lead-review = Read for personal data and choose only what may be public. What is not chosen stays hidden.
desk-lead-hide = Nobody will see it any more. That it was taken back, and why, stays on record.
desk-lead-show = Everybody will see it again.
desk-lead-note = Only officers of your agency see this.
desk-lead-assign = It is shown under “Mine” of that officer.
desk-go-ask = Ask
desk-go-transfer = Pass on
desk-go-invite = Invite
desk-go-leave = Leave
desk-go-extend = Extend
desk-go-merge = Merge
desk-go-split = Undo the merge
desk-go-link = Link
desk-go-review = Publish what is chosen
desk-go-hide = Take back
desk-go-show = Publish again
desk-go-note = Add
desk-go-assign = Assign
desk-to-transfer = To which agency?
desk-to-invite = Which agency?
desk-agency-search = Search by name
desk-text-reason = Reason
desk-text-question = Question
desk-hint-reason = The author reads this. Be short and clear.
desk-hint-question = Say what you need, why, and by when.
desk-hint-public-reason = Everybody reads this. No personal data, please.
desk-which-clock = Which clock?
desk-extend-dates = From { $now } to { $then }.
desk-extend-consent = Needs the author’s consent.
desk-consent-given = The author agreed
desk-merge-which = Which one stays?
desk-merge-hint = The others go into the one you choose.
desk-merge-into = Stays
desk-merge-into-one = Merge into { $number }
desk-merge-unknown = There is no such number
desk-merge-more = Numbers of further cases
desk-merge-more-hint = Separate several with commas or spaces.
desk-relation = How are they related?
desk-link-to = What is it linked to?
desk-link-hint = Paste the address of a commitment or a case, such as /plans/kr-2021/commitments/1
desk-review-which = To be public
desk-review-none = There is nothing to review.
desk-changed = The case changed while you were writing. What you wrote is still here. Look at the change, then press again.
desk-changed-shut = The case changed while you were writing, and this can no longer be done. What you wrote is still below.
desk-changed-look = See the case now

## Taking a step
desk-templates = Start from a template
desk-template-take = Use this text
desk-ask-outcome = Outcome
desk-ask-ground = Grounds that apply
desk-ask-answer = Answer
desk-ask-reason = Reason
desk-ask-link = Address of what it is linked to
desk-ask-hint-outcome = The author and the statistics see this word.
desk-ask-hint-ground = You can choose more than one.
desk-ask-hint-answer = Begin with the conclusion, then say why and what comes next.
desk-ask-hint-reason = Write so that the author understands it.
desk-ask-hint-link = An address that begins with https:// or one of this site
desk-preview = This is how it will look
desk-preview-all = The author and everybody else will see this.
desk-preview-fact = The author sees all of it, everybody else only that it was done.
desk-preview-author = Only the author will see this.
desk-preview-opens = This makes the case public.
desk-tells = Who is told:
desk-tells-author = author
desk-tells-supporters = supporters
desk-tells-followers = followers
desk-tells-agency = agency
desk-hand-in = Hand in for approval
desk-second-explained = It goes out when a second officer has agreed.
desk-saved-files = The text is saved. Files stay on this page only until you send it.
desk-approval-title = Second officer
desk-approval-heading = Please check: { $step }
desk-approval-by = Prepared by { $by }, { $time }.
desk-approval-own = What you prepared is checked by somebody else.
desk-approval-drop = Take it back
desk-approval-note = Note
desk-approval-note-hint = When you give it back, say what should change.
desk-approve = Approve and send
desk-give-back = Give back
error-desk-no-agency = Only officers of an agency that handles cases can see this.
error-desk-none-chosen = Please choose cases first.
error-desk-two-to-merge = Please choose two or more to merge.
error-desk-act-shut = This cannot be done to { $number } now. Please look at its state again.
error-desk-link-unknown = Please give the address of a commitment, plan, indicator or case of this site.
error-desk-batch-lines = Some lines cannot be read. Please mend the marked lines of the table and try again.
error-desk-definition-text = Please choose a text file (UTF-8).
error-desk-definition-other = This definition’s id is not “{ $service }”. Change the id, or put it in as a new service.
done-case-asked = Asked. You will be told when the reply comes.
done-case-transferred = Passed on to the other agency.
done-case-invited = The agency was invited.
done-case-left = Your agency left the case.
done-case-extended = Extended; the author was told.
done-case-merged = Merged. “Undo the merge” takes it back.
done-case-split = The merge was undone.
done-case-linked = Linked.
done-case-reviewed = What is public was decided.
done-case-hidden = Publication was taken back. “Publish again” undoes it.
done-case-shown = Published again.
done-case-noted = The note was added.
done-case-assigned = Assigned.
done-cases-assigned = Assigned.
done-cases-noted = The note was added to the chosen cases.
done-cases-undone = Undone.
done-step-done = Done.
done-step-submitted = Handed in; a second officer will look at it.
done-step-saved = Saved.
done-approval-approved = Approved and sent.
done-approval-returned = Given back.
done-approval-decided = It was decided elsewhere meanwhile. This page shows how the case stands.
done-approval-dropped = Taken back.

## Counter
counter-title = Counter
counter-lead = File for people who come or call, and tell them what became of it.
counter-file = File for somebody
counter-none = Nothing can be filed for others
counter-none-text = Services whose definition allows it are shown here.
counter-look = Look up what was filed
counter-number = Number
counter-number-hint = It is at the top of the receipt.
counter-code = Secret code
counter-look-go = Look up
counter-by-name = The receipt is lost
counter-by-name-hint = Finds only what this counter filed. Check who the person is first.
counter-by-name-go = Find by name
counter-named = { $n ->
    [one] 1 case was found.
   *[other] { $n } cases were found.
}
counter-named-none = Nothing was found. Please check name and days.
counter-logged = Every look is on record, and the person can see it.
counter-look-reason = Found by name at a counter: { $since } to { $until }
counter-for = For somebody
counter-read-out = Read this out first
counter-who = Who is it for?
counter-person = Name
counter-person-hint = Of the person who files.
counter-mail = Mail address
counter-mail-hint = News goes there.
counter-channel = How did the person come?
counter-consent-title = Consent
counter-consent-say = Read out what you wrote and ask whether you may file it.
counter-how = How did the person agree?
counter-how-spoken = in words
counter-how-signed = by signature
counter-note = Remarks
counter-note-hint = Such as: identity card seen, through an interpreter
counter-public = The person agrees to publication
counter-send = File it
counter-receipt-title = Filed
counter-receipt-lead = Print this and hand it over. The code is shown only now.
counter-secret-once = With this number and code you can follow it anywhere. Show them to nobody.
counter-again = This was filed before. The code is on the first receipt.
counter-where = Where to look
counter-next = Next person
counter-same = One more of the same
error-counter-name = Please give the name to look for.
error-counter-day = Please write the day as 2026-03-10.
error-counter-person = Please give the name of the person who files.
error-counter-consent = Please choose how the person agreed.

## Batches
batch-title = Paper signatures
batch-lead = Signatures on paper or by proxy count once for each person, too. Names are not kept.
batch-kind-paper = Paper sheets
batch-kind-proxy = By proxy
batch-table = List
batch-table-hint = Copy from a spreadsheet and paste. One person a line: name, birthday (1980-01-02), part of the address, province, age.
batch-sheets = Number of sheets
batch-protocol = Protocol
batch-protocol-hint = Who collected, when and where; who checked, and how. Everybody can read this.
batch-check = Check as a table
batch-enter = Enter the list
batch-lines = { $n ->
    [one] 1 line was read
   *[other] { $n } lines were read
}
batch-wrong = { $n ->
    [one] 1 must be mended
   *[other] { $n } must be mended
}
batch-no = Line
batch-column-name = Name
batch-column-birth = Birthday
batch-column-mark = Part of the address
batch-column-result = Result
batch-readable = read
batch-counted = counted
batch-duplicate = has signed before
batch-line-name = no name
batch-line-birth = not a date
batch-line-region = unknown province
batch-line-age = unknown age
batch-result = { $n ->
    [one] 1 person was counted
   *[other] { $n } people were counted
}
batch-result-rest = { $duplicates } had signed before, { $refused } could not be counted. The reason stands at each line below.
batch-next = Next list
batch-done = Lists entered
batch-none = No list has been entered.
batch-figures = { $accepted } counted · { $duplicates } twice · { $refused } not counted · { $sheets } sheets
batch-undo = Undo
batch-undo-go = { $n ->
    [one] Take 1 out of the count
   *[other] Take { $n } out of the count
}
batch-undone = undone { $date }
done-batch-undone = The list was undone.

## Bursts
burst-title = Bursts
burst-lead = What came all at once is only marked. Leaving it out needs a reason; reason and number are public.
burst-kind-network = from one network
burst-kind-minute = from everywhere at once
burst-figures = { $n } within { $seconds } seconds
burst-share = { $n }% of all
burst-left-out = { $n } left out
burst-decide = Decide
burst-decide-again = Decide again
burst-exclude = Leave out
burst-keep = Count them
burst-restore = Count them again
burst-none = No bursts
burst-none-text = When many come in a short time, it is marked here.
done-burst-decided = Decided. The reason is public.

## Services
admin-services = Services
service-lead = The ways in which people speak. A changed definition holds for what is filed from then on; what was filed before stays on its own.
service-new = Put in a new service
service-none = There are no services
service-none-text = A definition that is put in is shown here.
service-version = Definition
service-versions = Versions
service-open-cases = Open cases
service-on-old = { $n } on older versions
service-warnings = { $n ->
    [one] 1 thing to look at
   *[other] { $n } things to look at
}
service-origin-shipped = shipped
service-origin-operator = put in by the operator
service-open = Open
service-shut = Shut
service-tag-open = open
service-tag-shut = shut
service-door = Filing
service-is-open = New cases are let in.
service-is-shut = No new cases are let in. Those that are there go on.
service-public = What the public sees
service-change = Change the definition
service-in-force = in force
service-open-on = { $n ->
    [one] 1 open case on this version
   *[other] { $n } open cases on this version
}
service-migrate = Move to the version in force
service-migrate-lead = They follow the new states and clocks from then on, and each timeline says so. This cannot be undone.
service-state-gone = What stands in “{ $name }”, which is gone
service-stays = do not move if there are any
service-migrate-go = { $n ->
    [one] Move 1 case
   *[other] Move { $n } cases
}
service-parties = Parties
service-party = Party
service-party-empty = Nobody yet.
service-people = { $n ->
    [one] 1 person
   *[other] { $n } people
}
service-since = since { $date }
service-no-name = no name
service-member-add = Add somebody
service-member-remove = Remove
service-address = Mail address
service-address-hint = Somebody must have signed in with it before.
error-service-member-unknown = No account uses this address. Please ask the person to sign in once.
done-service-opened = Filing is open.
done-service-shut = Filing is shut.
done-service-migrated = Moved to the version in force.
done-service-applied = The definition is in force for what is filed from now on.
done-member-added = Added.
done-member-removed = Removed.

## Definition
definition-title = Change the definition of { $name }
definition-lead = Paste a definition or send it as a file: every line is checked, and you see what differs from the one in force.
definition-text = Definition
definition-text-hint = Written in TOML.
definition-file = Send as a file
definition-check = Check
definition-apply = Put it in force
definition-problems = { $n ->
    [one] 1 place must be mended. Nothing has changed yet.
   *[other] { $n } places must be mended. Nothing has changed yet.
}
definition-line = line { $line }, column { $column }
definition-good = The definition “{ $name }” can be used.
definition-breaking = { $n ->
    [one] 1 change takes something away from people or shows more of them.
   *[other] { $n } changes take something away from people or show more of them.
}
definition-same = It is the definition in force.
definition-part = Where
definition-change = What
definition-weight = Weight
definition-added = added
definition-removed = removed
definition-changed = changed
definition-reordered = reordered
severity-harmless = harmless
severity-notice = look at it
severity-breaking = careful
part-service = Service
part-filing = Filing
part-field = Field
part-routing = Routing
part-party = Party
part-state = State
part-step = Step
part-clock = Clock
part-support = Support
part-threshold = Threshold
part-ground = Ground
part-template = Template
part-public = Publication
part-retention = Retention

## Looks
look-case-personal-data = personal data of a case
look-case-by-name = search by name at a counter

## Alike
desk-alike-n = { $n } alike
alike-title = Alike cases
alike-lead = Open cases that say nearly the same, put together. Where they mean the same, merge them and answer once.
alike-count = { $n ->
    [one] { $n } cluster
   *[other] { $n } clusters
}
alike-cases = { $n } cases
alike-words = Words in common: { $words }
alike-empty = No cases are alike
alike-empty-text = When cases come in that say nearly the same, they are shown here together.
alike-to-inbox = Go to the cases
cluster-title = { $n } alike cases
cluster-which = What to merge, and which one stays
cluster-hint = Tick everything that is to be merged and choose the one that stays. What means something else stays by itself when you clear its tick.
cluster-pick = Merge
cluster-share = { $n }% the same as the one it is most like
cluster-supports = { $n ->
    [one] { $n } supporter
   *[other] { $n } supporters
}
cluster-gone = Nothing is alike any more
cluster-gone-text = They may have been merged or closed meanwhile. Have a look at the other clusters.
