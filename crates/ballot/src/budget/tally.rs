//! From an election and options to an outcome.

use madang_base::{Error, Result};
use num_bigint::BigInt;
use num_rational::BigRational;

use super::greedy::{self, Key};
use super::limits::Limits;
use super::options::{Completion, Constraints, Detail, Options, Rule, Unaffordable};
use super::outcome::{FallReason, Loss, LossReason, Outcome, Phase, Round, Stop, Tie, Unmet, Win};
use super::phragmen;
use super::profile::{Profile, money};
use super::shares;
use crate::number::Exact;
use crate::pb::Election;

/// Counts.
///
/// # Errors
/// `ballot.option-project`: a constraint names a project that the election does not have. `ballot.option-step`: Add1's step
/// is not above zero. `ballot.option-projects`: the fewest projects are more than the most. `ballot.option-size`: amounts are too large or too fine to be counted exactly.
pub fn tally(election: &Election, options: &Options) -> Result<Outcome> {
    check(options)?;
    let profile = Profile::new(election, options)?;
    let full = options.detail == Detail::Rounds;
    let mut limits = profile.bounds.start();
    let mut count = Count::default();
    count.free(&profile, &mut limits);
    match options.rule {
        Rule::GreedyVotes | Rule::Knapsack => {
            count.greedy(&profile, &mut limits, Key::Score, options.unaffordable, Phase::Rule, full);
        }
        Rule::GreedyCost => {
            count.greedy(&profile, &mut limits, Key::Density, options.unaffordable, Phase::Rule, full);
        }
        Rule::Phragmen => {
            let done = phragmen::count(&profile, &mut limits, full);
            count.add(done.wins, done.rounds, done.ties);
            count.fallen = done.fallen;
            count.stop = Some(done.stop);
        }
        Rule::EqualShares => count.shares(&profile, options, &mut limits, full)?,
    }
    Ok(count.outcome(&profile, options, &limits))
}

/// Projects that win, and nothing else about it.
fn chosen(profile: &Profile, options: &Options) -> Result<Vec<bool>> {
    let mut limits = profile.bounds.start();
    let mut count = Count::default();
    count.free(profile, &mut limits);
    match options.rule {
        Rule::EqualShares => {
            let done = shares::count(profile, options, &limits)?;
            for &project in &done.order[limits.order.len()..] {
                limits.choose(project, profile.costs[project]);
            }
            if fills(options) {
                count.greedy(profile, &mut limits, Key::Density, Unaffordable::Skip, Phase::Fill, false);
            }
        }
        Rule::Phragmen => {
            phragmen::count(profile, &mut limits, false);
        }
        Rule::GreedyVotes | Rule::Knapsack => {
            count.greedy(profile, &mut limits, Key::Score, options.unaffordable, Phase::Rule, false);
        }
        Rule::GreedyCost => {
            count.greedy(profile, &mut limits, Key::Density, options.unaffordable, Phase::Rule, false);
        }
    }
    Ok(limits.chosen)
}

/// How many more voters who support only this project would have made it win, everything else (budget, rule, ties) being
/// equal: a number found by doubling and halving with the rule itself, so that with it the project wins and with one
/// fewer it does not. With points each of them gives the highest number of points that a ballot of this election gives
/// to one project. `None`: it wins already, or would not with as many new voters as the election has voters.
///
/// # Errors
/// As [`tally`].
pub fn votes_short(election: &Election, options: &Options, project: usize) -> Result<Option<u64>> {
    check(options)?;
    let profile = Profile::new(election, options)?;
    if profile.costs.get(project).is_none_or(|&cost| cost > profile.budget) || chosen(&profile, options)?[project] {
        return Ok(None);
    }
    let wins = |more: u32| -> Result<bool> {
        let mut profile = profile.with_more(project, more)?;
        profile.refresh(election, options);
        Ok(chosen(&profile, options)?[project])
    };
    let most = u32::try_from(profile.voters).unwrap_or(u32::MAX).max(1);
    let (mut loses, mut more) = (0, 1);
    while !wins(more)? {
        if more >= most {
            return Ok(None);
        }
        loses = more;
        more = more.saturating_mul(2).min(most);
    }
    while more - loses > 1 {
        let middle = loses + (more - loses) / 2;
        if wins(middle)? {
            more = middle;
        } else {
            loses = middle;
        }
    }
    Ok(Some(u64::from(more)))
}

fn check(options: &Options) -> Result<()> {
    if options.step.is_negative() || options.step.is_zero() {
        return Err(Error::invalid("ballot.option-step").arg("step", options.step));
    }
    let Constraints { min_projects, max_projects, .. } = &options.constraints;
    if let (Some(min), Some(max)) = (min_projects, max_projects)
        && min > max
    {
        return Err(Error::invalid("ballot.option-projects").arg("min", min).arg("max", max));
    }
    money(options.step, options.step.places()).map(|_| ())
}

fn fills(options: &Options) -> bool {
    matches!(options.completion, Completion::Greedy | Completion::Add1Utilitarian)
}

/// What comes together during a count.
#[derive(Debug, Default)]
struct Count {
    wins: Vec<Win>,
    rounds: Vec<Round>,
    ties: Vec<(usize, Tie)>,
    fallen: Vec<(usize, FallReason)>,
    short: Vec<Option<usize>>,
    left: Vec<Option<Exact>>,
    stop: Option<Stop>,
    endowment_start: Option<Exact>,
    endowment: Option<Exact>,
    runs: u64,
    skipped: u64,
    filled: bool,
}

