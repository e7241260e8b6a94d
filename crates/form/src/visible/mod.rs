//! What everybody may see of a case's answers, and the table of them that is exported.
//!
//! Whether the case itself is public is not asked here. What is not shown is left out, never masked.

use std::collections::{BTreeMap, BTreeSet};

use madang_base::{Locale, LocalizedText};

use crate::values::{Answer, Answers, Place, display, prune, separated};
use crate::{Definition, Field, FieldKind, Publicity};

#[cfg(test)]
mod tests;

/// A column of the public export.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Column {
    /// The field's id.
    pub id: String,
    pub name: LocalizedText,
}

/// The answers that everybody may see while the case stands in this state.
///
/// `reviewed` are the ids of fields that an officer has released. Coarse answers are reduced: a place to its district, a
/// date to its year (as text), a number or sum to its order of magnitude (`1,000–9,999`, as text); other kinds have
/// nothing coarse. A person is never shown.
#[must_use]
pub fn public_answers(def: &Definition, state: &str, answers: &Answers, reviewed: &BTreeSet<String>) -> Answers {
    let mut asked = answers.clone();
    prune(def, &mut asked);
    let shown = def.fields.iter().filter(|field| may_be_public(field)).filter_map(|field| {
        let in_state = field.public_in.is_empty() || field.public_in.iter().any(|id| id == state);
        let answer = asked.get(&field.id).filter(|_| in_state)?;
        let public = match field.public {
            Publicity::Never => None,
            Publicity::Always => Some(answer.clone()),
            Publicity::AfterReview => reviewed.contains(&field.id).then(|| answer.clone()),
            Publicity::Coarse => coarse(answer),
        };
        Some((field.id.clone(), public?))
    });
    Answers(shown.collect::<BTreeMap<_, _>>())
}

/// Whether the public can see the field in some state.
fn may_be_public(field: &Field) -> bool {
    match field.public {
        Publicity::Never => false,
        Publicity::Coarse => matches!(
            field.kind,
            FieldKind::Place | FieldKind::Date { .. } | FieldKind::Number { .. } | FieldKind::Money { .. }
        ),
        Publicity::Always | Publicity::AfterReview => !matches!(field.kind, FieldKind::Person),
    }
}

fn coarse(answer: &Answer) -> Option<Answer> {
    match answer {
        Answer::Place(place) if !place.district.is_empty() => {
            Some(Answer::Place(Place { district: place.district.clone(), ..Place::default() }))
        }
        Answer::Date(day) => Some(Answer::Text(format!("{:04}", day.year()))),
        Answer::Number(value) => Some(Answer::Text(band(*value))),
        _ => None,
    }
}

/// The powers of ten around a number: `0`, `1–9`, `10–99`; `-99–-10` below zero.
fn band(value: i64) -> String {
    let size = value.unsigned_abs();
    if size == 0 {
        return "0".to_owned();
    }
    let digits = size.ilog10();
    let least = i64::try_from(10_u64.saturating_pow(digits)).unwrap_or(i64::MAX);
    let most = least.saturating_mul(10).saturating_sub(1);
    let (from, to) = if value < 0 { (-most, -least) } else { (least, most) };
    format!("{}–{}", separated(from), separated(to))
}

/// The columns of the public export: the fields that the public can see in some state, in the definition's order.
#[must_use]
pub fn columns(def: &Definition) -> Vec<Column> {
    let fields = def.fields.iter().filter(|field| may_be_public(field));
    fields.map(|field| Column { id: field.id.clone(), name: field.name.clone() }).collect()
}

/// The row of a case under [`columns`]; a cell is empty when there is no answer or it is not public.
#[must_use]
pub fn cells(
    def: &Definition,
    state: &str,
    answers: &Answers,
    reviewed: &BTreeSet<String>,
    locale: Locale,
) -> Vec<String> {
    let public = public_answers(def, state, answers, reviewed);
    let fields = def.fields.iter().filter(|field| may_be_public(field));
    fields.map(|field| public.get(&field.id).map(|answer| display(field, answer, locale)).unwrap_or_default()).collect()
}
