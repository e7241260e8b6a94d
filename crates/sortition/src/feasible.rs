//! Whether a panel exists at all; if not, why not in plain reasons, and the smallest change of quotas that helps.

use serde::Serialize;

use crate::branch::{self, Leaf, whole};
use crate::simplex::Simplex;
use crate::{Constraint, Task, Types};

/// A plain reason why no panel can exist. `constraint` says which limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Reason {
    /// The pool has fewer people than seats.
    PoolTooSmall { people: u32, size: u32 },
    /// At most one person a household, and fewer households than seats.
    TooFewHouseholds { households: u32, size: u32 },
    /// The minimum is above the maximum.
    MinOverMax { constraint: Constraint, min: u32, max: u32 },
    /// Fewer people of this kind are in the pool than the minimum asks for (counting one a household where that is asked).
    TooFewPeople { constraint: Constraint, people: u32, min: u32 },
    /// The minima of one feature's values add up to more than the size.
    MinimaOverSize { feature: usize, sum: u32, size: u32 },
    /// The maxima of one feature's values (or the people there are, if fewer) add up to less than the size.
    MaximaUnderSize { feature: usize, sum: u32, size: u32 },
    /// Each limit could be met, but not all together.
    Together,
}

/// Which end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Bound {
    Min,
    Max,
}

/// "Lower the minimum of region = Sejong from 12 to 9."
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub constraint: Constraint,
    pub bound: Bound,
    pub from: u32,
    pub to: u32,
}

/// No panel exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Infeasible {
    /// Never empty; indices refer to the canonical task.
    pub reasons: Vec<Reason>,
    /// The least sum of changes of minima and maxima after which a panel exists, in the order of the constraints. Absent if
    /// no change of quotas helps (too few people or households).
    pub relaxation: Option<Vec<Change>>,
    /// Whether the relaxation stays inside every `flex` that the task states.
    pub within_flex: bool,
}

/// Checks a canonical task: first for plain contradictions, then whether a panel exists.
///
/// # Errors
/// [`Infeasible`] with reasons and the smallest relaxation.
pub fn feasible(task: &Task) -> Result<(), Infeasible> {
    let types = Types::of(task);
    let mut reasons = contradictions(task, &types);
    let hopeless = reasons.iter().any(|it| matches!(it, Reason::PoolTooSmall { .. } | Reason::TooFewHouseholds { .. }));
    if hopeless {
        return Err(Infeasible { reasons, relaxation: None, within_flex: false });
    }
    let mut within_flex = true;
    let mut relaxation = relax(task, &types, true);
    if relaxation.is_none() {
        within_flex = false;
        relaxation = relax(task, &types, false);
    }
    if reasons.is_empty() {
        if relaxation.as_ref().is_some_and(Vec::is_empty) {
            return Ok(());
        }
        reasons.push(Reason::Together);
    }
    Err(Infeasible { within_flex: within_flex && relaxation.is_some(), reasons, relaxation })
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// How many people who count for a limit could sit on one panel, quotas aside.
fn available(task: &Task, types: &Types, constraint: &Constraint) -> u32 {
    let classes = types.classes.iter().map(|class| {
        let any = class.types.iter().any(|it| task.meets(constraint, &types.types[*it].values));
        if any { class.households.len() } else { 0 }
    });
    count(classes.sum())
}

/// Contradictions that can be seen without a search. `Together` is not among them.
pub(crate) fn contradictions(task: &Task, types: &Types) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let size = task.size;
    let people = count(task.pool.people.len());
    let households = count(types.classes.iter().map(|it| it.households.len()).sum());
    if people < size {
        reasons.push(Reason::PoolTooSmall { people, size });
    } else if households < size {
        reasons.push(Reason::TooFewHouseholds { households, size });
    }
    for (constraint, range) in task.constraints() {
        if let Some(max) = range.max
            && range.min > max
        {
            reasons.push(Reason::MinOverMax { constraint: constraint.clone(), min: range.min, max });
        }
        let people = available(task, types, &constraint);
        if people < range.min {
            reasons.push(Reason::TooFewPeople { constraint, people, min: range.min });
        }
    }
    for (feature, it) in task.features.iter().enumerate() {
        let minima: u32 = it.values.iter().map(|value| value.range.min).fold(0, u32::saturating_add);
        if minima > size {
            reasons.push(Reason::MinimaOverSize { feature, sum: minima, size });
        }
        let maxima = it.values.iter().enumerate().map(|(value, it)| {
            let people = available(task, types, &Constraint::Value { feature, value });
            it.range.max.map_or(people, |max| max.min(people))
        });
        let maxima = maxima.fold(0, u32::saturating_add);
        if maxima < size {
            reasons.push(Reason::MaximaUnderSize { feature, sum: maxima, size });
        }
    }
    reasons
}

