//! `script/bench search`: how good results are, how fast they come from a million cases, how soon a new case is found, and
//! the figures of an agency over a million cases.
//!
//! `--dictionary FOLDER` (made by `madang search dictionary`) measures the quality with a dictionary beside it; `--each`
//! prints the score of every query.

pub mod corpus;
mod figures;
mod million;
mod quality;

use crate::report::Row;
use crate::{Asked, Failure};

pub fn run(asked: &Asked) -> Result<Vec<Row>, Failure> {
    let wanted = |name: &str| asked.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let mut rows = Vec::new();
    if wanted("quality") {
        quality::quality(&mut rows, asked)?;
    }
    if wanted("build") {
        million::build(&mut rows)?;
    }
    // A server that meets a million cases for the first time counts them before it rests.
    if wanted("figures") {
        figures::figures(&mut rows)?;
    }
    if wanted("search") {
        million::search(&mut rows)?;
    }
    Ok(rows)
}
