//! Import of a plan: what would change, and changing it.

use std::collections::BTreeSet;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{Ctx, ObjectKind, Verb};

use super::write::{self, Seat};
use super::{Happened, announce};
use crate::file::PlanFile;
use crate::id;
use crate::import::diff::{Diff, Item, ItemKind, diff};
use crate::model::NewsKind;
use crate::schedule::Term;
use crate::views::load;
use crate::{kinds, record, store};

/// What importing the file would change; changes nothing.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn preview(tx: &mut Tx, ctx: &Ctx, file: &PlanFile) -> Result<Diff> {
    ctx.require(Verb::Import, ObjectKind::Plan, None)?;
    let old = load::plan_file(tx, &file.plan.id)?;
    Ok(diff(old.as_ref(), file))
}

/// Imports a plan: adds and changes what differs, retires what the file no longer has, and tells history, ledger and
/// followers. Importing the same file again changes nothing.
///
/// # Errors
/// Those of [`Ctx::require`] and the database; `plan.agency-unknown`, `plan.agency-circle`.
pub fn apply(tx: &mut Tx, ctx: &Ctx, file: &PlanFile) -> Result<Diff> {
    let found = preview(tx, ctx, file)?;
    if found.is_empty() {
        return Ok(found);
    }
    let plan = file.plan.id.as_str();
    let organisations = write::agencies(tx, ctx, &file.agency)?;
    let lead = organisations.get(&file.plan.lead).copied();
    let lead = lead.ok_or_else(|| Error::invalid("plan.agency-unknown").arg("value", &file.plan.lead))?;
    let slugs: Vec<&str> = file.agency.iter().map(|a| a.id.as_str()).collect();
    store::plan::put(tx, &file.plan, lead, &slugs, ctx.now)?;
    for (position, theme) in (1_i64..).zip(&file.theme) {
        store::plan::put_theme(tx, plan, theme, position)?;
    }
    let term = Term::new(file.plan.start, file.plan.end);
    for (position, (theme, parent, commitment)) in (1_i64..).zip(file.commitments()) {
        let parent = parent.map(|p| id::commitment(plan, &p.number));
        let seat = Seat { plan, term, theme: &theme.id, parent: parent.as_deref(), position };
        write::commitment(tx, seat, commitment, &organisations)?;
    }
    for (position, indicator) in (1_i64..).zip(&file.indicator) {
        write::indicator(tx, ctx, plan, indicator, position, &organisations)?;
    }
    write::retire(tx, ctx, plan, &found.removed)?;
    write::record(tx, ctx, &found)?;
    let own = id::plan_ref(plan);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let event = Event::public(&kinds::PLAN_IMPORTED, own.clone())
        .with("added", count(found.added.len()))
        .with("changed", count(found.changed.len()))
        .with("removed", count(found.removed.len()))
        .with("record", Field::salted(record::plan(tx, plan)?));
    ledger::append(tx, ctx, event)?;
    parts(tx, ctx, file, &found)?;
    let mut objects = vec![own.clone()];
    if !found.new {
        let items = found.added.iter().chain(&found.removed).chain(found.changed.iter().map(|c| &c.item));
        objects.extend(items.filter(|i| i.kind == ItemKind::Commitment).map(|i| id::commitment_ref(&i.id)));
    }
    let changes = (found.added.len() + found.changed.len() + found.removed.len()).to_string();
    let happened = Happened {
        plan,
        kind: NewsKind::PlanImported,
        object: &own,
        commitment: None,
        milestone: None,
        organisation: Some(lead),
        detail: &changes,
    };
    announce(tx, ctx, &happened, &objects)?;
    Ok(found)
}

/// An event for each commitment and indicator that the import made, changed or retired.
fn parts(tx: &mut Tx, ctx: &Ctx, file: &PlanFile, found: &Diff) -> Result<()> {
    let (mut commitments, mut indicators) = (BTreeSet::new(), BTreeSet::new());
    if found.new {
        commitments
            .extend(file.commitments().map(|(_, _, commitment)| id::commitment(&found.plan, &commitment.number)));
        indicators.extend(file.indicator.iter().map(|indicator| id::indicator(&found.plan, &indicator.id)));
    }
    let removed = found.removed.iter();
    for Item { kind, id, .. } in removed.chain(&found.added).chain(found.changed.iter().map(|change| &change.item)) {
        match kind {
            ItemKind::Commitment => commitments.insert(id.clone()),
            ItemKind::Milestone => commitments.insert(id.rsplit_once('/').map_or(id.as_str(), |at| at.0).to_owned()),
            ItemKind::Indicator => indicators.insert(id.clone()),
            ItemKind::Value => indicators.insert(id.split('@').next().unwrap_or(id).to_owned()),
            ItemKind::Plan | ItemKind::Agency | ItemKind::Theme => false,
        };
    }
    for commitment in commitments {
        let record = Field::salted(record::commitment(tx, &commitment)?);
        let event = Event::public(&kinds::COMMITMENT_IMPORTED, id::commitment_ref(&commitment));
        ledger::append(tx, ctx, event.with("plan", id::plan_ref(&found.plan)).with("record", record))?;
    }
    for indicator in indicators {
        let record = Field::salted(record::indicator(tx, &indicator)?);
        let event = Event::public(&kinds::INDICATOR_IMPORTED, id::indicator_ref(&indicator));
        ledger::append(tx, ctx, event.with("plan", id::plan_ref(&found.plan)).with("record", record))?;
    }
    Ok(())
}
