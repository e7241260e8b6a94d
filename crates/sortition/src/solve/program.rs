//! A task as numbers: rows (limits of the panel), columns (types), and households' caps.

use crate::{Task, Types};

/// What the solvers see of a canonical task.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    /// Seats of each limit, least and most. The first is the size.
    pub rows: Vec<(u32, u32)>,
    /// For each type the rows it counts in, ascending.
    pub rows_of: Vec<Vec<usize>>,
    /// How many people each type has.
    pub people: Vec<u32>,
    /// How many seats a type can have at most.
    pub room: Vec<u32>,
    /// Classes of households: their types, and how many seats they can have together.
    pub classes: Vec<(Vec<usize>, u32)>,
    /// What every panel is known to meet beyond its limits: Σ worth·seats ≤ most.
    pub cuts: Vec<Cut>,
}

/// Σ worth·seats ≤ most for every panel. Found where chances that meet all limits are no mixture of panels.
#[derive(Clone, Debug)]
pub(crate) struct Cut {
    pub worth: Vec<f64>,
    pub most: f64,
}

impl Program {
    /// Limits that cannot bind are left out.
    pub(crate) fn of(task: &Task, types: &Types) -> Self {
        let mut rows = vec![(task.size, task.size)];
        let mut rows_of = vec![vec![0]; types.len()];
        for (constraint, range) in task.constraints() {
            let max = range.max.unwrap_or(task.size).min(task.size);
            if range.min == 0 && max == task.size {
                continue;
            }
            for (of, it) in rows_of.iter_mut().zip(&types.types) {
                if task.meets(&constraint, &it.values) {
                    of.push(rows.len());
                }
            }
            rows.push((range.min, max));
        }
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        Self {
            rows,
            rows_of,
            people: types.types.iter().map(|it| count(it.people.len())).collect(),
            room: (0..types.len()).map(|index| types.room(index)).collect(),
            classes: types.classes.iter().map(|it| (it.types.clone(), count(it.households.len()))).collect(),
            cuts: Vec::new(),
        }
    }

    pub(crate) fn types(&self) -> usize {
        self.people.len()
    }

    /// Rows as the linear solver wants them.
    pub(crate) fn bounds(&self) -> Vec<(f64, f64)> {
        self.rows.iter().map(|it| (f64::from(it.0), f64::from(it.1))).collect()
    }

    /// Whether a panel (seats by type) meets every limit.
    pub(crate) fn holds(&self, panel: &[u32]) -> bool {
        let mut sums = vec![0u64; self.rows.len()];
        for (seats, rows) in panel.iter().zip(&self.rows_of) {
            for row in rows {
                sums[*row] += u64::from(*seats);
            }
        }
        sums.iter().zip(&self.rows).all(|(sum, it)| *sum >= u64::from(it.0) && *sum <= u64::from(it.1))
            && panel.iter().zip(&self.room).all(|(seats, room)| seats <= room)
            && self
                .classes
                .iter()
                .all(|(types, homes)| types.iter().map(|it| u64::from(panel[*it])).sum::<u64>() <= u64::from(*homes))
    }
}