/// Programs solved in the search for a relaxation.
const NODES: usize = 20_000;
/// Costs differ by this much from limit to limit, so that the proposal is one and the same everywhere; of equal totals the
/// earlier limits are changed. A thousand such steps are less than a seat.
const TIE: f64 = 1e-5;

/// The least sum of changes after which a panel exists; empty if one exists as it is. None if no change helps (or stays
/// within what `flex` allows).
///
/// An integer program: seats x by type, and for each limit how far its minimum is lowered and its maximum raised.
fn relax(task: &Task, types: &Types, within_flex: bool) -> Option<Vec<Change>> {
    let n = types.len();
    let size = f64::from(task.size);
    let limits = task.constraints();
    let mut columns: Vec<Vec<(usize, f64)>> = vec![vec![(0, 1.0)]; n];
    let mut bounds: Vec<(f64, f64)> = (0..n).map(|it| (0.0, f64::from(types.room(it)))).collect();
    let mut rows = vec![(size, size)];
    let mut changes: Vec<(usize, Bound)> = Vec::new();
    for (at, (constraint, range)) in limits.iter().enumerate() {
        let flex = match constraint {
            Constraint::Value { feature, value } => task.features[*feature].values[*value].flex,
            Constraint::Quota { .. } => None,
        };
        let flex = flex.filter(|_| within_flex);
        let max = range.max.filter(|max| *max < task.size);
        let ends = [(Bound::Min, (range.min > 0).then_some(range.min)), (Bound::Max, max)];
        for (bound, seats) in ends {
            let Some(seats) = seats else { continue };
            for (column, it) in columns.iter_mut().zip(&types.types) {
                if task.meets(constraint, &it.values) {
                    column.push((rows.len(), 1.0));
                }
            }
            let seats_f = f64::from(seats);
            let (sign, most) = match bound {
                Bound::Min => {
                    rows.push((seats_f, size + seats_f));
                    (1.0, flex.map_or(seats, |flex| seats.saturating_sub(flex.min)))
                }
                Bound::Max => {
                    rows.push((-size, seats_f));
                    let most = flex.and_then(|flex| flex.max).unwrap_or(task.size).min(task.size);
                    (-1.0, most.saturating_sub(seats))
                }
            };
            columns.push(vec![(rows.len() - 1, sign)]);
            bounds.push((0.0, f64::from(most)));
            changes.push((at, bound));
        }
    }
    let mut lp = Simplex::new(&columns, &bounds, &rows);
    for it in 0..changes.len() {
        lp.set_cost(n + it, 1.0 + TIE * it as f64);
    }
    let mut capped = vec![false; types.classes.len()];
    let mut best: Option<Vec<u32>> = None;
    branch::depth_first(&mut lp, NODES, None, &mut |lp| {
        let mut added = false;
        for (class, capped) in types.classes.iter().zip(&mut capped) {
            let sum: u32 = class.types.iter().map(|it| whole(lp.get(*it))).sum();
            if !*capped && sum > count(class.households.len()) {
                *capped = true;
                added = true;
                let entries: Vec<(usize, f64)> = class.types.iter().map(|it| (*it, 1.0)).collect();
                lp.add_row(&entries, 0.0, class.households.len() as f64);
            }
        }
        if added {
            return Leaf::Again;
        }
        let amounts: Vec<u32> = (0..changes.len()).map(|it| whole(lp.get(n + it))).collect();
        let nothing = amounts.iter().all(|it| *it == 0);
        best = Some(amounts);
        if nothing { Leaf::Found } else { Leaf::Below(lp.objective() - TIE * 0.5) }
    });
    let list = best?.into_iter().zip(changes).filter(|it| it.0 > 0).map(|(amount, (at, bound))| {
        let (constraint, range) = limits[at].clone();
        let (from, to) = match bound {
            Bound::Min => (range.min, range.min.saturating_sub(amount)),
            Bound::Max => {
                let from = range.max.unwrap_or(task.size);
                (from, from.saturating_add(amount))
            }
        };
        Change { constraint, bound, from, to }
    });
    Some(list.collect())
}
