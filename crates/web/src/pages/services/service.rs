//! How a channel works: all of it from the definition, so that it says what will happen.

use axum::extract::Path;
use http::HeaderMap;
use madang_form::diagram::{self, TableRow};
use madang_form::timeline;
use madang_form::{CasePublicity, Clock, Definition, Need};
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::super::figures::{self, Brief};
use super::{address, current, drafts, shapes};
use crate::i18n;
use crate::page::{Page, words};

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let version = current(&visit, &id).await?;
    let def = &version.definition;
    drafts::adopt(&visit, &headers).await?;
    let draft = match drafts::known(&visit, &headers) {
        Some(owner) => drafts::get(&visit, &owner, &def.id).await?,
        None => None,
    };
    let draft = draft.map(|draft| {
        let href = address::screen(&visit, &def.id, draft.screen.clamp(1, def.screens() - 1));
        json!({ "href": href, "saved_at": draft.updated_at.micros() })
    });
    let figures = figures::of_service(&visit, &def.id).await?;
    let href = address::service(&visit, &def.id);
    let public = def.public.case != CasePublicity::Never;
    let open = shapes::open(&version, visit.ctx.now.kst_date());
    let party = |p: &madang_form::PartyDef| json!({ "name": p.name, "help": p.help });
    let ground = |g: &madang_form::Ground| json!({ "name": g.name, "help": g.help, "basis": g.basis });
    let threshold = |t: &madang_form::Threshold| json!({ "name": t.name, "count": t.count, "basis": t.basis });
    Page::new(&visit, "services/service.html").render(&json!({
        "service": {
            "id": def.id, "name": def.name, "summary": def.summary, "case_name": def.case_name, "basis": def.basis,
            "before": shapes::some(&def.filing.before), "href": href, "new_href": format!("{href}/new"),
            "cases_href": if public { format!("{href}/cases") } else { String::new() }, "open": open,
            "closed_text": closed(&visit, def),
        },
        "draft": draft, "who": shapes::who(&visit, def), "sees": shapes::case_publicity(&visit, def),
        "author_shown": shapes::author_shown(&visit, def),
        "clocks": def.clocks.iter().map(|c| clock(&visit, def, c)).collect::<Vec<_>>(),
        "diagram": diagram::diagram(def, visit.locale, None),
        "rows": diagram::table(def).iter().filter_map(|row| path(&visit, def, row)).collect::<Vec<_>>(),
        "parties": def.parties.iter().map(party).collect::<Vec<_>>(),
        "grounds": def.grounds.iter().map(ground).collect::<Vec<_>>(),
        "thresholds": def.thresholds.iter().map(threshold).collect::<Vec<_>>(),
        "numbers": numbers(&figures), "funnel": funnel(&figures),
        "figures_href": visit.url(&format!("/figures/services/{}?range=all", def.id)),
    }))
}

/// How it went so far; null before the first case.
fn numbers(figures: &Brief) -> Value {
    let counts = &figures.counts;
    if counts.received == 0 {
        return Value::Null;
    }
    json!({ "filed": counts.received, "answered": counts.answered, "open": counts.open, "overdue": counts.overdue })
}

fn funnel(figures: &Brief) -> Vec<Value> {
    if figures.counts.received == 0 {
        return Vec::new();
    }
    figures.funnel.iter().map(|stage| json!({ "name": stage.name, "count": stage.count })).collect()
}

/// Why nothing can be filed now.
fn closed(visit: &Visit, def: &Definition) -> String {
    let today = visit.ctx.now.kst_date();
    let day = |date: jiff::civil::Date| i18n::date(&date.to_string(), visit.locale);
    match (def.filing.opens, def.filing.closes) {
        (Some(opens), _) if today < opens => words(visit, "services-opens", &[("date", day(opens).into())]),
        (_, Some(closes)) if closes < today => words(visit, "services-closed-on", &[("date", day(closes).into())]),
        _ => words(visit, "services-shut", &[]),
    }
}

fn clock(visit: &Visit, def: &Definition, clock: &Clock) -> Value {
    let who = words(visit, "services-whose-time", &[("who", shapes::party(visit, def, &clock.who).into())]);
    let extension = clock.extension.as_ref().map_or_else(String::new, |extension| {
        let mut longer = clock.clone();
        let unit = match &clock.within {
            madang_form::Within::All { unit, .. } => Some(*unit),
            madang_form::Within::ByChoice { values, .. } => values.first().map(|(_, _, unit)| *unit),
        };
        if let Some(unit) = unit {
            longer.within = madang_form::Within::All { amount: extension.amount, unit };
        }
        let term = timeline::term(&longer, visit.locale);
        words(visit, "services-extension", &[("term", term.into()), ("n", i64::from(extension.times).into())])
    });
    json!({
        "name": clock.name, "term": timeline::term(clock, visit.locale), "who": who,
        "silence": shapes::silence(visit, &clock.silence), "extension": extension, "basis": clock.basis,
    })
}

fn path(visit: &Visit, def: &Definition, row: &TableRow) -> Option<Value> {
    let by: Vec<String> = row.by.iter().map(|party| shapes::party(visit, def, party)).collect();
    let needs: Vec<String> = row.needs.iter().map(|need| need_words(visit, def, need)).collect();
    Some(json!({
        "from": def.state(&row.from)?.name, "step": def.step(&row.step)?.name, "to": def.state(&row.to)?.name,
        "by": by.join(", "), "needs": needs.join(", "),
    }))
}

fn need_words(visit: &Visit, def: &Definition, need: &Need) -> String {
    match need {
        Need::Field(id) => def.field(id).map_or_else(|| id.clone(), |field| field.name.get(visit.locale).to_owned()),
        other => words(visit, &format!("need-{}", other.code()), &[]),
    }
}
