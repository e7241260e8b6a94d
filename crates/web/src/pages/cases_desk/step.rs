//! Taking a step of the definition: the form, its preview, a draft, and sending it off. Nothing typed is lost, also when
//! the case has changed meanwhile or the visit has ended.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, FieldError, Result};
use madang_cases::service::approve::{self, Approval, ApprovalState};
use madang_cases::service::step::{self as verb, Taken};
use madang_cases::views::CaseView;
use madang_form::{Need, Raw, Step, StepInput, values};
use madang_http::{Input, Outcome, Sent, Visit, status_of};
use madang_kernel::blob::Upload;

use super::{kit, reading, step_view};
use crate::i18n::FieldMessage;
use crate::page::{done, form_errors, keep_for_form};
use crate::pages::services::step_form;
use crate::pages::services::uploads::{self, Uploads};

type Place = Path<(String, String, String)>;

/// The form as it stands.
#[derive(Default)]
pub struct Form {
    pub given: StepInput,
    pub raw: Raw,
    /// Files that travel in the form.
    pub held: Uploads,
    pub errors: Vec<FieldMessage>,
    pub status: StatusCode,
    pub preview: bool,
    pub saved: bool,
    /// The case is no longer as it was when the form was opened.
    pub changed: bool,
    /// The visit had ended.
    pub ended: bool,
    /// Why a second officer gave it back.
    pub note: String,
}

pub(super) async fn show(visit: Visit, Path((_, number, step)): Place) -> Outcome {
    let view = reading::open_as_officer(&visit, &number).await?;
    let step = step_of(&view, &step)?;
    if !open(&view, &step) {
        return Err(Error::conflict("case.step-shut").arg("step", &step.id).arg("state", &view.case.state).into());
    }
    let mut form = Form::default();
    if let Some(draft) = draft(&view, &step) {
        form.given = draft.input.clone().typed(&view.service.definition)?;
        form.raw = values::raw_of(&view.service.definition, &form.given.fields);
        if draft.state == ApprovalState::Returned {
            form.note.clone_from(&draft.note);
        }
    }
    step_view::page(&visit, &view, &step, form).await
}

fn step_of(view: &CaseView, id: &str) -> Result<Step> {
    let step = view.service.definition.step(id);
    step.cloned().ok_or_else(|| Error::not_found("case.step-unknown").arg("value", id))
}

/// Whether the visitor may take it now.
pub fn open(view: &CaseView, step: &Step) -> bool {
    view.open_steps.iter().any(|open| open.step.id == step.id)
}

/// What was prepared for this step and is not with a second officer.
fn draft<'a>(view: &'a CaseView, step: &Step) -> Option<&'a Approval> {
    let here = view.approvals.iter().filter(|approval| approval.step == step.id);
    here.into_iter().find(|a| matches!(a.state, ApprovalState::Draft | ApprovalState::Returned))
}

pub(super) async fn act(visit: Visit, Path((_, number, step)): Place, sent: Sent) -> Outcome {
    let view = reading::open_as_officer(&visit, &number).await?;
    let step = step_of(&view, &step)?;
    let (mut form, wrong, uploads) = read(&visit, &view, &step, &sent.input).await?;
    if !sent.holds() {
        form.ended = true;
        form.status = StatusCode::FORBIDDEN;
        return step_view::page(&visit, &view, &step, form).await;
    }
    let go = sent.input.text("go");
    if let Some(template) = go.strip_prefix("template:") {
        let text = step_view::template(&visit, &view, template);
        form.given.answer = match form.given.answer.is_empty() {
            true => text,
            false => format!("{}\n\n{text}", form.given.answer),
        };
        return step_view::page(&visit, &view, &step, form).await;
    }
    if let Some(gone) = go.strip_prefix("drop:").and_then(|rest| rest.split_once(':')) {
        if let Some(files) = form.held.get_mut(gone.0) {
            files.retain(|upload| upload.blob.sha256 != gone.1);
        }
        return step_view::page(&visit, &view, &step, form).await;
    }
    match go {
        "save" => save(&visit, &view, &step, form).await,
        "preview" => {
            form.preview = true;
            step_view::page(&visit, &view, &step, form).await
        }
        "send" => match send(&visit, &view, &step, &form, wrong, uploads, revision(&sent.input)).await {
            Ok(Taken::Done { .. }) => Ok(done(&visit, &kit::path(&view.case.number), "step-done")),
            Ok(Taken::Submitted(_)) => Ok(done(&visit, &kit::path(&view.case.number), "step-submitted")),
            Err(error) => refused(&visit, &number, &step, form, error).await,
        },
        _ => step_view::page(&visit, &view, &step, form).await,
    }
}

