//! JSON Schema (draft 2020-12) of what the API takes: the body of a filing, and of each step.

use madang_base::Locale;
use serde_json::Value;

use crate::{Definition, Step};

#[must_use]
pub fn filing_schema(def: &Definition, locale: Locale) -> Value {
    let _ = (def, locale);
    Value::Null
}

#[must_use]
pub fn step_schema(def: &Definition, step: &Step, locale: Locale) -> Value {
    let _ = (def, step, locale);
    Value::Null
}
