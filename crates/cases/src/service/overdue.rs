//! Which agencies are late with what: public, without the content of what is not.

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use serde::Serialize;

use crate::Cases;
use crate::model::AgencyName;

/// An agency's clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyOverdue {
    pub agency: AgencyName,
    /// Clocks that run, the overdue ones included.
    pub running: i64,
    pub overdue: i64,
    /// Days since the one that is late for longest ran out; 0 when none is.
    pub longest_days: i64,
}

/// A case that is late. Number and title only of public ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverdueLine {
    pub number: Option<String>,
    pub title: Option<String>,
    pub service: String,
    pub clock: String,
    pub clock_name: madang_base::LocalizedText,
    pub overdue_from: Time,
    pub days: i64,
}

/// Latest first by how long they are late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverduePage {
    pub agency: AgencyName,
    pub lines: Vec<OverdueLine>,
    pub next: Option<String>,
}

pub fn agencies(tx: &mut Tx, now: Time) -> Result<Vec<AgencyOverdue>> {
    let _ = (tx, now);
    Err(Error::internal("not written yet"))
}

pub fn cases(tx: &mut Tx, cases: &Cases, now: Time, agency: &str, after: Option<&str>) -> Result<OverduePage> {
    let _ = (tx, cases, now, agency, after);
    Err(Error::internal("not written yet"))
}
