//! Names of officers: they see one another's names, nobody else does.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_cases::Cases;
use madang_cases::service::assign;
use madang_db::Tx;
use madang_http::Visit;
use madang_kernel::{AccountId, Ctx, OrganisationId};
use serde_json::Value;

use super::kit::{option, t};

/// The officers of some agencies, by account.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<AccountId, String>);

impl Names {
    /// Those of these agencies that the actor may know of.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of(tx: &mut Tx, ctx: &Ctx, cases: &Cases, agencies: &[OrganisationId]) -> Result<Self> {
        let mut names = BTreeMap::new();
        for agency in agencies {
            match assign::officers(tx, ctx, cases, *agency) {
                Ok(officers) => names.extend(officers),
                // Another agency's people are its own affair.
                Err(error) if error.kind() == madang_base::Kind::Forbidden => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self(names))
    }

    /// The name, `me` for the visitor, `an officer` for somebody of elsewhere.
    pub fn get(&self, visit: &Visit, account: Option<AccountId>) -> String {
        match account {
            None => String::new(),
            Some(id) if visit.ctx.account() == Some(id) => t(visit, "desk-me", &[]),
            Some(id) => match self.0.get(&id).filter(|name| !name.is_empty()) {
                Some(name) => name.clone(),
                None => t(visit, "desk-an-officer", &[]),
            },
        }
    }

    /// To choose from, in the order of the names.
    pub fn options(&self, visit: &Visit, chosen: Option<AccountId>) -> Vec<Value> {
        let mut all: Vec<(&AccountId, &String)> = self.0.iter().collect();
        all.sort_by(|a, b| (a.1, a.0).cmp(&(b.1, b.0)));
        let label = |id: &AccountId, name: &str| {
            let me = visit.ctx.account() == Some(*id);
            match (me, name.is_empty()) {
                (true, true) => t(visit, "desk-me", &[]),
                (true, false) => t(visit, "desk-me-named", &[("name", name.into())]),
                (false, true) => t(visit, "desk-an-officer", &[]),
                (false, false) => name.to_owned(),
            }
        };
        all.into_iter().map(|(id, name)| option(&id.to_string(), label(id, name), chosen == Some(*id))).collect()
    }
}