impl Count {
    /// Projects that cost nothing and have a supporter win before anything else.
    fn free(&mut self, profile: &Profile, limits: &mut Limits<'_>) {
        let mut open: Vec<usize> = (0..profile.costs.len())
            .filter(|&project| profile.costs[project] == 0 && profile.supporters[project] > 0)
            .filter(|&project| profile.barred[project].is_none())
            .collect();
        open.sort_by_key(|&project| profile.rank[project]);
        while let Some(at) =
            open.iter().position(|&project| limits.ready(project) && limits.falls(project, 0).is_none())
        {
            let project = open.remove(at);
            limits.choose(project, 0);
            self.wins.push(Win {
                project,
                cost: profile.decimal(0),
                phase: Phase::Free,
                round: 0,
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

    fn add(&mut self, wins: Vec<Win>, rounds: Vec<Round>, ties: Vec<(usize, Tie)>) {
        self.wins.extend(wins);
        self.rounds.extend(rounds);
        self.ties.extend(ties);
    }

    fn greedy(
        &mut self,
        profile: &Profile,
        limits: &mut Limits<'_>,
        key: Key,
        unaffordable: Unaffordable,
        phase: Phase,
        full: bool,
    ) {
        let first =
            if full { self.rounds.len() } else { self.wins.iter().filter(|win| win.phase == Phase::Rule).count() };
        let done = greedy::count(profile, limits, key, unaffordable, phase, first, full);
        self.add(done.wins, done.rounds, done.ties);
        self.stop.get_or_insert(done.stop);
    }

    fn shares<'a>(
        &mut self,
        profile: &'a Profile,
        options: &Options,
        limits: &mut Limits<'a>,
        full: bool,
    ) -> Result<()> {
        let done = shares::count(profile, options, limits)?;
        let (recorder, after, left) = shares::record(profile, &done.endowment, limits.clone(), full)?;
        debug_assert_eq!(after.order, done.order);
        *limits = after;
        let unit = BigRational::from_integer(BigInt::from(10).pow(u32::from(profile.places)));
        self.add(recorder.wins, recorder.rounds, recorder.ties);
        self.short = recorder.short;
        self.fallen = recorder.fallen;
        self.left = left;
        self.endowment_start = Some(Exact::new(done.endowment_start / &unit));
        self.endowment = Some(Exact::new(done.endowment / &unit));
        self.runs = done.runs;
        self.skipped = done.skipped;
        self.stop = Some(done.stop);
        if fills(options) {
            self.greedy(profile, limits, Key::Density, Unaffordable::Skip, Phase::Fill, full);
            self.filled = true;
        }
        Ok(())
    }

    fn outcome(self, profile: &Profile, options: &Options, limits: &Limits<'_>) -> Outcome {
        let spent = shares::spent(profile, &limits.order);
        let losers = (0..profile.costs.len()).filter(|&project| !limits.chosen[project]).map(|project| Loss {
            project,
            cost: profile.decimal(i128::from(profile.costs[project])),
            supporters: profile.supporters[project],
            score: profile.score_of(project),
            reason: self.reason(profile, limits, options, project, spent),
            supporters_left: self.left.get(project).cloned().flatten(),
        });
        let losers = losers.collect();
        let count = u32::try_from(limits.order.len()).unwrap_or(u32::MAX);
        let wanted = options.constraints.min_projects.filter(|&wanted| count < wanted);
        Outcome {
            options: options.clone(),
            voters: profile.voters,
            budget: profile.decimal(i128::from(profile.budget)),
            spent: profile.decimal(spent),
            winners: self.wins,
            losers,
            rounds: self.rounds,
            ties: self.ties,
            endowment_start: self.endowment_start,
            endowment: self.endowment,
            runs: self.runs,
            runs_skipped: self.skipped,
            stop: self.stop.unwrap_or(Stop::NothingLeft),
            unmet: wanted.map(|wanted| Unmet::MinProjects { wanted, chosen: count }).into_iter().collect(),
        }
    }

    fn reason(
        &self,
        profile: &Profile,
        limits: &Limits<'_>,
        options: &Options,
        project: usize,
        spent: i128,
    ) -> LossReason {
        let cost = profile.costs[project];
        if let Some(reason) = &profile.barred[project] {
            return reason.clone();
        }
        if cost > profile.budget {
            return LossReason::OverBudget;
        }
        if let Some((_, reason)) = self.fallen.iter().find(|(fallen, _)| *fallen == project) {
            return limits.loss(project, reason);
        }
        if profile.supporters[project] == 0 && options.rule == Rule::EqualShares && !self.filled {
            return LossReason::NoSupport;
        }
        let short = self.short.get(project).copied().flatten();
        if let Some(round) = short.filter(|_| !self.filled) {
            return LossReason::SupportersShort { round };
        }
        if let Some(project) = profile.bounds.unmet_need(project, &limits.chosen) {
            return LossReason::Needs { project };
        }
        let fits = spent + i128::from(cost) <= i128::from(profile.budget);
        match (options.rule, limits.falls(project, cost)) {
            (Rule::EqualShares, None) if !self.filled => LossReason::SupportersShort { round: self.wins.len() },
            (Rule::Phragmen, _) => LossReason::Stopped,
            (_, Some(reason)) => limits.loss(project, &reason),
            (_, None) if fits || matches!(self.stop, Some(Stop::FirstUnaffordable { .. })) => LossReason::Stopped,
            _ => LossReason::DoesNotFit,
        }
    }
}
