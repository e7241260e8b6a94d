//! Answers from an HTML form.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Answers, FileAnswer, Filled, Raw};
use crate::{Definition, Field, Party};

#[must_use]
pub fn fill(
    def: &Definition,
    by: &Party,
    fields: &[&Field],
    raw: &Raw,
    files: &BTreeMap<String, Vec<FileAnswer>>,
    before: &Answers,
    today: Date,
) -> Filled {
    let _ = (def, by, fields, raw, files, before, today);
    Filled::default()
}
