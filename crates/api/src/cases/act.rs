//! Filing, handling and supporting over the API. A request without a key is nobody's: what a service takes from
//! anonymous people is taken here too.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use madang_base::{Error, FieldError, Result};
use madang_cases::Channel;
use madang_cases::model::{ApprovalId, Done};
use madang_cases::service::ask;
use madang_cases::service::file::{self, FilingInput};
use madang_cases::service::step::{self, Taken};
use madang_cases::service::{approve, extend, lookup, rate, transfer, withdraw};
use madang_cases::support::{self, SupportInput};
use madang_form::{Answer, Field, FieldKind, FileAnswer, Party, steps, values};
use madang_http::{Outcome, Visit};
use madang_identity::limit::FILING_NETWORK;
use madang_identity::rate as limit;
use madang_kernel::blob::Upload;
use serde_json::{Value, json};

use super::read::{code, context};
use super::wire::{
    ActOut, ClockOut, ExtensionBody, FileBody, FilingBody, GivenOut, NoteBody, RatingBody, ReceiptLink, ReceiptOut,
    StepBody, SupportBody, TakenBackOut, TextBody, TransferBody,
};
use crate::rest::answer::json as answer;
use crate::rest::sent::{Perhaps, Sent};

/// Files of one request.
pub(super) const MOST_FILES: usize = 10;

/// Checks and keeps the files of a body, in their order.
async fn uploads(visit: &Visit, files: &[FileBody]) -> Result<Vec<Upload>> {
    if files.len() > MOST_FILES {
        return Err(Error::invalid("api.files").arg("most", MOST_FILES).field("files", "api.files"));
    }
    let mut kept = Vec::new();
    for (no, sent) in files.iter().enumerate() {
        let at = format!("files.{no}");
        let content = STANDARD.decode(sent.content.trim());
        let content = content.map_err(|_| Error::invalid("api.base64").field(format!("{at}.content"), "api.base64"))?;
        let kind = visit.app.blobs.put(Bytes::from(content), &madang_http::clean(&sent.name)).await;
        kept.push(kind.map_err(|e| {
            let code = e.code();
            e.field(at, code)
        })?);
    }
    Ok(kept)
}

fn named(upload: &Upload) -> FileAnswer {
    FileAnswer {
        sha256: upload.blob.sha256.clone(),
        name: upload.name.clone(),
        size: upload.blob.size,
        media_type: upload.blob.media_type.to_string(),
    }
}

/// An error with those of the fields; nothing when there are none.
fn refuse(code: &'static str, errors: Vec<FieldError>) -> Result<()> {
    if errors.is_empty() {
        return Ok(());
    }
    Err(errors.into_iter().fold(Error::invalid(code), Error::field_error))
}

/// `Idempotency-Key`, or a new one for every request.
fn request_key(visit: &Visit, headers: &HeaderMap) -> Result<String> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(visit.app.rng.token()) };
    let wrong = || Error::invalid("case.request-key").field("Idempotency-Key", "case.request-key");
    value.to_str().map(str::to_owned).map_err(|_| wrong())
}

pub async fn file(
    visit: Visit,
    Path(service): Path<String>,
    headers: HeaderMap,
    Sent(sent): Sent<FilingBody>,
) -> Outcome {
    let cases = context(&visit)?;
    let key = request_key(&visit, &headers)?;
    let uploads = uploads(&visit, &sent.files).await?;
    let (id, own) = (service.clone(), cases.clone());
    let version = visit.app.db.read(move |tx| own.services.current(tx, &id)).await?;
    let def = &version.definition;
    let mut given = sent.answers;
    for field in def.filing_fields().filter(|field| takes_files(field)) {
        if given.get(&field.id).is_some() {
            return Err(Error::invalid("api.file-answer").field(&field.id, "api.file-answer"))?;
        }
    }
    for (file, upload) in sent.files.iter().zip(&uploads) {
        let field = def.field(&file.field).filter(|field| takes_files(field));
        let Some((field, object)) = field.zip(given.as_object_mut()) else {
            return Err(Error::invalid("api.file-field").field("files", "api.file-field"))?;
        };
        let list = object.entry(field.id.clone()).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(serde_json::to_value(named(upload)).map_err(Error::internal)?);
        }
    }
    let fields: Vec<_> = def.filing_fields().collect();
    let filled = values::fill_json(def, &Party::Author, &fields, &given, visit.ctx.now.kst_date());
    refuse("case.filing-invalid", filled.errors)?;
    only_sent(&filled.answers.0, &uploads)?;
    let input = FilingInput {
        service,
        answers: filled.answers,
        uploads,
        channel: Channel::Api,
        name: madang_http::clean(&sent.name),
        mail: sent.mail.filter(|mail| !mail.is_empty()),
        wants_public: sent.public,
        request_key: key,
        proxy: None,
        follow: sent.follow,
    };
    let (ctx, network) = (visit.ctx.clone(), visit.network.clone());
    let work = move |tx: &mut madang_db::Tx| {
        if ctx.account().is_none() {
            limit::attempt(tx, &ctx, FILING_NETWORK, &network)?;
        }
        file::file(tx, &ctx, &cases, &input)
    };
    let receipt = visit.app.db.write(work).await?;
    let out = ReceiptOut {
        url: format!("{}{}", visit.app.site.base_url, visit.url(&format!("/cases/{}", receipt.number))),
        number: receipt.number,
        secret: receipt.secret,
        clocks: receipt.clocks.iter().map(|run| ClockOut::new(&version.definition, run)).collect(),
        again: receipt.again,
        receipt: receipt.receipt.map(|code| ReceiptLink::new(&visit, code)),
    };
    let status = if out.again { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, answer(&headers, &out)?).into_response())
}

