//! Threads: typed links between any two objects, and the walk along them.
//!
//! These functions check no permission: whether somebody may link a commitment is known to the domain that owns it. A
//! link is a public fact; both ends are references that anybody may see.

mod store;

use std::collections::{BTreeMap, VecDeque};

use madang_base::{Error, Result, Time};
use madang_db::Tx;

use crate::actor::AccountId;
use crate::coded;
use crate::ctx::Ctx;
use crate::kinds;
use crate::ledger::{self, Event, Kind};
use crate::object::Ref;

coded! {
    /// What the source is to the target. Read "source *became* target".
    pub enum LinkType("link.type-unknown") {
        Became = "became",
        MergedInto = "merged-into",
        Answers = "answers",
        EvidenceOf = "evidence-of",
        DecidedBy = "decided-by",
        Implements = "implements",
        Measures = "measures",
    }
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub source: Ref,
    pub link_type: LinkType,
    pub target: Ref,
    pub at: Time,
    pub by: Option<AccountId>,
}

impl Link {
    /// Whether it starts at `here`.
    #[must_use]
    pub fn outgoing(&self, here: &Ref) -> bool {
        self.source == *here
    }

    /// The end that is not `here`.
    #[must_use]
    pub fn other(&self, here: &Ref) -> &Ref {
        if self.outgoing(here) { &self.target } else { &self.source }
    }
}

/// What a walk found: the objects in the order of their distance, the start first with 0, and the links between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    pub objects: Vec<(Ref, u32)>,
    pub links: Vec<Link>,
}

/// Links two objects and tells the ledger. Returns false when they were linked so already.
///
/// # Errors
/// `Kind::Invalid` with code `link.self` when both ends are the same, `object.reference` when one is no reference.
pub fn link_add(tx: &mut Tx, ctx: &Ctx, source: &Ref, link_type: LinkType, target: &Ref) -> Result<bool> {
    source.check()?;
    target.check()?;
    if source == target {
        return Err(Error::invalid("link.self"));
    }
    let link = Link { source: source.clone(), link_type, target: target.clone(), at: ctx.now, by: ctx.account() };
    if !store::insert(tx, &link)? {
        return Ok(false);
    }
    ledger::append(tx, ctx, event(&kinds::LINK_ADDED, &link))?;
    Ok(true)
}

/// Removes a link and tells the ledger. Returns false when there was none.
///
/// # Errors
/// Those of the database.
pub fn link_remove(tx: &mut Tx, ctx: &Ctx, source: &Ref, link_type: LinkType, target: &Ref) -> Result<bool> {
    if !store::delete(tx, source, link_type, target)? {
        return Ok(false);
    }
    let link = Link { source: source.clone(), link_type, target: target.clone(), at: ctx.now, by: ctx.account() };
    ledger::append(tx, ctx, event(&kinds::LINK_REMOVED, &link))?;
    Ok(true)
}

/// All links of an object, in both directions, oldest first.
///
/// # Errors
/// Those of the database.
pub fn links_of(tx: &mut Tx, object: &Ref) -> Result<Vec<Link>> {
    store::of_object(tx, object)
}

/// Walks the links from `start`, nearest first, until `most` objects are known.
///
/// # Errors
/// Those of the database.
pub fn thread(tx: &mut Tx, start: &Ref, most: usize) -> Result<Thread> {
    let mut distance = BTreeMap::from([(start.clone(), 0)]);
    let mut found = Thread { objects: vec![(start.clone(), 0)], links: Vec::new() };
    let mut next = VecDeque::from([start.clone()]);
    while let Some(here) = next.pop_front() {
        let far = distance.get(&here).map_or(0, |d| d + 1);
        for link in links_of(tx, &here)? {
            let other = link.other(&here).clone();
            if !distance.contains_key(&other) {
                if found.objects.len() >= most {
                    continue;
                }
                distance.insert(other.clone(), far);
                found.objects.push((other.clone(), far));
                next.push_back(other);
            }
            if !found.links.contains(&link) {
                found.links.push(link);
            }
        }
    }
    Ok(found)
}

fn event(kind: &'static Kind, link: &Link) -> Event {
    Event::public(kind, link.source.clone()).with("type", link.link_type.code()).with("target", &link.target)
}
