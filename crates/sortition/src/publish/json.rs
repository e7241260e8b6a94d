//! One written form of a JSON document, so that a hash of the file means its content.
//!
//! An object's members in the order of their names (by code points); the members of the outermost object and the elements
//! of its arrays on a line each; no other white space; whole numbers only; text as it is, with `"`, `\` and control
//! characters escaped; a line feed at the end. Everything a person looks for (a label, a panel) stands on one line.

use madang_base::Error;
use serde_json::Value;

/// The document in its one form.
#[must_use]
pub fn write(document: &Value) -> String {
    let Value::Object(members) = document else { return format!("{}\n", compact(document)) };
    let mut names: Vec<&String> = members.keys().collect();
    names.sort_unstable();
    let lines: Vec<String> = names
        .into_iter()
        .map(|name| {
            let value = match &members[name] {
                Value::Array(items) if !items.is_empty() => {
                    let rows: Vec<String> = items.iter().map(compact).collect();
                    format!("[\n{}\n]", rows.join(",\n"))
                }
                value => compact(value),
            };
            format!("{}:{value}", Value::from(name.as_str()))
        })
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn compact(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_unstable();
            let parts: Vec<String> = names
                .into_iter()
                .map(|name| format!("{}:{}", Value::from(name.as_str()), compact(&members[name])))
                .collect();
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Reads a document of this format; `file` is its name in messages.
///
/// # Errors
/// `sortition.published-json` (no JSON), `sortition.published-format` (another kind of file, or a later version).
pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str, file: &'static str, format: &str) -> Result<T, Error> {
    let broken = |error: serde_json::Error| {
        Error::invalid("sortition.published-json").arg("file", file).arg("line", error.line()).source(error)
    };
    let value: Value = serde_json::from_str(text).map_err(broken)?;
    let found = value.get("format").and_then(Value::as_str).unwrap_or("");
    if found != format {
        let found: String = found.chars().take(60).collect();
        return Err(Error::invalid("sortition.published-format").arg("file", file).arg("found", found));
    }
    // From the text, not from the value: only so is the line of a fault known.
    serde_json::from_str(text).map_err(broken)
}
