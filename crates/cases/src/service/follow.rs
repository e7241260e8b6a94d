//! Following a case.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{Ctx, coded};

use crate::Cases;
use crate::model::CaseFile;

coded! {
    /// How often a follower is written to.
    pub enum Rhythm("case.rhythm-unknown") {
        AtOnce = "at-once",
        Weekly = "weekly",
    }
}

pub fn follow(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, rhythm: Rhythm, code: Option<&str>) -> Result<()> {
    let _ = (tx, ctx, cases, number, rhythm, code);
    Err(Error::internal("not written yet"))
}

pub fn unfollow(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, code: Option<&str>) -> Result<()> {
    let _ = (tx, ctx, cases, number, code);
    Err(Error::internal("not written yet"))
}

/// Ends a follow by the link in a mail.
pub fn unsubscribe(tx: &mut Tx, ctx: &Ctx, token: &str) -> Result<()> {
    let _ = (tx, ctx, token);
    Err(Error::internal("not written yet"))
}

/// Whether the actor follows the case.
pub fn follows(tx: &mut Tx, ctx: &Ctx, case: &CaseFile) -> Result<Option<Rhythm>> {
    let _ = (tx, ctx, case);
    Ok(None)
}