fn revision(input: &Input) -> Option<i64> {
    input.text("revision").parse().ok()
}

/// What came with the form, with its files kept at once.
async fn read(
    visit: &Visit,
    view: &CaseView,
    step: &Step,
    input: &Input,
) -> Result<(Form, Vec<FieldError>, Vec<Upload>)> {
    let def = &view.service.definition;
    let mut wrong = Vec::new();
    let mut kept = uploads::of_fields(visit, input, &step_form::fields(def, step), &mut wrong).await?;
    let documents = uploads::of_field(visit, input, step_form::FILES, &mut wrong).await?;
    if !documents.is_empty() {
        kept.insert(step_form::FILES.to_owned(), documents);
    }
    let (mut given, raw) = step_form::read(visit, def, step, input, &kept, &mut wrong);
    if !step.needs(&Need::File) {
        // Documents may come with any answer.
        given.files = kept.get(step_form::FILES).into_iter().flatten().map(uploads::answer).collect();
    }
    let all: Vec<Upload> = kept.values().flatten().cloned().collect();
    Ok((Form { given, raw, held: kept, ..Form::default() }, wrong, all))
}

async fn save(visit: &Visit, view: &CaseView, step: &Step, mut form: Form) -> Outcome {
    let (ctx, cases) = (visit.ctx.clone(), kit::cases(visit)?);
    let (number, id) = (view.case.number.clone(), step.id.clone());
    // Files wait in the form until the step is sent: a draft holds words.
    let mut kept = form.given.clone();
    kept.files.clear();
    let outcome = visit.app.db.write(move |tx| approve::save_draft(tx, &ctx, &cases, &number, &id, &kept)).await;
    match outcome {
        Ok(_) if form.held.is_empty() => {
            Ok(done(visit, &format!("{}/steps/{}", kit::path(&view.case.number), step.id), "step-saved"))
        }
        Ok(_) => {
            form.saved = true;
            step_view::page(visit, view, step, form).await
        }
        Err(error) => refused(visit, &view.case.number, step, form, error).await,
    }
}

async fn send(
    visit: &Visit,
    view: &CaseView,
    step: &Step,
    form: &Form,
    wrong: Vec<FieldError>,
    uploads: Vec<Upload>,
    revision: Option<i64>,
) -> Result<Taken> {
    if !wrong.is_empty() {
        // What the domain misses as well is told at once, so that nobody mends one fault after the other.
        let today = visit.ctx.now.kst_date();
        let also =
            madang_form::steps::check_input_for(&view.service.definition, step, &form.given, &view.case.answers, today);
        let mut all = wrong;
        all.extend(also);
        let mut seen = Vec::new();
        let error = all.into_iter().fold(Error::invalid("case.step-invalid").arg("step", &step.id), |error, fault| {
            if seen.contains(&fault.field) {
                return error;
            }
            seen.push(fault.field.clone());
            error.field_error(fault)
        });
        return Err(error);
    }
    let (ctx, cases, number) = (visit.ctx.clone(), kit::cases(visit)?, view.case.number.clone());
    let (id, mut given) = (step.id.clone(), form.given.clone());
    // The verb names the documents itself from what is uploaded.
    given.files.clear();
    let documents: Vec<Upload> = form.held.get(step_form::FILES).cloned().unwrap_or_default();
    let others: Vec<Upload> = uploads.into_iter().filter(|u| !documents.contains(u)).collect();
    visit
        .app
        .db
        .write(move |tx| {
            if let Some(revision) = revision {
                verb::unchanged(tx, &number, revision)?;
            }
            let case = madang_cases::service::lookup::open(tx, &ctx, &cases, &number, None)?.case;
            for upload in &others {
                // Files of fields belong to the case before the step names them.
                madang_kernel::blob::attach(
                    tx,
                    &ctx,
                    upload,
                    &madang_kernel::Ref::new(madang_kernel::ObjectKind::Case, case.id),
                )?;
            }
            verb::take(tx, &ctx, &cases, &number, &id, &given, &documents, None)
        })
        .await
}

/// The form again, with what is wrong, beside the case as it is now.
async fn refused(visit: &Visit, number: &str, step: &Step, mut form: Form, error: Error) -> Outcome {
    let error = keep_for_form(error)?;
    form.status = status_of(error.kind());
    form.changed = matches!(error.code(), "case.changed" | "case.step-shut" | "case.step-late");
    if !form.changed {
        form.errors = form_errors(&visit.app, visit, &error);
        for error in &mut form.errors {
            if error.field == "grounds" {
                "ground".clone_into(&mut error.field);
            }
        }
    }
    let view = reading::open_as_officer(visit, number).await?;
    step_view::page(visit, &view, step, form).await
}
