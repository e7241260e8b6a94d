//! Answers as they are kept: cleaned, of the fields that were asked, with the rows that lists and searches need.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{Answer, Answers, Definition, FieldKind, values};
use madang_text::clean;

use crate::model::CaseFile;
use crate::store;

/// The author's answers typed, cleaned and without those to questions that were not asked.
///
/// # Errors
/// `case.filing-invalid` with `case.answer-shape` on an answer that is none to its field.
pub(crate) fn tidy(def: &Definition, answers: &Answers) -> Result<Answers> {
    let mut out = Answers::default();
    for field in def.filing_fields() {
        let Some(answer) = answers.get(&field.id) else { continue };
        let one = Answers([(field.id.clone(), answer.clone())].into());
        let typed =
            one.typed(def).map_err(|_| Error::invalid("case.filing-invalid").field(&field.id, "case.answer-shape"))?;
        for (id, answer) in typed.0 {
            out.0.extend(cleaned(&field.kind, answer).map(|answer| (id, answer)));
        }
    }
    values::prune(def, &mut out);
    Ok(out)
}

/// The author's answers without what cannot be seen, as they will be kept, before they are checked.
pub(crate) fn visible(def: &Definition, answers: &Answers) -> Answers {
    let mut out = Answers::default();
    for field in def.filing_fields() {
        let kept = answers.get(&field.id).and_then(|answer| cleaned(&field.kind, answer.clone()));
        out.0.extend(kept.map(|answer| (field.id.clone(), answer)));
    }
    out
}

/// An answer without what cannot be seen; none when nothing is left.
fn cleaned(kind: &FieldKind, answer: Answer) -> Option<Answer> {
    let text = |text: String| match kind {
        FieldKind::Text { .. } => clean::block(&text),
        _ => clean::line(&text),
    };
    Some(match answer {
        Answer::Text(raw) => Answer::Text(Some(text(raw)).filter(|text| !text.is_empty())?),
        Answer::Place(mut place) => {
            place.address = clean::line(&place.address);
            place.district = clean::line(&place.district);
            Answer::Place(place)
        }
        Answer::Person(mut person) => {
            person.name = clean::line(&person.name);
            person.contact = clean::line(&person.contact);
            Answer::Person(person)
        }
        Answer::Rows(rows) => Answer::Rows(
            rows.into_iter()
                .map(|row| row.into_iter().filter_map(|(id, cell)| Some((id, cleaned(kind, cell)?))).collect())
                .collect(),
        ),
        Answer::Files(mut files) => {
            for file in &mut files {
                file.name = clean::line(&file.name);
            }
            Answer::Files(files)
        }
        other => other,
    })
}

/// Writes anew what lists filter by: after filing, correcting, publishing and hiding. Words that an earlier program kept of
/// the case go.
///
/// # Errors
/// Those of the database.
pub(crate) fn index(tx: &mut Tx, def: &Definition, case: &CaseFile) -> Result<()> {
    store::value::delete_all(tx, case.id)?;
    for field in def.fields.iter().filter(|field| field.list) {
        let Some(answer) = case.answers.get(&field.id) else { continue };
        for value in listed(answer) {
            store::value::insert(tx, case.id, &case.service, case.filed_at, &field.id, &value)?;
        }
    }
    store::term::delete_all(tx, case.id)
}

/// What a list filters by: ids of options, slugs, days and numbers.
fn listed(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Date(day) => vec![day.to_string()],
        Answer::Number(number) => vec![number.to_string()],
        Answer::Consent(_) => vec!["yes".to_owned()],
        other => other.words().into_iter().map(str::to_owned).collect(),
    }
}

/// The district of the first place.
pub(crate) fn area(def: &Definition, answers: &Answers) -> Option<String> {
    def.fields.iter().find_map(|field| match answers.get(&field.id) {
        Some(Answer::Place(place)) if !place.district.is_empty() => Some(place.district.clone()),
        _ => None,
    })
}

/// The files that answers name.
pub(crate) fn files(answers: &Answers) -> impl Iterator<Item = (&String, &madang_form::FileAnswer)> {
    answers.0.iter().flat_map(|(field, answer)| {
        let files: &[_] = if let Answer::Files(files) = answer { files } else { &[] };
        files.iter().map(move |file| (field, file))
    })
}
