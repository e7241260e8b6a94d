//! Schulze's method (M. Schulze, Social Choice and Welfare 36, 2011): each candidate against each, then strongest paths.
//!
//! A link from A to B has the strength of the ballots that put A before B, if they are more than the other way round
//! ("winning votes"). A path is as strong as its weakest link. A comes before B when the strongest path from A to B is
//! stronger than the one back; this is an order (Schulze, theorem 4.1). Whoever nobody comes before may win; of several,
//! the lot takes one.

use serde::Serialize;

use super::ballots::Sifted;
use super::{BrokenBy, Question, Tie};

/// The comparisons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pairs {
    /// `preferred[a][b]`: ballots that put a before b.
    pub preferred: Vec<Vec<u64>>,
    /// `strength[a][b]`: strength of the strongest path from a to b; 0 when there is none.
    pub strength: Vec<Vec<u64>>,
    /// Who beats each other one directly, if anybody does.
    pub condorcet: Option<usize>,
    /// The paths that make the winner come before each other one.
    pub paths: Vec<Path>,
}

/// The strongest path from the first to the last, with the strength of its weakest link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Path {
    pub through: Vec<usize>,
    pub strength: u64,
}

pub(super) fn count(n: usize, ballots: &Sifted, lot: &[usize], ties: &mut Vec<Tie>) -> (Vec<usize>, Pairs) {
    let preferred = preferences(n, ballots);
    let mut strength = vec![vec![0; n]; n];
    let mut before: Vec<Vec<usize>> = (0..n).map(|a| vec![a; n]).collect();
    for a in 0..n {
        for b in 0..n {
            if preferred[a][b] > preferred[b][a] {
                strength[a][b] = preferred[a][b];
            }
        }
    }
    for via in 0..n {
        for a in 0..n {
            if a == via || strength[a][via] == 0 {
                continue;
            }
            for b in 0..n {
                let through = strength[a][via].min(strength[via][b]);
                if b != a && b != via && through > strength[a][b] {
                    strength[a][b] = through;
                    before[a][b] = before[via][b];
                }
            }
        }
    }
    let ranking = rank(n, &strength, lot, ties);
    let condorcet = (0..n).find(|a| (0..n).all(|b| b == *a || preferred[*a][b] > preferred[b][*a]));
    let winner = ranking[0];
    let paths = (0..n)
        .filter(|c| *c != winner && strength[winner][*c] > 0)
        .map(|c| Path { through: path(winner, c, &before), strength: strength[winner][c] })
        .collect();
    (ranking, Pairs { preferred, strength, condorcet, paths })
}

fn preferences(n: usize, ballots: &Sifted) -> Vec<Vec<u64>> {
    let mut preferred = vec![vec![0; n]; n];
    let Sifted::Ranked(all) = ballots else { return preferred };
    for (tiers, count) in all {
        let mut behind = vec![true; n];
        for tier in tiers {
            for c in tier {
                behind[*c] = false;
            }
            for a in tier {
                for (b, behind) in behind.iter().enumerate() {
                    if *behind {
                        preferred[*a][b] += count;
                    }
                }
            }
        }
    }
    preferred
}

/// Again and again the candidate whom nobody that is left comes before.
fn rank(n: usize, strength: &[Vec<u64>], lot: &[usize], ties: &mut Vec<Tie>) -> Vec<usize> {
    let (mut left, mut ranking): (Vec<usize>, Vec<usize>) = ((0..n).collect(), Vec::new());
    let mut seen: Vec<Vec<usize>> = Vec::new();
    while !left.is_empty() {
        let mut free: Vec<usize> =
            left.iter().copied().filter(|a| left.iter().all(|b| strength[*b][*a] <= strength[*a][*b])).collect();
        if free.is_empty() {
            free.clone_from(&left);
        }
        let first = free.iter().copied().min_by_key(|c| lot[*c]).unwrap_or_default();
        // What remains of a tie that was noted is not a new one.
        if free.len() > 1 && !seen.iter().any(|old| free.iter().all(|c| old.contains(c))) {
            ties.push(Tie {
                round: 1,
                among: free.clone(),
                chosen: first,
                question: Question::Place,
                broken_by: BrokenBy::Lot,
            });
            seen.push(free);
        }
        left.retain(|c| *c != first);
        ranking.push(first);
    }
    ranking
}

fn path(from: usize, to: usize, before: &[Vec<usize>]) -> Vec<usize> {
    let mut path = vec![to];
    let mut at = to;
    while at != from && path.len() <= before.len() {
        at = before[from][at];
        path.push(at);
    }
    path.reverse();
    path
}
