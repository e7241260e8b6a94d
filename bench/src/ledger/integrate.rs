//! Integrating 10,000,000 events that wait: hashing them, writing bundles and tiles, signing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use madang_adapters::{OsRng, SystemClock};
use madang_base::Clock as _;
use madang_db::{Db, Options, params};
use madang_kernel::blob::Blobs;
use madang_kernel::log::Integrator;
use madang_tlog::note::{Algorithm, SigningKey};
use tokio::runtime::Runtime;

use crate::Failure;
use crate::folder::Folder;
use crate::report::Row;

const LEAVES: i64 = 10_000_000;
/// Rows of one statement.
const ROWS: i64 = 50_000;

pub fn run(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("ledger-integrate")?;
    let seconds = Runtime::new()?.block_on(integrate(&folder))?;
    rows.push(Row::below(
        &format!("integrate {LEAVES} events: bundles, tiles, checkpoints"),
        seconds,
        "s",
        None,
        120.0,
    ));
    Ok(())
}

async fn integrate(folder: &Folder) -> Result<f64, Failure> {
    let url = format!("sqlite:{}", folder.path().join("madang.db").display());
    let db = Db::open(&url, Options::default()).await?;
    let at = SystemClock.now();
    let mut made = 0;
    while made < LEAVES {
        db.write(move |tx| {
            tx.exec(
                "WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $2)
                 INSERT INTO change (position, at, kind, object, public, json)
                 SELECT i, $3 + i, 'support.given', 'case:0193c1f0-0000-7000-8000-000000000001', 1,
                   '{\"at\":' || ($3 + i) || ',\"fields\":{\"channel\":\"web\",\"day\":\"2026-11-22\",\"stated\":\"sha256:' ||
                   substr('0000000000000000000000000000000000000000000000000000000000000000' || i, -64) ||
                   '\",\"who\":\"nullifier:' ||
                   substr('0000000000000000000000000000000000000000000000000000000000000000' || (i * 7), -64) ||
                   '\"},\"kind\":\"support.given\",\"object\":\"case:0193c1f0-0000-7000-8000-000000000001\",\"v\":1}'
                 FROM n",
                params![made + 1, made + ROWS, at],
            )
        })
        .await?;
        made += ROWS;
    }
    db.write(move |tx| {
        tx.exec(
            "INSERT INTO log_head (id, size) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET size = excluded.size",
            params![LEAVES],
        )
    })
    .await?;
    let key = SigningKey::from_seed("bench.example/log", Algorithm::Ed25519, [7; 32])?;
    let tiles = Blobs::local(&folder.path().join("blobs"))?.tiles();
    let integrator = Integrator::open(
        db.clone(),
        tiles,
        Some(key),
        Arc::new(SystemClock),
        Arc::new(OsRng),
        Duration::from_millis(500),
    )
    .await;
    let begun = Instant::now();
    while integrator.turn().await?.more {}
    let seconds = begun.elapsed().as_secs_f64();
    let size = integrator.log().published().await?.map_or(0, |published| published.size);
    if size != u64::try_from(LEAVES)? {
        return Err(format!("{size} leaves were integrated").into());
    }
    drop(integrator);
    db.close().await?;
    Ok(seconds)
}
