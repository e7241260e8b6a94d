//! What pages show of a case's supports.

use jiff::civil::Date;
use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use super::suppress::suppress;
use super::{AgeBand, BurstState, Dimension, Region, SupportView, ThresholdView, act, store};
use crate::context::Cases;
use crate::model::CaseFile;

/// What everybody may see of a case's supports; none when its service has no support.
///
/// # Errors
/// Those of the database.
pub fn view(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<Option<SupportView>> {
    let version = cases.services.version(tx, &case.version)?;
    let Some(support) = &version.definition.support else { return Ok(None) };
    let id = case.id.to_string();
    let counts = store::counts(tx, &id)?;
    let total = counts.iter().find(|count| count.dimension == Dimension::Total);
    let reached = store::reached(tx, &id)?;
    let thresholds = version.definition.thresholds.iter().map(|threshold| {
        let when = reached.iter().find(|reached| reached.threshold == threshold.id);
        ThresholdView {
            id: threshold.id.clone(),
            name: threshold.name.clone(),
            count: threshold.count,
            reached_at: when.map(|reached| reached.at),
            reached_position: when.map(|reached| reached.position),
        }
    });
    let bursts = store::bursts(tx, case.id)?;
    let left_out = bursts.iter().filter(|burst| burst.state == BurstState::Excluded).map(|burst| burst.excluded);
    let of = |dimension: Dimension, codes: Vec<&str>| {
        if !support.breakdown {
            return Vec::new();
        }
        suppress(&cells(&counts, dimension, &codes), support.smallest)
    };
    Ok(Some(SupportView {
        word: support.word,
        count: total.map_or(0, |total| total.count),
        position: total.map_or(0, |total| total.position),
        thresholds: thresholds.collect(),
        given_by_me: act::mine(tx, ctx, cases, case)?.is_some(),
        taken: act::taken(support, case),
        open: act::may(ctx, &version.definition, case).is_ok(),
        days: days(&counts)?,
        regions: of(Dimension::Region, Region::ALL.iter().map(|region| region.code()).collect()),
        ages: of(Dimension::Age, AgeBand::ALL.iter().map(|band| band.code()).collect()),
        smallest: support.smallest,
        excluded: left_out.sum(),
        bursts,
    }))
}

/// Days on which something was given that still counts.
fn days(counts: &[store::Count]) -> Result<Vec<(Date, i64)>> {
    let days = counts.iter().filter(|count| count.dimension == Dimension::Day && count.count != 0);
    days.map(|count| Ok((count.value.parse().map_err(Error::internal)?, count.count))).collect()
}

/// All cells of a dimension in the order of its codes, those who stated nothing last.
pub(super) fn cells(counts: &[store::Count], dimension: Dimension, codes: &[&str]) -> Vec<(String, i64)> {
    let count = |code: &str| {
        let found = counts.iter().find(|count| count.dimension == dimension && count.value == code);
        found.map_or(0, |count| count.count)
    };
    codes.iter().chain(std::iter::once(&"")).map(|code| ((*code).to_owned(), count(code))).collect()
}
