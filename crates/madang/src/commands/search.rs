//! `madang search`: how the index of this machine stands, and building it anew.

use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use madang_kernel::change;
use madang_search::{Index, Status};
use serde_json::json;

use super::Invocation;
use crate::app;
use crate::cli::Search as Command;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::Absent;
use crate::terminal;

/// How often it is shown how far a build is.
const LOOK: Duration = Duration::from_millis(200);

pub(crate) fn run(command: &Command, invocation: &Invocation) -> Outcome {
    match command {
        Command::Status { json } => status(*json, invocation),
        Command::Rebuild { json } => rebuild(*json, invocation),
        Command::Dictionary { from, to, json } => dictionary(from, to, *json, invocation),
    }
}

fn status(as_json: bool, invocation: &Invocation) -> Outcome {
    let (status, head) = invocation.with_site(Absent::Refuse, async |site| {
        let search = app::search(site, &invocation.config, &app::cases(&invocation.config))?;
        let head = site.db.read(change::head).await.map_err(|error| site.failure(&error))?;
        Ok((search.index.status(), head))
    })?;
    let behind = head.saturating_sub(status.position);
    let folder = invocation.config.search.folder.display();
    if as_json {
        let result = json!({
            "folder": folder.to_string(), "documents": status.documents, "position": status.position, "behind": behind,
            "generation": status.generation, "bytes": status.bytes, "dictionary": status.dictionary, "error": status.error,
        });
        terminal::line(format_args!("{result:#}"));
    } else {
        terminal::line(format_args!("folder      {folder}"));
        terminal::line(format_args!("documents   {}", status.documents));
        terminal::line(format_args!("position    {} (behind by {behind})", status.position));
        terminal::line(format_args!("on disk     {:.1} MB", bytes_mb(status.bytes)));
        terminal::line(format_args!("dictionary  {}", if status.dictionary { "yes" } else { "no" }));
        terminal::line(format_args!(
            "written by  {}",
            if status.writes { "this process" } else { "another process, or none" }
        ));
    }
    usable(&status)
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit after the point")]
fn bytes_mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn usable(status: &Status) -> Outcome {
    let Some(error) = &status.error else { return Ok(()) };
    Err(Failure::new(Exit::Data, "the search index cannot be used")
        .why(error)
        .advice("`madang search rebuild` builds it anew; nothing but the index is in its folder"))
}

fn rebuild(as_json: bool, invocation: &Invocation) -> Outcome {
    invocation.with_site(Absent::Refuse, async |site| {
        let search = app::search(site, &invocation.config, &app::cases(&invocation.config))?;
        search.index.rebuild();
        let builder = app::search_builder(site, &search);
        let begun = Instant::now();
        let work = tokio::spawn({
            let builder = std::sync::Arc::clone(&builder);
            async move { builder.catch_up().await }
        });
        watch(&search.index, &work).await;
        let outcome = work.await.map_err(|error| Failure::new(Exit::Failed, "building ended early").why(error))?;
        match outcome {
            Err(error) if error.code() == "search.locked" => {
                terminal::line("The server that runs here has been told; `madang search status` shows how far it is.");
                return Ok(());
            }
            other => other.map_err(|error| site.failure(&error))?,
        }
        let status = search.index.status();
        usable(&status)?;
        let seconds = begun.elapsed().as_secs_f64();
        if as_json {
            let result = json!({
                "documents": status.documents, "position": status.position, "seconds": seconds, "bytes": status.bytes,
            });
            terminal::line(format_args!("{result:#}"));
        } else {
            terminal::line(format_args!("{} documents in {seconds:.1} s", status.documents));
        }
        Ok(())
    })
}

/// Shows how far it is until it is done.
async fn watch(index: &Index, work: &tokio::task::JoinHandle<madang_base::Result<()>>) {
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec}").unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(0).with_style(style);
    while !work.is_finished() {
        if let Some((done, of)) = index.status().building {
            bar.set_length(of.max(done));
            bar.set_position(done);
        }
        tokio::time::sleep(LOOK).await;
    }
    bar.finish_and_clear();
}

fn dictionary(from: &Path, to: &Path, as_json: bool, invocation: &Invocation) -> Outcome {
    madang_search::dictionary::build(from, to)
        .map_err(|error| crate::site::explain(&error, invocation.locale).at(from.display()))?;
    let folder = to.display();
    if as_json {
        terminal::line(format_args!("{:#}", json!({ "folder": folder.to_string() })));
    } else {
        terminal::line(format_args!(
            "A dictionary is in {folder}; name it in search.dictionary and run `madang search rebuild`."
        ));
    }
    Ok(())
}
