//! Figures of a draw: seats by value, chances by group, and why a chance is what it is.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Constraint, Range, Solution, Task};

/// A limit with what is behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seats {
    /// The feature, or the name of a further quota.
    pub feature: String,
    /// The value; empty for a further quota.
    pub value: String,
    /// People of the pool who count for it.
    pub people: u32,
    pub range: Range,
    /// Seats that the lottery gives on average.
    pub expected: f64,
    /// Seats on the committee that was drawn.
    pub drawn: Option<u32>,
}

impl Seats {
    /// Seats it would have if the committee were like the pool.
    #[must_use]
    pub fn like_pool(&self, solution: &Solution) -> f64 {
        let people = u32::try_from(solution.task.pool.people.len()).unwrap_or(u32::MAX).max(1);
        f64::from(self.people) * f64::from(solution.task.size) / f64::from(people)
    }

    /// Whether the range asks for nothing.
    #[must_use]
    pub fn is_open(&self, solution: &Solution) -> bool {
        self.range.min == 0 && self.range.max.is_none_or(|max| max >= solution.task.size)
    }

    /// `gender: female`, or the quota's name.
    #[must_use]
    pub fn name(&self) -> String {
        if self.value.is_empty() { self.feature.clone() } else { format!("{}: {}", self.feature, self.value) }
    }
}

/// Every limit in the order of the task; `committee` are indices into the pool.
#[must_use]
pub fn seats(solution: &Solution, committee: Option<&[usize]>) -> Vec<Seats> {
    let Solution { task, types, chance, .. } = solution;
    let row = |(limit, range): (Constraint, Range)| {
        let (mut people, mut expected) = (0, 0.0);
        for (it, chance) in types.types.iter().zip(chance) {
            if task.meets(&limit, &it.values) {
                let count = u32::try_from(it.people.len()).unwrap_or(u32::MAX);
                people += count;
                expected += f64::from(count) * chance;
            }
        }
        let drawn = committee.map(|committee| {
            let met = committee.iter().filter(|at| task.meets(&limit, &task.pool.people[**at].values)).count();
            u32::try_from(met).unwrap_or(u32::MAX)
        });
        let (feature, value) = names(task, &limit);
        Seats { feature, value, people, range, expected, drawn }
    };
    task.constraints().into_iter().map(row).collect()
}

/// What a limit is about, in the words of the files: feature and value, or a quota's name and nothing.
pub(super) fn names(task: &Task, limit: &Constraint) -> (String, String) {
    match limit {
        Constraint::Value { feature, value } => {
            let feature = &task.features[*feature];
            (feature.name.clone(), feature.values[*value].name.clone())
        }
        Constraint::Quota { quota } => (task.quotas[*quota].name.clone(), String::new()),
    }
}

/// People with the same values and the same chance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// A value for each feature.
    pub values: Vec<String>,
    pub people: usize,
    pub chance: f64,
    pub why: Option<Why>,
}

/// The limit that has most to do with a chance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Why {
    /// At most so many seats for so many people.
    Most { limit: String, people: u32, seats: u32 },
    /// At least so many seats for so few people.
    Least { limit: String, people: u32, seats: u32 },
    /// Several limits at once, or other people of the home.
    Together,
}

/// The groups, those with the smallest chance first.
#[must_use]
pub fn groups(solution: &Solution) -> Vec<Group> {
    let Solution { task, types, chance, .. } = solution;
    let seats = seats(solution, None);
    let all = u32::try_from(task.pool.people.len()).unwrap_or(u32::MAX).max(1);
    let equal = f64::from(task.size) / f64::from(all);
    let limits = task.constraints();
    let mut groups: Vec<Group> = types
        .types
        .iter()
        .zip(chance)
        .map(|(it, chance)| {
            let met: Vec<&Seats> = limits
                .iter()
                .zip(&seats)
                .filter(|((limit, _), _)| task.meets(limit, &it.values))
                .map(|(_, seats)| seats)
                .collect();
            Group {
                values: it.values.iter().zip(&task.features).map(|(v, f)| f.values[*v].name.clone()).collect(),
                people: it.people.len(),
                chance: *chance,
                why: why(*chance, equal, &met),
            }
        })
        .collect();
    groups.sort_by(|a, b| a.chance.total_cmp(&b.chance).then_with(|| a.values.cmp(&b.values)));
    groups
}

/// How many people have values that nobody else in the pool has, all together: who knows them knows them by those.
#[must_use]
pub fn alone(solution: &Solution) -> usize {
    let mut people: BTreeMap<&[usize], usize> = BTreeMap::new();
    for person in &solution.task.pool.people {
        *people.entry(&person.values).or_default() += 1;
    }
    people.values().filter(|count| **count == 1).count()
}

/// Below the equal chance the limit with the fewest seats a person at most; above it the one with the most at least.
fn why(chance: f64, equal: f64, met: &[&Seats]) -> Option<Why> {
    let mut found: Option<(f64, Why)> = None;
    if chance < equal * 0.99 {
        for it in met {
            let Some(most) = it.range.max.filter(|most| *most < it.people) else { continue };
            let share = f64::from(most) / f64::from(it.people.max(1));
            if share < equal && found.as_ref().is_none_or(|(least, _)| share < *least) {
                found = Some((share, Why::Most { limit: it.name(), people: it.people, seats: most }));
            }
        }
    } else if chance > equal * 1.01 {
        for it in met {
            let share = f64::from(it.range.min) / f64::from(it.people.max(1));
            if share > equal && found.as_ref().is_none_or(|(most, _)| share > *most) {
                found = Some((share, Why::Least { limit: it.name(), people: it.people, seats: it.range.min }));
            }
        }
    } else {
        return None;
    }
    Some(found.map_or(Why::Together, |(_, why)| why))
}
