//! From a panel by types to people, and what happens when somebody declines. All randomness comes in as `pick`.

use serde::Serialize;

use crate::{Panel, Solution};

/// Draws the people of a panel. `pick(n)` must give a uniform number below `n`; it is called in a fixed order, so the same
/// numbers give the same people.
///
/// For each class of households in order: as many of its households as the panel has seats there are drawn without
/// replacement (partial Fisher–Yates: for i = 0, 1, … the i-th and the (i + `pick(n − i)`)-th are swapped); the first of
/// them go to the class' first type, the next to its second, and so on; where several people of that type live in the
/// household, `pick` chooses one (ascending by id). A choice of one is no choice: `pick(1)` is never called.
///
/// Gives indices into the pool, ascending.
#[must_use]
pub fn assign(solution: &Solution, panel: &Panel, pick: &mut dyn FnMut(u64) -> u64) -> Vec<usize> {
    let _ = (solution, panel, pick);
    Vec::new()
}

/// Who comes in for somebody who declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// Index into the pool.
    pub person: usize,
    /// Of the same type as the person who left. Otherwise the nearest type that keeps every quota.
    pub same_type: bool,
    /// In how many features the new person differs.
    pub differences: usize,
}

/// Draws a replacement for `leaving`, a member of `panel` (people). `unavailable` are people who may not be asked (again).
/// First among people with the same values; else among those with the fewest different features such that every quota
/// still holds, each person with weight proportional to the chance it had. None if nobody fits.
#[must_use]
pub fn replacement(
    solution: &Solution,
    panel: &[usize],
    leaving: usize,
    unavailable: &[usize],
    pick: &mut dyn FnMut(u64) -> u64,
) -> Option<Replacement> {
    let _ = (solution, panel, leaving, unavailable, pick);
    None
}

/// A reserve list: for each member of the panel (in order) up to `each` people who would come in, in this order. Nobody
/// stands on two lists.
#[must_use]
pub fn reserves(
    solution: &Solution,
    panel: &[usize],
    each: u32,
    pick: &mut dyn FnMut(u64) -> u64,
) -> Vec<(usize, Vec<Replacement>)> {
    let _ = (solution, panel, each, pick);
    Vec::new()
}
