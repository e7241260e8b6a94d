//! Correcting what was filed: by the author until somebody has looked at it, and by an officer who blackens personal data
//! before something is published.

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{Answer, Answers, Definition, Field, FieldKind, Party, Publicity, Raw, StepInput, values};
use madang_kernel::{Ctx, Verb, history};

use super::act::{self, Acting, Happened, Who, begin};
use super::written;
use crate::Cases;
use crate::kinds;
use crate::model::{Done, EventKind};

/// What stands in the place of blackened words.
pub const BLACK: char = '█';

/// Corrects the fields that `raw` names; all others stay. The author may until the case leaves its first state (not where
/// it goes to, and no files); an officer may only put [`BLACK`] in the place of words of public lines and texts. What
/// stood there before is kept with the case, for the author and the agency. Gives the new revision.
///
/// # Errors
/// `case.correct-not` when the service does not allow it or it is too late; `case.correct-invalid` with the fields;
/// `case.correct-redaction` when an officer changes more; `case.author-only`; `case.text-missing`; those of
/// [`Ctx::require`].
pub fn correct(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    raw: &Raw,
    reason: &str,
    code: Option<&str>,
) -> Result<Done> {
    let mut acting = begin(tx, ctx, cases, number, code)?;
    let service = acting.service.clone();
    let def = &service.definition;
    let (who, answers) = if acting.standing.author {
        acting.author(ctx, Verb::Edit)?;
        (Who::author(ctx), by_author(ctx, def, &acting, raw)?)
    } else {
        let organisation = acting.officer(ctx, Verb::Publish)?;
        (Who::agency(ctx, organisation), by_officer(def, &acting, raw)?)
    };
    let reason = act::optional_text(reason, "reason")?;
    let before = std::mem::replace(&mut acting.case.answers, answers);
    let changed = differences(def, &before, &acting.case.answers);
    if changed.is_empty() {
        return Ok(Done { revision: acting.case.revision, receipt: None });
    }
    let officer = who.organisation.is_some();
    let object = act::reference(acting.case.id);
    let mut kept = StepInput::default();
    for field in &changed {
        // What the author changed has to be looked at anew; what an officer blackened has been.
        if officer {
            acting.case.reviewed.insert(field.id.clone());
        } else {
            acting.case.reviewed.remove(&field.id);
        }
        let (old, new) = (before.get(&field.id), acting.case.answers.get(&field.id));
        if let Some(old) = old {
            kept.fields.0.insert(field.id.clone(), old.clone());
        }
        if !field.personal && !officer {
            let text = |answer: Option<&Answer>| answer.and_then(|answer| serde_json::to_string(answer).ok());
            history::record(tx, ctx, &object, &field.id, text(old), text(new))?;
        }
    }
    acting.case.title = values::title(def, &acting.case.answers);
    written::index(tx, def, &acting.case)?;
    let about = changed.iter().map(|field| field.id.as_str()).collect::<Vec<_>>().join(" ");
    let mut happened = Happened::new(EventKind::Corrected, &kinds::CASE_CORRECTED, &who).about(about).text(&reason);
    happened.body.input = Some(kept);
    acting.done(tx, ctx, cases, happened)
}

fn by_author(ctx: &Ctx, def: &Definition, acting: &Acting, raw: &Raw) -> Result<Answers> {
    let case = &acting.case;
    if !def.filing.correct || case.state != def.first_state().id {
        return Err(Error::conflict("case.correct-not"));
    }
    let today = ctx.now.kst_date();
    let fields: Vec<&Field> = def
        .filing_fields()
        .filter(|field| named(raw, &field.id) && def.routing.field.as_deref() != Some(field.id.as_str()))
        .filter(|field| !matches!(field.kind, FieldKind::File { .. } | FieldKind::Photo { .. }))
        .collect();
    let filled = values::fill(def, &Party::Author, &fields, raw, &BTreeMap::new(), &case.answers, today);
    let mut errors = filled.errors;
    // What is no question of the author's stays as it is.
    let mut answers = written::tidy(def, &filled.answers)?;
    if errors.is_empty() {
        errors = values::complete(def, &Party::Author, &answers, today);
    }
    if !errors.is_empty() {
        let error = Error::invalid("case.correct-invalid");
        return Err(errors.into_iter().fold(error, Error::field_error));
    }
    for field in def.fields.iter().filter(|field| !def.asks_when_filing(field)) {
        answers.0.extend(case.answers.get(&field.id).map(|answer| (field.id.clone(), answer.clone())));
    }
    Ok(answers)
}

fn by_officer(def: &Definition, acting: &Acting, raw: &Raw) -> Result<Answers> {
    let mut answers = acting.case.answers.clone();
    for name in raw.0.keys() {
        let refuse = || Error::invalid("case.correct-redaction").field(name, "case.correct-redaction");
        let field = def.field(name).filter(|field| field.public != Publicity::Never).ok_or_else(refuse)?;
        let Some(Answer::Text(old)) = answers.get(&field.id) else { return Err(refuse()) };
        let new = raw.one(name).replace("\r\n", "\n");
        if !blackened(old, &new) {
            return Err(refuse());
        }
        answers.0.insert(field.id.clone(), Answer::Text(new));
    }
    Ok(answers)
}

/// Whether a form names the field, itself or a part of it (`place.address`).
fn named(raw: &Raw, field: &str) -> bool {
    raw.0.keys().any(|name| name == field || name.strip_prefix(field).is_some_and(|rest| rest.starts_with('.')))
}

fn differences<'a>(def: &'a Definition, before: &Answers, after: &Answers) -> Vec<&'a Field> {
    def.fields.iter().filter(|field| before.get(&field.id) != after.get(&field.id)).collect()
}

/// Whether `new` is `old` with blackened places and nothing else: what is left stands in the old text, in its order, from
/// its beginning to its end.
fn blackened(old: &str, new: &str) -> bool {
    let pieces: Vec<&str> = new.split(BLACK).collect();
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
    if pieces.len() == 1 {
        return old == new;
    }
    let Some(mut rest) = old.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    for piece in &pieces[1..pieces.len() - 1] {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::blackened;

    #[test]
    fn blackening_takes_words_away_and_adds_none() {
        let old = "담당자 전화는 010-1234-5678이고 010-1234-5678로 걸었습니다.";
        assert!(blackened(old, old));
        assert!(blackened(old, "담당자 전화는 █이고 █로 걸었습니다."));
        assert!(blackened(old, "█"));
        assert!(blackened(old, "담당자 전화는 ████이고 010-1234-5678로 걸었습니다."));
        for new in
            ["", "담당자 전화는 010이고", "담당자 █ 전화를 받았습니다.", "█로 걸었습니다. 고맙습니다.", "걸었습니다. █"]
        {
            assert!(!blackened(old, new), "{new}");
        }
    }
}
