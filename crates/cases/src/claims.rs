//! What the site says of its public cases, for the public export; [`recount`](crate::recount) checks it against the log.
//!
//! A claim is as of the head of the change feed in its transaction: what waits for a position is not in it yet. It holds
//! nothing that a page does not show: breakdowns have their small cells hidden.

use jiff::ToSpan as _;
use jiff::civil::Date;
use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_kernel::{change, digest, ledger};
use serde::{Deserialize, Serialize};

use crate::context::Cases;
use crate::model::EventBody;
use crate::recount::NAME;
use crate::recount::claim::{Claim, Entry};
use crate::store::claim as store;
use crate::support;

/// Claims of cases.
#[derive(Clone)]
pub struct Claims {
    cases: Cases,
}

impl std::fmt::Debug for Claims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claims").finish_non_exhaustive()
    }
}

impl Claims {
    #[must_use]
    pub fn new(cases: Cases) -> Self {
        Self { cases }
    }
}

/// The months `2026-11` begins and ends at these instants, in Korea.
fn span(month: &str) -> Result<(Time, Time)> {
    let wrong = || Error::invalid("export.month").arg("value", month);
    let first: Date = format!("{month}-01").parse().map_err(|_| wrong())?;
    let next = first.checked_add(1.month()).map_err(|_| wrong())?;
    Ok((Time::at_kst_midnight(first), Time::at_kst_midnight(next)))
}

fn month_of(time: Time) -> String {
    let date = time.kst_date();
    format!("{:04}-{:02}", date.year(), date.month())
}

impl ledger::Claims for Claims {
    fn name(&self) -> &'static str {
        NAME
    }

    fn page(&self, tx: &mut Tx, month: &str, cursor: &str, limit: u32) -> Result<Vec<(String, String)>> {
        let span = span(month)?;
        let after = match cursor.split_once('.') {
            Some((at, id)) => (Time::from_micros(at.parse().map_err(Error::internal)?), id),
            None => (Time::from_micros(0), ""),
        };
        let position = u64::try_from(change::head(tx)?).map_err(Error::internal)?;
        let mut lines = Vec::new();
        for case in store::page(tx, span, after, limit)? {
            let cursor = format!("{}.{}", case.filed_at.micros(), case.id);
            // A case of which the log does not know yet that it is public has an empty line: the page goes on from it.
            let line = match claim(tx, &self.cases, &case, position)? {
                Some(claim) => serde_json::to_string(&claim).map_err(Error::internal)?,
                None => String::new(),
            };
            lines.push((cursor, line));
        }
        Ok(lines)
    }

    fn months(&self, tx: &mut Tx) -> Result<Vec<String>> {
        let mut months = Vec::new();
        let mut from = Time::from_micros(i64::MIN);
        while let Some(filed) = store::first_from(tx, from)? {
            let month = month_of(filed);
            (_, from) = span(&month)?;
            months.push(month);
        }
        Ok(months)
    }
}

/// What opens what supporters stated, for an auditor.
#[derive(Clone, Copy, Debug, Default)]
pub struct Salts;

#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    fields: GivenFields<'a>,
}

#[derive(Deserialize)]
struct GivenFields<'a> {
    who: &'a str,
    stated: Option<&'a str>,
}

/// One line for the auditor.
#[derive(Serialize)]
struct Salt<'a> {
    digest: &'a str,
    field: &'static str,
    salt: &'a str,
    value: &'a str,
}

impl ledger::Openers for Salts {
    fn name(&self) -> &'static str {
        NAME
    }

    fn page(&self, tx: &mut Tx, position: u64, limit: u32) -> Result<(Vec<String>, Option<u64>)> {
        let position = i64::try_from(position).map_err(Error::internal)?;
        let given = store::given(tx, position, limit)?;
        let next = given.last().map(|last| u64::try_from(last.position).map_err(Error::internal)).transpose()?;
        let mut lines = Vec::new();
        for support in given {
            let event: Given<'_> = serde_json::from_str(&support.json).map_err(Error::internal)?;
            let Some(digest) = event.fields.stated.and_then(|stated| stated.strip_prefix("sha256:")) else { continue };
            let who = event.fields.who.trim_start_matches("nullifier:");
            let case = support.object.trim_start_matches("case:");
            let Some((region, age, salt)) = store::statement(tx, case, who, digest)? else { continue };
            let value = format!("{} {}", region.as_deref().unwrap_or("-"), age.as_deref().unwrap_or("-"));
            // Who gives again may state something else; what counts is what was stated first.
            let opened = digest::unhex(&salt).map(|salt| digest::sha256(&[&salt, value.as_bytes()].concat()));
            if opened.as_deref() == Some(digest) {
                let line = Salt { digest, field: "stated", salt: &salt, value: &value };
                lines.push(serde_json::to_string(&line).map_err(Error::internal)?);
            }
        }
        Ok((lines, next))
    }
}

#[derive(Deserialize)]
struct Waiting {
    kind: String,
    fields: Fields,
}

#[derive(Deserialize)]
struct Fields {
    no: Option<i64>,
    version: Option<String>,
}

/// None while the act by which the case became public waits for its position.
fn claim(tx: &mut Tx, cases: &Cases, case: &store::Public, position: u64) -> Result<Option<Claim>> {
    let reference = format!("case:{}", case.id);
    let mut first_waiting = i64::MAX;
    for (_, json) in ledger::pending(tx, &reference.parse()?)? {
        let waiting: Waiting = serde_json::from_str(&json).map_err(Error::internal)?;
        first_waiting = first_waiting.min(waiting.fields.no.unwrap_or(i64::MAX));
        if waiting.fields.version.is_some() && waiting.kind != "case.migrated" {
            return Ok(None);
        }
    }
    let (mut version, mut state, mut later) = (case.version.clone(), case.state.clone(), false);
    let mut history = Vec::new();
    for event in store::history(tx, &case.id)? {
        if event.no >= first_waiting {
            later = true;
            continue;
        }
        let moved_to = match event.kind.as_str() {
            "migrated" => Some(serde_json::from_str::<EventBody>(&event.body).map_err(Error::internal)?.about),
            _ => None,
        };
        history.push(Entry {
            no: u64::try_from(event.no).map_err(Error::internal)?,
            at: event.at.micros(),
            step: event.step,
            state: event.to_state,
            version: moved_to,
        });
    }
    if later {
        // The row is ahead of the feed.
        let last = history.iter().rev().find_map(|entry| entry.state.clone());
        state = last.unwrap_or(state);
        let last = history.iter().rev().find_map(|entry| entry.version.clone());
        version = last.unwrap_or(version);
    }
    let service = cases.services.version(tx, &version)?;
    let counts = support::claimed(tx, &case.id, &service.definition)?;
    Ok(Some(Claim {
        case: reference,
        number: case.number.clone(),
        service: case.service.clone(),
        version,
        state,
        total: counts.total,
        days: counts.days,
        regions: counts.regions,
        ages: counts.ages,
        thresholds: counts.thresholds,
        history,
        position,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_and_ends_in_korea() {
        let (from, until) = span("2026-12").unwrap();
        assert_eq!(from.rfc3339(), "2026-11-30T15:00:00.000000Z");
        assert_eq!(until.rfc3339(), "2026-12-31T15:00:00.000000Z");
        assert_eq!(
            (month_of(from), month_of(Time::from_micros(until.micros() - 1))),
            ("2026-12".into(), "2026-12".into())
        );
        for bad in ["", "2026", "2026-13", "2026-1", "2026-11-01", "../../etc"] {
            assert!(span(bad).is_err(), "{bad}");
        }
    }
}
