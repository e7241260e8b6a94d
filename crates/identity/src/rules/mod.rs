//! What is decided from values in memory: syntax of addresses, tokens and keys, lifetimes, limits, sealing.
//! No SQL and no clock here.

pub mod agent;
pub mod email;
pub mod limit;
pub mod secret;
pub mod session;
pub mod text;
pub mod token;
pub mod totp;

#[cfg(test)]
mod tests;
