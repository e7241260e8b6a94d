//! `madang bench`: what this machine's disk gives, in acts as the ledger takes them. It needs nothing but the binary; the
//! comparisons with peers are `script/bench` in the source.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use madang_adapters::{OsRng, SystemClock};
use madang_base::{Clock as _, SharedRng};
use madang_db::{Db, Options};
use madang_kernel::ledger::{self, Counted, Event, Is, Kind, Shown, always};
use madang_kernel::{Ctx, Keys, ObjectKind, Ref, change};
use serde_json::json;

use super::Invocation;
use crate::config::DatabaseUrl;
use crate::exit::{Exit, Failure, Outcome};
use crate::{site, terminal};

/// Callers at once in the crowded rows.
const CROWD: usize = 256;

/// The act that is measured; no ledger of a site has it.
const ACT: Kind = Kind {
    name: "bench.act",
    objects: &[ObjectKind::Plan],
    shown: Shown::Always,
    fields: &[always("number", Is::Number)],
    counted: Counted::Not("it is in a database that is thrown away"),
};

struct Line {
    work: &'static str,
    value: u64,
    unit: &'static str,
}

pub(crate) fn run(seconds: u64, as_json: bool, invocation: &Invocation) -> Outcome {
    let data = &invocation.config.data;
    let is_new = !data.exists();
    site::make_folder(data)?;
    let folder = data.join(format!(".bench-{}", std::process::id()));
    let outcome = site::make_folder(&folder).and_then(|()| measured(&folder, Duration::from_secs(seconds), invocation));
    // Gone whatever came of it; what cannot be removed is named.
    let removed = std::fs::remove_dir_all(&folder);
    if is_new {
        // Only when it is empty, which it is unless a server was started there meanwhile.
        let _ = std::fs::remove_dir(data);
    }
    let lines = outcome?;
    removed.map_err(|error| {
        Failure::new(Exit::Files, "the benchmark's database cannot be removed").at(folder.display()).why(error)
    })?;
    if as_json {
        let rows: Vec<_> =
            lines.iter().map(|line| json!({ "work": line.work, "ours": line.value, "unit": line.unit })).collect();
        terminal::line(format_args!("{:#}", json!({ "rows": rows })));
    } else {
        for line in &lines {
            terminal::line(format_args!("{:44} {:>9} {}", line.work, line.value, line.unit));
        }
    }
    Ok(())
}

fn measured(folder: &Path, time: Duration, invocation: &Invocation) -> Outcome<Vec<Line>> {
    let url = format!("sqlite:{}", folder.join("bench.db").display());
    let url = DatabaseUrl::parse(&url).map_err(|what| Failure::new(Exit::Usage, what))?;
    invocation.block_on(async {
        let db = site::database_with(&url, Options::default(), invocation.locale).await?;
        let bar = terminal::bar(3, "steps");
        let outcome = rows(&db, time, &bar).await;
        bar.finish_and_clear();
        db.close().await.and(outcome).map_err(|error| site::explain(&error, invocation.locale))
    })
}

async fn rows(db: &Db, time: Duration, bar: &indicatif::ProgressBar) -> madang_base::Result<Vec<Line>> {
    let rng: SharedRng = Arc::new(OsRng);
    let keys = Arc::new(Keys::generate(&*rng));
    let act = move |db: Db| {
        let (rng, keys) = (Arc::clone(&rng), Arc::clone(&keys));
        async move {
            let ctx = Ctx::system(SystemClock.now(), rng, keys);
            db.write(move |tx| {
                let object = Ref { kind: ObjectKind::Plan, id: "bench".to_owned() };
                ledger::append(tx, &ctx, Event::public(&ACT, object).with("number", 1_i64)).map(drop)
            })
            .await
        }
    };
    let read = |db: Db| async move { db.read(change::head).await.map(drop) };
    bar.set_message("one caller");
    let alone = callers(db, 1, time, &act).await?;
    bar.inc(1);
    bar.set_message("acts, 256 callers");
    let crowd = callers(db, CROWD, time, &act).await?;
    bar.inc(1);
    bar.set_message("reads, 256 callers");
    let reads = callers(db, CROWD, time, &read).await?;
    Ok(vec![
        Line { work: "act on the disk, one caller, half within", value: alone.median(), unit: "µs" },
        Line { work: "acts on the disk, 256 callers", value: crowd.per_second(), unit: "/s" },
        Line { work: "act on the disk, 256 callers, half within", value: crowd.median(), unit: "µs" },
        Line { work: "reads, 256 callers", value: reads.per_second(), unit: "/s" },
    ])
}

/// What callers met.
struct Met {
    micros: Vec<u64>,
    took: Duration,
}

impl Met {
    fn median(&self) -> u64 {
        self.micros.get(self.micros.len() / 2).copied().unwrap_or(0)
    }

    fn per_second(&self) -> u64 {
        let micros = u64::try_from(self.took.as_micros()).unwrap_or(u64::MAX).max(1);
        (self.micros.len() as u64).saturating_mul(1_000_000) / micros
    }
}

/// `count` callers that do `work` again and again until the time is over.
async fn callers<W, F>(db: &Db, count: usize, time: Duration, work: &W) -> madang_base::Result<Met>
where
    W: Fn(Db) -> F,
    F: Future<Output = madang_base::Result<()>> + Send + 'static,
    W: Clone + Send + 'static,
{
    let begun = Instant::now();
    let tasks: Vec<_> = (0..count)
        .map(|_| {
            let (db, work) = (db.clone(), work.clone());
            tokio::spawn(async move {
                let mut micros = Vec::new();
                while begun.elapsed() < time {
                    let asked = Instant::now();
                    work(db.clone()).await?;
                    micros.push(u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX));
                }
                Ok::<_, madang_base::Error>(micros)
            })
        })
        .collect();
    let mut micros = Vec::new();
    for task in tasks {
        micros.extend(task.await.map_err(madang_base::Error::internal)??);
    }
    let took = begun.elapsed();
    micros.sort_unstable();
    Ok(Met { micros, took })
}
