//! Canonical JSON against RFC 8785, as far as the ledger uses it: against a writer that follows the RFC word by word, and
//! against the examples that it prints.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::super::canonical::{Json, write};

const KEYS: [&str; 8] = ["v", "at", "kind", "object", "fields", "a.b", "a-b", "0"];

/// Sections 3.2.2.2 and 3.2.3 of the RFC: keys in the order of UTF-16 code units, strings as ECMAScript writes them.
fn reference(json: &Json, out: &mut String) {
    match json {
        Json::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Json::Text(text) => string(text, out),
        Json::List(list) => {
            out.push('[');
            for (at, item) in list.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                reference(item, out);
            }
            out.push(']');
        }
        Json::Object(map) => {
            let mut keys: Vec<&str> = map.keys().copied().collect();
            keys.sort_by_key(|key| key.encode_utf16().collect::<Vec<_>>());
            out.push('{');
            for (at, key) in keys.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                string(key, out);
                out.push(':');
                reference(&map[key], out);
            }
            out.push('}');
        }
    }
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn value(json: &Json) -> serde_json::Value {
    match json {
        Json::Number(number) => (*number).into(),
        Json::Text(text) => text.clone().into(),
        Json::List(list) => list.iter().map(value).collect(),
        Json::Object(map) => map.iter().map(|(key, json)| ((*key).to_owned(), value(json))).collect(),
    }
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        any::<String>().prop_map(Json::Text),
        "[\\x00-\\x7f]{0,20}".prop_map(Json::Text),
        (-(1_i64 << 53) + 1..1 << 53).prop_map(Json::Number),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let key = prop::sample::select(KEYS.to_vec());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::List),
            prop::collection::btree_map(key, inner, 0..6).prop_map(Json::Object),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_has_the_spelling_of_the_rfc(json in json()) {
        let written = write(&json).unwrap();
        let mut expected = String::new();
        reference(&json, &mut expected);
        prop_assert_eq!(&written, &expected);
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(read, value(&json));
        prop_assert!(!written.contains('\n'));
    }
}

/// Section 3.2.2.2 prints this string, section 3.2.4 its bytes.
#[test]
fn the_example_of_the_rfc() {
    let json = Json::Object(BTreeMap::from([("string", Json::Text("\u{20ac}$\u{f}\nA'B\"\\\\\"/".to_owned()))]));
    assert_eq!(write(&json).unwrap(), "{\"string\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

#[test]
fn text_is_escaped_as_rfc_8785_says() {
    let text = "\u{8}\t\n\u{c}\r\"\\\u{1}\u{1f}/€😂\u{7f}가";
    let json = write(&Json::Text(text.into())).unwrap();
    assert_eq!(json, "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0001\\u001f/€😂\u{7f}가\"");
}
