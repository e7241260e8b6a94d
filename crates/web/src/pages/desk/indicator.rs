//! A value of an indicator: of the whole, or of the officer's own agency.

use axum::extract::Path;
use madang_base::calendar::PartialDate;
use madang_base::{Error, FieldError, LocalizedText, Result};
use madang_http::{Input, Outcome, Visit};
use madang_kernel::organisation::{self, Organisation};
use madang_kernel::{ObjectKind, OrganisationId, Owner, Role, Verb};
use madang_plans::service::indicator::{ValueInput, value_add};
use madang_plans::views::{self, IndicatorView};
use serde_json::{Value, json};

use super::super::plans::shape;
use super::{Wrong, one, organisations, two};
use crate::page::{Page, done};

type Place = Path<(String, String, String)>;

#[derive(Clone, Debug, Default)]
struct Typed {
    agency: String,
    date: String,
    value: String,
    note: LocalizedText,
}

/// The indicator, and of whom the visitor may report a value: `None` is the whole.
struct Found {
    view: IndicatorView,
    whole: bool,
    agencies: Vec<Organisation>,
}

async fn find(visit: &Visit, plan: String, indicator: String) -> Result<Found> {
    let (today, ctx) = (shape::today(visit), visit.ctx.clone());
    let own = organisations(visit, &[Role::Officer, Role::Lead]);
    let found = visit.app.db.read(move |tx| {
        let view = views::indicator(tx, &madang_plans::id::indicator(&plan, &indicator), today)?;
        let leading: Vec<OrganisationId> = match &view.commitment {
            Some(name) => super::leads(&views::commitment(tx, &name.id, today)?.agencies),
            None => Vec::new(),
        };
        let whole = ctx.may(Verb::Report, ObjectKind::Indicator, Some(Owner::Organisations(&leading)));
        let mut agencies = own.iter().map(|id| organisation::get(tx, *id)).collect::<Result<Vec<_>>>()?;
        if whole {
            for known in &view.agencies {
                if !agencies.iter().any(|a| a.id == known.agency.id) {
                    agencies.push(organisation::get(tx, known.agency.id)?);
                }
            }
        }
        Ok(Found { view, whole, agencies })
    });
    found.await
}

pub async fn show(visit: Visit, Path((_, plan, indicator)): Place) -> Outcome {
    let found = find(&visit, plan, indicator).await?;
    page(&visit, &found, &Typed::default(), Wrong::none())
}

/// Texts stand at their Korean side.
fn place(error: &FieldError) -> String {
    if error.field == "note" { "note_ko".to_owned() } else { error.field.clone() }
}

pub async fn act(visit: Visit, Path((_, plan, indicator)): Place, input: Input) -> Outcome {
    let found = find(&visit, plan.clone(), indicator.clone()).await?;
    let text = |name: &str| input.text(name).to_owned();
    let typed = Typed { agency: text("agency"), date: text("date"), value: text("value"), note: two(&input, "note") };
    let told = match read(&typed, &plan, &indicator) {
        Ok(told) => told,
        Err(error) => return page(&visit, &found, &typed, Wrong::of(&visit, error, place)?),
    };
    let ctx = visit.ctx.clone();
    match visit.app.db.write(move |tx| value_add(tx, &ctx, &told)).await {
        Ok(_) => Ok(done(&visit, &format!("/indicators/{plan}/{indicator}"), "value-reported")),
        Err(error) => page(&visit, &found, &typed, Wrong::of(&visit, error, place)?),
    }
}

fn read(typed: &Typed, plan: &str, indicator: &str) -> Result<ValueInput> {
    let date = typed.date.parse::<PartialDate>();
    let value = typed.value.replace(',', "").parse::<f64>();
    let mut error = Error::invalid("plan.value-invalid");
    if date.is_err() {
        error = error.field("date", "desk.partial-date");
    }
    if value.is_err() {
        error = error.field("value", "plan.value-number");
    }
    let (Ok(date), Ok(value)) = (date, value) else { return Err(error) };
    let agency = Some(typed.agency.clone()).filter(|slug| !slug.is_empty());
    Ok(ValueInput {
        plan: plan.to_owned(),
        indicator: indicator.to_owned(),
        agency,
        date,
        value,
        note: typed.note.clone(),
    })
}

fn page(visit: &Visit, found: &Found, typed: &Typed, wrong: Wrong) -> Outcome {
    let mut whose: Vec<Value> = Vec::new();
    if found.whole {
        whose.push(shape::option("", shape::t(visit, "value-of-all", &[]), typed.agency.is_empty()));
    }
    whose.extend(
        found
            .agencies
            .iter()
            .map(|a| shape::option(&a.slug, a.name.get(visit.locale).to_owned(), a.slug == typed.agency)),
    );
    let line = &found.view.line;
    let unit = &line.content.unit;
    let recent: Vec<Value> = found
        .view
        .values
        .iter()
        .rev()
        .take(5)
        .map(|p| json!({ "date": p.date.to_string(), "value": format!("{}", p.value) }))
        .collect();
    let target = line.target.as_ref().map(|t| json!({ "date": t.date.to_string(), "value": format!("{}", t.value) }));
    let context = json!({
        "plan": shape::plan_link(visit, &found.view.plan),
        "indicator": { "title": line.content.name, "href": visit.url(&format!("/indicators/{}", line.id)), "unit": unit },
        "recent": recent, "target": target,
        "whose": whose,
        "action": visit.url(&visit.path),
        "values": { "date": typed.date, "value": typed.value, "note_ko": one(&typed.note, "ko"), "note_en": one(&typed.note, "en") },
        "errors": wrong.errors,
    });
    Page::new(visit, "indicator-report.html").form().status(wrong.status).render(&context)
}
