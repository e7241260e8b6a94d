//! Values of indicators.

use madang_base::calendar::PartialDate;
use madang_base::{Error, Id, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Role, Verb, history, organisation};
use serde_json::json;

use super::{Happened, acting_for, announce};
use crate::checks::Wrong;
use crate::id;
use crate::model::{AgencyRole, NewsKind, ValueId};
use crate::{kinds, record, store};

/// A value for a series.
#[derive(Clone, Debug)]
pub struct ValueInput {
    pub plan: String,
    /// The id in the plan's file.
    pub indicator: String,
    /// Slug of the agency it is of; none: of the whole.
    pub agency: Option<String>,
    pub date: PartialDate,
    pub value: f64,
    pub note: LocalizedText,
}

/// Adds a value, or corrects the one of the same agency and date. An agency's officer reports the agency's own; the
/// leading agencies of the indicator's commitment report all.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.indicator-unknown`, `plan.agency-unknown`; `plan.value-invalid` with its fields.
pub fn value_add(tx: &mut Tx, ctx: &Ctx, input: &ValueInput) -> Result<ValueId> {
    let own = id::indicator(&input.plan, &input.indicator);
    let unknown = || Error::not_found("plan.indicator-unknown").arg("value", &input.indicator);
    let row = store::indicator::get(tx, &own)?.filter(|i| i.retired_at.is_none()).ok_or_else(unknown)?;
    let mut owners: Vec<OrganisationId> = Vec::new();
    let mut agency = None;
    if let Some(slug) = &input.agency {
        let found = organisation::by_slug(tx, slug)?;
        let found = found.ok_or_else(|| Error::not_found("plan.agency-unknown").arg("value", slug))?;
        owners.push(found.id);
        agency = Some(found.id);
    }
    if let Some(commitment) = &row.commitment {
        let agencies = store::commitment::agencies(tx, commitment)?;
        owners.extend(agencies.iter().filter(|a| a.role == AgencyRole::Lead).map(|a| a.agency.id));
    }
    ctx.require(Verb::Report, ObjectKind::Indicator, Some(Owner::Organisations(&owners)))?;
    let mut wrong = Wrong::default();
    wrong.length("note", &input.note);
    if !input.value.is_finite() {
        wrong.add("value", "plan.value-number");
    }
    let percent = row.content.unit.iter().any(|(_, unit)| unit == "%");
    if percent && !(0.0..=100.0).contains(&input.value) {
        wrong.add("value", "plan.value-percent");
    }
    if input.date.first_day() > ctx.now.kst_date() {
        wrong.add_arg("date", "plan.value-future", "value", &input.date);
    }
    wrong.check("plan.value-invalid")?;
    let before = store::indicator::values(tx, &own)?
        .into_iter()
        .find(|v| v.organisation == agency && v.day == input.date.last_day())
        .map(|v| v.value);
    let value = Id::new(ctx.now, ctx.rng());
    store::indicator::put_value(tx, value, &own, agency, input.date, input.value, &input.note, ctx.account(), ctx.now)?;
    let reference = id::indicator_ref(&own);
    let shown = |value: f64| json!({ "agency": input.agency, "date": input.date, "value": value }).to_string();
    history::record(tx, ctx, &reference, "value", before.map(shown), Some(shown(input.value)))?;
    let event = Event::public(&kinds::INDICATOR_REPORTED, reference.clone())
        .with("date", input.date.last_day())
        .with_some("agency", agency.map(id::agency_ref))
        .with("record", Field::salted(record::indicator(tx, &own)?));
    ledger::append(tx, ctx, event)?;
    let acting = agency.or_else(|| acting_for(ctx, &[Role::Officer, Role::Lead], &owners));
    let detail = input.date.to_string();
    let happened = Happened {
        plan: &input.plan,
        kind: NewsKind::IndicatorReported,
        object: &reference,
        commitment: row.commitment.as_deref(),
        milestone: None,
        organisation: acting,
        detail: &detail,
    };
    let mut objects = vec![id::plan_ref(&input.plan), reference.clone()];
    objects.extend(row.commitment.as_deref().map(id::commitment_ref));
    objects.extend(agency.map(id::agency_ref));
    announce(tx, ctx, &happened, &objects)?;
    Ok(value)
}
