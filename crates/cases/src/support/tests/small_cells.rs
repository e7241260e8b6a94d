//! No small cell can be found out by whoever knows the rule, the total and all that is shown: every small table is tried.

use std::collections::{BTreeMap, BTreeSet};

use super::super::suppress::suppress;

const SMALLEST: u32 = 5;

fn tables(cells: usize, most: i64) -> Vec<Vec<i64>> {
    (0..cells).fold(vec![Vec::new()], |tables, _| {
        tables.iter().flat_map(|table| (0..=most).map(move |count| [table.as_slice(), &[count]].concat())).collect()
    })
}

/// What is public: the total and the cells as shown.
type Shown = (i64, Vec<Option<i64>>);

fn shown(table: &[i64]) -> Shown {
    let cells: Vec<(String, i64)> = table.iter().enumerate().map(|(at, count)| (format!("c{at}"), *count)).collect();
    (table.iter().sum(), suppress(&cells, SMALLEST).into_iter().map(|(_, count)| count).collect())
}

fn small(count: i64) -> bool {
    count > 0 && count < i64::from(SMALLEST)
}

#[test]
fn no_small_cell_leaks() {
    let mut tried = 0;
    for (cells, most) in [(2, 40), (3, 24), (4, 13), (5, 7)] {
        let mut worlds = BTreeMap::<Shown, Vec<Vec<i64>>>::new();
        for table in tables(cells, most) {
            worlds.entry(shown(&table)).or_default().push(table);
        }
        for ((total, cells), tables) in &worlds {
            for at in (0..cells.len()).filter(|at| cells[*at].is_none()) {
                let possible: BTreeSet<i64> = tables.iter().map(|table| table[at]).collect();
                // Tables at the rim of what is tried have neighbours that are not.
                let rim = tables.iter().any(|table| table.contains(&most));
                let leaks = possible.len() == 1 && possible.iter().all(|count| small(*count));
                tried += usize::from(!rim);
                assert!(rim || !leaks, "total {total}, {cells:?}: cell {at} must be {possible:?} in {tables:?}");
            }
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn what_is_shown_is_true_and_small_numbers_are_not_shown() {
    for table in tables(4, 7) {
        for (count, shown) in table.iter().zip(shown(&table).1) {
            assert!(shown.is_none_or(|shown| shown == *count && !small(shown)), "{table:?}");
        }
    }
}

#[test]
fn nothing_is_hidden_without_need() {
    assert_eq!(shown(&[0, 5, 100]).1, [Some(0), Some(5), Some(100)]);
    assert_eq!(shown(&[3, 40, 500]).1, [None, Some(40), None]);
    assert_eq!(shown(&[3, 4, 500, 600]).1, [None, None, Some(500), None]);
    assert_eq!(shown(&[3, 500, 6, 0]).1, [None, None, None, Some(0)]);
    assert_eq!(shown(&[0, 0, 3]).1, [None, None, None]);
}
