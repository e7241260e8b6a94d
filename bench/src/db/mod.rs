//! `script/bench db`: acts and reads through `madang-db`, and what the bare clients do with the same statements.
//!
//! An act is what signing something costs: the session is looked up, the signature is inserted first (which tells
//! whether it is the first), an entry is inserted, and a row goes to the inbox of the ledger. Tables begin empty.

mod acts;
mod bare_postgres;
mod bare_sqlite;

use madang_db::{Db, Options};
use tokio::runtime::Runtime;

use crate::cluster::Cluster;
use crate::folder::Folder;
use crate::report::{Row, median};
use crate::{Asked, Failure};
use acts::{CALLERS, ONE_CALLER, READERS_OF_PEER, ours_latency, ours_reads, ours_writes, prepare};

/// Each side is measured so often.
const ROUNDS: usize = 5;

pub fn run(asked: &Asked) -> Result<Vec<Row>, Failure> {
    let wanted = |name: &str| asked.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let runtime = Runtime::new()?;
    let mut rows = Vec::new();
    if wanted("sqlite writes") {
        sqlite_writes(&runtime, &mut rows)?;
    }
    if wanted("sqlite reads") {
        sqlite_reads(&runtime, &mut rows)?;
    }
    if wanted("postgres") {
        postgres(&runtime, &mut rows)?;
    }
    Ok(rows)
}

async fn open(url: &str) -> Result<Db, Failure> {
    Ok(Db::open(url, Options::default()).await?)
}

fn sqlite_url(folder: &Folder) -> String {
    format!("sqlite:{}", folder.path().join("bench.db").display())
}

fn sqlite_writes(runtime: &Runtime, rows: &mut Vec<Row>) -> Result<(), Failure> {
    let (mut ours, mut batched, mut single, mut failed) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let folder = Folder::new("ours")?;
        let counted = runtime.block_on(async {
            let db = open(&sqlite_url(&folder)).await?;
            prepare(&db).await?;
            let counted = ours_writes(&db).await;
            db.close().await?;
            Ok::<_, Failure>(counted)
        })?;
        ours.push(counted.rate);
        failed += counted.failed;
        let folder = Folder::new("batched")?;
        batched.push(bare_sqlite::batched(runtime, &folder.path().join("bench.db"))?);
        let folder = Folder::new("single")?;
        single.push(bare_sqlite::single(&folder.path().join("bench.db"))?);
    }
    let ours = median(ours);
    let name = format!("SQLite: acts, {CALLERS} callers; peer: bare thread that batches them");
    rows.push(Row::at_least(&name, ours, "acts/s", median(batched), 0.7));
    let name = format!("SQLite: acts, {CALLERS} callers; peer: bare transaction each");
    rows.push(Row::at_least(&name, ours, "acts/s", median(single), 4.0));
    rows.push(Row::none("SQLite: acts that failed", failed, "acts"));
    Ok(())
}

fn sqlite_reads(runtime: &Runtime, rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("reads")?;
    let db = runtime.block_on(async {
        let db = open(&sqlite_url(&folder)).await?;
        prepare(&db).await?;
        acts::fill(&db).await?;
        Ok::<_, Failure>(db)
    })?;
    let (mut ours, mut bare, mut latency, mut bare_latency) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(runtime.block_on(ours_reads(&db)));
        bare.push(bare_sqlite::reads(&folder.path().join("bench.db"))?);
        latency.push(runtime.block_on(ours_latency(&db)));
        bare_latency.push(bare_sqlite::latency(&folder.path().join("bench.db"))?);
    }
    runtime.block_on(db.close())?;
    let name = format!("SQLite: point reads, {CALLERS} callers; peer: {READERS_OF_PEER} bare threads");
    rows.push(Row::at_least(&name, median(ours), "reads/s", median(bare), 0.6));
    let name = format!("SQLite: point read, one caller, p50 of {ONE_CALLER}");
    rows.push(Row::below(&name, median(latency), "us", Some(median(bare_latency)), 100.0));
    Ok(())
}

fn postgres(runtime: &Runtime, rows: &mut Vec<Row>) -> Result<(), Failure> {
    let (_cluster, url) = Cluster::start()?;
    let (mut ours, mut bare, mut failed) = (Vec::new(), Vec::new(), 0);
    let db = runtime.block_on(open(&url))?;
    for _ in 0..ROUNDS {
        let counted = runtime.block_on(async {
            prepare(&db).await?;
            Ok::<_, Failure>(ours_writes(&db).await)
        })?;
        ours.push(counted.rate);
        failed += counted.failed;
        runtime.block_on(prepare(&db))?;
        bare.push(bare_postgres::writes(&url)?);
    }
    runtime.block_on(db.close())?;
    let connections = bare_postgres::CONNECTIONS;
    let name = format!("PostgreSQL: acts, {CALLERS} callers, pool of 16; peer: bare client, {connections} connections");
    rows.push(Row::at_least(&name, median(ours), "acts/s", median(bare), 0.8));
    rows.push(Row::none("PostgreSQL: acts that failed", failed, "acts"));
    Ok(())
}
