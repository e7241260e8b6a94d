//! Hiding small cells of a breakdown, so that they cannot be computed from what is shown.
//!
//! The total is public. A cell is *small* when it is not zero and below `smallest`. Rule: when any cell is small, all
//! small cells are hidden, and with them cells that are not small, the last of the list first, until at least one of
//! those is hidden and all that is hidden adds up to `smallest` more than it must (1 for each small cell, `smallest` for
//! each other). When there are not enough cells for that, the whole breakdown is hidden, empty cells too; otherwise empty
//! cells are shown. Which cells are hidden beside the small ones does not depend on how large they are: hiding the next
//! larger would tell that it is the next larger.
//!
//! So whoever knows the rule, the total and all that is shown is left with at least two possible values for every hidden
//! small cell; `tests` tries every small table. What a breakdown says is as of one position: whoever compares two can see
//! in which shown cell a single support arrived, and never whose it was.

/// The cells as they may be shown: none is hidden.
#[must_use]
pub fn suppress(cells: &[(String, i64)], smallest: u32) -> Vec<(String, Option<i64>)> {
    let smallest = i64::from(smallest.max(5));
    let hidden = hidden(cells, smallest);
    cells.iter().zip(hidden).map(|((name, count), hidden)| (name.clone(), (!hidden).then_some(*count))).collect()
}

fn hidden(cells: &[(String, i64)], smallest: i64) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|(_, count)| *count != 0 && *count < smallest).collect();
    let (mut sum, mut least) = (0, 0);
    for ((_, count), _) in cells.iter().zip(&hidden).filter(|(_, small)| **small) {
        sum += count;
        least += 1;
    }
    if least == 0 {
        return hidden;
    }
    for at in (0..cells.len()).rev() {
        if cells[at].1 < smallest {
            continue;
        }
        hidden[at] = true;
        sum += cells[at].1;
        least += smallest;
        if sum >= least + smallest {
            return hidden;
        }
    }
    vec![true; cells.len()]
}
