//! Whether the keys belong to the database. A server that was started with other keys, or with new ones after the old were
//! lost, would quietly take everybody for somebody else; so the database remembers a digest of its keys.

mod store;
#[cfg(test)]
mod tests;

use madang_base::{Error, Result};
use madang_db::Tx;

use crate::digest;
use crate::keys::Keys;

/// Whether this database has met its keys yet. If it has, new ones must not be made.
///
/// # Errors
/// Those of the database.
pub fn known(tx: &mut Tx) -> Result<bool> {
    Ok(store::digest(tx)?.is_some())
}

/// Compares the keys with those that the database met first; the first ones are remembered.
///
/// # Errors
/// `Kind::Conflict` with code `keys.other`; those of the database.
pub fn check(tx: &mut Tx, keys: &Keys) -> Result<()> {
    let text = fingerprint(keys);
    if store::insert(tx, &text)? || store::digest(tx)?.is_some_and(|known| known == text) {
        return Ok(());
    }
    Err(Error::conflict("keys.other"))
}

/// What a database or a backup remembers of its keys: enough to compare, too little to find them.
#[must_use]
pub fn fingerprint(keys: &Keys) -> String {
    let parts = [b"madang key check".as_slice(), &keys.person, &keys.master, &keys.session];
    digest::sha256(&parts.concat())
}
