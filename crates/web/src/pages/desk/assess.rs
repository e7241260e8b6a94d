//! An assessment of a commitment: by civil society, or by the agency of itself. Write → review → published.

use axum::extract::Path;
use madang_base::{Error, FieldError, LocalizedText, Result};
use madang_http::{Input, Outcome, Visit};
use madang_kernel::{OrganisationId, Role};
use madang_plans::model::{Assessment, Side};
use madang_plans::rules::{Ambition, Completion, EarlyResults};
use madang_plans::service::assess::{self, AssessInput};
use madang_plans::views::CommitmentView;
use serde_json::{Value, json};

use super::super::plans::shape;
use super::{Wrong, commitment, commitment_head, half_name, halves, one, organisations};
use crate::page::{Page, done, with_receipt};

type Place = Path<(String, String, String)>;

#[derive(Clone, Debug, Default)]
struct Typed {
    period: String,
    completion: String,
    ambition: String,
    early_results: String,
    reasons_ko: String,
    reasons_en: String,
}

impl Typed {
    fn read(input: &Input) -> Self {
        let text = |name: &str| input.text(name).to_owned();
        Self {
            period: text("period"),
            completion: text("completion"),
            ambition: text("ambition"),
            early_results: text("early_results"),
            reasons_ko: text("reasons_ko"),
            reasons_en: text("reasons_en"),
        }
    }

    /// What stands of the same period, to go on from.
    fn of(assessment: &Assessment) -> Self {
        Self {
            period: assessment.period.clone(),
            completion: assessment.completion.to_string(),
            ambition: assessment.ambition.map(|a| a.to_string()).unwrap_or_default(),
            early_results: assessment.early_results.map(|e| e.to_string()).unwrap_or_default(),
            reasons_ko: one(&assessment.reasons, "ko"),
            reasons_en: one(&assessment.reasons, "en"),
        }
    }

    /// Every field that is wrong at once.
    fn input(&self, commitment: &str, side: Side) -> Result<AssessInput> {
        let mut wrong = Vec::new();
        let completion = self.completion.parse::<Completion>().map_err(|_| wrong.push(("completion", "desk.choose")));
        let ambition = optional::<Ambition>(&self.ambition);
        let early_results = optional::<EarlyResults>(&self.early_results);
        if side == Side::Civil && !matches!(ambition, Ok(Some(_))) {
            wrong.push(("ambition", "desk.choose"));
        }
        if early_results.is_err() {
            wrong.push(("early_results", "desk.choose"));
        }
        let reasons = LocalizedText::new(&*self.reasons_ko, &*self.reasons_en);
        if reasons.is_empty() {
            wrong.push(("reasons", "plan.text-required"));
        }
        let (Ok(completion), true) = (completion, wrong.is_empty()) else {
            let none = Error::invalid("plan.assessment-invalid");
            return Err(wrong.into_iter().fold(none, |error, (field, code)| {
                error.field_error(FieldError { field: field.to_owned(), code, args: Default::default() })
            }));
        };
        Ok(AssessInput {
            commitment: commitment.to_owned(),
            side,
            organisation: None,
            period: self.period.clone(),
            completion,
            ambition: ambition.ok().flatten(),
            early_results: early_results.ok().flatten(),
            reasons,
        })
    }
}

fn optional<T: std::str::FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

fn place(error: &FieldError) -> String {
    if error.field == "reasons" { "reasons_ko".to_owned() } else { error.field.clone() }
}

/// For whom the visitor speaks: civil society, or one of the commitment's agencies.
fn side(visit: &Visit, view: &CommitmentView) -> Result<(Side, Vec<OrganisationId>)> {
    let agencies: Vec<_> = view.agencies.iter().map(|a| a.agency.id).collect();
    let mut own = organisations(visit, &[Role::Officer, Role::Lead]);
    own.retain(|id| agencies.contains(id));
    if !own.is_empty() {
        return Ok((Side::Agency, own));
    }
    let civil = organisations(visit, &[Role::CivilSociety]);
    if civil.is_empty() { Err(Error::forbidden("permission.denied")) } else { Ok((Side::Civil, civil)) }
}

