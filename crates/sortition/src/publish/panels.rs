//! `panels.json`: the lottery, a list of panels by types with their tickets, and how near it comes to what was aimed at.

use madang_base::Error;
use serde::{Deserialize, Serialize};

use super::{PANELS, json};
use crate::{Form, Lottery, Options, Panel, Residual, Rule, Solution, Task, Types};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    /// For each type the chance of each of its people that the rule aims at, in billionths.
    aims: Vec<u64>,
    format: String,
    panels: Vec<PanelRow>,
    /// SHA-256 of `pool.json`.
    pool: String,
    /// How far the lottery is from the aims.
    residual: ResidualRow,
    /// `leximin` or `maximin`.
    rule: String,
    /// The sum of all tickets.
    tickets: u64,
    /// Whether every panel has one ticket.
    uniform: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelRow {
    /// (type, seats).
    seats: Vec<(usize, u32)>,
    tickets: u64,
}

/// In billionths of a seat, of one and of a chance.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResidualRow {
    chance_max: u64,
    relative_large: u64,
    seats_max: u64,
    seats_small: u64,
    seats_total: u64,
}

/// Parts of one in a whole number.
const BILLION: f64 = 1e9;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, not negative, far below 2^53")]
fn billionths(x: f64) -> u64 {
    (x * BILLION).round().clamp(0.0, 1e15) as u64
}

#[expect(clippy::cast_precision_loss, reason = "below 2^53 by construction; else a little off in a figure to look at")]
fn of_billionths(n: u64) -> f64 {
    n as f64 / BILLION
}

/// The file for a solution. `pool` is the hash of `pool.json`.
#[must_use]
pub fn write(solution: &Solution, pool: &str) -> String {
    let Solution { options, lottery, residual, target, .. } = solution;
    super::text_of(&Document {
        aims: target.iter().map(|chance| billionths(*chance)).collect(),
        format: PANELS.to_owned(),
        panels: lottery
            .panels
            .iter()
            .map(|panel| PanelRow { seats: panel.counts.clone(), tickets: panel.weight })
            .collect(),
        pool: pool.to_owned(),
        residual: ResidualRow {
            chance_max: billionths(residual.chance_max),
            relative_large: billionths(residual.relative_large),
            seats_max: billionths(residual.seats_max),
            seats_small: billionths(residual.seats_small),
            seats_total: billionths(residual.seats_total),
        },
        rule: if options.rule == Rule::Maximin { "maximin" } else { "leximin" }.to_owned(),
        tickets: lottery.tickets,
        uniform: matches!(options.form, Form::Uniform { .. }),
    })
}

/// Reads the file and checks every panel against the pool: seats add up, quotas hold, nobody is counted twice.
///
/// # Errors
/// `sortition.published-json`, `sortition.published-format`, `sortition.published-form`, `sortition.published-hash` (it
/// belongs to another pool), `sortition.published-tickets`, `sortition.published-panel`.
pub fn read(text: &str, task: Task, types: Types, pool: &str) -> Result<Solution, Error> {
    let document: Document = json::read(text, "panels.json", PANELS)?;
    let form = || Error::invalid("sortition.published-form").arg("file", "panels.json");
    if document.pool != pool {
        return Err(Error::invalid("sortition.published-hash")
            .arg("file", "pool.json")
            .arg("by", "panels.json")
            .arg("said", &document.pool)
            .arg("found", pool));
    }
    let rule = match document.rule.as_str() {
        "leximin" => Rule::Leximin,
        "maximin" => Rule::Maximin,
        _ => return Err(form()),
    };
    if document.aims.len() != types.len() {
        return Err(form());
    }
    let mut sum = 0_u64;
    for (row, number) in document.panels.iter().zip(1_u64..) {
        if row.tickets == 0 || (document.uniform && row.tickets != 1) || !fits(row, &task, &types) {
            return Err(Error::invalid("sortition.published-panel").arg("panel", number));
        }
        sum = sum.checked_add(row.tickets).ok_or_else(form)?;
    }
    if sum != document.tickets || sum == 0 {
        return Err(Error::invalid("sortition.published-tickets").arg("said", document.tickets).arg("found", sum));
    }
    let panels: Vec<Panel> =
        document.panels.into_iter().map(|row| Panel { weight: row.tickets, counts: row.seats }).collect();
    let count = u32::try_from(panels.len()).map_err(|_| form())?;
    let lottery = Lottery { tickets: document.tickets, panels };
    let residual = ResidualRow { ..document.residual };
    let solution = Solution {
        chance: super::chances(&lottery, &types),
        target: document.aims.iter().map(|aim| of_billionths(*aim)).collect(),
        task,
        types,
        options: Options {
            rule,
            form: if document.uniform { Form::Uniform { panels: count } } else { Form::Weighted },
        },
        lottery,
        residual: Residual {
            seats_max: of_billionths(residual.seats_max),
            seats_total: of_billionths(residual.seats_total),
            relative_large: of_billionths(residual.relative_large),
            seats_small: of_billionths(residual.seats_small),
            chance_max: of_billionths(residual.chance_max),
        },
    };
    if write(&solution, pool) == text { Ok(solution) } else { Err(form()) }
}

/// Whether this panel may be drawn.
fn fits(row: &PanelRow, task: &Task, types: &Types) -> bool {
    let inside = row.seats.iter().all(|(at, seats)| *at < types.len() && *seats > 0 && *seats <= types.room(*at));
    let ascending = row.seats.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if !inside || !ascending {
        return false;
    }
    let seats = |wanted: &dyn Fn(usize) -> bool| {
        row.seats.iter().filter(|(at, _)| wanted(*at)).fold(0_u32, |sum, (_, seats)| sum.saturating_add(*seats))
    };
    let whole = seats(&|_| true) == task.size;
    let limits = task.constraints();
    let quotas =
        limits.iter().all(|(limit, range)| range.contains(seats(&|at| task.meets(limit, &types.types[at].values))));
    let mut of_class = vec![0_usize; types.classes.len()];
    for (at, seats) in &row.seats {
        of_class[types.types[*at].class] += usize::try_from(*seats).unwrap_or(usize::MAX / 2);
    }
    let homes = of_class.iter().zip(&types.classes).all(|(seats, class)| *seats <= class.households.len());
    whole && quotas && homes
}
