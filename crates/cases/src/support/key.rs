//! The key of a case and the persons in it.
//!
//! A case's key is 32 random bytes, sealed under the master key, which is outside the database. It is read with the case
//! in the same row whenever it is needed and is kept nowhere else: a key in memory could outlive a transaction that was
//! rolled back, or its own destruction. It never changes. Once it is destroyed, nullifiers of the case can be made by
//! nobody, not even by somebody who knows who it may have been.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{Filer, Support};
use madang_kernel::{Assurance, Ctx, digest, seal};

use super::{PaperLine, store};
use crate::model::CaseId;

const PURPOSE: &str = "case-key";

/// A case's key, unsealed.
pub(crate) struct CaseKey([u8; 32]);

/// A person within one case: what the ledger shows and the table holds.
pub(crate) struct Nullifier {
    pub bytes: [u8; 32],
    pub hex: String,
}

impl CaseKey {
    pub(crate) fn open(ctx: &Ctx, case: CaseId, wrapped: &[u8]) -> Result<Self> {
        let plain = seal::unseal(&ctx.keys.master, PURPOSE, &case.to_string(), wrapped)?;
        plain.try_into().map(Self).map_err(|_| Error::internal("a case key of another length"))
    }

    /// HMAC of the person's key under the case's.
    pub(crate) fn nullifier(&self, person: &str) -> Nullifier {
        let bytes = digest::hmac(&self.0, &[b"support", person.as_bytes()]);
        Nullifier { bytes, hex: digest::hex(&bytes) }
    }
}

/// Makes the key of a case that has none; for filing, and for the first support.
///
/// # Errors
/// Those of the database.
pub fn make_key(tx: &mut Tx, ctx: &Ctx, case: CaseId) -> Result<()> {
    let wrapped = seal::seal(&ctx.keys.master, PURPOSE, &case.to_string(), &ctx.rng().bytes::<32>(), ctx.rng())?;
    store::key_insert(tx, case, wrapped).map(drop)
}

/// Destroys the key of a case, after retention: from now on nobody can be found among its supporters. False when there was
/// none.
///
/// # Errors
/// Those of the database.
pub fn destroy_key(tx: &mut Tx, case: CaseId) -> Result<bool> {
    store::key_delete(tx, case)
}

/// The key of a case for writing: made when there is none yet.
pub(crate) fn key_for(tx: &mut Tx, ctx: &Ctx, case: CaseId, wrapped: Option<&[u8]>) -> Result<CaseKey> {
    if let Some(wrapped) = wrapped {
        return CaseKey::open(ctx, case, wrapped);
    }
    make_key(tx, ctx, case)?;
    let wrapped = store::key(tx, case)?.ok_or_else(|| Error::internal("a case key that was just made is gone"))?;
    CaseKey::open(ctx, case, &wrapped)
}

/// The actor as a person who may support.
///
/// Where accounts with a mere address may, a person is what the account was first known by, so that proving more later
/// makes no second person; elsewhere what was proved, in a session that has proved it.
///
/// # Errors
/// `permission.sign-in`; `support.who`.
pub(crate) fn person<'a>(ctx: &'a Ctx, support: &Support) -> Result<&'a str> {
    let person = ctx.actor.person().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    let key = if support.who.contains(&Filer::Pseudonymous) {
        person.keys.first.as_deref()
    } else if matches!(person.assurance, Assurance::Verified | Assurance::Proxy) {
        person.keys.verified.as_deref()
    } else {
        None
    };
    key.ok_or_else(|| Error::forbidden("support.who"))
}

/// Who a person is by a provider's stable claim. Identity knows; the binary hands it in.
pub trait Persons: Send + Sync {
    /// The person key of whoever has this claim in this space, known here or not.
    ///
    /// # Errors
    /// Those of the database.
    fn of_claim(&self, tx: &mut Tx, ctx: &Ctx, space: &str, claim: &str) -> Result<String>;
}

/// The person on a line of paper. With a claim: the same person as the account that proves it. Without: a person known by
/// name, birthday and mark only, who is found among other sheets and never among accounts; the protocol says so.
///
/// # Errors
/// Those of [`Persons::of_claim`].
pub(crate) fn on_paper(tx: &mut Tx, ctx: &Ctx, persons: &dyn Persons, line: &PaperLine) -> Result<String> {
    if let Some((space, claim)) = &line.claim {
        return persons.of_claim(tx, ctx, space.trim(), claim.trim());
    }
    let name = plain(&line.name);
    let birth = line.birth.map(|day| day.to_string()).unwrap_or_default();
    let mark = plain(&line.mark);
    Ok(digest::hmac_hex(&ctx.keys.person, &[b"person-paper", name.as_bytes(), birth.as_bytes(), mark.as_bytes()]))
}

/// Letters and digits alone, in small letters: sheets are written with and without blanks.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Claims as identity makes keys of them, for sites where no account has more than one provider; the binary's own asks
/// identity.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClaimKeys;

impl Persons for ClaimKeys {
    fn of_claim(&self, _tx: &mut Tx, ctx: &Ctx, space: &str, claim: &str) -> Result<String> {
        Ok(digest::hmac_hex(&ctx.keys.person, &[b"person", space.as_bytes(), claim.as_bytes()]))
    }
}
