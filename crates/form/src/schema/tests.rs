use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::sample_tests::{TODAY, all, everything, raws};
use crate::values::{Answers, fill, fill_json, raw_of};
use crate::{Party, StepInput};

/// What of JSON Schema these schemas use. Says where a value does not match, and fails on a word it does not know.
fn mismatch(schema: &Value, value: &Value, path: &str) -> Option<String> {
    let Value::Object(words) = schema else {
        return (*schema == json!(false)).then(|| format!("{path}: nothing is allowed here"));
    };
    let deeper = |schema: &Value, value: &Value, step: &str| mismatch(schema, value, &format!("{path}/{step}"));
    for (word, wanted) in words {
        let good = match word.as_str() {
            "$schema" | "title" | "description" | "$comment" | "examples" | "then" | "else" => true,
            "type" => match wanted.as_str().unwrap() {
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                "array" => value.is_array(),
                "object" => value.is_object(),
                other => panic!("type {other}"),
            },
            "enum" => wanted.as_array().unwrap().contains(value),
            "minLength" => value.as_str().is_none_or(|s| s.chars().count() as u64 >= wanted.as_u64().unwrap()),
            "maxLength" => value.as_str().is_none_or(|s| s.chars().count() as u64 <= wanted.as_u64().unwrap()),
            "minimum" => value.as_i64().is_none_or(|n| n >= wanted.as_i64().unwrap()),
            "maximum" => value.as_i64().is_none_or(|n| n <= wanted.as_i64().unwrap()),
            "minItems" => value.as_array().is_none_or(|a| a.len() as u64 >= wanted.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|a| a.len() as u64 <= wanted.as_u64().unwrap()),
            "uniqueItems" => {
                value.as_array().is_none_or(|a| a.iter().enumerate().all(|(at, item)| !a[..at].contains(item)))
            }
            "format" => *wanted == json!("date"),
            "pattern" => value.as_str().is_none_or(|s| matches(wanted.as_str().unwrap(), s)),
            "required" => value
                .as_object()
                .is_none_or(|o| wanted.as_array().unwrap().iter().all(|name| o.contains_key(name.as_str().unwrap()))),
            "dependentRequired" => value.as_object().is_none_or(|o| {
                wanted.as_object().unwrap().iter().all(|(name, others)| {
                    !o.contains_key(name)
                        || others.as_array().unwrap().iter().all(|other| o.contains_key(other.as_str().unwrap()))
                })
            }),
            "additionalProperties" => value.as_object().is_none_or(|o| {
                *wanted == json!(false) && o.keys().all(|name| schema["properties"].get(name).is_some())
            }),
            "properties" => {
                if let Some(object) = value.as_object() {
                    for (name, schema) in wanted.as_object().unwrap() {
                        if let Some(found) = object.get(name).and_then(|value| deeper(schema, value, name)) {
                            return Some(found);
                        }
                    }
                }
                true
            }
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    if let Some(found) = deeper(wanted, item, &at.to_string()) {
                        return Some(found);
                    }
                }
                true
            }
            "contains" => {
                value.as_array().is_none_or(|a| a.iter().any(|item| deeper(wanted, item, "contains").is_none()))
            }
            "allOf" => match wanted.as_array().unwrap().iter().find_map(|schema| mismatch(schema, value, path)) {
                Some(found) => return Some(found),
                None => true,
            },
            "anyOf" => wanted.as_array().unwrap().iter().any(|schema| mismatch(schema, value, path).is_none()),
            "if" => {
                let branch = if mismatch(wanted, value, path).is_none() { "then" } else { "else" };
                match schema.get(branch).and_then(|schema| mismatch(schema, value, path)) {
                    Some(found) => return Some(found),
                    None => true,
                }
            }
            other => panic!("{path}: the word {other}"),
        };
        if !good {
            return Some(format!("{path}: {word} {wanted} against {value}"));
        }
    }
    None
}

fn matches(pattern: &str, text: &str) -> bool {
    match pattern {
        "^[0-9a-f]{64}$" => text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        "^[a-z0-9-]+$" => {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        }
        other => panic!("the pattern {other}"),
    }
}

fn filing() -> Value {
    json!({
        "title": "제목", "kind": "noise", "times": ["night"], "bed": 3, "day": "2026-12-01", "body": "글",
        "spot": { "latitude": 375_665_350, "longitude": 1_269_779_692 }, "who": { "name": "가", "contact": "나" },
        "papers": [{ "sha256": "a".repeat(64), "name": "a.pdf", "size": 3, "media_type": "application/pdf" }],
        "rows": [{ "what": "전구", "amount": 5 }], "agreed": "An officer may call me.", "number": "",
    })
}

