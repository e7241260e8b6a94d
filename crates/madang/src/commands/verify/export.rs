//! `madang verify export`.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use madang_flows::verify::{self, Asked, Folder, Found, Progress, Report};

use super::words::{Words, leaf, number, text};
use super::{Invocation, json_line, read_text, trust};
use crate::cli::Trust as Flags;
use crate::exit::{Exit, Failure, Outcome};
use crate::export::{Disk, disk, spill};
use crate::{site, terminal};

/// Differences that are printed; all are in the JSON.
const SHOWN: usize = 20;

/// What is asked.
pub(super) struct Order<'a> {
    pub folder: &'a Path,
    pub salts: Option<&'a Path>,
    pub since: Option<&'a Path>,
    pub json: bool,
}

pub(super) fn run(order: &Order<'_>, flags: &Flags, invocation: &Invocation) -> Outcome {
    let mut trust = trust(flags)?;
    trust.since = order.since.map(read_text).transpose()?;
    let salts = match order.salts {
        Some(path) => {
            let file = File::open(path).map_err(|error| disk::unreadable(path, error))?;
            Some((path.display().to_string(), Box::new(file) as Box<dyn Read + Send>))
        }
        None => None,
    };
    let bar = terminal::bar(0, "leaves");
    let mut progress = |progress: Progress| match progress {
        Progress::Claims(lines) => bar.set_message(format!("{lines} claims")),
        Progress::Leaves(read, all) => {
            bar.set_length(all);
            bar.set_position(read);
            bar.set_message("leaves");
        }
        Progress::Counts => bar.set_message("counting"),
    };
    let folder: Arc<dyn Folder> = Arc::new(Disk::new(order.folder));
    let asked = Asked { trust, salts, spill: spill(&std::env::temp_dir()), progress: &mut progress };
    let report = verify::export(&folder, asked);
    bar.finish_and_clear();
    let report = report.map_err(|error| {
        let failure = site::explain(&error, invocation.locale);
        if error.code() == "export.none" { failure.at(order.folder.display()) } else { failure }
    })?;
    let words = Words::new(invocation.locale);
    if order.json {
        json_line(&report)?;
    } else {
        print(&report, &words);
    }
    match report.differences.first() {
        None => Ok(()),
        Some(first) => {
            let many = report.differences.len() as u64;
            Err(Failure::new(Exit::Data, words.text("differs", &[("count", number(many))])).at(place(first)))
        }
    }
}

fn place(found: &Found) -> String {
    let line = found.line.map_or_else(String::new, |line| format!(":{line}"));
    let file = found.file.as_ref().map_or_else(String::new, |file| format!("{file}{line} "));
    let object = &found.difference.object;
    format!("{file}{object}").trim().to_owned()
}

fn print(report: &Report, words: &Words) {
    words.line("head", &[("site", text(&report.site)), ("generated", text(&report.generated))]);
    words.line("log", &[("origin", text(&report.origin)), ("size", number(report.size)), ("root", text(&report.root))]);
    match &report.signer {
        Some(signer) if signer.given => words.line("signed", &[("key", text(&signer.key))]),
        Some(signer) => words.line("signed-on-trust", &[("key", text(&signer.key))]),
        None => words.line("not-signed", &[]),
    }
    for witness in &report.witnesses {
        words.line("witness", &[("name", text(&witness.name)), ("at", text(&witness.at))]);
    }
    if !report.unknown_witnesses.is_empty() {
        words.line("unknown-witnesses", &[("names", text(&report.unknown_witnesses.join(", ")))]);
    }
    if let Some(since) = report.since {
        words.line("since", &[("size", number(since))]);
    }
    words.line(
        "leaves",
        &[("leaves", number(report.leaves)), ("months", number(report.months)), ("opaque", number(report.opaque))],
    );
    for recount in &report.recounts {
        let count = |word: &str| number(recount.counts.get(word).copied().unwrap_or(0));
        words.line(
            &format!("recount-{}", recount.name),
            &[
                ("cases", count("cases")),
                ("supports", count("supports")),
                ("thresholds", count("thresholds")),
                ("states", count("states")),
            ],
        );
        if report.audited {
            words.line("audited", &[("salts", count("salts"))]);
        }
    }
    for (kind, count) in &report.unknown_kinds {
        words.line("unknown-kind", &[("kind", text(kind)), ("count", number(*count))]);
    }
    for (field, count) in &report.unknown_fields {
        words.line("unknown-field", &[("field", text(field)), ("count", number(*count))]);
    }
    for name in &report.unknown_claims {
        words.line("unknown-claims", &[("name", text(name))]);
    }
    if report.agrees() {
        words.line("agrees", &[]);
        return;
    }
    for found in report.differences.iter().take(SHOWN) {
        let difference = &found.difference;
        words.difference(difference, &[&place(found), &leaf(difference), &difference.name]);
    }
    if report.differences.len() > SHOWN {
        words.line("more", &[("count", number((report.differences.len() - SHOWN) as u64))]);
    }
}
