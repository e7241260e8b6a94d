//! Greedy counts: one order of the projects, taken from the top as long as the money lasts.
//!
//! Also knapsack voting, and what fills up after Equal Shares.

use std::cmp::Ordering;

use super::limits::Limits;
use super::options::Unaffordable;
use super::outcome::{Fall, FallReason, Phase, Round, Standing, Stop, Tie, Win};
use super::profile::Profile;
use crate::number::Decimal;

/// What the order is by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Votes or points.
    Score,
    /// Votes or points times utility, by cost.
    Density,
}

/// What a greedy count did.
#[derive(Debug)]
pub(super) struct Greedy {
    pub wins: Vec<Win>,
    pub rounds: Vec<Round>,
    pub ties: Vec<(usize, Tie)>,
    pub stop: Stop,
}

impl Key {
    /// The better one is `Greater`.
    fn compare(self, profile: &Profile, a: usize, b: usize) -> Ordering {
        let (a_score, b_score) = (i128::from(profile.score[a]), i128::from(profile.score[b]));
        if self == Self::Score || profile.by_cost {
            return a_score.cmp(&b_score);
        }
        match (profile.costs[a], profile.costs[b]) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Greater,
            (_, 0) => Ordering::Less,
            (a_cost, b_cost) => (a_score * i128::from(b_cost)).cmp(&(b_score * i128::from(a_cost))),
        }
    }

    fn shown(self, profile: &Profile, project: usize) -> Decimal {
        if self == Self::Score || profile.by_cost {
            return profile.score_of(project);
        }
        // Millionths of a vote or point for each unit of money.
        let money = 10_i128.pow(u32::from(profile.places));
        let points = 10_i128.pow(u32::from(profile.weight_places));
        let density = i128::from(profile.score[project]) * money * 1_000_000;
        Decimal::new(density / (i128::from(profile.costs[project].max(1)) * points), 6).unwrap_or_default()
    }
}

/// Goes on from what is chosen; `first` is the number of its first round.
pub(super) fn count(
    profile: &Profile,
    limits: &mut Limits<'_>,
    key: Key,
    unaffordable: Unaffordable,
    phase: Phase,
    first: usize,
    full: bool,
) -> Greedy {
    let spent: i64 = limits.order.iter().map(|&project| profile.costs[project]).sum();
    let mut left = profile.budget - spent;
    let mut open: Vec<usize> = (0..profile.costs.len())
        .filter(|&project| profile.barred[project].is_none() && !limits.chosen[project])
        .collect();
    open.sort_by(|&a, &b| key.compare(profile, b, a).then(profile.rank[a].cmp(&profile.rank[b])));
    let mut greedy = Greedy { wins: Vec::new(), rounds: Vec::new(), ties: Vec::new(), stop: Stop::NothingLeft };
    loop {
        let mut fallen = Vec::new();
        let mut stops = None;
        // A project that waits for another stands as long as that may still come.
        open.retain(|&project| {
            let reason = limits.falls(project, profile.costs[project]);
            let reason = reason.or((profile.costs[project] > left).then_some(FallReason::DoesNotFit));
            let Some(reason) = reason else { return true };
            if matches!(reason, FallReason::DoesNotFit | FallReason::Envelope) && unaffordable == Unaffordable::Stop {
                return true;
            }
            fallen.push(Fall { project, reason, supporters_have: None });
            false
        });
        let next = open.iter().copied().find(|&project| limits.ready(project));
        if unaffordable == Unaffordable::Stop {
            stops = next.filter(|&project| {
                profile.costs[project] > left || limits.falls(project, profile.costs[project]).is_some()
            });
        }
        let chosen = next.filter(|_| stops.is_none());
        let tied: Vec<usize> = chosen.map_or_else(Vec::new, |chosen| {
            let equal = |&project: &usize| {
                key.compare(profile, project, chosen).is_eq() && limits.ready(project) && profile.costs[project] <= left
            };
            open.iter().copied().filter(equal).collect()
        });
        let tie = (tied.len() > 1).then(|| Tie { step: profile.tie_step(tied[0], tied[1]), projects: tied });
        if full {
            let ready = open.iter().copied().filter(|&project| limits.ready(project));
            let standings = ready.map(|project| Standing { project, value: key.shown(profile, project), price: None });
            let standings = standings.collect();
            let after = left - chosen.map_or(0, |project| profile.costs[project]);
            let left = profile.decimal(i128::from(after));
            greedy.rounds.push(Round { phase, fallen, standings, chosen, tie: tie.clone(), left });
        }
        let Some(project) = chosen else {
            greedy.stop = match stops {
                Some(project) => Stop::FirstUnaffordable { project },
                None if limits.full() => Stop::MaxProjects,
                None => Stop::NothingLeft,
            };
            return greedy;
        };
        let round = first + greedy.wins.len();
        greedy.ties.extend(tie.map(|tie| (round, tie)));
        left -= profile.costs[project];
        limits.choose(project, profile.costs[project]);
        open.retain(|&other| other != project);
        greedy.wins.push(Win {
            project,
            cost: profile.decimal(i128::from(profile.costs[project])),
            phase,
            round,
            supporters: profile.supporters[project],
            score: profile.score_of(project),
            price: None,
            effective_votes: None,
            full_payers: 0,
            partial_payers: 0,
            payments: Vec::new(),
        });
    }
}
