//! From what `cases` and `form` say to what templates read, in words.

use jiff::civil::Date;
use madang_base::calendar::clock::Unit;
use madang_base::{LocalizedText, Time};
use madang_cases::model::CitizenSays;
use madang_cases::registry::ServiceVersion;
use madang_cases::views::{CaseLine, Count};
use madang_form::timeline;
use madang_form::{
    Answer, AuthorName, CasePublicity, Clock, ClockRun, ClockStatus, Definition, Field, FieldKind, FileAnswer, Filer,
    Moment, Party, Phase, Publicity, Silence, Support, SupportWord, Within,
};
use madang_http::Visit;
use madang_kernel::organisation::Organisation;
use serde_json::{Value, json};

use super::uploads::size_words;
use super::{address, cases};
use crate::i18n;
use crate::page::words;

/// A text, or null when there is none.
pub fn some(text: &LocalizedText) -> Option<&LocalizedText> {
    (!text.is_empty()).then_some(text)
}

/// Whether something can be filed on this day.
pub fn open(version: &ServiceVersion, today: Date) -> bool {
    let filing = &version.definition.filing;
    version.open && filing.opens.is_none_or(|day| day <= today) && filing.closes.is_none_or(|day| today <= day)
}

/// Who may file, each in a sentence of its own.
pub fn who(visit: &Visit, def: &Definition) -> Vec<String> {
    let key = |who: &Filer| match who {
        Filer::Anonymous => "filer-anonymous",
        Filer::Pseudonymous => "filer-pseudonymous",
        Filer::Verified => "filer-verified",
        Filer::Proxy => "filer-proxy",
    };
    // Whoever may file without any proof may file with one.
    let weakest = def.filing.who.iter().filter(|who| **who != Filer::Proxy).min();
    let mut keys: Vec<&str> = weakest.into_iter().map(key).collect();
    if def.filing.who.contains(&Filer::Proxy) {
        keys.push("filer-proxy");
    }
    keys.into_iter().map(|key| words(visit, key, &[])).collect()
}

/// The agency's longest clock that an answer stops, in words: "90일 안에 답합니다".
pub fn longest_term(visit: &Visit, def: &Definition) -> String {
    let answered = |state: &str| def.state(state).is_some_and(|state| state.phase == Phase::Answered);
    let by_answer = |moment: &Moment| match moment {
        Moment::State(id) => answered(id),
        Moment::Step(id) => def.step(id).and_then(|step| step.to.as_deref()).is_some_and(answered),
        _ => false,
    };
    let of_answer = |clock: &&Clock| {
        clock.who == Party::Agency && clock.silence == Silence::Overdue && clock.stops.iter().any(by_answer)
    };
    let longest = def.clocks.iter().filter(of_answer).max_by_key(|clock| working_hours(&clock.within));
    longest.map_or_else(String::new, |clock| {
        words(visit, "services-term", &[("term", timeline::term(clock, visit.locale).into())])
    })
}

/// About how many office hours that is, for telling the longer of two; at most so many by choice.
fn working_hours(within: &Within) -> u32 {
    let hours = |amount: u32, unit: Unit| match unit {
        Unit::WorkingHour => amount,
        Unit::BusinessDay => amount * 8,
        Unit::CalendarDay => amount * 6,
    };
    match within {
        Within::All { amount, unit } => hours(*amount, *unit),
        Within::ByChoice { values, .. } => {
            values.iter().map(|(_, amount, unit)| hours(*amount, *unit)).max().unwrap_or(0)
        }
    }
}

pub fn party(visit: &Visit, def: &Definition, party: &Party) -> String {
    match party {
        Party::Named(id) => def.party(id).map_or_else(|| id.clone(), |party| party.name.get(visit.locale).to_owned()),
        other => words(visit, &format!("party-{}", other.code()), &[]),
    }
}

/// What silence means; empty where it means what everybody thinks.
pub fn silence(visit: &Visit, silence: &Silence) -> String {
    let key = match silence {
        Silence::Overdue => return String::new(),
        Silence::Lapses => "silence-lapses",
        Silence::Step => "silence-step",
        Silence::Refused => "silence-refused",
        Silence::Granted => "silence-granted",
    };
    words(visit, key, &[])
}

