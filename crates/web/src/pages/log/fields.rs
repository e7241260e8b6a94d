//! The fields of a record, each in words, with what kind of value it is and what that means.

use std::collections::BTreeSet;

use madang_http::Visit;
use madang_kernel::Ref;
use madang_kernel::ledger::{Is, Kind};
use serde_json::{Map, Value, json};

use super::names::Names;
use crate::i18n;
use crate::page::words;
use crate::wiring::Wiring;

/// What a field holds. Of kinds that this program does not know the value itself tells.
fn is(kind: Option<&Kind>, name: &str, value: &Value) -> Is {
    if let Some(spec) = kind.and_then(|kind| kind.fields.iter().find(|field| field.name == name)) {
        return spec.is;
    }
    match value {
        Value::Array(_) => Is::Files,
        Value::Number(_) => Is::Number,
        Value::String(text) if text.starts_with("nullifier:") => Is::Nullifier,
        Value::String(text) if text.starts_with("sha256:") => Is::Salted,
        Value::String(text) if text.parse::<Ref>().is_ok() => Is::Object,
        _ => Is::Code,
    }
}

/// The references in the fields of a record.
#[must_use]
pub fn refs(kind: Option<&Kind>, fields: &Map<String, Value>) -> BTreeSet<Ref> {
    fields
        .iter()
        .filter(|(name, value)| is(kind, name, value) == Is::Object)
        .filter_map(|(_, value)| value.as_str()?.parse().ok())
        .collect()
}

/// The fields as the page shows them: in the order of the declaration, then those that it does not have.
#[must_use]
pub fn shown(visit: &Visit, kind: Option<&Kind>, fields: &Map<String, Value>, names: &Names) -> Vec<Value> {
    let declared = kind.map(|kind| kind.fields).unwrap_or_default();
    let place = |name: &str| declared.iter().position(|field| field.name == name).unwrap_or(declared.len());
    let mut all: Vec<(&String, &Value)> = fields.iter().collect();
    all.sort_by_key(|(name, _)| place(name));
    all.into_iter().map(|(name, value)| field(visit, is(kind, name, value), name, value, names)).collect()
}

/// The name of a field in words; one without words stands as it is.
fn label(visit: &Visit, name: &str) -> String {
    let key = format!("ledger-field-{}", name.replace('_', "-"));
    if has(visit, &key) { words(visit, &key, &[]) } else { name.to_owned() }
}

fn has(visit: &Visit, key: &str) -> bool {
    visit.app.own::<Wiring>().is_ok_and(|wiring| wiring.templates.catalogue().has(visit.locale, key))
}

fn field(visit: &Visit, is: Is, name: &str, value: &Value, names: &Names) -> Value {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let hash = text.split_once(':').map_or("", |(_, hash)| hash).to_owned();
    let mut line = json!({
        "name": name, "label": label(visit, name), "means": "", "is": is.code(), "raw": "", "value": text, "values": [],
        "href": "", "code": false,
    });
    let mut mean = |key: &str| line["means"] = words(visit, key, &[]).into();
    match is {
        Is::Code => {
            let prefix = match name {
                "claim" | "completion" | "assurance" => name,
                "channel" | "side" | "origin" => &format!("log-{name}"),
                "type" => "link",
                _ => "",
            };
            let key = format!("{prefix}-{text}");
            if !prefix.is_empty() && has(visit, &key) {
                line["value"] = words(visit, &key, &[]).into();
                line["raw"] = text.into();
            } else {
                line["code"] = true.into();
            }
        }
        Is::Number => line["value"] = value.as_i64().map_or(text, i18n::number).into(),
        Is::Date => line["value"] = i18n::date(&text, visit.locale).into(),
        Is::Time => {
            let at = value.as_i64().map(madang_base::Time::from_micros);
            line["value"] = at.map_or(text, |at| i18n::date_time(at, visit.locale)).into();
        }
        Is::Object => {
            if let Ok(reference) = text.parse::<Ref>() {
                let named = names.of(visit, &reference);
                line["value"] = named.name.into();
                line["href"] = named.href.into();
                line["raw"] = text.into();
            }
        }
        Is::Files => {
            mean("log-means-files");
            let bare = |one: &Value| one.as_str().map(|one| one.trim_start_matches("sha256:").to_owned());
            line["values"] = value.as_array().map(|all| all.iter().filter_map(bare).collect()).unwrap_or_default();
        }
        Is::Digest | Is::Salted | Is::Nullifier => {
            mean(match is {
                Is::Digest => "log-means-digest",
                Is::Salted => "log-means-salted",
                _ => "log-means-nullifier",
            });
            line["value"] = hash.into();
            line["code"] = true.into();
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_kinds_are_read_from_their_values() {
        for (value, expected) in [
            (json!(["sha256:aa"]), Is::Files),
            (json!(3), Is::Number),
            (json!("nullifier:aa"), Is::Nullifier),
            (json!("sha256:aa"), Is::Salted),
            (json!("plan:kr-2021"), Is::Object),
            (json!("web"), Is::Code),
        ] {
            assert_eq!(is(None, "x", &value), expected, "{value}");
        }
    }

    #[test]
    fn references_are_found_where_the_declaration_says() {
        let kind = super::super::kinds::known("update.published").unwrap();
        let fields = json!({ "commitment": "commitment:kr-2021/1", "claim": "completed", "record": "sha256:aa" });
        let found = refs(Some(kind), fields.as_object().unwrap());
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), ["commitment:kr-2021/1"]);
    }

    /// Every field that can stand in a record has a name in both languages.
    #[test]
    fn every_field_has_a_name() {
        let catalogue = i18n::catalogue(None).unwrap();
        let mut missing = BTreeSet::new();
        for kind in madang_flows::ledger::kinds() {
            for field in kind.fields {
                let key = format!("ledger-field-{}", field.name.replace('_', "-"));
                if !i18n::Locale::ALL.into_iter().all(|locale| catalogue.has(locale, &key)) {
                    missing.insert(key);
                }
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }
}
