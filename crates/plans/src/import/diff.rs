//! What a new version of a plan changes in an old one: pure comparison of two files.

use std::collections::BTreeMap;

use madang_base::LocalizedText;
use madang_kernel::coded;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::file::{Commitment, Counts, Indicator, PlanFile, Theme};
use crate::id;

coded! {
    /// What a line of a difference is about.
    pub enum ItemKind("plan.item-kind-unknown") {
        Plan = "plan",
        Agency = "agency",
        Theme = "theme",
        Commitment = "commitment",
        Milestone = "milestone",
        Indicator = "indicator",
        Value = "value",
    }
}

/// A thing of a plan by its kind, id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    pub kind: ItemKind,
    /// `kr-2021/2.1/3`; of an agency its slug.
    pub id: String,
    pub name: LocalizedText,
}

/// One field of a changed thing; texts in several languages are compared language by language (`name.ko`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A changed thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    #[serde(flatten)]
    pub item: Item,
    pub fields: Vec<FieldChange>,
}

/// What would change, in the order of the new file; removed things in the order of the old one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    pub plan: String,
    /// There is no plan with this id yet.
    pub new: bool,
    pub added: Vec<Item>,
    pub changed: Vec<Change>,
    /// What the new file no longer has: it is retired, that is hidden, and its history stays.
    pub removed: Vec<Item>,
    pub unchanged: usize,
    pub counts: Counts,
}

impl Diff {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// A thing with its fields, flat.
struct Flat {
    item: Item,
    fields: BTreeMap<String, String>,
}

/// Compares. Values of indicators that the new file does not have are kept: they were reported, not planned.
#[must_use]
pub fn diff(old: Option<&PlanFile>, new: &PlanFile) -> Diff {
    let before = old.map(flatten).unwrap_or_default();
    let after = flatten(new);
    let mut found = Diff { plan: new.plan.id.clone(), new: old.is_none(), counts: new.counts(), ..Diff::default() };
    compare(before, after, &mut found);
    found
}

/// Compares two versions of one commitment with its milestones and parts.
#[must_use]
pub fn diff_commitment(plan: &str, old: &Commitment, new: &Commitment) -> Diff {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    flatten_commitment(plan, "", None, old, &mut before);
    flatten_commitment(plan, "", None, new, &mut after);
    let mut found = Diff { plan: plan.to_owned(), ..Diff::default() };
    compare(before, after, &mut found);
    found
}

fn compare(before: Vec<Flat>, after: Vec<Flat>, found: &mut Diff) {
    let key = |flat: &Flat| (flat.item.kind, flat.item.id.clone());
    let order: Vec<_> = before.iter().map(key).collect();
    let mut old: BTreeMap<_, Flat> = before.into_iter().map(|flat| (key(&flat), flat)).collect();
    for flat in after {
        match old.remove(&key(&flat)) {
            None => found.added.push(flat.item),
            Some(was) if was.fields == flat.fields => found.unchanged += 1,
            Some(was) => {
                let names: std::collections::BTreeSet<&String> = was.fields.keys().chain(flat.fields.keys()).collect();
                let fields = names
                    .into_iter()
                    .filter(|name| was.fields.get(*name) != flat.fields.get(*name))
                    .map(|name| FieldChange {
                        field: name.clone(),
                        before: was.fields.get(name).cloned(),
                        after: flat.fields.get(name).cloned(),
                    })
                    .collect();
                found.changed.push(Change { item: flat.item, fields });
            }
        }
    }
    for key in order {
        if let Some(flat) = old.remove(&key)
            && flat.item.kind != ItemKind::Value
        {
            found.removed.push(flat.item);
        }
    }
}

fn flatten(file: &PlanFile) -> Vec<Flat> {
    let plan = file.plan.id.as_str();
    let mut all = vec![flat(ItemKind::Plan, plan, &file.plan.name, &file.plan, &[])];
    for agency in &file.agency {
        all.push(flat(ItemKind::Agency, &agency.id, &agency.name, agency, &[]));
    }
    for theme in &file.theme {
        all.push(flat(ItemKind::Theme, &id::commitment(plan, &theme.id), &theme.name, theme, &["commitment"]));
        let Theme { id: theme_id, commitment, .. } = theme;
        for commitment in commitment {
            flatten_commitment(plan, theme_id, None, commitment, &mut all);
        }
    }
    for indicator in &file.indicator {
        flatten_indicator(plan, indicator, &mut all);
    }
    all
}

fn flatten_commitment(plan: &str, theme: &str, parent: Option<&str>, commitment: &Commitment, all: &mut Vec<Flat>) {
    let own = id::commitment(plan, &commitment.number);
    let mut entry = flat(ItemKind::Commitment, &own, &commitment.name, commitment, &["milestone", "part"]);
    if !theme.is_empty() {
        entry.fields.insert("theme".to_owned(), theme.to_owned());
    }
    if let Some(parent) = parent {
        entry.fields.insert("parent".to_owned(), parent.to_owned());
    }
    all.push(entry);
    for milestone in &commitment.milestone {
        all.push(flat(ItemKind::Milestone, &id::milestone(&own, &milestone.number), &milestone.title, milestone, &[]));
    }
    for part in &commitment.part {
        flatten_commitment(plan, theme, Some(&commitment.number), part, all);
    }
}

fn flatten_indicator(plan: &str, indicator: &Indicator, all: &mut Vec<Flat>) {
    let own = id::indicator(plan, &indicator.id);
    all.push(flat(ItemKind::Indicator, &own, &indicator.name, indicator, &["values"]));
    for value in &indicator.values {
        let key = format!("{own}@{}@{}", value.date, value.agency.as_deref().unwrap_or(""));
        all.push(flat(ItemKind::Value, &key, &indicator.name, value, &[]));
    }
}

fn flat(kind: ItemKind, id: &str, name: &LocalizedText, record: &impl Serialize, without: &[&str]) -> Flat {
    let mut fields = BTreeMap::new();
    if let Ok(Json::Object(map)) = serde_json::to_value(record) {
        for (key, value) in map.into_iter().filter(|(key, _)| !without.contains(&key.as_str())) {
            field(key, value, &mut fields);
        }
    }
    Flat { item: Item { kind, id: id.to_owned(), name: name.clone() }, fields }
}

fn field(name: String, value: Json, fields: &mut BTreeMap<String, String>) {
    match value {
        Json::Null => {}
        Json::String(text) => {
            fields.insert(name, text);
        }
        Json::Object(map) if is_text(&map) => {
            for (tag, text) in map {
                field(format!("{name}.{tag}"), text, fields);
            }
        }
        other => {
            fields.insert(name, other.to_string());
        }
    }
}

/// Whether an object is a text in several languages.
fn is_text(map: &Map<String, Json>) -> bool {
    map.iter().all(|(tag, text)| text.is_string() && tag.len() == 2)
}
