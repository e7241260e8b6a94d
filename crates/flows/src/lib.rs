//! Verbs that need two domains, and the ports of one domain that another fills. Domains do not know each other.
//!
//! [`became`]: a case became a commitment, and whoever followed the one follows the other. [`Colleagues`]: officers of an
//! agency are accounts. [`Things`]: what cases can be linked to is in plans. [`export`] gives the public log and the site's
//! claims away, [`verify`] counts them again. [`search`] finds anything public, [`newsletter`] says what moved.

mod became;
pub mod export;
pub mod ledger;
pub mod newsletter;
mod ports;
pub mod search;
#[cfg(feature = "tampering")]
pub mod tampering;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod verify;

pub use became::{Became, became};
pub use ports::{Colleagues, Things};
