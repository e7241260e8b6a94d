//! `madang copy-db`.

use madang_db::{Db, Options, copy};
use serde_json::json;

use super::Invocation;
use crate::config::DatabaseUrl;
use crate::exit::{Exit, Failure, Outcome};
use crate::{site, terminal};

pub(crate) fn run(from: &str, to: &str, as_json: bool, invocation: &Invocation) -> Outcome {
    let (from, to) = (url("--from", from)?, url("--to", to)?);
    if from == to {
        return Err(Failure::new(Exit::Usage, "--from and --to are the same database").at(&from));
    }
    if let Some(file) = from.file().filter(|file| !file.exists()) {
        return Err(Failure::new(Exit::Files, "there is no database to copy").at(file.display()));
    }
    let report = invocation.block_on(async {
        // The source is read as it is: a copy is not the moment to bring it to another version.
        let source = Options { migrate: false, pool: 1, readers: 1, ..Options::default() };
        let source = site::database_with(&from, source, invocation.locale).await?;
        let target = Options { pool: 1, readers: 1, ..Options::default() };
        let target = site::database_with(&to, target, invocation.locale).await?;
        let outcome = copied(&source, &target, &to, invocation).await;
        for db in [source, target] {
            db.close().await.map_err(|error| site::explain(&error, invocation.locale))?;
        }
        outcome
    })?;
    print(&report, as_json);
    if !as_json {
        terminal::line("All of it arrived: counts and digests agree. Now set database.url, and start the server.");
    }
    Ok(())
}

fn url(flag: &'static str, text: &str) -> Outcome<DatabaseUrl> {
    DatabaseUrl::parse(text).map_err(|what| Failure::new(Exit::Usage, format_args!("{flag}: {what}")))
}

async fn copied(from: &Db, to: &Db, place: &DatabaseUrl, invocation: &Invocation) -> Outcome<copy::Report> {
    let (from, to, locale) = (from.clone(), to.clone(), invocation.locale);
    let place = place.clone();
    let work = move || {
        let bar = terminal::bar(0, "rows");
        let outcome = copy::copy(&from, &to, &progress(&bar));
        bar.finish_and_clear();
        outcome.map_err(|error| {
            Failure::new(Exit::Database, "the copy failed; the target is as it was")
                .at(place)
                .why(site::cause(&error))
                .advice(site::message(&error, locale))
        })
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::new(Exit::Failed, error))?
}

/// Moves a bar by what a copy tells.
pub(super) fn progress(bar: &indicatif::ProgressBar) -> impl Fn(copy::Progress) + Sync {
    |now: copy::Progress| {
        let verb = match now.phase {
            copy::Phase::Copy => "copying",
            copy::Phase::Verify => "comparing",
        };
        bar.set_length(now.of);
        bar.set_position(now.rows);
        bar.set_message(format!("{verb} {}", now.table));
    }
}

/// The tables with their counts and digests.
pub(super) fn print(report: &copy::Report, as_json: bool) {
    if as_json {
        let tables: Vec<_> = report
            .tables
            .iter()
            .map(|table| json!({ "table": table.table, "rows": table.rows, "sha256": table.digest }))
            .collect();
        terminal::line(format_args!("{:#}", json!({ "tables": tables })));
        return;
    }
    let width = report.tables.iter().map(|table| table.table.len()).max().unwrap_or(0);
    for table in &report.tables {
        terminal::line(format_args!("{:width$}  {:>12} rows  sha256 {}", table.table, table.rows, &table.digest[..16]));
    }
}
