# Faults of a definition file (docs/services.md): what is wrong, and what to write instead.
error-form-amount = “{ $value }” is no length of time.
help-form-amount = Write “90 days”, “10 business days” or “8 working hours”, from 1 to { $limit }.
error-form-approval-author = Only a step of the agency can need `approval`: officers agree to each other's steps, nobody else does.
help-form-approval-author = Take `approval` out of `needs`, or give the step to the agency with `by = "agency"`.
error-form-clock-basis = The clock `{ $value }` has no basis.
help-form-clock-basis = Write the article that gives this time: `basis = [{ "{" } ko = "…", en = "…" { "}" }]`. A rule of your own is a basis, too.
error-form-clock-choice-field = The time cannot depend on `{ $value }`: that is no choice which the author always answers when filing.
help-form-clock-choice-field = Name a field of type `choice` that is required, has no `when`, is filled in by the author and needed by no step.
error-form-clock-choice-missing = The clock has no time for any option of `{ $value }`.
help-form-clock-choice-missing = Write a time for the options for which it runs: { "{" } field = "kind", road = "7 days" { "}" }. It does not run for those that are left out.
error-form-clock-never-starts = The clock `{ $value }` never starts.
help-form-clock-never-starts = Say when it starts: `starts = ["filed"]`, or a step (`step:…`) or state (`state:…`) of this service.
error-form-clock-never-stops = The clock `{ $value }` never stops.
help-form-clock-never-stops = Name in `stops` a state or a step that a case comes to while it runs, or say with `silence = "lapses"` or `"step"` that it simply runs out.
error-form-clock-not-running = The clock `{ $value }` cannot be running in any state from which this step is taken.
help-form-clock-not-running = Let the clock start before these states, or take the step `from` a state in which it runs.
error-form-clock-unknown = There is no clock `{ $value }`.
help-form-clock-unknown = Write the id of a clock of this service: { $known }.
error-form-coarse-type = `{ $value }` cannot be shown coarsely: a field of type `{ $type }` has no coarse form.
help-form-coarse-type = Write "never", "always" or "after review". Only place, date, number and money can be "coarse".
error-form-control-character = The text holds a character that nobody sees: a control character or a mark that turns the direction of writing.
help-form-control-character = Type the text anew instead of pasting it.
error-form-count = “{ $value }” does not say how many.
help-form-count = Write the fewest and the most with two dots: "1..10". The most is between 1 and { $limit }.
error-form-date-nothing = A date that is neither past nor future does not exist.
help-form-date-nothing = Set `past` or `future` to true, or leave both out.
error-form-empty = Here stands an empty text.
help-form-empty = Write the text, or take the whole line out if it is not needed.
error-form-extension-unit = The extension counts in another unit than the clock.
help-form-extension-unit = Write the extension in the clock's own unit. For options with different units, write one clock each, leaving out the other options.
error-form-extension-who = `{ $value }` cannot extend a clock.
help-form-extension-who = Write "agency", "author" or a group that this service declares with [[party]].
error-form-field-id-need = A field cannot be called `{ $value }`: in `needs` this word means something else.
help-form-field-id-need = Give the field another id, for example `{ $value }-text`.
error-form-field-unknown = There is no field `{ $value }`.
help-form-field-unknown = Write the id of a field of this service: { $known }.
error-form-file-too-large = The file is larger than { $limit } kB.
help-form-file-too-large = Divide the service into several, or take out what is no definition.
error-form-final-phase = The state `{ $value }` is final, but its phase `{ $phase }` says that work goes on.
help-form-final-phase = Write the phase `answered`, `refused` or `closed`, or take `final = true` out.
error-form-ground-none = This step needs a ground, but the service has none.
help-form-ground-none = Add the grounds that the law gives as [[ground]], or need a `reason` instead.
error-form-id = “{ $value }” is no id.
help-form-id = Write at most 40 lower-case letters, digits and dashes, beginning with a letter: `road-works`.
error-form-id-duplicate = The id `{ $value }` is there already, in line { $line }.
help-form-id-duplicate = Give this one another id.
error-form-id-reserved = The id `{ $value }` is taken: every service has it already.
help-form-id-reserved = Give it another id. Withdrawing and merging, authors, agencies, members and the system need no declaration.
error-form-key-of-type = The key `{ $name }` does not belong to a field of type `{ $type }`.
help-form-key-of-type = Take the line out, or choose the type that was meant.
error-form-language-missing = The text is missing in the language `{ $language }`.
help-form-language-missing = Write both languages: { "{" } ko = "…", en = "…" { "}" }.
error-form-language-unknown = `{ $name }` is no language.
help-form-language-unknown = Write a language by its tag in lower-case letters: `ko`, `en`, `vi`.
error-form-languages = A text belongs here, not { $value }.
help-form-languages = Write both languages: { "{" } ko = "…", en = "…" { "}" }; or one text in quotation marks for all.
error-form-limits = The least value { $min } is greater than the greatest { $max }.
help-form-limits = Let `min` be at most `max`. Without them, a number goes from 0 to 1,000,000,000,000.
error-form-list-duplicate = `{ $value }` stands in this list twice.
help-form-list-duplicate = Take one of them out.
error-form-list-empty = This list is empty.
help-form-list-empty = Write at least one entry, or take the line out if it is not needed.
error-form-list-type = Lists cannot filter by `{ $value }`: its type is `{ $type }`.
help-form-list-type = Take `list = true` out. Lists filter by choice, agency, date, number and money.
error-form-missing = `{ $name }` is missing here.
help-form-missing = Add a line `{ $name } = …`, or a table of that name. docs/services.md says what belongs into it.
error-form-moment = “{ $value }” is no moment in the life of a case.
help-form-moment = Write `filed`, or `step:`, `state:`, `clock:` or `threshold:` and an id: "state:answered".
error-form-need-field-party = This step cannot need `{ $value }`: that field is filled in by `{ $party }`, who does not take this step.
help-form-need-field-party = Let `{ $party }` take the step, or change `by` of the field.
error-form-need-unknown = Nothing is called `{ $value }` that a step could need.
help-form-need-unknown = Write one of the words for needs or the id of a field: { $known }.
error-form-never-published = Cases become public by a step, but no step publishes them.
help-form-never-published = Add `publishes = ["case"]` to a step, or write another word for `case`.
error-form-not-a-boolean = Yes or no belongs here, not { $value }.
help-form-not-a-boolean = Write true or false, without quotation marks.
error-form-not-a-date = { $value } is no date.
help-form-not-a-date = Write year, month and day without quotation marks: 2026-01-05.
error-form-not-a-list = A list belongs here, not { $value }.
help-form-not-a-list = Put it into square brackets: [ … ]. Tables such as [[step]] have two brackets.
error-form-not-a-number = A whole number belongs here, not { $value }.
help-form-not-a-number = Write it in digits, without quotation marks, commas or unit: 1000.
error-form-not-a-table = A table belongs here, not { $value }.
help-form-not-a-table = Write its keys under a heading in brackets or between braces: { "{" } key = … { "}" }.
error-form-not-a-text = A text belongs here, not { $value }.
help-form-not-a-text = Write it between quotation marks: "…".
error-form-number-pattern = “{ $value }” is no pattern for numbers.
help-form-number-pattern = Write one to eight capital letters, dashes, { "{" }code{ "}" } at the end and, if wanted, { "{" }year{ "}" } before it: "PT-{ "{" }year{ "}" }-{ "{" }code{ "}" }".
error-form-on-moment = Steps happen by themselves only when a clock runs out or a threshold is reached.
help-form-on-moment = Write `clock:` or `threshold:` and an id.
error-form-on-not-system = The step `{ $value }` happens by itself, but somebody else is to take it.
help-form-on-not-system = Write `by = "system"`, or take `on` out.
error-form-option-unknown = There is no option `{ $value }`.
help-form-option-unknown = Write one of: { $known }.
error-form-outcome-none = This step needs an outcome, but the state `{ $value }` has none.
help-form-outcome-none = Add `outcomes` to the state, or take `outcome` out of `needs`.
error-form-party-unknown = Nobody is called `{ $value }`.
help-form-party-unknown = Write one of { $known }; a group of your own needs a [[party]].
error-form-period = Filing closes on { $closes }, before it opens on { $opens }.
help-form-period = Write a last day that is not before the first.
error-form-personal-list = `{ $value }` holds personal data; lists do not filter by it.
help-form-personal-list = Take `list = true` out.
error-form-personal-public = `{ $value }` holds personal data and cannot be public for everybody.
help-form-personal-public = Write `public = "never"`, or "after review" if an officer is to decide it case by case.
error-form-photo-public = `{ $value }` cannot be public unseen: photos and files show more than their authors know.
help-form-photo-public = Write `public = "after review"` or "never".
error-form-placeholder = “{ $value }” is nothing that a template fills in.
help-form-placeholder = Write one of { $known }.
error-form-public-in-never = `{ $value }` is public in some states and never public at once.
help-form-public-in-never = Say with `public` how it is shown there, or take `public-in` out.
error-form-publishes-field = This step publishes `{ $value }`, but that field is never public.
help-form-publishes-field = Write `public = "after review"` at the field, or take it out of `publishes`.
error-form-publishes-never = This step publishes the case, but cases of this service are never public.
help-form-publishes-never = Take "case" out of `publishes`, or write `case = "by step"` under [public].
error-form-range = { $value } is out of the limits.
help-form-range = Write a number from { $min } to { $max }.
error-form-refusal-ground = The step `{ $value }` refuses without a ground.
help-form-refusal-ground = Add "ground" to `needs`: with grounds in the definition, a refusal names at least one.
error-form-refusal-reason = The step `{ $value }` refuses without saying why.
help-form-refusal-reason = Add "reason" to `needs`, or list the grounds of the law as [[ground]] and need a "ground".
error-form-retention = “{ $value }” does not say how long data stay.
help-form-retention = Write “3 years after close”, “6 months after close” or “90 days after close”; a day at least, thirty years at most.
error-form-routing-field = Cases cannot be routed by `{ $value }`: that is no field in which the author names an agency when filing.
help-form-routing-field = Name a field of type `agency` that the author fills in and no step needs.
error-form-says-not-author = Only the author can confirm or dispute.
help-form-says-not-author = Write `by = "author"`, or take `says` out.
error-form-silence-step = When the clock `{ $value }` runs out, a step is to follow, but there is none.
help-form-silence-step = Add a step with `by = "system"` and `on = "clock:{ $value }"`, or write another word for `silence`.
error-form-slug = “{ $value }” is no organisation's short name.
help-form-slug = Write it as in the address of its page: lower-case letters, digits and dashes, for example `mois`.
error-form-state-no-way-out = Nobody can leave the state `{ $value }`, but it is not final.
help-form-state-no-way-out = Add a step from it to another state, or write `final = true`.
error-form-state-unknown = There is no state `{ $value }` that could stand here.
help-form-state-unknown = Write the id of a state of this service: { $known }.
error-form-state-unreachable = No case can come to the state `{ $value }`.
help-form-state-unreachable = Add a step that leads to it, or take the state out. Every case begins in the first state of the file.
error-form-step-loop = The step `{ $value }` would happen by itself again and again without end.
help-form-step-loop = Lead it to a state from which only a person goes on, or let its clock start at something that a person does.
error-form-no-such-step = There is no step `{ $value }`.
help-form-no-such-step = Write the id of a step of this service: { $known }.
error-form-step-when-unasked = The step `{ $value }` depends on `{ $other }`, which nobody is asked before it.
help-form-step-when-unasked = Name a field that the author fills in when filing, or that another step needs.
error-form-support-anonymous = Somebody who is not known cannot support: one person counts once.
help-form-support-anonymous = Write "verified", "pseudonymous" or "proxy".
error-form-system-needs = The step `{ $value }` happens by itself; nobody is there to give what it needs.
help-form-system-needs = Take `needs` out, or let a person take the step.
error-form-system-without-on = The step `{ $value }` is taken by the system, but nothing sets it off.
help-form-system-without-on = Write `on = "clock:…"` or `on = "threshold:…"`, or name who takes it in `by`.
error-form-threshold-order = The threshold { $value } does not come after { $before }.
help-form-threshold-order = Write thresholds from the smallest to the greatest, each number once.
error-form-threshold-unknown = There is no threshold `{ $value }`.
help-form-threshold-unknown = Write the id of a threshold of this service: { $known }.
error-form-threshold-without-support = The threshold `{ $value }` counts supports, but nobody can give any.
help-form-threshold-without-support = Add a table [support], or take the threshold out.
error-form-title-field = `{ $value }` cannot head a case: not every case has it as one line.
help-form-title-field = Name a field of type `line` that the author always fills in: required, without `when`, needed by no step.
error-form-title-hidden = Cases of this service become public, but their title `{ $value }` never does.
help-form-title-hidden = Write `public = "always"` or "after review" at the field.
error-form-toml = The file cannot be read from here on: { $message }.
help-form-toml = Look for a missing quotation mark, bracket or equals sign, or for a heading that is there twice.
error-form-too-deep = Tables stand too deep within each other.
help-form-too-deep = No key of a definition has so many levels; look for brackets or dots too many.
error-form-too-long = The text is longer than { $limit } characters.
help-form-too-long = Shorten it.
error-form-too-many = There are more than { $limit } of them.
help-form-too-many = Leave out what is not needed; a form this long is not filled in.
error-form-unknown-key = The key `{ $name }` is not known here.
help-form-unknown-key = Write one of the known keys: { $known }.
error-form-warn-field-unasked = Nobody is ever asked for `{ $value }`: it is `{ $party }`'s to fill in, but no step needs it.
help-form-warn-field-unasked = Add it to the `needs` of a step, or take the field out.
error-form-warn-ground-unused = The service has grounds, but no step needs one.
help-form-warn-ground-unused = Add "ground" to the `needs` of the steps that refuse.
error-form-warn-outcome-unnamed = The step `{ $value }` leads to the state `{ $state }` without saying which of its outcomes came of it.
help-form-warn-outcome-unnamed = Add "outcome" to the step's `needs`.
error-form-warn-state-when = Every step out of the state `{ $value }` has a `when`: a case for which none of them holds stays there.
help-form-warn-state-when = Add a step without `when`, or let the steps cover every option of one required choice.
error-form-warn-untold = Nobody is told of the step `{ $value }`.
help-form-warn-untold = Add `tells = ["author"]`, if the author should know.
error-form-when-cycle = Whether `{ $value }` is asked depends on itself.
help-form-when-cycle = Take out one of the conditions, so that the first question stands alone.
error-form-when-later = `{ $value }` depends on `{ $other }`, which is asked only later.
help-form-when-later = Put `{ $other }` on the same screen or an earlier one, let the author fill it in, and let no step need it.
error-form-when-not-filed = Where a case goes cannot depend on `{ $value }`: it is not asked when filing.
help-form-when-not-filed = Name a field that the author fills in and no step needs.
error-form-when-type = A condition cannot compare `{ $value }`: its type is `{ $type }`.
help-form-when-type = Use a field of type `choice`, `multi-choice`, `consent` ("yes") or `agency`.
error-form-word = “{ $value }” is not one of the words that can stand here.
help-form-word = Write one of: { $known }.
