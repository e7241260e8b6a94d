//! `script/bench cases`: signatures over HTTP, counts that everybody polls, lists and exports of a million cases.
//!
//! Signing: a real server, started from the release binary on data of its own; persons with API keys that are in the
//! database before; every answer is a commit on disk. The load comes from beside the server, on the same cores. Afterwards
//! `madang verify counts` recounts. No peer is named for these works: their bars are absolute.

pub mod client;
mod lists;
pub mod million;
pub mod people;
pub mod signing;

use crate::report::Row;
use crate::{Asked, Failure};

pub fn run(asked: &Asked) -> Result<Vec<Row>, Failure> {
    let wanted = |name: &str| asked.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let mut rows = Vec::new();
    if wanted("signatures sqlite") {
        signing::sqlite(&mut rows)?;
    }
    if wanted("signatures postgres") {
        signing::postgres(&mut rows)?;
    }
    if wanted("lists") {
        lists::lists(&mut rows)?;
    }
    if wanted("export") {
        lists::export(&mut rows)?;
    }
    Ok(rows)
}