/// Who sees a case of this service.
pub fn case_publicity(visit: &Visit, def: &Definition) -> String {
    let key = match def.public.case {
        CasePublicity::Never => "sees-case-never",
        CasePublicity::WhenFiled => "sees-case-filed",
        CasePublicity::ByStep => "sees-case-step",
        CasePublicity::AuthorChooses => "sees-case-chooses",
    };
    words(visit, key, &[])
}

/// How the author appears beside a public case.
pub fn author_shown(visit: &Visit, def: &Definition) -> String {
    if def.public.case == CasePublicity::Never {
        return String::new();
    }
    let key = match def.public.author {
        AuthorName::Name => "author-name",
        AuthorName::Initial => "author-initial",
        AuthorName::Hidden => "author-hidden",
    };
    words(visit, key, &[])
}

/// Who sees an answer, and whether that is everybody.
pub fn sees(visit: &Visit, def: &Definition, field: &Field) -> (String, bool) {
    let publicity = if def.public.case == CasePublicity::Never { Publicity::Never } else { field.public };
    let (key, open) = match publicity {
        Publicity::Never => ("sees-never", false),
        Publicity::Always => ("sees-always", true),
        Publicity::AfterReview => ("sees-review", true),
        Publicity::Coarse => ("sees-coarse", true),
    };
    (words(visit, key, &[]), open)
}

/// `{phase, name, help}` of a state; one that the definition does not know is called by its id.
pub fn state_of(def: &Definition, id: &str, phase: Phase) -> Value {
    let state = def.state(id);
    let plain = || LocalizedText::new(id, id);
    json!({
        "phase": phase.code(), "name": state.map_or_else(plain, |s| s.name.clone()),
        "help": state.and_then(|s| some(&s.help)),
    })
}

/// `1,234명이 서명했습니다`, short for lists: `서명 1,234명`.
pub fn supports(visit: &Visit, def: &Definition, count: Option<i64>) -> String {
    count.zip(def.support.as_ref()).map_or_else(String::new, |(n, support)| support_words(visit, support, n))
}

pub fn support_words(visit: &Visit, support: &Support, n: i64) -> String {
    words(visit, &format!("support-count-{}", word(support.word)), &[("n", n.into())])
}

pub const fn word(word: SupportWord) -> &'static str {
    match word {
        SupportWord::Signature => "signature",
        SupportWord::Support => "support",
    }
}

/// An answer as `answer` in `services/parts.html` reads it.
pub fn answer(visit: &Visit, field: &Field, answer: &Answer, agencies: &[Organisation], files_at: &str) -> Value {
    let text = match answer {
        Answer::Agency(slug) => agencies
            .iter()
            .find(|agency| agency.slug == *slug)
            .map_or_else(|| slug.clone(), |agency| agency.name.get(visit.locale).to_owned()),
        Answer::Text(text) if matches!(field.kind, FieldKind::Line { .. } | FieldKind::Text { .. }) => text.clone(),
        Answer::Consent(text) => text.clone(),
        other => madang_form::values::display(field, other, visit.locale),
    };
    let rows = match (answer, &field.kind) {
        (Answer::Rows(rows), FieldKind::Table { columns, .. }) => rows
            .iter()
            .map(|row| {
                let cell = |column: &Field| {
                    let shown = madang_form::values::display(column, row.get(&column.id)?, visit.locale);
                    Some(json!({ "label": column.name, "text": shown }))
                };
                columns.iter().filter_map(cell).collect::<Vec<_>>()
            })
            .collect(),
        _ => Vec::new(),
    };
    let files = match answer {
        Answer::Files(list) => files(list, files_at),
        _ => Vec::new(),
    };
    json!({
        "text": text, "lines": matches!(field.kind, FieldKind::Text { .. }), "files": files, "rows": rows, "parts": [],
    })
}

