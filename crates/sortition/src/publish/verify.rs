//! A result held against the draw made again.

use madang_base::Error;
use serde_json::Value;

use super::{Published, draw, replace, result, write_replacements, write_result};
use crate::ceremony::seed;

/// Where a result says something else than the draw made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// A path of names and numbers from 1: `people 3`.
    pub place: String,
    /// What the draw made again gives; empty when it gives nothing there.
    pub again: String,
    /// What the file says; empty when it says nothing there.
    pub said: String,
}

/// Draws again from what was published and what `result` says was revealed, and compares. `replacements` is compared too
/// when it is given. Empty: all agrees.
///
/// # Errors
/// When there is nothing to compare: a file that cannot be read, a reveal that is not what was committed to, a ceremony
/// that is not complete or not the announced one.
pub fn verify(published: &Published, result: &str, replacements: Option<&str>) -> Result<Vec<Difference>, Error> {
    let document = result::read(result)?;
    let ceremony = result::ceremony(published, &document);
    let drawn = draw(published, &ceremony)?;
    let mut differences = compare(&write_result(published, &ceremony, &drawn), result);
    if let Some(text) = replacements {
        let document = super::replace::read(text)?;
        let leaving: Vec<String> = document.replacements.into_iter().map(|step| step.out).collect();
        let steps = replace(published, &drawn, &leaving)?;
        differences.extend(compare(&write_replacements(published, &seed::digest(result.as_bytes()), &steps), text));
    }
    Ok(differences)
}

/// Two documents, place by place; of documents that mean the same in other bytes the first line that differs.
fn compare(again: &str, said: &str) -> Vec<Difference> {
    let mut differences = Vec::new();
    if again == said {
        return differences;
    }
    if let (Ok(again), Ok(said)) = (serde_json::from_str(again), serde_json::from_str(said)) {
        walk("", &again, &said, &mut differences);
    }
    if differences.is_empty() {
        let (mut left, mut right, mut line) = (again.lines(), said.lines(), 1_u64);
        loop {
            let pair = (left.next(), right.next());
            if pair.0 != pair.1 || pair == (None, None) {
                let text = |line: Option<&str>| line.unwrap_or_default().to_owned();
                differences.push(Difference { place: format!("line {line}"), again: text(pair.0), said: text(pair.1) });
                break;
            }
            line += 1;
        }
    }
    differences
}

fn walk(place: &str, again: &Value, said: &Value, differences: &mut Vec<Difference>) {
    let deeper = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place} {name}") };
    match (again, said) {
        (Value::Object(a), Value::Object(b)) => {
            let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let nothing = Value::Null;
                walk(&deeper(name), a.get(name).unwrap_or(&nothing), b.get(name).unwrap_or(&nothing), differences);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for at in 0..a.len().max(b.len()) {
                let nothing = Value::Null;
                let (x, y) = (a.get(at).unwrap_or(&nothing), b.get(at).unwrap_or(&nothing));
                walk(&deeper(&(at + 1).to_string()), x, y, differences);
            }
        }
        (a, b) if a == b => {}
        (a, b) => {
            let text = |value: &Value| match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            differences.push(Difference { place: place.to_owned(), again: text(a), said: text(b) });
        }
    }
}
