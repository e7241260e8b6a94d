//! Verbs that need two domains, and the ports of one domain that another fills. Domains do not know each other.
//!
//! [`became`]: a case became a commitment, and whoever followed the one follows the other. [`Colleagues`]: officers of an
//! agency are accounts. [`Things`]: what cases can be linked to is in plans.

mod became;
mod ports;
#[cfg(test)]
mod tests;

pub use became::{Became, became};
pub use ports::{Colleagues, Things};
