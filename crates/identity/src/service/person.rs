//! Who is one person: keyed hashes of what a provider, or a mailbox, says of somebody. They outlive the account, so that
//! nobody counts twice by deleting and coming back.
//!
//! A mail address is a weak person (somebody may have several) and is kept apart from what a provider verified: a
//! definition says which of the two it accepts.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{AccountId, Assurance, Ctx};

use crate::model::PersonKey;
use crate::options::ProviderConfig;
use crate::rules::email::Email;
use crate::rules::secret;
use crate::store;

/// The key of a provider's claim.
pub(crate) fn claim_key(ctx: &Ctx, provider: &ProviderConfig, claim: &str) -> String {
    secret::mac(&ctx.keys.person, "person", &[provider.space(), claim])
}

fn mail_key(ctx: &Ctx, email: &Email) -> String {
    secret::mac(&ctx.keys.person, "person-mail", &[email.as_str()])
}

fn verified(assurance: Assurance) -> bool {
    matches!(assurance, Assurance::Verified | Assurance::Proxy)
}

/// The account that this key belongs to now.
pub(crate) fn account_of(tx: &mut Tx, key: &str) -> Result<Option<AccountId>> {
    Ok(store::person::get(tx, key)?.and_then(|held| held.account))
}

/// Gives `account` a key. Keys of one account that are verified stand for one person: the one known first.
///
/// # Errors
/// `Kind::Conflict` `identity.person-has-account` when the person has another account.
pub(crate) fn claim(tx: &mut Tx, ctx: &Ctx, account: AccountId, key: &str, assurance: Assurance) -> Result<()> {
    let person = of(tx, account, assurance)?.map_or_else(|| key.to_owned(), |known| known.person);
    if store::person::insert(tx, key, &person, assurance, account, ctx.now)? {
        return Ok(());
    }
    match store::person::get(tx, key)?.and_then(|held| held.account) {
        Some(holder) if holder == account => Ok(()),
        Some(_) => Err(Error::conflict("identity.person-has-account")),
        None => store::person::take(tx, key, account),
    }
}

/// Gives `account` the key of its address, unless another account had the address before and is still there: then the
/// address stays that person's.
pub(crate) fn claim_mail(tx: &mut Tx, ctx: &Ctx, account: AccountId, email: &Email) -> Result<()> {
    let key = mail_key(ctx, email);
    match account_of(tx, &key)? {
        Some(_) => Ok(()),
        None => claim(tx, ctx, account, &key, Assurance::Pseudonymous),
    }
}

/// The person of a provider's claim, known here or not: for what somebody else enters for a person (sheets of paper).
///
/// # Errors
/// Those of the database.
pub fn of_claim(tx: &mut Tx, ctx: &Ctx, space: &str, claim: &str) -> Result<String> {
    let key = secret::mac(&ctx.keys.person, "person", &[space, claim]);
    Ok(store::person::get(tx, &key)?.map_or(key, |held| held.person))
}

/// Which person an account is, at this level: `Verified` looks only at what providers proved; `Pseudonymous` takes what
/// the account was first known by, so that proving more later does not make a second person. None when the account
/// proves too little.
///
/// # Errors
/// Those of the database.
pub fn of(tx: &mut Tx, account: AccountId, at_least: Assurance) -> Result<Option<PersonKey>> {
    let keys = store::person::of_account(tx, account)?;
    Ok(keys.into_iter().find(|key| !verified(at_least) || verified(key.assurance)))
}
