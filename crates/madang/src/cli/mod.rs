//! The command line. What each command does is in `crate::commands`; here is only how it is called.

mod draw;
mod ledger;
mod opinion;
mod search;
mod tally;
mod verify;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::draw::{Draw, Method as DrawMethod};
pub(crate) use self::ledger::Ledger;
pub(crate) use self::opinion::{AgreeIs, Opinion};
pub(crate) use self::search::Search;
pub(crate) use self::tally::{
    Completion as TallyCompletion, Rule as TallyRule, Start as TallyStart, Tally, Ties as TallyTies,
    Utility as TallyUtility,
};
pub(crate) use self::verify::{Trust, Verify};
use crate::config::Flags;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed
  2  wrong usage
  3  the configuration is not in order
  4  the database cannot be reached, is of another version, or refuses
  5  a file that was to be read is not in order (an import, a backup)
  6  the address to listen on cannot be had
  7  a folder cannot be written or a file cannot be read

Settings come from a TOML file (--config, or madang.toml in the data folder), then from the
environment (MADANG_…), then from flags; the last one wins. `madang config show` tells which.";

/// 마당 — an open-government server.
#[derive(Debug, Parser)]
#[command(name = "madang", version, about = "마당 Madang: an open-government server", after_help = EXIT_CODES)]
#[command(arg_required_else_help = true, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Flags that every command takes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Settings")]
pub(crate) struct Common {
    /// Configuration file [default: madang.toml in the data folder, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the database, the files and the keys
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Database, sqlite:FILE or postgres://… [default: sqlite:DATA/madang.db]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Language of messages [default: that of the terminal]
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) language: Option<Language>,
    /// Least level that is logged: error, warn, info, debug, trace
    #[arg(long, global = true, value_name = "LEVEL")]
    log_level: Option<String>,
    /// How log lines are written: text, json
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<String>,
}

/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Ko,
    En,
}

impl Common {
    /// Where a witness finds its settings.
    pub(crate) fn witness(&self) -> crate::commands::WitnessPlace<'_> {
        crate::commands::WitnessPlace {
            config: self.config.as_deref(),
            data: self.data.as_deref(),
            log_level: self.log_level.as_deref(),
            log_json: self.log_format.as_deref() == Some("json"),
        }
    }
}

