//! Instant run-off: the last one is struck until somebody has more than half of the votes that still count.

use super::ballots::Sifted;
use super::transferable::{Pile, exclude};
use super::{Question, Round, Tie, untie};
use crate::number::Exact;

pub(super) fn count(n: usize, ballots: &Sifted, lot: &[usize], ties: &mut Vec<Tie>) -> (Vec<usize>, Vec<Round>) {
    let strict = ballots.strict();
    let mut pile = Pile::new(n, &strict);
    let (mut rounds, mut struck): (Vec<Round>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let standing = pile.standing();
        let mut active = Exact::zero();
        for c in &standing {
            active += &pile.votes[*c];
        }
        // More than half: for whole votes the half rounded down and one.
        let half = active.fraction_of(&Exact::from(2));
        let winner = standing.iter().copied().find(|c| pile.votes[*c] > half).or(match standing[..] {
            [only] => Some(only),
            _ => None,
        });
        let mut round = Round {
            votes: pile.votes.clone(),
            exhausted: pile.exhausted.clone(),
            quota: Exact::from(active.whole().and_then(|n| u64::try_from(n).ok()).unwrap_or(0) / 2 + 1),
            elected: winner.into_iter().collect(),
            settled: struck.clone(),
            step: None,
        };
        if let Some(winner) = winner {
            let mut rest: Vec<usize> = standing.into_iter().filter(|c| *c != winner).collect();
            rest.sort_by(|a, b| pile.votes[*b].cmp(&pile.votes[*a]).then(lot[*a].cmp(&lot[*b])));
            let ranking = [winner].into_iter().chain(rest).chain(struck.iter().rev().copied()).collect();
            rounds.push(round);
            return (ranking, rounds);
        }
        let last = last(&standing, &pile.votes, &rounds, lot, ties);
        round.step = Some(exclude(&mut pile, last));
        struck.push(last);
        rounds.push(round);
    }
}

/// Who has the fewest votes; equals are told apart by the rounds before and the lot.
pub(super) fn last(standing: &[usize], votes: &[Exact], rounds: &[Round], lot: &[usize], ties: &mut Vec<Tie>) -> usize {
    let Some(fewest) = standing.iter().map(|c| &votes[*c]).min() else { return 0 };
    let among: Vec<usize> = standing.iter().copied().filter(|c| votes[*c] == *fewest).collect();
    if let [one] = among[..] {
        return one;
    }
    let (chosen, broken_by) = untie(among.clone(), rounds, lot, true);
    ties.push(Tie { round: rounds.len() + 1, among, chosen, question: Question::Struck, broken_by });
    chosen
}
