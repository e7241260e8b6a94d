//! Table `access_log`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::AccountId;

use crate::model::{Access, AccessId};

fn access(row: &Row) -> Result<Access> {
    Ok(Access {
        id: row.get("id")?,
        at: row.get("at")?,
        actor: row.get("actor")?,
        subject: row.get("subject")?,
        what: row.get("what")?,
        object: row.get("object")?,
        why: row.get("why")?,
    })
}

pub fn insert(tx: &mut Tx, access: &Access) -> Result<()> {
    tx.exec(
        "INSERT INTO access_log (id, at, actor, subject, what, object, why) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            access.id,
            access.at,
            access.actor,
            access.subject,
            &access.what,
            access.object.as_deref(),
            &access.why
        ],
    )?;
    Ok(())
}

/// What the review looks for; all that are given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub actor: Option<AccountId>,
    pub subject: Option<AccountId>,
    pub what: Option<String>,
    /// What it was looked at for, as `case:PT-2026-7K3F-9Q2X`.
    pub object: Option<String>,
    pub from: Option<Time>,
    pub until: Option<Time>,
}

/// Newest first, those before `before`.
pub fn list(tx: &mut Tx, filter: &Filter, before: Option<AccessId>, limit: u32) -> Result<Vec<Access>> {
    tx.rows(
        "SELECT id, at, actor, subject, what, object, why FROM access_log
         WHERE (CAST($1 AS TEXT) IS NULL OR actor = $1)
           AND (CAST($2 AS TEXT) IS NULL OR subject = $2)
           AND (CAST($3 AS TEXT) IS NULL OR what = $3)
           AND (CAST($4 AS BIGINT) IS NULL OR at >= $4)
           AND (CAST($5 AS BIGINT) IS NULL OR at < $5)
           AND (CAST($6 AS TEXT) IS NULL OR id < $6)
           AND (CAST($7 AS TEXT) IS NULL OR object = $7)
         ORDER BY id DESC LIMIT $8",
        params![
            filter.actor,
            filter.subject,
            filter.what.as_deref(),
            filter.from,
            filter.until,
            before,
            filter.object.as_deref(),
            limit
        ],
    )?
    .iter()
    .map(access)
    .collect()
}
