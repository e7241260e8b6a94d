//! The log against a naive one, against altered proofs and files, and against other people's programs.

mod interop;
mod naive;
mod parsers;
mod tampering;
mod trees;
mod witnesses;
