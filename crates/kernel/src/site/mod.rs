//! What a site remembers of itself: at present, which keys are its own.

mod store;

use madang_base::{Error, Result, Time};
use madang_db::Tx;

use crate::digest;
use crate::keys::Keys;

/// Says whether these are the keys that the database was first opened with, and remembers them when it is the first
/// time. What is remembered is an HMAC of nothing under each key: it tells keys apart and gives none away.
///
/// # Errors
/// `Kind::Conflict` with code `keys.other-site` when the database belongs to other keys: going on would make every
/// person a stranger.
pub fn check_keys(tx: &mut Tx, keys: &Keys, now: Time) -> Result<()> {
    let own: Vec<u8> =
        [&keys.person, &keys.master, &keys.session].into_iter().flat_map(|key| digest::hmac(key, &[b"which"])).collect();
    let own = digest::sha256(&own);
    if store::insert(tx, "keys", &own, now)? || store::value(tx, "keys")?.as_deref() == Some(own.as_str()) {
        return Ok(());
    }
    Err(Error::conflict("keys.other-site"))
}
