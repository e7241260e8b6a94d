//! Keyed hashes and sealing.
//!
//! Every use of a key names its purpose, so that a value made for one purpose means nothing in another.

use madang_kernel::digest;
pub use madang_kernel::seal::{seal, unseal};

/// HMAC-SHA-256 of the purpose and the parts, as hexadecimal digits.
#[must_use]
pub fn mac(key: &[u8; 32], purpose: &str, parts: &[&str]) -> String {
    let all: Vec<&[u8]> = std::iter::once(purpose).chain(parts.iter().copied()).map(str::as_bytes).collect();
    digest::hmac_hex(key, &all)
}
