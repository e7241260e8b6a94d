//! Draws at the edges.

use super::task_of;
use crate::{Form, Options, Range, Reason, Rule, Task, Unsolved, assign, solve};

fn open(mut task: Task) -> Task {
    task.quotas.clear();
    for feature in &mut task.features {
        for value in &mut feature.values {
            value.range = Range::at_least(0);
        }
    }
    task
}

#[test]
fn everybody_is_drawn() {
    let mut task = open(task_of(&[2, 3], 12, 3, 0, false, 1));
    task.size = 12;
    let solution = solve(&task, Options::default()).unwrap();
    assert!(solution.chance.iter().all(|it| (it - 1.0).abs() < 1e-12));
    assert_eq!(assign(&solution, &solution.lottery.panels[0], &mut |_| 0), (0..12).collect::<Vec<_>>());
}

#[test]
fn nobody_is_drawn() {
    let mut task = open(task_of(&[2], 5, 3, 0, false, 1));
    task.size = 0;
    for options in [Options::default(), Options { rule: Rule::Maximin, form: Form::Uniform { panels: 10 } }] {
        let solution = solve(&task, options).unwrap();
        assert!(solution.chance.iter().all(|it| *it == 0.0));
        assert!(assign(&solution, &solution.lottery.panels[0], &mut |_| 0).is_empty());
    }
    task.pool.people.clear();
    assert_eq!(solve(&task, Options::default()).unwrap().lottery.panels.len(), 1);
    task.size = 1;
    let Err(Unsolved::Infeasible(why)) = solve(&task, Options::default()) else { panic!("drawn from nobody") };
    assert_eq!(why.reasons[0], Reason::PoolTooSmall { people: 0, size: 1 });
}

#[test]
fn without_features_all_are_equal() {
    let task = task_of(&[], 10, 3, 0, false, 1);
    let solution = solve(&task, Options::default()).unwrap();
    assert_eq!(solution.types.len(), 1);
    assert!((solution.chance[0] - 0.3).abs() < 1e-12);
}

#[test]
fn a_value_nobody_may_have() {
    let mut task = open(task_of(&[2], 10, 3, 0, false, 1));
    task.features[0].values[1].range = Range::new(0, 0);
    let solution = solve(&task, Options::default()).unwrap();
    for (it, chance) in solution.types.types.iter().zip(&solution.chance) {
        assert_eq!(*chance > 0.0, it.values[0] == 0);
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    let good = task_of(&[2, 2], 6, 2, 2, false, 1);
    let code = |task: &Task| match solve(task, Options::default()) {
        Err(Unsolved::Invalid(error)) => error.code(),
        other => panic!("{other:?}"),
    };
    let mut task = good.clone();
    task.pool.people[1].id = task.pool.people[0].id.clone();
    assert_eq!(code(&task), "sortition.person-twice");
    task = good.clone();
    task.pool.people[1].values[0] = 7;
    assert_eq!(code(&task), "sortition.person-values");
    task = good.clone();
    task.features[1].name = "f0".into();
    assert_eq!(code(&task), "sortition.feature-twice");
    task = good.clone();
    task.features[1].values[1].name = "v0".into();
    assert_eq!(code(&task), "sortition.value-twice");
    task = good.clone();
    task.quotas[0].conditions[0].values[0] = 9;
    assert_eq!(code(&task), "sortition.quota-condition");
    task = good;
    task.quotas.push(task.quotas[0].clone());
    assert_eq!(code(&task), "sortition.quota-twice");
}
