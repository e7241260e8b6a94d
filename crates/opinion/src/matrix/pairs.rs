//! For each pair of statements, counts over the people who saw both: how many, the sum of each one's votes, the sum of
//! products. Whole numbers: the order of people and threads cannot show, and one vote changes only the pairs of one person.

use super::{Columns, Dense, Votes};
use crate::votes::Cell;

/// Rows of a panel: so many rows of counts that they stay in a core's own cache.
const PANEL: usize = 64;

/// Counts of pairs of statements.
///
/// The entry (j, k) packs two sums over the people who saw both, 32 bits each: the upper half is Σ vⱼ·vₖ if j < k and the
/// number of people if j > k; the lower half is Σ vⱼ in both cases. The diagonal is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pairs {
    size: usize,
    /// Entries from one row to the next; at least `size`, so that a new statement finds room.
    stride: usize,
    counts: Vec<i64>,
}

/// One more person, in the upper half.
const UPPER: i64 = 1 << 32;

/// The two halves of an entry.
fn halves(packed: i64) -> (i32, i32) {
    let bytes = packed.to_le_bytes();
    let lower = i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    let rest = (packed - i64::from(lower)).to_le_bytes();
    (i32::from_le_bytes([rest[4], rest[5], rest[6], rest[7]]), lower)
}

