//! `madang verify …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Whom whoever verifies trusts.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Trust")]
pub(crate) struct Trust {
    /// Verifier key of the log (repeatable) [default: the one the export names, taken on trust]
    #[arg(long = "key", value_name = "VKEY")]
    pub(crate) keys: Vec<String>,
    /// Verifier key of a witness that you trust (repeatable)
    #[arg(long = "witness", value_name = "VKEY")]
    pub(crate) witnesses: Vec<String>,
    /// How many of these witnesses must have cosigned [default: 1 when one is named]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) quorum: Option<usize>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verify {
    /// Verify a public export: signatures, the log, and all counts again; no site and no network is needed
    #[command(after_help = "\
Examples:
  madang verify export export
  madang verify export export --key madang.city.example+1a2b3c4d+AbCd… --witness w.example+…
  madang verify export export --since last-month/checkpoint --json
  madang verify export export --salts salts.ndjson

The folder is what `madang export log` or `madang ledger fetch` wrote. Every leaf is read, the log's
tree is built again and compared with what was signed, and every total, day, threshold and history of
states is counted again from the leaves and compared with what the site says. Regions and age bands
are counted only for an auditor who was given the salts. Exit code 5 when something differs.")]
    Export {
        /// The folder of the export
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        #[command(flatten)]
        trust: Trust,
        /// Salts that the operator gave to you as an auditor
        #[arg(long, value_name = "FILE")]
        salts: Option<PathBuf>,
        /// An older checkpoint of the same log, which this one must go on from
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say whether a document is what the government published
    #[command(after_help = "\
Examples:
  madang verify file answer.pdf --export export
  madang verify file answer.pdf --site https://madang.city.example
  madang verify file answer.pdf --export export --key madang.city.example+1a2b3c4d+AbCd…

The file is hashed here and sent nowhere. With an export the answer needs no network and is as good as
the log's signature. Exit code 5 when nothing says that it was published.")]
    File {
        /// The document
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// An export of the site
        #[arg(long, value_name = "DIR", required_unless_present = "site", conflicts_with = "site")]
        export: Option<PathBuf>,
        /// The site, asked for the document's digest
        #[arg(long, value_name = "URL")]
        site: Option<String>,
        #[command(flatten)]
        trust: Trust,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check the proof file of a receipt
    #[command(after_help = "\
Examples:
  madang verify proof receipt.tlog-proof --key madang.city.example+1a2b3c4d+AbCd…
  madang verify proof receipt.tlog-proof --leaf leaf.json --key … --witness … --quorum 2

Without --leaf the proof file must carry the leaf itself.")]
    Proof {
        /// The proof file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The leaf's bytes
        #[arg(long, value_name = "FILE")]
        leaf: Option<PathBuf>,
        #[command(flatten)]
        trust: Trust,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Hold the database against the log: every public row, every count
    #[command(after_help = "\
Examples:
  madang verify database --data /var/lib/madang
  madang verify database --database postgres://madang@db.internal/madang --json

It reads only, and the server may run meanwhile. A row that was changed beside the program is named.
Exit code 5 when something differs.")]
    Database {
        /// Also read the bytes of all files and compare their digests
        #[arg(long)]
        files: bool,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Count all signatures and supports again from the change feed
    #[command(after_help = "\
Examples:
  madang verify counts --data /var/lib/madang
  madang verify counts --database postgres://madang@db.internal/madang --json
  madang verify counts --position 120000

Totals, days, regions, age bands, the rows of the supporters and the thresholds are compared with
what the feed says; each difference is named. It reads only, and the server may run meanwhile. At
an earlier position it tells the number as of then and compares the thresholds reached until then.
Exit code 5 when something differs.")]
    Counts {
        /// Count up to this position of the change feed [default: all of it]
        #[arg(long, value_name = "POSITION", value_parser = clap::value_parser!(i64).range(0..))]
        position: Option<i64>,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}
