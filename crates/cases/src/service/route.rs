//! Which agency a new case goes to.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{Answer, Answers, Definition, Party, When, values};
use madang_kernel::organisation::{self, Organisation, OrganisationKind};

use crate::Cases;

/// The agency of the answers: what the author named, else the first rule that holds, else `otherwise`, else the site's
/// leading organisation; none when there is none of them.
///
/// # Errors
/// Those of the database.
pub(crate) fn agency(tx: &mut Tx, cases: &Cases, def: &Definition, answers: &Answers) -> Result<Option<Organisation>> {
    let routing = &def.routing;
    let named = routing.field.as_deref().and_then(|field| answers.get(field)).and_then(|answer| match answer {
        Answer::Agency(slug) | Answer::Text(slug) => Some(slug.as_str()),
        _ => None,
    });
    let rule = routing.rules.iter().find(|rule| rule.when.iter().all(|when| holds(when, answers)));
    let slugs = [named, rule.map(|rule| rule.to.as_str()), routing.otherwise.as_deref(), cases.leading.as_deref()];
    for slug in slugs.into_iter().flatten() {
        if let Some(found) = organisation::by_slug(tx, slug)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn holds(when: &When, answers: &Answers) -> bool {
    answers.get(&when.field).is_some_and(|answer| answer.words().iter().any(|word| when.is.iter().any(|is| is == word)))
}

/// That every agency which the author names is one.
///
/// # Errors
/// `case.filing-invalid` with the fields.
pub(crate) fn check_agencies(tx: &mut Tx, def: &Definition, answers: &Answers) -> Result<()> {
    let mut error = None;
    for field in values::asked(def, &Party::Author, None, answers) {
        let Some(Answer::Agency(slug)) = answers.get(&field.id) else { continue };
        let known = organisation::by_slug(tx, slug)?.is_some_and(|found| found.kind == OrganisationKind::Agency);
        if !known {
            let before = error.take().unwrap_or_else(|| Error::invalid("case.filing-invalid"));
            error = Some(before.field(&field.id, "case.filing-agency"));
        }
    }
    error.map_or(Ok(()), Err)
}
