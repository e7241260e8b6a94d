//! Supports: counted again, and each row against the event that gave it.

use std::collections::HashMap;

use madang_base::Result;
use madang_db::Tx;
use madang_kernel::ledger::{self, Audited, Difference};
use madang_kernel::log_audit::{self, Row, Said};
use madang_kernel::{ObjectKind, Ref, change};
use serde::Deserialize;

use super::{BY, next, store as own};
use crate::context::Cases;
use crate::model::CaseId;
use crate::support::{self, Batch, BurstState, Verified};

const MANY: u32 = 1000;

fn reference(case: &str) -> Ref {
    Ref::new(ObjectKind::Case, case)
}

/// Totals, days, regions, ages, thresholds, and who supports: everything that the recount compares.
pub(super) fn counts(tx: &mut Tx, cases: &Cases, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let position = change::head(tx)?;
    let mut verified = Verified { position, cases: 0, supports: 0, differences: Vec::new() };
    let last = support::some(tx, cases, position, after, &mut verified)?;
    for _ in 0..verified.cases {
        audited.looked("support_count");
    }
    for found in verified.differences {
        let support::Difference { what, case, number, value, expected, found, position } = found;
        audited.differs(Difference {
            by: BY,
            what: if value.is_empty() { what.to_owned() } else { format!("{what} {value}") },
            object: reference(&case).to_string(),
            name: number,
            expected,
            found,
            leaf: position.and_then(|position| u64::try_from(position - 1).ok()),
        });
    }
    Ok(last)
}

/// What the events of one supporter say of the row.
struct Given {
    leaf: Option<u64>,
    at: i64,
    channel: String,
    /// Of the first giving: what was stated then stays.
    stated: Option<String>,
}

#[derive(Deserialize)]
struct Event {
    at: i64,
    fields: Fields,
}

#[derive(Deserialize)]
struct Fields {
    who: String,
    #[serde(default)]
    channel: String,
    stated: Option<String>,
}

/// Channel, time and what the supporter stated.
pub(super) fn rows(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::supported(tx, after, 1)?;
    let Some(case) = page.into_iter().next() else { return Ok(None) };
    let object = reference(&case);
    let name = own::called(tx, &case)?;
    let row = Row { by: BY, table: "support", object: &object, name: &name };
    let outcome = each(tx, &case, &row, audited);
    row.read(outcome, audited)?;
    Ok(Some(case))
}

fn each(tx: &mut Tx, case: &str, row: &Row<'_>, audited: &mut Audited) -> Result<()> {
    let given = given(tx, row.object)?;
    let erased = log_audit::erased_upto(tx, row.object)?;
    let mut from = String::new();
    loop {
        let page = own::supports(tx, case, &from, MANY)?;
        let Some(last) = page.last() else { break };
        from.clone_from(&last.nullifier);
        for support in &page {
            audited.looked("support");
            // A row without an event is found by the recount.
            let Some(given) = given.get(&support.nullifier) else { continue };
            let short = &support.nullifier[..support.nullifier.len().min(12)];
            if given.channel != support.channel {
                audited.differs(row.differs(&format!("row {short}"), &given.channel, &support.channel, given.leaf));
            }
            if given.at != support.at {
                audited.differs(row.differs(&format!("row {short}"), given.at, support.at, given.leaf));
            }
            stated(tx, row, support, given, erased, audited)?;
        }
    }
    Ok(())
}

fn stated(
    tx: &mut Tx,
    row: &Row<'_>,
    support: &own::Support,
    given: &Given,
    erased: Option<u64>,
    audited: &mut Audited,
) -> Result<()> {
    let word = |stated: &Option<String>| stated.clone().unwrap_or_else(|| "-".to_owned());
    let (region, age) = (word(&support.region), word(&support.age_band));
    let digest = given.stated.as_deref().and_then(|digest| digest.strip_prefix("sha256:"));
    match digest {
        None if region == "-" && age == "-" => Ok(()),
        None => {
            let what = format!("row {} stated", &support.nullifier[..support.nullifier.len().min(12)]);
            audited.differs(row.differs(&what, "nothing", format!("{region} {age}"), given.leaf));
            Ok(())
        }
        Some(_) if given.leaf.is_some_and(|leaf| erased.is_some_and(|upto| leaf < upto)) => {
            audited.erased += 1;
            Ok(())
        }
        Some(digest) => {
            let said = Said {
                leaf: given.leaf,
                kind: "support.given".to_owned(),
                at: given.at,
                public: true,
                fields: std::collections::BTreeMap::new(),
            };
            row.opens_digest(tx, &said, "stated", digest, &format!("{region} {age}"), audited).map(drop)
        }
    }
}

