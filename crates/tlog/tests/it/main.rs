//! The log against a naive one, against altered proofs and files, and against other people's programs.

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a helper that meets an error fails its test; sizes here are small"
)]

mod interop;
mod naive;
mod parsers;
mod tampering;
mod trees;
mod witnesses;