/// Files as `files` in `services/parts.html` reads them.
pub fn files(list: &[FileAnswer], files_at: &str) -> Vec<Value> {
    let file = |file: &FileAnswer| {
        json!({
            "name": file.name, "href": format!("{files_at}/{}", file.sha256), "size": size_words(file.size),
            "picture": file.media_type.starts_with("image/"),
        })
    };
    list.iter().map(file).collect()
}

/// A line of a list, as `line` in `services/parts.html` reads it.
pub fn line(visit: &Visit, line: &CaseLine) -> Value {
    let due = line.due_at.filter(|_| !is_over(line.phase)).map(|due| due_short(visit, due, line.overdue));
    json!({
        "number": line.number, "title": line.title, "href": address::case(visit, &line.number),
        "service": line.service_name, "state": { "phase": line.phase.code(), "name": line.state_name, "help": null },
        "outcome": line.outcome_name, "agency": line.agency.as_ref().map(|a| &a.name), "filed_at": line.filed_at.micros(),
        "due": due.unwrap_or_default(), "overdue": line.overdue && !is_over(line.phase),
        "supports": line.supports.filter(|n| *n > 0).map_or_else(String::new, |n| words(visit, "support-count-short", &[("n", n.into())])),
        "says": line.citizen_says.map_or("", |says| match says {
            CitizenSays::Confirmed => "confirmed",
            CitizenSays::Disputed => "disputed",
        }),
    })
}

/// Whether nothing is waited for any more.
pub const fn is_over(phase: Phase) -> bool {
    matches!(phase, Phase::Answered | Phase::Refused | Phase::Closed)
}

/// The last moment before it is too late stands for the day.
fn last_day(due_at: Time) -> Date {
    Time::from_micros(due_at.micros() - 1).kst_date()
}

fn due_short(visit: &Visit, due_at: Time, overdue: bool) -> String {
    let day = last_day(due_at);
    let date = i18n::date(&day.to_string(), visit.locale);
    let key = if overdue { "cases-due-was" } else { "cases-due-short" };
    words(visit, key, &[("date", date.into())])
}

/// `1,234건`, `10,000건 넘음`
pub fn count(visit: &Visit, count: Count) -> String {
    match count {
        Count::Exact(n) => words(visit, "count-items", &[("n", n.into())]),
        Count::Over(n) => words(visit, "cases-count-over", &[("n", n.into())]),
    }
}

/// A clock in words: "답변 기한 2026년 12월 3일(목), 업무일 8일 남음".
pub fn due_words(visit: &Visit, clock: &Clock, run: &ClockRun) -> String {
    let name = clock.name.get(visit.locale).to_owned();
    let date = run.due_on.or(run.expected_on).map(|d| i18n::date(&d.to_string(), visit.locale)).unwrap_or_default();
    let left = cases(visit).map_or(0, |there| timeline::days_left(run, visit.ctx.now, &there.days()).business);
    let args = |n: i64| [("name", name.clone().into()), ("date", date.clone().into()), ("n", n.into())];
    match run.status {
        ClockStatus::Paused => words(visit, "due-paused", &args(0)),
        ClockStatus::Overdue => words(visit, "due-over", &args(left.abs())),
        ClockStatus::Running if left > 0 => words(visit, "due-left", &args(left)),
        ClockStatus::Running => words(visit, "due-today", &args(0)),
        ClockStatus::Kept | ClockStatus::Late | ClockStatus::Over => name,
    }
}

pub fn clock_tone(run: &ClockRun) -> &'static str {
    match run.status {
        ClockStatus::Overdue | ClockStatus::Late => "late",
        ClockStatus::Paused => "paused",
        _ => "",
    }
}

pub fn clock_status(visit: &Visit, run: &ClockRun) -> String {
    let key = match run.status {
        ClockStatus::Running => "clock-running",
        ClockStatus::Paused => "clock-paused",
        ClockStatus::Kept => "clock-kept",
        ClockStatus::Late => "clock-late",
        ClockStatus::Overdue => "clock-overdue",
        ClockStatus::Over => "clock-over",
    };
    words(visit, key, &[])
}
