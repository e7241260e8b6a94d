//! A witness of transparency logs: follows them, checks that they only grow, cosigns their checkpoints.
//!
//! A log's operator could show different people different logs. A witness, run by somebody else, remembers the last
//! checkpoint of each log that it cosigned and cosigns nothing that does not contain it, so that a log with enough
//! cosignatures is the same for everybody. It speaks C2SP's `tlog-witness` and follows any log in the `tlog-tiles` layout.
//!
//! What always holds: a checkpoint is on disk before its cosignature leaves ([`durable`]); for one log there is one
//! decision at a time; nothing is cosigned that is smaller than, or does not contain, what carries our own cosignature.
//!
//! The network, mail, time and words come in through [`ports`]; HTTP is the delivery crates' business. Start reading at
//! [`Witness`], then `cosigner.rs` (the protocol) and `follow.rs` (looking for oneself).

pub mod alarm;
pub mod audit;
pub mod config;
mod cosigner;
pub mod durable;
mod error;
mod follow;
mod judge;
pub mod notices;
pub mod ports;
mod remote;
mod state;
pub mod status;
#[cfg(test)]
mod tests;
mod witness;

pub use config::Config;
pub use cosigner::Answer;
pub use error::{Fault, Result};
pub use ports::Ports;
pub use witness::{Audited, Witness, new_key, read_key};
