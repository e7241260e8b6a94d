//! Whether a leaf is what its kind says, by the declarations that the site itself writes with.

use std::collections::{BTreeMap, HashMap};

use madang_kernel::ledger::{Is, Kind, Shown};

use super::canonical::Value;

/// The kinds that this program knows, and what it saw beyond them.
pub(super) struct Forms {
    kinds: HashMap<&'static str, &'static Kind>,
    /// Kinds that this program does not know, with how many leaves have them.
    pub unknown: BTreeMap<String, u64>,
    /// Fields that it does not know of kinds that it does, `kind.field`.
    pub fields: BTreeMap<String, u64>,
}

/// Names of unknown kinds and fields that are kept; a log of nonsense must not fill the memory.
const MOST: usize = 1000;

impl Forms {
    pub fn new(kinds: impl IntoIterator<Item = &'static Kind>) -> Self {
        let kinds = kinds.into_iter().map(|kind| (kind.name, kind)).collect();
        Self { kinds, unknown: BTreeMap::new(), fields: BTreeMap::new() }
    }

    /// What is wrong with an event of this kind: what was expected and what is there.
    pub fn check(&mut self, name: &str, object: &str, fields: &[(&str, Value<'_>)]) -> Option<(String, String)> {
        let Some(kind) = self.kinds.get(name) else {
            count(&mut self.unknown, name);
            return None;
        };
        if kind.shown == Shown::Never {
            return Some((format!("{name} as an opaque leaf"), "all of it".to_owned()));
        }
        let of = object.split_once(':').map_or(object, |(of, _)| of);
        if !reference(object) || !kind.objects.iter().any(|known| known.code() == of) {
            let known: Vec<&str> = kind.objects.iter().map(|known| known.code()).collect();
            return Some((format!("{name} of {}", known.join(", ")), object.to_owned()));
        }
        for (field, value) in fields {
            match kind.fields.iter().find(|spec| spec.name == *field) {
                None => count(&mut self.fields, &format!("{name}.{field}")),
                Some(spec) if !fits(spec.is, value) => {
                    return Some((format!("{field}: {}", word(spec.is)), spell(value)));
                }
                Some(_) => {}
            }
        }
        None
    }
}

fn count(counts: &mut BTreeMap<String, u64>, name: &str) {
    if let Some(count) = counts.get_mut(name) {
        *count += 1;
    } else if counts.len() < MOST {
        counts.insert(name.to_owned(), 1);
    }
}

fn fits(is: Is, value: &Value<'_>) -> bool {
    match (is, value) {
        (Is::Number | Is::Time, Value::Number(_)) => true,
        (Is::Code, Value::Text(text)) => {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/:".contains(&byte))
        }
        (Is::Date, Value::Text(text)) => {
            text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        }
        (Is::Object, Value::Text(text)) => reference(text),
        (Is::Digest | Is::Salted, Value::Text(text)) => digest(text, "sha256:"),
        (Is::Nullifier, Value::Text(text)) => digest(text, "nullifier:"),
        (Is::Files, Value::List(list)) => {
            list.is_empty() || list.split(',').all(|text| digest(text.trim_matches('"'), "sha256:"))
        }
        _ => false,
    }
}

fn digest(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

/// A machine word: `commitment:kr-2021/2.1`.
fn reference(text: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte);
    text.split_once(':')
        .is_some_and(|(kind, id)| !kind.is_empty() && !id.is_empty() && kind.bytes().all(good) && id.bytes().all(good))
}

const fn word(is: Is) -> &'static str {
    match is {
        Is::Code => "a word of the program",
        Is::Number => "an integer",
        Is::Date => "a date",
        Is::Time => "a time in microseconds",
        Is::Object => "a reference",
        Is::Digest => "a digest",
        Is::Salted => "a salted digest",
        Is::Files => "salted digests of files",
        Is::Nullifier => "a nullifier",
    }
}

fn spell(value: &Value<'_>) -> String {
    let text = match value {
        Value::Text(text) | Value::List(text) => (*text).to_owned(),
        Value::Number(number) => number.to_string(),
    };
    text.chars().take(100).collect()
}
