//! Inspection rounds at the desk: open, answer, close, publish.

use axum::extract::Path;
use jiff::civil::Date;
use madang_base::{Error, FieldError, LocalizedText, Result};
use madang_http::{Input, Outcome, Visit};
use madang_plans::model::{PlanSummary, RoundAnswer, RoundId};
use madang_plans::service::round;
use madang_plans::views::{self, RoundView};
use serde_json::{Value, json};

use super::super::plans::shape;
use super::{Wrong, half_name, halves, one, two};
use crate::page::{Page, done, with_receipt};

type OfPlan = Path<(String, String)>;
type OfRound = Path<(String, String, String)>;

/// How long agencies are given when nothing else is said, in days.
const DAYS: i64 = 30;

/// Fields of texts stand at their Korean side.
fn place(error: &FieldError) -> String {
    match error.field.as_str() {
        name @ ("title" | "text" | "conclusion") => format!("{name}_ko"),
        other => other.to_owned(),
    }
}

async fn plan_of(visit: &Visit, plan: String) -> Result<(PlanSummary, Vec<String>)> {
    visit
        .app
        .db
        .read(move |tx| {
            let known = views::rounds(tx, &plan)?.into_iter().map(|(round, _, _)| round.label).collect();
            Ok((views::plan_summary(tx, &plan)?, known))
        })
        .await
}

async fn round_of(visit: &Visit, plan: &str, id: &str) -> Result<RoundView> {
    let unknown = || Error::not_found("plan.round-unknown").arg("value", id);
    let id: RoundId = id.parse().map_err(|_| unknown())?;
    let view = visit.app.db.read(move |tx| views::round(tx, id, true)).await?;
    if view.plan.id == plan { Ok(view) } else { Err(unknown()) }
}

fn round_href(view: &RoundView) -> String {
    format!("/plans/{}/rounds/{}", view.plan.id, view.round.id)
}

pub async fn open_page(visit: Visit, Path((_, plan)): OfPlan) -> Outcome {
    let (plan, known) = plan_of(&visit, plan).await?;
    let today = shape::today(&visit);
    let label =
        halves(plan.start, plan.end, today).into_iter().find(|label| !known.contains(label)).unwrap_or_default();
    let due = visit.ctx.now.plus_days(DAYS).kst_date().to_string();
    opening(&visit, &plan, &label, &LocalizedText::default(), &due, Wrong::none())
}

fn opening(visit: &Visit, plan: &PlanSummary, label: &str, title: &LocalizedText, due: &str, wrong: Wrong) -> Outcome {
    let labels = halves(plan.start, plan.end, shape::today(visit));
    let options: Vec<Value> = labels.iter().map(|l| shape::option(l, half_name(visit, l), l == label)).collect();
    let context = json!({
        "plan": shape::plan_link(visit, plan),
        "action": visit.url(&visit.path),
        "labels": options,
        "values": { "title_ko": one(title, "ko"), "title_en": one(title, "en"), "due": due },
        "errors": wrong.errors,
    });
    Page::new(visit, "round-open.html").form().status(wrong.status).render(&context)
}

pub async fn open(visit: Visit, Path((_, plan)): OfPlan, input: Input) -> Outcome {
    let (plan, _) = plan_of(&visit, plan).await?;
    let (label, title, due) = (input.text("label").to_owned(), two(&input, "title"), input.text("due").to_owned());
    let Ok(day) = due.parse::<Date>() else {
        return opening(&visit, &plan, &label, &title, &due, Wrong::field(&visit, "due", "error-desk-day"));
    };
    let (ctx, id, told, text) = (visit.ctx.clone(), plan.id.clone(), label.clone(), title.clone());
    match visit.app.db.write(move |tx| round::open(tx, &ctx, &id, &told, &text, day)).await {
        Ok(round) => Ok(done(&visit, &format!("/plans/{}/rounds/{}", plan.id, round.id), "round-opened")),
        Err(error) => opening(&visit, &plan, &label, &title, &due, Wrong::of(&visit, error, place)?),
    }
}

/// The answer of the visitor's own agency; refused when none of theirs was asked.
async fn own_answer(visit: &Visit, id: RoundId) -> Result<RoundAnswer> {
    let ctx = visit.ctx.clone();
    let own = visit.app.db.read(move |tx| round::own_answer(tx, &ctx, id)).await?;
    own.ok_or_else(|| Error::forbidden("permission.denied"))
}

pub async fn answer_page(visit: Visit, Path((_, plan, id)): OfRound) -> Outcome {
    let view = round_of(&visit, &plan, &id).await?;
    let own = own_answer(&visit, view.round.id).await?;
    let text = own.text.clone();
    answering(&visit, &view, &own, &text, Wrong::none()).await
}