pub(super) fn takes_files(field: &Field) -> bool {
    matches!(field.kind, FieldKind::File { .. } | FieldKind::Photo { .. })
}

/// Files are named by digest; nobody may name a file that did not come along.
fn only_sent(answers: &BTreeMap<String, Answer>, uploads: &[Upload]) -> Result<()> {
    for (field, given) in answers {
        let Answer::Files(files) = given else { continue };
        if files.iter().any(|file| uploads.iter().all(|upload| upload.blob.sha256 != file.sha256)) {
            return Err(Error::invalid("api.file-unknown").field(format!("answers.{field}"), "api.file-unknown"));
        }
    }
    Ok(())
}

pub async fn take(
    visit: Visit,
    Path((number, step)): Path<(String, String)>,
    headers: HeaderMap,
    Sent(sent): Sent<StepBody>,
) -> Outcome {
    let cases = context(&visit)?;
    let code = code(&visit, &headers, &number).await?;
    let uploads = uploads(&visit, &sent.files).await?;
    let (own, named_number, ctx, own_code) = (cases.clone(), number.clone(), visit.ctx.clone(), code.clone());
    let (version, answers) = visit
        .app
        .db
        .read(move |tx| {
            let view = lookup::open(tx, &ctx, &own, &named_number, own_code.as_deref())?;
            Ok((view.service, view.case.answers))
        })
        .await?;
    let def = &version.definition;
    let found = def.step(&step).ok_or_else(|| Error::not_found("case.step-unknown").arg("value", &step))?;
    let (input, errors) =
        steps::read_input(def, found, &step_json(&sent, &uploads)?, &answers, visit.ctx.now.kst_date());
    refuse("case.step-invalid", errors)?;
    let (ctx, revision, at) = (visit.ctx.clone(), sent.revision, number.clone());
    let done = visit
        .app
        .db
        .write(move |tx| {
            if let Some(revision) = revision {
                step::unchanged(tx, &at, revision)?;
            }
            step::take(tx, &ctx, &cases, &at, &step, &input, &uploads, code.as_deref())
        })
        .await?;
    Ok(answer(&headers, &taken(&visit, number, done))?)
}

/// What came of a step.
fn taken(visit: &Visit, number: String, taken: Taken) -> ActOut {
    match taken {
        Taken::Done { state, revision, receipt } => ActOut {
            number,
            revision: Some(revision),
            state: Some(state),
            approval: None,
            receipt: Some(ReceiptLink::new(visit, receipt)),
        },
        Taken::Submitted(id) => {
            ActOut { number, revision: None, state: None, approval: Some(id.to_string()), receipt: None }
        }
    }
}

fn approval(text: &str) -> Result<ApprovalId> {
    text.parse().map_err(|_| Error::not_found("case.approval-unknown"))
}

/// Agrees to a step that another officer prepared.
pub async fn approve(
    visit: Visit,
    Path((number, id)): Path<(String, String)>,
    headers: HeaderMap,
    Perhaps(sent): Perhaps<NoteBody>,
) -> Outcome {
    let (cases, ctx, id) = (context(&visit)?, visit.ctx.clone(), approval(&id)?);
    let done = visit.app.db.write(move |tx| approve::approve(tx, &ctx, &cases, id, &sent.note)).await?;
    Ok(answer(&headers, &taken(&visit, number, done))?)
}

/// Gives it back to whoever prepared it.
pub async fn give_back(visit: Visit, Path((_, id)): Path<(String, String)>, Sent(sent): Sent<NoteBody>) -> Outcome {
    let (cases, ctx, id) = (context(&visit)?, visit.ctx.clone(), approval(&id)?);
    visit.app.db.write(move |tx| approve::give_back(tx, &ctx, &cases, id, &sent.note).map(|_| ())).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What a step is given, as its schema says.
fn step_json(sent: &StepBody, uploads: &[Upload]) -> Result<Value> {
    let files = serde_json::to_value(uploads.iter().map(named).collect::<Vec<_>>()).map_err(Error::internal)?;
    let mut given = json!({ "answer": sent.answer, "reason": sent.reason, "grounds": sent.grounds, "files": files });
    for (name, value) in [("outcome", &sent.outcome), ("link", &sent.link)] {
        if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
            given[name] = json!(value);
        }
    }
    given["fields"] = if sent.fields.is_null() { json!({}) } else { sent.fields.clone() };
    Ok(given)
}

