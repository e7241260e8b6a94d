//! A sequence of panels whose running mean stays next to the chances that are aimed at.
//!
//! Keep the debt z = j·y − (panels so far), in seats by type; the next panel is the one nearest to z (least squares, each type
//! rounded down or up) that meets every limit. Debts stay bounded, so N panels of equal weight are off by O(1/N) seats. The
//! rounding is a linear program whose vertices have at most as many fractions as there are tight limits; those are
//! settled by branching.

use crate::branch::{self, Leaf, WHOLE, whole};
use crate::simplex::Simplex;
use crate::solve::program::Program;

/// Programs solved in the search for one panel.
const NODES: usize = 400;
/// Columns left free below the root of a search, times the number of rows.
const KEEP: usize = 6;

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
        // Where the chances use a limit up, every panel of the mixture must: the limit is an equation.
        let mut sums = vec![0.0; program.rows.len()];
        for (seats, rows) in seats.iter().zip(&program.rows_of) {
            for row in rows {
                sums[*row] += seats;
            }
        }
        let mut rows = program.bounds();
        for ((low, high), sum) in rows.iter_mut().zip(&sums) {
            if *sum < *low + WHOLE {
                *high = *low;
            } else if *sum > *high - WHOLE {
                *low = *high;
            }
        }
        let lp = Simplex::new(&columns, &bounds, &rows);
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

    /// An integer point of the boxes that meets the limits.
    fn search(&mut self) -> Option<Vec<u32>> {
        let n = self.seats.len();
        let program = self.program;
        let mut found = None;
        branch::depth_first(&mut self.lp, NODES, Some(KEEP * program.rows.len()), &mut |lp| {
            let panel: Vec<u32> = (0..n).map(|it| whole(lp.get(it))).collect();
            if program.holds(&panel) {
                found = Some(panel);
                Leaf::Found
            } else {
                Leaf::Refused
            }
        });
        found
    }
}
