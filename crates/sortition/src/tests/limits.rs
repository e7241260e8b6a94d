//! Quotas that no panel can meet.

use proptest::prelude::*;

use super::{task_of, tasks};
use crate::{Bound, Change, Constraint, Feature, Infeasible, Person, Pool, Range, Reason, Task, Unsolved, Value};
use crate::{Options, feasible, solve};

fn why(task: &Task) -> Infeasible {
    match solve(task, Options::default()) {
        Err(Unsolved::Infeasible(why)) => *why,
        other => panic!("{other:?}"),
    }
}

/// The task after the proposal.
fn relaxed(task: &Task, changes: &[Change]) -> Task {
    let mut task = task.clone();
    for change in changes {
        let range = match change.constraint {
            Constraint::Value { feature, value } => &mut task.features[feature].values[value].range,
            Constraint::Quota { quota } => &mut task.quotas[quota].range,
        };
        match change.bound {
            Bound::Min => range.min = change.to,
            Bound::Max => range.max = Some(change.to),
        }
    }
    task
}

/// Whether any set of people is a panel.
fn exists(task: &Task) -> bool {
    let people = task.pool.people.len();
    (0u32..1 << people).filter(|set| set.count_ones() == task.size).any(|set| {
        let panel: Vec<usize> = (0..people).filter(|it| set & (1 << it) != 0).collect();
        let home = |it: &usize| task.pool.people[*it].household.clone();
        let mut homes: Vec<String> = panel.iter().filter_map(home).collect();
        homes.sort();
        let twice = homes.windows(2).any(|pair| pair[0] == pair[1]);
        !(task.one_per_household && twice) && task.broken(&panel).is_empty()
    })
}

/// The least sum of changes, by trying sums of one and two.
fn small_relaxation_exists(task: &Task, sum: u32) -> bool {
    if sum == 0 {
        return exists(task);
    }
    task.constraints().into_iter().any(|(constraint, range)| {
        let lower = (range.min > 0).then(|| (Bound::Min, range.min, range.min - 1));
        let higher = range.max.map(|max| (Bound::Max, max, max + 1));
        lower.into_iter().chain(higher).any(|(bound, from, to)| {
            let change = Change { constraint: constraint.clone(), bound, from, to };
            small_relaxation_exists(&relaxed(task, &[change]), sum - 1)
        })
    })
}

#[test]
fn contradictions_are_named() {
    let mut task = task_of(&[2, 3], 20, 5, 0, false, 1).canonical();
    task.quotas.clear();
    let original = task.clone();
    task.features[1].values[0].range = Range::new(4, 2);
    assert!(why(&task).reasons.contains(&Reason::MinOverMax {
        constraint: Constraint::Value { feature: 1, value: 0 },
        min: 4,
        max: 2
    }));
    task = original.clone();
    task.features[0].values[0].range = Range::new(30, 40);
    let found = why(&task);
    assert!(found.reasons.iter().any(|it| matches!(it, Reason::TooFewPeople { min: 30, .. })), "{found:?}");
    assert!(found.reasons.iter().any(|it| matches!(it, Reason::MinimaOverSize { feature: 0, .. })), "{found:?}");
    assert!(feasible(&relaxed(&task, &found.relaxation.unwrap())).is_ok());
    task = original.clone();
    for value in &mut task.features[1].values {
        value.range = Range::new(0, 1);
    }
    assert!(why(&task).reasons.contains(&Reason::MaximaUnderSize { feature: 1, sum: 3, size: 5 }));
    task = original;
    task.size = 21;
    let found = why(&task);
    assert_eq!(found.reasons[0], Reason::PoolTooSmall { people: 20, size: 21 });
    assert_eq!(found.relaxation, None);
}

#[test]
fn households_can_be_too_few() {
    let mut task = task_of(&[2], 10, 3, 3, true, 4);
    task.quotas.clear();
    for person in &mut task.pool.people {
        person.household = Some("one".into());
    }
    assert_eq!(why(&task).reasons[0], Reason::TooFewHouseholds { households: 1, size: 3 });
}

/// Fractions of people could meet these limits, whole people cannot: no two of the four differ in all three features.
#[test]
fn halves_of_people_are_no_panel() {
    let feature = |name: &str| Feature {
        name: name.into(),
        values: ["no", "yes"].map(|it| Value { name: it.into(), range: Range::new(1, 1), flex: None }).to_vec(),
    };
    let people = [[0, 0, 0], [1, 1, 0], [1, 0, 1], [0, 1, 1]].iter().enumerate();
    let task = Task {
        features: ["a", "b", "c"].map(feature).to_vec(),
        quotas: vec![],
        pool: Pool {
            people: people
                .map(|(at, it)| Person { id: format!("p{at}"), values: it.to_vec(), household: None })
                .collect(),
        },
        size: 2,
        one_per_household: false,
    };
    let found = why(&task);
    assert_eq!(found.reasons, [Reason::Together]);
    let changes = found.relaxation.unwrap();
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(feasible(&relaxed(&task, &changes)).is_ok());
}

#[test]
fn flex_is_kept_where_it_can_be() {
    let mut task = task_of(&[2], 10, 4, 0, false, 2);
    task.quotas.clear();
    for (at, person) in task.pool.people.iter_mut().enumerate() {
        person.values = vec![usize::from(at >= 5)];
    }
    // 3 + 3 seats of 4: either minimum may give way, but flex allows only the second to.
    for (value, flex) in task.features[0].values.iter_mut().zip([Range::new(3, 4), Range::new(0, 4)]) {
        value.range = Range::new(3, 4);
        value.flex = Some(flex);
    }
    let found = why(&task);
    assert!(found.within_flex);
    let change = Change { constraint: Constraint::Value { feature: 0, value: 1 }, bound: Bound::Min, from: 3, to: 1 };
    assert_eq!(found.relaxation, Some(vec![change]));
    task.features[0].values[1].flex = Some(Range::new(2, 4));
    let found = why(&task);
    assert!(!found.within_flex);
    assert!(feasible(&relaxed(&task, &found.relaxation.unwrap())).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_can_be_met_is_feasible(task in tasks()) {
        prop_assert_eq!(feasible(&task.canonical()), Ok(()));
    }

    /// Quotas shifted about: the answer is that of trying every set of people, and the relaxation is the smallest.
    #[test]
    fn small_pools_agree_with_trying_everything(seed in any::<u64>(), shift in 0usize..6, homes in any::<bool>()) {
        let mut task = task_of(&[2, 2], 9, 4, 0, homes, seed).canonical();
        let feature = shift % 2;
        for (at, value) in task.features[feature].values.iter_mut().enumerate() {
            let more = u32::try_from(shift / 2 * (1 + at)).unwrap();
            value.range = Range { min: value.range.min + more, max: value.range.max.map(|it| it + more) };
        }
        match feasible(&task) {
            Ok(()) => prop_assert!(exists(&task)),
            Err(found) => {
                prop_assert!(!exists(&task));
                let changes = found.relaxation.unwrap();
                let sum: u32 = changes.iter().map(|it| it.from.abs_diff(it.to)).sum();
                prop_assert!(exists(&relaxed(&task, &changes)), "{:?}", changes);
                for less in 1..sum.min(3) {
                    prop_assert!(!small_relaxation_exists(&task, less), "{:?} {}", changes, less);
                }
            }
        }
    }
}
