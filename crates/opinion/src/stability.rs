//! How firm the groups are: the map is made again from random halves of the people, and each group is looked for in it.

use serde::Serialize;

use crate::cluster::{Point, adjusted_rand};
use crate::map::{Map, choose, number_of_groups, places};
use crate::matrix::{Columns, Votes};
use crate::random::Random;
use crate::settings::Settings;
use crate::trust::Trials;
use crate::votes::{Cell, Conversation};

/// How firm the groups are. From halves of the people drawn at random (the seed is given), each mapped afresh.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Stability {
    /// Halves that were drawn.
    pub rounds: usize,
    /// Halves with the same number of groups as the map, when each half chooses its own.
    pub same_number: usize,
    /// Mean adjusted Rand index between the groups of the map and those of a half (with as many groups), over the
    /// people of the half: 1 is the same groups, 0 what chance gives.
    pub agreement: f64,
    /// Each group, in the order of the map.
    pub groups: Vec<GroupStability>,
}

/// How firm a group is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupStability {
    /// Mean over the halves of the Jaccard index with the most similar group there (people in both ÷ people in either),
    /// 0 to 1. Hennig, "Cluster-wise assessment of cluster stability" (2007).
    pub found_again: f64,
    /// Halves where it was not found at all (Jaccard at most 0.5).
    pub lost: usize,
    pub firmness: Firmness,
}

/// What the figure means, by the bounds of Hennig (2008): from 0.85 firm, from 0.75 fair, from 0.6 a pattern whose members
/// are doubtful, below that none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Firmness {
    Firm,
    Fair,
    Doubtful,
    None,
}

/// A group is lost in a half when no group there shares more than this with it.
const LOST: f64 = 0.5;

impl Firmness {
    fn of(found_again: f64) -> Self {
        match found_again {
            found if found >= 0.85 => Self::Firm,
            found if found >= 0.75 => Self::Fair,
            found if found >= 0.6 => Self::Doubtful,
            _ => Self::None,
        }
    }
}

/// What one half gave.
struct Half {
    same_number: bool,
    agreement: f64,
    /// For each group of the map, the Jaccard index with the most similar group of the half.
    found: Vec<f64>,
}

/// How firm the groups of `map` are. `None` without groups, or without rounds.
pub(crate) fn stability(
    conversation: &Conversation,
    map: &Map,
    settings: &Settings,
    trials: Trials,
) -> Option<Stability> {
    // The people of the groups: their votes and their group, at most so many drawn by the seed.
    let mut people: Vec<(&[Cell], usize)> = conversation
        .rows()
        .iter()
        .zip(&map.people)
        .filter_map(|(row, person)| Some((row.as_slice(), person.group?)))
        .collect();
    if map.groups.is_empty() || trials.rounds == 0 || people.len() < 4 {
        return None;
    }
    sample(&mut people, trials.people_at_most, &mut Random::new(trials.seed));
    let columns = Columns::of(conversation);
    // Each half has its own seed and runs on one thread: how they are dealt out does not show.
    let alone = Settings { threads: 1, ..settings.clone() };
    let mut halves: Vec<Option<Half>> = (0..trials.rounds).map(|_| None).collect();
    let each = trials.rounds.div_ceil(settings.threads.max(1));
    std::thread::scope(|scope| {
        for (hand, halves) in halves.chunks_mut(each).enumerate() {
            let (people, columns, alone) = (&people, &columns, &alone);
            scope.spawn(move || {
                for (at, half) in halves.iter_mut().enumerate() {
                    let seed = trials.seed ^ ((hand * each + at + 1) as u64).wrapping_mul(0x9e37_79b9);
                    *half = half_of(people, columns, map, alone, &mut Random::new(seed));
                }
            });
        }
    });
    let halves: Vec<Half> = halves.into_iter().flatten().collect();
    let rounds = halves.len();
    if rounds == 0 {
        return None;
    }
    let mean = |value: &dyn Fn(&Half) -> f64| halves.iter().fold(0.0, |sum, half| sum + value(half)) / rounds as f64;
    let groups = (0..map.groups.len())
        .map(|group| {
            let found_again = mean(&|half| half.found[group]);
            let lost = halves.iter().filter(|half| half.found[group] <= LOST).count();
            GroupStability { found_again, lost, firmness: Firmness::of(found_again) }
        })
        .collect();
    Some(Stability {
        rounds,
        same_number: halves.iter().filter(|half| half.same_number).count(),
        agreement: mean(&|half| half.agreement),
        groups,
    })
}

/// Keeps at most so many, drawn evenly, in their old order.
pub(crate) fn sample<T: Clone>(things: &mut Vec<T>, at_most: usize, random: &mut Random) {
    if things.len() > at_most {
        let mut order: Vec<usize> = (0..things.len()).collect();
        random.shuffle_front(&mut order, at_most);
        order.truncate(at_most);
        order.sort_unstable();
        *things = order.into_iter().map(|at| things[at].clone()).collect();
    }
}

/// Maps a random half of the people. `None` if it has no grouping with as many groups.
fn half_of(
    people: &[(&[Cell], usize)],
    columns: &Columns,
    map: &Map,
    settings: &Settings,
    random: &mut Random,
) -> Option<Half> {
    let mut half = people.to_vec();
    sample(&mut half, people.len() / 2, random);
    let votes = Votes::new(half.iter().map(|(row, _)| *row).collect(), columns);
    let points: Vec<Point> = places(votes, &[], settings, None, None).people;
    let tried = number_of_groups(&points, settings);
    let groups = map.groups.len();
    let same_number = choose(&tried.groupings).is_some_and(|best| best.groups == groups);
    let Some(grouping) = tried.groupings.iter().find(|grouping| grouping.groups == groups) else {
        // So few different places that there cannot be as many groups: nothing was found again.
        return Some(Half { same_number: false, agreement: 0.0, found: vec![0.0; groups] });
    };
    let before: Vec<usize> = half.iter().map(|(_, group)| *group).collect();
    let after: Vec<usize> = tried.labels.iter().map(|&label| grouping.labels[label]).collect();
    let mut both = vec![vec![0_u32; groups]; groups];
    for (&before, &after) in before.iter().zip(&after) {
        both[before][after] += 1;
    }
    let found = (0..groups)
        .map(|group| {
            let own: u32 = both[group].iter().sum();
            let mut best = 0.0_f64;
            for (other, &shared) in both[group].iter().enumerate() {
                let size: u32 = both.iter().map(|row| row[other]).sum();
                let either = own + size - shared;
                if either > 0 {
                    best = best.max(f64::from(shared) / f64::from(either));
                }
            }
            best
        })
        .collect();
    Some(Half { same_number, agreement: adjusted_rand(&before, &after), found })
}
