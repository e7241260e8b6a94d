//! `madang import`.

use std::collections::BTreeMap;
use std::path::Path;

use madang_base::Locale;
use madang_plans::import::diff::Diff;
use madang_plans::import::{self, Format, Problem};
use madang_plans::service;
use madang_web::i18n::{self, Arg};
use serde_json::json;

use super::Invocation;
use crate::cli::Import as Command;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::{Absent, Site};
use crate::terminal;

pub(crate) fn run(command: &Command, invocation: &Invocation) -> Outcome {
    let Command::Plan { file, dry_run, yes, json } = command;
    plan(&Order { file, dry_run: *dry_run, yes: *yes, json: *json }, invocation)
}

struct Order<'a> {
    file: &'a Path,
    dry_run: bool,
    yes: bool,
    json: bool,
}

fn plan(order: &Order<'_>, invocation: &Invocation) -> Outcome {
    let Order { file: path, json, .. } = *order;
    let format = path.to_str().and_then(Format::of_name).ok_or_else(|| {
        Failure::new(Exit::Usage, "the format of the file is told by its ending")
            .at(path.display())
            .advice("name a file that ends in .toml, .json or .xlsx")
    })?;
    let bytes = std::fs::read(path)
        .map_err(|error| Failure::new(Exit::Files, "the file cannot be read").at(path.display()).why(error))?;
    let file = match import::read(&bytes, format) {
        Ok(file) => file,
        Err(found) => {
            if json {
                terminal::line(format_args!("{:#}", json!({ "problems": described(&found, invocation.locale) })));
            }
            let what = format!("{} problems in the file; nothing was imported", found.len());
            return Err(Failure::new(Exit::Data, what).at(path.display()).why(problems(&found, invocation.locale)));
        }
    };
    invocation.with_site(Absent::Make, async |site| {
        let (ctx, planned) = (site.ctx(), file.clone());
        let found = site.db.read(move |tx| service::import::preview(tx, &ctx, &planned)).await;
        let found = found.map_err(|error| site.failure(&error))?;
        if order.dry_run || found.is_empty() {
            show(&found, json, false, site.locale);
            return Ok(());
        }
        if !order.yes {
            show(&found, false, false, site.locale);
            if !terminal::is_interactive() {
                return Err(Failure::new(Exit::Usage, "nobody can be asked here, so nothing was imported")
                    .advice("add --yes to import, or --dry-run only to look"));
            }
            if !terminal::confirm("Import this?") {
                return Err(Failure::new(Exit::Failed, "not imported"));
            }
        }
        let done = apply(site, file).await?;
        show(&done, json, true, site.locale);
        Ok(())
    })
}

async fn apply(site: &Site, file: madang_plans::file::PlanFile) -> Outcome<Diff> {
    let ctx = site.ctx();
    let done = site.db.write(move |tx| service::import::apply(tx, &ctx, &file)).await;
    done.map_err(|error| site.failure(&error))
}

fn show(found: &Diff, as_json: bool, done: bool, locale: Locale) {
    if as_json {
        terminal::line(format_args!("{:#}", json!({ "imported": done, "changes": found })));
        return;
    }
    if done {
        let (added, changed, removed) = (found.added.len(), found.changed.len(), found.removed.len());
        terminal::line(format_args!("{}: imported; {added} added, {changed} changed, {removed} retired", found.plan));
        return;
    }
    if found.is_empty() {
        terminal::line(format_args!("{}: nothing would change", found.plan));
        return;
    }
    for item in &found.added {
        terminal::line(format_args!("+ {:10} {:24} {}", item.kind.code(), item.id, item.name.get(locale)));
    }
    for change in &found.changed {
        let item = &change.item;
        terminal::line(format_args!("~ {:10} {:24} {}", item.kind.code(), item.id, item.name.get(locale)));
        for field in &change.fields {
            let text = |value: &Option<String>| value.as_deref().map_or_else(|| "-".to_owned(), short);
            terminal::line(format_args!("      {}: {} → {}", field.field, text(&field.before), text(&field.after)));
        }
    }
    for item in &found.removed {
        terminal::line(format_args!("- {:10} {:24} {}", item.kind.code(), item.id, item.name.get(locale)));
    }
    let (added, changed, removed) = (found.added.len(), found.changed.len(), found.removed.len());
    terminal::line(format_args!("{}: {added} to add, {changed} to change, {removed} to retire", found.plan));
}

/// One line of at most 80 characters.
fn short(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() <= 80 {
        return line;
    }
    line.chars().take(79).chain(['…']).collect()
}

#[derive(serde::Serialize)]
struct Described<'a> {
    place: String,
    path: &'a str,
    message: String,
    instead: String,
}

fn described(found: &[Problem], locale: Locale) -> Vec<Described<'_>> {
    let catalogue = i18n::catalogue(None).ok();
    let text = |key: &str, args: &BTreeMap<&'static str, String>| match &catalogue {
        Some(catalogue) => {
            let args: Vec<(&str, Arg)> = args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
            catalogue.text(locale, key, &args)
        }
        None => key.to_owned(),
    };
    found
        .iter()
        .map(|problem| Described {
            place: problem.place.to_string(),
            path: &problem.path,
            message: text(problem.key, &problem.args),
            instead: text(problem.instead_key(), &problem.args),
        })
        .collect()
}

/// The problems of a file, one to a line with its place, the first fifty.
pub(super) fn problems(found: &[Problem], locale: Locale) -> String {
    const MOST: usize = 50;
    let mut lines: Vec<String> = described(found, locale)
        .iter()
        .take(MOST)
        .map(|problem| format!("{} {}\n  {}\n  {}", problem.place, problem.path, problem.message, problem.instead))
        .collect();
    if found.len() > MOST {
        lines.push(format!("and {} more", found.len() - MOST));
    }
    lines.join("\n")
}
