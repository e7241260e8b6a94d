//! Services at start: the calendar with the site's own days off, the shipped definitions and those of the operator.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use madang_base::calendar::Calendar;
use madang_base::{Result, SharedClock};
use madang_cases::Cases;
use madang_cases::registry::Services;
use madang_cases::service::{apply, draft, personal, tick};
use madang_db::Db;
use madang_kernel::job::{self, Handler, Job};
use madang_kernel::{BoxFuture, Ctx};

use crate::config::Config;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::Site;

/// The kind of the daily job that throws away old drafts and personal data that is kept no longer.
pub(crate) const UPKEEP: &str = "cases.upkeep";
/// Cases that lose their personal data in one transaction.
const AT_ONCE: u32 = 50;

/// What verbs on cases are given; nothing is put into the database.
pub(crate) fn cases(config: &Config) -> Cases {
    let holidays = config.services.holidays.iter().cloned();
    let calendar = holidays.fold(Calendar::korea(), |calendar, (day, name)| calendar.with_temporary(day, name));
    Cases::new(Services::new(), calendar)
        .with_leading(config.services.leading.clone())
        .with_persons(Arc::new(super::supports::KnownPersons))
        .with_officers(Arc::new(madang_flows::Colleagues))
        .with_targets(Arc::new(madang_flows::Things))
}

/// Puts the shipped definitions and those of the operator's folder in force.
pub(crate) async fn install(site: &Site, config: &Config, cases: &Cases) -> Outcome {
    let (ctx, there) = (site.ctx(), cases.clone());
    let put_in =
        site.db.write(move |tx| apply::install(tx, &ctx, &there)).await.map_err(|error| site.failure(&error))?;
    tracing::debug!(put_in, "shipped services are in force");
    // The site's days off may be others than when it last ran.
    let ctx = site.ctx();
    let anew = site.db.write(move |tx| job::enqueue(tx, &ctx, tick::REFOLD, serde_json::json!({}), None).map(drop));
    anew.await.map_err(|error| site.failure(&error))?;
    let Some(folder) = &config.services.folder else { return Ok(()) };
    for file in definitions(folder)? {
        let text = read(&file)?;
        let (ctx, there, name) = (site.ctx(), cases.clone(), file.display().to_string());
        let applied = site.db.write(move |tx| apply::apply(tx, &ctx, &there, &name, &text)).await;
        let applied = applied.map_err(|error| {
            site.failure(&error).at(file.display()).advice("`madang service check FILE` shows what is wrong and where")
        })?;
        if applied.changed {
            tracing::info!(service = applied.service, "a service definition was put in force");
        }
    }
    Ok(())
}

/// The definition files of a folder, by name.
fn definitions(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let bad = |error: std::io::Error| {
        Failure::new(Exit::Files, "the folder of service definitions cannot be read")
            .at(folder.display())
            .why(error)
            .advice("name another with services.folder, or leave it away")
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(bad)? {
        let path = entry.map_err(bad)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The text of a definition file.
pub(crate) fn read(file: &Path) -> Outcome<String> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::new(Exit::Files, "a service definition cannot be read").at(file.display()).why(error))
}

/// Throws away what has run out.
pub(crate) struct Upkeep {
    pub(crate) db: Db,
    pub(crate) clock: SharedClock,
    pub(crate) ctx: Ctx,
    pub(crate) cases: Cases,
}

impl Handler for Upkeep {
    fn run<'a>(&'a self, _job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async {
            let now = self.clock.now();
            while self.db.write(move |tx| draft::sweep(tx, now)).await? > 0 {}
            loop {
                let (ctx, cases) = (Ctx { now, ..self.ctx.clone() }, self.cases.clone());
                let swept = move |tx: &mut madang_db::Tx| personal::sweep_personal(tx, &ctx, &cases, now, AT_ONCE);
                if self.db.write(swept).await? == 0 {
                    return Ok(());
                }
            }
        })
    }
}
