//! Hiding small cells of a breakdown, so that they cannot be computed from what is shown.
//!
//! The total is public. A cell is *small* when it is not zero and below `smallest`. Rule: when any cell is small, all
//! small cells are hidden, and with them the next larger cells (the smaller first; of equal ones the first by name) until
//! what is hidden is at least two cells and adds up to at least twice `smallest`. When no choice of that kind is left,
//! the whole breakdown is hidden, empty cells too. Empty cells are shown otherwise, which says that hidden ones are not.
//!
//! So whoever knows the rule, the total and all that is shown is left with at least two possible values for every hidden
//! small cell; `tests` tries every small table.

/// The cells as they may be shown: none is hidden.
#[must_use]
pub fn suppress(cells: &[(String, i64)], smallest: u32) -> Vec<(String, Option<i64>)> {
    let smallest = i64::from(smallest.max(5));
    let hidden = hidden(cells, smallest);
    cells.iter().zip(hidden).map(|((name, count), hidden)| (name.clone(), (!hidden).then_some(*count))).collect()
}

fn hidden(cells: &[(String, i64)], smallest: i64) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|(_, count)| *count != 0 && *count < smallest).collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    let mut rest: Vec<usize> = (0..cells.len()).filter(|at| cells[*at].1 >= smallest).collect();
    rest.sort_by(|a, b| (cells[*a].1, &cells[*a].0).cmp(&(cells[*b].1, &cells[*b].0)));
    let mut rest = rest.into_iter();
    loop {
        let many = hidden.iter().filter(|hidden| **hidden).count();
        let sum: i64 = cells.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|((_, count), _)| count).sum();
        if many >= 2 && sum >= 2 * smallest {
            return hidden;
        }
        match rest.next() {
            Some(next) => hidden[next] = true,
            None => return vec![true; cells.len()],
        }
    }
}
