//! Indicators: one with its series, and all of a plan by group.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::calendar::PartialDate;
use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::organisation;
use serde::Serialize;

use crate::file::{Better, Indicator, Target};
use crate::model::{AgencyName, CommitmentName, PlanSummary, ValueId};
use crate::rules::falls_short;
use crate::store;
use crate::store::indicator::ValueRow;

/// A target with its day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetView {
    pub date: PartialDate,
    pub day: Date,
    pub value: f64,
    pub note: LocalizedText,
}

/// A value beside the target that it works towards.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointView {
    pub id: ValueId,
    pub date: PartialDate,
    pub day: Date,
    pub value: f64,
    pub note: LocalizedText,
    /// The first target from this day on, else the last one.
    pub target: Option<f64>,
    /// Whether the value falls short of it.
    pub short: Option<bool>,
    /// Value minus target.
    pub gap: Option<f64>,
}

/// The values of one agency, or of the whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// None: the whole.
    pub agency: Option<AgencyName>,
    pub points: Vec<PointView>,
    /// Whether the latest value falls short.
    pub short: Option<bool>,
}

/// An indicator in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorCard {
    pub id: String,
    pub name: LocalizedText,
    pub group: String,
    pub part_of: Option<String>,
    pub unit: LocalizedText,
    pub better: Better,
    /// The last target.
    pub target: Option<TargetView>,
    /// The latest value of the whole.
    pub latest: Option<PointView>,
    /// How many agencies' latest values fall short, of how many that have one.
    pub agencies_short: u32,
    pub agencies: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorGroup {
    pub group: String,
    pub indicators: Vec<IndicatorCard>,
}

/// Everything on an indicator's page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorPage {
    pub id: String,
    pub plan: PlanSummary,
    pub content: Indicator,
    pub commitment: Option<CommitmentName>,
    pub targets: Vec<TargetView>,
    /// The whole first, then the agencies by slug.
    pub series: Vec<Series>,
    /// Those whose latest value falls short.
    pub falling_short: Vec<AgencyName>,
    pub retired: bool,
}

fn target_view((day, target): (Date, Target)) -> TargetView {
    TargetView { date: target.date, day, value: target.value, note: target.note }
}

fn point(value: ValueRow, targets: &[TargetView], better: Better) -> PointView {
    let target = targets.iter().find(|t| t.day >= value.day).or(targets.last()).map(|t| t.value);
    PointView {
        id: value.id,
        date: value.date,
        day: value.day,
        value: value.value,
        note: value.note,
        target,
        short: target.map(|target| falls_short(value.value, target, better)),
        gap: target.map(|target| value.value - target),
    }
}

/// An indicator by the id in its file.
///
/// # Errors
/// `plan.unknown`, `plan.indicator-unknown`; those of the database.
pub fn page(tx: &mut Tx, plan: &str, indicator: &str) -> Result<IndicatorPage> {
    let brief = store::plan::brief(tx, plan)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", plan))?;
    let id = crate::id::indicator(plan, indicator);
    let row = store::indicator::get(tx, &id)?;
    let row = row.ok_or_else(|| Error::not_found("plan.indicator-unknown").arg("value", indicator))?;
    let targets: Vec<TargetView> = store::indicator::targets(tx, &id)?.into_iter().map(target_view).collect();
    let mut by_agency: BTreeMap<_, Vec<PointView>> = BTreeMap::new();
    for value in store::indicator::values(tx, &id)? {
        by_agency.entry(value.organisation).or_default().push(point(value, &targets, row.content.better));
    }
    let mut series = Vec::new();
    for (agency, points) in by_agency {
        let agency = match agency {
            Some(id) => {
                let found = organisation::get(tx, id)?;
                Some(AgencyName { id, slug: found.slug, name: found.name, short: found.short })
            }
            None => None,
        };
        let short = points.last().and_then(|p| p.short);
        series.push(Series { agency, points, short });
    }
    series.sort_by(|a, b| a.agency.as_ref().map(|x| &x.slug).cmp(&b.agency.as_ref().map(|x| &x.slug)));
    let short = series.iter().filter(|s| s.short == Some(true));
    let falling_short = short.filter_map(|s| s.agency.clone()).collect();
    let commitment = match &row.commitment {
        Some(id) => store::commitment::get(tx, id)?.map(|(name, _, _)| name),
        None => None,
    };
    Ok(IndicatorPage {
        id: row.id,
        plan: brief,
        content: row.content,
        commitment,
        targets,
        series,
        falling_short,
        retired: row.retired_at.is_some(),
    })
}

/// All indicators of the plan as cards, each with its commitment.
fn all(tx: &mut Tx, plan: &str) -> Result<Vec<(Option<String>, IndicatorCard)>> {
    let rows = store::indicator::of_plan(tx, plan)?;
    let mut targets: BTreeMap<String, Vec<TargetView>> = BTreeMap::new();
    for (id, day, target) in store::indicator::targets_of_plan(tx, plan)? {
        targets.entry(id).or_default().push(target_view((day, target)));
    }
    let mut values: BTreeMap<String, Vec<ValueRow>> = BTreeMap::new();
    for (id, value) in store::indicator::values_of_plan(tx, plan)? {
        values.entry(id).or_default().push(value);
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let targets = targets.remove(&row.id).unwrap_or_default();
            let mut latest: BTreeMap<_, PointView> = BTreeMap::new();
            for value in values.remove(&row.id).unwrap_or_default() {
                latest.insert(value.organisation, point(value, &targets, row.content.better));
            }
            let whole = latest.remove(&None);
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let card = IndicatorCard {
                id: row.id,
                name: row.content.name,
                group: row.content.group,
                part_of: row.content.part_of,
                unit: row.content.unit,
                better: row.content.better,
                target: targets.last().cloned(),
                latest: whole,
                agencies_short: count(latest.values().filter(|p| p.short == Some(true)).count()),
                agencies: count(latest.len()),
            };
            (row.commitment, card)
        })
        .collect())
}

/// The plan's indicators by group, in order.
///
/// # Errors
/// Those of the database.
pub fn groups(tx: &mut Tx, plan: &str) -> Result<Vec<IndicatorGroup>> {
    let mut groups: Vec<IndicatorGroup> = Vec::new();
    for (_, card) in all(tx, plan)? {
        match groups.iter_mut().find(|g| g.group == card.group) {
            Some(group) => group.indicators.push(card),
            None => groups.push(IndicatorGroup { group: card.group.clone(), indicators: vec![card] }),
        }
    }
    Ok(groups)
}

/// Indicators of a commitment.
pub(crate) fn of_commitment(tx: &mut Tx, plan: &str, commitment: &str) -> Result<Vec<IndicatorCard>> {
    let own = all(tx, plan)?.into_iter().filter(|(of, _)| of.as_deref() == Some(commitment));
    Ok(own.map(|(_, card)| card).collect())
}
