//! What holds for every draw, on instances made up at random and on small ones that are counted by hand.

mod chances;
mod edges;
mod limits;
mod people;

use proptest::prelude::*;

use crate::generate::SplitMix;
use crate::{Feature, Person, Pool, Quota, Range, Task, Value};

/// A task of features with so many values, whose quotas one panel of the pool meets, and others around it.
pub(super) fn task_of(values: &[usize], people: usize, size: usize, slack: u32, homes: bool, seed: u64) -> Task {
    let mut random = SplitMix(seed);
    let mut below = |n: usize| usize::try_from(random.below(n as u64)).unwrap();
    let pool: Vec<Person> = (0..people)
        .map(|it| Person {
            id: format!("p{it:03}"),
            // Low values are more frequent.
            values: values.iter().map(|many| below(*many).min(below(*many))).collect(),
            household: homes.then(|| format!("h{}", below(people))),
        })
        .collect();
    let mut panel: Vec<usize> = Vec::new();
    let mut asked: Vec<usize> = (0..people).collect();
    while panel.len() < size && !asked.is_empty() {
        let person = asked.swap_remove(below(asked.len()));
        let other = |it: &usize| homes && pool[*it].household == pool[person].household;
        if !panel.iter().any(other) {
            panel.push(person);
        }
    }
    let size = u32::try_from(panel.len()).unwrap();
    let features = values
        .iter()
        .enumerate()
        .map(|(feature, many)| Feature {
            name: format!("f{feature}"),
            values: (0..*many)
                .map(|value| {
                    let seats = panel.iter().filter(|it| pool[**it].values[feature] == value).count();
                    let seats = u32::try_from(seats).unwrap();
                    let range = Range::new(seats.saturating_sub(slack), seats + slack);
                    Value { name: format!("v{value}"), range, flex: None }
                })
                .collect(),
        })
        .collect();
    let mut task = Task { features, quotas: Vec::new(), pool: Pool { people: pool }, size, one_per_household: homes };
    if let [first, second, ..] = values {
        let quota = Quota {
            name: "both".into(),
            conditions: vec![
                crate::Condition { feature: 0, values: vec![first - 1] },
                crate::Condition { feature: 1, values: vec![0, second - 1] },
            ],
            range: Range::at_least(0),
        };
        let seats = panel.iter().filter(|it| {
            let it = &task.pool.people[**it];
            quota.conditions.iter().all(|condition| condition.values.contains(&it.values[condition.feature]))
        });
        let seats = u32::try_from(seats.count()).unwrap();
        task.quotas
            .push(Quota { range: Range { min: seats.saturating_sub(slack), max: Some(seats + slack) }, ..quota });
    }
    task
}

/// Tasks for which a panel exists.
pub(super) fn tasks() -> impl Strategy<Value = Task> {
    let values = prop::collection::vec(2usize..4, 1..4);
    (values, 4usize..40, 1usize..9, 0u32..3, any::<bool>(), any::<u64>())
        .prop_map(|(values, people, size, slack, homes, seed)| task_of(&values, people, size, slack, homes, seed))
}

/// The same task with features, values and people in another order.
pub(super) fn shuffled(task: &Task, seed: u64) -> Task {
    let mut random = SplitMix(seed);
    let mut order = |many: usize| {
        let mut order: Vec<usize> = (0..many).collect();
        for at in (1..many).rev() {
            order.swap(at, usize::try_from(random.below(at as u64 + 1)).unwrap());
        }
        order
    };
    let features = order(task.features.len());
    let values: Vec<Vec<usize>> = features.iter().map(|it| order(task.features[*it].values.len())).collect();
    let new_value = |feature: usize, old: usize| values[feature].iter().position(|it| *it == old).unwrap();
    let people = order(task.pool.people.len());
    let mut quotas = task.quotas.clone();
    for quota in &mut quotas {
        quota.conditions.reverse();
        for condition in &mut quota.conditions {
            condition.feature = features.iter().position(|it| *it == condition.feature).unwrap();
            for value in &mut condition.values {
                *value = new_value(condition.feature, *value);
            }
            condition.values.reverse();
        }
    }
    Task {
        features: features
            .iter()
            .zip(&values)
            .map(|(old, values)| Feature {
                name: task.features[*old].name.clone(),
                values: values.iter().map(|it| task.features[*old].values[*it].clone()).collect(),
            })
            .collect(),
        quotas,
        pool: Pool {
            people: people
                .iter()
                .map(|it| {
                    let person = &task.pool.people[*it];
                    let values =
                        features.iter().enumerate().map(|(new, old)| new_value(new, person.values[*old])).collect();
                    Person { id: person.id.clone(), values, household: person.household.clone() }
                })
                .collect(),
        },
        ..*task
    }
}
