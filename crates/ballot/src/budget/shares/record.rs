//! What a run of Equal Shares tells: rounds, payments, ties.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::super::outcome::{Fall, FallReason, Payment, Phase, Round, Standing, Tie, Win};
use super::super::profile::Profile;
use super::run::{Priced, Run, Watch};
use crate::number::{Decimal, Exact};

/// Writes down a run.
#[derive(Debug)]
pub(in crate::budget) struct Recorder {
    /// Whether rounds and payments are wanted.
    full: bool,
    /// Places of amounts that are shown.
    places: u8,
    pub rounds: Vec<Round>,
    pub wins: Vec<Win>,
    pub ties: Vec<(usize, Tie)>,
    /// For each project the round in which its supporters were short.
    pub short: Vec<Option<usize>>,
    /// Projects that fell by the constraints.
    pub fallen: Vec<(usize, FallReason)>,
    round: usize,
    left: i128,
}

impl Recorder {
    pub fn new(profile: &Profile, full: bool, spent: i64) -> Self {
        Self {
            full,
            places: profile.places.max(2),
            rounds: Vec::new(),
            wins: Vec::new(),
            ties: Vec::new(),
            short: vec![None; profile.costs.len()],
            fallen: Vec::new(),
            round: 0,
            left: i128::from(profile.budget) - i128::from(spent),
        }
    }

    /// From units of money to units that are shown.
    fn factor(&self, profile: &Profile) -> i64 {
        10_i64.pow(u32::from(self.places - profile.places))
    }

    fn shown(&self, units: &BigInt) -> Decimal {
        units.to_i128().and_then(|units| Decimal::new(units, self.places)).unwrap_or_default()
    }

    fn standing(&self, run: &Run<'_>, project: usize, low: i64, high: i64) -> Standing {
        let profile = run.profile;
        // Thousandths of a vote or point.
        let point = 10_i128.pow(u32::from(profile.weight_places));
        let cost = i128::from(profile.costs[project]) * 1_000;
        let votes = |x: i64| (cost << run.bits) / (i128::from(x.max(1)) * point);
        let factor = self.factor(profile);
        let price = |x: i64| {
            let scaled = i128::from(x) * i128::from(factor) * point;
            (scaled + (1_i128 << run.bits) - 1) >> run.bits
        };
        let (value, price) = if low > 0 && votes(low) == votes(high) && price(low) == price(high) {
            (BigInt::from(votes(low)), BigInt::from(price(low)))
        } else {
            let priced = run.priced(project, low, high);
            let point = i64::try_from(point).unwrap_or(i64::MAX);
            (
                run.chain.times(&priced.price, cost) / point,
                run.chain.scaled_price(&priced.price, factor.saturating_mul(point)),
            )
        };
        let value = value.to_i128().and_then(|units| Decimal::new(units, 3)).unwrap_or_default();
        Standing { project, value, price: Some(self.shown(&price)) }
    }

    fn payments(&self, run: &Run<'_>, project: usize, priced: &Priced) -> (Vec<Payment>, u64, u64) {
        let factor = self.factor(run.profile);
        let mut amounts: BTreeMap<(BigInt, bool), u64> = BTreeMap::new();
        let mut known: BTreeMap<i64, BigInt> = BTreeMap::new();
        let (mut whole, mut part) = (0, 0);
        let bits = run.bits;
        let units = |fixed: i64| (i128::from(fixed) * i128::from(factor)) >> bits;
        for (group, count, weight, is_full) in run.payers(project, priced) {
            *(if is_full { &mut whole } else { &mut part }) += u64::from(count);
            if !self.full {
                continue;
            }
            let amount = if is_full {
                known
                    .entry(weight)
                    .or_insert_with(|| run.chain.scaled_price_down(&priced.price, factor.saturating_mul(weight)))
                    .clone()
            } else {
                let (low, high) = run.about(group);
                if units(low) == units(high) {
                    BigInt::from(units(low))
                } else {
                    run.chain.scaled(&run.owned(group), factor)
                }
            };
            *amounts.entry((amount, !is_full)).or_default() += u64::from(count);
        }
        let payments = amounts
            .into_iter()
            .rev()
            .map(|((amount, last), voters)| Payment { amount: self.shown(&amount), voters, last })
            .collect();
        (payments, whole, part)
    }
}

impl Watch for Recorder {
    fn round(&mut self, run: &Run<'_>, fallen: &[(usize, FallReason)]) {
        self.fallen.extend(fallen.iter().cloned());
        if !self.full {
            return;
        }
        let falls = fallen.iter().map(|(project, reason)| Fall {
            project: *project,
            reason: reason.clone(),
            supporters_have: None,
        });
        let mut round = Round {
            phase: Phase::Rule,
            fallen: falls.collect(),
            standings: Vec::new(),
            chosen: None,
            tie: None,
            left: run.profile.decimal(self.left.max(0)),
        };
        for project in run.candidates() {
            if let Some((low, high)) = run.price_bounds(project) {
                if run.limits.ready(project) {
                    round.standings.push(self.standing(run, project, low, high));
                }
            } else if self.short[project].is_none() {
                self.short[project] = Some(self.round);
                let have = run.chain.scaled(&run.owned_by_backers(project), self.factor(run.profile));
                round.fallen.push(Fall {
                    project,
                    reason: FallReason::SupportersShort,
                    supporters_have: Some(self.shown(&have)),
                });
            }
        }
        round.fallen.sort_by_key(|fall| fall.project);
        let by_cost = run.profile.by_cost;
        round.standings.sort_by(|a, b| {
            let best = if by_cost {
                b.value.order(a.value)
            } else {
                let price = |standing: &Standing| standing.price.unwrap_or_default();
                price(a).order(price(b))
            };
            best.then(run.profile.rank[a.project].cmp(&run.profile.rank[b.project]))
        });
        self.rounds.push(round);
    }

    fn bought(&mut self, run: &Run<'_>, project: usize, priced: &Priced, tie: Option<Tie>) {
        let profile = run.profile;
        let (payments, full_payers, partial_payers) = self.payments(run, project, priced);
        let point = BigRational::from_integer(BigInt::from(10).pow(u32::from(profile.weight_places)));
        let unit = BigRational::from_integer(BigInt::from(10).pow(u32::from(profile.places)));
        let price = run.chain.price_fraction(&priced.price) * point / unit;
        let cost = Exact::from(profile.decimal(i128::from(profile.costs[project])));
        let effective = Exact::new(cost.rational() / &price);
        self.left -= i128::from(profile.costs[project]);
        if let Some(round) = self.rounds.last_mut() {
            round.chosen = Some(project);
            round.tie.clone_from(&tie);
            round.left = profile.decimal(self.left.max(0));
            // The chosen one first: those beside it may be shown with the same figure.
            round.standings.sort_by_key(|standing| standing.project != project);
        }
        if let Some(tie) = tie {
            self.ties.push((self.round, tie));
        }
        self.wins.push(Win {
            project,
            cost: profile.decimal(i128::from(profile.costs[project])),
            phase: Phase::Rule,
            round: self.round,
            supporters: profile.supporters[project],
            score: profile.score_of(project),
            price: Some(Exact::new(price)),
            effective_votes: Some(effective),
            full_payers,
            partial_payers,
            payments,
        });
        self.round += 1;
    }
}
