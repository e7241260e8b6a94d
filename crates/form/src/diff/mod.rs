//! What a new version of a definition changes, and how much that matters to cases that are there.
//!
//! A case stays on the version it was filed under until somebody moves it; [`migration`] says what could be moved. How
//! grave a change is stands in `severity`: what takes something away from people or shows more of them than was promised
//! is breaking.

mod severity;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::model::Definition;

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    pub part: Part,
    /// The id of the field, state, … ; empty for parts that a service has once.
    pub id: String,
    #[serde(flatten)]
    pub what: Difference,
    pub severity: Severity,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Service,
    Filing,
    Field,
    Routing,
    Party,
    State,
    Step,
    Clock,
    Support,
    Threshold,
    Ground,
    Template,
    Public,
    Retention,
}

impl Part {
    /// As in the file: `[[field]]`, `[filing]`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Filing => "filing",
            Self::Field => "field",
            Self::Routing => "routing",
            Self::Party => "party",
            Self::State => "state",
            Self::Step => "step",
            Self::Clock => "clock",
            Self::Support => "support",
            Self::Threshold => "threshold",
            Self::Ground => "ground",
            Self::Template => "template",
            Self::Public => "public",
            Self::Retention => "retention",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Difference {
    Added,
    Removed,
    /// `property` is the key of the file; the values are JSON.
    Changed {
        property: String,
        old: Value,
        new: Value,
    },
    /// The same parts in another order.
    Reordered,
}

/// How much a change matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Words, help, order: nobody's case is any different.
    Harmless,
    /// Worth a look before it is applied.
    Notice,
    /// Takes something away from cases or people that are there, or shows more than was promised.
    Breaking,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.part.code())?;
        if !self.id.is_empty() {
            write!(f, " {}", self.id)?;
        }
        match &self.what {
            Difference::Added => f.write_str(" added"),
            Difference::Removed => f.write_str(" removed"),
            Difference::Reordered => f.write_str(" reordered"),
            Difference::Changed { property, old, new } => write!(f, " {property}: {old} → {new}"),
        }
    }
}

/// Every difference between two versions, part by part in the order of the file format.
#[must_use]
pub fn diff(old: &Definition, new: &Definition) -> Vec<Change> {
    let mut changes = Changes { list: Vec::new() };
    let service = |def: &Definition| {
        serde_json::json!({ "id": def.id, "name": def.name, "summary": def.summary, "case_name": def.case_name,
            "basis": def.basis, "number": def.number })
    };
    changes.properties(Part::Service, "", &service(old), &service(new));
    changes.once(Part::Filing, Some(&old.filing), Some(&new.filing));
    changes.many(Part::Field, &old.fields, &new.fields, |field| &field.id);
    changes.once(Part::Routing, Some(&old.routing), Some(&new.routing));
    changes.many(Part::Party, &old.parties, &new.parties, |party| &party.id);
    changes.many(Part::State, &old.states, &new.states, |state| &state.id);
    changes.many(Part::Step, &old.steps, &new.steps, |step| &step.id);
    changes.many(Part::Clock, &old.clocks, &new.clocks, |clock| &clock.id);
    changes.once(Part::Support, old.support.as_ref(), new.support.as_ref());
    changes.many(Part::Threshold, &old.thresholds, &new.thresholds, |threshold| &threshold.id);
    changes.many(Part::Ground, &old.grounds, &new.grounds, |ground| &ground.id);
    changes.many(Part::Template, &old.templates, &new.templates, |template| &template.id);
    changes.once(Part::Public, Some(&old.public), Some(&new.public));
    changes.once(Part::Retention, Some(&old.retention), Some(&new.retention));
    changes.list
}

/// Which states of the old version a case could keep in the new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Migration {
    /// States that both versions have.
    pub kept: Vec<String>,
    /// States that are gone: a case in one of them stays on its version until it has left it.
    pub gone: Vec<String>,
}

#[must_use]
pub fn migration(old: &Definition, new: &Definition) -> Migration {
    let ids = old.states.iter().map(|state| state.id.clone());
    let (kept, gone) = ids.partition(|id| new.state(id).is_some());
    Migration { kept, gone }
}

struct Changes {
    list: Vec<Change>,
}

impl Changes {
    fn note(&mut self, part: Part, id: &str, what: Difference, severity: Severity) {
        self.list.push(Change { part, id: id.to_owned(), what, severity });
    }

    fn many<T: Serialize>(&mut self, part: Part, old: &[T], new: &[T], id: impl Fn(&T) -> &str) {
        for item in old {
            match new.iter().find(|other| id(other) == id(item)) {
                Some(other) => self.properties(part, id(item), &json(item), &json(other)),
                None => self.note(part, id(item), Difference::Removed, severity::removed(part, &json(item))),
            }
        }
        for item in new.iter().filter(|item| !old.iter().any(|other| id(other) == id(item))) {
            self.note(part, id(item), Difference::Added, severity::added(part, &json(item)));
        }
        let common = |list: &[T], other: &[T]| -> Vec<String> {
            let kept = list.iter().filter(|item| other.iter().any(|o| id(o) == id(item)));
            kept.map(|item| id(item).to_owned()).collect()
        };
        if common(old, new) != common(new, old) {
            self.note(part, "", Difference::Reordered, Severity::Harmless);
        }
    }

    fn once<T: Serialize>(&mut self, part: Part, old: Option<&T>, new: Option<&T>) {
        match (old, new) {
            (Some(old), Some(new)) => self.properties(part, "", &json(old), &json(new)),
            (Some(old), None) => self.note(part, "", Difference::Removed, severity::removed(part, &json(old))),
            (None, Some(new)) => self.note(part, "", Difference::Added, severity::added(part, &json(new))),
            (None, None) => {}
        }
    }

    fn properties(&mut self, part: Part, id: &str, old: &Value, new: &Value) {
        let (old, new) = (flat(old), flat(new));
        let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let (before, after) = (old.get(name), new.get(name));
            if before != after {
                let (old, new) = (before.cloned().unwrap_or_default(), after.cloned().unwrap_or_default());
                let severity = severity::changed(part, name, &old, &new);
                self.note(part, id, Difference::Changed { property: name.clone(), old, new }, severity);
            }
        }
    }
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The properties by the keys of the file; those of a field's type stand beside the field's own.
fn flat(value: &Value) -> BTreeMap<String, Value> {
    let mut flat = BTreeMap::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        match (name.as_str(), value) {
            ("id" | "built_in", _) if value.is_string() || value.is_boolean() => {}
            ("kind", Value::Object(kind)) => flat.extend(kind.iter().map(|(name, v)| (key(name), v.clone()))),
            _ => {
                flat.insert(key(name), value.clone());
            }
        }
    }
    flat
}

/// The key of the file for a property of the model.
fn key(name: &str) -> String {
    let key = match name {
        "first_day_counted" => "first-day",
        "end_rolls" => "end",
        "citizen_says" => "says",
        "similar_days" => "similar",
        "pauses_for_question" => "pauses for a question",
        "restarts_on_transfer" => "restarts",
        "personal_days" => "personal",
        "final_" => "final",
        "columns" => "column",
        other => return other.replace('_', "-"),
    };
    key.to_owned()
}
