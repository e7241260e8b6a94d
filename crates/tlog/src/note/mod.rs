//! Signed notes (c2sp.org/signed-note): a text, an empty line, and signature lines that anyone may add to.
//!
//! [`VerifierKey`] is what one trusts, [`SigningKey`] what one keeps secret, [`Signature`] a line, [`Note`] the whole.
//! A text counts for nothing until [`Note::verify`] has found the signature of a trusted key.

mod key;
mod signature;
mod signed;

pub use key::{Algorithm, SigningKey, VerifierKey};
pub use signature::Signature;
pub use signed::{MAX_NOTE, MAX_SIGNATURES, Note};

#[cfg(test)]
mod tests;
