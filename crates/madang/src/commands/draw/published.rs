//! Drawing, replacing and checking from a published folder.

use std::path::Path;

use madang_base::Locale;
use madang_sortition::ceremony::{Ceremony, seed};
use madang_sortition::explain::{self, Draw as Explained};
use madang_sortition::publish::{Published, Step, draw, replace, verify, write_replacements, write_result};
use madang_sortition::{Unsolved, solve};
use madang_web::i18n::Arg;
use serde_json::json;

use super::folder::{self, Labels};
use super::show::{Report, Stage, person, show};
use super::words::{Words, number};
use super::{fault, text};
use crate::cli::Draw;
use crate::exit::{Exit, Failure, Outcome};
use crate::terminal;

/// How far a chance may be from the published one when it is computed again: a thousandth of it.
const TOLERANCE: f64 = 1e-3;

pub(super) fn run(command: &Draw, folder: &Path, words: &Words) -> Outcome {
    let published = Published::read(&folder::read(folder, words)?).map_err(|error| fault(&error, words))?;
    if command.resolve {
        resolve(&published, command.json, words)?;
    }
    if let Some(file) = &command.verify {
        return check(&published, file, command.json, words);
    }
    let labels = match &command.labels {
        Some(path) => Labels::read(path, words)?,
        None => Labels::default(),
    };
    let result_file = folder.join(folder::RESULT);
    if !command.replace.is_empty() {
        return replacements(command, folder, &published, &labels, words);
    }
    let ceremony = match (&command.seed, &command.ceremony) {
        // A value that is typed in comes from where it was announced to come from.
        (Some(seed), _) => {
            let announced = &published.announcement.ceremony;
            Some(Ceremony { source: announced.source.clone(), ..Ceremony::of_value(seed) })
        }
        (None, Some(path)) => Some(super::ceremony(path, command.json, words)?),
        (None, None) => None,
    };
    let beside = folder::beside(folder);
    let Some(ceremony) = ceremony else {
        if command.resolve {
            return Ok(());
        }
        let report = Report {
            command,
            published: &published,
            ceremony: None,
            drawn: None,
            result: None,
            labels: &labels,
            stage: Stage::Waiting,
            folder: Some(folder),
            private: Some(command.labels.as_deref().unwrap_or(&beside)),
        };
        return show(&report, words);
    };
    if !ceremony.source.is_empty() && ceremony.value.is_empty() {
        return Err(fault(&madang_base::Error::invalid("sortition.ceremony-later"), words));
    }
    let drawn = draw(&published, &ceremony).map_err(|error| fault(&error, words))?;
    let result = write_result(&published, &ceremony, &drawn);
    if let Ok(before) = std::fs::read_to_string(&result_file) {
        if before != result {
            return Err(Failure::new(Exit::Data, words.text("cli-draw-again", &[])).at(result_file.display()));
        }
    } else {
        folder::put(&result_file, &result, words)?;
        let explained = Explained { published: Some(&published), ceremony: Some(&ceremony), drawn: Some(&drawn) };
        explanations(folder, &published, explained, words)?;
    }
    let report = Report {
        command,
        published: &published,
        ceremony: Some(&ceremony),
        drawn: Some(&drawn),
        result: Some(&result),
        labels: &labels,
        stage: Stage::Drawn,
        folder: Some(folder),
        private: command.labels.as_deref(),
    };
    show(&report, words)
}

/// The explanation in both languages, for whoever opens the folder.
fn explanations(folder: &Path, published: &Published, explained: Explained<'_>, words: &Words) -> Outcome {
    for locale in Locale::ALL {
        let sections = explain::explain(&published.solution, explained, &words.catalogue, locale);
        let people = explained.drawn.map(|drawn| drawn.people.as_slice());
        let table = explain::committee(&published.solution, people, &words.catalogue, locale).text();
        let texts: Vec<String> = sections.iter().map(explain::Section::text).collect();
        let text = format!("{}\n{table}\n{}", published.announcement.title, texts.join("\n"));
        folder::put(&folder.join(format!("explanation.{}.txt", locale.tag())), text.trim_start(), words)?;
    }
    Ok(())
}

