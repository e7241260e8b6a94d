//! The covariance as two passes over the votes, for more statements than pairs can be kept of, and for few people.

use super::{Operator, Votes};

/// Parts that people are cut into. Each part is summed by itself and the parts in their order, so that the number of
/// threads does not show.
const PARTS: usize = 8;

/// The votes given, each as its distance from the statement's mean.
#[derive(Debug, Clone)]
pub(crate) struct Sparse {
    size: usize,
    starts: Vec<usize>,
    places: Vec<u32>,
    values: Vec<f64>,
    threads: usize,
}

impl Sparse {
    pub(crate) fn new(votes: &Votes<'_>, threads: usize) -> Self {
        let size = votes.mean.len();
        let mut sparse =
            Self { size, starts: vec![0], places: Vec::new(), values: Vec::new(), threads: threads.max(1) };
        for row in &votes.rows {
            for cell in *row {
                if let Some(place) = votes.columns.place(*cell) {
                    sparse.places.push(u32::try_from(place).unwrap_or(u32::MAX));
                    sparse.values.push(cell.sign() as f64 - votes.mean[place]);
                }
            }
            sparse.starts.push(sparse.places.len());
        }
        sparse
    }

    fn part(&self, people: std::ops::Range<usize>, vector: &[f64], out: &mut [f64]) {
        for person in people {
            let range = self.starts[person]..self.starts[person + 1];
            let (places, values) = (&self.places[range.clone()], &self.values[range]);
            let mut along = 0.0;
            for (&place, value) in places.iter().zip(values) {
                along += value * vector[place as usize];
            }
            for (&place, value) in places.iter().zip(values) {
                out[place as usize] += value * along;
            }
        }
    }
}

impl Operator for Sparse {
    fn size(&self) -> usize {
        self.size
    }

    fn apply(&self, vector: &[f64], out: &mut [f64]) {
        let people = self.starts.len() - 1;
        let part = |at: usize| at * people / PARTS..(at + 1) * people / PARTS;
        let mut sums = vec![vec![0.0; self.size]; PARTS];
        // A thread costs some ten microseconds; so few votes are not worth one.
        if self.threads == 1 || self.places.len() < 100_000 {
            for (at, sum) in sums.iter_mut().enumerate() {
                self.part(part(at), vector, sum);
            }
        } else {
            let each = PARTS.div_ceil(self.threads);
            std::thread::scope(|scope| {
                for (hand, sums) in sums.chunks_mut(each).enumerate() {
                    scope.spawn(move || {
                        for (at, sum) in sums.iter_mut().enumerate() {
                            self.part(part(hand * each + at), vector, sum);
                        }
                    });
                }
            });
        }
        out.fill(0.0);
        for sum in &sums {
            for (out, sum) in out.iter_mut().zip(sum) {
                *out += sum;
            }
        }
    }
}
