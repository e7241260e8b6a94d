//! A sequence of panels whose running mean stays next to the chances that are aimed at.
//!
//! Keep the debt z = j·y − (panels so far), in seats by type; the next panel is the one nearest to z (least squares, each type
//! rounded down or up) that meets every limit. Debts stay bounded, so N panels of equal weight are off by O(1/N) seats. The
//! rounding is a linear program whose vertices have at most as many fractions as there are tight limits; those are
//! settled by branching.

use crate::simplex::{End, Simplex};
use crate::solve::program::Program;

/// Pivots of one rounding.
const PIVOTS: usize = 20_000;
/// Programs solved in the search for one panel.
const NODES: usize = 400;
/// A value this near to an integer is one.
const WHOLE: f64 = 1e-6;

/// Columns left free below the root of a search, times the number of rows.
const KEEP: usize = 6;

/// A column, the bounds to restore, and the branch that is still to be tried.
type Step = (usize, (f64, f64), Option<(f64, f64)>);

#[derive(Debug)]
pub(crate) struct Sequence<'a> {
    program: &'a Program,
    lp: Simplex,
    seats: &'a [f64],
    pub(crate) debt: Vec<f64>,
}

impl<'a> Sequence<'a> {
    pub(crate) fn new(program: &'a Program, seats: &'a [f64]) -> Self {
        let columns: Vec<Vec<(usize, f64)>> =
            program.rows_of.iter().map(|rows| rows.iter().map(|row| (*row, 1.0)).collect()).collect();
        let bounds: Vec<(f64, f64)> = program.room.iter().map(|it| (0.0, f64::from(*it))).collect();
        let lp = Simplex::new(&columns, &bounds, &program.bounds());
        Self { program, lp, seats, debt: vec![0.0; seats.len()] }
    }

    /// The next panel (seats by type), or None if none was found.
    pub(crate) fn next_panel(&mut self) -> Option<Vec<u32>> {
        for (debt, seats) in self.debt.iter_mut().zip(self.seats) {
            *debt += seats;
        }
        let panel = (0..3).find_map(|width| {
            self.set_boxes([1.0, 3.0, f64::INFINITY][width]);
            self.search()
        })?;
        for (debt, seats) in self.debt.iter_mut().zip(&panel) {
            *debt -= f64::from(*seats);
        }
        Some(panel)
    }

    /// Costs, and the integers between which each type may move.
    fn set_boxes(&mut self, width: f64) {
        for (it, &debt) in self.debt.iter().enumerate() {
            let room = f64::from(self.program.room[it]);
            let seats = self.seats[it];
            let low = (seats + WHOLE).floor().min(room);
            let high = (seats - WHOLE).ceil().max(low).min(room);
            let wide = (width - 1.0) / 2.0;
            self.lp.set_cost(it, low + high - 2.0 * debt);
            self.lp.set_bounds(it, (low - wide).max(0.0), (high + wide).min(room));
        }
        for (types, homes) in &self.program.classes {
            if types.len() > 1 {
                self.share_homes(types, f64::from(*homes));
            }
        }
    }

    /// Types that share households: lowers boxes until they fit the households however they are rounded, those with the
    /// least debt first. Their turn comes when their debt has grown.
    fn share_homes(&mut self, types: &[usize], homes: f64) {
        let mut order = types.to_vec();
        order.sort_by(|a, b| self.debt[*b].total_cmp(&self.debt[*a]).then(a.cmp(b)));
        let mut left = homes;
        for &it in &order {
            let (low, high) = self.lp.bounds(it);
            let high = high.min(left);
            self.lp.set_bounds(it, low.min(high), high);
            left -= high;
        }
    }

    /// Fixes the columns that would cost most to change; the search below the root then looks at the others only. They are put on
    /// the path without another branch.
    fn fix_dear(&mut self, path: &mut Vec<Step>) {
        let mut order: Vec<(f64, usize)> = (0..self.seats.len())
            .filter(|it| !self.lp.is_basic(*it))
            .map(|it| (self.lp.reduced_cost(it).abs(), it))
            .collect();
        let keep = KEEP * self.program.rows.len();
        if order.len() <= keep {
            return;
        }
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for &(_, it) in &order[keep..] {
            let value = self.lp.get(it);
            path.push((it, self.lp.bounds(it), None));
            self.lp.set_bounds(it, value, value);
        }
    }

    /// An integer point of the boxes that meets the limits: the linear optimum, then depth first on fractions.
    fn search(&mut self) -> Option<Vec<u32>> {
        let n = self.seats.len();
        let mut path: Vec<Step> = Vec::new();
        let mut found = None;
        for node in 0..NODES {
            let mut backtrack = true;
            let end = if node == 0 { self.lp.solve(PIVOTS) } else { self.lp.again(PIVOTS) };
            if end == End::Optimal {
                let mut worst = (0.0, usize::MAX);
                for it in self.lp.basic_columns() {
                    let value = self.lp.get(it);
                    let off = (value - value.round()).abs();
                    if off > WHOLE && (off > worst.0 + 1e-9 || (off > worst.0 - 1e-9 && it < worst.1)) {
                        worst = (off, it);
                    }
                }
                if worst.1 == usize::MAX {
                    let panel: Vec<u32> = (0..n).map(|it| whole(self.lp.get(it))).collect();
                    if self.program.holds(&panel) {
                        found = Some(panel);
                        break;
                    }
                } else {
                    let it = worst.1;
                    let value = self.lp.get(it);
                    let (low, high) = self.lp.bounds(it);
                    let (floor, ceil) = ((low, value.floor()), (value.ceil(), high));
                    let (first, other) = if value - value.floor() >= 0.5 { (ceil, floor) } else { (floor, ceil) };
                    if node == 0 {
                        self.fix_dear(&mut path);
                    }
                    path.push((it, (low, high), Some(other)));
                    self.lp.set_bounds(it, first.0, first.1);
                    backtrack = false;
                }
            }
            if backtrack {
                let mut more = false;
                while let Some((it, restore, other)) = path.pop() {
                    if let Some(other) = other {
                        self.lp.set_bounds(it, other.0, other.1);
                        path.push((it, restore, None));
                        more = true;
                        break;
                    }
                    self.lp.set_bounds(it, restore.0, restore.1);
                }
                if !more {
                    break;
                }
            }
        }
        while let Some((it, restore, _)) = path.pop() {
            self.lp.set_bounds(it, restore.0, restore.1);
        }
        found
    }
}

/// A value next to a whole number of seats as that number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, and between 0 and the size of the pool"
)]
fn whole(value: f64) -> u32 {
    value.round().max(0.0) as u32
}
