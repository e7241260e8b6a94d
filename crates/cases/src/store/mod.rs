//! All SQL of the cases, one file for each table or pair of tables. Every function is one statement or a few, takes the
//! transaction first and decides nothing.
//!
//! Names of agencies are read from the kernel's table `organisation`; nothing here writes to it.

pub(crate) mod agency;
pub(crate) mod approval;
pub(crate) mod case;
pub(crate) mod claim;
pub(crate) mod clock;
pub(crate) mod draft;
pub(crate) mod event;
pub(crate) mod follow;
pub(crate) mod inbox;
pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod overdue;
pub(crate) mod party;
pub(crate) mod personal;
pub(crate) mod question;
pub(crate) mod searched;
pub(crate) mod service;
pub(crate) mod term;
pub(crate) mod value;

use madang_base::{Error, Result};
use madang_db::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::AgencyName;

/// A record as JSON text; maps in it are sorted.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// A record from a column of JSON text.
pub(crate) fn from_json<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T> {
    serde_json::from_str(&row.get::<String>(column)?).map_err(Error::internal)
}

/// The agency of a row that selects `agency_id, agency_slug, agency_name`; none when the id is empty.
pub(crate) fn agency_name(row: &Row) -> Result<Option<AgencyName>> {
    let Some(id) = row.get("agency_id")? else { return Ok(None) };
    Ok(Some(AgencyName { id, slug: row.get("agency_slug")?, name: row.get("agency_name")? }))
}