/// Draws again and compares; beside a result its replacements are compared too.
fn check(published: &Published, file: &Path, as_json: bool, words: &Words) -> Outcome {
    let result = text(file, words)?;
    let beside = file.with_file_name(folder::REPLACEMENTS);
    let replaced = if beside.is_file() { Some(text(&beside, words)?) } else { None };
    let differences = verify(published, &result, replaced.as_deref()).map_err(|error| fault(&error, words))?;
    if as_json {
        let rows: Vec<_> =
            differences.iter().map(|it| json!({ "place": it.place, "again": it.again, "said": it.said })).collect();
        let report = json!({ "agrees": differences.is_empty(), "differences": rows });
        terminal::line(format_args!("{report:#}"));
    } else {
        for it in differences.iter().take(super::TOLD) {
            let text = |text: &str| Arg::from(if text.is_empty() { "–" } else { text });
            let args = [("place", text(&it.place)), ("again", text(&it.again)), ("said", text(&it.said))];
            words.line("cli-draw-difference", &args);
        }
    }
    if !differences.is_empty() {
        let args = [("count", number(differences.len()))];
        return Err(Failure::new(Exit::Data, words.text("cli-draw-differs", &args)).at(file.display()));
    }
    if !as_json {
        words.line("cli-draw-agrees", &[("size", number(published.solution.task.size))]);
    }
    Ok(())
}

/// Computes the chances again from the published pool.
fn resolve(published: &Published, as_json: bool, words: &Words) -> Outcome {
    let there = &published.solution;
    let again = solve(&there.task, there.options).map_err(|unsolved| match unsolved {
        Unsolved::Invalid(error) => fault(&error, words),
        Unsolved::Infeasible(_) => Failure::new(Exit::Data, words.text("cli-draw-infeasible", &[])),
    })?;
    let difference = |(a, b): (&f64, &f64)| (a - b).abs() / b.max(1e-6);
    let worst = again.target.iter().zip(&there.target).map(difference).fold(0.0, f64::max);
    let args = [("difference", Arg::from(madang_sortition::explain::percent(worst)))];
    if worst > TOLERANCE {
        return Err(Failure::new(Exit::Data, words.text("cli-draw-resolve-differs", &args)));
    }
    if !as_json {
        words.line("cli-draw-resolve-agrees", &args);
    }
    Ok(())
}

fn replacements(command: &Draw, folder: &Path, published: &Published, labels: &Labels, words: &Words) -> Outcome {
    let result = text(&folder.join(folder::RESULT), words)?;
    let differences = verify(published, &result, None).map_err(|error| fault(&error, words))?;
    if !differences.is_empty() {
        let args = [("count", number(differences.len()))];
        return Err(Failure::new(Exit::Data, words.text("cli-draw-differs", &args)).at(folder.display()));
    }
    let ceremony = published.ceremony_of(&result).map_err(|error| fault(&error, words))?;
    let drawn = draw(published, &ceremony).map_err(|error| fault(&error, words))?;
    let leaving: Vec<String> = command.replace.iter().map(|said| labels.label(said).to_owned()).collect();
    let steps = replace(published, &drawn, &leaving).map_err(|error| fault(&error, words))?;
    let file = write_replacements(published, &seed::digest(result.as_bytes()), &steps);
    folder::put(&folder.join(folder::REPLACEMENTS), &file, words)?;
    if command.json {
        let value: serde_json::Value = serde_json::from_str(&file).unwrap_or_default();
        terminal::line(format_args!("{value:#}"));
        return Ok(());
    }
    for step in &steps {
        words.line(step_key(step), &step_args(step, published, labels));
    }
    words.line("cli-draw-replaced", &[("file", Arg::from(folder.join(folder::REPLACEMENTS).display().to_string()))]);
    Ok(())
}

fn step_key(step: &Step) -> &'static str {
    match (step.come, step.reserve, step.differences) {
        (None, _, _) => "cli-draw-replace-none",
        (Some(_), true, _) => "cli-draw-replace-reserve",
        (Some(_), false, 0) => "cli-draw-replace-same",
        (Some(_), false, _) => "cli-draw-replace-near",
    }
}

fn step_args(step: &Step, published: &Published, labels: &Labels) -> Vec<(&'static str, Arg)> {
    let name = |at: usize| person(&published.solution.task.pool.people[at].id, labels);
    vec![
        ("out", Arg::from(name(step.out))),
        ("come", Arg::from(step.come.map_or_else(String::new, name))),
        ("differences", number(step.differences)),
    ]
}
