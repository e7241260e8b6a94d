//! What citizens do on a case: take a step of its definition, reply to a question, withdraw, say how they find the answer.
//! Each has a page with a form and one button; pressing twice is pressing once, because the second finds it done.

use axum::extract::Path;
use http::{HeaderMap, StatusCode};
use madang_base::{Error, FieldError, LocalizedText, Result};
use madang_cases::service::step::Taken;
use madang_cases::service::{ask, rate, step, withdraw};
use madang_cases::views::CaseView;
use madang_form::{Need, Raw, Step, StepInput};
use madang_http::{Outcome, Sent, Visit, status_of};
use serde_json::{Value, json};

use super::step_form::{self, FILES};
use super::uploads::{self, Uploads};
use super::{address, case, cases, code, filing, shapes};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, with_receipt, words};

type Place = Path<(String, String)>;

/// A form in the making.
#[derive(Default)]
pub struct Act {
    pub title: String,
    pub lead: String,
    pub button: String,
    pub basis: Vec<LocalizedText>,
    pub danger: bool,
    pub question: Option<Value>,
    pub stars: Option<Vec<Value>>,
    pub asks: Vec<Value>,
    pub fields: Vec<Value>,
    pub files: Option<Value>,
    pub errors: Vec<FieldMessage>,
    pub status: StatusCode,
    pub ended: bool,
}

impl Act {
    /// Shows the form, with what is wrong with it.
    pub fn page(self, visit: &Visit, view: &CaseView) -> Outcome {
        let case = &view.case;
        let def = &view.service.definition;
        let status = if self.ended { StatusCode::FORBIDDEN } else { self.status };
        Page::new(visit, "services/act.html").form().status(status).render(&json!({
            "case": {
                "number": case.number, "title": case.title, "href": address::case(visit, &case.number),
                "state": shapes::state_of(def, &case.state, case.phase),
            },
            "title": self.title, "lead": self.lead, "basis": self.basis, "action": visit.url(&visit.path),
            "button": self.button, "danger": self.danger, "errors": self.errors, "question": self.question,
            "stars": self.stars, "asks": self.asks, "fields": self.fields, "files": self.files, "held": self.ended,
            "max_bytes": filing::mega(visit.app.blobs.limits().bytes), "request_key": visit.app.rng.token(),
        }))
    }

    /// With the errors of what was tried; those that are none of a form's leave as error pages.
    pub fn refused(mut self, visit: &Visit, error: Error) -> Result<Self, madang_http::Failure> {
        let error = keep_for_form(error)?;
        self.status = status_of(error.kind());
        self.errors = form_errors(&visit.app, visit, &error);
        Ok(self)
    }
}

fn text_ask(visit: &Visit, name: &str, label: &str, hint: &str, required: bool, value: &str) -> Value {
    let hint = if hint.is_empty() { String::new() } else { words(visit, hint, &[]) };
    json!({
        "name": name, "label": words(visit, label, &[]), "kind": "text", "hint": hint, "required": required, "value": value,
        "options": [],
    })
}

fn wrong(errors: Vec<FieldError>) -> Error {
    errors.into_iter().fold(Error::invalid("case.filing-invalid"), Error::field_error)
}

fn not_now() -> Error {
    Error::conflict("case.not-now")
}

// ------------------------------------------------------------------------------------------------------------- steps

fn step_of<'a>(view: &'a CaseView, id: &str) -> Result<&'a Step> {
    if view.service.definition.step(id).is_none() {
        return Err(Error::not_found("page.unknown"));
    }
    case::own_steps(view).find(|step| step.id == id).ok_or_else(not_now)
}

async fn step_act(
    visit: &Visit,
    view: &CaseView,
    step: &Step,
    input: &StepInput,
    raw: &Raw,
    held: &Uploads,
) -> Result<Act> {
    let def = &view.service.definition;
    let agencies = filing::agencies(visit).await?;
    Ok(Act {
        title: step.name.get(visit.locale).to_owned(),
        lead: step.help.get(visit.locale).to_owned(),
        button: step.name.get(visit.locale).to_owned(),
        basis: step.basis.clone(),
        asks: step_form::asks(visit, def, step, input),
        fields: step_form::shown(visit, def, step, raw, held, &agencies),
        files: step.needs(&Need::File).then(|| step_form::documents(visit, held, true)),
        ..Act::default()
    })
}

