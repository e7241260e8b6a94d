//! What every domain stands on: who may do what, the ledger's inbox and the change feed, history, links between
//! objects, jobs, mail and files.
//!
//! Everything takes a [`Tx`](madang_db::Tx) and a [`Ctx`], so that an act and all that follows from it stand or fall
//! together. The kernel knows no plan, no account's name and no page; it has ports ([`mail::Mailer`], [`job::Handler`])
//! that `adapters` and the domains fill.
//!
//! Start reading at [`Ctx`] and [`permission`], then [`ledger`] and [`job`].

mod actor;
pub mod blob;
pub mod change;
mod coded;
mod ctx;
pub mod digest;
pub mod history;
pub mod housekeeping;
pub mod job;
pub mod key_check;
mod keys;
pub mod kinds;
pub mod lease;
pub mod ledger;
pub mod links;
pub mod log;
pub mod log_audit;
pub mod mail;
mod object;
pub mod organisation;
pub mod permission;
pub mod receipt;
pub mod seal;
pub mod sequencer;
#[cfg(test)]
mod tests;
pub mod wake;
pub mod webhook;

pub use actor::{
    Account, AccountId, Actor, Assurance, Grant, OrganisationId, OrganisationMarker, Person, PersonKeys, Role, Scope,
};
pub use ctx::Ctx;
pub use keys::Keys;
pub use object::{ObjectKind, Ref};
pub use permission::{Owner, Verb, Within};

/// A future on the heap, for ports that are used as trait objects.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

/// What [`coded!`] needs in the crates that use it; nothing to call by hand.
#[doc(hidden)]
pub mod reexport {
    pub use madang_base::{Error, Result};
    pub use madang_db::{FromValue, Value};
    pub use serde::de::Error as DeError;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