async fn find(visit: &Visit, plan: String, word: String) -> Result<CommitmentView> {
    let today = shape::today(visit);
    visit.app.db.read(move |tx| commitment(tx, &plan, &word, today)).await
}

pub async fn show(visit: Visit, Path((_, plan, word)): Place) -> Outcome {
    let view = find(&visit, plan, word).await?;
    let (side, own) = side(&visit, &view)?;
    let periods = halves(view.plan.start, view.plan.end, shape::today(&visit));
    let now = periods.first().cloned().unwrap_or_default();
    let standing = view.assessments.iter().find(|a| a.side == side && own.contains(&a.agency.id) && a.period == now);
    let typed = standing.map_or_else(|| Typed { period: now, ..Typed::default() }, Typed::of);
    page(&visit, &view, side, 1, &typed, Wrong::none())
}

pub async fn act(visit: Visit, Path((_, plan, word)): Place, input: Input) -> Outcome {
    let view = find(&visit, plan, word).await?;
    let (side, _) = side(&visit, &view)?;
    let typed = Typed::read(&input);
    let told = match typed.input(&view.name.id, side) {
        Ok(told) => told,
        Err(error) if input.text("go") != "edit" => {
            return page(&visit, &view, side, 1, &typed, Wrong::of(&visit, error, place)?);
        }
        Err(_) => return page(&visit, &view, side, 1, &typed, Wrong::none()),
    };
    match input.text("go") {
        "publish" => {
            let ctx = visit.ctx.clone();
            match visit.app.db.write(move |tx| assess::assess(tx, &ctx, &told)).await {
                Ok(assessed) => {
                    let to = format!("/plans/{}/commitments/{}", view.plan.id, view.name.number);
                    Ok(with_receipt(done(&visit, &to, "assessed"), Some(assessed.receipt)))
                }
                Err(error) => page(&visit, &view, side, 1, &typed, Wrong::of(&visit, error, place)?),
            }
        }
        "review" => page(&visit, &view, side, 2, &typed, Wrong::none()),
        _ => page(&visit, &view, side, 1, &typed, Wrong::none()),
    }
}

fn page(visit: &Visit, view: &CommitmentView, side: Side, step: u8, typed: &Typed, wrong: Wrong) -> Outcome {
    let mut labels = halves(view.plan.start, view.plan.end, shape::today(visit));
    if !typed.period.is_empty()
        && !labels.contains(&typed.period)
        && madang_plans::checks::is_assessment_period(&typed.period)
    {
        labels.push(typed.period.clone());
    }
    let periods: Vec<Value> =
        labels.iter().map(|label| shape::option(label, half_name(visit, label), *label == typed.period)).collect();
    let milestones: Vec<Value> = view
        .milestones
        .iter()
        .map(|m| {
            let own = view.updates.iter().filter(|u| u.milestone.as_deref() == Some(m.id.as_str()));
            let evidence: usize = own.filter(|u| u.corrected_by.is_none()).map(|u| u.evidence.len()).sum();
            json!({ "n": m.content.number, "title": m.content.title, "state": m.state.code(), "evidence": evidence })
        })
        .collect();
    let context = json!({
        "commitment": commitment_head(visit, view),
        "by": side.code(),
        "step": step,
        "action": visit.url(&visit.path),
        "values": {
            "period": typed.period, "completion": typed.completion, "ambition": typed.ambition,
            "early_results": typed.early_results, "reasons_ko": typed.reasons_ko, "reasons_en": typed.reasons_en,
        },
        "period_name": half_name(visit, &typed.period),
        "periods": periods,
        "milestones": milestones,
        "errors": wrong.errors,
    });
    Page::new(visit, "assess.html").form().status(wrong.status).render(&context)
}
