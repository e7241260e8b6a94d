use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;

use super::super::options::{Completion, Options, OrdinalScale, Rule, Ties as TieRule, Utility};
use super::super::profile::Profile;
use super::{count_with, exhaustive, spent, start};
use crate::number::Decimal;
use crate::pb::generate::{Recipe, SplitMix, Ties, generate};
use crate::pb::{Election, VoteType};

/// Equal Shares once more, as the definition says it: every voter alone, every number a fraction, all supporters sorted.
fn slow(profile: &Profile, endowment: &BigRational) -> Vec<usize> {
    let mut voters: Vec<(BigRational, Vec<(usize, i64)>)> = Vec::new();
    for (group, &count) in profile.count.iter().enumerate() {
        for _ in 0..count {
            voters.push((endowment.clone(), profile.groups.weighted(group).collect()));
        }
    }
    let mut order = Vec::new();
    loop {
        let mut best: Option<(BigRational, u32, usize, BigRational)> = None;
        for project in 0..profile.costs.len() {
            if order.contains(&project) || profile.barred[project].is_some() || profile.costs[project] == 0 {
                continue;
            }
            let mut supporters: Vec<(BigRational, BigRational, i64)> = Vec::new();
            for (money, ballot) in &voters {
                for &(_, weight) in ballot.iter().filter(|(other, _)| *other == project) {
                    supporters.push((money / BigInt::from(weight), money.clone(), weight));
                }
            }
            supporters.sort();
            let cost = BigRational::from_integer(profile.costs[project].into());
            let mut paid = BigRational::zero();
            let mut rest: i64 = supporters.iter().map(|supporter| supporter.2).sum();
            let mut price = None;
            for (ratio, money, weight) in &supporters {
                let share = (&cost - &paid) / BigInt::from(rest);
                if share <= *ratio {
                    price = Some(share);
                    break;
                }
                paid += money;
                rest -= weight;
            }
            if let Some(price) = price {
                let factor = if profile.by_cost { profile.costs[project] } else { 1 };
                let key = (&price / BigInt::from(factor), profile.rank[project], project, price);
                if best.as_ref().is_none_or(|best| (&key.0, key.1) < (&best.0, best.1)) {
                    best = Some(key);
                }
            }
        }
        let Some((_, _, project, price)) = best else { return order };
        order.push(project);
        for (money, ballot) in &mut voters {
            for &(_, weight) in ballot.iter().filter(|(other, _)| *other == project) {
                let pays = (&price * BigInt::from(weight)).min(money.clone());
                *money -= pays;
            }
        }
    }
}

/// Add1, run by run, with the slow rule.
fn slow_add1(profile: &Profile, options: &Options) -> (Vec<usize>, u64) {
    let mut endowment = start(profile, options);
    let mut last = Vec::new();
    for runs in 1.. {
        let order = slow(profile, &endowment);
        let mut limits = profile.bounds.start();
        order.iter().for_each(|&project| limits.choose(project, profile.costs[project]));
        let total = spent(profile, &order);
        if total > i128::from(profile.budget) {
            return (last, runs);
        }
        if exhaustive(profile, &limits, total) {
            return (order, runs);
        }
        last = order;
        endowment += BigRational::from_integer(1.into());
    }
    unreachable!()
}

fn recipe(seed: u64, most_voters: u64, most_projects: u64, most_money: u64) -> Recipe {
    let mut rng = SplitMix::new(seed);
    let small = |rng: &mut SplitMix, most: u64| 1 + u32::try_from(rng.uniform(most)).unwrap();
    Recipe {
        seed,
        voters: small(&mut rng, most_voters),
        projects: small(&mut rng, most_projects),
        districts: small(&mut rng, 3),
        vote_type: VoteType::ALL[usize::try_from(rng.uniform(5)).unwrap()],
        choices: small(&mut rng, 6),
        exactly: rng.uniform(2) == 0,
        money_per_voter: small(&mut rng, most_money),
        oversubscription: small(&mut rng, 4),
        ties: if rng.uniform(3) == 0 { Ties::Few } else { Ties::Many },
    }
}

fn options(election: &Election, seed: u64) -> Options {
    let mut rng = SplitMix::new(seed ^ 0xabcd);
    let mut options = Options::new(Rule::EqualShares, election);
    options.utility = [Utility::Cost, Utility::Cardinality, Utility::Score][usize::try_from(rng.uniform(3)).unwrap()];
    if rng.uniform(2) == 0 {
        options.scale = OrdinalScale::Points(vec![Decimal::whole(3), Decimal::whole(2), Decimal::whole(1)]);
    }
    if rng.uniform(2) == 0 {
        options.ties = TieRule::Name;
    }
    options.completion = Completion::Add1;
    options
}

/// The fast rule beside the slow one: a single run and Add1.
fn compare(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let election = generate(&recipe(seed, 24, 9, 40));
        let options = options(&election, seed);
        let profile = Profile::new(&election, &options).unwrap();
        if profile.voters == 0 {
            continue;
        }
        let free = profile.bounds.start();
        let (order, runs) = slow_add1(&profile, &options);
        for (skip, coarse) in [(false, 0), (true, 0), (false, 35), (true, 44), (false, 50)] {
            let fast = count_with(&profile, &options, &free, skip, coarse).unwrap();
            assert_eq!((&fast.order, fast.runs), (&order, runs), "seed {seed}, skipping {skip}, coarse {coarse}");
        }
        let once = Options { completion: Completion::None, ..options };
        let fast = count_with(&profile, &once, &free, false, 0).unwrap();
        assert_eq!(fast.order, slow(&profile, &start(&profile, &once)), "seed {seed}, once");
    }
}

#[test]
fn the_fast_rule_gives_what_the_definition_gives() {
    compare(0..150);
}

#[test]
#[ignore = "slow: some thousand elections with the slow rule, about a minute"]
fn the_fast_rule_gives_what_the_definition_gives_in_thousands_of_elections() {
    compare(1_000..5_000);
}

/// Skipping beside stepping, where a step is small and there are many.
fn skipping(seeds: std::ops::Range<u64>) -> u64 {
    let mut skipped = 0;
    for seed in seeds {
        let election = generate(&recipe(seed, 60, 12, 2_000));
        let options = options(&election, seed);
        let profile = Profile::new(&election, &options).unwrap();
        let free = profile.bounds.start();
        let (all, some) = [false, true].map(|skip| count_with(&profile, &options, &free, skip, 0).unwrap()).into();
        assert_eq!(
            (&all.order, all.runs, &all.endowment, all.stop),
            (&some.order, some.runs, &some.endowment, some.stop),
            "seed {seed}"
        );
        skipped += some.skipped;
    }
    skipped
}

#[test]
fn skipping_gives_what_stepping_gives() {
    assert!(skipping(0..25) > 1_000);
}

#[test]
#[ignore = "slow: some thousand elections step by step, about a minute"]
fn skipping_gives_what_stepping_gives_in_thousands_of_elections() {
    assert!(skipping(1_000..4_000) > 100_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_seed_gives_what_the_definition_gives(seed in any::<u64>()) {
        compare(seed..seed.saturating_add(1));
    }
}
