//! A case's events against its leaves, and the tables that follow from the events.

use std::collections::BTreeMap;

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_form::timeline;
use madang_kernel::ledger::Audited;
use madang_kernel::log_audit::{Row, Said, unreadable};

use super::store as own;
use crate::context::Cases;
use crate::model::{CaseEvent, CaseFile, CaseId, EventKind};
use crate::service::clocks;
use crate::store::agency::AgencyRole;
use crate::{record, store};

/// Every event has its leaf and every leaf its event. Gives the events that can be read; none when one cannot.
pub(super) fn check(
    tx: &mut Tx,
    row: &Row<'_>,
    case: &str,
    said: &[Said],
    audited: &mut Audited,
) -> Result<Option<Vec<CaseEvent>>> {
    let Ok(id) = case.parse::<CaseId>() else { return Ok(None) };
    let mut leaves: BTreeMap<i64, &Said> = said.iter().filter_map(|said| Some((said.number("no")?, said))).collect();
    let erasing = said.iter().rev().find(|said| said.kind == "case.erased" && said.fields.contains_key("events"));
    let erased_no = erasing.and_then(|said| said.number("no")).unwrap_or(0);
    let (mut rows, mut whole) = (Vec::new(), true);
    for no in own::events(tx, case)? {
        audited.looked("case_event");
        let event = match store::event::get(tx, id, no) {
            Ok(event) => event.ok_or_else(|| Error::internal("an event that is and is not there"))?,
            Err(error) => {
                let leaf = leaves.remove(&no).and_then(|said| said.leaf);
                audited.differs(row.differs(&format!("event {no}"), "an event", unreadable(&error), leaf));
                whole = false;
                continue;
            }
        };
        match leaves.remove(&no) {
            // Its words are gone; what stayed is in the leaf of the erasure.
            Some(said) if no < erased_no => plain(row, said, &event, audited),
            Some(said) => one(tx, row, said, &event, audited)?,
            None if older(said, &event) => audited.uncovered(row.table),
            None => {
                let found = format!("{} at {}", event.kind, event.at.rfc3339());
                audited.differs(row.differs(&format!("event {no}"), "none", found, None));
            }
        }
        rows.push(event);
    }
    for (no, said) in leaves {
        audited.differs(row.differs(&format!("event {no}"), &said.kind, "none", said.leaf));
    }
    if let Some(said) = erasing {
        let before: Vec<CaseEvent> = rows.iter().filter(|event| event.no < erased_no).cloned().collect();
        row.opens(tx, said, "events", &record::events(&before)?, audited)?;
    }
    Ok(whole.then_some(rows))
}

/// Erasing and moving to another version had no number in the log before it had records.
fn older(said: &[Said], event: &CaseEvent) -> bool {
    let kind = match event.kind {
        EventKind::Erased => "case.erased",
        EventKind::Migrated => "case.migrated",
        _ => return false,
    };
    said.iter().any(|said| said.kind == kind && said.at == event.at.micros() && !said.fields.contains_key("no"))
}

/// The whole event, by its digest; then what stands in the leaf in plain, and the texts by their own digests.
fn one(tx: &mut Tx, row: &Row<'_>, said: &Said, event: &CaseEvent, audited: &mut Audited) -> Result<()> {
    if said.fields.contains_key("body") {
        let what = Row { name: &format!("{} event {}", row.name, event.no), ..*row };
        what.opens(tx, said, "body", &record::event(event)?, audited)?;
    } else {
        audited.uncovered(row.table);
    }
    plain(row, said, event, audited);
    let input = event.body.input.as_ref();
    let texts = [
        ("text", event.body.text.as_str()),
        ("about", event.body.about.as_str()),
        ("answer", input.map(|input| input.answer.as_str()).unwrap_or_default()),
        ("reason", input.map(|input| input.reason.as_str()).unwrap_or_default()),
    ];
    let what = Row { name: &format!("{} event {}", row.name, event.no), ..*row };
    for (field, text) in texts {
        if said.fields.contains_key(field) {
            what.opens(tx, said, field, text, audited)?;
        }
    }
    Ok(())
}

/// What the leaf says in plain.
fn plain(row: &Row<'_>, said: &Said, event: &CaseEvent, audited: &mut Audited) {
    let word = |field: &str| said.text(field).and_then(|word| word.rsplit_once('/')).map(|(_, word)| word.to_owned());
    let mut differ = |what: &str, expected: Option<String>, found: Option<String>| {
        if expected != found {
            let spell = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
            let what = format!("event {} {what}", event.no);
            audited.differs(row.differs(&what, spell(expected), spell(found), said.leaf));
        }
    };
    differ("at", Some(said.at.to_string()), Some(event.at.micros().to_string()));
    differ("step", word("step"), event.step.clone());
    // By the act that makes a case public its leaf also says where the case stands.
    if event.to_state.is_some() {
        differ("state", word("state"), event.to_state.clone());
    }
    let organisation = said.text("organisation").and_then(|organisation| organisation.strip_prefix("organisation:"));
    if said.kind != "case.filed" {
        differ("organisation", organisation.map(str::to_owned), event.organisation.map(|id| id.to_string()));
        differ("count", said.number("count").map(|n| n.to_string()), event.body.count.map(|n| n.to_string()));
    }
}

/// Questions, stays and clocks, from the events. The events themselves have been compared.
pub(super) fn folded(
    tx: &mut Tx,
    cases: &Cases,
    row: &Row<'_>,
    case: &CaseFile,
    events: &[CaseEvent],
    audited: &mut Audited,
) -> Result<()> {
    questions(tx, row, case, events, audited)?;
    stays(tx, row, case, events, audited)?;
    runs(tx, cases, row, case, events, audited)
}

