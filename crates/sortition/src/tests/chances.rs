//! Chances and lotteries.

use good_lp::{Expression, ProblemVariables, Solution as _, SolverModel as _, constraint, microlp, variable};
use proptest::prelude::*;

use super::{shuffled, task_of, tasks};
use crate::solve::leximin;
use crate::solve::program::Program;
use crate::{Form, Options, Rule, Solution, Task, Types, generate, solve};

fn chances_by_id(solution: &Solution) -> Vec<(String, f64)> {
    let people = solution.task.pool.people.iter().enumerate();
    people.map(|(at, it)| (it.id.clone(), solution.chance[solution.types.of_person[at]])).collect()
}

/// The largest least chance, by another solver.
fn maximin_by_microlp(program: &Program) -> f64 {
    let mut variables = ProblemVariables::new();
    let level = variables.add(variable().min(0.0));
    let seats: Vec<_> =
        program.room.iter().map(|room| variables.add(variable().min(0.0).max(f64::from(*room)))).collect();
    let mut model = variables.maximise(level).using(microlp);
    for (row, (low, high)) in program.rows.iter().enumerate() {
        let counts = program.rows_of.iter().zip(&seats).filter(|it| it.0.contains(&row));
        let sum: Expression = counts.map(|it| *it.1).sum();
        model = model.with(constraint!(sum.clone() >= f64::from(*low))).with(constraint!(sum <= f64::from(*high)));
    }
    for (types, homes) in &program.classes {
        let sum: Expression = types.iter().map(|it| seats[*it]).sum();
        model = model.with(constraint!(sum <= f64::from(*homes)));
    }
    for (seats, people) in seats.iter().zip(&program.people) {
        model = model.with(constraint!(f64::from(*people) * level <= *seats));
    }
    model.solve().unwrap().value(level)
}

#[test]
fn by_hand() {
    // Two of three women and two of nine men.
    let mut task = task_of(&[2], 12, 4, 0, false, 1);
    for (at, person) in task.pool.people.iter_mut().enumerate() {
        person.values = vec![usize::from(at >= 3)];
    }
    for value in &mut task.features[0].values {
        value.range = crate::Range::new(2, 2);
    }
    let solution = solve(&task, Options::default()).unwrap();
    let chances = chances_by_id(&solution);
    assert!(chances[..3].iter().all(|it| (it.1 - 2.0 / 3.0).abs() < 1e-11), "{chances:?}");
    assert!(chances[3..].iter().all(|it| (it.1 - 2.0 / 9.0).abs() < 1e-11), "{chances:?}");
    assert_eq!(solution.lottery.panels.len(), 1);
}

#[test]
fn who_needs_not_be_rare_is_not_rarer() {
    // One seat for a or b (two people each), one for c (one person). Leximin: a and b 1/4 each, c 1.
    let mut task = task_of(&[3], 5, 2, 0, false, 1);
    for (person, value) in task.pool.people.iter_mut().zip([0, 0, 1, 1, 2]) {
        person.values = vec![value];
    }
    for (value, range) in task.features[0].values.iter_mut().zip([(0, 1), (0, 1), (1, 1)]) {
        value.range = crate::Range::new(range.0, range.1);
    }
    let solution = solve(&task, Options::default()).unwrap();
    let chances: Vec<f64> = chances_by_id(&solution).into_iter().map(|it| it.1).collect();
    for (chance, expected) in chances.iter().zip([0.25, 0.25, 0.25, 0.25, 1.0]) {
        assert!((chance - expected).abs() < 1e-9, "{chances:?}");
    }
}

/// Five people, three features, one seat of two for each value. Fractions of people would give everybody two fifths; but no two
/// of the last four are a panel, nor one of them and the first: only the first two can be drawn.
#[test]
fn chances_are_those_that_panels_can_have() {
    let mut task = task_of(&[2, 2, 2], 5, 2, 0, false, 1);
    task.quotas.clear();
    for feature in &mut task.features {
        for value in &mut feature.values {
            value.range = crate::Range::new(1, 1);
        }
    }
    let values = [[0, 0, 0], [1, 1, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]];
    for (person, values) in task.pool.people.iter_mut().zip(values) {
        person.values = values.to_vec();
    }
    let solution = solve(&task, Options::default()).unwrap();
    let chances: Vec<f64> = chances_by_id(&solution).into_iter().map(|it| it.1).collect();
    for (chance, expected) in chances.iter().zip([1.0, 1.0, 0.0, 0.0, 0.0]) {
        assert!((chance - expected).abs() < 1e-9, "{chances:?}");
    }
    assert!(solution.residual.seats_max < 1e-9, "{:?}", solution.residual);
}

