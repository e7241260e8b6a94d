//! `madang verify`: what the site says, counted again; documents and proofs of the log.

mod counts;
mod database;
mod export;
mod file;
mod proof;
mod words;

use std::path::Path;

use madang_flows::verify::Trust;
use madang_tlog::note::VerifierKey;

use super::Invocation;
use crate::cli::{Trust as Flags, Verify as Command};
use crate::exit::{Exit, Failure, Outcome};

pub(crate) fn run(command: &Command, invocation: &Invocation) -> Outcome {
    match command {
        Command::Export { folder, trust, salts, since, json } => {
            let order = export::Order { folder, salts: salts.as_deref(), since: since.as_deref(), json: *json };
            export::run(&order, trust, invocation)
        }
        Command::File { file, export, site, trust, json } => match (export, site) {
            (Some(folder), _) => file::in_export(file, folder, trust, *json, invocation),
            (None, Some(site)) => file::at_site(file, site, *json, invocation),
            (None, None) => Err(Failure::new(Exit::Usage, "neither an export nor a site is named")),
        },
        Command::Proof { file, leaf, trust, json } => proof::run(file, leaf.as_deref(), trust, *json, invocation),
        Command::Database { files, json } => database::run(*json, *files, invocation),
        Command::Counts { position, json } => counts::run(*position, *json, invocation),
    }
}

/// What the flags say whom to trust.
fn trust(flags: &Flags) -> Outcome<Trust> {
    let key = |text: &String| {
        text.trim().parse::<VerifierKey>().map_err(|error| {
            Failure::new(Exit::Usage, "this is no verifier key").at(text).why(error).advice(
                "a key is name+8 hexadecimal digits+base64; a site shows its own at /log/key, a witness on its page",
            )
        })
    };
    let keys = flags.keys.iter().map(key).collect::<Outcome<Vec<_>>>()?;
    let witnesses = flags.witnesses.iter().map(key).collect::<Outcome<Vec<_>>>()?;
    let quorum = flags.quorum.unwrap_or(usize::from(!witnesses.is_empty()));
    if quorum > witnesses.len() {
        let what = format!("{quorum} witnesses are asked for, and {} are named", witnesses.len());
        return Err(Failure::new(Exit::Usage, what).advice("name them with --witness"));
    }
    Ok(Trust { keys, witnesses, quorum, since: None })
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|error| crate::export::disk::unreadable(path, error))
}

fn read_text(path: &Path) -> Outcome<String> {
    String::from_utf8(read(path)?).map_err(|error| Failure::new(Exit::Data, "no text").at(path.display()).why(error))
}

fn json_line<T: serde::Serialize>(value: &T) -> Outcome {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::new(Exit::Failed, error))?;
    crate::terminal::line(text);
    Ok(())
}
