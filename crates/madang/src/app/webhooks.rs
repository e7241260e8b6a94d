//! Tells webhooks what is new in the change feed.

use std::sync::Arc;
use std::time::Duration;

use madang_base::{Result, SharedClock, SharedRng};
use madang_db::Db;
use madang_kernel::wake::Stop;
use madang_kernel::{Ctx, Keys, webhook};
use tokio::sync::watch;

/// Polling is the path that must be right: another node may have given the positions.
const POLL: Duration = Duration::from_secs(10);

/// Turns public changes into deliveries; the calls themselves are jobs.
pub(crate) struct Webhooks {
    pub(crate) db: Db,
    pub(crate) clock: SharedClock,
    pub(crate) rng: SharedRng,
    pub(crate) keys: Arc<Keys>,
    pub(crate) position: watch::Receiver<i64>,
}

impl Webhooks {
    pub(crate) async fn run(mut self, mut stop: Stop) {
        loop {
            if let Err(error) = self.turn().await {
                tracing::warn!(%error, "webhooks could not be told");
            }
            tokio::select! {
                changed = self.position.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
                () = tokio::time::sleep(POLL) => {}
                () = stop.set() => return,
            }
        }
    }

    async fn turn(&self) -> Result<()> {
        // Most sites have none: looking costs a read, not a write.
        while self.db.read(webhook::any_behind).await? {
            let ctx = Ctx::system(self.clock.now(), Arc::clone(&self.rng), Arc::clone(&self.keys));
            self.db.write(move |tx| webhook::fan_out(tx, &ctx)).await?;
        }
        Ok(())
    }
}
