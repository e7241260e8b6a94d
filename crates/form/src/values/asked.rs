//! Which fields are asked, given what was answered so far, and whether all of them are.

use jiff::civil::Date;
use madang_base::FieldError;

use super::check::{fault, faults};
use super::{Answer, Answers};
use crate::{Definition, Field, FieldKind, Party, When};

/// The fields that this party is asked, in the definition's order; with a screen, those of that screen. The author is asked
/// what belongs to filing; other parties, and the author of what a step needs, are asked in steps. A field whose
/// `when` does not hold is left out, and so is one that depends on a field that is left out.
#[must_use]
pub fn asked<'a>(def: &'a Definition, by: &Party, screen: Option<u8>, answers: &Answers) -> Vec<&'a Field> {
    let answers = pruned(def, answers);
    def.fields
        .iter()
        .filter(|field| is_asked(def, by, field) && screen.is_none_or(|screen| field.screen == screen))
        .filter(|field| holds(field, &answers))
        .collect()
}

/// What is missing or wrong before something is sent: of every field that is asked of this party its answer, if it is
/// required, within its limits; and no answer to what is not asked ([`prune`] drops those).
#[must_use]
pub fn complete(def: &Definition, by: &Party, answers: &Answers, today: Date) -> Vec<FieldError> {
    let known = pruned(def, answers);
    let mut errors = Vec::new();
    for field in def.fields.iter().filter(|field| field.by == *by) {
        let here = is_asked(def, by, field);
        match answers.get(&field.id) {
            Some(_) if !here || !holds(field, &known) => errors.push(fault(&field.id, "form.value-not-asked")),
            Some(answer) => errors.extend(faults(&field.id, field, answer, today)),
            None if here && field.required && holds(field, &known) => errors.push(missing(&field.id, field)),
            None => {}
        }
    }
    errors
}

/// Whether a field is this party's to fill in; of the author's, when filing.
fn is_asked(def: &Definition, by: &Party, field: &Field) -> bool {
    if *by == Party::Author { def.asks_when_filing(field) } else { field.by == *by }
}

/// Drops the answers to fields whose `when` does not hold.
pub fn prune(def: &Definition, answers: &mut Answers) {
    loop {
        let hidden: Vec<_> = def
            .fields
            .iter()
            .filter(|field| answers.0.contains_key(&field.id) && !holds(field, answers))
            .map(|field| &field.id)
            .collect();
        if hidden.is_empty() {
            return;
        }
        for id in hidden {
            answers.0.remove(id);
        }
    }
}

fn pruned(def: &Definition, answers: &Answers) -> Answers {
    let mut answers = answers.clone();
    prune(def, &mut answers);
    answers
}

/// Whether all conditions of a field hold for answers that are all asked for.
pub(crate) fn holds(field: &Field, answers: &Answers) -> bool {
    all_hold(&field.when, answers)
}

/// Whether all conditions hold.
pub(crate) fn all_hold(whens: &[When], answers: &Answers) -> bool {
    whens.iter().all(|when| {
        let words = answers.get(&when.field).map(Answer::words).unwrap_or_default();
        words.iter().any(|word| when.is.iter().any(|is| is == word))
    })
}

/// The error for a required answer that is not there, beside the control that wants it.
pub(crate) fn missing(name: &str, field: &Field) -> FieldError {
    match field.kind {
        FieldKind::Consent { .. } => fault(name, "form.value-consent"),
        FieldKind::Place => fault(format!("{name}.address"), "form.value-required"),
        FieldKind::Person => fault(format!("{name}.name"), "form.value-required"),
        _ => fault(name, "form.value-required"),
    }
}
