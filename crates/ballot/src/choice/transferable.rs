//! Single transferable vote: Droop quota, weighted inclusive Gregory, as in Scotland's local elections (SSI 2007/42,
//! rules 45 to 52), with exact fractions where the rules cut after five decimals.
//!
//! One transfer a round. Surpluses before exclusions, the largest first; all ballots of the elected candidate move on,
//! each with its value times surplus ÷ votes. Nobody who is elected or struck receives anything. When as many are left
//! as seats, they are elected.

use super::ballots::{Sifted, Strict};
use super::runoff::last;
use super::{Question, Round, Step, Tie, untie};
use crate::number::Exact;

/// Ballots where they lie during a count.
pub(super) struct Pile<'a> {
    ballots: &'a [Strict],
    /// Value of each group of ballots.
    value: Vec<Exact>,
    /// Which preference counts now.
    place: Vec<usize>,
    /// Groups by candidate.
    lying: Vec<Vec<usize>>,
    /// Whether a candidate can still receive votes.
    open: Vec<bool>,
    pub(super) votes: Vec<Exact>,
    pub(super) exhausted: Exact,
}

impl<'a> Pile<'a> {
    pub(super) fn new(n: usize, ballots: &'a [Strict]) -> Self {
        let mut pile = Self {
            ballots,
            value: ballots.iter().map(|(_, count)| Exact::from(*count)).collect(),
            place: vec![0; ballots.len()],
            lying: vec![Vec::new(); n],
            open: vec![true; n],
            votes: vec![Exact::zero(); n],
            exhausted: Exact::zero(),
        };
        for (at, (ranking, _)) in ballots.iter().enumerate() {
            if let Some(first) = ranking.first() {
                pile.lying[*first].push(at);
                pile.votes[*first] += &pile.value[at];
            }
        }
        pile
    }

    pub(super) fn standing(&self) -> Vec<usize> {
        (0..self.open.len()).filter(|c| self.open[*c]).collect()
    }

    /// Moves all ballots of a candidate on, each with `fraction` of its value, and says where they went.
    fn move_on(&mut self, from: usize, fraction: Option<&Exact>) -> (Vec<(usize, Exact)>, Exact) {
        let mut to = vec![Exact::zero(); self.votes.len()];
        let mut gone = Exact::zero();
        for at in std::mem::take(&mut self.lying[from]) {
            if let Some(fraction) = fraction {
                self.value[at] = &self.value[at] * fraction;
            }
            let ranking = &self.ballots[at].0;
            let next = (self.place[at] + 1..ranking.len()).find(|place| self.open[ranking[*place]]);
            if let Some(place) = next {
                let c = ranking[place];
                self.place[at] = place;
                self.lying[c].push(at);
                to[c] += &self.value[at];
            } else {
                gone += &self.value[at];
            }
        }
        for (c, votes) in to.iter().enumerate() {
            self.votes[c] += votes;
        }
        self.exhausted += &gone;
        (to.into_iter().enumerate().filter(|(_, votes)| votes.is_positive()).collect(), gone)
    }
}

/// Strikes a candidate; the ballots move on with the value they have.
pub(super) fn exclude(pile: &mut Pile<'_>, candidate: usize) -> Step {
    pile.open[candidate] = false;
    pile.votes[candidate] = Exact::zero();
    let (to, exhausted) = pile.move_on(candidate, None);
    Step::Struck { candidate, to, exhausted }
}

pub(super) fn count(
    n: usize,
    seats: usize,
    ballots: &Sifted,
    lot: &[usize],
    ties: &mut Vec<Tie>,
) -> (Vec<usize>, Vec<usize>, Vec<Round>) {
    let strict = ballots.strict();
    let valid: u64 = strict.iter().map(|(_, count)| count).sum();
    let quota = Exact::from(valid / (seats as u64 + 1) + 1);
    let mut pile = Pile::new(n, &strict);
    let (mut rounds, mut elected, mut struck): (Vec<Round>, Vec<usize>, Vec<usize>) =
        (Vec::new(), Vec::new(), Vec::new());
    let mut surpluses: Vec<usize> = Vec::new();
    loop {
        let settled = elected.iter().chain(&struck).copied().collect();
        let reached = pile.standing().into_iter().filter(|c| pile.votes[*c] >= quota).collect();
        let mut now = in_order(reached, &pile.votes, &rounds, lot, ties);
        for c in &now {
            pile.open[*c] = false;
        }
        surpluses.extend(&now);
        let left = pile.standing();
        let open_seats = seats - elected.len() - now.len();
        if left.len() <= open_seats {
            let rest = in_order(left, &pile.votes, &rounds, lot, ties);
            now.extend(rest);
        }
        elected.extend(&now);
        let mut round = Round {
            votes: pile.votes.clone(),
            exhausted: pile.exhausted.clone(),
            quota: quota.clone(),
            elected: now,
            settled,
            step: None,
        };
        if elected.len() >= seats {
            rounds.push(round);
            break;
        }
        surpluses.retain(|c| pile.votes[*c] > quota);
        let step = if surpluses.is_empty() {
            let candidate = last(&pile.standing(), &pile.votes, &rounds, lot, ties);
            struck.push(candidate);
            exclude(&mut pile, candidate)
        } else {
            let candidate = largest(&surpluses, &pile.votes, &rounds, lot, ties);
            surpluses.retain(|c| *c != candidate);
            let surplus = &pile.votes[candidate] - &quota;
            let fraction = surplus.fraction_of(&pile.votes[candidate]);
            pile.votes[candidate] = quota.clone();
            let (to, exhausted) = pile.move_on(candidate, Some(&fraction));
            Step::Surplus { candidate, surplus, fraction, to, exhausted }
        };
        round.step = Some(step);
        rounds.push(round);
    }
    let mut rest: Vec<usize> = pile.standing().into_iter().filter(|c| !elected.contains(c)).collect();
    rest.sort_by(|a, b| pile.votes[*b].cmp(&pile.votes[*a]).then(lot[*a].cmp(&lot[*b])));
    let ranking = elected.iter().copied().chain(rest).chain(struck.iter().rev().copied()).collect();
    (ranking, elected, rounds)
}

/// Most votes first.
fn in_order(mut left: Vec<usize>, votes: &[Exact], rounds: &[Round], lot: &[usize], ties: &mut Vec<Tie>) -> Vec<usize> {
    let mut order = Vec::new();
    while !left.is_empty() {
        let first = largest(&left, votes, rounds, lot, ties);
        left.retain(|c| *c != first);
        order.push(first);
    }
    order
}

fn largest(of: &[usize], votes: &[Exact], rounds: &[Round], lot: &[usize], ties: &mut Vec<Tie>) -> usize {
    let Some(most) = of.iter().map(|c| &votes[*c]).max() else { return 0 };
    let among: Vec<usize> = of.iter().copied().filter(|c| votes[*c] == *most).collect();
    if let [one] = among[..] {
        return one;
    }
    let (chosen, broken_by) = untie(among.clone(), rounds, lot, false);
    ties.push(Tie { round: rounds.len() + 1, among, chosen, question: Question::First, broken_by });
    chosen
}
