//! `madang tally`: an election file counted, explained, drawn.
//!
//! Needs no site and no configuration. Reads a file, writes text, JSON and pictures; counting and explaining are in
//! `madang-ballot`.

mod budget;
mod choice;
mod constraints;
mod json;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use madang_ballot::explain::{Section, Voice, Width};
use madang_ballot::pb::{self, Election, Problem, Severity};
use madang_base::{Error, Locale};
use madang_web::i18n::{self, Arg, Catalogue};
use serde_json::Value;

use crate::cli::{Tally, TallyRule};
use crate::exit::{Exit, Failure, Outcome};
use crate::terminal;

/// A larger file is none of an election: the largest published one has 5 MB.
const LARGEST: u64 = 1 << 30;
/// Faults that are told; the others are counted.
const MOST_TOLD: usize = 200;
/// Remarks that are told beside a result.
const MOST_REMARKS: usize = 10;

pub(crate) fn run(order: &Tally, locale: Locale) -> Outcome {
    let catalogue =
        i18n::catalogue(None).map_err(|error| Failure::new(Exit::Failed, "the messages cannot be read").why(error))?;
    let words = Words { catalogue: &catalogue, locale };
    suits(order, words)?;
    let (election, problems) = read(order, words)?;
    let task = Task { order, election: &election, problems: &problems, words };
    match order.rule {
        TallyRule::Approval
        | TallyRule::Score
        | TallyRule::InstantRunoff
        | TallyRule::Schulze
        | TallyRule::Transferable => choice::run(&task),
        TallyRule::GreedyVotes
        | TallyRule::GreedyCost
        | TallyRule::EqualShares
        | TallyRule::Phragmen
        | TallyRule::Knapsack => budget::run(&task),
    }
}

/// The catalogue in a language.
#[derive(Clone, Copy)]
struct Words<'a> {
    catalogue: &'a Catalogue,
    locale: Locale,
}

impl Words<'_> {
    fn say(self, key: &str, args: &[(&str, Arg)]) -> String {
        self.catalogue.text(self.locale, key, args)
    }

    fn failure(self, error: &Error) -> Failure {
        Failure::new(Exit::Data, self.catalogue.error(self.locale, error))
    }
}

/// What is counted.
struct Task<'a> {
    order: &'a Tally,
    election: &'a Election,
    problems: &'a [Problem],
    words: Words<'a>,
}

impl Task<'_> {
    fn voice(&self) -> Voice<'_> {
        Voice::of(self.words.catalogue, self.words.locale, self.election)
    }

    /// What was found in the file, for the result.
    fn problems(&self) -> Value {
        self.problems.iter().map(|problem| described(problem, self.words)).collect()
    }

    /// The election's own description, or the file's name.
    fn title(&self) -> String {
        let name = self.election.meta("description").filter(|text| !text.is_empty());
        let voice = self.voice();
        name.map_or_else(|| voice.name(&self.order.file.display().to_string()), |name| voice.name(name))
    }

    /// Says that a lot without a seed is no lot that anybody could trust.
    fn lot_drawn(&self, drawn: bool) {
        if drawn && self.order.seed.is_empty() {
            terminal::note(self.words.say("cli-tally-no-seed", &[]));
        }
    }

    /// Writes sections one under the other, or the result as JSON.
    fn print(&self, json: &Value, sections: &[Section]) {
        if self.order.json {
            terminal::line(format_args!("{json:#}"));
            return;
        }
        let texts: Vec<String> = sections.iter().map(Section::text).collect();
        terminal::line(texts.join("\n").trim_end());
    }

    /// Writes pictures, wide ones and narrow ones.
    fn pictures(&self, pictures: &[(&str, &dyn Fn(Width) -> String)]) -> Outcome {
        let Some(folder) = &self.order.svg else { return Ok(()) };
        let wrong = |path: &Path, error: io::Error| {
            Failure::new(Exit::Files, self.words.say("cli-tally-unwritten", &[])).at(path.display()).why(error)
        };
        for (place, width) in [(folder.clone(), Width::Wide), (folder.join("narrow"), Width::Narrow)] {
            fs::create_dir_all(&place).map_err(|error| wrong(&place, error))?;
            for (name, picture) in pictures {
                let path = place.join(name);
                fs::write(&path, picture(width)).map_err(|error| wrong(&path, error))?;
            }
        }
        Ok(())
    }
}