#[test]
fn a_filing_matches_or_does_not() {
    let schema = filing_schema(&everything(), Locale::Ko);
    assert_eq!(mismatch(&schema, &filing(), ""), None);
    for (field, value) in [
        ("title", json!(null)),
        ("title", json!("")),
        ("title", json!("가".repeat(21))),
        ("kind", json!("sea")),
        ("times", json!([])),
        ("times", json!(["day", "day"])),
        ("times", json!(["day", "evening", "night"])),
        ("bed", json!(-1)),
        ("day", json!("어제")),
        ("spot", json!({ "latitude": 1 })),
        ("spot", json!({})),
        ("who", json!({ "name": "가" })),
        ("office", json!("행안부")),
        ("papers", json!([{ "sha256": "a" }])),
        ("rows", json!([{ "amount": 1 }])),
        ("rows", json!([{ "what": "전구", "size": 1 }])),
        ("agreed", json!(false)),
        ("weather", json!("rain")),
    ] {
        let mut wrong = filing();
        wrong[field] = value.clone();
        assert!(mismatch(&schema, &wrong, "").is_some(), "{field} = {value}");
    }
}

#[test]
fn conditions_are_in_the_schema() {
    let schema = filing_schema(&everything(), Locale::En);
    let without = |names: &[&str]| {
        let mut filing = filing();
        for name in names {
            filing.as_object_mut().unwrap().remove(*name);
        }
        filing
    };
    assert!(mismatch(&schema, &without(&["times", "bed"]), "").is_some(), "a noise has times");
    assert_eq!(mismatch(&schema, &without(&["bed"]), ""), None);
    let mut road = filing();
    road["kind"] = json!("road");
    assert!(mismatch(&schema, &road, "").is_some(), "a road has none");
    let mut day = filing();
    day["times"] = json!(["day"]);
    assert!(mismatch(&schema, &day, "").is_some(), "no nights by day");
    let text = schema.to_string();
    assert!(text.contains("Only asked if kind = noise.") && text.contains("Today or earlier."), "{text}");
}

#[test]
fn schemas_are_described_in_both_languages() {
    for def in all() {
        for locale in Locale::ALL {
            let schema = filing_schema(&def, locale);
            assert_eq!(schema["$schema"], json!(DRAFT));
            assert_eq!(schema["title"], json!(def.name.get(locale)));
            for field in def.filing_fields() {
                assert_eq!(schema["properties"][&field.id]["title"], json!(field.name.get(locale)), "{}", def.id);
            }
            // Every word is known to the walk above.
            let _ = mismatch(&schema, &json!({}), "");
            for step in &def.steps {
                let schema = step_schema(&def, step, locale);
                assert_eq!(schema["title"], json!(step.name.get(locale)));
                let _ = mismatch(&schema, &json!({ "fields": {}, "files": [{}], "grounds": [""] }), "");
            }
        }
    }
}

#[test]
fn what_a_step_accepts_matches() {
    let def = everything();
    let input = |value: Value| -> StepInput { serde_json::from_value(value).unwrap() };
    let answer = def.step("answer").unwrap();
    let schema = step_schema(&def, answer, Locale::Ko);
    let good =
        json!({ "answer": "고쳤습니다", "outcome": "done", "fields": { "remedy-day": "2026-12-05", "crew": "own" } });
    assert_eq!(mismatch(&schema, &good, ""), None);
    assert_eq!(crate::steps::check_input(&def, answer, &input(good.clone()), TODAY), []);
    // What is stored of it matches as well.
    assert_eq!(mismatch(&schema, &serde_json::to_value(input(good)).unwrap(), ""), None);
    for wrong in [
        json!({}),
        json!({ "answer": "", "outcome": "done", "fields": { "remedy-day": "2026-12-05" } }),
        json!({ "answer": "고쳤습니다", "outcome": "never", "fields": { "remedy-day": "2026-12-05" } }),
        json!({ "answer": "고쳤습니다", "outcome": "done" }),
        json!({ "answer": "고쳤습니다", "outcome": "done", "fields": { "remedy-day": 5 } }),
    ] {
        assert!(mismatch(&schema, &wrong, "").is_some(), "{wrong}");
        assert_ne!(crate::steps::check_input(&def, answer, &input(wrong.clone()), TODAY), [], "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_accepted_matches(raw in raws(&everything()), drop in prop::collection::vec(0..20_usize, 0..3)) {
        let def = everything();
        let schema = filing_schema(&def, Locale::Ko);
        let fields: Vec<_> = def.filing_fields().collect();
        let filled = fill(&def, &Party::Author, &fields, &raw, &BTreeMap::new(), &Answers::default(), TODAY);
        let mut json: Value = serde_json::from_str(&filled.answers.to_json()).unwrap();
        // Something that is required or depended on is left out.
        for at in drop {
            let name = json.as_object().unwrap().keys().nth(at).cloned();
            if let Some(name) = name {
                json.as_object_mut().unwrap().remove(&name);
            }
        }
        let api = fill_json(&def, &Party::Author, &fields, &json, TODAY);
        let found = mismatch(&schema, &json, "");
        prop_assert_eq!(found.is_none(), api.errors.is_empty(), "{}: {:?} {:?}", json, found, api.errors);
        let _ = raw_of(&def, &api.answers);
    }
}
