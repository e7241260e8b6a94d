//! People of a panel, replacements, reserves.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{task_of, tasks};
use crate::generate::SplitMix;
use crate::{Options, Solution, assign, replacement, reserves, solve};

fn homes_differ(solution: &Solution, people: &[usize]) -> bool {
    let homes: Vec<&String> =
        people.iter().filter_map(|it| solution.task.pool.people[*it].household.as_ref()).collect();
    let distinct: BTreeSet<&&String> = homes.iter().collect();
    !solution.task.one_per_household || distinct.len() == homes.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn people_meet_every_quota(task in tasks(), seed in any::<u64>()) {
        let solution = solve(&task, Options::default()).unwrap();
        let mut random = SplitMix(seed);
        for panel in &solution.lottery.panels {
            let people = assign(&solution, panel, &mut |n| random.below(n));
            prop_assert_eq!(people.len(), task.size as usize);
            prop_assert!(people.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(solution.task.broken(&people), vec![]);
            prop_assert!(homes_differ(&solution, &people));
        }
    }

    #[test]
    fn replacements_keep_the_quotas(task in tasks(), seed in any::<u64>()) {
        let solution = solve(&task, Options::default()).unwrap();
        let mut random = SplitMix(seed);
        let people = assign(&solution, &solution.lottery.panels[0], &mut |n| random.below(n));
        for &leaving in &people {
            let Some(found) = replacement(&solution, &people, leaving, &[], &mut |n| random.below(n)) else { continue };
            prop_assert!(!people.contains(&found.person));
            let after: Vec<usize> = people.iter().map(|it| if *it == leaving { found.person } else { *it }).collect();
            prop_assert_eq!(solution.task.broken(&after), vec![]);
            prop_assert!(homes_differ(&solution, &after));
            if found.same_type {
                prop_assert_eq!(&solution.task.pool.people[leaving].values, &solution.task.pool.people[found.person].values);
            }
        }
        let lists = reserves(&solution, &people, 2, &mut |n| random.below(n));
        let mut seen: BTreeSet<usize> = people.iter().copied().collect();
        for (_, list) in lists {
            for found in list {
                prop_assert!(seen.insert(found.person));
            }
        }
    }
}

/// Within a type everybody has the same chance, in households too.
#[test]
fn members_of_a_type_are_drawn_alike() {
    let task = task_of(&[2, 2], 24, 6, 2, true, 9);
    let solution = solve(&task, Options::default()).unwrap();
    let mut random = SplitMix(1);
    let mut counts = [0u32; 24];
    let rounds = 20_000u32;
    for _ in 0..rounds {
        let (_, panel) = solution.lottery.panel(random.below(solution.lottery.tickets)).unwrap();
        for person in assign(&solution, panel, &mut |n| random.below(n)) {
            counts[person] += 1;
        }
    }
    for (person, count) in counts.iter().enumerate() {
        let chance = solution.chance[solution.types.of_person[person]];
        let share = f64::from(*count) / f64::from(rounds);
        assert!((share - chance).abs() < 0.02, "{person}: {share} {chance}");
    }
}

/// The numbers that are asked for are the ones the documentation says.
#[test]
fn the_assignment_is_as_specified() {
    let mut task = task_of(&[1], 4, 2, 2, false, 1);
    task.quotas.clear();
    let solution = solve(&task, Options::default()).unwrap();
    let mut asked = Vec::new();
    let people = assign(&solution, &solution.lottery.panels[0], &mut |n| {
        asked.push(n);
        n - 1
    });
    // The last of four, then the last of the other three: 0 1 2 3 → 3 | 1 2 0 → 3 0.
    assert_eq!(asked, [4, 3]);
    assert_eq!(people, [0, 3]);
}

#[test]
fn somebody_of_the_same_values_first() {
    let task = task_of(&[2], 12, 4, 1, false, 3);
    let solution = solve(&task, Options::default()).unwrap();
    let people = assign(&solution, &solution.lottery.panels[0], &mut |_| 0);
    let mut by_values: BTreeMap<&[usize], usize> = BTreeMap::new();
    for person in &solution.task.pool.people {
        *by_values.entry(&person.values).or_default() += 1;
    }
    for &leaving in &people {
        let found = replacement(&solution, &people, leaving, &[], &mut |_| 0).unwrap();
        let values = solution.task.pool.people[leaving].values.as_slice();
        let used = people.iter().filter(|it| solution.task.pool.people[**it].values == values).count();
        assert_eq!(found.same_type, by_values[values] > used);
    }
    // Nobody is left who may be asked.
    let all: Vec<usize> = (0..12).collect();
    assert_eq!(replacement(&solution, &people, people[0], &all, &mut |_| 0), None);
}
