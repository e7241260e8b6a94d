//! Indicators: series, targets, and who falls short.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::calendar::PartialDate;
use madang_base::{Error, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::{OrganisationId, coded, organisation};
use serde::Serialize;

use crate::file::{Indicator, Target};
use crate::model::{AgencyName, CommitmentName, PlanSummary};
use crate::rules;
use crate::store;
use crate::store::indicator::ValueRow;

coded! {
    /// Where a value stands against its target.
    pub enum Standing("plan.standing-unknown") {
        Met = "met",
        Short = "short",
        /// The day of the target has not come and it is not met yet.
        NotDue = "not-due",
        /// There is no value, or no target, to compare.
        NotKnown = "not-known",
    }
}

/// A value at a date.
#[derive(Clone, Debug, Serialize)]
pub struct Point {
    /// As given: a year, a month or a day.
    pub date: PartialDate,
    pub day: Date,
    pub value: f64,
    pub note: LocalizedText,
    /// When it was written here.
    pub at: Option<Time>,
}

/// An indicator in a list.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorLine {
    /// `kr-2021/women-central-directors`
    pub id: String,
    pub content: Indicator,
    pub commitment: Option<String>,
    /// The latest value of the whole.
    pub latest: Option<Point>,
    /// The target that counts today: the next one, or the last that passed.
    pub target: Option<Point>,
    pub standing: Standing,
}

/// The latest value of one agency against the target.
#[derive(Clone, Debug, Serialize)]
pub struct AgencyValue {
    pub agency: AgencyName,
    pub latest: Point,
    pub standing: Standing,
}

/// An indicator with its series.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorView {
    pub plan: PlanSummary,
    pub line: IndicatorLine,
    pub commitment: Option<CommitmentName>,
    pub part_of: Option<(String, LocalizedText)>,
    /// Values of the whole, by day.
    pub values: Vec<Point>,
    pub targets: Vec<Point>,
    /// The latest value of each agency, those furthest from the target first.
    pub agencies: Vec<AgencyValue>,
    /// Other indicators of the same group, this one included.
    pub group: Vec<IndicatorLine>,
}

/// All indicators of a plan, in order.
///
/// # Errors
/// `Kind::NotFound` `plan.unknown`; those of the database.
pub fn indicators(tx: &mut Tx, plan: &str, today: Date) -> Result<Vec<IndicatorLine>> {
    super::plan_summary(tx, plan)?;
    let mut targets: BTreeMap<String, Vec<(Date, Target)>> = BTreeMap::new();
    for (id, day, target) in store::indicator::targets_of_plan(tx, plan)? {
        targets.entry(id).or_default().push((day, target));
    }
    let mut values: BTreeMap<String, Vec<ValueRow>> = BTreeMap::new();
    for (id, value) in store::indicator::values_of_plan(tx, plan)? {
        values.entry(id).or_default().push(value);
    }
    let rows = store::indicator::of_plan(tx, plan)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let targets = targets.remove(&row.id).unwrap_or_default();
            let values = values.remove(&row.id).unwrap_or_default();
            line(row.id, row.content, row.commitment, &targets, &values, today)
        })
        .collect())
}

pub(super) fn of_commitment(tx: &mut Tx, plan: &str, commitment: &str, today: Date) -> Result<Vec<IndicatorLine>> {
    let mut all = indicators(tx, plan, today)?;
    all.retain(|line| line.commitment.as_deref() == Some(commitment));
    Ok(all)
}

fn line(
    id: String,
    content: Indicator,
    commitment: Option<String>,
    targets: &[(Date, Target)],
    values: &[ValueRow],
    today: Date,
) -> IndicatorLine {
    let latest = values.iter().rfind(|v| v.organisation.is_none()).map(point);
    let target = current(targets, today);
    let standing = standing(latest.as_ref(), target.as_ref(), &content, today);
    IndicatorLine { id, content, commitment, latest, target, standing }
}

fn current(targets: &[(Date, Target)], today: Date) -> Option<Point> {
    targets.iter().find(|(day, _)| *day >= today).or_else(|| targets.last()).map(goal)
}

fn goal((day, target): &(Date, Target)) -> Point {
    Point { date: target.date, day: *day, value: target.value, note: target.note.clone(), at: None }
}

fn point(row: &ValueRow) -> Point {
    Point { date: row.date, day: row.day, value: row.value, note: row.note.clone(), at: Some(row.at) }
}

fn standing(value: Option<&Point>, target: Option<&Point>, content: &Indicator, today: Date) -> Standing {
    match (value, target) {
        (Some(value), Some(target)) if !rules::falls_short(value.value, target.value, content.better) => Standing::Met,
        (Some(_), Some(target)) if target.day >= today => Standing::NotDue,
        (Some(_), Some(_)) => Standing::Short,
        _ => Standing::NotKnown,
    }
}

/// An indicator.
///
/// # Errors
/// `Kind::NotFound` `plan.indicator-unknown`; those of the database.
pub fn indicator(tx: &mut Tx, id: &str, today: Date) -> Result<IndicatorView> {
    let unknown = || Error::not_found("plan.indicator-unknown").arg("value", id);
    let row = store::indicator::get(tx, id)?.filter(|row| row.retired_at.is_none()).ok_or_else(unknown)?;
    let plan = super::plan_summary(tx, &row.plan)?;
    let targets = store::indicator::targets(tx, id)?;
    let values = store::indicator::values(tx, id)?;
    let all = indicators(tx, &row.plan, today)?;
    let line = line(row.id, row.content, row.commitment, &targets, &values, today);
    let names = store::commitment::of_plan(tx, &row.plan)?;
    let commitment = names.into_iter().find(|n| Some(&n.id) == line.commitment.as_ref());
    let part_of = line.content.part_of.as_ref().and_then(|part| {
        let whole = all.iter().find(|other| other.content.id == *part)?;
        Some((whole.id.clone(), whole.content.name.clone()))
    });
    let mut latest: BTreeMap<OrganisationId, Point> = BTreeMap::new();
    for value in &values {
        if let Some(owner) = value.organisation {
            latest.insert(owner, point(value));
        }
    }
    let mut agencies = Vec::new();
    for (owner, latest) in latest {
        let found = organisation::get(tx, owner)?;
        let agency = AgencyName { id: owner, slug: found.slug, name: found.name, short: found.short };
        let standing = standing(Some(&latest), line.target.as_ref(), &line.content, today);
        agencies.push(AgencyValue { agency, latest, standing });
    }
    let higher = line.content.better == crate::file::Better::Higher;
    agencies.sort_by(|a, b| {
        let order = a.latest.value.total_cmp(&b.latest.value);
        if higher { order } else { order.reverse() }.then_with(|| a.agency.slug.cmp(&b.agency.slug))
    });
    let group =
        all.into_iter().filter(|o| !o.content.group.is_empty() && o.content.group == line.content.group).collect();
    Ok(IndicatorView {
        plan,
        commitment,
        part_of,
        values: values.iter().filter(|v| v.organisation.is_none()).map(point).collect(),
        targets: targets.iter().map(goal).collect(),
        agencies,
        group,
        line,
    })
}
