//! What the pages of the desk share: words for dates, states and parties, organisations of the visitor, addresses.

use jiff::civil::Date;
use madang_base::{LocalizedText, Result, Time};
use madang_cases::Cases;
use madang_form::{Definition, Phase};
use madang_http::Visit;
use madang_kernel::{AccountId, OrganisationId, Role};
use serde_json::{Value, json};

use crate::i18n::{self, Arg, FieldMessage};
use crate::page::words;

/// A message in the visitor's language.
pub fn t(visit: &Visit, key: &str, args: &[(&str, Arg)]) -> String {
    words(visit, key, args)
}

/// The definitions in force and the calendar.
///
/// # Errors
/// `Kind::Internal` when the binary did not wire them.
pub fn cases(visit: &Visit) -> Result<Cases> {
    visit.app.own::<Cases>().cloned()
}

/// The agencies for which the visitor handles cases.
pub fn agencies(visit: &Visit) -> Vec<OrganisationId> {
    of_roles(visit, &[Role::Officer, Role::Lead])
}

/// The agencies for which the visitor acts at a counter.
pub fn counters(visit: &Visit) -> Vec<OrganisationId> {
    of_roles(visit, &[Role::Officer, Role::Lead, Role::Clerk])
}

fn of_roles(visit: &Visit, roles: &[Role]) -> Vec<OrganisationId> {
    let Some(person) = visit.person() else { return Vec::new() };
    let mut own: Vec<OrganisationId> = Vec::new();
    for id in roles.iter().flat_map(|role| person.organisations(*role)) {
        if !own.contains(&id) {
            own.push(id);
        }
    }
    own
}

/// The path of a case on the desk, without the language.
pub fn path(number: &str) -> String {
    format!("/desk/cases/{number}")
}

/// The address of a case on the desk.
pub fn href(visit: &Visit, number: &str) -> String {
    visit.url(&path(number))
}

/// `{phase, name}` as `services/parts.html` reads a state.
pub fn state(phase: Phase, name: &LocalizedText) -> Value {
    json!({ "phase": phase.code(), "name": name })
}

/// The state of this id in a definition.
pub fn state_of(def: &Definition, id: &str) -> Value {
    def.state(id).map_or_else(
        || json!({ "phase": "closed", "name": LocalizedText::new(id, id) }),
        |found| state(found.phase, &found.name),
    )
}

/// `3 December 2026` with the day of the week, as all pages write a day.
pub fn day(visit: &Visit, date: Date) -> String {
    i18n::date(&date.to_string(), visit.locale)
}

/// The last day on which something is in time, of the instant from which it is late.
pub fn last_day(overdue_from: Time) -> Date {
    overdue_from.plus_seconds(-1).kst_date()
}

/// When something is due, in words and with a tone: `late`, `today`, `soon`, `later`.
pub fn due(visit: &Visit, cases: &Cases, overdue_from: Option<Time>) -> Value {
    let Some(until) = overdue_from else { return Value::Null };
    let (now, last) = (visit.ctx.now, last_day(until));
    let today = now.kst_date();
    // A clock of hours ends within a day.
    let hour = (Time::at_kst_midnight(until.kst_date()) != until).then(|| i18n::time_of_day(until));
    let days = cases.calendar.business_days_between(today, last);
    let (tone, text) = if until <= now {
        let passed = i64::from((today - last).get_days());
        let text = if passed > 0 {
            t(visit, "desk-due-late", &[("n", passed.into())])
        } else {
            t(visit, "desk-due-just-late", &[])
        };
        ("late", text)
    } else if last == today {
        let text = match &hour {
            Some(hour) => t(visit, "desk-due-today-at", &[("time", hour.as_str().into())]),
            None => t(visit, "desk-due-today", &[]),
        };
        ("today", text)
    } else if days <= 1 {
        ("soon", t(visit, "desk-due-next", &[("date", day(visit, last).into())]))
    } else {
        let args: [(&str, Arg); 2] = [("n", days.into()), ("date", day(visit, last).into())];
        (if days <= 3 { "soon" } else { "later" }, t(visit, "desk-due-in", &args))
    };
    json!({ "tone": tone, "words": text, "date": last.to_string() })
}

/// An account in an address or a form; none when it is empty.
///
/// # Errors
/// That of ids.
pub fn account(text: &str) -> Result<Option<AccountId>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

/// How large a file may be, in words.
pub fn max_bytes(visit: &Visit) -> String {
    format!("{} MB", visit.app.blobs.limits().bytes >> 20)
}

/// An address of this page with these parameters, the empty ones left out.
pub fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let said: Vec<_> = parameters.iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(said).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The same errors with the names of their fields: out of their place they say nothing. `label` knows the names.
pub fn summary(visit: &Visit, errors: &[FieldMessage], label: impl Fn(&str) -> Option<String>) -> Vec<FieldMessage> {
    let named = |error: &FieldMessage| {
        let message = label(error.field.split('.').next().unwrap_or("")).map_or_else(
            || error.message.clone(),
            |field| t(visit, "filing-error-at", &[("field", field.into()), ("message", error.message.as_str().into())]),
        );
        FieldMessage { field: error.field.clone(), message }
    };
    errors.iter().map(named).collect()
}

/// One of a list to choose from.
pub fn option(value: &str, label: impl Into<String>, selected: bool) -> Value {
    json!({ "value": value, "label": label.into(), "hint": "", "selected": selected })
}
