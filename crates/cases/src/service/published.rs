//! Files that a public case shows: whose, since when, through which act.

use madang_base::{LocalizedText, Result, Time};
use madang_db::Tx;
use madang_form::{Answer, Answers, FileAnswer};
use madang_kernel::{Actor, Ctx, Ref};

use super::{case_by_id, lookup};
use crate::Cases;
use crate::model::{CaseId, Publication};

/// A file of a public case.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedFile {
    pub number: String,
    pub title: String,
    pub name: String,
    /// Bytes.
    pub size: i64,
    pub media_type: String,
    /// When it came in or was published.
    pub at: Time,
    /// The agency that published it; none when a citizen sent it in.
    pub agency: Option<LocalizedText>,
    /// The act with which it was published, in the words of the service: "Answered".
    pub act: Option<LocalizedText>,
}

fn of_answers(answers: &Answers) -> impl Iterator<Item = &FileAnswer> {
    answers.0.values().flat_map(|answer| match answer {
        Answer::Files(files) => files.as_slice(),
        _ => &[],
    })
}

/// The file of this SHA-256, when everybody may read it in this case now.
///
/// # Errors
/// Those of the database.
pub fn file(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &Ref, sha256: &str) -> Result<Option<PublishedFile>> {
    let Ok(id) = case.id.parse::<CaseId>() else { return Ok(None) };
    let Ok((case, _)) = case_by_id(tx, cases, id) else { return Ok(None) };
    if case.publication != Publication::Published || case.erased_at.is_some() {
        return Ok(None);
    }
    let everybody = ctx.clone().with_actor(Actor::Anonymous);
    let view = lookup::open(tx, &everybody, cases, &case.number, None)?;
    let out = |file: &FileAnswer, at, agency, act| PublishedFile {
        number: view.case.number.clone(),
        title: view.case.title.clone(),
        name: file.name.clone(),
        size: file.size,
        media_type: file.media_type.clone(),
        at,
        agency,
        act,
    };
    for item in &view.timeline {
        let Some(input) = item.body.as_ref().and_then(|body| body.input.as_ref()) else { continue };
        if let Some(file) = input.files.iter().chain(of_answers(&input.fields)).find(|file| file.sha256 == sha256) {
            let agency = item.agency.as_ref().map(|agency| agency.name.clone());
            return Ok(Some(out(file, item.at, agency, item.step.as_ref().map(|(_, done)| done.clone()))));
        }
    }
    let filed = of_answers(&view.case.answers).find(|file| file.sha256 == sha256);
    Ok(filed.map(|file| out(file, view.case.filed_at, None, None)))
}
