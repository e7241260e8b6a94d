//! Cases that are alike, shown before something is sent.

use std::collections::BTreeMap;

use madang_base::{Result, Time};
use madang_db::Tx;
use madang_form::Phase;
use serde::Serialize;

use crate::Cases;
use crate::model::Publication;
use crate::store;

/// The rarest words are looked for, so many at most.
const WORDS: usize = 10;
/// How far the rarity of a word is counted; a word that more cases have says nothing.
const COMMON: u32 = 3_000;
/// Cases that are read for one word, the newest.
const READ: u32 = 400;
/// Cases that are compared in full.
const COMPARED: usize = 40;
/// Below this (per mille) nothing is alike.
const LEAST: u32 = 60;

/// A public case that shares words with what is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Similar {
    pub number: String,
    pub title: String,
    pub state: String,
    pub phase: Phase,
    pub supports: Option<i64>,
    pub filed_at: Time,
    /// The words that both have, whole as they are shown.
    pub shared: Vec<String>,
    /// Per mille.
    pub overlap: u32,
}

/// Public cases of the service that share words with title and text, the most alike first; those filed longer ago than the
/// definition says are left out.
///
/// # Errors
/// `service.unknown`; those of the database.
pub fn similar(
    tx: &mut Tx,
    cases: &Cases,
    service: &str,
    title: &str,
    text: &str,
    limit: usize,
) -> Result<Vec<Similar>> {
    let version = cases.services.current(tx, service)?;
    let mine = madang_text::index_terms(title, text);
    let mut rare = Vec::with_capacity(mine.len());
    for term in &mine {
        let cases = store::term::frequency(tx, term, COMMON)?;
        if cases > 0 {
            rare.push((cases, term));
        }
    }
    rare.sort();
    let few = rare.iter().filter(|(cases, _)| *cases < i64::from(COMMON)).count().max(usize::from(!rare.is_empty()));
    let mut points: BTreeMap<_, u64> = BTreeMap::new();
    for (cases, term) in rare.into_iter().take(few.min(WORDS)) {
        // A rare word says more than a common one.
        let weight = 1_000 / u64::try_from(cases.max(1)).unwrap_or(1) + 100;
        for case in store::term::cases(tx, term, READ)? {
            *points.entry(case).or_default() += weight;
        }
    }
    let mut ranked: Vec<_> = points.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.cmp(&a.0)));
    let ids: Vec<_> = ranked.into_iter().take(COMPARED).map(|(id, _)| id).collect();
    let mut out = Vec::new();
    for line in store::list::lines(tx, &ids)? {
        if line.service != service || line.publication != Publication::Published {
            continue;
        }
        let theirs = store::term::of_case(tx, line.id)?;
        let overlap = madang_text::overlap(&mine, &theirs);
        if overlap < LEAST {
            continue;
        }
        out.push(Similar {
            number: line.number,
            title: line.title,
            state: line.state,
            phase: line.phase,
            supports: version.definition.support.as_ref().map(|_| line.supports.unwrap_or(0)),
            filed_at: line.filed_at,
            shared: madang_text::shared(title, text, &theirs),
            overlap,
        });
    }
    if let (Some(days), Some(newest)) = (version.definition.filing.similar_days, out.iter().map(|s| s.filed_at).max()) {
        // Without a clock of its own: counted back from the newest alike case.
        let oldest = newest.plus_days(-i64::from(days));
        out.retain(|similar| similar.filed_at >= oldest);
    }
    out.sort_by(|a, b| b.overlap.cmp(&a.overlap).then(b.filed_at.cmp(&a.filed_at)).then(a.number.cmp(&b.number)));
    out.truncate(limit);
    Ok(out)
}
