//! Answers as text, and as a form shows them again.

use madang_base::Locale;

use super::{Answer, Answers, Raw};
use crate::{Definition, Field};

#[must_use]
pub fn raw_of(def: &Definition, answers: &Answers) -> Raw {
    let _ = (def, answers);
    Raw::default()
}

#[must_use]
pub fn display(field: &Field, answer: &Answer, locale: Locale) -> String {
    let _ = (field, answer, locale);
    String::new()
}

#[must_use]
pub fn title(def: &Definition, answers: &Answers) -> String {
    let _ = (def, answers);
    String::new()
}
