# Who answers for this: offices and open-government officers, groups and experts who can be found, letters to them.

## Finding
menu-offices = Who answers
offices-title = Who answers for this?
offices-lead = Write what you would like to know or have mended, and see which office of which agency answers for it.
offices-topic = What is it about?
offices-topic-hint = For example: a broken street lamp, access to information, nurseries
offices-area = Where is it?
offices-ask = Find
offices-found = { $n ->
    [0] No agency fits.
    [one] 1 agency found.
   *[other] { $n } agencies found, the best fit first.
 }
offices-all = See all agencies
offices-why = Why this agency?
offices-why-declared = The agency says that it answers for this.
offices-why-handled = { $n ->
    [one] It has handled 1 case like this.
   *[other] It has handled { $n } cases like this.
 }
offices-why-named = The agency’s name fits your words.
offices-file = Tell it here
offices-none-title = No agency has said yet that it answers for this
offices-none-text = Try other words. You need not know whom to tell: what you send is passed on to the right agency.
offices-none-go = Go and tell
offices-experts = People and groups who know about this
offices-experts-more = Find more
offices-experts-none = None yet.
offices-every = All agencies
offices-count = { $officers } of { $agencies } agencies have named their open-government officer. With the officers, { $offices } offices are listed.
offices-filter = Officer
offices-declared-with = Agencies that named an officer
offices-declared-without = Agencies that named none
offices-not-declared = Not declared
offices-no-officer = This agency has not said yet who its open-government officer is.
offices-column = Offices
offices-n = { $n }
offices-empty-title = No agency fits
offices-empty-text = Take the filter away to see all agencies.

## Offices
offices-of = { $agency }: who answers
offices-confirmed = The agency confirmed this on { $date }.
offices-nothing = This agency has not declared any office yet.
offices-none-declared = No offices have been declared yet.
offices-officer-explain = The open-government officer is responsible for how this agency works with citizens and opens its information. Ask here when you do not know which office it is.
offices-handles = What it handled most in the past year
offices-handles-n = { $n ->
    [one] 1 case
   *[other] { $n } cases
 }
offices-handles-none = No case came to it in the past year.
offices-figures = See how fast it answers
offices-cases = See the cases of this agency
offices-about = See its commitments
office-role = What is it?
office-role-officer = Open-government officer
office-role-officer-hint = Every agency has at least one. People ask here when they do not know which office it is.
office-role-office = Office
office-role-office-hint = Answers for certain topics or places.
office-office = Office
office-title = Title
office-title-hint = For example: director, officer
office-name = Name of the officer
office-name-hint = It may be left empty. When it changes, the name before is not kept.
office-phone = Telephone
office-phone-hint = For example: 02-3153-1234. Give a telephone number or a mail address.
office-mail = Mail
office-mail-hint = Best an address that the whole office reads.
office-topics = Topics
office-topics-hint = In words that citizens use, one on each line. For example: street lamps, paving, potholes
office-areas = Places
office-areas-hint = One on each line. For example: 서울특별시 마포구. Leave it empty for everywhere that the agency answers for.
office-who = { $title } { $name }
office-reach = How to reach it
office-call = Telephone { $phone }
office-topics-are = Topics:
office-areas-are = Places:
office-confirmed = Confirmed on { $date }
office-stale = Not confirmed since { $date }. It may have changed.
office-confirmed-column = Confirmed

## The desk
desk-offices = Our offices and officers
desk-offices-lead = Citizens find you by topic and place. Change what has changed at once, and confirm once a year that it is right.
desk-offices-new = Add an office
desk-offices-edit = Change an office
desk-offices-public = All of this is public and on the public record.
desk-offices-stale = { $n ->
    [one] 1 entry has not been confirmed for a year. Press “Still right”, or change it.
   *[other] { $n } entries have not been confirmed for a year. Press “Still right”, or change them.
 }
desk-offices-lacking = { $agency } has no open-government officer. Please add one.
desk-offices-lacking-many = { $n } agencies have no open-government officer.
desk-offices-confirm = Still right
desk-offices-other = Other
desk-offices-retire = Take it out of the directory
desk-offices-retire-text = Nobody sees it any more. The officer’s name is deleted.
desk-offices-empty = No offices yet
desk-offices-empty-text = Begin with the open-government officer. Then add the office for each topic.
done-contact-declared = The office is listed. Citizens can find it now.
done-contact-changed = The change is public.
done-contact-confirmed = Confirmed.
done-contact-retired = Taken out of the directory.

## Experts and groups
experts-title = Experts and groups
experts-lead = People and groups who agreed to be found. Agencies that would like to hear from them can write through this site.
experts-n = { $n }
experts-topic = Who knows about…?
experts-none-title = Nobody fits
experts-none-text = Try other words, or take a filter away.
experts-empty-title = Nobody is listed yet
experts-empty-text = People and groups who agreed to be found are listed here.
experts-you = Would you like to share what you know?
experts-you-text = List your name and topics, and agencies can find and ask you. Your mail address is not shown, and you can leave with one click.
experts-join = List yourself
experts-mine = Change your entry
expert-kind = Who are you?
expert-kind-person = A person
expert-kind-group = A group
expert-introduction = Introduction
expert-about = At a glance
expert-anywhere = Anywhere
expert-web = Web site
expert-since = Listed since
expert-remove = Take out of the list
expert-mine-title = Be found as an expert
expert-mine-lead = Everybody can see what you write here. Your mail address is not shown. This site passes on the letters of agencies.
expert-listed = You can be found since { $date }.
expert-see = See how it looks
expert-withdraw = Leave now
expert-withdraw-text = It is deleted at once. To come back, list yourself again.
expert-no-mail = Your account has no mail address for letters.
expert-no-mail-go = Add an address
expert-name = Name to show
expert-name-hint = It need not be your legal name.
expert-introduction-hint = What you have done, and what you can help with.
expert-topics-hint = One on each line. For example: street lamps, safety at night
expert-areas-hint = One on each line. For example: 서울특별시 마포구. Leave it empty for anywhere.
expert-web-hint = An address that begins with https://
expert-consent-title = Consent
expert-consent = Everybody may see this, and agencies may write to me through this site.
expert-consent-hint = You can take it back at any time. Then it is deleted at once.
expert-agree = Agree and list me
expert-leave-title = Leave the list of experts
expert-leave-text = Press the button, and the entry of “{ $name }” is deleted at once. No more letters come from agencies.
done-expert-agreed = You are listed. Agencies can find you now.
done-expert-withdrawn = Deleted. Nobody can find you any more.
done-expert-removed = Taken out of the list.

## Letters
letter-title = Write a letter
letter-lead = This site passes the letter on. You are not told the address; the answer goes to the office that you choose.
letter-office = Office that gets the answer
letter-office-hint = Offices of your agency that have a mail address.
letter-no-office = There is no office that could get the answer. First add one with a mail address.
letter-subject = Subject
letter-text = Letter
letter-text-hint = What you ask, until when, and why you ask this reader.
letter-send = Send the letter
letter-officers-only = Officers of agencies who are signed in can write to them.
done-letter-sent = The letter is on its way. The answer comes to the office’s mail.
mail-letter-subject = [{ $agency }] { $subject }
mail-letter-from = A letter from { $agency }, { $office }.
mail-letter-reply = If you reply to this mail, the answer goes to { $mail }. You need not answer.
mail-letter-privacy = The agency does not know your mail address. It learns it when you reply.
mail-letter-withdraw = Receive no more letters
mail-why-letter = You got this because you agreed on { $site } to be found as an expert.
