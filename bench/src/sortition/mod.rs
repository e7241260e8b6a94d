//! Draws of committees: chances and lotteries beside sortition-algorithms, on pools of a published recipe
//! (`madang_sortition::generate`).
//!
//! Ours is everything from the pool to the published lottery: types, leximin, panels, weights, residual. The peer's is its
//! maximin (and leximin, as far as the licence of its solver goes), without reading. Chances are compared person by person
//! where both are unique, by the least chance where not. A speed counts only with quotas that hold on every panel.

use std::collections::BTreeMap;
use std::time::Instant;

use madang_sortition::{Form, Options, Rule, Solution, Task, generate, solve};
use serde_json::{Value, json};

use crate::peer::Peer;
use crate::report::Row;
use crate::{Asked, Failure};

/// Small draws are repeated; the median counts.
const ROUNDS: usize = 5;
const FASTER: f64 = 100.0;
const NATIONAL_SECONDS: f64 = 60.0;
/// Relative, of the least chance.
const SAME_LEAST: f64 = 0.001;
/// Of a chance, absolute: the peer's own tolerance is about a millionth.
const SAME_CHANCE: f64 = 1e-4;
const LARGE_WITHIN: f64 = 0.01;
const SMALL_WITHIN: f64 = 0.01;

pub fn run(asked: &Asked) -> Result<Vec<Row>, Failure> {
    let wanted = |name: &str| asked.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let mut rows = Vec::new();
    if wanted("peer") {
        let mut peer = Peer::start("sortition")?;
        for (name, task) in [
            ("22 of 150, three features", generate::three(150, 22, 1)),
            ("30 of 300, three features", generate::three(300, 30, 1)),
        ] {
            rows.extend(maximin(&mut peer, name, &task)?);
        }
        rows.extend(leximin(&mut peer, "22 of 150, three features", &generate::three(150, 22, 1))?);
    }
    if wanted("six") {
        rows.extend(alone("200 of 2,000, six features", &generate::six(2000, 200, 1), None)?);
    }
    if wanted("households") {
        let mut task = generate::three(2000, 200, 1);
        generate::households(&mut task, 7);
        task.one_per_household = true;
        rows.extend(alone("200 of 2,000, three features, one a household", &task, None)?);
    }
    if wanted("national") {
        let task = generate::national(100_000, 2000, 1);
        rows.extend(alone("2,000 of 100,000, three features and the vulnerable", &task, Some(NATIONAL_SECONDS))?);
    }
    Ok(rows)
}

fn drawn(task: &Task, form: Form) -> Result<(Solution, f64), Failure> {
    let began = Instant::now();
    let solution = solve(task, Options { rule: Rule::Leximin, form }).map_err(|why| format!("no lottery: {why:?}"))?;
    Ok((solution, began.elapsed().as_secs_f64()))
}

fn median_seconds(task: &Task) -> Result<f64, Failure> {
    let times: Result<Vec<f64>, Failure> = (0..ROUNDS).map(|_| Ok(drawn(task, Form::Weighted)?.1)).collect();
    Ok(crate::report::median(times?))
}

/// Panels of the lottery that break a quota, or the size.
fn broken(solution: &Solution) -> u64 {
    let task = &solution.task;
    let breaks = |counts: &[(usize, u32)]| {
        let size: u32 = counts.iter().map(|it| it.1).sum();
        size != task.size
            || task.constraints().iter().any(|(constraint, range)| {
                let meets = |it: &&(usize, u32)| task.meets(constraint, &solution.types.types[it.0].values);
                !range.contains(counts.iter().filter(meets).map(|it| it.1).sum())
            })
    };
    solution.lottery.panels.iter().filter(|it| breaks(&it.counts)).count() as u64
}

fn least(chances: impl Iterator<Item = f64>) -> f64 {
    chances.fold(1.0, f64::min)
}

