//! Lists: finding the ids of a page, each kind of filter by the index that fits it, and reading the lines of ids.
//!
//! Every statement below walks one index in its own order and stops at the limit. [`Seek`] says where it starts; what a
//! statement's index does not know is asked of each case it meets. The key of a page is `(filed_at, id)`, `(due_at, id)` or
//! `(count, id)`.

mod count;
mod lines;
mod other;
mod page;

pub(crate) use count::count;
pub(crate) use lines::{LineRow, exported, lines};
pub(crate) use other::{due, supported, valued};
pub(crate) use page::page;

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::AccountId;

use crate::model::CaseId;

/// What of the public cases is looked for. Times are `filed_at`: from `since`, before `until`.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub service: Option<String>,
    /// The organisation's id.
    pub agency: Option<String>,
    pub phase: Option<&'static str>,
    pub state: Option<String>,
    pub since: Time,
    pub until: Time,
    /// Field and value: the first leads, one more is asked of each case.
    pub values: Vec<(String, String)>,
    /// Due before this moment.
    pub due_before: Time,
}

/// Where a page starts and which way it goes.
#[derive(Clone, Debug)]
pub(crate) struct Seek {
    /// Beyond this key and id, not at it.
    pub key: i64,
    pub id: String,
    /// From large keys to small ones.
    pub down: bool,
    pub limit: u32,
}

impl Seek {
    /// The same, begun no earlier than the days that are wanted; for keys that are times of filing.
    pub(crate) fn within(mut self, wanted: &Wanted) -> Self {
        let edge = if self.down { wanted.until.micros() } else { wanted.since.micros() };
        if (self.down && edge < self.key) || (!self.down && edge > self.key) {
            (self.key, self.id) = (edge, String::new());
        }
        self
    }

    /// The day that the list runs towards.
    fn bound(&self, wanted: &Wanted) -> Time {
        if self.down { wanted.since } else { wanted.until }
    }
}

/// A case of a page with its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub id: CaseId,
    pub key: i64,
}

fn found(row: &Row) -> Result<Found> {
    Ok(Found { id: row.get("id")?, key: row.get("place")? })
}

/// What an account filed or follows, the newest first, older than `before`.
pub(crate) fn mine(tx: &mut Tx, account: AccountId, before: &str, limit: u32) -> Result<Vec<CaseId>> {
    tx.rows(
        "SELECT own.id FROM (
           SELECT id FROM case_file WHERE author = $1 AND id < $3
           UNION SELECT case_id AS id FROM case_follow WHERE subscriber = $2 AND case_id < $3) own
         ORDER BY own.id DESC LIMIT $4",
        params![account, format!("account:{account}"), before, limit],
    )?
    .iter()
    .map(|row| row.get("id"))
    .collect()
}
