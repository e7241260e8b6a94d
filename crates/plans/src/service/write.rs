//! Writing the content of a plan into its tables: shared by import and by the editor.

use std::collections::BTreeMap;

use madang_base::{Error, Id, Result};
use madang_db::Tx;
use madang_kernel::organisation::{Draft, upsert};
use madang_kernel::{Ctx, OrganisationId, history};

use crate::file::{Agency, Commitment, Indicator, Milestone};
use crate::import::diff::{Diff, Item, ItemKind};
use crate::model::AgencyRole;
use crate::rules;
use crate::schedule::{self, Term};
use crate::store;
use crate::store::milestone::PeriodRow;
use crate::{file, id};

/// Ids of organisations by slug.
pub(crate) type Organisations = BTreeMap<String, OrganisationId>;

fn organisation(organisations: &Organisations, slug: &str) -> Result<OrganisationId> {
    organisations.get(slug).copied().ok_or_else(|| Error::invalid("plan.agency-unknown").arg("value", slug))
}

/// Makes or changes the organisations of a file, parents before those below them.
pub(crate) fn agencies(tx: &mut Tx, ctx: &Ctx, agencies: &[Agency]) -> Result<Organisations> {
    let mut known = Organisations::new();
    let mut waiting: Vec<&Agency> = agencies.iter().collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut later = Vec::new();
        for agency in waiting {
            let parent = match &agency.parent {
                None => None,
                Some(slug) => match known.get(slug) {
                    Some(parent) => Some(*parent),
                    None => {
                        later.push(agency);
                        continue;
                    }
                },
            };
            let draft = Draft {
                slug: agency.id.clone(),
                kind: agency.kind.parse()?,
                name: agency.name.clone(),
                short: agency.short.clone(),
                parent,
            };
            known.insert(agency.id.clone(), upsert(tx, ctx, &draft)?.id);
        }
        if later.len() == before {
            return Err(Error::invalid("plan.agency-circle").arg("value", &later[0].id));
        }
        waiting = later;
    }
    Ok(known)
}

/// Where a commitment stands.
#[derive(Clone, Copy)]
pub(crate) struct Seat<'a> {
    pub plan: &'a str,
    pub term: Term,
    pub theme: &'a str,
    pub parent: Option<&'a str>,
    pub position: i64,
}

/// Room between two commitments in the order of a plan, for the milestones of each.
const ROOM: i64 = 1000;

/// Writes a commitment with its agencies and milestones; parts are written by themselves.
pub(crate) fn commitment(
    tx: &mut Tx,
    seat: Seat<'_>,
    commitment: &Commitment,
    organisations: &Organisations,
) -> Result<String> {
    let own = id::commitment(seat.plan, &commitment.number);
    store::commitment::put(tx, seat.plan, seat.theme, seat.parent, commitment, seat.position)?;
    store::commitment::clear_agencies(tx, &own)?;
    for (position, lead) in (0_i64..).zip(&commitment.lead) {
        let agency = organisation(organisations, &lead.agency)?;
        store::commitment::put_agency(tx, seat.plan, &own, AgencyRole::Lead, position, agency, &lead.division)?;
    }
    let none = madang_base::LocalizedText::default();
    for (position, other) in (0_i64..).zip(&commitment.others) {
        let agency = organisation(organisations, other)?;
        store::commitment::put_agency(tx, seat.plan, &own, AgencyRole::Other, position, agency, &none)?;
    }
    for (at, milestone) in (1_i64..).zip(&commitment.milestone) {
        self::milestone(tx, seat, &own, milestone, seat.position * ROOM + at)?;
    }
    Ok(own)
}

fn milestone(tx: &mut Tx, seat: Seat<'_>, commitment: &str, milestone: &Milestone, position: i64) -> Result<()> {
    let own = id::milestone(commitment, &milestone.number);
    store::milestone::put(tx, seat.plan, commitment, milestone, position)?;
    let spans = schedule::periods(milestone, seat.term);
    let mut last = 0;
    for (no, span) in (1_i64..).zip(&spans) {
        let period = PeriodRow { no, start: span.start, due: span.due, claim: None, reported: None };
        store::milestone::put_period(tx, seat.plan, &own, period)?;
        last = no;
    }
    store::milestone::cut_periods(tx, &own, last)?;
    refold(tx, &own)
}

