//! What happens to supports in the background.

use std::sync::Arc;

use madang_base::{Error, Result, SharedClock, SharedRng, Time};
use madang_db::Db;
use madang_form::Moment;
use madang_kernel::job::{Handler, Job};
use madang_kernel::{BoxFuture, Ctx, Keys};

use super::{BurstId, THRESHOLD, burst, store};
use crate::context::Cases;
use crate::model::CaseId;
use crate::service::step;

/// Marks bursts; each minute.
pub const BURSTS: &str = "cases.bursts";
/// Forgets networks after 30 days and marks what was missed; each night.
pub const TIDY: &str = "cases.support-tidy";

/// Minutes that are looked at each minute: some more than one, because a job may be late.
const LOOK_BACK: i64 = 3;
/// Rows that one transaction forgets the network of.
const AT_ONCE: u32 = 1000;
const HOUR: i64 = 3600;

/// The handler of all jobs of supports: [`THRESHOLD`], [`BURSTS`], [`TIDY`] and [`burst::APPLY`].
#[derive(Clone)]
pub struct Jobs {
    pub db: Db,
    pub cases: Cases,
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub keys: Arc<Keys>,
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jobs").finish_non_exhaustive()
    }
}

impl Jobs {
    fn ctx(&self) -> Ctx {
        Ctx::system(self.clock.now(), Arc::clone(&self.rng), Arc::clone(&self.keys))
    }

    /// The case takes the steps that its definition has for the threshold.
    async fn threshold(&self, job: &Job) -> Result<()> {
        let (cases, ctx) = (self.cases.clone(), self.ctx());
        let case: CaseId = job.text("case")?.parse()?;
        let moment = Moment::Threshold(job.text("threshold")?.to_owned());
        self.db.write(move |tx| step::happen(tx, &ctx, &cases, case, &moment)).await.map(drop)
    }

    /// Looks first, on a connection that holds nobody up, and writes what it has found.
    async fn mark(&self, from: Time, until: Time) -> Result<()> {
        let ctx = self.ctx();
        let found = self.db.read(move |tx| burst::find(tx, &ctx, from, until)).await?;
        if found.is_empty() {
            return Ok(());
        }
        let marked = self.db.write(move |tx| burst::mark(tx, &found)).await?;
        if marked > 0 {
            tracing::info!(marked, "bursts of supports were marked");
        }
        Ok(())
    }

    async fn apply(&self, job: &Job) -> Result<()> {
        let id: BurstId = job.text("burst")?.parse()?;
        let ctx = self.ctx();
        loop {
            let ctx = ctx.clone();
            if !self.db.write(move |tx| burst::apply(tx, &ctx, id)).await? {
                return Ok(());
            }
        }
    }

    pub(super) async fn tidy(&self) -> Result<()> {
        let now = self.clock.now();
        for hour in (0..25).rev() {
            let until = now.plus_seconds(-hour * HOUR);
            self.mark(until.plus_seconds(-HOUR - 60), until).await?;
        }
        let before = now.plus_days(-burst::NETWORK_DAYS);
        while self.db.write(move |tx| store::forget_networks(tx, before, AT_ONCE)).await? > 0 {}
        self.db.write(move |tx| store::burst_forget(tx, before)).await.map(drop)
    }
}

impl Handler for Jobs {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match job.kind.as_str() {
                THRESHOLD => self.threshold(job).await,
                BURSTS => {
                    let now = self.clock.now();
                    self.mark(now.plus_seconds(-LOOK_BACK * 60), now).await
                }
                burst::APPLY => self.apply(job).await,
                TIDY => self.tidy().await,
                other => Err(Error::invalid("job.payload").arg("kind", other).arg("name", "kind")),
            }
        })
    }
}