/// Options that mean nothing for a rule are wrong usage, and said so.
fn suits(order: &Tally, words: Words<'_>) -> Outcome {
    use TallyRule::{
        Approval, EqualShares, GreedyCost, GreedyVotes, InstantRunoff, Knapsack, Schulze, Score, Transferable,
    };
    let shares = order.rule == EqualShares;
    let choice = matches!(order.rule, Approval | Score | InstantRunoff | Schulze | Transferable);
    let greedy = matches!(order.rule, GreedyVotes | GreedyCost | Knapsack);
    let refused = [
        (order.completion.is_some() && !shares, "--completion", "cli-tally-only-equal-shares"),
        (order.start.is_some() && !shares, "--start", "cli-tally-only-equal-shares"),
        (order.step.is_some() && !shares, "--step", "cli-tally-only-equal-shares"),
        (order.stop && !greedy, "--stop", "cli-tally-only-greedy"),
        (order.utility.is_some() && choice, "--utility", "cli-tally-only-budget"),
        (order.ties.is_some() && choice, "--ties", "cli-tally-only-budget"),
        (order.constraints.is_some() && choice, "--constraints", "cli-tally-only-budget"),
        (!order.scale.is_empty() && choice, "--scale", "cli-tally-only-budget"),
        (order.seats.is_some() && !choice, "--seats", "cli-tally-only-choice"),
    ];
    match refused.iter().find(|(wrong, ..)| *wrong) {
        Some((_, option, key)) => Err(Failure::new(Exit::Usage, words.say(key, &[("option", Arg::from(*option))]))),
        None => Ok(()),
    }
}

/// Reads the election; faults are told with their lines.
fn read(order: &Tally, words: Words<'_>) -> Outcome<(Election, Vec<Problem>)> {
    let name = order.file.display();
    let bytes = bytes(&order.file, words)?;
    let (election, problems) = pb::read(&bytes);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = problems.len() - errors;
    let refused = election.is_none() || (errors > 0 && !order.skip_broken);
    if order.json && refused {
        let list: Vec<Value> = problems.iter().map(|problem| described(problem, words)).collect();
        terminal::line(format_args!("{:#}", serde_json::json!({ "problems": list })));
    } else if refused || order.skip_broken {
        for problem in problems.iter().filter(|p| p.severity == Severity::Error).take(MOST_TOLD) {
            terminal::note(place(order, problem, words));
        }
    }
    match election {
        Some(election) if !refused => {
            if !order.json && (warnings > 0 || errors > 0) {
                for problem in problems.iter().filter(|p| p.severity != Severity::Error).take(MOST_REMARKS) {
                    terminal::note(place(order, problem, words));
                }
                let args = [("warnings", number(warnings)), ("errors", number(errors))];
                let key = if errors > 0 { "cli-tally-left-out" } else { "cli-tally-warnings" };
                terminal::note(words.say(key, &args));
            }
            Ok((election, problems))
        }
        found => {
            let failure =
                Failure::new(Exit::Data, words.say("cli-tally-broken", &[("errors", number(errors))])).at(name);
            let key = if found.is_some() { "cli-tally-broken-advice" } else { "cli-tally-unreadable-advice" };
            Err(failure.advice(words.say(key, &[])))
        }
    }
}

fn bytes(path: &Path, words: Words<'_>) -> Outcome<Vec<u8>> {
    let wrong =
        |error: io::Error| Failure::new(Exit::Files, words.say("cli-tally-unread", &[])).at(path.display()).why(error);
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).map_err(wrong)?.take(LARGEST + 1).read_to_end(&mut bytes)
    };
    read.map_err(wrong)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::new(Exit::Data, "the file is larger than 1 GiB").at(path.display()));
    }
    // Pictures, spreadsheets, UTF-16.
    if bytes.contains(&0) {
        return Err(Failure::new(Exit::Data, words.say("cli-tally-no-text", &[])).at(path.display()));
    }
    Ok(bytes)
}

fn message(problem: &Problem, words: Words<'_>) -> String {
    words.catalogue.error(words.locale, &problem.to_error())
}

/// A fault or remark with where it is.
fn place(order: &Tally, problem: &Problem, words: Words<'_>) -> String {
    let (name, message) = (order.file.display(), message(problem, words));
    if problem.line == 0 { format!("{name}: {message}") } else { format!("{name}:{}: {message}", problem.line) }
}

fn described(problem: &Problem, words: Words<'_>) -> Value {
    serde_json::json!({
        "line": problem.line, "severity": problem.severity, "code": problem.code, "message": message(problem, words),
    })
}

fn number(n: usize) -> Arg {
    Arg::Number(i64::try_from(n).unwrap_or(i64::MAX))
}
