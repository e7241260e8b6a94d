//! The ports of the kernel and the domains, made real: clock and randomness, the key file, mail, files, HTTP.
//!
//! Nothing here decides anything. It is the only crate that asks the system for the time, for randomness or for the
//! network; configuration comes in as values, from the binary.

mod clock;
pub mod download;
pub mod files;
pub mod http;
pub mod keys;
pub mod log_key;
pub mod oidc;
pub mod smtp;
#[cfg(test)]
mod tests;
pub mod webhook;
pub mod witness;

pub use clock::{OsRng, SystemClock};
pub use http::HttpOptions;
pub use smtp::{KeepMailer, Security, SmtpConfig, SmtpMailer};
pub use witness::{WitnessClient, WitnessNotifier};
