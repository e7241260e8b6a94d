//! "Why this date?": a clock day by day, with the holidays by name.

use axum::extract::Path;
use http::HeaderMap;
use madang_base::Error;
use madang_base::calendar::{DayOff, Step, Why};
use madang_cases::views::CaseView;
use madang_form::{Clock, ClockRun, ClockStatus, timeline};
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::{address, case, shapes};
use crate::i18n;
use crate::page::{Page, words};

pub async fn show(visit: Visit, Path((_, number, id)): Path<(String, String, String)>, headers: HeaderMap) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    page(&visit, &view, &id, &address::case(&visit, &view.case.number))
}

/// The page for whoever may see the case; `case_href` leads back to it.
pub fn page(visit: &Visit, view: &CaseView, id: &str, case_href: &str) -> Outcome {
    let def = &view.service.definition;
    let unknown = || Error::not_found("page.unknown");
    let clock = def.clock(id).ok_or_else(unknown)?;
    let run = view.clocks.iter().find(|run| run.clock == id).ok_or_else(unknown)?;
    let who = words(visit, "services-whose-time", &[("who", shapes::party(visit, def, &clock.who).into())]);
    let over = matches!(run.status, ClockStatus::Kept | ClockStatus::Late | ClockStatus::Over);
    Page::new(visit, "services/why.html").render(&json!({
        "case": { "number": view.case.number, "title": view.case.title, "href": case_href },
        "clock": {
            "name": clock.name, "basis": clock.basis, "status": shapes::clock_status(visit, run),
            "due": run.due_on.or(run.expected_on).map(|d| d.to_string()).unwrap_or_default(),
            "left": if over { String::new() } else { shapes::due_words(visit, clock, run) },
        },
        "rules": rules(visit, clock, run, who), "days": days(visit, run),
    }))
}

/// How it is counted, a sentence each.
fn rules(visit: &Visit, clock: &Clock, run: &ClockRun, who: String) -> Vec<String> {
    let started = i18n::date_time(run.started_at, visit.locale);
    let term = timeline::term(clock, visit.locale);
    let mut rules = vec![
        words(visit, "why-term", &[("term", term.into()), ("start", started.into())]),
        who,
        words(visit, if clock.first_day_counted { "why-first-counted" } else { "why-first-not" }, &[]),
        words(visit, if clock.end_rolls { "why-end-rolls" } else { "why-end-stays" }, &[]),
    ];
    if !clock.pauses.is_empty() || clock.pauses_for_question {
        rules.push(words(visit, "why-pauses", &[]));
    }
    if run.extensions > 0 {
        rules.push(words(visit, "why-extended", &[("n", i64::from(run.extensions).into())]));
    }
    if let Some(stopped) = run.stopped_at {
        rules.push(words(visit, "why-stopped", &[("date", i18n::date_time(stopped, visit.locale).into())]));
    }
    rules
}

fn days(visit: &Visit, run: &ClockRun) -> Vec<Value> {
    let last = run.days.len().saturating_sub(1);
    run.days.iter().enumerate().map(|(at, step)| day(visit, step, at == last && run.due_on.is_some())).collect()
}

fn off(visit: &Visit, off: &DayOff) -> String {
    match off {
        DayOff::Holiday(name) => name.get(visit.locale).to_owned(),
        DayOff::Saturday => words(visit, "why-saturday", &[]),
        DayOff::Sunday => words(visit, "why-sunday", &[]),
    }
}

fn day(visit: &Visit, step: &Step, last: bool) -> Value {
    let (n, what, kind) = match &step.why {
        Why::Counted(n) => (n.to_string(), words(visit, "why-counted", &[]), ""),
        Why::Hours(seconds) => {
            let text = words(visit, "why-hours", &[("h", (seconds / 3_600).into()), ("m", (seconds / 60 % 60).into())]);
            (String::new(), text, "")
        }
        Why::FirstDay => (String::new(), words(visit, "why-first-day", &[]), "closed"),
        Why::Off(day) => (String::new(), words(visit, "why-off", &[("what", off(visit, day).into())]), "closed"),
        Why::Paused => (String::new(), words(visit, "why-paused", &[]), "pause"),
        Why::RolledOver(day) => {
            (String::new(), words(visit, "why-rolled-over", &[("what", off(visit, day).into())]), "closed")
        }
        Why::RolledTo => (String::new(), words(visit, "why-rolled-to", &[]), ""),
        Why::AfterHours => (String::new(), words(visit, "why-after-hours", &[]), "closed"),
    };
    json!({ "date": step.date.to_string(), "n": n, "what": what, "kind": if last { "end" } else { kind } })
}
