//! Canonical JSON (RFC 8785) of the little that the ledger needs: objects with sorted ASCII keys, text, integers, lists.

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use serde::Serialize;

/// A value that has exactly one spelling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Json {
    Text(String),
    Number(i64),
    List(Vec<Json>),
    Object(BTreeMap<&'static str, Json>),
}

/// The one spelling: no blanks, keys in order, only what must be escaped is (the short escapes, else `\u00xx`).
pub(super) fn write(json: &Json) -> Result<String> {
    serde_json::to_string(json).map_err(Error::internal)
}
