//! Benchmarks with their bars. `script/bench NAME [--json]` builds and runs this; `script/bench --list` names them.
//!
//! Every work is measured ours and the peer in turn, several times, in the same run on the same machine; the median
//! counts. A benchmark starts nothing that it does not stop.

mod budgeting;
mod cases;
mod cluster;
mod db;
mod folder;
mod ledger;
mod opinion;
mod peer;
mod report;
mod search;
mod server;
mod sortition;
mod web;

use std::io::Write as _;
use std::process::ExitCode;

use report::{Report, Row};

/// A benchmark's name, what it measures, and what runs it.
type Benchmark = (&'static str, &'static str, fn(&Asked) -> Result<Vec<Row>, Failure>);
type Failure = Box<dyn std::error::Error>;

const BENCHMARKS: [Benchmark; 8] = [
    ("budgeting", "participatory budgets counted beside pabutools", budgeting::run),
    ("db", "writes and reads through the database crate against bare clients", db::run),
    ("cases", "signatures over HTTP, counts, lists and exports of a million cases", cases::run),
    ("ledger", "what the transparency log costs, how soon it proves, and what it finds", ledger::run),
    ("opinion", "opinion maps beside red-dwarf", opinion::run),
    ("search", "results of a million cases and how good they are, and figures over a million cases", search::run),
    ("sortition", "draws of committees beside sortition-algorithms", sortition::run),
    ("web", "the plan page over HTTP, the start of the demo, and its memory", web::run),
];

/// What the command line asks for.
#[derive(Debug)]
struct Asked {
    name: String,
    json: bool,
    /// Only works whose name contains this.
    only: Option<String>,
    /// A Korean dictionary to measure beside (`search`).
    dictionary: Option<String>,
    /// A folder of Pabulib files to count beside (`budgeting`).
    files: Option<String>,
    /// Also prints what came of each query (`search`).
    each: bool,
}

const USAGE: &str = "usage: script/bench NAME [--json] [--only WORDS] [--each] [--dictionary FOLDER] [--files FOLDER] | script/bench --list";

fn asked(mut arguments: impl Iterator<Item = String>) -> Result<Asked, Failure> {
    let mut asked = Asked { name: String::new(), json: false, only: None, dictionary: None, files: None, each: false };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => asked.json = true,
            "--each" => asked.each = true,
            "--dictionary" => asked.dictionary = Some(arguments.next().ok_or(USAGE)?),
            "--files" => asked.files = Some(arguments.next().ok_or(USAGE)?),
            "--only" => asked.only = Some(arguments.next().ok_or(USAGE)?),
            name if asked.name.is_empty() && (name == "--list" || !name.starts_with('-')) => {
                name.clone_into(&mut asked.name);
            }
            _ => return Err(USAGE.into()),
        }
    }
    Ok(asked)
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

/// True when every bar holds.
fn run() -> Result<bool, Failure> {
    let asked = asked(std::env::args().skip(1))?;
    let mut out = std::io::stdout();
    if asked.name == "--list" {
        for (name, about, _) in BENCHMARKS {
            writeln!(out, "{name:9} {about}")?;
        }
        return Ok(true);
    }
    let Some((_, _, work)) = BENCHMARKS.iter().find(|(name, ..)| *name == asked.name) else {
        return Err(USAGE.into());
    };
    let report = Report { rows: work(&asked)? };
    if asked.json {
        writeln!(out, "{}", report.json())?;
    } else {
        report.table(&mut out)?;
    }
    Ok(report.rows.iter().all(|row| row.holds))
}
