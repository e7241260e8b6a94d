//! `script/bench ledger`: what the transparency log costs, how soon it proves, and what it finds.
//!
//! Real servers from the release binary where a user has one; logs of many millions of leaves are generated. No peer is
//! named for these works: their bars are absolute.

mod generate;
mod integrate;
mod kill;
mod latency;
mod proof;
mod storm;
mod tampering;
mod verify;

use crate::report::Row;
use crate::{Asked, Failure};

type Work = (&'static str, fn(&mut Vec<Row>) -> Result<(), Failure>);

const WORKS: [Work; 9] = [
    ("storm sqlite", storm::sqlite),
    ("storm postgres", storm::postgres),
    ("latency sqlite", latency::sqlite),
    ("latency postgres", latency::postgres),
    ("proof", proof::run),
    ("integrate", integrate::run),
    ("verify", verify::run),
    ("tampering", tampering::run),
    ("kill", kill::run),
];

pub fn run(asked: &Asked) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (name, work) in WORKS {
        if asked.only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
            work(&mut rows)?;
        }
    }
    Ok(rows)
}

/// How many leaves the newest public checkpoint covers.
pub fn size(address: &str) -> Result<i64, Failure> {
    let note = crate::web::client::get(address, "/log/checkpoint")?;
    Ok(note.lines().nth(1).ok_or("no checkpoint")?.parse()?)
}
