//! One run of Equal Shares for one endowment.
//!
//! What each group of equal ballots has left is kept as a whole number of fixed-point units (`2^-bits` of a unit of money),
//! rounded down, with one bound on the rounding for all: the true amount lies in `[money, money + slack]`. From these
//! follows for each project an interval that holds its price. Where intervals overlap, and for every price that is
//! paid, [`Chain`] gives the exact number. So the fixed-point numbers only say what need not be looked at exactly.
//!
//! Prices only rise within a run, so an old lower bound is a lower bound still, and a project is looked at again only
//! when its bound could win. The price x of a project solves Σ min(money, x · weight) = cost over its supporters; from
//! any x below, x ← (cost − Σ money of those below x) / (weights of the others) rises to it in few steps, each of which is a
//! lower bound as well.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::super::limits::Limits;
use super::super::outcome::{FallReason, Tie};
use super::super::profile::Profile;
use super::chain::{Chain, Price, Purse};

const NOT_BOUGHT: u32 = u32::MAX;

/// What a run reports as it goes. The fast runs of Add1 report to nobody.
pub(super) trait Watch {
    /// A round begins: what fell out, what may be chosen.
    fn round(&mut self, _run: &Run<'_>, _fallen: &[(usize, FallReason)]) {}
    /// A project is about to be bought at a price.
    fn bought(&mut self, _run: &Run<'_>, _project: usize, _priced: &Priced, _tie: Option<Tie>) {}
}

impl Watch for () {}

/// Where a candidate stands.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    project: usize,
    /// The price is not below this (fixed point).
    low: i64,
    /// The price is not above this; valid in the round in which it was found.
    high: i64,
    fresh: u32,
}

/// The exact price of a project, and who cannot pay it in full.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    pub price: Price,
    /// Bounds of the price in fixed point, with which supporters are told apart.
    low: i64,
    high: i64,
    /// Groups whose money lies between the bounds, and that are poor by the exact numbers.
    close_poor: Vec<u32>,
    /// Groups whose money lies between the bounds.
    close: bool,
}

/// Supporters between the bounds of a price, by what they bought and their weight: how many, and their groups.
type Classes = BTreeMap<(Option<Vec<(u32, i64)>>, i64), (i64, Vec<u32>)>;

/// The state of a run.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub profile: &'a Profile,
    pub limits: Limits<'a>,
    pub chain: Chain,
    pub bits: i32,
    money: Vec<i64>,
    slack: i64,
    /// Groups that paid their last money.
    out: Vec<bool>,
    /// For each project its purchase in the chain.
    purchase: Vec<u32>,
    candidates: Vec<Candidate>,
    round: u32,
}

/// Space that runs share, so that a thousand runs take one allocation.
#[derive(Debug, Default)]
pub(super) struct Space {
    money: Vec<i64>,
    out: Vec<bool>,
    /// Bits by which the fixed point is made coarser, so that tests reach what is hardly ever reached otherwise.
    coarse: i32,
}

impl Space {
    pub fn new(coarse: i32) -> Self {
        Self { coarse, ..Self::default() }
    }
}

impl<'a> Run<'a> {
    /// Begins a run. `None`: the amounts are too large for the fixed-point numbers.
    pub fn new(profile: &'a Profile, endowment: &BigRational, limits: Limits<'a>, space: &mut Space) -> Option<Self> {
        let chain = Chain::new(endowment);
        let all = (endowment * BigRational::from_integer(profile.voters.into())).ceil().to_integer();
        let bits = 61 - i32::try_from(all.bits()).ok()?;
        if bits < 0 {
            return None;
        }
        let bits = (bits - space.coarse).max(0);
        let start = (endowment * BigRational::from_integer(BigInt::from(1) << bits.unsigned_abs())).floor();
        // Without voters there is nothing to hold it.
        let start = if profile.count.is_empty() { 0 } else { start.to_integer().to_i64()? };
        let mut money = std::mem::take(&mut space.money);
        let mut out = std::mem::take(&mut space.out);
        money.clear();
        money.resize(profile.count.len(), start);
        out.clear();
        out.resize(profile.count.len(), false);
        let mut run = Self {
            profile,
            limits,
            chain,
            bits,
            money,
            slack: 1,
            out,
            purchase: vec![NOT_BOUGHT; profile.costs.len()],
            candidates: Vec::new(),
            round: 0,
        };
        for project in 0..profile.costs.len() {
            let candidate = profile.barred[project].is_none() && profile.supporters[project] > 0;
            if candidate && profile.costs[project] > 0 && !run.limits.chosen[project] {
                let weight = profile.score[project];
                // Nobody is poor yet, or the price is higher.
                let low = i64::try_from((i128::from(profile.costs[project]) << bits) / i128::from(weight));
                run.candidates.push(Candidate { project, low: low.unwrap_or(i64::MAX), high: 0, fresh: 0 });
            }
        }
        Some(run)
    }