fn questions(tx: &mut Tx, row: &Row<'_>, case: &CaseFile, events: &[CaseEvent], audited: &mut Audited) -> Result<()> {
    let asked: Vec<_> = events.iter().filter(|event| event.kind == EventKind::Asked).collect();
    let mut replied = events.iter().filter(|event| event.kind == EventKind::Replied).peekable();
    let stand = store::question::of_case(tx, case.id)?;
    let row = Row { table: "case_question", ..*row };
    if stand.len() != asked.len() {
        audited.differs(row.differs("questions", asked.len(), stand.len(), None));
        return Ok(());
    }
    for (at, (question, event)) in stand.iter().zip(&asked).enumerate() {
        audited.looked("case_question");
        let until = asked.get(at + 1).map(|next| next.no);
        let reply = replied.next_if(|reply| until.is_none_or(|until| reply.no < until));
        let what = format!("question {}", question.no);
        let text = |event: &CaseEvent| if case.erased_at.is_some() { None } else { Some(event.body.text.clone()) };
        let own = |text: &str| if case.erased_at.is_some() { None } else { Some(text.to_owned()) };
        let expected = (event.at, text(event), reply.map(|reply| (reply.at, text(reply))));
        let answered = question.replied_at.map(|at| (at, own(question.reply.as_deref().unwrap_or_default())));
        let found = (question.asked_at, own(&question.text), answered);
        if expected != found {
            audited.differs(row.differs(&what, format!("{expected:?}"), format!("{found:?}"), None));
        }
    }
    Ok(())
}

/// A stay with an agency: whose, in which role, from when to when.
type Stay = (String, &'static str, i64, Option<i64>);

/// Which agencies had the case, from when to when. With whom it began is in no event; without a transfer it is still there.
fn stays(tx: &mut Tx, row: &Row<'_>, case: &CaseFile, events: &[CaseEvent], audited: &mut Audited) -> Result<()> {
    let row = Row { table: "case_agency", ..*row };
    let stand = match store::agency::of_case(tx, case.id) {
        Ok(stand) => stand,
        Err(error) => {
            audited.differs(row.differs("agencies", "agencies", unreadable(&error), None));
            return Ok(());
        }
    };
    let handling = AgencyRole::Handling.code();
    let mut expected: Vec<Stay> = Vec::new();
    let first = match events.iter().any(|event| event.kind == EventKind::Transferred) {
        false => case.agency.map(|id| id.to_string()),
        true => stand.iter().find(|held| held.role == AgencyRole::Handling).map(|held| held.agency.id.to_string()),
    };
    expected.extend(first.map(|agency| (agency, handling, case.filed_at.micros(), None)));
    for event in events {
        let (about, at) = (&event.body.about, event.at.micros());
        let mut end = |which: &dyn Fn(&Stay) -> bool| {
            expected.iter_mut().filter(|stay| stay.3.is_none() && which(stay)).for_each(|stay| stay.3 = Some(at));
        };
        match event.kind {
            EventKind::Transferred => {
                end(&|stay| stay.1 == handling || stay.0 == *about);
                expected.push((about.clone(), handling, at, None));
            }
            EventKind::Joined => expected.push((about.clone(), AgencyRole::Joint.code(), at, None)),
            EventKind::Left => end(&|stay| stay.0 == *about),
            _ => {}
        }
    }
    let of = |held: store::agency::HeldRow| {
        (held.agency.id.to_string(), held.role.code(), held.from.micros(), held.until.map(Time::micros))
    };
    let mut found: Vec<_> = stand.into_iter().map(of).collect();
    found.iter().for_each(|_| audited.looked("case_agency"));
    expected.sort();
    found.sort();
    if expected != found {
        audited.differs(row.differs("agencies", format!("{expected:?}"), format!("{found:?}"), None));
    }
    Ok(())
}

/// Clocks as they run by the events. When one is due also depends on the days off, which may have been learnt later.
fn runs(
    tx: &mut Tx,
    cases: &Cases,
    row: &Row<'_>,
    case: &CaseFile,
    events: &[CaseEvent],
    audited: &mut Audited,
) -> Result<()> {
    let row = Row { table: "case_clock", ..*row };
    let (Ok(version), Some(last)) = (cases.services.version(tx, &case.version), events.last()) else { return Ok(()) };
    let Ok(answers) = case.answers.typed(&version.definition) else { return Ok(()) };
    let happened = clocks::happenings(events);
    let runs = timeline::runs(&version.definition, &answers, &happened, last.at, &cases.days());
    let mut stand = match store::clock::of_case(tx, case.id) {
        Ok(stand) => stand,
        Err(error) => {
            audited.differs(row.differs("clock", "clocks", unreadable(&error), None));
            return Ok(());
        }
    };
    for run in runs.iter().filter(|run| version.definition.clock(&run.clock).is_some()) {
        audited.looked("case_clock");
        let what = format!("clock {}", run.clock);
        let expected = (run.started_at, run.stopped_at);
        let Some(at) = stand.iter().position(|row| row.clock == run.clock) else {
            audited.differs(row.differs(&what, format!("{expected:?}"), "none", None));
            continue;
        };
        let found = stand.swap_remove(at);
        let found = (found.started_at, found.stopped_at);
        if expected != found {
            audited.differs(row.differs(&what, format!("{expected:?}"), format!("{found:?}"), None));
        }
    }
    for extra in stand {
        audited.differs(row.differs(&format!("clock {}", extra.clock), "none", "a clock", None));
    }
    Ok(())
}
