//! Phragmén's sequential rule.
//!
//! Every voter earns money at the same pace. As soon as supporters of a project together have what it costs, it is bought
//! and their money is gone. The count stops when a project comes up (alone or tied) that the budget has no room for. In
//! numbers: a voter's load is the moment of the last purchase they took part in; a project comes up at the moment
//! (cost + Σ loads of supporters) / supporters. All moments are exact.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::limits::Limits;
use super::outcome::{Fall, FallReason, Payment, Phase, Round, Standing, Stop, Tie, Win};
use super::profile::Profile;
use super::shares::chain::{Chain, Price, Purse};
use crate::number::{Decimal, Exact};

/// What the rule did.
#[derive(Debug)]
pub(super) struct Phragmen {
    pub wins: Vec<Win>,
    pub rounds: Vec<Round>,
    pub ties: Vec<(usize, Tie)>,
    pub fallen: Vec<(usize, FallReason)>,
    pub stop: Stop,
}

/// Loads: moments of purchases in a chain whose endowment is nothing.
struct Loads<'a> {
    profile: &'a Profile,
    chain: Chain,
    /// For each group its last purchase.
    last: Vec<Option<usize>>,
    /// For each project, supporters by their last purchase.
    counts: Vec<Vec<i64>>,
}

impl Loads<'_> {
    fn moment(&self, project: usize) -> Price {
        let purse = Purse { whole: 0, spent: self.counts[project].clone() };
        let supporters = i64::try_from(self.profile.supporters[project]).unwrap_or(i64::MAX);
        self.chain.price(self.profile.costs[project], &self.chain.value(&purse), supporters)
    }

    fn buy(&mut self, project: usize, moment: Price) {
        let purchase = self.chain.buy(moment);
        for counts in &mut self.counts {
            counts.push(0);
        }
        for &group in self.profile.backers.of(project) {
            let count = i64::from(self.profile.count[group as usize]);
            let old = self.last[group as usize].replace(purchase);
            for &other in self.profile.groups.of(group as usize) {
                let counts = &mut self.counts[other as usize];
                counts[purchase] += count;
                if let Some(old) = old {
                    counts[old] -= count;
                }
            }
        }
    }
}

