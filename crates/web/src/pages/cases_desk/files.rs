//! Files of cases for their officers; the look at the case is written down as on its page.

use axum::extract::Path;
use http::HeaderMap;
use madang_base::Error;
use madang_cases::views::CaseView;
use madang_form::{Answer, Answers, FileAnswer};
use madang_http::{Outcome, Visit};

use super::reading;
use crate::pages::files::serve;

type Place = Path<(String, String, String)>;

fn of_answers(answers: &Answers) -> impl Iterator<Item = &FileAnswer> {
    answers.0.values().flat_map(|answer| match answer {
        Answer::Files(files) => files.as_slice(),
        _ => &[],
    })
}

/// The file of this digest, in an answer, in an act, or in one that waits for a second officer.
fn named(view: &CaseView, sha256: &str) -> Option<FileAnswer> {
    let inputs = view.timeline.iter().filter_map(|item| item.body.as_ref()?.input.as_ref());
    let acts = inputs.flat_map(|input| input.files.iter().chain(of_answers(&input.fields)));
    let waiting = view.approvals.iter().flat_map(|approval| &approval.input.files);
    let mut all = of_answers(&view.case.answers).chain(acts).chain(waiting);
    all.find(|file| file.sha256 == sha256).cloned()
}

pub(super) async fn file(visit: Visit, Path((_, number, sha256)): Place, headers: HeaderMap) -> Outcome {
    let view = reading::open_as_officer(&visit, &number).await?;
    let found = named(&view, &sha256).ok_or_else(|| Error::not_found("blob.unknown").arg("value", &sha256))?;
    serve(&visit, &headers, &found.sha256, &found.name, &found.media_type).await
}