async fn answering(visit: &Visit, view: &RoundView, own: &RoundAnswer, text: &LocalizedText, wrong: Wrong) -> Outcome {
    let (slug, today) = (own.agency.slug.clone(), shape::today(visit));
    let late = visit.app.db.read(move |tx| Ok(views::agency(tx, &slug, today)?.late)).await?;
    let late: Vec<Value> = late
        .iter()
        .filter(|d| d.plan == view.plan.id)
        .map(|d| {
            let report = format!(
                "/desk/plans/{}/milestones/{}/{}/report?period={}",
                d.plan, d.commitment_number, d.number, d.period.no
            );
            json!({
                "title": d.title, "commitment": d.commitment_number, "state": d.period.state.code(),
                "due": d.period.due.map(|day| day.to_string()), "report_href": visit.url(&report),
            })
        })
        .collect();
    let context = json!({
        "plan": shape::plan_link(visit, &view.plan),
        "round": head(visit, view),
        "agency": own.agency.name,
        "answered": own.answered_at.map(madang_base::Time::micros),
        "late": late,
        "action": visit.url(&visit.path),
        "values": { "text_ko": one(text, "ko"), "text_en": one(text, "en") },
        "errors": wrong.errors,
    });
    Page::new(visit, "round-answer.html").form().status(wrong.status).render(&context)
}

fn head(visit: &Visit, view: &RoundView) -> Value {
    let today = shape::today(visit);
    json!({
        "title": view.round.title, "href": visit.url(&round_href(view)), "state": view.round.state.code(),
        "due": view.round.due.to_string(), "days": (view.round.due - today).get_days(),
        "answered": view.answered, "asked": view.answers.len(),
    })
}

pub async fn answer(visit: Visit, Path((_, plan, id)): OfRound, input: Input) -> Outcome {
    let view = round_of(&visit, &plan, &id).await?;
    let own = own_answer(&visit, view.round.id).await?;
    let text = two(&input, "text");
    let (ctx, round, told) = (visit.ctx.clone(), view.round.id, text.clone());
    match visit.app.db.write(move |tx| round::answer(tx, &ctx, round, &told)).await {
        Ok(receipt) => Ok(with_receipt(done(&visit, &round_href(&view), "round-answered"), Some(receipt))),
        Err(error) => answering(&visit, &view, &own, &text, Wrong::of(&visit, error, place)?).await,
    }
}

pub async fn close(visit: Visit, Path((_, plan, id)): OfRound, _: Input) -> Outcome {
    let view = round_of(&visit, &plan, &id).await?;
    let (ctx, round) = (visit.ctx.clone(), view.round.id);
    visit.app.db.write(move |tx| round::close(tx, &ctx, round)).await?;
    Ok(done(&visit, &round_href(&view), "round-closed"))
}

pub async fn publish_page(visit: Visit, Path((_, plan, id)): OfRound) -> Outcome {
    let view = round_of(&visit, &plan, &id).await?;
    publishing(&visit, &view, &LocalizedText::default(), Wrong::none())
}

fn publishing(visit: &Visit, view: &RoundView, conclusion: &LocalizedText, wrong: Wrong) -> Outcome {
    let answers: Vec<Value> = view
        .answers
        .iter()
        .map(|a| {
            let text = (!a.text.is_empty()).then_some(&a.text);
            json!({ "name": a.agency.name, "state": if a.answered_at.is_some() { "answered" } else { "late" }, "text": text })
        })
        .collect();
    let context = json!({
        "plan": shape::plan_link(visit, &view.plan),
        "round": head(visit, view),
        "answers": answers,
        "action": visit.url(&visit.path),
        "values": { "conclusion_ko": one(conclusion, "ko"), "conclusion_en": one(conclusion, "en") },
        "errors": wrong.errors,
    });
    Page::new(visit, "round-publish.html").form().status(wrong.status).render(&context)
}

pub async fn publish(visit: Visit, Path((_, plan, id)): OfRound, input: Input) -> Outcome {
    let view = round_of(&visit, &plan, &id).await?;
    let conclusion = two(&input, "conclusion");
    let (ctx, round, told) = (visit.ctx.clone(), view.round.id, conclusion.clone());
    match visit.app.db.write(move |tx| round::publish(tx, &ctx, round, &told)).await {
        Ok(()) => Ok(done(&visit, &round_href(&view), "round-published")),
        Err(error) => publishing(&visit, &view, &conclusion, Wrong::of(&visit, error, place)?),
    }
}
