//! Ports of cases that other domains fill.

use jiff::civil::Date;
use madang_base::{Kind, Locale, Result};
use madang_cases::service::assign::Officers;
use madang_cases::service::link::Targets;
use madang_db::Tx;
use madang_identity::membership;
use madang_kernel::{AccountId, ObjectKind, OrganisationId, Ref};
use madang_plans::service::follow;
use madang_plans::views;

/// Officers of an agency are the accounts with that role for it.
#[derive(Clone, Copy, Debug)]
pub struct Colleagues;

impl Officers for Colleagues {
    fn of(&self, tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(AccountId, String)>> {
        let found = membership::colleagues(tx, organisation)?;
        Ok(found.into_iter().map(|(account, name)| (account, name.get(Locale::Ko).to_owned())).collect())
    }
}

/// Plans, commitments, milestones and indicators.
#[derive(Clone, Copy, Debug)]
pub struct Things;

impl Targets for Things {
    fn exists(&self, tx: &mut Tx, target: &Ref) -> Result<bool> {
        // Only whether it is there is asked, not how it stands on some day.
        let day = Date::MIN;
        let found = match target.kind {
            ObjectKind::Plan | ObjectKind::Commitment => follow::followed(tx, target).map(drop),
            ObjectKind::Milestone => views::milestone(tx, &target.id, day).map(drop),
            ObjectKind::Indicator => views::indicator(tx, &target.id, day).map(drop),
            _ => return Ok(false),
        };
        match found {
            Ok(()) => Ok(true),
            Err(error) if matches!(error.kind(), Kind::NotFound | Kind::Gone | Kind::Invalid) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
