//! `madang search …`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Search {
    /// Say how this machine's search index stands: what is in it, how far it has followed, what is in the way
    #[command(after_help = "\
Examples:
  madang search status --data /var/lib/madang
  madang search status --json

It changes nothing, and the server may run meanwhile. Exit code 5 when the index cannot be used.")]
    Status {
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Build the search index anew; the old one answers until the new one is whole
    #[command(after_help = "\
Examples:
  madang search rebuild --data /var/lib/madang
  madang search rebuild --json

A server that runs is told and does it itself; otherwise the command does it and shows how far it is.
Nothing is lost when it is broken off.")]
    Rebuild {
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}
