//! The votes as a matrix: people × statements on the map, unseen votes filled with the statement's mean.
//!
//! The covariance needs no filled matrix: an unseen vote is its mean, so it adds nothing. Up to a limit of statements it
//! comes from whole numbers ([`Pairs`]), so no order of people can show in it; beyond the limit from the votes in the order
//! of ids ([`Sparse`]).

mod dense;
mod pairs;
mod sparse;
#[cfg(test)]
mod tests;

pub(crate) use dense::Dense;
pub(crate) use pairs::Pairs;
pub(crate) use sparse::Sparse;

use crate::votes::{Cell, Conversation, Standing};

/// Not on the map.
const NONE: usize = usize::MAX;

/// Which columns of a conversation are on the map.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    /// The columns on the map, ascending.
    pub(crate) shown: Vec<usize>,
    /// For each column its place among `shown`, or [`NONE`].
    place: Vec<usize>,
}

impl Columns {
    pub(crate) fn of(conversation: &Conversation) -> Self {
        let mut shown = Vec::new();
        let mut place = Vec::new();
        for (column, (_, standing)) in conversation.statements().enumerate() {
            if standing == Standing::Shown {
                place.push(shown.len());
                shown.push(column);
            } else {
                place.push(NONE);
            }
        }
        Self { shown, place }
    }

    /// All of so many columns.
    pub(crate) fn all(count: usize) -> Self {
        Self { shown: (0..count).collect(), place: (0..count).collect() }
    }

    pub(crate) fn count(&self) -> usize {
        self.shown.len()
    }

    /// Place on the map of the statement of this vote.
    #[inline]
    pub(crate) fn place(&self, cell: Cell) -> Option<usize> {
        let place = self.place[cell.column()];
        (place != NONE).then_some(place)
    }
}

/// Some people's votes on the statements of the map.
#[derive(Debug, Clone)]
pub(crate) struct Votes<'a> {
    /// One row per person, in the order of ids.
    pub(crate) rows: Vec<&'a [Cell]>,
    pub(crate) columns: &'a Columns,
    /// By place: how many voted, and the sum of their votes.
    seen: Vec<u32>,
    sum: Vec<i32>,
    sided: Vec<u32>,
    pub(crate) mean: Vec<f64>,
}

impl<'a> Votes<'a> {
    /// The votes of some people.
    pub(crate) fn new(rows: Vec<&'a [Cell]>, columns: &'a Columns) -> Self {
        let mut counts = vec![[0_u32; 3]; columns.count()];
        for cell in rows.iter().copied().flatten() {
            if let Some(place) = columns.place(*cell) {
                counts[place][cell.choice() as usize] += 1;
            }
        }
        Self::counted(rows, columns, counts.into_iter())
    }

    /// The votes of everybody, whose counts are known.
    pub(crate) fn everybody(conversation: &'a Conversation, columns: &'a Columns) -> Self {
        let rows = conversation.rows().iter().map(Vec::as_slice).collect();
        Self::counted(rows, columns, columns.shown.iter().map(|&column| conversation.counts(column)))
    }

    fn counted(rows: Vec<&'a [Cell]>, columns: &'a Columns, counts: impl ExactSizeIterator<Item = [u32; 3]>) -> Self {
        let size = counts.len();
        let mut votes = Self {
            rows,
            columns,
            seen: vec![0; size],
            sum: vec![0; size],
            sided: vec![0; size],
            mean: vec![0.0; size],
        };
        for (at, [disagree, pass, agree]) in counts.enumerate() {
            votes.sided[at] = disagree + agree;
            votes.seen[at] = disagree + pass + agree;
            votes.sum[at] = agree.cast_signed() - disagree.cast_signed();
            if votes.seen[at] > 0 {
                votes.mean[at] = f64::from(votes.sum[at]) / f64::from(votes.seen[at]);
            }
        }
        votes
    }

    /// Sum over all statements and people of the squared distance from the statement's mean.
    pub(crate) fn spread(&self) -> f64 {
        let mut total = 0.0;
        for place in 0..self.seen.len() {
            if self.seen[place] > 0 {
                let sum = f64::from(self.sum[place]);
                total += f64::from(self.sided[place]) - sum * sum / f64::from(self.seen[place]);
            }
        }
        total
    }

    /// Whether no statement has two different votes.
    pub(crate) fn all_equal(&self) -> bool {
        self.seen
            .iter()
            .zip(&self.sum)
            .zip(&self.sided)
            .all(|((&seen, &sum), &sided)| sided == 0 || (sided == seen && sum.unsigned_abs() == seen))
    }

    pub(crate) fn seen(&self) -> &[u32] {
        &self.seen
    }
}

/// A symmetric matrix that can be multiplied with a vector.
pub(crate) trait Operator {
    fn size(&self) -> usize;
    /// Sets `out` to the matrix times `vector`.
    fn apply(&self, vector: &[f64], out: &mut [f64]);
}
