//! Approval and score: sums.

use std::cmp::Reverse;

use serde::Serialize;

use super::ballots::Sifted;
use super::{BrokenBy, Question, Tie, order_by};
use crate::number::Exact;

/// What one candidate has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    pub candidate: usize,
    /// Marks, or the sum of points.
    pub points: Exact,
    /// How many ballots name the candidate with more than nothing.
    pub people: u64,
}

pub(super) fn count(n: usize, ballots: &Sifted, lot: &[usize], ties: &mut Vec<Tie>) -> (Vec<usize>, Vec<Mark>) {
    let mut marks: Vec<Mark> = (0..n).map(|candidate| Mark { candidate, points: Exact::zero(), people: 0 }).collect();
    if let Sifted::Points(all) = ballots {
        for (ballot, count) in all {
            let times = Exact::from(*count);
            for (c, points) in ballot {
                marks[*c].points += &(points * &times);
                if points.is_positive() {
                    marks[*c].people += count;
                }
            }
        }
    }
    let key = |c: usize| (marks[c].points.clone(), marks[c].people);
    let ranking = order_by((0..n).collect(), key, lot, 1, ties);
    // Equal sums that the number of people parted.
    let mut parted: Vec<usize> = ranking.clone();
    parted.sort_by_key(|c| Reverse(marks[*c].points.clone()));
    for group in parted.chunk_by(|a, b| marks[*a].points == marks[*b].points) {
        let most = group.iter().map(|c| marks[*c].people).max().unwrap_or(0);
        let first: Vec<usize> = group.iter().copied().filter(|c| marks[*c].people == most).collect();
        if first.len() < group.len() {
            let mut among = group.to_vec();
            among.sort_unstable();
            ties.push(Tie {
                round: 1,
                among,
                chosen: first[0],
                question: Question::Place,
                broken_by: BrokenBy::People,
            });
        }
    }
    (ranking, marks)
}
