//! Cases that are alike, shown before something is sent.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_form::Phase;
use serde::Serialize;

use crate::Cases;

/// A public case that shares words with what is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Similar {
    pub number: String,
    pub title: String,
    pub state: String,
    pub phase: Phase,
    pub supports: Option<i64>,
    pub filed_at: Time,
    /// The words that both have.
    pub shared: Vec<String>,
    /// Per mille.
    pub overlap: u32,
}

/// Public cases of the service that share words with title and text, the most alike first.
///
/// # Errors
/// `service.unknown`; those of the database.
pub fn similar(
    tx: &mut Tx,
    cases: &Cases,
    service: &str,
    title: &str,
    text: &str,
    limit: usize,
) -> Result<Vec<Similar>> {
    let _ = (tx, cases, service, title, text, limit);
    Err(Error::internal("not written yet"))
}