/// The givings of a case by nullifier, those that wait for their position too.
fn given(tx: &mut Tx, object: &Ref) -> Result<HashMap<String, Given>> {
    let (mut out, mut after) = (HashMap::new(), 0);
    let head = change::head(tx)?;
    loop {
        let page = change::of_object(tx, object, after, head, MANY)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for event in page.iter().filter(|event| event.kind == support::GIVEN) {
            note(&mut out, u64::try_from(event.position - 1).ok(), &event.json);
        }
    }
    for (kind, json) in ledger::pending(tx, object)? {
        if kind == support::GIVEN {
            note(&mut out, None, &json);
        }
    }
    Ok(out)
}

fn note(out: &mut HashMap<String, Given>, leaf: Option<u64>, json: &str) {
    let Ok(Event { at, fields }) = serde_json::from_str(json) else { return };
    let who = fields.who.strip_prefix("nullifier:").unwrap_or(&fields.who).to_owned();
    let stated = out.remove(&who).map_or(fields.stated, |first: Given| first.stated);
    out.insert(who, Given { leaf, at, channel: fields.channel, stated });
}

/// Lists on paper against the events of their entering and taking back.
pub(super) fn batches(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::with_batches(tx, after, 20)?;
    for case in &page {
        let object = reference(case);
        let name = own::called(tx, case)?;
        let row = Row { by: BY, table: "support_batch", object: &object, name: &name };
        let Ok(id) = case.parse::<CaseId>() else { continue };
        let mut said = log_audit::events(tx, &object)?;
        let batches = match support::batch::list(tx, id) {
            Ok(batches) => batches,
            Err(error) => {
                row.read(Err(error), audited)?;
                continue;
            }
        };
        for batch in batches {
            audited.looked("support_batch");
            let entered = take(&mut said, "support.batch-entered", batch.at.micros(), &batch);
            let what = format!("batch {}", batch.at.rfc3339());
            match entered {
                Some(said) => drop(row.opens(tx, &said, "protocol", &batch.protocol, audited)?),
                None => audited.differs(row.differs(&what, "a batch as an event says", numbers(&batch), None)),
            }
            if let Some(at) = batch.undone_at {
                let kind = "support.batch-undone";
                match said.iter().position(|said| said.kind == kind && said.at == at.micros()) {
                    Some(at) => {
                        let undone = said.swap_remove(at);
                        row.opens(tx, &undone, "reason", &batch.undone_reason, audited)?;
                    }
                    None => audited.differs(row.differs(&what, "not undone", at.rfc3339(), None)),
                }
            }
        }
        for said in said.iter().filter(|said| said.kind.starts_with("support.batch-")) {
            audited.differs(row.differs("batch", &said.kind, "none", said.leaf));
        }
    }
    Ok(next(page, 20))
}

fn numbers(batch: &Batch) -> String {
    let Batch { sheets, accepted, duplicates, refused, .. } = batch;
    format!("{} {sheets} {accepted} {duplicates} {refused}", batch.kind)
}

fn take(said: &mut Vec<Said>, kind: &str, at: i64, batch: &Batch) -> Option<Said> {
    let numbers = [
        ("sheets", batch.sheets),
        ("accepted", batch.accepted),
        ("duplicates", batch.duplicates),
        ("refused", batch.refused),
    ];
    let same = |said: &Said| {
        said.kind == kind
            && said.at == at
            && said.text("kind") == Some(batch.kind.code())
            && numbers.iter().all(|(field, number)| said.number(field) == Some(*number))
    };
    let at = said.iter().position(same)?;
    Some(said.swap_remove(at))
}

/// Bursts on which somebody has decided, against the event of the decision.
pub(super) fn bursts(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::with_bursts(tx, after, 20)?;
    for case in &page {
        let object = reference(case);
        let name = own::called(tx, case)?;
        let row = Row { by: BY, table: "support_burst", object: &object, name: &name };
        let Ok(id) = case.parse::<CaseId>() else { continue };
        let said = log_audit::events(tx, &object)?;
        let bursts = match support::burst::list(tx, id) {
            Ok(bursts) => bursts,
            Err(error) => {
                row.read(Err(error), audited)?;
                continue;
            }
        };
        for burst in bursts {
            let kind = match burst.state {
                BurstState::Excluded => "case.burst-excluded",
                BurstState::Restored => "case.burst-restored",
                BurstState::Kept => "case.burst-kept",
                BurstState::Marked => {
                    audited.uncovered("support_burst");
                    continue;
                }
            };
            audited.looked("support_burst");
            let at = burst.decided_at.map_or(0, madang_base::Time::micros);
            let decided =
                said.iter().find(|said| said.kind == kind && said.at == at && said.number("count") == Some(burst.size));
            let what = format!("burst {}", burst.from.rfc3339());
            match decided {
                Some(said) => drop(row.opens(tx, said, "text", &burst.reason, audited)?),
                None => audited.differs(row.differs(&what, "a decision in the log", burst.state, None)),
            }
        }
    }
    Ok(next(page, 20))
}
