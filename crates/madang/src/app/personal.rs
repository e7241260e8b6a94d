//! Where identity meets plans, cases and newsletters: what they keep about a person, in the export and the deletion of an account.

use madang_base::Result;
use madang_cases::Cases;
use madang_cases::service::personal;
use madang_db::Tx;
use madang_identity::PersonalData;
use madang_kernel::{AccountId, Ctx};
use madang_newsletter::service::subscribe;
use madang_plans::service::follow;
use serde_json::{Value, json};

/// What plans keep about a person: what the person follows.
pub(crate) struct Follows;

impl PersonalData for Follows {
    fn name(&self) -> &'static str {
        "follows"
    }

    fn export(&self, tx: &mut Tx, ctx: &Ctx, _account: AccountId) -> Result<Value> {
        let own = follow::own(tx, ctx)?;
        Ok(own
            .iter()
            .map(|(follow, name)| {
                json!({
                    "object": follow.object.to_string(),
                    "name": name,
                    "rhythm": follow.rhythm.code(),
                    "since": follow.created_at.rfc3339(),
                })
            })
            .collect())
    }

    fn erase(&self, tx: &mut Tx, _ctx: &Ctx, account: AccountId) -> Result<()> {
        follow::forget(tx, account).map(drop)
    }
}

/// What cases keep about a person: what the person filed, has begun to write and follows.
pub(crate) struct Filed(pub(crate) Cases);

impl PersonalData for Filed {
    fn name(&self) -> &'static str {
        "cases"
    }

    fn export(&self, tx: &mut Tx, _ctx: &Ctx, account: AccountId) -> Result<Value> {
        personal::export_own(tx, &self.0, account)
    }

    fn erase(&self, tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<()> {
        personal::erase_own(tx, ctx, &self.0, account)
    }
}

/// What newsletters keep about a person: which ones the person reads.
pub(crate) struct Reads;

impl PersonalData for Reads {
    fn name(&self) -> &'static str {
        "newsletters"
    }

    fn export(&self, tx: &mut Tx, _ctx: &Ctx, account: AccountId) -> Result<Value> {
        subscribe::export_own(tx, account)
    }

    fn erase(&self, tx: &mut Tx, _ctx: &Ctx, account: AccountId) -> Result<()> {
        subscribe::forget(tx, account).map(drop)
    }
}