impl Cli {
    /// What the flags say about the configuration.
    pub(crate) fn flags(&self) -> Flags {
        let common = self.common.clone();
        let (listen, defaults): (_, &'static [_]) = match &self.command {
            Command::Serve { listen } => (listen.clone(), &[]),
            Command::Demo { listen, .. } => {
                (listen.clone(), &[("data", "madang-demo-data"), ("log.requests", "false"), ("log.level", "warn")])
            }
            _ => (None, &[("log.level", "warn")]),
        };
        Flags {
            config: common.config,
            data: common.data,
            listen,
            database: common.database,
            log_format: common.log_format,
            log_level: common.log_level,
            defaults,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve a site
    #[command(after_help = "\
Examples:
  madang serve --data /var/lib/madang
  madang serve --listen 0.0.0.0:8080 --database postgres://madang@db.internal/madang
  MADANG_MAIL_PASSWORD_FILE=/run/secrets/smtp madang serve --config /etc/madang.toml

The first SIGTERM or SIGINT lets running requests end, the second stops at once.
/healthz tells whether the process lives, /readyz whether it can work, /metrics gives figures.")]
    Serve {
        /// Address and port [default: 127.0.0.1:8080]
        #[arg(long, value_name = "ADDR:PORT")]
        listen: Option<String>,
    },
    /// Serve Korea's fifth open-government action plan and cases of citizens with demo accounts, to look around
    #[command(after_help = "\
Examples:
  madang demo
  madang demo --listen 127.0.0.1:9000 --data /tmp/madang
  madang demo --witnesses

The data stays in ./madang-demo-data unless --data names another folder; the next start goes on
with it. Mails are kept and shown on the outbox page; none is sent.")]
    Demo {
        /// Address and port [default: 127.0.0.1:8080]
        #[arg(long, value_name = "ADDR:PORT")]
        listen: Option<String>,
        /// Also start two witnesses, on the next two ports, that cosign the public log
        #[arg(long)]
        witnesses: bool,
    },
    /// Read data from a file into the site
    #[command(subcommand)]
    Import(Import),
    /// Write data of the site to a file
    #[command(subcommand)]
    Export(Export),
    /// Administrators and accounts
    #[command(subcommand)]
    Admin(Admin),
    /// Definitions of services: check them, compare them, put them in force, try them out
    #[command(subcommand)]
    Service(Service),
    /// Copy a database into an empty one, also of the other kind
    #[command(after_help = "\
Examples:
  madang copy-db --from sqlite:/var/lib/madang/madang.db --to postgres://madang@db.internal/madang

Stop the server first: what is written to the old database after the copy began is not copied.
Counts and digests of every table are compared at the end; if one differs, the command fails.
Files and keys stay where they are.")]
    CopyDb {
        /// The database to read: sqlite:FILE or postgres://…
        #[arg(long, value_name = "URL")]
        from: String,
        /// The database to fill; it must be empty
        #[arg(long, value_name = "URL")]
        to: String,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write database and files to a new folder, while the server goes on
    #[command(after_help = "\
Examples:
  madang backup /backup/madang-2026-03-01 --data /var/lib/madang
  madang backup /backup/madang-2026-03-01 --data /var/lib/madang --keys /vault/madang.keys

The folder holds one file for each table, the uploaded files, and manifest.json with counts and
digests. It works for both kinds of database, and restores into either. The keys are not in it:
without them nobody's earlier acts can be recognised as theirs, and with them a stolen backup
opens more. Keep them elsewhere (--keys FILE).")]
    Backup {
        /// The folder to write; it must not be there yet, or be empty
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Also write the keys, to this file
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Fill an empty site from a backup, or only check the backup
    #[command(after_help = "\
Examples:
  madang restore /backup/madang-2026-03-01 --check
  madang restore /backup/madang-2026-03-01 --data /var/lib/madang-new --keys /vault/madang.keys
  madang restore /backup/madang-2026-03-01 --data /srv/m --database postgres://madang@db/madang --keys k

The digests of the backup are checked before anything is written; afterwards every table and every
file is read back and compared. A database or a folder that is not empty is refused.")]
    Restore {
        /// The folder that `madang backup` wrote
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// The keys that belong to it
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        /// Only compare the backup with its manifest; write nothing
        #[arg(long, conflicts_with = "keys")]
        check: bool,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// The public log: how it stands, its signing key, what to do after a restored backup
    #[command(subcommand)]
    Ledger(Ledger),
    /// The search index of this machine: how it stands, building it anew, a dictionary for it
    #[command(subcommand)]
    Search(Search),
    /// Compute again what the site says, and compare
    #[command(subcommand)]
    Verify(Verify),
    /// Count an election: spend a budget, choose one or several; every result explained
    #[command(after_help = tally::EXAMPLES)]
    Tally(Box<Tally>),
    /// Draw a committee by lot, with quotas, fair chances and a seed that everybody can check
    #[command(after_help = draw::EXAMPLES)]
    Draw(Box<Draw>),
    /// Watch public logs from outside: check that they only grow, cosign them, sound the alarm
    #[command(after_help = "\
Examples:
  madang witness init /var/lib/witness --name witness.example.org
  madang witness --data /var/lib/witness
  madang witness audit madang --data /var/lib/witness

For groups of citizens; it needs no site. Its settings are in witness.toml (--config, or in the data
folder), its memory in plain files beside it. docs/witness.md tells how it is run.")]
    Witness(Witness),
    /// Map opinions: groups of people who vote alike, what sets them apart, what they share
    #[command(after_help = opinion::EXAMPLES)]
    Opinion(Opinion),
    /// Measure what this machine's disk gives, on a database that is thrown away
    #[command(after_help = "\
Example:
  madang bench --data /var/lib/madang

It writes to a folder of its own inside the data folder and removes it. Comparisons with other
software are made by script/bench in the source.")]
    Bench {
        /// Seconds for each of three steps
        #[arg(long, value_name = "SECONDS", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
        seconds: u64,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Look at the configuration
    #[command(subcommand)]
    Config(Config),
    /// Print the description of the REST API (OpenAPI 3.1)
    #[command(after_help = "Example:\n  madang openapi -o openapi.json")]
    Openapi {
        /// The file to write [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Read an action plan from TOML, JSON, or the XLSX template
    #[command(after_help = "\
Examples:
  madang import plan plan.xlsx --dry-run
  madang import plan plan.toml --yes --data /var/lib/madang

It first shows what would change, then asks. An error names sheet, row and column (or line and
column) and what to write instead; nothing is changed then. `madang export plan-template -o
plan.xlsx` writes the template.")]
    Plan {
        /// The file: .toml, .json or .xlsx
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Only show what would change
        #[arg(long, conflicts_with = "yes")]
        dry_run: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// Write an action plan: all of it, or its milestones with their state as CSV
    #[command(after_help = "\
Examples:
  madang export plan kr-2021 -o plan.json
  madang export plan kr-2021 --format csv -o - > milestones.csv

TOML, JSON and XLSX hold the plan as it stands and can be imported again; CSV holds the milestones
with the states that follow from dates and reports.")]
    Plan {
        /// The plan's code, such as kr-2021
        #[arg(value_name = "PLAN")]
        plan: String,
        /// The format [default: by the file's ending]
        #[arg(long, value_name = "FORMAT")]
        format: Option<PlanFormat>,
        /// The file to write; - is standard output
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Write the public log with all that is needed to count it again, while the server goes on
    #[command(after_help = "\
Examples:
  madang export log export --data /var/lib/madang
  madang verify export export

Leaves by month, what the site says of every public case, the definitions it counts by, and the signed
checkpoint; nothing personal is in it. A folder that has some of it is brought up to date.")]
    Log {
        /// The folder to fill
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the salts that an auditor needs to count regions and age bands again
    #[command(after_help = "\
Example:
  madang export salts -o salts.ndjson --data /var/lib/madang

Each line opens what one supporter stated (region and age band). Give them to auditors only, under an
agreement; they are no part of the public export.")]
    Salts {
        /// The file to write; - is standard output
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Write the XLSX template that `madang import plan` reads
    #[command(after_help = "Example:\n  madang export plan-template -o plan.xlsx")]
    PlanTemplate {
        /// The file to write; - is standard output
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

/// What a plan can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanFormat {
    Toml,
    Json,
    Csv,
    Xlsx,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Service {
    /// Say everything that is wrong with definition files: where, what, what to write instead
    #[command(after_help = "\
Examples:
  madang service check services/petition.toml
  madang service check services/*.toml --json

It needs no site. With something wrong it ends with code 5; warnings alone are no fault.")]
    Check {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say what a definition would change against the version in force
    #[command(after_help = "\
Example:
  madang service diff my/petition.toml --data /var/lib/madang

! stands before what takes something away from cases or people, ? before what is worth a look.")]
    Diff {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Put a definition in force; cases that are there stay on their version
    #[command(after_help = "\
Example:
  madang service apply my/petition.toml --data /var/lib/madang

A server that runs files new cases under it at once. It takes the place of the shipped definition
of the same name for good: new versions of the program do not replace it.")]
    Apply {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Walk a case through a definition, by hand or by commands on standard input; nothing is stored
    #[command(after_help = "\
Examples:
  madang service try services/petition.toml
  printf 'file 2026-03-10\nwait 20\n' | madang service try services/petition.toml --language en

After each command it shows the state, the clocks with their dates, and the steps that lead on.
`help` lists the commands. In a script, a command that cannot be done ends it with code 5.")]
    Try {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// A role that is held by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StaffRole {
    Administrator,
    Lead,
    Officer,
    CivilSociety,
    Clerk,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Admin {
    /// Create an administrator and print a link to sign in with, once
    #[command(after_help = "\
Example:
  madang admin create kim@city.example --name \"김하늘\" --data /var/lib/madang

For an address that has an account it gives the account the role, and prints another link; so it also
helps when mail does not work.")]
    Create {
        /// The address to which sign-in links will be sent
        #[arg(value_name = "EMAIL")]
        email: String,
        /// The name that colleagues see
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// List administrators, or the holders of another role
    List {
        /// The role
        #[arg(long, value_name = "ROLE", default_value = "administrator")]
        role: StaffRole,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a lost second factor; the account must set up a new one at the next sign-in
    ResetSecondFactor {
        #[arg(value_name = "EMAIL")]
        email: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Print every setting with who said it; secrets are hidden
    Show {
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Look whether the configuration is in order; also unknown MADANG_… variables are errors here
    Check,
    /// Print a configuration file with every setting, its meaning and its default
    #[command(after_help = "Example:\n  madang config example > madang.toml")]
    Example,
}

#[derive(Args, Debug)]
pub(crate) struct Witness {
    #[command(subcommand)]
    pub(crate) command: Option<WitnessCommand>,
    /// Address and port [default: that of the configuration]
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WitnessCommand {
    /// Make a key and a configuration to fill in, and print what to send to whoever runs a log
    #[command(after_help = "Example:\n  madang witness init /var/lib/witness --name witness.example.org")]
    Init {
        /// The folder to write
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// The name of the key: an address that is yours; it cannot be changed later
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// Read a log's entries and hashes all again, and name what is altered
    #[command(after_help = "\
Examples:
  madang witness audit madang --data /var/lib/witness
  madang witness audit madang --config witness.toml --json

It works beside a witness that runs. Exit code 5 when something is altered.")]
    Audit {
        /// The log's short name, or its origin
        #[arg(value_name = "LOG")]
        log: String,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}
