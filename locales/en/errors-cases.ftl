# Errors of filing and looking up cases.

error-service-unknown = There is no service “{ $value }”. Choose one from the list of services.
error-service-origin-unknown = There is no origin “{ $value }”. Write shipped or operator.
error-service-invalid = The service definition { $name } is not in order. The first fault is in line { $line } ({ $code }). `madang service check` shows all of them.
error-service-migrate-state = In the state “{ $state }”, which the new definition lacks, stand { $cases } cases that are not closed. Say to which state they go.

error-case-unknown = There is no case with this number that you can see. Check the number. A case that is not public can be seen by whoever filed it, signed in or with the secret code.
error-case-changed = The case { $number } has changed in the meantime. Open it again and repeat what you did.
error-case-words = A list cannot be narrowed down by words. Use the search instead.
error-case-filter = This address of a list cannot be used. Start again from the beginning of the list.
error-case-publication-unknown = There is no state of publication “{ $value }”.
error-case-delivery-unknown = There is no state of delivery “{ $value }”.
error-case-channel-unknown = There is no channel “{ $value }”. Write web, api, counter, phone, paper or visit.
error-case-says-unknown = There is no such statement “{ $value }”. Write confirmed or disputed.
error-case-event-unknown = There is no kind of event “{ $value }”.
error-case-order-unknown = There is no order “{ $value }”. Write newest, oldest, supported or due.

error-case-filing-shut = Nothing new is accepted here at present. What was filed before goes on.
error-case-filing-not-open = This opens on { $day }. Please come back then.
error-case-filing-over = This closed on { $day }.
error-case-filing-sign-in = Sign in to file this. What you have written is kept.
error-case-filing-who = Prove who you are to file this. If you cannot do that online, come to a counter.
error-case-step-when = This step is not for a case with these answers. Choose another one.
error-case-filing-proxy = This cannot be filed for somebody else.
error-case-filing-invalid = Something is missing or needs a correction. Look at the fields that are marked below.
error-case-filing-agency = This agency cannot be found. Choose one from the list.
error-case-answer-shape = This value does not fit the field.
error-case-file-unknown = This file cannot be found. Please upload it again.
error-case-request-key = This request key cannot be used. Send 16 to 100 random characters without spaces.
error-case-proxy-consent = Put on record how the person agreed: spoken or signed.
error-case-proxy-channel = To file for somebody choose counter, phone, paper or visit.
error-case-name = Write a name of at most { $limit } characters. It is needed when you file for somebody.
error-case-mail = Check the mail address. Example: name@example.kr
error-case-draft-too-large = This text is too long. Please upload long documents as files.
error-figures-measure-unknown = This program does not know what is counted as ‘{ $value }’. Start a newer program.
