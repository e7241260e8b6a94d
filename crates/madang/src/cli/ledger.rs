//! `madang ledger …`.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    /// Say how the public log stands: its size, its newest signed checkpoint, its keys, its witnesses
    #[command(after_help = "\
Examples:
  madang ledger status --data /var/lib/madang
  madang ledger status --json

It changes nothing, and the server may run meanwhile. Exit code 5 when the log is held: then acts
are taken in, and nothing is signed until the reason is gone.")]
    Status {
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Bring the database and the stored log together again, after a backup was restored
    #[command(after_help = "\
Examples:
  madang ledger recover --data /var/lib/madang

Stop the server first. When the database is behind the log that was published, the missing lines are
read back from the tiles, and the counts with them; what was written in cases after the backup is
lost, and the command says what the log knows of it. When tiles are missing or damaged, they are
written again from the database. It may be broken off and run again.")]
    Recover {
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Change the signing key: the old key signs the hand-over to the new one
    #[command(after_help = "\
Examples:
  madang ledger rotate --data /var/lib/madang
  madang ledger rotate --lost --data /var/lib/madang

Stop the server first. A new key is made and put in the place of the file `log-key`; the old one stays
beside it. The last checkpoint under the old key holds the hand-over and is signed by both. With
--lost there is no old key to sign: witnesses and readers must be told, and will accept the new key
by hand alone.")]
    Rotate {
        /// The old key is gone
        #[arg(long)]
        lost: bool,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Download the public export of any Madang site; a download that broke off goes on where it was
    #[command(after_help = "\
Examples:
  madang ledger fetch https://madang.city.example export
  madang verify export export")]
    Fetch {
        /// The site
        #[arg(value_name = "URL")]
        url: String,
        /// The folder to fill
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}