impl Pairs {
    /// Counts the statements on the map; `threads` share the panels.
    pub(crate) fn count(rows: &[&[Cell]], columns: &Columns, threads: usize) -> Self {
        let size = columns.count();
        let mut pairs = Self { size, stride: size, counts: vec![0; size * size] };
        if size == 0 {
            return pairs;
        }
        let packed = Packed::new(rows, columns);
        let mut panels: Vec<(usize, &mut [i64])> =
            pairs.counts.chunks_mut(size * PANEL).enumerate().map(|(at, panel)| (at * PANEL, panel)).collect();
        // The first statements are usually those seen most: dealt out like cards, each thread gets its share of them.
        let threads = threads.clamp(1, panels.len());
        let mut hands: Vec<Vec<(usize, &mut [i64])>> = (0..threads).map(|_| Vec::new()).collect();
        while let Some(panel) = panels.pop() {
            let hand = panels.len() % threads;
            hands[hand].push(panel);
        }
        let work = |hand: Vec<(usize, &mut [i64])>| {
            for (first, panel) in hand {
                packed.fill(first, panel, size);
            }
        };
        std::thread::scope(|scope| {
            let own = hands.pop();
            for hand in hands {
                scope.spawn(|| work(hand));
            }
            own.into_iter().for_each(work);
        });
        pairs
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// One more column, without votes, at `column`.
    pub(crate) fn insert(&mut self, column: usize) {
        let size = self.size + 1;
        let stride = if size > self.stride { size + size / 8 + 8 } else { self.stride };
        self.relayout(size, stride, |new| match new {
            new if new < column => Some(new),
            new if new == column => None,
            new => Some(new - 1),
        });
    }

    /// Takes out a column that has no votes.
    pub(crate) fn remove(&mut self, column: usize) {
        let stride = self.stride;
        self.relayout(self.size - 1, stride, |new| Some(if new < column { new } else { new + 1 }));
    }

    fn relayout(&mut self, size: usize, stride: usize, old: impl Fn(usize) -> Option<usize>) {
        let mut counts = vec![0; stride * size];
        for row in 0..size {
            let Some(old_row) = old(row) else { continue };
            for column in 0..size {
                if let Some(old_column) = old(column) {
                    counts[row * stride + column] = self.counts[old_row * self.stride + old_column];
                }
            }
        }
        *self = Self { size, stride, counts };
    }

    /// Adds (`times` = 1) or takes away (−1) the pairs of one vote with the other votes of the same person. `others` must
    /// not hold a vote on the same statement. Needs counts over all columns.
    pub(crate) fn change(&mut self, vote: Cell, others: &[Cell], times: i64) {
        let (j, sign) = (vote.column(), vote.sign());
        for other in others {
            let (k, other_sign) = (other.column(), other.sign());
            if k == j {
                continue;
            }
            let (first, first_sign, second, second_sign) =
                if j < k { (j, sign, k, other_sign) } else { (k, other_sign, j, sign) };
            self.counts[first * self.stride + second] += times * (first_sign * second_sign * UPPER + first_sign);
            self.counts[second * self.stride + first] += times * (UPPER + second_sign);
        }
    }

    /// The sums of squared and of multiplied distances from the means. `place` says which row of the counts belongs to a
    /// statement of `votes`.
    pub(crate) fn covariance(&self, votes: &Votes<'_>, place: impl Fn(usize) -> usize) -> Dense {
        let mean = &votes.mean;
        let size = mean.len();
        let mut matrix = Dense::new(size);
        for (j, mean) in mean.iter().enumerate() {
            matrix.set(j, j, f64::from(votes.sided[j]) - f64::from(votes.sum[j]) * mean);
        }
        let places: Vec<usize> = (0..size).map(place).collect();
        // In tiles, because one half of the counts is read across the rows.
        for top in (0..size).step_by(PANEL) {
            for left in (top..size).step_by(PANEL) {
                for j in top..(top + PANEL).min(size) {
                    for k in left.max(j + 1)..(left + PANEL).min(size) {
                        let upper = self.counts[places[j] * self.stride + places[k]];
                        let lower = self.counts[places[k] * self.stride + places[j]];
                        let (product, sum_j) = halves(upper);
                        let (both, sum_k) = halves(lower);
                        let value = f64::from(product) - mean[k] * f64::from(sum_j) - mean[j] * f64::from(sum_k)
                            + mean[j] * mean[k] * f64::from(both);
                        matrix.set(j, k, value);
                        matrix.set(k, j, value);
                    }
                }
            }
        }
        matrix
    }
}

/// All votes one after the other, as they are needed for counting.
struct Packed {
    /// Where each person's votes begin; one more at the end.
    starts: Vec<usize>,
    /// Places on the map.
    places: Vec<u32>,
    signs: Vec<i8>,
}

impl Packed {
    fn new(rows: &[&[Cell]], columns: &Columns) -> Self {
        let total = rows.iter().map(|row| row.len()).sum();
        let mut packed = Self {
            starts: Vec::with_capacity(rows.len() + 1),
            places: Vec::with_capacity(total),
            signs: Vec::with_capacity(total),
        };
        packed.starts.push(0);
        for row in rows {
            for cell in *row {
                if let Some(place) = columns.place(*cell) {
                    packed.places.push(u32::try_from(place).unwrap_or(u32::MAX));
                    packed.signs.push(i8::try_from(cell.sign()).unwrap_or(0));
                }
            }
            packed.starts.push(packed.places.len());
        }
        packed
    }

    /// Fills the rows from `first` on.
    fn fill(&self, first: usize, panel: &mut [i64], size: usize) {
        let end = first + panel.len() / size;
        for bounds in self.starts.windows(2) {
            let places = &self.places[bounds[0]..bounds[1]];
            let signs = &self.signs[bounds[0]..bounds[1]];
            let from = places.partition_point(|&place| (place as usize) < first);
            for j in from..places.len() {
                let place = places[j] as usize;
                if place >= end {
                    break;
                }
                let row = &mut panel[(place - first) * size..][..size];
                let sign = i64::from(signs[j]);
                let lower = UPPER + sign;
                for &k in &places[..j] {
                    row[k as usize] += lower;
                }
                if sign != 0 {
                    for (&k, &other) in places[j + 1..].iter().zip(&signs[j + 1..]) {
                        row[k as usize] += sign * (i64::from(other) * UPPER + 1);
                    }
                }
            }
        }
    }
}