/// Counts from what is chosen.
pub(super) fn count(profile: &Profile, limits: &mut Limits<'_>, full: bool) -> Phragmen {
    let mut left = profile.budget;
    let mut loads = Loads {
        profile,
        chain: Chain::new(&BigRational::from_integer(BigInt::ZERO)),
        last: vec![None; profile.count.len()],
        counts: vec![Vec::new(); profile.costs.len()],
    };
    let mut open: Vec<usize> = (0..profile.costs.len())
        .filter(|&project| profile.barred[project].is_none() && !limits.chosen[project])
        .filter(|&project| profile.costs[project] <= profile.budget)
        .collect();
    open.sort_by_key(|&project| profile.rank[project]);
    let mut result = Phragmen {
        wins: Vec::new(),
        rounds: Vec::new(),
        ties: Vec::new(),
        fallen: Vec::new(),
        stop: Stop::NothingLeft,
    };
    loop {
        let mut fallen = Vec::new();
        open.retain(|&project| match limits.falls(project, profile.costs[project]) {
            Some(reason) => {
                fallen.push((project, reason));
                false
            }
            None => true,
        });
        let ready = open.iter().copied().filter(|&project| limits.ready(project));
        let (supported, others): (Vec<usize>, Vec<usize>) = ready.partition(|&project| profile.supporters[project] > 0);
        let mut moments: Vec<(usize, Price)> =
            supported.into_iter().map(|project| (project, loads.moment(project))).collect();
        moments.sort_by(|a, b| Chain::order(&a.1, 1, &b.1, 1));
        // Those whom nobody supports come up at no moment at all: after all others, all at once.
        let tied: Vec<usize> = match moments.first() {
            Some((_, first)) => moments
                .iter()
                .take_while(|(_, moment)| Chain::order(moment, 1, first, 1).is_eq())
                .map(|(project, _)| *project)
                .collect(),
            None => others,
        };
        let over = tied.iter().copied().find(|&project| profile.costs[project] > left);
        let chosen = tied.first().copied().filter(|_| over.is_none());
        let tie = (tied.len() > 1 && over.is_none())
            .then(|| Tie { step: profile.tie_step(tied[0], tied[1]), projects: tied });
        if full {
            let millions = 10_i64.pow(6 - u32::from(profile.places));
            let standing = |(project, moment): &(usize, Price)| {
                let value = loads.chain.scaled_price(moment, millions).to_i128();
                let value = value.and_then(|units| Decimal::new(units, 6)).unwrap_or_default();
                Standing { project: *project, value, price: None }
            };
            let after = left - chosen.map_or(0, |project| profile.costs[project]);
            result.rounds.push(Round {
                phase: Phase::Rule,
                fallen: fallen
                    .iter()
                    .map(|(project, reason)| Fall { project: *project, reason: reason.clone(), supporters_have: None })
                    .collect(),
                standings: moments.iter().map(standing).collect(),
                chosen,
                tie: tie.clone(),
                left: profile.decimal(i128::from(after)),
            });
        }
        result.fallen.extend(fallen);
        let Some(project) = chosen else {
            result.stop = match over {
                Some(project) => Stop::FirstUnaffordable { project },
                None if limits.full() => Stop::MaxProjects,
                None => Stop::NothingLeft,
            };
            return result;
        };
        let moment = (!moments.is_empty()).then(|| moments.swap_remove(0).1);
        let round = result.wins.len();
        result.ties.extend(tie.map(|tie| (round, tie)));
        result.wins.push(win(&loads, project, moment.as_ref(), round, full));
        left -= profile.costs[project];
        limits.choose(project, profile.costs[project]);
        open.retain(|&other| other != project);
        if let Some(moment) = moment {
            loads.buy(project, moment);
        }
    }
}

/// `moment`: none when nobody supports it.
fn win(loads: &Loads<'_>, project: usize, moment: Option<&Price>, round: usize, full: bool) -> Win {
    let profile = loads.profile;
    let unit = BigRational::from_integer(BigInt::from(10).pow(u32::from(profile.places)));
    let price = moment.map(|moment| loads.chain.price_fraction(moment));
    let places = profile.places.max(2);
    let shown = BigRational::from_integer(BigInt::from(10).pow(u32::from(places - profile.places)));
    let mut payments: BTreeMap<BigInt, u64> = BTreeMap::new();
    if let (true, Some(price)) = (full, &price) {
        let mut never = i64::try_from(profile.supporters[project]).unwrap_or(i64::MAX);
        let mut pay = |load: BigRational, voters: i64| {
            let amount = ((price - load) * &shown).floor().to_integer();
            *payments.entry(amount).or_default() += u64::try_from(voters).unwrap_or_default();
        };
        for (purchase, &voters) in loads.counts[project].iter().enumerate() {
            if voters > 0 {
                never -= voters;
                pay(loads.chain.bought(purchase), voters);
            }
        }
        if never > 0 {
            pay(BigRational::from_integer(BigInt::ZERO), never);
        }
    }
    let payments = payments.into_iter().rev().map(|(amount, voters)| Payment {
        amount: amount.to_i128().and_then(|units| Decimal::new(units, places)).unwrap_or_default(),
        voters,
        last: true,
    });
    Win {
        project,
        cost: profile.decimal(i128::from(profile.costs[project])),
        phase: Phase::Rule,
        round,
        supporters: profile.supporters[project],
        score: profile.score_of(project),
        price: price.map(|price| Exact::new(price / &unit)),
        effective_votes: None,
        full_payers: 0,
        partial_payers: 0,
        payments: payments.collect(),
    }
}
