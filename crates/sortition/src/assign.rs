//! From a panel by types to people, and what happens when somebody declines. All randomness comes in as `pick`.

use serde::Serialize;

use crate::{Constraint, Panel, Range, Solution};

/// Draws the people of a panel. `pick(n)` must give a uniform number below `n`; it is called in a fixed order, so the same
/// numbers give the same people.
///
/// For each class of households in order: as many of its households as the panel has seats there are drawn without
/// replacement (partial Fisher–Yates: for i = 0, 1, … the i-th and the (i + `pick(n − i)`)-th are swapped); the first of
/// them go to the class' first type, the next to its second, and so on; where several people of that type live in the
/// household, `pick` chooses one (ascending by id). A choice of one is no choice: `pick(1)` is never called.
///
/// Gives indices into the pool, ascending.
#[must_use]
pub fn assign(solution: &Solution, panel: &Panel, pick: &mut dyn FnMut(u64) -> u64) -> Vec<usize> {
    let types = &solution.types;
    let mut wanted = vec![0usize; types.len()];
    for &(index, seats) in &panel.counts {
        if let Some(slot) = wanted.get_mut(index) {
            *slot = seats as usize;
        }
    }
    let mut people = Vec::new();
    for class in &types.classes {
        let mut homes: Vec<usize> = (0..class.households.len()).collect();
        let mut next = 0;
        for &index in &class.types {
            for _ in 0..wanted[index] {
                if next == homes.len() {
                    break;
                }
                let other = next + choose(homes.len() - next, pick);
                homes.swap(next, other);
                let home = &class.households[homes[next]];
                let fitting: Vec<usize> =
                    home.iter().copied().filter(|person| types.of_person[*person] == index).collect();
                people.push(fitting[choose(fitting.len(), pick)]);
                next += 1;
            }
        }
    }
    people.sort_unstable();
    people
}

/// A number below `many`; nothing is asked for when there is no choice.
fn choose(many: usize, pick: &mut dyn FnMut(u64) -> u64) -> usize {
    if many <= 1 {
        return 0;
    }
    usize::try_from(pick(many as u64)).unwrap_or(0).min(many - 1)
}

/// Who comes in for somebody who declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// Index into the pool.
    pub person: usize,
    /// Of the same type as the person who left. Otherwise the nearest type that keeps every quota.
    pub same_type: bool,
    /// In how many features the new person differs.
    pub differences: usize,
}

/// Draws a replacement for `leaving`, a member of `panel` (people). `unavailable` are people who may not be asked (again).
/// First among people with the same values; else among those with the fewest different features such that no quota is broken
/// that held (nor broken further), each person with the weight of its chance in whole billionths. Types in their order, people
/// by id; `pick` is asked once for a number below the sum of weights, and not at all if one person is left. With one person a
/// household, nobody comes in who lives with somebody on the panel other than the one who leaves. None if nobody fits.
#[must_use]
pub fn replacement(
    solution: &Solution,
    panel: &[usize],
    leaving: usize,
    unavailable: &[usize],
    pick: &mut dyn FnMut(u64) -> u64,
) -> Option<Replacement> {
    let mut search = Search::new(solution, panel);
    for &person in unavailable {
        search.taken[person] = true;
    }
    search.find(leaving, pick)
}

/// A reserve list: for each member of the panel (in order) up to `each` people who would come in, in this order. Nobody
/// stands on two lists.
#[must_use]
pub fn reserves(
    solution: &Solution,
    panel: &[usize],
    each: u32,
    pick: &mut dyn FnMut(u64) -> u64,
) -> Vec<(usize, Vec<Replacement>)> {
    let mut search = Search::new(solution, panel);
    panel
        .iter()
        .map(|&member| {
            let mut list = Vec::new();
            while list.len() < each as usize {
                let Some(found) = search.find(member, pick) else { break };
                search.taken[found.person] = true;
                list.push(found);
            }
            (member, list)
        })
        .collect()
}

/// What replacements are looked for in.
struct Search<'a> {
    solution: &'a Solution,
    constraints: Vec<(Constraint, Range)>,
    /// Seats of each constraint on the panel.
    seats: Vec<u32>,
    /// People of the panel, and those who may not be asked.
    taken: Vec<bool>,
    /// For each person the number of its household; and how many of the panel live there.
    home: Vec<usize>,
    at_home: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(solution: &'a Solution, panel: &[usize]) -> Self {
        let task = &solution.task;
        let constraints = task.constraints();
        let mut seats = vec![0; constraints.len()];
        let mut taken = vec![false; task.pool.people.len()];
        let mut home = vec![0; taken.len()];
        let homes = solution.types.classes.iter().flat_map(|class| &class.households);
        let mut at_home = Vec::new();
        for (number, household) in homes.enumerate() {
            at_home.push(0);
            for &person in household {
                home[person] = number;
            }
        }
        for &person in panel {
            taken[person] = true;
            at_home[home[person]] += 1;
            for (seats, (constraint, _)) in seats.iter_mut().zip(&constraints) {
                *seats += u32::from(task.meets(constraint, &task.pool.people[person].values));
            }
        }
        Self { solution, constraints, seats, taken, home, at_home }
    }

    fn find(&self, leaving: usize, pick: &mut dyn FnMut(u64) -> u64) -> Option<Replacement> {
        let task = &self.solution.task;
        let types = &self.solution.types.types;
        let old = &task.pool.people[leaving].values;
        let distance = |values: &[usize]| values.iter().zip(old).filter(|it| it.0 != it.1).count();
        for differences in 0..=task.features.len() {
            let mut candidates: Vec<(usize, u64)> = Vec::new();
            let mut total = 0u64;
            for (index, it) in types.iter().enumerate() {
                if distance(&it.values) != differences || !self.fits(old, &it.values) {
                    continue;
                }
                let weight = weight(self.solution.chance[index]);
                for &person in &it.people {
                    let full = task.one_per_household
                        && self.at_home[self.home[person]] > u32::from(self.home[person] == self.home[leaving]);
                    if !self.taken[person] && !full {
                        total += weight;
                        candidates.push((person, weight));
                    }
                }
            }
            if candidates.is_empty() {
                continue;
            }
            let mut at = if candidates.len() == 1 { 0 } else { pick(total) };
            for &(person, weight) in &candidates {
                if at < weight {
                    return Some(Replacement { person, same_type: differences == 0, differences });
                }
                at -= weight;
            }
        }
        None
    }

    /// Whether `new` instead of `old` leaves no limit more broken than it is.
    fn fits(&self, old: &[usize], new: &[usize]) -> bool {
        let task = &self.solution.task;
        self.constraints.iter().zip(&self.seats).all(|((constraint, range), seats)| {
            let (leaves, comes) = (task.meets(constraint, old), task.meets(constraint, new));
            let after = (seats + u32::from(comes)).saturating_sub(u32::from(leaves));
            leaves == comes || off(*range, after) <= off(*range, *seats)
        })
    }
}

/// How many seats a count is outside its range.
fn off(range: Range, seats: u32) -> u32 {
    range.min.saturating_sub(seats) + range.max.map_or(0, |max| seats.saturating_sub(max))
}

/// A chance in whole billionths; somebody without a chance in the lottery may still come in.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chance is between 0 and 1")]
fn weight(chance: f64) -> u64 {
    ((chance * 1e9).round() as u64).max(1)
}
