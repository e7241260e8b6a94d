//! Chances by linear programs over types: the least chance as large as possible, then the next least, and so on.
//!
//! At a level some types are settled (their chance is known) and the others get at least v each: seats n·v + s with s ≥ 0 for
//! a type of n people. Maximise v. A type whose s has a positive reduced cost has exactly v in every optimum, so it is
//! settled; there is always one, and the level costs one program. Caps by households (and chances above one) are added as
//! rows when a solution breaks them.

use super::Rule;
use super::program::Program;
use crate::simplex::{End, Simplex};

/// Reduced costs above this settle a type. Scaled so that their mean over the unsettled people is one.
const SETTLES: f64 = 1e-7;
/// How much a cap may be overstepped, in seats.
const CAP: f64 = 1e-9;
const PIVOTS: usize = 200_000;

/// Expected seats of each type, or None if even fractions of people cannot meet the limits.
pub(crate) fn seats(program: &Program, rule: Rule) -> Option<Vec<f64>> {
    let n = program.types();
    let people: Vec<f64> = program.people.iter().map(|it| f64::from(*it)).collect();
    let mut columns: Vec<Vec<(usize, f64)>> =
        program.rows_of.iter().map(|rows| rows.iter().map(|row| (*row, 1.0)).collect()).collect();
    let mut rows = program.bounds();
    for cut in &program.cuts {
        let least: f64 = cut.worth.iter().zip(&people).map(|(worth, n)| worth.min(0.0) * n).sum();
        for (column, worth) in columns.iter_mut().zip(&cut.worth) {
            if *worth != 0.0 {
                column.push((rows.len(), *worth));
            }
        }
        rows.push((least, cut.most));
    }
    columns.push(Vec::new());
    let mut bounds: Vec<(f64, f64)> = program.room.iter().map(|it| (0.0, f64::from(*it))).collect();
    bounds.push((0.0, 0.0));
    let mut lp = Simplex::new(&columns, &bounds, &rows);
    lp.set_cost(n, -1.0);
    // Rows beyond the base rows are caps of these classes.
    let mut capped: Vec<usize> = Vec::new();
    let mut is_capped = vec![false; program.classes.len()];
    let mut settled: Vec<Option<f64>> = vec![None; n];
    loop {
        let open: f64 = (0..n).filter(|it| settled[*it].is_none()).map(|it| people[it]).sum();
        if open == 0.0 {
            return Some(settled.into_iter().map(Option::unwrap_or_default).collect());
        }
        set_level(&mut lp, program, &people, &settled, open, &capped);
        let values = loop {
            if lp.solve(PIVOTS) != End::Optimal {
                return None;
            }
            let level = lp.get(n) / open;
            let values: Vec<f64> =
                (0..n).map(|it| settled[it].unwrap_or_else(|| people[it] * level + lp.get(it).max(0.0))).collect();
            let mut added = false;
            for (class, (types, homes)) in program.classes.iter().enumerate() {
                let sum: f64 = types.iter().map(|it| values[*it]).sum();
                if !is_capped[class] && sum > f64::from(*homes) + CAP {
                    added = true;
                    is_capped[class] = true;
                    capped.push(class);
                    let entries: Vec<(usize, f64)> = types.iter().map(|it| (*it, 1.0)).collect();
                    lp.add_row(&entries, 0.0, f64::from(*homes));
                }
            }
            if !added {
                break values;
            }
            set_level(&mut lp, program, &people, &settled, open, &capped);
        };
        let level = lp.get(n) / open;
        if rule == Rule::Maximin {
            return Some(values);
        }
        let mut any = false;
        let mut most = (0.0, usize::MAX);
        for it in 0..n {
            if settled[it].is_some() {
                continue;
            }
            let cost = if lp.is_basic(it) { 0.0 } else { lp.reduced_cost(it) };
            if cost > SETTLES {
                any = true;
                settled[it] = Some(people[it] * level);
            } else if cost > most.0 || most.1 == usize::MAX {
                most = (cost, it);
            }
        }
        if !any {
            if lp.get(n) >= open - CAP {
                // Everybody who is left is drawn for certain.
                for it in 0..n {
                    settled[it].get_or_insert(people[it]);
                }
            } else {
                settled[most.1] = Some(values[most.1]);
            }
        }
        for (it, settled) in settled.iter().enumerate() {
            if settled.is_some() {
                lp.set_bounds(it, 0.0, 0.0);
            }
        }
    }
}

/// Sets rows and the column of the level for what is settled. Rows are the limits, the cuts, and the caps.
fn set_level(
    lp: &mut Simplex,
    program: &Program,
    people: &[f64],
    settled: &[Option<f64>],
    open: f64,
    capped: &[usize],
) {
    let n = program.types();
    let base = program.rows.len() + program.cuts.len();
    let mut taken = vec![0.0; base + capped.len()];
    let mut share = vec![0.0; base + capped.len()];
    let mut count = |row: usize, it: usize, worth: f64| match settled[it] {
        Some(seats) => taken[row] += worth * seats,
        None => share[row] += worth * people[it] / open,
    };
    for (it, rows) in program.rows_of.iter().enumerate() {
        for &row in rows {
            count(row, it, 1.0);
        }
    }
    for (row, cut) in (program.rows.len()..).zip(&program.cuts) {
        for (it, &worth) in cut.worth.iter().enumerate() {
            count(row, it, worth);
        }
    }
    for (row, &class) in (base..).zip(capped) {
        for &it in &program.classes[class].0 {
            count(row, it, 1.0);
        }
    }
    for (row, it) in program.rows.iter().enumerate() {
        lp.set_row(row, f64::from(it.0) - taken[row], f64::from(it.1) - taken[row]);
    }
    for (row, cut) in (program.rows.len()..).zip(&program.cuts) {
        let least: f64 = cut.worth.iter().zip(people).map(|(worth, n)| worth.min(0.0) * n).sum();
        lp.set_row(row, least - taken[row], cut.most - taken[row]);
    }
    for (row, &class) in (base..).zip(capped) {
        let homes = f64::from(program.classes[class].1);
        lp.set_row(row, -taken[row], (homes - taken[row]).max(0.0));
    }
    let entries: Vec<(usize, f64)> = share.iter().copied().enumerate().filter(|it| it.1 != 0.0).collect();
    lp.set_column(n, &entries);
    lp.set_bounds(n, 0.0, open);
}
