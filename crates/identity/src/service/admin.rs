//! What the command line does for those who run the machine: the first administrator, a lost second factor, a list.
//! The actor is the system; a person gets the answer of the permission table.

use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::{AccountId, Ctx, ObjectKind, Role, Verb};

use super::{account, link, membership, second_factor};
use crate::model::Method;
use crate::ports::MailTexts;
use crate::rules::email::Email;
use crate::rules::session as rules;
use crate::store;
use crate::store::link::{Link, Purpose};

/// An administrator who was made, and how to sign in for the first time.
#[derive(Clone, PartialEq, Eq)]
pub struct Made {
    pub account: AccountId,
    /// A one-time link; whoever has it is the administrator, so it is printed and not mailed.
    pub url: String,
    pub minutes: i64,
}

/// Makes the account of `address` an administrator (and the account, when there is none) and gives a link to sign in
/// with. Called again it gives another link.
///
/// # Errors
/// `Kind::Invalid` `identity.email`; `Kind::Forbidden` `identity.suspended`; those of [`Ctx::require`].
pub fn create(tx: &mut Tx, ctx: &Ctx, texts: &dyn MailTexts, address: &str, name: &LocalizedText) -> Result<Made> {
    ctx.require(Verb::Manage, ObjectKind::Account, None)?;
    let email = Email::parse(address)?;
    let (account, _) = link::ensure(tx, ctx, &email, name)?;
    let held = store::membership::of_account(tx, account)?;
    if !held.iter().any(|membership| membership.role == Role::Administrator) {
        membership::grant(tx, ctx, &membership::Whom::Account(account), Role::Administrator, None)?;
    }
    let link = Link {
        purpose: Purpose::SignIn,
        email: email.to_string(),
        account: Some(account),
        return_to: None,
        expires_at: ctx.now.plus_seconds(rules::ADMIN_LINK_MINUTES * 60),
        used_at: None,
    };
    let url = link::write(tx, ctx, texts, &link)?;
    Ok(Made { account, url, minutes: rules::ADMIN_LINK_MINUTES })
}

/// Takes away the second factor of the account of `address`; see [`second_factor::reset`].
///
/// # Errors
/// `Kind::Invalid` `identity.email`; `Kind::NotFound` `identity.account-unknown`; those of [`second_factor::reset`].
pub fn reset_second_factor(tx: &mut Tx, ctx: &Ctx, address: &str) -> Result<AccountId> {
    ctx.require(Verb::Manage, ObjectKind::Account, None)?;
    let email = Email::parse(address)?;
    let found = store::account::by_credential(tx, Method::Mail, "", email.as_str())?;
    let account = found.ok_or_else(|| Error::not_found("identity.account-unknown"))?.id;
    second_factor::reset(tx, ctx, account)?;
    Ok(account)
}

/// Accounts for the command line, newest first: those who hold `role`, or all. The look is written down as the machine's.
///
/// # Errors
/// Those of [`account::list`].
pub fn list(
    tx: &mut Tx,
    ctx: &Ctx,
    role: Option<Role>,
    before: Option<AccountId>,
    limit: u32,
) -> Result<account::Page> {
    let filter = account::Filter { role, ..account::Filter::default() };
    account::list(tx, ctx, &filter, before, limit, "command line")
}
