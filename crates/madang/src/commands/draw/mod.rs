//! `madang draw`: a committee drawn so that everybody can repeat it.
//!
//! [`prepare`] reads people and quotas and makes what is published; [`published`] draws, replaces and checks from a
//! published folder; [`show`] says it in words, tables and JSON. It needs no configuration and no site.

mod folder;
mod prepare;
mod published;
mod show;
mod words;

use std::path::Path;

use madang_adapters::OsRng;
use madang_base::{Error, Locale, Rng};
use madang_sortition::ceremony::{Ceremony, seed};
use madang_sortition::read::Problem;
use madang_web::i18n::Arg;
use serde_json::json;

use self::words::{Words, number};
use crate::cli::Draw;
use crate::exit::{Exit, Failure, Outcome};
use crate::terminal;

/// Problems that are printed one by one.
const TOLD: usize = 100;

pub(crate) fn run(command: &Draw, locale: Locale) -> Outcome {
    let words = Words::new(locale)?;
    if let Some(name) = &command.commit {
        return commit(name, command.secret.as_deref(), command.json, &words);
    }
    match &command.published {
        Some(folder) => published::run(command, folder, &words),
        None => prepare::run(command, &words),
    }
}

/// A party's commitment: what to hand in now, and what to keep until the reveal.
fn commit(name: &str, secret: Option<&str>, as_json: bool, words: &Words) -> Outcome {
    let rng: &dyn Rng = &OsRng;
    let nonce = seed::hex(&rng.bytes::<16>());
    let secret = secret.map_or_else(|| seed::hex(&rng.bytes::<16>()), str::to_owned);
    let commitment = seed::commitment(name, &nonce, &secret);
    if as_json {
        let report = json!({ "party": name, "commitment": commitment, "nonce": nonce, "secret": secret });
        terminal::line(format_args!("{report:#}"));
        return Ok(());
    }
    words.line("cli-draw-commit-now", &[]);
    terminal::line(format_args!("party: {name}\ncommitment: {commitment}\n"));
    words.line("cli-draw-commit-later", &[]);
    terminal::line(format_args!("nonce: {nonce}\nsecret: {secret}"));
    Ok(())
}

/// The bytes of a file.
fn bytes(path: &Path, words: &Words) -> Outcome<Vec<u8>> {
    std::fs::read(path)
        .map_err(|error| Failure::new(Exit::Files, words.text("cli-draw-unread", &[])).at(path.display()).why(error))
}

fn text(path: &Path, words: &Words) -> Outcome<String> {
    String::from_utf8(bytes(path, words)?).map_err(|_| {
        let problem = Problem::of_file(Error::invalid("sortition.encoding"));
        refused(&[(path, vec![problem])], false, words)
    })
}

fn ceremony(path: &Path, as_json: bool, words: &Words) -> Outcome<Ceremony> {
    Ceremony::read(&text(path, words)?).map_err(|problems| refused(&[(path, problems)], as_json, words))
}

/// A failure of the crate, in the reader's words.
fn fault(error: &Error, words: &Words) -> Failure {
    Failure::new(Exit::Data, words.error(error))
}

/// All problems of files, each with its place.
fn refused(files: &[(&Path, Vec<Problem>)], as_json: bool, words: &Words) -> Failure {
    let all = || files.iter().flat_map(|(path, problems)| problems.iter().map(move |problem| (path, problem)));
    if as_json {
        let one = |(path, problem): (&&Path, &Problem)| {
            json!({
                "file": path.display().to_string(), "line": problem.line, "column": problem.column,
                "code": problem.error.code(), "message": words.error(&problem.error), "args": problem.error.args(),
            })
        };
        let report = json!({ "problems": all().map(one).collect::<Vec<_>>() });
        terminal::line(format_args!("{report:#}"));
    } else {
        for (path, problem) in all().take(TOLD) {
            terminal::note(place(path, problem, words));
        }
        if all().count() > TOLD {
            terminal::note(words.text("cli-draw-more", &[("count", number(all().count() - TOLD))]));
        }
    }
    let names: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    let args = [("count", number(all().count())), ("files", Arg::from(names.join(", ")))];
    Failure::new(Exit::Data, words.text("cli-draw-problems", &args))
}

/// `candidates.csv:6:3: what is wrong`.
fn place(path: &Path, problem: &Problem, words: &Words) -> String {
    let mut place = path.display().to_string();
    for number in [problem.line, problem.column].into_iter().filter(|number| *number > 0) {
        place = format!("{place}:{number}");
    }
    format!("{place}: {}", words.error(&problem.error))
}
