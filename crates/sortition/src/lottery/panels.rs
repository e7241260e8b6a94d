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
/// Programs solved in the search for the best panel.
const BEST_NODES: usize = 4000;
/// A panel that is not better by this is as good.
const BETTER: f64 = 1e-9;

/// Where a panel is looked for.
#[derive(Debug)]
struct Try {
    /// Each type's seats are its expected seats rounded down or up.
    near: bool,
    /// Types that share households take turns by their debt (else their caps become rows where they are broken).
    shared: bool,
    /// Limits that the chances use up are equations.
    tight: bool,
    /// Below the root only few columns stay free.
    few: bool,
}

/// From what nearly always succeeds, and is fast, to all there is.
const TRIES: [Try; 4] = [
    Try { near: true, shared: true, tight: true, few: true },
    Try { near: true, shared: false, tight: true, few: false },
    Try { near: false, shared: false, tight: true, few: false },
    Try { near: false, shared: false, tight: false, few: false },
];

/// Columns left free below the root of a search, times the number of rows.
const KEEP: usize = 6;

#[derive(Debug)]
pub(crate) struct Sequence<'a> {
    program: &'a Program,
    lp: Simplex,
    seats: &'a [f64],
    debt: Vec<f64>,
    /// The limits' bounds where those that the chances use up are equations.
    tight: Vec<(f64, f64)>,
    /// Whether a class of households needs no row, or has one.
    capped: Vec<bool>,
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
        let capped = program.classes.iter().map(|it| it.0.len() < 2).collect();
        Self { program, lp, seats, debt: vec![0.0; seats.len()], tight: rows, capped }
    }

    /// The next panel (seats by type), or None if none was found.
    pub(crate) fn next_panel(&mut self) -> Option<Vec<u32>> {
        for (debt, seats) in self.debt.iter_mut().zip(self.seats) {
            *debt += seats;
        }
        let panel = TRIES.iter().find_map(|it| {
            self.set_boxes(it);
            self.search(it)
        })?;
        for (debt, seats) in self.debt.iter_mut().zip(&panel) {
            *debt -= f64::from(*seats);
        }
        Some(panel)
    }

    /// Costs, the integers between which each type may move, and rows.
    fn set_boxes(&mut self, how: &Try) {
        for (it, &debt) in self.debt.iter().enumerate() {
            let room = f64::from(self.program.room[it]);
            let seats = self.seats[it];
            let low = (seats + WHOLE).floor().min(room);
            let high = (seats - WHOLE).ceil().max(low).min(room);
            self.lp.set_cost(it, low + high - 2.0 * debt);
            if how.near {
                self.lp.set_bounds(it, low, high);
            } else {
                self.lp.set_bounds(it, 0.0, room);
            }
        }
        self.set_rows(how.tight);
        if !how.shared {
            return;
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

    fn set_rows(&mut self, tight: bool) {
        for (row, (bounds, own)) in self.tight.iter().zip(self.program.bounds()).enumerate() {
            let (low, high) = if tight { *bounds } else { own };
            self.lp.set_row(row, low, high);
        }
    }

    /// An integer point of the boxes that meets the limits.
    fn search(&mut self, how: &Try) -> Option<Vec<u32>> {
        let program = self.program;
        let capped = &mut self.capped;
        let mut found = None;
        let keep = how.few.then_some(KEEP * program.rows.len());
        branch::depth_first(&mut self.lp, NODES, keep, &mut |lp| {
            if add_caps(lp, program, capped) {
                return Leaf::Again;
            }
            let panel = panel_of(lp, program.types());
            if program.holds(&panel) {
                found = Some(panel);
                Leaf::Found
            } else {
                Leaf::Refused
            }
        });
        found
    }

    /// The panel with the largest sum of `worth`, over all panels; None if that could not be settled.
    pub(crate) fn best(&mut self, worth: &[f64]) -> Option<Vec<u32>> {
        for (it, worth) in worth.iter().enumerate() {
            self.lp.set_cost(it, -worth);
            self.lp.set_bounds(it, 0.0, f64::from(self.program.room[it]));
        }
        self.set_rows(false);
        let program = self.program;
        let capped = &mut self.capped;
        let mut found = None;
        let complete = branch::depth_first(&mut self.lp, BEST_NODES, None, &mut |lp| {
            if add_caps(lp, program, capped) {
                return Leaf::Again;
            }
            let panel = panel_of(lp, program.types());
            if !program.holds(&panel) {
                return Leaf::Refused;
            }
            found = Some(panel);
            Leaf::Below(lp.objective() - BETTER)
        });
        found.filter(|_| complete)
    }
}

/// Adds the caps of households that the solution breaks; whether there were any.
fn add_caps(lp: &mut Simplex, program: &Program, capped: &mut [bool]) -> bool {
    let mut added = false;
    for ((types, homes), capped) in program.classes.iter().zip(capped) {
        if !*capped && types.iter().map(|it| u64::from(whole(lp.get(*it)))).sum::<u64>() > u64::from(*homes) {
            *capped = true;
            added = true;
            let entries: Vec<(usize, f64)> = types.iter().map(|it| (*it, 1.0)).collect();
            lp.add_row(&entries, 0.0, f64::from(*homes));
        }
    }
    added
}

fn panel_of(lp: &Simplex, types: usize) -> Vec<u32> {
    (0..types).map(|it| whole(lp.get(it))).collect()
}