/// The peer's answer: the chance of each person, and its seconds.
fn asked_of(peer: &mut Peer, task: &Task, rule: &str) -> Result<(BTreeMap<String, f64>, f64), Failure> {
    let features: Vec<Value> =
        task.features
            .iter()
            .flat_map(|feature| {
                feature.values.iter().map(|value| {
                    json!([feature.name, value.name, value.range.min, value.range.max.unwrap_or(task.size)])
                })
            })
            .collect();
    let values = |person: &madang_sortition::Person| {
        let pairs = task.features.iter().zip(&person.values);
        pairs.map(|(feature, it)| (feature.name.clone(), feature.values[*it].name.clone())).collect::<BTreeMap<_, _>>()
    };
    let people: BTreeMap<&str, _> = task.pool.people.iter().map(|it| (it.id.as_str(), values(it))).collect();
    let answer = peer.ask(&json!({ "features": features, "people": people, "size": task.size, "rule": rule }))?;
    let seconds = answer["seconds"].as_f64().ok_or("the peer gave no time")?;
    let chances = answer["chances"].as_object().ok_or("the peer gave no chances")?;
    Ok((chances.iter().map(|(id, it)| (id.clone(), it.as_f64().unwrap_or(0.0))).collect(), seconds))
}

fn maximin(peer: &mut Peer, name: &str, task: &Task) -> Result<Vec<Row>, Failure> {
    let (theirs, their_seconds) = asked_of(peer, task, "maximin")?;
    let seconds = median_seconds(task)?;
    let (solution, _) = drawn(task, Form::Weighted)?;
    let (ours, theirs) = (least(solution.chance.iter().copied()), least(theirs.into_values()));
    Ok(vec![
        Row::none(&format!("{name}: panels that break a quota"), broken(&solution), "panels"),
        Row::below(
            &format!("{name}: least chance, relative difference to the peer's maximin"),
            (theirs - ours).max(0.0) / theirs,
            "",
            None,
            SAME_LEAST,
        ),
        Row::faster(
            &format!("{name}: leximin and its lottery, beside maximin"),
            seconds * 1e3,
            "ms",
            their_seconds * 1e3,
            FASTER,
        ),
    ])
}

fn leximin(peer: &mut Peer, name: &str, task: &Task) -> Result<Vec<Row>, Failure> {
    let (theirs, their_seconds) = asked_of(peer, task, "leximin")?;
    let seconds = median_seconds(task)?;
    let (solution, _) = drawn(task, Form::Weighted)?;
    let people = solution.task.pool.people.iter().zip(&solution.types.of_person);
    let difference = people
        .map(|(person, index)| (theirs.get(&person.id).copied().unwrap_or(0.0) - solution.chance[*index]).abs())
        .fold(0.0, f64::max);
    Ok(vec![
        Row::below(
            &format!("{name}: largest difference of a chance to the peer's leximin"),
            difference * 1e6,
            "millionths",
            None,
            SAME_CHANCE * 1e6,
        ),
        Row::faster(
            &format!("{name}: leximin and its lottery, beside leximin"),
            seconds * 1e3,
            "ms",
            their_seconds * 1e3,
            FASTER,
        ),
    ])
}

/// Where no other program comes to an end: the bars are those of the result.
fn alone(name: &str, task: &Task, bar: Option<f64>) -> Result<Vec<Row>, Failure> {
    let (solution, seconds) = drawn(task, Form::Weighted)?;
    let residual = solution.residual;
    let (thousand, thousand_seconds) = drawn(task, Form::Uniform { panels: 1000 })?;
    let lacks = least(solution.target.iter().copied()) / least(solution.chance.iter().copied()) - 1.0;
    let billionth = 1e9;
    Ok(vec![
        Row::none(&format!("{name}: panels that break a quota"), broken(&solution) + broken(&thousand), "panels"),
        Row::below(&format!("{name}: chances, panels, weights"), seconds, "s", None, bar.unwrap_or(600.0)),
        Row::below(
            &format!("{name}: least chance below the best there is, relative"),
            lacks.max(0.0),
            "",
            None,
            SAME_LEAST,
        ),
        Row::below(
            &format!("{name}: types of a seat and more, relative"),
            residual.relative_large,
            "",
            None,
            LARGE_WITHIN,
        ),
        Row::below(
            &format!("{name}: largest difference of a type"),
            residual.seats_max * billionth,
            "billionths of a seat",
            None,
            SMALL_WITHIN * billionth,
        ),
        Row::below(&format!("{name}: a thousand equal panels"), thousand_seconds, "s", None, bar.unwrap_or(600.0)),
        Row::below(
            &format!("{name}: a thousand equal panels, largest difference of a type"),
            thousand.residual.seats_max * 1e3,
            "thousandths of a seat",
            None,
            SMALL_WITHIN * 1e3,
        ),
    ])
}
