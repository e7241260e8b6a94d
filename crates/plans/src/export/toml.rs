//! Writes TOML the way people write it: a heading for every list of things, everything within a thing on one line each.

use std::fmt::Write as _;

use madang_base::{Error, Result};
use serde_json::{Map, Value};

use crate::file::PlanFile;

/// Paths that get headings of their own; everything else stands inline.
const HEADINGS: [&str; 13] = [
    "plan",
    "plan.forum",
    "plan.forum.group",
    "plan.declined",
    "plan.statement",
    "plan.figure",
    "agency",
    "theme",
    "theme.commitment",
    "theme.commitment.milestone",
    "theme.commitment.part",
    "theme.commitment.part.milestone",
    "indicator",
];

/// The plan as TOML.
///
/// # Errors
/// `Kind::Internal` when a value cannot be written (a defect).
pub fn to_toml(file: &PlanFile) -> Result<String> {
    let Value::Object(map) = serde_json::to_value(file).map_err(Error::internal)? else {
        return Err(Error::internal("a plan that is no table"));
    };
    let mut out = String::new();
    table(&mut out, "", &map);
    Ok(out)
}

fn heading(path: &str) -> bool {
    HEADINGS.contains(&path)
}

/// The keys of a table: first those that stand inline, then those with headings.
fn table(out: &mut String, path: &str, map: &Map<String, Value>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let (mut later, mut now) = (Vec::new(), Vec::new());
    for (key, value) in ordered(map) {
        if heading(&below(key)) { later.push((key, value)) } else { now.push((key, value)) }
    }
    for (key, value) in now {
        if !value.is_null() {
            let _ = write!(out, "{key} = ");
            inline(out, value);
            out.push('\n');
        }
    }
    for (key, value) in later {
        let path = below(key);
        match value {
            Value::Array(items) => {
                for item in items {
                    let _ = write!(out, "\n[[{path}]]\n");
                    if let Value::Object(map) = item {
                        table(out, &path, map);
                    }
                }
            }
            Value::Object(map) => {
                let _ = write!(out, "\n[{path}]\n");
                table(out, &path, map);
            }
            _ => {}
        }
    }
}

/// Keys in the order in which people read them: names first, milestones and parts last.
fn ordered(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    const FIRST: [&str; 9] = ["format", "id", "number", "slug", "kind", "country", "name", "title", "summary"];
    const LAST: [&str; 12] = [
        "plan",
        "agency",
        "theme",
        "indicator",
        "forum",
        "declined",
        "statement",
        "figure",
        "group",
        "commitment",
        "milestone",
        "part",
    ];
    let rank = |key: &str, value: &Value| {
        // `commitment` and `group` are also plain words of an indicator and a milestone.
        let list = value.is_array() || value.is_object();
        match (FIRST.iter().position(|k| *k == key), LAST.iter().position(|k| *k == key && list)) {
            (Some(at), _) => at,
            (None, Some(at)) => 1000 + at,
            (None, None) => 100,
        }
    };
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_by_key(|(key, value)| rank(key, value));
    entries
}

fn inline(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("\"\""),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { " " } else { ", " });
                inline(out, item);
            }
            out.push_str(if items.is_empty() { "]" } else { " ]" });
        }
        Value::Object(map) => {
            out.push('{');
            // Korean comes first, as everywhere.
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| usize::from(key.as_str() != "ko"));
            for (at, (key, value)) in entries.into_iter().filter(|(_, v)| !v.is_null()).enumerate() {
                out.push_str(if at == 0 { " " } else { ", " });
                let _ = write!(out, "{key} = ");
                inline(out, value);
            }
            out.push_str(" }");
        }
    }
}

/// A basic string (TOML 1.0, "String").
fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
