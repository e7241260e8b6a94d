//! An election made ready for counting: whole numbers only, equal ballots together, projects barred that cannot be chosen.

use madang_base::{Error, Result};
use sha2::{Digest, Sha256};

use super::limits::Bounds;
use super::options::{Options, OrdinalScale, Rule, Ties, Utility};
use super::outcome::{LossReason, TieStep};
use crate::number::Decimal;
use crate::pb::{Election, VoteType};

/// Amounts stay below this, so that sums and products of a count are exact in 64 and 128 bits.
const MONEY: i128 = 1 << 56;
const WEIGHT: i128 = 1 << 24;

/// A list of lists in one piece: what belongs to `i` stands from `starts[i]` to `starts[i + 1]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    pub starts: Vec<usize>,
    pub items: Vec<u32>,
    /// Points for each item; empty when all are 1.
    pub weights: Vec<u32>,
}

impl Lists {
    pub fn of(&self, at: usize) -> &[u32] {
        &self.items[self.starts[at]..self.starts[at + 1]]
    }

    pub fn weights_of(&self, at: usize) -> &[u32] {
        if self.weights.is_empty() { &[] } else { &self.weights[self.starts[at]..self.starts[at + 1]] }
    }

    /// Items with their weights.
    pub fn weighted(&self, at: usize) -> impl Iterator<Item = (usize, i64)> {
        let weights = self.weights_of(at);
        self.of(at)
            .iter()
            .enumerate()
            .map(move |(i, &item)| (item as usize, weights.get(i).map_or(1, |&weight| i64::from(weight))))
    }
}

/// An election ready for counting. Money is in units of `10^-places`.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub places: u8,
    pub budget: i64,
    /// Counted ballots.
    pub voters: u64,
    pub costs: Vec<i64>,
    /// Counted ballots that name each project.
    pub votes: Vec<u64>,
    /// Ballots that give it any weight.
    pub supporters: Vec<u64>,
    /// Sum of weights, in units of `10^-weight_places`.
    pub score: Vec<i64>,
    pub weight_places: u8,
    /// Whether a supporter's satisfaction is multiplied by the cost.
    pub by_cost: bool,
    /// Groups of equal ballots: the projects they give weight to, ascending; and how many ballots each.
    pub groups: Lists,
    pub count: Vec<u32>,
    /// Whether every group is a single ballot.
    pub single: bool,
    /// For each project the groups that support it, ascending.
    pub backers: Lists,
    /// The place of each project in the order that breaks ties.
    pub rank: Vec<u32>,
    pub barred: Vec<Option<LossReason>>,
    pub bounds: Bounds,
    ties: Ties,
}

impl Profile {
    pub fn new(election: &Election, options: &Options) -> Result<Self> {
        let places = election
            .projects
            .iter()
            .map(|project| project.cost.places())
            .chain([election.budget.places(), options.step.places()])
            .chain(options.constraints.envelopes.iter().map(|envelope| envelope.budget.places()))
            .max()
            .unwrap_or_default();
        let budget = money(election.budget, places)?;
        let costs = election.projects.iter().map(|project| money(project.cost, places)).collect::<Result<Vec<_>>>()?;
        let bounds = Bounds::new(election, &options.constraints, places)?;
        let mut profile = Self {
            places,
            budget,
            voters: 0,
            votes: vec![0; costs.len()],
            supporters: vec![0; costs.len()],
            score: vec![0; costs.len()],
            weight_places: 0,
            by_cost: options.utility == Utility::Cost,
            groups: Lists::default(),
            count: Vec::new(),
            single: true,
            backers: Lists::default(),
            rank: Vec::new(),
            barred: vec![None; costs.len()],
            bounds,
            costs,
            ties: options.ties,
        };
        profile.group(election, options)?;
        profile.invert();
        profile.rank(election, options);
        profile.bar(options);
        Ok(profile)
    }

