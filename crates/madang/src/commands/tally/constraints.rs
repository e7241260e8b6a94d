//! Limits of a count from a TOML file.

use std::fs;
use std::path::Path;

use madang_ballot::budget::{Constraints, Envelope};
use madang_ballot::number::Decimal;
use serde::Deserialize;

use super::Words;
use crate::exit::{Exit, Failure, Outcome};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    min_projects: Option<u32>,
    max_projects: Option<u32>,
    min_votes: Option<u64>,
    min_score: Option<String>,
    /// Of each list at most one wins.
    #[serde(default)]
    incompatible: Vec<Vec<String>>,
    #[serde(default)]
    depends: Vec<Depends>,
    #[serde(default)]
    envelope: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Depends {
    project: String,
    needs: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    budget: String,
    projects: Vec<String>,
    max_projects: Option<u32>,
}

/// Reads the file.
pub(super) fn read(path: &Path, words: Words<'_>) -> Outcome<Constraints> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::new(Exit::Files, words.say("cli-tally-unread", &[])).at(path.display()).why(error))?;
    let wrong = |why: String| Failure::new(Exit::Data, words.say("cli-tally-limits", &[])).at(path.display()).why(why);
    let limits: Limits = toml::from_str(&text)
        .map_err(|error| wrong(error.to_string()).advice(words.say("cli-tally-limits-advice", &[])))?;
    let amount = |text: &str| {
        text.parse::<Decimal>().map_err(|_| wrong(format!("“{text}” is no amount; write \"5000\" or \"5000.50\"")))
    };
    let mut envelopes = Vec::new();
    for part in limits.envelope {
        let budget = amount(&part.budget)?;
        envelopes.push(Envelope { name: part.name, budget, projects: part.projects, max_projects: part.max_projects });
    }
    Ok(Constraints {
        min_projects: limits.min_projects,
        max_projects: limits.max_projects,
        envelopes,
        incompatible: limits.incompatible,
        depends: limits.depends.into_iter().map(|pair| (pair.project, pair.needs)).collect(),
        min_votes: limits.min_votes,
        min_score: limits.min_score.as_deref().map(amount).transpose()?,
    })
}
