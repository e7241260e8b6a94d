//! Open cases of an agency that say nearly the same, together.

use std::collections::{BTreeMap, BTreeSet};

use madang_base::Result;
use madang_db::Tx;
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Verb};
use madang_text::analyze;
use serde::Serialize;

use super::store;
use crate::Cases;
use crate::figures::store::BATCH;
use crate::model::CaseId;
use crate::service::{case_by_id, list};
use crate::views::CaseLine;

/// Pairs that are looked at.
const PAIRS: u32 = 5_000;
/// Cases of a cluster that are shown.
const MEMBERS: usize = 50;
/// Words that are named.
const WORDS: usize = 8;

/// A case of a cluster.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    pub line: CaseLine,
    /// How much it shares with the one that it shares most with, in thousandths.
    pub per_mille: u32,
    /// The first words of what it says.
    pub begins: String,
}

/// Cases of which each is alike to another one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cluster {
    /// The newest first.
    pub cases: Vec<Member>,
    /// How many there are; more than [`Cluster::cases`] when there are very many.
    pub count: usize,
    /// What their titles and texts have in common, in the order in which the oldest says it.
    pub words: Vec<String>,
    /// The one into which the others would go: the one with the most supports, of these the oldest.
    pub main: String,
}

/// The clusters of open cases that an agency handles, those with the newest case first, and how many there are.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn clusters(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    organisation: OrganisationId,
    skip: usize,
    limit: usize,
) -> Result<(Vec<Cluster>, usize)> {
    ctx.require(Verb::Handle, ObjectKind::Case, Some(Owner::Organisation(organisation)))?;
    let (groups, shares) = groups(tx, organisation)?;
    let mut out = Vec::with_capacity(limit.min(groups.len()));
    for group in groups.iter().skip(skip).take(limit) {
        out.push(cluster(tx, ctx, cases, group, &shares)?);
    }
    Ok((out, groups.len()))
}

/// The cluster that a case of this number is in; none when it is in none.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn cluster_of(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    organisation: OrganisationId,
    number: &str,
) -> Result<Option<Cluster>> {
    ctx.require(Verb::Handle, ObjectKind::Case, Some(Owner::Organisation(organisation)))?;
    let Some(number) = madang_form::number::normalise(number) else { return Ok(None) };
    let Some(case) = crate::store::case::by_number(tx, &number)? else { return Ok(None) };
    let (groups, shares) = groups(tx, organisation)?;
    let group = groups.into_iter().find(|group| group.contains(&case.id));
    group.map(|group| cluster(tx, ctx, cases, &group, &shares)).transpose()
}

/// How many open cases of the agency are alike to each of these, in their order.
///
/// # Errors
/// Those of the database.
pub(crate) fn counts(tx: &mut Tx, organisation: OrganisationId, cases: &[CaseId]) -> Result<Vec<i64>> {
    let mut known = BTreeMap::new();
    for chunk in cases.chunks(BATCH) {
        known.extend(store::counts(tx, organisation, chunk)?);
    }
    Ok(cases.iter().map(|case| known.get(case).copied().unwrap_or(0)).collect())
}

type Groups = (Vec<Vec<CaseId>>, BTreeMap<CaseId, u32>);

/// Connected cases, the newest first within and among the groups, and how much each shares at the most.
fn groups(tx: &mut Tx, organisation: OrganisationId) -> Result<Groups> {
    let pairs = store::open_pairs(tx, organisation, PAIRS)?;
    let mut shares = BTreeMap::<CaseId, u32>::new();
    let mut roots = BTreeMap::<CaseId, CaseId>::new();
    for (one, other, share) in pairs {
        for id in [one, other] {
            let most = shares.entry(id).or_default();
            *most = share.max(*most);
            roots.entry(id).or_insert(id);
        }
        let (one, other) = (root(&roots, one), root(&roots, other));
        roots.insert(one.min(other), one.max(other));
    }
    let mut groups = BTreeMap::<CaseId, Vec<CaseId>>::new();
    for id in roots.keys().rev() {
        groups.entry(root(&roots, *id)).or_default().push(*id);
    }
    Ok((groups.into_values().rev().collect(), shares))
}

fn root(roots: &BTreeMap<CaseId, CaseId>, mut id: CaseId) -> CaseId {
    while let Some(up) = roots.get(&id).filter(|up| **up != id) {
        id = *up;
    }
    id
}

fn cluster(tx: &mut Tx, ctx: &Ctx, cases: &Cases, group: &[CaseId], shares: &BTreeMap<CaseId, u32>) -> Result<Cluster> {
    // The oldest is always there: most often it is the one that the others go into.
    let mut shown: Vec<CaseId> = group.iter().take(MEMBERS).copied().collect();
    if let (Some(oldest), true) = (group.last(), group.len() > MEMBERS) {
        shown.pop();
        shown.push(*oldest);
    }
    let lines = list::lines(tx, ctx, cases, &shown)?;
    let mut members = Vec::with_capacity(shown.len());
    let mut texts = Vec::with_capacity(shown.len());
    for (id, line) in shown.iter().zip(lines) {
        let (case, version) = case_by_id(tx, cases, *id)?;
        let body = super::turn::words(&version.definition, &case.answers);
        let per_mille = shares.get(id).copied().unwrap_or(0);
        members.push(Member { line, per_mille, begins: begins(&body) });
        texts.push(format!("{}\n{body}", case.title));
    }
    let most = members.iter().rev().fold(None::<&Member>, |best, member| match best {
        Some(best) if member.line.supports.unwrap_or(0) <= best.line.supports.unwrap_or(0) => Some(best),
        _ => Some(member),
    });
    let main = most.map(|member| member.line.number.clone()).unwrap_or_default();
    Ok(Cluster { cases: members, count: group.len(), words: shared(&texts), main })
}

/// The first characters of a text in one line.
fn begins(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out: String = line.chars().take(120).collect();
    if out.len() < line.len() {
        out.push('…');
    }
    out
}

/// Words that all texts have, as the last text (the oldest case's) has them.
fn shared(texts: &[String]) -> Vec<String> {
    let words = |text: &str| {
        let (mut seen, mut out) = (BTreeSet::new(), Vec::new());
        let mut last = None;
        // Of a place with a stem and a whole word, the stem comes first.
        analyze::words(text, |token| {
            if last != Some(token.position) && token.text.chars().count() > 1 && seen.insert(token.text.to_owned()) {
                out.push(token.text.to_owned());
            }
            last = Some(token.position);
        });
        out
    };
    let Some((oldest, others)) = texts.split_last() else { return Vec::new() };
    let others: Vec<BTreeSet<String>> = others.iter().map(|text| words(text).into_iter().collect()).collect();
    words(oldest).into_iter().filter(|word| others.iter().all(|text| text.contains(word))).take(WORDS).collect()
}
