//! The verbs, one module per subject: permission, rule, store, history and ledger, in one transaction.

pub mod access;
pub mod account;
pub mod admin;
pub mod api_key;
pub mod demo;
pub mod link;
pub mod membership;
pub mod oidc;
pub mod organisation;
pub mod person;
pub mod rate;
pub mod second_factor;
pub mod session;
pub mod upkeep;
