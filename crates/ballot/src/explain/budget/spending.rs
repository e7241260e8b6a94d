//! On what the supporters of each project spent their money (Equal Shares), by going through the payments once more.

use num_traits::ToPrimitive;

use crate::budget::{Options, OrdinalScale, Outcome, Phase, Rule, Utility};
use crate::number::{Decimal, Exact};
use crate::pb::{Ballot, Election, VoteType};

/// Parts of a unit of money in which is counted here; the sums are for reading and decide nothing.
const PARTS: i128 = 1_000_000_000;

/// What the supporters of each project paid for each winner.
#[derive(Clone, Debug)]
pub struct Spending {
    /// By project, then by place among the winners, in parts of a unit.
    paid: Vec<Vec<i128>>,
}

impl Spending {
    /// Nothing for rules other than Equal Shares.
    #[must_use]
    pub fn new(election: &Election, outcome: &Outcome) -> Self {
        let mut paid = vec![vec![0; outcome.winners.len()]; election.projects.len()];
        let endowment = outcome.endowment.as_ref().map(parts);
        let (Rule::EqualShares, Some(endowment)) = (outcome.options.rule, endowment) else { return Self { paid } };
        let mut money = vec![endowment; election.ballots.len()];
        let mut supporters: Vec<Vec<usize>> = vec![Vec::new(); election.projects.len()];
        for (at, ballot) in election.ballots.iter().enumerate() {
            for choice in &ballot.choices {
                if let Some(list) = supporters.get_mut(*choice as usize) {
                    list.push(at);
                }
            }
        }
        for (place, win) in outcome.winners.iter().enumerate() {
            let Some(price) = win.price.as_ref().filter(|_| win.phase == Phase::Rule) else { continue };
            let one = parts(price);
            for at in &supporters[win.project] {
                let ballot = &election.ballots[*at];
                let due = match points(ballot, win.project, election.vote_type, &outcome.options) {
                    None => one,
                    Some(points) => parts(&Exact::new(price.rational() * Exact::from(points).rational())),
                };
                let pays = due.min(money[*at]).max(0);
                money[*at] -= pays;
                for choice in &ballot.choices {
                    paid[*choice as usize][place] += pays;
                }
            }
        }
        Self { paid }
    }

    /// What the supporters of a project paid for each winner that was chosen before this round, the most first:
    /// place among the winners, and the amount to two places.
    #[must_use]
    pub fn before(&self, project: usize, round: usize, outcome: &Outcome) -> Vec<(usize, Decimal)> {
        let Some(paid) = self.paid.get(project) else { return Vec::new() };
        let mut list: Vec<(usize, i128)> = outcome
            .winners
            .iter()
            .enumerate()
            .filter(|(place, win)| win.round < round && win.project != project && paid[*place] > 0)
            .map(|(place, _)| (place, paid[place]))
            .collect();
        list.sort_by_key(|(place, amount)| (-amount, *place));
        list.into_iter().filter_map(|(place, amount)| Some((place, cents(amount)?))).collect()
    }
}

fn parts(amount: &Exact) -> i128 {
    let scaled = amount.rational() * num_bigint::BigInt::from(PARTS);
    scaled.round().to_integer().to_i128().unwrap_or(0)
}

fn cents(amount: i128) -> Option<Decimal> {
    let cent = PARTS / 100;
    Decimal::new((amount + cent / 2) / cent, 2)
}

/// What a ballot gives a project, when that is what counts; `None` when each supporter counts the same.
fn points(ballot: &Ballot, project: usize, vote_type: VoteType, options: &Options) -> Option<Decimal> {
    if options.utility != Utility::Score {
        return None;
    }
    let place = ballot.choices.iter().position(|choice| *choice as usize == project)?;
    if vote_type.has_points() {
        return Some(ballot.points.get(place).copied().unwrap_or(Decimal::ZERO));
    }
    if vote_type != VoteType::Ordinal {
        return None;
    }
    Some(match &options.scale {
        OrdinalScale::Points(scale) => scale.get(place).copied().unwrap_or(Decimal::ZERO),
        OrdinalScale::Borda => Decimal::whole(i64::try_from(ballot.choices.len() - place - 1).unwrap_or(0)),
    })
}
