//! Plans, commitments and milestones as searches know them: everything that their pages say, as texts.

use madang_base::{LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::{ObjectKind, OrganisationId, Ref};

use crate::file::{Commitment, Head, Milestone};
use crate::id;
use crate::model::AgencyName;
use crate::store;

/// Reports that are read of one thing, the latest.
const REPORTS: u32 = 5;
/// In the order of their references.
const KINDS: [ObjectKind; 3] = [ObjectKind::Plan, ObjectKind::Commitment, ObjectKind::Milestone];

/// A plan, a commitment (or a part of one) or a milestone.
#[derive(Clone, Debug)]
pub struct Searched {
    pub id: Ref,
    pub title: LocalizedText,
    pub body: Vec<LocalizedText>,
    /// What agencies reported, newest first, and what was found of it.
    pub reports: Vec<LocalizedText>,
    /// Who leads it.
    pub agency: Option<AgencyName>,
    /// Who leads and joins it.
    pub agencies: Vec<OrganisationId>,
    /// When it was last reported of, else when its plan began.
    pub at: Time,
}

/// Those of these that there are, in the order of the ids; references to other things are left out.
///
/// # Errors
/// Those of the database.
pub fn of(tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Searched>> {
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        out.extend(match id.kind {
            ObjectKind::Plan => plan(tx, id)?,
            ObjectKind::Commitment => commitment(tx, id)?,
            ObjectKind::Milestone => milestone(tx, id)?,
            _ => None,
        });
    }
    Ok(out)
}

/// The first ones after this one in the order of their references, from the beginning without one; none at the end.
///
/// # Errors
/// Those of the database.
pub fn page(tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Searched>> {
    let mut ids: Vec<Ref> = Vec::new();
    for kind in KINDS.into_iter().filter(|kind| after.is_none_or(|after| *kind >= after.kind)) {
        let from = after.filter(|after| after.kind == kind).map_or("", |after| after.id.as_str());
        let rest = limit.saturating_sub(u32::try_from(ids.len()).unwrap_or(limit));
        if rest == 0 {
            break;
        }
        let found = match kind {
            ObjectKind::Plan => store::searched::plans(tx, from, rest)?,
            ObjectKind::Commitment => store::searched::commitments(tx, from, rest)?,
            _ => store::searched::milestones(tx, from, rest)?,
        };
        ids.extend(found.into_iter().map(|id| Ref::new(kind, id)));
    }
    of(tx, &ids)
}

/// What a change of this thing changes for searches: a commitment with its milestones, what a report or an assessment is
/// about. Nothing for other things.
///
/// # Errors
/// Those of the database.
pub fn touched(tx: &mut Tx, object: &Ref) -> Result<Vec<Ref>> {
    Ok(match object.kind {
        ObjectKind::Plan | ObjectKind::Milestone => vec![object.clone()],
        ObjectKind::Commitment => {
            let below = store::searched::below(tx, &object.id)?;
            std::iter::once(object.clone()).chain(below.iter().map(|id| id::milestone_ref(id))).collect()
        }
        ObjectKind::Update => match super::update(tx, &object.id)? {
            Some(update) => std::iter::once(id::commitment_ref(&update.commitment))
                .chain(update.milestone.as_deref().map(id::milestone_ref))
                .collect(),
            None => Vec::new(),
        },
        ObjectKind::Assessment => store::assessment::get(tx, &object.id)?
            .map(|assessment| id::commitment_ref(&assessment.commitment))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    })
}

fn plan(tx: &mut Tx, id: &Ref) -> Result<Option<Searched>> {
    let Some(row) = store::plan::get(tx, &id.id)? else { return Ok(None) };
    let mut body = head(row.head);
    for theme in store::plan::themes(tx, &id.id)? {
        body.push(theme.name);
        body.extend(theme.aims);
    }
    Ok(Some(Searched {
        id: id.clone(),
        title: row.summary.name,
        body: written(body),
        reports: Vec::new(),
        agencies: vec![row.lead.id],
        agency: Some(row.lead),
        at: Time::at_kst_midnight(row.summary.start),
    }))
}

fn head(head: Head) -> Vec<LocalizedText> {
    let statements = head.statement.into_iter().flat_map(|statement| [statement.title, statement.text]);
    std::iter::once(head.summary).chain(statements).collect()
}

fn commitment(tx: &mut Tx, id: &Ref) -> Result<Option<Searched>> {
    let Some((name, content, None)) = store::commitment::get(tx, &id.id)? else { return Ok(None) };
    let reports = store::searched::reports(tx, &id.id, None, REPORTS)?;
    let assessed = store::assessment::of_commitment(tx, &id.id, false)?.into_iter().map(|found| found.reasons);
    let (agency, agencies) = agencies(tx, &id.id)?;
    let at = dated(tx, &name.plan, &reports)?;
    Ok(Some(Searched {
        id: id.clone(),
        title: name.name,
        body: written(said(content)),
        reports: written(reports.into_iter().map(|(_, text)| text).chain(assessed).collect()),
        agency,
        agencies,
        at,
    }))
}

fn said(commitment: Commitment) -> Vec<LocalizedText> {
    let Commitment {
        summary, problem, solution, contribution, values_note, legal, learning, notes, others_note, ..
    } = commitment;
    let mut out = vec![summary, problem, solution, contribution, values_note, learning, notes, others_note];
    out.extend(legal);
    out
}

fn milestone(tx: &mut Tx, id: &Ref) -> Result<Option<Searched>> {
    let Some(row) = store::milestone::get(tx, &id.id)?.filter(|row| row.retired_at.is_none()) else { return Ok(None) };
    let reports = store::searched::reports(tx, &row.commitment, Some(&row.id), REPORTS)?;
    let (agency, agencies) = agencies(tx, &row.commitment)?;
    let at = dated(tx, &row.plan, &reports)?;
    let Milestone { title, group, deliverable, note, .. } = row.content;
    Ok(Some(Searched {
        id: id.clone(),
        title,
        body: written(vec![deliverable, group, note]),
        reports: written(reports.into_iter().map(|(_, text)| text).collect()),
        agency,
        agencies,
        at,
    }))
}

fn agencies(tx: &mut Tx, commitment: &str) -> Result<(Option<AgencyName>, Vec<OrganisationId>)> {
    let all = store::commitment::agencies(tx, commitment)?;
    let mut ids: Vec<OrganisationId> = Vec::with_capacity(all.len());
    for one in &all {
        if !ids.contains(&one.agency.id) {
            ids.push(one.agency.id);
        }
    }
    Ok((all.into_iter().next().map(|one| one.agency), ids))
}

fn dated(tx: &mut Tx, plan: &str, reports: &[(Time, LocalizedText)]) -> Result<Time> {
    let began = store::plan::brief(tx, plan)?.map_or(Time::from_micros(0), |plan| Time::at_kst_midnight(plan.start));
    Ok(reports.iter().map(|(at, _)| *at).max().unwrap_or(began))
}

fn written(mut texts: Vec<LocalizedText>) -> Vec<LocalizedText> {
    texts.retain(|text| !text.is_empty());
    texts
}
