//! Sealing: values that only a holder of the site's key file can read, bound to the row they stand in.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use madang_base::{Error, Result, Rng};

use crate::digest;

fn cipher(master: &[u8; 32], purpose: &str) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&digest::hmac(master, &[b"seal", purpose.as_bytes()]).into())
}

const NONCE: usize = 24;

/// Encrypts with XChaCha20-Poly1305 under a key derived from `master` for this purpose; `owner` (an account id, a state)
/// is bound to it, so that a sealed value cannot be moved to another row. The random nonce stands in front.
///
/// # Errors
/// `Kind::Internal` when the cipher fails, which it does not for short values.
pub fn seal(master: &[u8; 32], purpose: &str, owner: &str, plain: &[u8], rng: &dyn Rng) -> Result<Vec<u8>> {
    let nonce = rng.bytes::<NONCE>();
    let sealed = cipher(master, purpose)
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: owner.as_bytes() })
        .map_err(|_| Error::internal("sealing failed"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Undoes [`seal`].
///
/// # Errors
/// `Kind::Internal` when the master key is another one or the row was tampered with.
pub fn unseal(master: &[u8; 32], purpose: &str, owner: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    let broken = || Error::internal("a sealed value does not open: another master key, or a changed row");
    let (nonce, body) = sealed.split_first_chunk::<NONCE>().ok_or_else(broken)?;
    cipher(master, purpose)
        .decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: owner.as_bytes() })
        .map_err(|_| broken())
}
