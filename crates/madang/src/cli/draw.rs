//! `madang draw`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(crate) const EXAMPLES: &str = "\
Examples:
  madang draw --features features.csv --candidates candidates.csv --size 20 --publish draw
  madang draw --features features.csv --candidates candidates.csv --size 20 --panels 1000 \\
      --households address --ceremony ceremony.txt --publish draw
  madang draw --commit \"City council\"
  madang draw --published draw --ceremony ceremony.txt --labels draw.labels.csv --out chosen.csv
  madang draw --published draw --seed \"7, 12, 23, 31, 40, 44\"
  madang draw --published draw --verify draw/result.json
  madang draw --published draw --replace 3f2a91c04be7d815 --labels draw.labels.csv

First the lists are made and published, then chance is made in public, then the same lists and the
same seed give the same committee on every machine. With files and a seed at once it draws as an
exercise. docs/draws.md tells how a public draw is held and what each file means.

Exit code 5: a file is not in order, no committee meets the quotas, or a result differs.";

#[derive(Args, Debug)]
pub(crate) struct Draw {
    /// Quotas: feature, value, min, max
    #[arg(long, value_name = "FILE", required_unless_present_any = ["published", "commit"], requires = "candidates")]
    pub(crate) features: Option<PathBuf>,
    /// The pool: an id column and a column for each feature
    #[arg(long, value_name = "FILE", requires_all = ["features", "size"])]
    pub(crate) candidates: Option<PathBuf>,
    /// How many are drawn
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) size: Option<u32>,
    /// Quotas over several features, or with a minimum alone: when, min, max
    #[arg(long, value_name = "FILE", requires = "features")]
    pub(crate) also: Option<PathBuf>,
    /// The column of ids [default: nationbuilder_id, else id]
    #[arg(long, value_name = "COLUMN", requires = "candidates")]
    pub(crate) id: Option<String>,
    /// At most one person from each household: the column of the address (repeatable)
    #[arg(long, value_name = "COLUMN", requires = "candidates")]
    pub(crate) households: Vec<String>,
    /// A column to keep in the private list, such as a telephone number (repeatable)
    #[arg(long, value_name = "COLUMN", requires = "candidates")]
    pub(crate) keep: Vec<String>,
    /// Whose chance is made as large as possible
    #[arg(long, value_name = "METHOD", default_value = "leximin")]
    pub(crate) method: Method,
    /// A list of so many lines with one number each, instead of weighted ones (1000 is usual)
    #[arg(long, value_name = "NUMBER", requires = "features", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) panels: Option<u32>,
    /// People in reserve for each seat
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "features", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) alternates: u32,
    /// What is drawn, for the published files
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, requires = "features")]
    pub(crate) title: String,
    /// The folder to publish; it must not be there yet, or be empty
    #[arg(long, value_name = "DIR", requires = "features")]
    pub(crate) publish: Option<PathBuf>,
    /// The private list of labels and ids [written beside the published folder: DIR.labels.csv]
    #[arg(long, value_name = "FILE")]
    pub(crate) labels: Option<PathBuf>,
    /// What labels are made with besides ids [default: random when something is published]
    #[arg(long, value_name = "TEXT", requires = "features")]
    pub(crate) salt: Option<String>,
    /// A published folder: draw, check or replace from it; the files of people are not needed
    #[arg(long, value_name = "DIR", conflicts_with = "features")]
    pub(crate) published: Option<PathBuf>,
    /// A public value, such as lottery numbers or a drand round with its randomness
    #[arg(long, value_name = "TEXT", conflicts_with = "ceremony")]
    pub(crate) seed: Option<String>,
    /// The ceremony: parties, commitments, and later reveals and the public value
    #[arg(long, value_name = "FILE")]
    pub(crate) ceremony: Option<PathBuf>,
    /// Draw again and compare with this result
    #[arg(long, value_name = "FILE", requires = "published", conflicts_with_all = ["seed", "ceremony", "replace"])]
    pub(crate) verify: Option<PathBuf>,
    /// Also compute the chances again from the published pool and compare
    #[arg(long, requires = "published")]
    pub(crate) resolve: bool,
    /// All who declined so far, in their order: labels, or ids when --labels is there
    #[arg(long, value_name = "ID", num_args = 1.., requires = "published")]
    pub(crate) replace: Vec<String>,
    /// A CSV file of the people drawn, with what --labels tells of them
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Make the commitment of a party with this name, for its part in a ceremony
    #[arg(long, value_name = "NAME", conflicts_with_all = ["features", "published"])]
    pub(crate) commit: Option<String>,
    /// The party's secret [default: random]
    #[arg(long, value_name = "TEXT", requires = "commit")]
    pub(crate) secret: Option<String>,
    /// A folder for pictures: seats.svg and chances.svg; those for telephones go into its folder `narrow`
    #[arg(long, value_name = "DIR")]
    pub(crate) svg: Option<PathBuf>,
    /// Also print how the committee is drawn, everybody's chance and why, and how to check it
    #[arg(long)]
    pub(crate) explain: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Whose chance is made as large as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Method {
    /// The smallest chance, then the next smallest, and so on
    Leximin,
    /// The smallest chance only
    Maximin,
}
