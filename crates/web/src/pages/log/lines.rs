//! Records as lists show them: newest first, what is closed in one line for a whole run.

use std::collections::BTreeSet;

use madang_http::Visit;
use madang_kernel::log::Leaf;
use madang_kernel::{ObjectKind, Ref};
use serde_json::{Value, json};

use super::names::Names;
use super::{count, kinds, leaf_href};

/// What a record is about, for people: a report is about its milestone.
#[must_use]
pub fn about(leaf: &Leaf) -> Option<Ref> {
    let object = leaf.object.clone()?;
    if !matches!(object.kind, ObjectKind::Update | ObjectKind::Assessment | ObjectKind::Round) {
        return Some(object);
    }
    let fields = serde_json::from_str::<Value>(&leaf.entry).ok().map(|mut entry| entry["fields"].take());
    let named = |name: &str| fields.as_ref()?[name].as_str()?.parse::<Ref>().ok();
    named("milestone").or_else(|| named("commitment")).or_else(|| named("plan")).or(Some(object))
}

/// What the records are about, each once.
#[must_use]
pub fn refs(leaves: &[Leaf]) -> BTreeSet<Ref> {
    leaves.iter().filter_map(about).collect()
}

/// The lines of a list. `leaves` come newest first; on the page of an object (`here`) it is not named again.
#[must_use]
pub fn shown(visit: &Visit, leaves: &[Leaf], names: &Names, here: Option<&Ref>) -> Vec<Value> {
    let mut lines: Vec<Value> = Vec::new();
    let mut at = 0;
    while let Some(leaf) = leaves.get(at) {
        let run = if leaf.public { 1 } else { leaves[at..].iter().take_while(|leaf| !leaf.public).count() };
        lines.push(if leaf.public {
            open(visit, leaf, names, here)
        } else {
            closed(visit, leaf, leaves[at + run - 1].index)
        });
        at += run;
    }
    lines
}

fn open(visit: &Visit, leaf: &Leaf, names: &Names, here: Option<&Ref>) -> Value {
    let about = about(leaf).filter(|one| Some(one) != here).map(|one| names.of(visit, &one)).unwrap_or_default();
    json!({
        "index": count(leaf.index), "href": leaf_href(visit, leaf.index), "words": kinds::named(visit, &leaf.kind),
        "about": about.name, "about_href": about.href, "at": leaf.at.micros(), "more": 0,
    })
}

fn closed(visit: &Visit, newest: &Leaf, oldest: u64) -> Value {
    json!({
        "index": count(newest.index), "href": leaf_href(visit, newest.index), "at": null,
        "more": count(newest.index - oldest), "last": count(oldest),
    })
}
