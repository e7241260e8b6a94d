//! Which fields are asked, given what was answered so far, and whether all of them are.

use jiff::civil::Date;
use madang_base::FieldError;

use super::Answers;
use crate::{Definition, Field, Party};

#[must_use]
pub fn asked<'a>(def: &'a Definition, by: &Party, screen: Option<u8>, answers: &Answers) -> Vec<&'a Field> {
    let _ = answers;
    def.fields.iter().filter(|f| f.by == *by && screen.is_none_or(|s| f.screen == s)).collect()
}

#[must_use]
pub fn complete(def: &Definition, by: &Party, answers: &Answers, today: Date) -> Vec<FieldError> {
    let _ = (def, by, answers, today);
    Vec::new()
}

pub fn prune(def: &Definition, answers: &mut Answers) {
    let _ = (def, answers);
}
