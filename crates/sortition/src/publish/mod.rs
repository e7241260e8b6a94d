//! What is published before and after a draw, and the draw made again from it.
//!
//! Before: `pool.json` (who could be drawn, by labels), `panels.json` (the lottery), `commitment.json` (the hashes of both, who
//! takes part in the ceremony). After: `result.json`; when people declined, `replacements.json`. A hash is SHA-256 of
//! a file's bytes. No file holds a name, an address or an id; what they say of a label are its values of the features
//! that have quotas, and where homes matter which labels live together.
//!
//! [`prepare`] makes the first three from a solution, [`Published::read`] reads and checks them, [`draw`] draws,
//! [`verify`] draws again and compares. `verify/draw.py` does the same without this crate.

mod commitment;
pub mod fuzz;
mod json;
mod panels;
mod pool;
mod replace;
mod result;
mod verify;

use madang_base::Error;
use serde::Serialize;

pub use commitment::{Announcement, Files, Published, prepare};
pub use pool::label;
pub use replace::{Step, replace, write as write_replacements};
pub use result::{Drawn, draw, write as write_result};
pub use verify::{Difference, verify};

use crate::{Lottery, Types};

const POOL: &str = "madang-draw/1 pool";
const PANELS: &str = "madang-draw/1 panels";
const COMMITMENT: &str = "madang-draw/1 commitment file";
const RESULT: &str = "madang-draw/1 result";
const REPLACEMENTS: &str = "madang-draw/1 replacements";

/// The checker that needs only Python: `python3 draw.py FOLDER`.
pub const CHECKER: &str = include_str!("../../verify/draw.py");

/// A document of these fields in its one form.
fn text_of(document: &impl Serialize) -> String {
    json::write(&serde_json::to_value(document).unwrap_or_default())
}

/// For each type its tickets times its seats, added up over the panels: divided by all tickets and the type's people it is
/// the chance of each of them, exactly.
#[must_use]
pub fn tickets(lottery: &Lottery, types: &Types) -> Vec<u128> {
    let mut sums = vec![0_u128; types.len()];
    for panel in &lottery.panels {
        for &(at, seats) in &panel.counts {
            sums[at] += u128::from(panel.weight) * u128::from(seats);
        }
    }
    sums
}

#[expect(clippy::cast_precision_loss, reason = "one rounding of a figure to look at; the exact one is in the panels")]
fn chances(lottery: &Lottery, types: &Types) -> Vec<f64> {
    let sums = tickets(lottery, types);
    let chance =
        |(sum, it): (&u128, &crate::PersonType)| *sum as f64 / (lottery.tickets as f64 * it.people.len() as f64);
    sums.iter().zip(&types.types).map(chance).collect()
}

fn wrong_hash(file: &'static str, by: &'static str, said: &str, found: &str) -> Error {
    Error::invalid("sortition.published-hash").arg("file", file).arg("by", by).arg("said", said).arg("found", found)
}

#[cfg(test)]
mod tests;
