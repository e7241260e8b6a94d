//! The Method of Equal Shares and its completions.
//!
//! Every voter begins with the same money, budget / voters. A project is bought when its supporters can pay its cost
//! with equal payments (by points: equal for each point), whoever has less paying all that is left. Of all that can be
//! paid, the one is bought that gives its supporters most for their money: with cost utilities the one with the highest
//! effective vote count, cost / price; with cardinality utilities (and points) the one with the lowest price. See
//! Peters, Pierczyński, Skowron 2021, and <https://equalshares.net>.
//!
//! Add1 gives every voter one step more (one unit of money unless the options say otherwise) and runs again, from
//! budget / voters (or its floor); it ends with the first run that leaves no affordable candidate, or with the run before
//! the first that spends more than the budget. A candidate that costs more than the whole budget can end it that way.
//! Outcomes are not monotone in the endowment, so there is no halving. Instead [`range`] proves of a stretch of
//! endowments that all give the same purchases, and those runs are left out: the result is that of making every step.
//! arXiv 2502.11797 computes the next outcome-changing endowment for the variant in which
//! every supporter pays the same; here supporters may pay their last money, and the steps stay those of Add1.

pub(super) mod chain;
mod range;
mod record;
mod run;
#[cfg(test)]
mod tests;

use madang_base::Result;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::limits::Limits;
use super::options::{Completion, Options, Start};
use super::outcome::Stop;
use super::profile::{Profile, money, too_large};
use crate::number::Exact;
use record::Recorder;
use run::{Run, Space};

/// The result of Equal Shares, before any greedy fill.
#[derive(Debug)]
pub(super) struct Shares {
    /// Chosen projects by endowment and run that counts.
    pub endowment_start: BigRational,
    pub endowment: BigRational,
    pub runs: u64,
    pub skipped: u64,
    pub stop: Stop,
    pub order: Vec<usize>,
}

/// What is bought, run by run, until Add1 ends; only the projects.
pub(super) fn count(profile: &Profile, options: &Options, free: &Limits<'_>) -> Result<Shares> {
    count_with(profile, options, free, true, 0)
}

/// The same; without skipping every run is made; fixed point is coarser by some bits.
fn count_with(profile: &Profile, options: &Options, free: &Limits<'_>, skip: bool, coarse: i32) -> Result<Shares> {
    let start = start(profile, options);
    let step = BigRational::from_integer(money(options.step, profile.places)?.into());
    let add1 = matches!(options.completion, Completion::Add1 | Completion::Add1Utilitarian);
    let mut space = Space::new(coarse);
    let mut skipper = Skipper { reach: 8, pause: 0, patience: 1, space: Vec::new() };
    let mut shares = Shares {
        endowment_start: start.clone(),
        endowment: start.clone(),
        runs: 0,
        skipped: 0,
        stop: Stop::NothingLeft,
        order: free.order.clone(),
    };
    let mut endowment = start;
    // In large elections the next run is made beside this one.
    let two = add1 && profile.backers.items.len() > LARGE;
    let mut ahead: Option<(BigRational, Limits<'_>)> = None;
    let mut beside = Space::new(coarse);
    loop {
        let limits = match ahead.take().filter(|(at, _)| *at == endowment) {
            Some((_, limits)) => limits,
            None if two => {
                let next = &endowment + &step;
                let (this, other) = std::thread::scope(|scope| {
                    let other = scope.spawn(|| run_at(profile, &next, free, &mut beside));
                    (run_at(profile, &endowment, free, &mut space), other.join())
                });
                // If the other run failed it is made again in its turn.
                ahead = other.ok().and_then(Result::ok).map(|limits| (next, limits));
                this?
            }
            None => run_at(profile, &endowment, free, &mut space)?,
        };
        shares.runs += 1;
        let spent = spent(profile, &limits.order);
        if add1 && spent > i128::from(profile.budget) {
            shares.stop = Stop::NextOverspends;
            return Ok(shares);
        }
        shares.endowment.clone_from(&endowment);
        shares.order.clone_from(&limits.order);
        if !add1 {
            return Ok(shares);
        }
        if exhaustive(profile, &limits, spent) {
            shares.stop = if limits.full() { Stop::MaxProjects } else { Stop::Exhausted };
            return Ok(shares);
        }
        if skip {
            let skipped = skipper.skip(profile, &limits.order, free, &endowment, &step);
            shares.runs += skipped;
            shares.skipped += skipped;
            endowment += &step * BigRational::from_integer(skipped.into());
            shares.endowment.clone_from(&endowment);
        }
        endowment += &step;
    }
}

/// From how many choices on all ballots on two runs are made at a time.
const LARGE: usize = 200_000;

/// What one run chooses.
fn run_at<'a>(
    profile: &'a Profile,
    endowment: &BigRational,
    free: &Limits<'a>,
    space: &mut Space,
) -> Result<Limits<'a>> {
    let mut run = Run::new(profile, endowment, free.clone(), space).ok_or_else(too_large)?;
    run.go(&mut ());
    Ok(run.end(space))
}