#[test]
fn a_uniform_lottery_is_near() {
    let solution =
        solve(&generate::three(300, 30, 1), Options { rule: Rule::Leximin, form: Form::Uniform { panels: 1000 } })
            .unwrap();
    assert_eq!(solution.lottery.tickets, 1000);
    assert_eq!(solution.lottery.panels.len(), 1000);
    assert!(solution.residual.seats_max < 0.002, "{:?}", solution.residual);
}

#[test]
fn lotteries_meet_the_chances() {
    for task in [generate::three(150, 22, 1), generate::three(300, 30, 2), with_homes(generate::three(200, 20, 3))] {
        let solution = solve(&task, Options::default()).unwrap();
        assert!(solution.residual.seats_max < 1e-7, "{:?}", solution.residual);
        let again = solve(&shuffled(&task, 5), Options::default()).unwrap();
        assert_eq!(solution, again);
    }
}

fn with_homes(mut task: Task) -> Task {
    generate::households(&mut task, 7);
    task.one_per_household = true;
    task
}

/// The bars of the benchmarks, on their instances.
#[test]
#[ignore = "slow: the large instances of the benchmarks"]
fn large_lotteries_meet_the_chances() {
    for task in
        [generate::national(100_000, 2000, 1), generate::six(2000, 200, 1), with_homes(generate::three(2000, 200, 1))]
    {
        let solution = solve(&task, Options::default()).unwrap();
        assert!(solution.residual.seats_max < 1e-7, "{:?}", solution.residual);
        for panel in &solution.lottery.panels {
            holds(&solution, &panel.counts);
        }
    }
}

fn holds(solution: &Solution, counts: &[(usize, u32)]) {
    let program = Program::of(&solution.task, &solution.types);
    let mut panel = vec![0; solution.types.len()];
    for &(index, seats) in counts {
        panel[index] = seats;
    }
    assert!(program.holds(&panel), "{counts:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_least_chance_is_the_largest(task in tasks()) {
        let task = task.canonical();
        let types = Types::of(&task);
        let program = Program::of(&task, &types);
        let least = |rule| {
            let seats = leximin::seats(&program, rule).unwrap();
            seats.iter().zip(&program.people).map(|(a, n)| a / f64::from(*n)).fold(1.0, f64::min)
        };
        let other = maximin_by_microlp(&program);
        prop_assert!((least(Rule::Leximin) - other).abs() < 1e-7, "{} {other}", least(Rule::Leximin));
        prop_assert!((least(Rule::Maximin) - other).abs() < 1e-7, "{} {other}", least(Rule::Maximin));
    }

    #[test]
    fn panels_meet_every_quota(task in tasks(), uniform in any::<bool>()) {
        let form = if uniform { Form::Uniform { panels: 50 } } else { Form::Weighted };
        let solution = solve(&task, Options { rule: Rule::Leximin, form }).unwrap();
        prop_assert!(!solution.lottery.panels.is_empty());
        let mut tickets = 0;
        for panel in &solution.lottery.panels {
            holds(&solution, &panel.counts);
            tickets += panel.weight;
        }
        prop_assert_eq!(tickets, solution.lottery.tickets);
        // What is reported is what is.
        let mut seats = 0.0;
        for (it, (chance, target)) in solution.types.types.iter().zip(solution.chance.iter().zip(&solution.target)) {
            seats += it.people.len() as f64 * chance;
            prop_assert!((chance - target).abs() <= solution.residual.chance_max + 1e-12);
        }
        prop_assert!(uniform || solution.residual.seats_max < 1e-6, "{:?}", solution.residual);
        prop_assert!((seats - f64::from(task.size)).abs() < 1e-9);
    }

    #[test]
    fn order_does_not_matter(task in tasks(), seed in any::<u64>()) {
        let (a, b) = (solve(&task, Options::default()).unwrap(), solve(&shuffled(&task, seed), Options::default()).unwrap());
        prop_assert_eq!(a, b);
    }
}
