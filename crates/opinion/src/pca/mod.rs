//! The two axes along which people differ most: the principal components of the votes.
//!
//! Polis runs a hundred rounds of power iteration. Here the same axes are found with the method of Lanczos (1950), all
//! vectors kept orthogonal, from a fixed start until nothing more changes: a few dozen rounds, and no trace of the start.

mod lanczos;
#[cfg(test)]
mod tests;
mod tridiagonal;

use crate::map::Component;
use crate::matrix::{Operator, Votes};
use crate::previous::Previous;
use crate::votes::StatementId;

pub(crate) use lanczos::largest;

/// A part of the spread below this is rounding, not an axis.
const NOTHING: f64 = 1e-12;

/// The axes of some votes.
#[derive(Debug, Clone)]
pub(crate) struct Axes {
    pub(crate) components: [Component; 2],
    /// For each statement on the map how much it counts on each axis. The squares on an axis sum to 1, or 0 if there is none.
    pub(crate) loadings: Vec<[f64; 2]>,
}

impl Axes {
    /// From the matrix of summed products of distances from the mean.
    pub(crate) fn new(matrix: &impl Operator, votes: &Votes<'_>) -> Self {
        let spread = votes.spread();
        let mut loadings = vec![[0.0; 2]; matrix.size()];
        let mut components = [Component::default(); 2];
        if spread <= 0.0 {
            components.iter_mut().for_each(|component| component.settled = true);
            return Self { components, loadings };
        }
        let found = largest(matrix, 2);
        let freedom = votes.rows.len().saturating_sub(1).max(1) as f64;
        for (axis, component) in components.iter_mut().enumerate() {
            component.settled = true;
            let Some(pair) = found.get(axis).filter(|pair| pair.value > NOTHING * spread) else { continue };
            *component =
                Component { variance: pair.value / freedom, share: pair.value / spread, settled: pair.settled };
            for (loading, entry) in loadings.iter_mut().zip(&pair.vector) {
                loading[axis] = *entry;
            }
        }
        Self { components, loadings }
    }

    /// Turns each axis to a fixed side: that of the previous map; without one, the statement that counts most (of equal
    /// ones, the one with the lowest id) lies on the positive side. `ids` are those of the statements on the map.
    pub(crate) fn turn(&mut self, ids: &[StatementId], previous: Option<&Previous>) {
        for axis in 0..2 {
            let before = previous.map_or(0.0, |previous| {
                let mut sum = 0.0;
                for (id, loading) in ids.iter().zip(&self.loadings) {
                    if let Ok(at) = previous.axes.binary_search_by_key(id, |(id, _)| *id) {
                        sum += previous.axes[at].1[axis] * loading[axis];
                    }
                }
                sum
            });
            let mut most = 0.0_f64;
            for loading in &self.loadings {
                if loading[axis].abs() > most.abs() {
                    most = loading[axis];
                }
            }
            let side = if before == 0.0 { most } else { before };
            if side < 0.0 {
                self.loadings.iter_mut().for_each(|loading| loading[axis] = -loading[axis]);
            }
        }
    }

    /// Where each person stands: the votes on seen statements only, times √(statements ÷ seen).
    pub(crate) fn project(&self, votes: &Votes<'_>, threads: usize) -> Vec<[f64; 2]> {
        let people = votes.rows.len();
        let mut places = vec![[0.0; 2]; people];
        let each = people.div_ceil(threads.max(1)).max(1_000);
        let work = |rows: &[&[crate::votes::Cell]], out: &mut [[f64; 2]]| {
            for (row, out) in rows.iter().zip(out) {
                *out = self.place(row, votes);
            }
        };
        std::thread::scope(|scope| {
            let mut parts = votes.rows.chunks(each).zip(places.chunks_mut(each));
            let own = parts.next();
            for (rows, out) in parts {
                scope.spawn(move || work(rows, out));
            }
            if let Some((rows, out)) = own {
                work(rows, out);
            }
        });
        places
    }

    fn place(&self, row: &[crate::votes::Cell], votes: &Votes<'_>) -> [f64; 2] {
        let (mut x, mut y, mut seen) = (0.0, 0.0, 0_u32);
        for cell in row {
            if let Some(place) = votes.columns.place(*cell) {
                let distance = cell.sign() as f64 - votes.mean[place];
                x += distance * self.loadings[place][0];
                y += distance * self.loadings[place][1];
                seen += 1;
            }
        }
        if seen == 0 {
            return [0.0; 2];
        }
        let scale = (self.loadings.len() as f64 / f64::from(seen)).sqrt();
        // Adding zero makes a negative zero positive: equal places are then equal bits.
        [x * scale + 0.0, y * scale + 0.0]
    }

    /// Where somebody would stand who agreed with only this statement.
    pub(crate) fn place_of_statement(&self, place: usize, mean: f64) -> [f64; 2] {
        let scale = (self.loadings.len() as f64).sqrt() * (1.0 - mean);
        self.loadings[place].map(|loading| loading * scale + 0.0)
    }
}
