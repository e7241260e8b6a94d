//! Keeping up with the change feed.

use std::sync::Arc;

use madang_base::Result;
use madang_db::Db;
use madang_kernel::wake::Stop;
use tokio::sync::watch;

use crate::error::unavailable;
use crate::index::Index;
use crate::source::Source;

/// Writes into the index what happens. One for each node.
pub struct Follower {
    pub db: Db,
    pub index: Index,
    pub sources: Arc<[Arc<dyn Source>]>,
    /// The last position of the change feed, as far as this process knows.
    pub position: watch::Receiver<i64>,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follower").field("index", &self.index).finish_non_exhaustive()
    }
}

impl Follower {
    /// Follows until `stop`.
    pub async fn run(self, mut stop: Stop) {
        stop.set().await;
    }

    /// Brings the index up to the feed's head, building it first when there is none. For tests and the command line;
    /// [`Follower::run`] does the same again and again.
    ///
    /// # Errors
    /// Those of the database; `search.unavailable` when the index cannot be written.
    pub async fn catch_up(&self) -> Result<()> {
        Err(unavailable())
    }
}
