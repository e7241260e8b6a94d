//! Files of cases and drafts: whoever sees the answer (or the act) that names a file may have it.

use axum::extract::Path;
use http::HeaderMap;
use madang_base::{Error, Result};
use madang_cases::views::CaseView;
use madang_form::{Answer, Answers, FileAnswer};
use madang_http::{Outcome, Visit};

use super::super::files::serve;
use super::{case, drafts};

/// The files that answers name.
fn of_answers(answers: &Answers) -> impl Iterator<Item = &FileAnswer> {
    answers.0.values().flat_map(|answer| match answer {
        Answer::Files(files) => files.as_slice(),
        _ => &[],
    })
}

/// Every file that this view of the case names: answers, and what acts carried that the visitor may read.
fn of_view(view: &CaseView) -> Vec<FileAnswer> {
    let mut files: Vec<FileAnswer> = of_answers(&view.case.answers).cloned().collect();
    for input in view.timeline.iter().filter_map(|item| item.body.as_ref()?.input.as_ref()) {
        files.extend(input.files.iter().cloned());
        files.extend(of_answers(&input.fields).cloned());
    }
    files
}

fn named(files: impl IntoIterator<Item = FileAnswer>, sha256: &str) -> Result<FileAnswer> {
    let unknown = || Error::not_found("blob.unknown").arg("value", sha256);
    files.into_iter().find(|file| file.sha256 == sha256).ok_or_else(unknown)
}

pub async fn of_case(
    visit: Visit,
    Path((_, number, sha256)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let file = named(of_view(&view), &sha256)?;
    serve(&visit, &headers, &file.sha256, &file.name, &file.media_type).await
}

pub async fn of_draft(
    visit: Visit,
    Path((_, service, sha256)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Outcome {
    let unknown = || Error::not_found("blob.unknown").arg("value", &sha256);
    let owner = drafts::known(&visit, &headers).ok_or_else(unknown)?;
    let draft = drafts::get(&visit, &owner, &service).await?.ok_or_else(unknown)?;
    let file = named(of_answers(&draft.answers).cloned().collect::<Vec<_>>(), &sha256)?;
    serve(&visit, &headers, &file.sha256, &file.name, &file.media_type).await
}