    /// Puts equal ballots together, in the order of their first.
    fn group(&mut self, election: &Election, options: &Options) -> Result<()> {
        let weigh = Weigher::new(election, options)?;
        self.weight_places = weigh.places;
        let cap = if options.rule == Rule::Knapsack { Some(self.knapsack_cap(election)?) } else { None };
        let mut table = Table::new(election.ballots.len());
        let mut choices: Vec<(u32, u32)> = Vec::new();
        self.groups.starts.push(0);
        let mut weights: Vec<u32> = Vec::new();
        for ballot in &election.ballots {
            choices.clear();
            for (at, &project) in ballot.choices.iter().enumerate() {
                let weight = weigh.weight(ballot.points.get(at).copied(), at, ballot.choices.len())?;
                if weight > 0 && (project as usize) < self.costs.len() {
                    choices.push((project, weight));
                }
            }
            if let Some(cap) = cap {
                let cost: i128 = choices.iter().map(|&(project, _)| i128::from(self.costs[project as usize])).sum();
                if cost > cap {
                    continue;
                }
            }
            self.voters += 1;
            for &project in &ballot.choices {
                if let Some(votes) = self.votes.get_mut(project as usize) {
                    *votes += 1;
                }
            }
            choices.sort_unstable();
            let next = u32::try_from(self.count.len()).map_err(|_| too_large())?;
            let groups = &self.groups;
            let group = table.find_or_put(&choices, next, |group| {
                let range = groups.starts[group as usize]..groups.starts[group as usize + 1];
                range.len() == choices.len()
                    && range.zip(&choices).all(|(at, &(project, weight))| {
                        groups.items[at] == project && (weigh.plain || weights[at] == weight)
                    })
            });
            if group == next {
                self.groups.items.extend(choices.iter().map(|&(project, _)| project));
                if !weigh.plain {
                    weights.extend(choices.iter().map(|&(_, weight)| weight));
                }
                self.groups.starts.push(self.groups.items.len());
                self.count.push(0);
            }
            let count = &mut self.count[group as usize];
            *count = count.checked_add(1).ok_or_else(too_large)?;
            self.single &= *count == 1;
        }
        self.groups.weights = weights;
        self.part();
        Ok(())
    }

    /// Where hardly any ballots are equal, each is a group again: counts of one are faster than few groups.
    fn part(&mut self) {
        let groups = self.count.len();
        if self.single || (groups as u64) * 5 < self.voters * 4 {
            return;
        }
        for group in 0..groups {
            let range = self.groups.starts[group]..self.groups.starts[group + 1];
            for _ in 1..self.count[group] {
                self.groups.items.extend_from_within(range.clone());
                if !self.groups.weights.is_empty() {
                    self.groups.weights.extend_from_within(range.clone());
                }
                self.groups.starts.push(self.groups.items.len());
                self.count.push(1);
            }
            self.count[group] = 1;
        }
        self.single = true;
    }

    /// Knapsack voting: what a ballot's projects may cost together.
    fn knapsack_cap(&self, election: &Election) -> Result<i128> {
        let stated = election.meta("max_sum_cost").and_then(|text| text.parse::<Decimal>().ok());
        let cap = match stated {
            // Finer than the money of the election: what fits is below it.
            Some(cap) if cap.places() > self.places => cap.units() / 10_i128.pow(u32::from(cap.places() - self.places)),
            Some(cap) => cap.in_units(self.places).ok_or_else(too_large)?,
            None => i128::from(self.budget),
        };
        Ok(cap.min(i128::from(self.budget)))
    }

