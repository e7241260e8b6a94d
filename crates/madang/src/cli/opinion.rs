//! `madang opinion …`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(super) const EXAMPLES: &str = "\
Examples:
  madang opinion votes.csv --comments comments.csv
  madang opinion export/ --language ko --svg pictures
  madang opinion export/ --json > map.json
  madang opinion participants-votes.csv --groups 3

It reads the exports of Polis and needs no site. In a folder it finds votes.csv, comments.csv,
summary.csv and participants-votes.csv by name. What is against the map is said first. The same files
give the same map on every computer, whatever the order of their lines. docs/opinion-maps.md explains
the method. Exit code 5 when a file is not in order.";

/// The number that means "agree" in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum AgreeIs {
    #[default]
    #[value(name = "1")]
    PlusOne,
    #[value(name = "-1")]
    MinusOne,
}

#[derive(Args, Debug)]
pub(crate) struct Opinion {
    /// votes.csv, participants-votes.csv, or the folder of an export
    #[arg(value_name = "FILE|DIR")]
    pub(crate) votes: PathBuf,
    /// The statements [default: comments.csv in the folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) comments: Option<PathBuf>,
    /// Set the number of groups, instead of the one with the clearest borders
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(2..=5))]
    pub(crate) groups: Option<u8>,
    /// Published groups to compare with [default: participants-votes.csv in the folder, if it has groups]
    #[arg(long, value_name = "FILE")]
    pub(crate) compare: Option<PathBuf>,
    /// Number from which the drawing of halves begins that tells how firm the groups are
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many statements of each kind to tell
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) top: u16,
    /// What the file writes for "agree"; Polis' exports write 1, its database -1
    #[arg(long, value_name = "NUMBER", default_value = "1", allow_hyphen_values = true)]
    pub(crate) agree: AgreeIs,
    /// Also write pictures (SVG) into this folder; those for telephones into its folder `narrow`
    #[arg(long, value_name = "DIR")]
    pub(crate) svg: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