    /// Gives the space back.
    pub fn end(self, space: &mut Space) -> Limits<'a> {
        space.money = self.money;
        space.out = self.out;
        self.limits
    }

    /// The factor by which prices are compared: a project with cost utilities is better by its cost.
    fn factor(&self, project: usize) -> i64 {
        if self.profile.by_cost { self.profile.costs[project] } else { 1 }
    }

    /// Order of `a / factor(a)` and `b / factor(b)`.
    fn compare(&self, a: i64, a_project: usize, b: i64, b_project: usize) -> Ordering {
        (i128::from(a) * i128::from(self.factor(b_project))).cmp(&(i128::from(b) * i128::from(self.factor(a_project))))
    }

    /// Runs to the end.
    pub fn go(&mut self, watch: &mut impl Watch) {
        loop {
            let fallen = self.drop_fallen();
            let Some((project, priced, tie)) = self.best(&fallen, watch) else {
                return;
            };
            watch.bought(self, project, &priced, tie);
            self.buy(project, priced);
        }
    }

    /// Takes out what the constraints exclude.
    fn drop_fallen(&mut self) -> Vec<(usize, FallReason)> {
        let mut fallen = Vec::new();
        let (limits, profile) = (&self.limits, self.profile);
        self.candidates.retain(|candidate| match limits.falls(candidate.project, profile.costs[candidate.project]) {
            Some(reason) => {
                fallen.push((candidate.project, reason));
                false
            }
            None => true,
        });
        fallen
    }

    /// The project to buy next.
    fn best(&mut self, fallen: &[(usize, FallReason)], watch: &mut impl Watch) -> Option<(usize, Priced, Option<Tie>)> {
        self.round += 1;
        watch.round(self, fallen);
        // The smallest upper bound so far.
        let mut limit: Option<(i64, usize)> = None;
        loop {
            let mut next: Option<usize> = None;
            for (at, candidate) in self.candidates.iter().enumerate() {
                if candidate.fresh == self.round || !self.limits.ready(candidate.project) {
                    continue;
                }
                let best = next.map_or((i64::MAX, candidate.project), |next| {
                    (self.candidates[next].low, self.candidates[next].project)
                });
                if next.is_none() || self.compare(candidate.low, candidate.project, best.0, best.1).is_lt() {
                    next = Some(at);
                }
            }
            let Some(at) = next else { break };
            let Candidate { project, low, .. } = self.candidates[at];
            if limit.is_some_and(|(high, other)| self.compare(low, project, high, other).is_gt()) {
                break;
            }
            match self.bounds(project, low, limit) {
                Bounds::Short => {
                    self.candidates.swap_remove(at);
                }
                Bounds::Above(low) => self.candidates[at].low = low,
                Bounds::Between(low, high) => {
                    self.candidates[at] = Candidate { project, low, high, fresh: self.round };
                    if limit.is_none_or(|(best, other)| self.compare(high, project, best, other).is_lt()) {
                        limit = Some((high, project));
                    }
                }
            }
        }
        let (high, other) = limit?;
        let mut close: Vec<Candidate> = self
            .candidates
            .iter()
            .filter(|candidate| candidate.fresh == self.round)
            .filter(|candidate| self.compare(candidate.low, candidate.project, high, other).is_le())
            .copied()
            .collect();
        close.sort_by_key(|candidate| self.profile.rank[candidate.project]);
        self.decide(&close)
    }

    /// The best of projects whose intervals overlap, given in the order that breaks ties.
    fn decide(&self, close: &[Candidate]) -> Option<(usize, Priced, Option<Tie>)> {
        let mut best: Option<(usize, Priced)> = None;
        let mut tied = Vec::new();
        for candidate in close {
            let priced = self.priced(candidate.project, candidate.low, candidate.high);
            let order = best.as_ref().map_or(Ordering::Less, |(project, best)| {
                Chain::order(&priced.price, self.factor(candidate.project), &best.price, self.factor(*project))
            });
            match order {
                Ordering::Less => {
                    best = Some((candidate.project, priced));
                    tied = vec![candidate.project];
                }
                Ordering::Equal => tied.push(candidate.project),
                Ordering::Greater => {}
            }
        }
        let (project, priced) = best?;
        let tie = (tied.len() > 1).then(|| Tie { step: self.profile.tie_step(tied[0], tied[1]), projects: tied });
        Some((project, priced, tie))
    }

    /// Money of supporters below `x` a weight, how many they are, and the weights of the others.
    fn scan(&self, project: usize, x: i64) -> (i64, i64, i64) {
        let profile = self.profile;
        let backers = profile.backers.of(project);
        let weights = profile.backers.weights_of(project);
        let (mut money, mut poor, mut rich) = (0_i64, 0_i64, 0_i64);
        if !weights.is_empty() {
            for (&group, &weight) in backers.iter().zip(weights) {
                let (have, count) = (self.money[group as usize], i64::from(profile.count[group as usize]));
                if i128::from(have) < i128::from(x) * i128::from(weight) {
                    money += have * count;
                    poor += count;
                } else {
                    rich += i64::from(weight) * count;
                }
            }
        } else if profile.single {
            for &group in backers {
                let have = self.money[group as usize];
                let below = have < x;
                money += if below { have } else { 0 };
                poor += i64::from(below);
            }
            rich = profile.score[project] - poor;
        } else {
            for &group in backers {
                let (have, count) = (self.money[group as usize], i64::from(profile.count[group as usize]));
                let below = have < x;
                money += if below { have * count } else { 0 };
                poor += if below { count } else { 0 };
            }
            rich = profile.score[project] - poor;
        }
        (money, poor, rich)
    }

    /// Bounds of a project's price, from a lower bound. Stops as soon as it cannot win against `limit`.
    fn bounds(&self, project: usize, start: i64, limit: Option<(i64, usize)>) -> Bounds {
        let cost = i128::from(self.profile.costs[project]) << self.bits;
        let mut x = start;
        loop {
            let (money, poor, rich) = self.scan(project, x);
            let missing = cost - i128::from(money);
            let slack = i128::from(poor) * i128::from(self.slack);
            if rich == 0 {
                // All are below: they cannot pay it, or only just.
                if missing > slack {
                    return Bounds::Short;
                }
                return self.just(project, start, x);
            }
            let low = floor((missing - slack).max(0), rich).max(start);
            if limit.is_some_and(|(high, other)| self.compare(low, project, high, other).is_gt()) {
                return Bounds::Above(low);
            }
            let next = ceil(missing.max(0), rich);
            if next <= x {
                // At x the supporters pay the cost together: the price is not above it.
                return Bounds::Between(low, x);
            }
            x = next;
        }
    }

    /// The supporters have so close to the cost that only the exact numbers tell.
    fn just(&self, project: usize, start: i64, x: i64) -> Bounds {
        let mut purse = Purse::new(self.chain.len());
        for &group in self.profile.backers.of(project) {
            self.add(group, i64::from(self.profile.count[group as usize]), &mut purse);
        }
        if !self.chain.affords(&purse, self.profile.costs[project]) {
            return Bounds::Short;
        }
        // The price lets somebody pay the last of it: it is the most that anybody has for a weight.
        let most = self.profile.backers.weighted(project).map(|(group, weight)| self.money[group] / weight + 1).max();
        let most = most.unwrap_or_default().max(0) + self.slack + 1;
        Bounds::Between(start, most.max(x))
    }

    /// Adds what `count` voters of a group own to a purse.
    fn add(&self, group: u32, count: i64, purse: &mut Purse) {
        if self.out[group as usize] {
            return;
        }
        purse.whole += count;
        if self.profile.groups.weights.is_empty() {
            for &project in self.profile.groups.of(group as usize) {
                if let Some(times) = purse.spent.get_mut(self.purchase[project as usize] as usize) {
                    *times += count;
                }
            }
            return;
        }
        for (project, weight) in self.profile.groups.weighted(group as usize) {
            if let Some(times) = purse.spent.get_mut(self.purchase[project] as usize) {
                *times += count * weight;
            }
        }
    }

    /// What the group paid for: its purchases with their weights. Groups with the same have the same money.
    fn history(&self, group: u32) -> Option<Vec<(u32, i64)>> {
        if self.out[group as usize] {
            return None;
        }
        let bought = |&(project, _): &(usize, i64)| self.purchase[project] != NOT_BOUGHT;
        let groups = self.profile.groups.weighted(group as usize);
        Some(groups.filter(bought).map(|(project, weight)| (self.purchase[project], weight)).collect())
    }

    /// What one voter of a group has left, as a numerator of the chain.
    pub fn owned(&self, group: u32) -> BigInt {
        let mut purse = Purse::new(self.chain.len());
        self.add(group, 1, &mut purse);
        self.chain.value(&purse)
    }

    /// What all supporters of a project have left together.
    pub fn owned_by_backers(&self, project: usize) -> BigInt {
        let mut purse = Purse::new(self.chain.len());
        for &group in self.profile.backers.of(project) {
            self.add(group, i64::from(self.profile.count[group as usize]), &mut purse);
        }
        self.chain.value(&purse)
    }

    /// The exact price of a project that its supporters can pay, given bounds of it.
    pub fn priced(&self, project: usize, low: i64, high: i64) -> Priced {
        let mut purse = Purse::new(self.chain.len());
        let mut rich = 0_i64;
        // Supporters between the bounds, by what they bought: weights and heads.
        let mut classes = Classes::new();
        if self.profile.backers.weights.is_empty() {
            rich = self.sort_plain(project, low, high, &mut purse, &mut classes);
        }
        let weighted = (!self.profile.backers.weights.is_empty()).then(|| self.profile.backers.weighted(project));
        for (group, weight) in weighted.into_iter().flatten() {
            let count = i64::from(self.profile.count[group]);
            let id = u32::try_from(group).unwrap_or(u32::MAX);
            match self.stands(group, weight, low, high) {
                Ordering::Less => self.add(id, count, &mut purse),
                Ordering::Greater => rich += weight * count,
                Ordering::Equal => {
                    let class = classes.entry((self.history(id), weight)).or_default();
                    class.0 += count;
                    class.1.push(id);
                }
            }
        }
        let mut poor = self.chain.value(&purse);
        let mut close: Vec<(BigInt, i64, i64, Vec<u32>)> = classes
            .into_iter()
            .map(|((_, weight), (count, groups))| (self.owned(groups[0]), weight, count, groups))
            .collect();
        rich += close.iter().map(|&(_, weight, count, _)| weight * count).sum::<i64>();
        // Those who have least for their weight first.
        close.sort_by(|a, b| (&a.0 * b.1).cmp(&(&b.0 * a.1)));
        let found = !close.is_empty();
        let mut price = self.chain.price(self.profile.costs[project], &poor, rich);
        let mut close_poor = Vec::new();
        for (money, weight, count, groups) in close {
            if !Chain::below(&money, &price, weight) {
                break;
            }
            poor += money * count;
            rich -= weight * count;
            close_poor.extend(groups);
            price = self.chain.price(self.profile.costs[project], &poor, rich);
        }
        close_poor.sort_unstable();
        Priced { price, low, high, close_poor, close: found }
    }

    /// Puts supporters without weights to the poor or between the bounds; gives how many are rich.
    fn sort_plain(&self, project: usize, low: i64, high: i64, purse: &mut Purse, classes: &mut Classes) -> i64 {
        let profile = self.profile;
        let (mut rich, poor_below) = (0, low - self.slack);
        for &group in profile.backers.of(project) {
            let have = self.money[group as usize];
            let count = i64::from(profile.count[group as usize]);
            if have < poor_below {
                self.add(group, count, purse);
            } else if have >= high && !self.out[group as usize] {
                rich += count;
            } else {
                let class = classes.entry((self.history(group), 1)).or_default();
                class.0 += count;
                class.1.push(group);
            }
        }
        rich
    }

    /// Whether a group certainly has less than the price for its weight, certainly not less, or neither.
    fn stands(&self, group: usize, weight: i64, low: i64, high: i64) -> Ordering {
        let have = self.money[group];
        if i128::from(have) + i128::from(self.slack) < i128::from(low) * i128::from(weight) {
            Ordering::Less
        } else if i128::from(have) >= i128::from(high) * i128::from(weight) && !self.out[group] {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }

    /// For each supporter of a project at its price: group, voters, weight, and whether it pays the full price.
    pub fn payers(&self, project: usize, priced: &Priced) -> impl Iterator<Item = (u32, u32, i64, bool)> {
        self.profile.backers.weighted(project).map(move |(group, weight)| {
            let id = u32::try_from(group).unwrap_or(u32::MAX);
            let full = match self.stands(group, weight, priced.low, priced.high) {
                Ordering::Less => false,
                Ordering::Greater => true,
                Ordering::Equal => priced.close_poor.binary_search(&id).is_err(),
            };
            (id, self.profile.count[group], weight, full)
        })
    }

    /// What a group has, rounded down and up, in fixed point.
    pub fn about(&self, group: u32) -> (i64, i64) {
        let have = self.money[group as usize];
        if self.out[group as usize] { (0, 0) } else { (have.max(0), have + self.slack) }
    }

    fn buy(&mut self, project: usize, priced: Priced) {
        let profile = self.profile;
        // What each weight pays, rounded up.
        let mut pays: BTreeMap<i64, i64> = BTreeMap::new();
        let weights = profile.backers.weights_of(project);
        let mut pay = |weight: i64, chain: &Chain| {
            *pays.entry(weight).or_insert_with(|| {
                let (fixed, exact) = chain.fixed_price(&priced.price, weight, self.bits);
                fixed + i64::from(!exact)
            })
        };
        if weights.is_empty() && !priced.close {
            // Nobody stands between the bounds.
            let pay = pay(1, &self.chain);
            for &group in profile.backers.of(project) {
                let have = &mut self.money[group as usize];
                if *have >= priced.high {
                    *have -= pay;
                } else {
                    *have = 0;
                    self.out[group as usize] = true;
                }
            }
        } else {
            for (group, weight) in profile.backers.weighted(project) {
                let id = u32::try_from(group).unwrap_or(u32::MAX);
                let full = match self.stands(group, weight, priced.low, priced.high) {
                    Ordering::Less => false,
                    Ordering::Greater => true,
                    Ordering::Equal => priced.close_poor.binary_search(&id).is_err(),
                };
                if full {
                    self.money[group] -= pay(weight, &self.chain);
                } else {
                    self.money[group] = 0;
                    self.out[group] = true;
                }
            }
        }
        self.slack += 1;
        let purchase = self.chain.buy(priced.price);
        self.purchase[project] = u32::try_from(purchase).unwrap_or(NOT_BOUGHT);
        self.limits.choose(project, profile.costs[project]);
        self.candidates.retain(|candidate| candidate.project != project);
    }

    /// Projects that may still be bought, whether or not their supporters can pay.
    pub fn candidates(&self) -> impl Iterator<Item = usize> {
        self.candidates.iter().map(|candidate| candidate.project)
    }

    /// Bounds of the price of a project now; `None` when its supporters cannot pay it.
    pub fn price_bounds(&self, project: usize) -> Option<(i64, i64)> {
        let low = self.candidates.iter().find(|candidate| candidate.project == project)?.low;
        match self.bounds(project, low, None) {
            Bounds::Between(low, high) => Some((low, high)),
            Bounds::Short | Bounds::Above(_) => None,
        }
    }
}

/// What is known about a price.
enum Bounds {
    /// There is none: the supporters have less than the cost.
    Short,
    /// It is not below this, and so does not win this round.
    Above(i64),
    Between(i64, i64),
}

fn floor(a: i128, b: i64) -> i64 {
    i64::try_from(a / i128::from(b)).unwrap_or(i64::MAX)
}

fn ceil(a: i128, b: i64) -> i64 {
    i64::try_from((a + i128::from(b) - 1) / i128::from(b)).unwrap_or(i64::MAX)
}