fn moved(headers: &HeaderMap, number: String, revision: i64) -> Result<Response> {
    answer(headers, &ActOut { number, revision: Some(revision), state: None, approval: None, receipt: None })
}

fn acted(visit: &Visit, headers: &HeaderMap, number: String, done: Done) -> Result<Response> {
    let receipt = done.receipt.map(|code| ReceiptLink::new(visit, code));
    answer(headers, &ActOut { number, revision: Some(done.revision), state: None, approval: None, receipt })
}

pub async fn ask(visit: Visit, Path(number): Path<String>, headers: HeaderMap, Sent(sent): Sent<TextBody>) -> Outcome {
    let (cases, ctx, at) = (context(&visit)?, visit.ctx.clone(), number.clone());
    let no = visit.app.db.write(move |tx| ask::ask(tx, &ctx, &cases, &at, &sent.text)).await?;
    Ok((StatusCode::CREATED, answer(&headers, &json!({ "number": number, "question": no }))?).into_response())
}

pub async fn reply(
    visit: Visit,
    Path(number): Path<String>,
    headers: HeaderMap,
    Sent(sent): Sent<TextBody>,
) -> Outcome {
    let cases = context(&visit)?;
    let code = code(&visit, &headers, &number).await?;
    let uploads = uploads(&visit, &sent.files).await?;
    let (ctx, at) = (visit.ctx.clone(), number.clone());
    let work = move |tx: &mut madang_db::Tx| ask::reply(tx, &ctx, &cases, &at, &sent.text, &uploads, code.as_deref());
    let done = visit.app.db.write(work).await?;
    Ok(acted(&visit, &headers, number, done)?)
}

pub async fn transfer(
    visit: Visit,
    Path(number): Path<String>,
    headers: HeaderMap,
    Sent(sent): Sent<TransferBody>,
) -> Outcome {
    let (cases, ctx, at) = (context(&visit)?, visit.ctx.clone(), number.clone());
    let work = move |tx: &mut madang_db::Tx| transfer::transfer(tx, &ctx, &cases, &at, &sent.to, &sent.reason);
    let revision = visit.app.db.write(work).await?;
    Ok(moved(&headers, number, revision)?)
}

pub async fn extend(
    visit: Visit,
    Path(number): Path<String>,
    headers: HeaderMap,
    Sent(sent): Sent<ExtensionBody>,
) -> Outcome {
    let (cases, ctx, at) = (context(&visit)?, visit.ctx.clone(), number.clone());
    let work =
        move |tx: &mut madang_db::Tx| extend::extend(tx, &ctx, &cases, &at, &sent.clock, &sent.reason, sent.consent);
    let revision = visit.app.db.write(work).await?;
    Ok(moved(&headers, number, revision)?)
}

pub async fn withdraw(
    visit: Visit,
    Path(number): Path<String>,
    headers: HeaderMap,
    Sent(sent): Sent<TextBody>,
) -> Outcome {
    let cases = context(&visit)?;
    let code = code(&visit, &headers, &number).await?;
    let (ctx, at) = (visit.ctx.clone(), number.clone());
    let work = move |tx: &mut madang_db::Tx| withdraw::withdraw(tx, &ctx, &cases, &at, &sent.text, code.as_deref());
    let done = visit.app.db.write(work).await?;
    Ok(acted(&visit, &headers, number, done)?)
}

pub async fn rate(
    visit: Visit,
    Path(number): Path<String>,
    headers: HeaderMap,
    Sent(sent): Sent<RatingBody>,
) -> Outcome {
    let cases = context(&visit)?;
    let code = code(&visit, &headers, &number).await?;
    let (ctx, at) = (visit.ctx.clone(), number.clone());
    let work = move |tx: &mut madang_db::Tx| rate::rate(tx, &ctx, &cases, &at, sent.stars, &sent.text, code.as_deref());
    let done = visit.app.db.write(work).await?;
    Ok(acted(&visit, &headers, number, done)?)
}

/// Gives the support of the key's owner. The body may be left out.
pub async fn support(visit: Visit, Path(number): Path<String>, Perhaps(stated): Perhaps<SupportBody>) -> Outcome {
    let cases = context(&visit)?;
    let input = SupportInput {
        region: stated.region,
        age_band: stated.age_band,
        follow: stated.follow,
        channel: Channel::Api,
        network: visit.network.clone(),
    };
    let ctx = visit.ctx.clone();
    let given = visit.app.db.write(move |tx| support::give(tx, &ctx, &cases, &number, &input)).await?;
    let status = if given.again { StatusCode::OK } else { StatusCode::CREATED };
    let receipt = given.receipt.map(|code| ReceiptLink::new(&visit, code));
    Ok((status, Json(GivenOut { again: given.again, receipt })).into_response())
}

pub async fn unsupport(visit: Visit, Path(number): Path<String>) -> Outcome {
    let (cases, ctx) = (context(&visit)?, visit.ctx.clone());
    let code = visit.app.db.write(move |tx| support::withdraw(tx, &ctx, &cases, &number)).await?;
    Ok(Json(TakenBackOut { receipt: ReceiptLink::new(&visit, code) }).into_response())
}