pub async fn step_page(
    visit: Visit,
    Path((_, number, id)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let step = step_of(&view, &id)?;
    step_act(&visit, &view, step, &StepInput::default(), &Raw::default(), &Uploads::new()).await?.page(&visit, &view)
}

pub async fn step(
    visit: Visit,
    Path((_, number, id)): Path<(String, String, String)>,
    headers: HeaderMap,
    sent: Sent,
) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let def = &view.service.definition;
    let step = step_of(&view, &id)?;
    let mut errors = Vec::new();
    let asked = step_form::fields(def, step);
    let mut kept = uploads::of_fields(&visit, &sent.input, &asked, &mut errors).await?;
    let documents = uploads::of_field(&visit, &sent.input, FILES, &mut errors).await?;
    if !documents.is_empty() {
        kept.insert(FILES.to_owned(), documents);
    }
    let (given, raw) = step_form::read(&visit, def, step, &sent.input, &kept, &mut errors);
    let mut form = step_act(&visit, &view, step, &given, &raw, &kept).await?;
    if !sent.holds() {
        form.ended = true;
        return form.page(&visit, &view);
    }
    if !errors.is_empty() {
        return form.refused(&visit, wrong(errors))?.page(&visit, &view);
    }
    let (ctx, there, number) = (visit.ctx.clone(), cases(&visit)?, view.case.number.clone());
    let known = code::of(&visit, &headers, &number);
    let files: Vec<_> = kept.into_values().flatten().collect();
    let taken = visit
        .app
        .db
        .write(move |tx| step::take(tx, &ctx, &there, &number, &id, &given, &files, known.as_deref()))
        .await;
    match taken {
        Ok(taken) => {
            let receipt = match taken {
                Taken::Done { receipt, .. } => Some(receipt),
                Taken::Submitted(_) => None,
            };
            let page = done(&visit, &format!("/cases/{}", view.case.number), "case-step");
            Ok(with_receipt(page, receipt))
        }
        Err(error) => form.refused(&visit, error)?.page(&visit, &view),
    }
}

// ------------------------------------------------------------------------------------------------------------- reply

fn reply_act(visit: &Visit, view: &CaseView, text: &str, held: &Uploads) -> Result<Act> {
    let question = view.question.as_ref().filter(|_| view.may.reply).ok_or_else(not_now)?;
    let by = view.agency.as_ref().map_or("", |agency| agency.name.get(visit.locale));
    Ok(Act {
        title: words(visit, "cases-reply", &[]),
        lead: words(visit, "reply-lead", &[]),
        button: words(visit, "reply-send", &[]),
        question: Some(json!({ "text": question.text, "asked_at": question.asked_at.micros(), "by": by })),
        asks: vec![text_ask(visit, "text", "reply-text", "", true, text)],
        files: Some(step_form::documents(visit, held, false)),
        ..Act::default()
    })
}

pub async fn reply_page(visit: Visit, Path((_, number)): Place, headers: HeaderMap) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    reply_act(&visit, &view, "", &Uploads::new())?.page(&visit, &view)
}

pub async fn reply(visit: Visit, Path((_, number)): Place, headers: HeaderMap, sent: Sent) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let mut errors = Vec::new();
    let files = uploads::of_field(&visit, &sent.input, FILES, &mut errors).await?;
    let text = sent.input.text("text").to_owned();
    let kept: Uploads = [(FILES.to_owned(), files.clone())].into();
    let mut form = reply_act(&visit, &view, &text, &kept)?;
    if !sent.holds() {
        form.ended = true;
        return form.page(&visit, &view);
    }
    if text.is_empty() {
        errors.push(FieldError { field: "text".to_owned(), code: "form.value-required", args: Default::default() });
    }
    if !errors.is_empty() {
        return form.refused(&visit, wrong(errors))?.page(&visit, &view);
    }
    let (ctx, there, number) = (visit.ctx.clone(), cases(&visit)?, view.case.number.clone());
    let known = code::of(&visit, &headers, &number);
    let replied =
        visit.app.db.write(move |tx| ask::reply(tx, &ctx, &there, &number, &text, &files, known.as_deref())).await;
    match replied {
        Ok(acted) => {
            let page = done(&visit, &format!("/cases/{}", view.case.number), "case-replied");
            Ok(with_receipt(page, acted.receipt))
        }
        Err(error) => form.refused(&visit, error)?.page(&visit, &view),
    }
}