    /// From groups with projects to projects with groups, and the sums.
    fn invert(&mut self) {
        let mut sizes = vec![0_usize; self.costs.len() + 1];
        for &project in &self.groups.items {
            sizes[project as usize + 1] += 1;
        }
        for at in 1..sizes.len() {
            sizes[at] += sizes[at - 1];
        }
        let weighted = !self.groups.weights.is_empty();
        let mut items = vec![0_u32; self.groups.items.len()];
        let mut weights = if weighted { vec![0_u32; items.len()] } else { Vec::new() };
        let mut next = sizes.clone();
        for (group, &count) in (0_u32..).zip(&self.count) {
            for (project, weight) in self.groups.weighted(group as usize) {
                let to = next[project];
                next[project] += 1;
                items[to] = group;
                if weighted {
                    weights[to] = u32::try_from(weight).unwrap_or_default();
                }
                self.supporters[project] += u64::from(count);
                self.score[project] += weight * i64::from(count);
            }
        }
        self.backers = Lists { starts: sizes, items, weights };
    }

    fn rank(&mut self, election: &Election, options: &Options) {
        let ids = || election.projects.iter().map(|project| project.id.as_bytes());
        let lots: Vec<Vec<u8>> = match options.ties {
            Ties::Name => ids().map(<[u8]>::to_vec).collect(),
            Ties::CostVotesLot => ids()
                .map(|id| {
                    let lot = Sha256::new_with_prefix(&options.seed).chain_update([0]).chain_update(id).finalize();
                    lot.to_vec()
                })
                .collect(),
        };
        let mut order: Vec<usize> = (0..self.costs.len()).collect();
        order.sort_by(|&a, &b| match options.ties {
            Ties::Name => lots[a].cmp(&lots[b]),
            Ties::CostVotesLot => self.costs[a]
                .cmp(&self.costs[b])
                .then(self.votes[b].cmp(&self.votes[a]))
                .then_with(|| lots[a].cmp(&lots[b])),
        });
        self.rank = vec![0; order.len()];
        for (place, project) in (0_u32..).zip(order) {
            self.rank[project] = place;
        }
    }

    /// What set two tied projects apart.
    pub fn tie_step(&self, first: usize, second: usize) -> TieStep {
        if self.ties == Ties::Name {
            TieStep::Name
        } else if self.costs[first] != self.costs[second] {
            TieStep::LowestCost
        } else if self.votes[first] != self.votes[second] {
            TieStep::MostVotes
        } else {
            TieStep::Lot
        }
    }

    fn bar(&mut self, options: &Options) {
        let threshold = options.constraints.min_score.map(|least| (least, options.constraints.min_votes));
        let nothing = self.supporters.iter().all(|&supporters| supporters == 0);
        for project in 0..self.costs.len() {
            let score = self.score_of(project);
            let few = options.constraints.min_votes.is_some_and(|least| self.votes[project] < least)
                || threshold.is_some_and(|(least, _)| score.order(least).is_lt());
            // Where nobody chose anything, nothing is decided: no rule spends the money then.
            let nobody = nothing.then_some(LossReason::NoSupport);
            self.barred[project] = nobody.or(few.then_some(LossReason::BelowThreshold));
        }
    }

    /// What the rule counts for a project: votes or points.
    pub fn score_of(&self, project: usize) -> Decimal {
        Decimal::new(i128::from(self.score[project]), self.weight_places).unwrap_or_default()
    }

    /// An amount in the election's units as a decimal.
    pub fn decimal(&self, units: i128) -> Decimal {
        Decimal::new(units, self.places).unwrap_or_default()
    }

    /// The same election with `more` voters who give all they can to this project and nothing to others.
    pub fn with_more(&self, project: usize, more: u32) -> Result<Self> {
        let mut profile = self.clone();
        let weight = self.backers.weights.iter().copied().max();
        profile.groups.items.push(u32::try_from(project).map_err(|_| too_large())?);
        profile.groups.weights.extend(weight);
        profile.groups.starts.push(profile.groups.items.len());
        profile.count.push(more);
        profile.single = false;
        profile.voters += u64::from(more);
        profile.votes[project] += u64::from(more);
        profile.supporters.fill(0);
        profile.score.fill(0);
        profile.invert();
        Ok(profile)
    }

