//! A plan out of the database in the form of its file: for exports, for comparing with a new version, for the editor.

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::organisation::{self, Organisation};

use crate::file::{Agency, Commitment, FORMAT, Indicator, Milestone, PlanFile, SeriesValue, Theme};
use crate::model::CommitmentName;
use crate::store;

/// The plan as it stands; None when there is none.
///
/// # Errors
/// Those of the database.
pub fn plan_file(tx: &mut Tx, plan: &str) -> Result<Option<PlanFile>> {
    let Some(row) = store::plan::get(tx, plan)? else { return Ok(None) };
    let known: BTreeMap<_, Organisation> = organisation::list(tx, None)?.into_iter().map(|o| (o.id, o)).collect();
    let slugs = store::plan::agencies(tx, plan)?;

    let mut milestones: BTreeMap<String, Vec<Milestone>> = BTreeMap::new();
    for row in store::milestone::of_plan(tx, plan)? {
        milestones.entry(row.commitment).or_default().push(row.content);
    }
    let mut theme: Vec<Theme> = store::plan::themes(tx, plan)?
        .into_iter()
        .map(|t| Theme { id: t.id, name: t.name, aims: t.aims, commitment: Vec::new() })
        .collect();
    for (name, mut commitment) in store::commitment::full_of_plan(tx, plan)? {
        commitment.milestone = milestones.remove(&name.id).unwrap_or_default();
        place(&mut theme, &name, commitment);
    }
    let mut indicator = Vec::new();
    let mut targets = store::indicator::targets_of_plan(tx, plan)?;
    let mut values = store::indicator::values_of_plan(tx, plan)?;
    for row in store::indicator::of_plan(tx, plan)? {
        let (own, rest) = targets.into_iter().partition(|t: &(String, _, _)| t.0 == row.id);
        targets = rest;
        let (numbers, rest) = values.into_iter().partition(|v: &(String, _)| v.0 == row.id);
        values = rest;
        let numbers: Vec<(String, store::indicator::ValueRow)> = numbers;
        let values = numbers.into_iter().map(|(_, v)| SeriesValue {
            date: v.date,
            value: v.value,
            agency: v.organisation.and_then(|id| known.get(&id)).map(|o| o.slug.clone()),
            note: v.note,
        });
        let own: Vec<(String, jiff::civil::Date, crate::file::Target)> = own;
        indicator.push(Indicator {
            targets: own.into_iter().map(|(_, _, t)| t).collect(),
            values: values.collect(),
            ..row.content
        });
    }
    let agency = agencies(slugs, &theme, &indicator, &known);
    Ok(Some(PlanFile { format: FORMAT.to_owned(), plan: row.head, agency, theme, indicator }))
}

/// The agencies that the file listed, and after them those that came to be named since, by edits and reports.
fn agencies(
    mut slugs: Vec<String>,
    themes: &[Theme],
    indicators: &[Indicator],
    known: &BTreeMap<madang_kernel::OrganisationId, Organisation>,
) -> Vec<Agency> {
    let commitments = themes.iter().flat_map(|t| &t.commitment).flat_map(|c| std::iter::once(c).chain(&c.part));
    let named = commitments.flat_map(|c| c.lead.iter().map(|l| &l.agency).chain(&c.others));
    let valued = indicators.iter().flat_map(|i| &i.values).filter_map(|v| v.agency.as_ref());
    for slug in named.chain(valued) {
        if !slugs.contains(slug) {
            slugs.push(slug.clone());
        }
    }
    let mut agencies: Vec<Agency> = Vec::new();
    let mut at = 0;
    while let Some(slug) = slugs.get(at) {
        if let Some(found) = known.values().find(|o| o.slug == *slug) {
            let found = agency(found, known);
            // A parent that is not listed comes along: the file must know it.
            if let Some(parent) = found.parent.clone().filter(|parent| !slugs.contains(parent)) {
                slugs.push(parent);
            }
            agencies.push(found);
        }
        at += 1;
    }
    agencies
}

fn agency(organisation: &Organisation, known: &BTreeMap<madang_kernel::OrganisationId, Organisation>) -> Agency {
    Agency {
        id: organisation.slug.clone(),
        kind: organisation.kind.to_string(),
        name: organisation.name.clone(),
        short: organisation.short.clone(),
        parent: organisation.parent.and_then(|id| known.get(&id)).map(|o| o.slug.clone()),
    }
}

fn place(themes: &mut [Theme], name: &CommitmentName, commitment: Commitment) {
    let Some(theme) = themes.iter_mut().find(|t| t.id == name.theme) else { return };
    let parent = name.parent.as_deref().and_then(|id| id.rsplit_once('/')).map(|(_, number)| number);
    match parent.and_then(|number| theme.commitment.iter_mut().find(|c| c.number == number)) {
        Some(parent) => parent.part.push(commitment),
        None => theme.commitment.push(commitment),
    }
}

/// One commitment with its milestones, without its parts.
///
/// # Errors
/// `plan.commitment-unknown`; those of the database.
pub fn commitment(tx: &mut Tx, id: &str) -> Result<Commitment> {
    let unknown = || Error::not_found("plan.commitment-unknown").arg("value", id);
    let (_, mut commitment, _) = store::commitment::get(tx, id)?.ok_or_else(unknown)?;
    commitment.milestone = store::milestone::of_commitment(tx, id)?.into_iter().map(|m| m.content).collect();
    Ok(commitment)
}
