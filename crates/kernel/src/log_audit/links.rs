//! Links against the events that made and removed them.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_db::Tx;

use super::said;
use super::store;
use crate::ledger::{Audit, Audited, Difference};
use crate::object::Ref;

const PAGE: u32 = 200;

/// Every link has the event that made it, and every link that the log has made and not removed is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Links;

impl Audit for Links {
    fn name(&self) -> &'static str {
        "links"
    }

    fn check(&self, tx: &mut Tx, cursor: &str, audited: &mut Audited) -> Result<Option<String>> {
        said::step(tx, cursor, audited, &[&rows, &events])
    }
}

fn rows(tx: &mut Tx, cursor: &str, audited: &mut Audited) -> Result<Option<String>> {
    let mut parts = cursor.splitn(3, '\n').map(str::to_owned);
    let after = [(); 3].map(|()| parts.next().unwrap_or_default());
    let page = store::links(tx, &after, PAGE)?;
    for link in &page {
        audited.looked("link");
        let [source, kind, target] = link;
        let Ok(object) = source.parse::<Ref>() else {
            audited.differs(difference(source, kind, target, "none", "a link of what is no object", None));
            continue;
        };
        let (state, said_at, leaf) = stands(tx, &object)?.remove(&(kind.clone(), target.clone())).unwrap_or_default();
        let at = store::link_at(tx, link)?;
        if state != "linked" {
            let expected = if state.is_empty() { "never linked" } else { state };
            audited.differs(difference(source, kind, target, expected, "linked", leaf));
        } else if at != Some(said_at) {
            let spell = |at: i64| format!("linked at {at}");
            audited.differs(difference(source, kind, target, &spell(said_at), &spell(at.unwrap_or(0)), leaf));
        }
    }
    match page.last() {
        Some(last) if page.len() == PAGE as usize => Ok(Some(last.join("\n"))),
        _ => Ok(None),
    }
}

fn events(tx: &mut Tx, object: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = store::linked(tx, object, PAGE)?;
    for source in &page {
        let Ok(object) = source.parse::<Ref>() else { continue };
        for ((kind, target), (state, _, leaf)) in stands(tx, &object)? {
            let link = [source.clone(), kind, target];
            if state == "linked" && store::link_at(tx, &link)?.is_none() {
                audited.differs(difference(&link[0], &link[1], &link[2], "linked", "none", leaf));
            }
        }
    }
    Ok(page.last().filter(|_| page.len() == PAGE as usize).cloned())
}

type Ends = BTreeMap<(String, String), (&'static str, i64, Option<u64>)>;

/// How the links of a source stand by its events: by type and target, whether linked, when, by which leaf.
fn stands(tx: &mut Tx, source: &Ref) -> Result<Ends> {
    let mut out = Ends::new();
    for said in said::events(tx, source)? {
        let state = match said.kind.as_str() {
            "link.added" => "linked",
            "link.removed" => "removed",
            _ => continue,
        };
        if let (Some(kind), Some(target)) = (said.text("type"), said.text("target")) {
            out.insert((kind.to_owned(), target.to_owned()), (state, said.at, said.leaf));
        }
    }
    Ok(out)
}

fn difference(source: &str, kind: &str, target: &str, expected: &str, found: &str, leaf: Option<u64>) -> Difference {
    Difference {
        by: "links",
        what: format!("link {kind} {target}"),
        object: source.to_owned(),
        name: String::new(),
        expected: expected.to_owned(),
        found: found.to_owned(),
        leaf,
    }
}
