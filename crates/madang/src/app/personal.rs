//! Where identity and plans meet: a person's follows in the export and the deletion of an account.

use madang_base::Result;
use madang_db::Tx;
use madang_identity::PersonalData;
use madang_kernel::{AccountId, Ctx};
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
