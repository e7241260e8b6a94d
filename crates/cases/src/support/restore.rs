//! Supports that a database has lost and the log still has: `ledger recover`.
//!
//! A support's event says who (as a nullifier), when and by which way, so the row can be written again, and nobody signs a
//! second time. Region, age band, network, batch and burst stand in no leaf and stay empty. A case that was filed after the
//! backup is not known here any more; its events stay in the feed and count for nothing.
//!
//! While the log was held people may have acted again on a database that had forgotten what they did. What waits of them
//! in the inbox is held against what the log has: an act that changes nothing any more (giving what is given) is taken out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_kernel::sequencer::{self, Placed};
use serde::Deserialize;

use super::fold::step;
use super::{Status, store};
use crate::kinds;
use crate::model::{CaseId, Channel};

#[derive(Deserialize)]
struct Leaf<'a> {
    at: i64,
    #[serde(borrow)]
    fields: Fields<'a>,
}

#[derive(Deserialize)]
struct Fields<'a> {
    who: &'a str,
    day: &'a str,
    channel: Option<&'a str>,
}

/// Where a person stands in a case.
#[derive(Clone)]
struct Stand {
    status: Status,
    /// When it was given.
    at: Time,
    channel: Channel,
}

impl Stand {
    /// After one more act. None when the act does not fit: it gives what is given, or takes what is not.
    fn after(before: Option<&Self>, kind: &str, leaf: &Leaf<'_>) -> Result<Option<Self>> {
        let from = before.map(|stand| stand.status);
        let (status, fits) = if kind == kinds::SUPPORT_GIVEN.name {
            (Status::Given, matches!(from, None | Some(Status::Withdrawn)))
        } else if kind == kinds::SUPPORT_RESTORED.name {
            (Status::Given, matches!(from, None | Some(Status::Excluded)))
        } else if kind == kinds::SUPPORT_WITHDRAWN.name {
            (Status::Withdrawn, matches!(from, None | Some(Status::Given)))
        } else {
            (Status::Excluded, matches!(from, None | Some(Status::Given)))
        };
        if !fits {
            return Ok(None);
        }
        let at = match before {
            _ if kind == kinds::SUPPORT_GIVEN.name => Time::from_micros(leaf.at),
            Some(before) => before.at,
            None => Time::at_kst_midnight(leaf.fields.day.parse::<Date>().map_err(Error::internal)?),
        };
        let channel = leaf.fields.channel.map(str::parse).transpose()?;
        let channel = channel.or(before.map(|stand| stand.channel)).unwrap_or(Channel::Web);
        Ok(Some(Self { status, at, channel }))
    }
}

fn read(json: &str) -> Result<Leaf<'_>> {
    serde_json::from_str(json).map_err(Error::internal)
}

fn nullifier<'a>(leaf: &Leaf<'a>) -> &'a str {
    leaf.fields.who.strip_prefix("nullifier:").unwrap_or(leaf.fields.who)
}

/// Writes the rows of supports that these events of the stored log tell of.
pub(super) fn restore(tx: &mut Tx, events: &[Placed<'_>]) -> Result<()> {
    let mut cases = BTreeMap::<&str, Vec<&Placed<'_>>>::new();
    for event in events {
        if let (Some(_), Some(case)) = (step(event.kind), event.object.strip_prefix("case:")) {
            cases.entry(case).or_default().push(event);
        }
    }
    for (case, events) in cases {
        if store::about(tx, case)?.is_some() {
            restore_case(tx, case, &events)?;
        }
    }
    Ok(())
}

fn restore_case(tx: &mut Tx, case: &str, events: &[&Placed<'_>]) -> Result<()> {
    let id: CaseId = case.parse()?;
    let waiting = sequencer::pending(tx, &format!("case:{case}"))?;
    let mut acts = BTreeMap::<&str, Vec<(i64, &str, Leaf<'_>)>>::new();
    for act in waiting.iter().filter(|act| step(&act.kind).is_some()) {
        let leaf = read(&act.json)?;
        acts.entry(nullifier(&leaf)).or_default().push((act.id, &act.kind, leaf));
    }
    let mut stands = BTreeMap::<&str, Stand>::new();
    for event in events {
        let leaf = read(event.json)?;
        let who = nullifier(&leaf);
        // Who has not acted since stands as the row says; who has, as the log says from here on.
        let before = match stands.get(who) {
            Some(stand) => Some(stand.clone()),
            None if acts.contains_key(who) => None,
            None => row(tx, id, who)?,
        };
        let after = match Stand::after(before.as_ref(), event.kind, &leaf)? {
            Some(after) => Some(after),
            // The log is right, whatever the row says.
            None => Stand::after(None, event.kind, &leaf)?,
        };
        if let Some(after) = after {
            stands.insert(who, after);
        }
    }
    let people: BTreeSet<&str> = stands.keys().copied().collect();
    for who in people {
        let Some(mut stand) = stands.remove(who) else { continue };
        for (act, kind, leaf) in acts.remove(who).unwrap_or_default() {
            match Stand::after(Some(&stand), kind, &leaf)? {
                Some(after) => stand = after,
                None => sequencer::forget(tx, act)?,
            }
        }
        store::put_back(tx, id, who, (stand.status, stand.at, stand.channel))?;
    }
    Ok(())
}

fn row(tx: &mut Tx, case: CaseId, who: &str) -> Result<Option<Stand>> {
    let held = store::held(tx, case, who)?;
    Ok(held.map(|held| Stand { status: held.status, at: held.at, channel: Channel::Web }))
}
