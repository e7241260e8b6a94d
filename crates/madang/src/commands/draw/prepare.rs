//! From the files of people and quotas to what is published; with a seed at once, an exercise.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use madang_adapters::OsRng;
use madang_base::{Error, Rng};
use madang_sortition::ceremony::Ceremony;
use madang_sortition::explain;
use madang_sortition::publish::{Announcement, Files, Published, draw, label, prepare, write_result};
use madang_sortition::read::{Candidates, Problem, Wanted, candidates, features, quotas};
use madang_sortition::{Feature, Form, Infeasible, Options, Person, Pool, Quota, Rule, Task, Unsolved, solve};
use serde_json::json;

use super::folder::{self, Labels};
use super::show::{Report, Stage, show};
use super::words::Words;
use super::{fault, place, refused};
use crate::cli::{Draw, DrawMethod};
use crate::exit::{Exit, Failure, Outcome};
use crate::terminal;

struct Inputs {
    features: Vec<Feature>,
    quotas: Vec<Quota>,
    candidates: Candidates,
}

pub(super) fn run(command: &Draw, words: &Words) -> Outcome {
    let (Some(features), Some(candidates), Some(size)) = (&command.features, &command.candidates, command.size) else {
        return Err(Failure::new(Exit::Usage, words.text("cli-draw-usage", &[])));
    };
    let ceremony = match (&command.seed, &command.ceremony) {
        (Some(seed), _) => Some(Ceremony::of_value(seed)),
        (None, Some(path)) => Some(super::ceremony(path, command.json, words)?),
        (None, None) => None,
    };
    let inputs = read(command, features, candidates, words)?;
    for note in &inputs.candidates.notes {
        terminal::note(place(candidates, note, words));
    }
    let salt = match (&command.salt, &command.publish) {
        (Some(salt), _) => salt.clone(),
        (None, Some(_)) => (&OsRng as &dyn Rng).token(),
        (None, None) => String::new(),
    };
    let (task, labels) = task(command, inputs, size, &salt).map_err(|error| fault(&error, words))?;
    let options = Options {
        rule: if command.method == DrawMethod::Maximin { Rule::Maximin } else { Rule::Leximin },
        form: command.panels.map_or(Form::Weighted, |panels| Form::Uniform { panels }),
    };
    let solution = solve(&task, options).map_err(|unsolved| match unsolved {
        Unsolved::Invalid(error) => fault(&error, words),
        Unsolved::Infeasible(found) => infeasible(&task.canonical(), &found, command.json, words),
    })?;
    let announcement = Announcement {
        title: command.title.clone(),
        reserves: command.alternates,
        ceremony: match (&command.seed, &ceremony) {
            (None, Some(ceremony)) => ceremony.announced(),
            _ => Ceremony::default(),
        },
    };
    let files = prepare(&solution, &announcement);
    let published = Published::read(&files).map_err(|error| fault(&error, words))?;
    let private = write(command, &files, &labels, words)?;
    let complete = ceremony.as_ref().filter(|ceremony| ceremony.is_complete());
    let drawn =
        complete.map(|ceremony| draw(&published, ceremony)).transpose().map_err(|error| fault(&error, words))?;
    let mut result = None;
    if let (Some(drawn), Some(ceremony)) = (&drawn, complete) {
        let text = write_result(&published, ceremony, drawn);
        if let Some(folder) = &command.publish {
            folder::put(&folder.join(folder::RESULT), &text, words)?;
        }
        result = Some(text);
    }
    let report = Report {
        command,
        published: &published,
        ceremony: complete,
        drawn: drawn.as_ref(),
        result: result.as_deref(),
        labels: &labels,
        stage: if drawn.is_some() { Stage::Exercise } else { Stage::Prepared },
        folder: command.publish.as_deref(),
        private: private.as_deref(),
    };
    show(&report, words)
}

/// The published folder and the private list beside it; gives the private list's place.
fn write(command: &Draw, files: &Files, labels: &Labels, words: &Words) -> Outcome<Option<PathBuf>> {
    let Some(folder) = &command.publish else { return Ok(None) };
    let private = command.labels.clone().unwrap_or_else(|| folder::beside(folder));
    if private.exists() {
        let advice = words.text("cli-draw-folder-advice", &[]);
        return Err(Failure::new(Exit::Files, words.text("cli-draw-folder", &[])).at(private.display()).advice(advice));
    }
    folder::publish(folder, files, words)?;
    folder::put(&private, &labels.csv(), words)?;
    Ok(Some(private))
}

/// Reads the files; problems of all of them are told together.
fn read(command: &Draw, features_path: &Path, candidates_path: &Path, words: &Words) -> Outcome<Inputs> {
    let read_features = features(&super::bytes(features_path, words)?);
    let pool = super::bytes(candidates_path, words)?;
    let also = match command.also.as_deref() {
        Some(path) => Some((path, super::bytes(path, words)?)),
        None => None,
    };
    let mut faults: Vec<(&Path, Vec<Problem>)> = Vec::new();
    let features = read_features.unwrap_or_else(|problems| {
        faults.push((features_path, problems));
        Vec::new()
    });
    if !faults.is_empty() {
        return Err(refused(&faults, command.json, words));
    }
    let quotas = also.map_or_else(Vec::new, |(path, bytes)| {
        quotas(&bytes, &features).unwrap_or_else(|problems| {
            faults.push((path, problems));
            Vec::new()
        })
    });
    let wanted = Wanted { id: command.id.clone(), households: command.households.clone(), keep: command.keep.clone() };
    match candidates(&pool, &features, &wanted) {
        Ok(candidates) if faults.is_empty() => Ok(Inputs { features, quotas, candidates }),
        Ok(_) => Err(refused(&faults, command.json, words)),
        Err(problems) => {
            faults.push((candidates_path, problems));
            Err(refused(&faults, command.json, words))
        }
    }
}

/// The task with labels in place of ids, and who stands behind them.
fn task(command: &Draw, inputs: Inputs, size: u32, salt: &str) -> Result<(Task, Labels), Error> {
    let mut columns = vec!["id".to_owned()];
    columns.extend(inputs.candidates.columns);
    let (mut people, mut known) = (Vec::new(), BTreeMap::new());
    for candidate in inputs.candidates.people {
        let label = label(salt, &candidate.id);
        let mut cells = vec![candidate.id];
        cells.extend(candidate.kept);
        if known.insert(label.clone(), cells).is_some() {
            return Err(Error::invalid("sortition.label-twice"));
        }
        people.push(Person { id: label, values: candidate.values, household: candidate.household });
    }
    let task = Task {
        features: inputs.features,
        quotas: inputs.quotas,
        pool: Pool { people },
        size,
        one_per_household: !command.households.is_empty(),
    };
    Ok((task, Labels { columns, people: known }))
}

/// Says why no committee fits, and what would help.
fn infeasible(task: &Task, found: &Infeasible, as_json: bool, words: &Words) -> Failure {
    let sections = explain::infeasible(task, found, &words.catalogue, words.locale);
    if as_json {
        let report = json!({
            "feasible": false, "reasons": found.reasons, "relaxation": found.relaxation,
            "within_flex": found.within_flex,
            "text": sections.iter().flat_map(|section| &section.sentences).collect::<Vec<_>>(),
        });
        terminal::line(format_args!("{report:#}"));
    } else {
        for section in &sections {
            terminal::line(section.text());
        }
    }
    Failure::new(Exit::Data, words.text("cli-draw-infeasible", &[]))
}
