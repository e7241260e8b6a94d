//! What the running site keeps in memory of the database, brought up to date by the change feed.

use std::time::Duration;

use madang_base::Result;
use madang_db::Db;
use madang_kernel::wake::Stop;
use madang_plans::views;
use madang_web::Wiring;
use tokio::sync::watch;

/// Polling is the path that must be right: another node may have imported a plan.
const POLL: Duration = Duration::from_secs(30);

/// Tells menus which plan is in force.
pub(crate) struct Follower {
    pub(crate) db: Db,
    pub(crate) position: watch::Receiver<i64>,
    pub(crate) wiring: Wiring,
}

impl Follower {
    pub(crate) async fn look(&self) -> Result<()> {
        let plan = self.db.read(views::in_force).await?;
        self.wiring.set_plan_in_force(plan);
        Ok(())
    }

    pub(crate) async fn run(mut self, mut stop: Stop) {
        loop {
            tokio::select! {
                changed = self.position.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
                () = tokio::time::sleep(POLL) => {}
                () = stop.set() => return,
            }
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "which plan is in force could not be read");
            }
        }
    }
}
