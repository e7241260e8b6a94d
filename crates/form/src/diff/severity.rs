//! How grave a change is.

use serde_json::Value;

use super::{Part, Severity};
use Severity::{Breaking, Harmless, Notice};

/// From what nobody sees to what everybody sees.
const PUBLICITY: [&str; 4] = ["never", "coarse", "after-review", "always"];
const CASES: [&str; 4] = ["never", "author-chooses", "by-step", "when-filed"];
const AUTHORS: [&str; 3] = ["hidden", "initial", "name"];

/// Something that the old version did not have.
pub fn added(part: Part, item: &Value) -> Severity {
    match part {
        Part::Field if item["required"] == true => Notice,
        Part::Clock | Part::Threshold | Part::Support => Notice,
        _ => Harmless,
    }
}

/// Something that the new version does not have.
pub fn removed(part: Part, item: &Value) -> Severity {
    match part {
        Part::Field | Part::State | Part::Clock | Part::Threshold | Part::Support => Breaking,
        // What the author could do is a right that people relied on.
        Part::Step if holds(&item["by"], &Value::from("author")) => Breaking,
        Part::Template => Harmless,
        _ => Notice,
    }
}

/// A property that both have with different values.
pub fn changed(part: Part, property: &str, old: &Value, new: &Value) -> Severity {
    if matches!(property, "name" | "summary" | "case-name" | "help" | "example" | "done" | "before" | "after" | "unit")
    {
        return Harmless;
    }
    match (part, property) {
        (Part::Field, "public") => more(&PUBLICITY, old, new),
        (Part::Public, "case") => more(&CASES, old, new),
        (Part::Public, "author") => more(&AUTHORS, old, new),
        (Part::Field, "options") | (Part::State, "outcomes") => choices(old, new),
        (Part::Field, "type" | "by" | "column") => Breaking,
        (Part::Field, "personal") => grave_if(old == true),
        (Part::Field, "required") => {
            if new == true {
                Notice
            } else {
                Harmless
            }
        }
        (Part::Field, "list" | "screen") | (Part::Public, "funnel") | (Part::Template, _) => Harmless,
        (Part::Filing, "who") | (Part::Step, "by") => grave_if(loses(old, new)),
        (Part::Filing, "correct" | "withdraw") => grave_if(old == true),
        (Part::Filing, "similar") => Harmless,
        (Part::Step, "tells") => {
            if loses(old, new) {
                Notice
            } else {
                Harmless
            }
        }
        (Part::Step, "when") => grave_if(narrower(old, new)),
        (Part::Clock, "within") => grave_if(shorter(old, new)),
        (Part::Clock, "who" | "starts" | "stops" | "silence") => Breaking,
        (Part::Support, "paper" | "breakdown" | "basis") => Notice,
        (Part::Support, _) | (Part::Threshold, "count") => Breaking,
        // Data may go earlier than promised, not later.
        (Part::Retention, _) => grave_if(new.as_i64() > old.as_i64()),
        _ => Notice,
    }
}

fn grave_if(grave: bool) -> Severity {
    if grave { Breaking } else { Notice }
}

/// Breaking when more is seen than before.
fn more(order: &[&str], old: &Value, new: &Value) -> Severity {
    let rank = |value: &Value| order.iter().position(|word| value == word);
    grave_if(rank(new) > rank(old))
}

fn holds(list: &Value, item: &Value) -> bool {
    list.as_array().is_some_and(|list| list.contains(item))
}

/// Whether something of the old list is not in the new one.
fn loses(old: &Value, new: &Value) -> bool {
    old.as_array().into_iter().flatten().any(|item| !holds(new, item))
}

/// Options with their names: one that is gone is breaking, another name or a new one is not.
fn choices(old: &Value, new: &Value) -> Severity {
    let ids = |value: &Value| -> Vec<Value> {
        value.as_array().into_iter().flatten().map(|choice| choice["id"].clone()).collect()
    };
    let (old, new) = (ids(old), ids(new));
    if old.iter().any(|id| !new.contains(id)) { Breaking } else { Harmless }
}

/// Whether conditions hold for fewer cases than before: one that is new, or that lost a value.
fn narrower(old: &Value, new: &Value) -> bool {
    let (old, new) = (old.as_array(), new.as_array());
    new.into_iter().flatten().any(|when| {
        let before = old.into_iter().flatten().find(|before| before["field"] == when["field"]);
        before.is_none_or(|before| loses(&before["is"], &when["is"]))
    })
}

/// Whether some case has less time than before; another unit cannot be compared and counts as less.
fn shorter(old: &Value, new: &Value) -> bool {
    match (old["amount"].as_i64(), new["amount"].as_i64()) {
        (Some(before), Some(after)) => after < before || old["unit"] != new["unit"],
        (None, None) => {
            let values = |value: &Value| value["values"].as_array().cloned().unwrap_or_default();
            let after = values(new);
            old["field"] != new["field"]
                || values(old).iter().any(|before| {
                    let same = after.iter().find(|after| after[0] == before[0]);
                    same.is_none_or(|after| after[1].as_i64() < before[1].as_i64() || after[2] != before[2])
                })
        }
        _ => true,
    }
}