/// Writes anew what was last reported of a milestone and its periods, from its reports.
pub(crate) fn refold(tx: &mut Tx, milestone: &str) -> Result<()> {
    let claims = store::progress::claims(tx, milestone)?;
    let row = store::milestone::get(tx, milestone)?
        .ok_or_else(|| Error::not_found("plan.milestone-unknown").arg("value", milestone))?;
    let periods = store::milestone::periods(tx, milestone)?;
    let reports: Vec<rules::Report> = claims
        .iter()
        .map(|(period, claim, at)| rules::Report { period: *period, claim: *claim, day: at.kst_date() })
        .collect();
    for period in periods {
        let facts = rules::fold(period.no, period.start, period.due, &reports);
        let folded = PeriodRow { claim: facts.0, reported: facts.1, ..period };
        if folded != period {
            store::milestone::put_period(tx, &row.plan, milestone, folded)?;
        }
    }
    let last = claims.last();
    store::milestone::set_claim(tx, milestone, last.map(|c| c.1), last.map(|c| c.2))
}

/// Writes an indicator with its targets, and of its values those that are new or differ.
pub(crate) fn indicator(
    tx: &mut Tx,
    ctx: &Ctx,
    plan: &str,
    indicator: &Indicator,
    position: i64,
    organisations: &Organisations,
) -> Result<()> {
    let own = id::indicator(plan, &indicator.id);
    store::indicator::put(tx, plan, indicator, position)?;
    store::indicator::clear_targets(tx, &own)?;
    for target in &indicator.targets {
        store::indicator::put_target(tx, &own, target)?;
    }
    let standing = store::indicator::values(tx, &own)?;
    for value in &indicator.values {
        let agency = value.agency.as_ref().map(|slug| organisation(organisations, slug)).transpose()?;
        let same = standing.iter().any(|v| {
            v.organisation == agency
                && v.date == value.date
                && v.value.total_cmp(&value.value).is_eq()
                && v.note == value.note
        });
        if !same {
            let id = Id::new(ctx.now, ctx.rng());
            let (date, number) = (value.date, value.value);
            store::indicator::put_value(tx, id, &own, agency, date, number, &value.note, ctx.account(), ctx.now)?;
        }
    }
    Ok(())
}

/// Retires what a difference removes.
pub(crate) fn retire(tx: &mut Tx, ctx: &Ctx, plan: &str, removed: &[Item]) -> Result<()> {
    for item in removed {
        match item.kind {
            ItemKind::Theme => {
                let theme = item.id.strip_prefix(plan).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&item.id);
                store::plan::retire_theme(tx, plan, theme, ctx.now)?;
            }
            ItemKind::Commitment => store::commitment::retire(tx, &item.id, ctx.now)?,
            ItemKind::Milestone => store::milestone::retire(tx, &item.id, ctx.now)?,
            ItemKind::Indicator => store::indicator::retire(tx, &item.id, ctx.now)?,
            // An agency that a plan no longer lists stays an organisation; a plan and reported values are never removed.
            ItemKind::Agency | ItemKind::Plan | ItemKind::Value => {}
        }
    }
    Ok(())
}

/// Keeps the history of a difference: what was added, changed field by field, and retired.
pub(crate) fn record(tx: &mut Tx, ctx: &Ctx, diff: &Diff) -> Result<()> {
    let own = id::plan_ref(&diff.plan);
    if diff.new {
        let file::Counts { commitments, milestones, .. } = diff.counts;
        let after = serde_json::json!({ "commitments": commitments, "milestones": milestones }).to_string();
        return history::record(tx, ctx, &own, "imported", None, Some(after));
    }
    for item in &diff.added {
        let (object, topic) = places(diff, item);
        history::record_in(tx, ctx, &object, &topic, "added", None, Some(item.name.to_json()))?;
    }
    for change in &diff.changed {
        let (object, topic) = places(diff, &change.item);
        for field in &change.fields {
            let (before, after) = (field.before.clone(), field.after.clone());
            history::record_in(tx, ctx, &object, &topic, &field.field, before, after)?;
        }
    }
    for item in &diff.removed {
        let (object, topic) = places(diff, item);
        history::record_in(tx, ctx, &object, &topic, "retired", Some(item.name.to_json()), None)?;
    }
    Ok(())
}

/// The object of a line of a difference, and the page that shows its history.
fn places(diff: &Diff, item: &Item) -> (madang_kernel::Ref, madang_kernel::Ref) {
    let plan = id::plan_ref(&diff.plan);
    match item.kind {
        ItemKind::Commitment => (id::commitment_ref(&item.id), id::commitment_ref(&item.id)),
        ItemKind::Milestone => {
            let commitment = item.id.rsplit_once('/').map_or(item.id.as_str(), |(commitment, _)| commitment);
            (id::milestone_ref(&item.id), id::commitment_ref(commitment))
        }
        ItemKind::Indicator => (id::indicator_ref(&item.id), id::indicator_ref(&item.id)),
        ItemKind::Value => {
            let indicator = item.id.split('@').next().unwrap_or(&item.id);
            (id::indicator_ref(indicator), id::indicator_ref(indicator))
        }
        // Agencies keep their own history with the organisation; the plan's says that it changed.
        ItemKind::Plan | ItemKind::Agency | ItemKind::Theme => (plan.clone(), plan),
    }
}
