//! Answers from JSON, as the API takes them.

use jiff::civil::Date;
use serde_json::Value;

use super::Filled;
use crate::{Definition, Field, Party};

pub fn fill_json(def: &Definition, by: &Party, fields: &[&Field], json: &Value, today: Date) -> Filled {
    let _ = (def, by, fields, json, today);
    Filled::default()
}
