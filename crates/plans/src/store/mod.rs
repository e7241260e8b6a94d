//! All SQL of the plans, one file for each table or pair of tables. Every function is one statement or a few, takes the
//! transaction first and decides nothing.
//!
//! Names of agencies are read from the kernel's table `organisation`; nothing here writes to it.

pub(crate) mod assessment;
pub(crate) mod commitment;
pub(crate) mod draft;
pub(crate) mod follow;
pub(crate) mod indicator;
pub(crate) mod milestone;
pub(crate) mod news;
pub(crate) mod plan;
pub(crate) mod progress;
pub(crate) mod round;
pub(crate) mod searched;

use jiff::civil::Date;
use madang_base::{Error, Result};
use madang_db::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::AgencyName;
use crate::schedule;

/// A record as JSON text.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// A record from a column of JSON text.
fn from_json<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T> {
    serde_json::from_str(&row.get::<String>(column)?).map_err(Error::internal)
}

/// A day from a column like `20211231`.
fn day(row: &Row, column: &str) -> Result<Option<Date>> {
    row.get::<Option<i64>>(column)?
        .map(|n| schedule::day(n).ok_or_else(|| Error::internal(format!("{n} is no day"))))
        .transpose()
}

fn must_day(row: &Row, column: &str) -> Result<Date> {
    day(row, column)?.ok_or_else(|| Error::internal(format!("{column} is empty")))
}

/// The agency of a row that selects `agency_id, slug, agency_name, short`.
fn agency(row: &Row) -> Result<AgencyName> {
    Ok(AgencyName {
        id: row.get("agency_id")?,
        slug: row.get("agency_slug")?,
        name: row.get("agency_name")?,
        short: row.get("agency_short")?,
    })
}