// ---------------------------------------------------------------------------------------------------------- withdraw

fn withdraw_act(visit: &Visit, view: &CaseView, reason: &str) -> Result<Act> {
    if !view.may.withdraw {
        return Err(not_now());
    }
    Ok(Act {
        title: words(visit, "withdraw-title", &[]),
        lead: words(visit, "withdraw-lead", &[]),
        button: words(visit, "withdraw-title", &[]),
        danger: true,
        asks: vec![text_ask(visit, "reason", "withdraw-reason", "withdraw-reason-hint", false, reason)],
        ..Act::default()
    })
}

pub async fn withdraw_page(visit: Visit, Path((_, number)): Place, headers: HeaderMap) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    withdraw_act(&visit, &view, "")?.page(&visit, &view)
}

pub async fn withdraw(visit: Visit, Path((_, number)): Place, headers: HeaderMap, sent: Sent) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let reason = sent.input.text("reason").to_owned();
    let mut form = withdraw_act(&visit, &view, &reason)?;
    if !sent.holds() {
        form.ended = true;
        return form.page(&visit, &view);
    }
    let (ctx, there, number) = (visit.ctx.clone(), cases(&visit)?, view.case.number.clone());
    let known = code::of(&visit, &headers, &number);
    let gone =
        visit.app.db.write(move |tx| withdraw::withdraw(tx, &ctx, &there, &number, &reason, known.as_deref())).await;
    match gone {
        Ok(acted) => {
            let page = done(&visit, &format!("/cases/{}", view.case.number), "case-withdrawn");
            Ok(with_receipt(page, acted.receipt))
        }
        Err(error) => form.refused(&visit, error)?.page(&visit, &view),
    }
}

// -------------------------------------------------------------------------------------------------------------- rate

fn rate_act(visit: &Visit, view: &CaseView, stars: &str, text: &str) -> Result<Act> {
    if !view.may.rate {
        return Err(not_now());
    }
    let star = |n: i64| {
        let label = words(visit, &format!("rate-{n}"), &[]);
        json!({ "value": n.to_string(), "label": label, "hint": "", "selected": stars == n.to_string() })
    };
    Ok(Act {
        title: words(visit, "rate-title", &[]),
        lead: words(visit, "rate-lead", &[]),
        button: words(visit, "rate-send", &[]),
        stars: Some((1..=5).rev().map(star).collect()),
        asks: vec![text_ask(visit, "text", "rate-text", "rate-text-hint", false, text)],
        ..Act::default()
    })
}

pub async fn rate_page(visit: Visit, Path((_, number)): Place, headers: HeaderMap) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    rate_act(&visit, &view, "", "")?.page(&visit, &view)
}

pub async fn rate(visit: Visit, Path((_, number)): Place, headers: HeaderMap, sent: Sent) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    let (stars, text) = (sent.input.text("stars").to_owned(), sent.input.text("text").to_owned());
    let mut form = rate_act(&visit, &view, &stars, &text)?;
    if !sent.holds() {
        form.ended = true;
        return form.page(&visit, &view);
    }
    let Ok(stars) = stars.parse::<i64>() else {
        let missing = FieldError { field: "stars".to_owned(), code: "form.value-required", args: Default::default() };
        return form.refused(&visit, wrong(vec![missing]))?.page(&visit, &view);
    };
    let (ctx, there, number) = (visit.ctx.clone(), cases(&visit)?, view.case.number.clone());
    let known = code::of(&visit, &headers, &number);
    let rated =
        visit.app.db.write(move |tx| rate::rate(tx, &ctx, &there, &number, stars, &text, known.as_deref())).await;
    match rated {
        Ok(acted) => {
            let page = done(&visit, &format!("/cases/{}", view.case.number), "case-rated");
            Ok(with_receipt(page, acted.receipt))
        }
        Err(error) => form.refused(&visit, error)?.page(&visit, &view),
    }
}
