//! The loop that keeps figures and alike cases up to date behind the acts.

use std::time::Duration;

use madang_base::Result;
use madang_db::Db;
use madang_kernel::wake::Stop;
use tokio::sync::watch;

use super::turn;
use crate::{Cases, alike};

/// Cases of one turn: the write takes some tens of milliseconds at most, between other people's acts.
const CASES: usize = 250;
/// Polling is the path that must be right: another node may have given the positions.
const POLL: Duration = Duration::from_secs(10);
/// Between two turns while there is more to do: others write too.
const BREATH: Duration = Duration::from_millis(5);
/// Between the end and the next look: figures are a second behind at most when something happens all the time.
const REST: Duration = Duration::from_millis(700);

/// Follows the change feed. Any number of nodes may run one: whoever comes first counts, the others look on.
#[derive(Debug)]
pub struct Follower {
    pub db: Db,
    pub cases: Cases,
    /// Of the sequencer.
    pub position: watch::Receiver<i64>,
}

impl Follower {
    /// Follows until `stop`. A failure is logged and tried again.
    pub async fn run(mut self, mut stop: Stop) {
        while !stop.is_set() {
            if let Err(error) = self.work(&mut stop).await {
                tracing::warn!(%error, "figures could not be brought up to date");
                pause(POLL, &mut stop).await;
            }
            pause(REST, &mut stop).await;
            tokio::select! {
                changed = self.position.changed() => if changed.is_err() { pause(POLL, &mut stop).await },
                () = tokio::time::sleep(POLL) => {}
                () = stop.set() => return,
            }
        }
    }

    async fn work(&mut self, stop: &mut Stop) -> Result<()> {
        self.position.borrow_and_update();
        // Figures first: comparing takes longer, and fewer people wait for it.
        while !stop.is_set() && (self.figures().await? > 0 || self.alike().await? > 0) {
            pause(BREATH, stop).await;
        }
        Ok(())
    }

    async fn figures(&self) -> Result<usize> {
        let cases = self.cases.clone();
        let Some(found) = self.db.read(move |tx| turn::find(tx, &cases, CASES)).await? else { return Ok(0) };
        let size = found.size();
        self.db.write(move |tx| turn::write(tx, &found)).await?;
        Ok(size)
    }

    async fn alike(&self) -> Result<usize> {
        let cases = self.cases.clone();
        let Some(found) = self.db.read(move |tx| alike::find(tx, &cases, CASES / 5)).await? else { return Ok(0) };
        let size = found.size();
        self.db.write(move |tx| alike::write(tx, &found)).await?;
        Ok(size)
    }

    /// Does all there is to do now, for tests and the command line.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn catch_up(&self) -> Result<()> {
        while self.figures().await? > 0 || self.alike().await? > 0 {}
        Ok(())
    }
}

async fn pause(time: Duration, stop: &mut Stop) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = stop.set() => {}
    }
}