/// Looks for endowments ahead that give what the last run gave.
struct Skipper {
    /// How many steps to try first.
    reach: u64,
    /// How many runs not to try at all, and how many after the next failure.
    pause: u32,
    patience: u32,
    space: Vec<[i64; 4]>,
}

impl Skipper {
    /// How many steps from `endowment` on are proven to give `order` again.
    fn skip(
        &mut self,
        profile: &Profile,
        order: &[usize],
        free: &Limits<'_>,
        endowment: &BigRational,
        step: &BigRational,
    ) -> u64 {
        if self.pause > 0 {
            self.pause -= 1;
            return 0;
        }
        let order = &order[free.order.len()..];
        let after = |steps: u64| endowment + step * BigRational::from_integer(steps.into());
        let mut done = 0;
        let mut reach = self.reach;
        let mut shrinks = false;
        while reach >= 3 {
            if range::same(profile, order, free.clone(), &after(done), &after(done + reach), &mut self.space) {
                done += reach;
                self.reach = reach;
                if !shrinks && reach < 1 << 40 {
                    reach *= 4;
                }
            } else {
                shrinks = true;
                reach /= 4;
            }
        }
        if done == 0 {
            self.pause = self.patience;
            self.patience = (self.patience * 2).min(32);
            self.reach = 8;
        } else {
            self.patience = 1;
        }
        done
    }
}

/// Budget by voters, or its floor to whole units of money.
fn start(profile: &Profile, options: &Options) -> BigRational {
    let exact = BigRational::new(profile.budget.into(), profile.voters.max(1).into());
    match options.start {
        Start::Exact => exact,
        Start::Floor => {
            let unit = BigRational::from_integer(BigInt::from(10).pow(u32::from(profile.places)));
            (exact / &unit).floor() * unit
        }
    }
}

pub(super) fn spent(profile: &Profile, order: &[usize]) -> i128 {
    order.iter().map(|&project| i128::from(profile.costs[project])).sum()
}

/// Whether no candidate could still be added within the budget and the constraints.
fn exhaustive(profile: &Profile, limits: &Limits<'_>, spent: i128) -> bool {
    (0..profile.costs.len()).all(|project| {
        let cost = profile.costs[project];
        limits.chosen[project]
            || profile.barred[project].is_some()
            || profile.supporters[project] == 0
            || spent + i128::from(cost) > i128::from(profile.budget)
            || limits.falls(project, cost).is_some()
            || !limits.ready(project)
    })
}

/// The run that counts, written down, with what the supporters of each project had left at the end.
pub(super) fn record<'a>(
    profile: &'a Profile,
    endowment: &BigRational,
    free: Limits<'a>,
    full: bool,
) -> Result<(Recorder, Limits<'a>, Vec<Option<Exact>>)> {
    let mut recorder = Recorder::new(profile, full, spent(profile, &free.order).to_i64().unwrap_or(0));
    let mut space = Space::default();
    let mut run = Run::new(profile, endowment, free, &mut space).ok_or_else(too_large)?;
    run.go(&mut recorder);
    let unit = BigRational::from_integer(BigInt::from(10).pow(u32::from(profile.places)));
    let left = (0..profile.costs.len())
        .map(|project| {
            (full && !run.limits.chosen[project] && profile.supporters[project] > 0).then(|| {
                let have = run.owned_by_backers(project);
                Exact::new(run.chain.fraction(have) / &unit)
            })
        })
        .collect();
    Ok((recorder, run.end(&mut space), left))
}
