//! Whole numbers by depth-first branching over a [`Simplex`], for programs whose vertices have few fractions.

use crate::simplex::{End, Simplex};

/// Pivots of one program.
const PIVOTS: usize = 20_000;
/// A value this near to an integer is one.
pub(crate) const WHOLE: f64 = 1e-6;

/// What is to be done with a point of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Leaf {
    /// It is what was looked for: stop.
    Found,
    /// It is good; go on for one whose cost is below this.
    Below(f64),
    /// A row was added that it breaks: solve again.
    Again,
    /// It is no solution, and nothing more will come of this branch.
    Refused,
}

/// A column, the bounds to restore, and the branch that is still to be tried.
type Step = (usize, (f64, f64), Option<(f64, f64)>);

/// Searches from the program's present bounds, which are restored at the end. `keep`: below the root only so many columns stay free,
/// those that cost least to change. Returns whether the search was complete (by `Found`, or everything seen).
pub(crate) fn depth_first(
    lp: &mut Simplex,
    nodes: usize,
    keep: Option<usize>,
    leaf: &mut dyn FnMut(&mut Simplex) -> Leaf,
) -> bool {
    let mut path: Vec<Step> = Vec::new();
    let mut below = f64::INFINITY;
    let mut root = true;
    let mut fresh = true;
    let mut complete = false;
    for _ in 0..nodes {
        let end = if fresh { lp.solve(PIVOTS) } else { lp.again(PIVOTS) };
        fresh = false;
        let mut down = false;
        if end == End::Optimal && lp.objective() < below {
            if let Some((column, value)) = most_fractional(lp) {
                if let (true, Some(keep)) = (root, keep) {
                    fix_dear(lp, keep, &mut path);
                }
                root = false;
                let (low, high) = lp.bounds(column);
                let (floor, ceil) = ((low, value.floor()), (value.ceil(), high));
                let (first, other) = if value - value.floor() >= 0.5 { (ceil, floor) } else { (floor, ceil) };
                path.push((column, (low, high), Some(other)));
                lp.set_bounds(column, first.0, first.1);
                down = true;
            } else {
                match leaf(lp) {
                    Leaf::Found => {
                        complete = true;
                        break;
                    }
                    Leaf::Below(cost) => below = cost,
                    Leaf::Again => {
                        fresh = true;
                        down = true;
                    }
                    Leaf::Refused => {}
                }
            }
        }
        if !down && !back(lp, &mut path) {
            complete = true;
            break;
        }
    }
    while let Some((column, restore, _)) = path.pop() {
        lp.set_bounds(column, restore.0, restore.1);
    }
    complete
}

/// Goes up to the next branch that is still to be tried. False if there is none.
fn back(lp: &mut Simplex, path: &mut Vec<Step>) -> bool {
    while let Some((column, restore, other)) = path.pop() {
        if let Some(other) = other {
            lp.set_bounds(column, other.0, other.1);
            path.push((column, restore, None));
            return true;
        }
        lp.set_bounds(column, restore.0, restore.1);
    }
    false
}

/// The column farthest from a whole number, the first of equals.
fn most_fractional(lp: &Simplex) -> Option<(usize, f64)> {
    let mut worst: Option<(f64, usize, f64)> = None;
    for column in lp.basic_columns() {
        let value = lp.get(column);
        let off = (value - value.round()).abs();
        let more = worst.is_none_or(|it| off > it.0 + 1e-9 || (off > it.0 - 1e-9 && column < it.1));
        if off > WHOLE && more {
            worst = Some((off, column, value));
        }
    }
    worst.map(|it| (it.1, it.2))
}

/// Fixes the columns that would cost most to change. They are put on the path without another branch.
fn fix_dear(lp: &mut Simplex, keep: usize, path: &mut Vec<Step>) {
    let mut order: Vec<(f64, usize)> =
        (0..lp.columns()).filter(|it| !lp.is_basic(*it)).map(|it| (lp.reduced_cost(it).abs(), it)).collect();
    if order.len() <= keep {
        return;
    }
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for &(_, column) in &order[keep..] {
        let value = lp.get(column);
        path.push((column, lp.bounds(column), None));
        lp.set_bounds(column, value, value);
    }
}

/// A value next to a whole number of seats as that number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, and at most the people of a pool"
)]
pub(crate) fn whole(value: f64) -> u32 {
    value.round().max(0.0) as u32
}
