//! What the site says of a case's supports, for the public export.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_db::Tx;
use madang_form::Definition;

use super::suppress::suppress;
use super::{AgeBand, Dimension, Region, store, view};
use crate::recount::claim::Reached;

/// Counts as pages show them, and thresholds that were reached.
#[derive(Debug, Default)]
pub(crate) struct Claimed {
    pub total: i64,
    pub days: BTreeMap<String, i64>,
    pub regions: BTreeMap<String, i64>,
    pub ages: BTreeMap<String, i64>,
    pub thresholds: Vec<Reached>,
}

/// What is stored of the case.
pub(crate) fn claimed(tx: &mut Tx, case: &str, definition: &Definition) -> Result<Claimed> {
    let counts = store::counts(tx, case)?;
    let mut claimed = Claimed::default();
    for count in &counts {
        match count.dimension {
            Dimension::Total => claimed.total = count.count,
            Dimension::Day if count.count != 0 => drop(claimed.days.insert(count.value.clone(), count.count)),
            Dimension::Day | Dimension::Region | Dimension::Age => {}
        }
    }
    if let Some(support) = definition.support.as_ref().filter(|support| support.breakdown) {
        let shown = |dimension, codes: Vec<&str>| {
            let cells = suppress(&view::cells(&counts, dimension, &codes), support.smallest).into_iter();
            cells.filter_map(|(code, count)| Some((code, count.filter(|count| *count != 0)?))).collect()
        };
        claimed.regions = shown(Dimension::Region, Region::ALL.iter().map(|region| region.code()).collect());
        claimed.ages = shown(Dimension::Age, AgeBand::ALL.iter().map(|band| band.code()).collect());
    }
    for reached in store::reached(tx, case)? {
        claimed.thresholds.push(Reached {
            id: reached.threshold,
            position: u64::try_from(reached.position).unwrap_or(0),
            at: reached.at.micros(),
            count: reached.count,
        });
    }
    Ok(claimed)
}
