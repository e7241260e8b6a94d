//! `madang service`: definitions checked, compared, put in force, tried out.

mod walk;

use std::path::{Path, PathBuf};

use madang_base::Locale;
use madang_cases::registry::{Services, shipped};
use madang_cases::service::apply;

use madang_form::{Change, Difference, Loaded, Problem, Problems, Severity, Source, diff};
use madang_web::i18n::{self, Arg, Catalogue};
use serde_json::json;

use super::Invocation;
use crate::app;
use crate::cli::Service as Command;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::Absent;
use crate::terminal;

pub(crate) fn run(command: &Command, invocation: &Invocation) -> Outcome {
    match command {
        Command::Check { files, json } => check(files, *json, invocation.locale),
        Command::Diff { file, json } => compare(file, *json, invocation),
        Command::Apply { file, json } => put(file, *json, invocation),
        Command::Try { file } => {
            walk::run(&load(file, invocation.locale)?, &app::cases(&invocation.config), invocation.locale)
        }
    }
}

/// Reads and checks a definition file.
fn load(file: &Path, locale: Locale) -> Outcome<Loaded> {
    let (name, text) = (file.display().to_string(), app::read_definition(file)?);
    madang_form::load(Source { name: &name, text: &text }).map_err(|problems| refused(&problems, locale))
}

fn refused(problems: &Problems, locale: Locale) -> Failure {
    terminal::line(render(problems, locale).trim_end());
    Failure::new(Exit::Data, format_args!("{} problems in {}", problems.len(), problems.name))
}

/// Problems in the reader's language, with place, line and marker.
fn render(problems: &Problems, locale: Locale) -> String {
    let catalogue = i18n::catalogue(None).ok();
    let words = |problem: &Problem| words(catalogue.as_ref(), problem, locale);
    problems.render(&words)
}

fn words(catalogue: Option<&Catalogue>, problem: &Problem, locale: Locale) -> (String, String) {
    let Some(catalogue) = catalogue else { return (problem.code.to_owned(), String::new()) };
    let args: Vec<(&str, Arg)> = problem.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    (catalogue.text(locale, &problem.error_key(), &args), catalogue.text(locale, &problem.help_key(), &args))
}

fn check(files: &[PathBuf], as_json: bool, locale: Locale) -> Outcome {
    let (mut report, mut wrong) = (Vec::new(), 0);
    for file in files {
        let (name, text) = (file.display().to_string(), app::read_definition(file)?);
        let (loaded, problems) = match madang_form::load(Source { name: &name, text: &text }) {
            Ok(loaded) => (Some((loaded.definition.id.clone(), loaded.digest)), loaded.warnings),
            Err(problems) => (None, problems),
        };
        wrong += usize::from(loaded.is_none());
        if as_json {
            report.push(json!({
                "file": name,
                "service": loaded.as_ref().map(|(id, _)| id),
                "digest": loaded.as_ref().map(|(_, digest)| digest),
                "problems": described(&problems, locale),
            }));
            continue;
        }
        if !problems.is_empty() {
            terminal::line(render(&problems, locale).trim_end());
        }
        if let Some((id, digest)) = loaded {
            terminal::line(format_args!("{name}: {id} is in order ({} warnings) {}", problems.len(), &digest[..12]));
        }
    }
    if as_json {
        terminal::line(format_args!("{:#}", json!(report)));
    }
    if wrong == 0 {
        return Ok(());
    }
    Err(Failure::new(Exit::Data, format_args!("{wrong} of {} definitions are not in order", files.len())))
}

fn described(problems: &Problems, locale: Locale) -> Vec<serde_json::Value> {
    let catalogue = i18n::catalogue(None).ok();
    let one = |problem: &Problem| {
        let (what, instead) = words(catalogue.as_ref(), problem, locale);
        json!({
            "code": problem.code, "line": problem.line, "column": problem.column, "path": problem.path,
            "message": what, "instead": instead, "args": problem.args,
        })
    };
    problems.iter().map(one).collect()
}

/// With the version in force on the site; without a site, with the shipped one.
fn compare(file: &Path, as_json: bool, invocation: &Invocation) -> Outcome {
    let new = load(file, invocation.locale)?;
    let id = new.definition.id.clone();
    let there = invocation.config.database.url.file().is_none_or(Path::exists);
    let old = if there {
        let asked = id.clone();
        invocation.with_site(Absent::Refuse, async |site| {
            let services = Services::new();
            let found = site.db.read(move |tx| services.current(tx, &asked)).await;
            match found {
                Ok(found) => Ok(Some(found.definition.clone())),
                Err(error) if error.code() == "service.unknown" => Ok(None),
                Err(error) => Err(site.failure(&error)),
            }
        })?
    } else {
        let text = shipped().iter().find_map(|(name, text)| {
            let loaded = madang_form::load(Source { name, text }).ok()?;
            (loaded.definition.id == id).then_some(loaded.definition)
        });
        terminal::note("there is no site here; compared with what the program brings");
        text
    };
    let Some(old) = old else {
        terminal::line(format_args!("{id}: new, there is nothing to compare it with"));
        return Ok(());
    };
    let changes = diff(&old, &new.definition);
    if as_json {
        terminal::line(format_args!("{:#}", json!({ "service": id, "changes": changes })));
        return Ok(());
    }
    for change in &changes {
        terminal::line(described_change(change));
    }
    let grave = changes.iter().filter(|change| change.severity == Severity::Breaking).count();
    terminal::line(format_args!("{id}: {} changes, {grave} of them breaking", changes.len()));
    Ok(())
}

fn described_change(change: &Change) -> String {
    let mark = match change.severity {
        Severity::Harmless => ' ',
        Severity::Notice => '?',
        Severity::Breaking => '!',
    };
    let place = format!("{mark} {} {}", change.part.code(), change.id);
    match &change.what {
        Difference::Added => format!("{} added", place.trim_end()),
        Difference::Removed => format!("{} removed", place.trim_end()),
        Difference::Reordered => format!("{} in another order", place.trim_end()),
        Difference::Changed { property, old, new } => {
            format!("{} {property}: {} → {}", place.trim_end(), short(old), short(new))
        }
    }
}

/// One line of at most 80 characters.
fn short(value: &serde_json::Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 { text } else { text.chars().take(79).chain(['…']).collect() }
}

fn put(file: &Path, as_json: bool, invocation: &Invocation) -> Outcome {
    let loaded = load(file, invocation.locale)?;
    let (name, cases) = (file.display().to_string(), app::cases(&invocation.config));
    let applied = invocation.with_site(Absent::Make, async |site| {
        let (ctx, there, name, text) = (site.ctx(), cases.clone(), name.clone(), loaded.text.clone());
        let applied = site.db.write(move |tx| apply::apply(tx, &ctx, &there, &name, &text)).await;
        applied.map_err(|error| site.failure(&error))
    })?;
    if as_json {
        let changed = applied.changed;
        let report = json!({ "service": applied.service, "digest": applied.digest, "changed": changed });
        terminal::line(format_args!("{report:#}"));
        return Ok(());
    }
    if !applied.warnings.is_empty() {
        terminal::line(render(&applied.warnings, invocation.locale).trim_end());
    }
    let what = if applied.changed { "is in force" } else { "was in force already" };
    terminal::line(format_args!("{}: {} {what}", applied.service, &applied.digest[..12]));
    Ok(())
}
