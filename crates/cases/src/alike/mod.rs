//! Cases that say nearly the same, for the officers who handle them: public or not, of one service, found behind the acts.
//!
//! What a case says leaves a few hashes in `case_band`; two alike texts share at least one of them with high probability.
//! Those that do are compared exactly, and who is alike stands in `case_alike`. Both are gone when the case is erased.
//! Nobody who files waits for it: the [`Follower`](crate::figures::Follower) does it when the case is in the change feed.
//!
//! Start reading at [`clusters`].

mod clusters;
pub(crate) mod store;
mod turn;

pub(crate) use self::clusters::counts;
pub use self::clusters::{Cluster, Member, cluster_of, clusters};
pub use self::turn::turn;
pub(crate) use self::turn::{find, forget, write};

/// From how much on two cases are alike, in thousandths of what they say together.
pub const ALIKE: u32 = 350;