    /// Takes over the order and the bars that follow from changed votes.
    pub fn refresh(&mut self, election: &Election, options: &Options) {
        self.rank(election, options);
        self.bar(options);
    }
}

pub(super) fn too_large() -> Error {
    Error::invalid("ballot.option-size")
}

/// An amount in units of `10^-places`.
pub(super) fn money(amount: Decimal, places: u8) -> Result<i64> {
    let units = amount.in_units(places).filter(|units| (0..MONEY).contains(units)).ok_or_else(too_large)?;
    i64::try_from(units).map_err(|_| too_large())
}

/// Finds equal ballots without keeping them twice: numbers of groups, each at a place that follows from its choices.
struct Table {
    slots: Vec<u32>,
    mask: usize,
}

impl Table {
    const FREE: u32 = u32::MAX;

    fn new(ballots: usize) -> Self {
        let size = (ballots * 2).next_power_of_two().max(2);
        Self { slots: vec![Self::FREE; size], mask: size - 1 }
    }

    /// The group with these choices, or `next`, which is put in for them.
    fn find_or_put(&mut self, choices: &[(u32, u32)], next: u32, same: impl Fn(u32) -> bool) -> u32 {
        let mixed = choices.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |mixed, &(project, weight)| {
            let mixed = (mixed ^ u64::from(project) ^ (u64::from(weight) << 32)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed ^ (mixed >> 29)
        });
        let mut at = usize::try_from(mixed >> 16).unwrap_or_default() & self.mask;
        loop {
            match self.slots[at] {
                Self::FREE => {
                    self.slots[at] = next;
                    return next;
                }
                group if same(group) => return group,
                _ => at = (at + 1) & self.mask,
            }
        }
    }
}

/// What a choice on a ballot weighs.
struct Weigher {
    /// Every choice weighs 1.
    plain: bool,
    places: u8,
    ordinal: Option<Vec<u32>>,
    borda: bool,
}

impl Weigher {
    fn new(election: &Election, options: &Options) -> Result<Self> {
        let mut weigher = Self { plain: true, places: 0, ordinal: None, borda: false };
        if options.utility != Utility::Score || matches!(options.rule, Rule::Phragmen | Rule::Knapsack) {
            return Ok(weigher);
        }
        match election.vote_type {
            VoteType::Approval | VoteType::ChooseOne => {}
            VoteType::Cumulative | VoteType::Scoring => {
                weigher.plain = false;
                let points = || election.ballots.iter().flat_map(|ballot| &ballot.points);
                weigher.places = points().map(|points| points.places()).max().unwrap_or_default();
            }
            VoteType::Ordinal => {
                weigher.plain = false;
                match &options.scale {
                    OrdinalScale::Borda => weigher.borda = true,
                    OrdinalScale::Points(points) => {
                        weigher.places = points.iter().map(|points| points.places()).max().unwrap_or_default();
                        let scale = points.iter().map(|&points| weigher.scaled(points));
                        weigher.ordinal = Some(scale.collect::<Result<_>>()?);
                    }
                }
            }
        }
        Ok(weigher)
    }

    fn scaled(&self, points: Decimal) -> Result<u32> {
        let units = points.in_units(self.places).filter(|units| (0..WEIGHT).contains(units)).ok_or_else(too_large)?;
        u32::try_from(units).map_err(|_| too_large())
    }

    fn weight(&self, points: Option<Decimal>, at: usize, length: usize) -> Result<u32> {
        if self.plain {
            Ok(1)
        } else if self.borda {
            u32::try_from(length - 1 - at).map_err(|_| too_large())
        } else if let Some(scale) = &self.ordinal {
            Ok(scale.get(at).copied().unwrap_or_default())
        } else {
            points.map_or(Ok(0), |points| self.scaled(points))
        }
    }
}
