//! What is printed: tables, chances, hash lines to read out, what to do next; the same as JSON; pictures and lists.

use std::path::Path;

use madang_sortition::ceremony::{Ceremony, seed};
use madang_sortition::explain::{self, Draw as Explained, Width};
use madang_sortition::publish::{Drawn, Published};
use madang_web::i18n::Arg;
use serde_json::{Value, json};

use super::folder::{self, Labels};
use super::words::{Words, number};
use crate::cli::Draw;
use crate::exit::Outcome;
use crate::terminal;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The lists were made just now.
    Prepared,
    /// The lists are published, the seed is not there.
    Waiting,
    Drawn,
    /// Drawn with a seed that was there before the lists.
    Exercise,
}

pub(super) struct Report<'a> {
    pub command: &'a Draw,
    pub published: &'a Published,
    pub ceremony: Option<&'a Ceremony>,
    pub drawn: Option<&'a Drawn>,
    pub result: Option<&'a str>,
    pub labels: &'a Labels,
    pub stage: Stage,
    pub folder: Option<&'a Path>,
    pub private: Option<&'a Path>,
}

/// A label with the id behind it.
pub(super) fn person(label: &str, labels: &Labels) -> String {
    labels.id(label).map_or_else(|| label.to_owned(), |id| format!("{label} ({id})"))
}

pub(super) fn show(report: &Report<'_>, words: &Words) -> Outcome {
    pictures(report, words)?;
    if let (Some(path), Some(drawn)) = (&report.command.out, report.drawn) {
        folder::put(path, &chosen(report, drawn), words)?;
    }
    if report.command.json {
        terminal::line(format_args!("{:#}", document(report)));
        return Ok(());
    }
    let Published { solution, .. } = report.published;
    let people = report.drawn.map(|drawn| drawn.people.as_slice());
    let args = [
        ("people", number(solution.task.pool.people.len())),
        ("size", number(solution.task.size)),
        ("panels", number(solution.lottery.panels.len())),
        ("tickets", number(solution.lottery.tickets)),
    ];
    words.line("cli-draw-head", &args);
    terminal::line("");
    terminal::line(explain::committee(solution, people, &words.catalogue, words.locale).text());
    let groups = explain::groups(solution);
    let share = |x: f64| Arg::from(explain::percent(x));
    let args = [
        ("low", share(groups.first().map_or(0.0, |group| group.chance))),
        ("high", share(groups.last().map_or(0.0, |group| group.chance))),
        ("residual", share(solution.residual.chance_max)),
    ];
    words.line("cli-draw-chances", &args);
    words.line("cli-draw-residual", &args);
    let alone = explain::alone(solution);
    if alone > 0 && report.stage == Stage::Prepared {
        words.line("cli-draw-alone", &[("count", number(alone))]);
    }
    if let Some(drawn) = report.drawn {
        members(report, drawn, words);
    }
    hashes(report, words);
    next(report, words);
    if report.command.explain {
        let explained = Explained {
            published: (report.stage != Stage::Exercise).then_some(report.published),
            ceremony: report.ceremony,
            drawn: report.drawn,
        };
        for section in explain::explain(solution, explained, &words.catalogue, words.locale) {
            terminal::line(format_args!("\n{}", section.text().trim_end()));
        }
    }
    Ok(())
}

fn members(report: &Report<'_>, drawn: &Drawn, words: &Words) {
    let label = |at: usize| person(&report.published.solution.task.pool.people[at].id, report.labels);
    terminal::line("");
    let args = [("ticket", Arg::from(drawn.ticket.to_string())), ("panel", number(drawn.panel + 1))];
    words.line("cli-draw-ticket", &args);
    words.line("cli-draw-members", &[("size", number(drawn.people.len()))]);
    for at in &drawn.people {
        let values = values(report, *at).join(" · ");
        terminal::line(format_args!("  {}   {values}", label(*at)));
    }
    if !drawn.reserves.is_empty() {
        words.line("cli-draw-reserves", &[]);
        for (seat, list) in &drawn.reserves {
            let names: Vec<String> = list.iter().map(|it| label(it.person)).collect();
            let names = if names.is_empty() { "–".to_owned() } else { names.join(", ") };
            terminal::line(format_args!("  {}: {names}", label(*seat)));
        }
    }
}

fn values(report: &Report<'_>, at: usize) -> Vec<String> {
    let task = &report.published.solution.task;
    let values = &task.pool.people[at].values;
    values.iter().zip(&task.features).map(|(value, feature)| feature.values[*value].name.clone()).collect()
}

fn hashes(report: &Report<'_>, words: &Words) {
    let published = report.published;
    terminal::line("");
    words.line("cli-draw-read-out", &[]);
    let mut lines = vec![
        ("commitment.json", published.commitment.clone()),
        ("pool.json", published.pool.clone()),
        ("panels.json", published.panels.clone()),
    ];
    if let Some(drawn) = report.drawn {
        lines.push(("seed", drawn.seed.to_string()));
    }
    if let Some(result) = report.result {
        lines.push(("result.json", seed::digest(result.as_bytes())));
    }
    for (name, hash) in lines {
        terminal::line(format_args!("  {name:16} {hash}"));
    }
}

fn next(report: &Report<'_>, words: &Words) {
    let path = |path: Option<&Path>| Arg::from(path.map_or_else(String::new, |path| path.display().to_string()));
    let args = [("folder", path(report.folder)), ("private", path(report.private))];
    let announced = &report.published.announcement.ceremony;
    terminal::line("");
    match (report.stage, report.folder) {
        (Stage::Prepared, None) => words.line("cli-draw-next-unpublished", &args),
        (Stage::Prepared | Stage::Waiting, _) => {
            words.line("cli-draw-next-nobody", &args);
            if report.stage == Stage::Prepared {
                words.line("cli-draw-next-publish", &args);
                words.line("cli-draw-next-private", &args);
            }
            if announced.parties.is_empty() && announced.source.is_empty() {
                words.line("cli-draw-next-value", &args);
                words.line("cli-draw-next-seed", &args);
            } else {
                words.line("cli-draw-next-reveal", &args);
                words.line("cli-draw-next-ceremony", &args);
            }
        }
        (Stage::Drawn, _) => words.line("cli-draw-next-verify", &args),
        (Stage::Exercise, _) => words.line("cli-draw-next-exercise", &args),
    }
}

fn pictures(report: &Report<'_>, words: &Words) -> Outcome {
    let Some(folder) = &report.command.svg else { return Ok(()) };
    let solution = &report.published.solution;
    let people = report.drawn.map(|drawn| drawn.people.as_slice());
    for (place, width) in [(folder.clone(), Width::Wide), (folder.join("narrow"), Width::Narrow)] {
        folder::make(&place, words)?;
        let seats = explain::seats_picture(solution, people, &words.catalogue, words.locale, width);
        folder::put(&place.join("seats.svg"), &seats, words)?;
        let chances = explain::chances_picture(solution, &words.catalogue, words.locale, width);
        folder::put(&place.join("chances.svg"), &chances, words)?;
    }
    Ok(())
}

/// The private list of those who were drawn and of those in reserve.
fn chosen(report: &Report<'_>, drawn: &Drawn) -> String {
    let task = &report.published.solution.task;
    let mut head: Vec<String> = ["role", "seat", "label"].map(str::to_owned).to_vec();
    head.extend(report.labels.columns.clone());
    head.extend(task.features.iter().map(|feature| feature.name.clone()));
    let line = |role: &str, seat: usize, at: usize| {
        let label = &task.pool.people[at].id;
        let mut cells = vec![role.to_owned(), seat.to_string(), label.clone()];
        let none = vec![String::new(); report.labels.columns.len()];
        cells.extend(report.labels.people.get(label).unwrap_or(&none).clone());
        cells.extend(values(report, at));
        folder::row(&cells)
    };
    let mut out = format!("\u{feff}{}", folder::row(&head));
    for (seat, at) in drawn.people.iter().enumerate() {
        out.push_str(&line("member", seat + 1, *at));
    }
    for (seat, (_, list)) in drawn.reserves.iter().enumerate() {
        for it in list {
            out.push_str(&line("reserve", seat + 1, it.person));
        }
    }
    out
}

fn document(report: &Report<'_>) -> Value {
    let published = report.published;
    let solution = &published.solution;
    let label = |at: usize| solution.task.pool.people[at].id.as_str();
    let member = |at: usize| {
        let chance = solution.chance[solution.types.of_person[at]];
        json!({ "label": label(at), "id": report.labels.id(label(at)), "values": values(report, at), "chance": chance })
    };
    let drawn = report.drawn.map(|drawn| {
        let reserves: Vec<Value> = drawn
            .reserves
            .iter()
            .map(|(seat, list)| {
                json!({ "for": label(*seat), "people": list.iter().map(|it| label(it.person)).collect::<Vec<_>>() })
            })
            .collect();
        json!({
            "seed": drawn.seed.to_string(), "seed_text": drawn.seed_text, "ticket": drawn.ticket,
            "panel": drawn.panel, "people": drawn.people.iter().map(|at| member(*at)).collect::<Vec<_>>(),
            "reserves": reserves,
        })
    });
    let groups = explain::groups(solution);
    let people = report.drawn.map(|drawn| drawn.people.as_slice());
    json!({
        "stage": match report.stage {
            Stage::Prepared | Stage::Waiting => "prepared",
            Stage::Drawn => "drawn",
            Stage::Exercise => "exercise",
        },
        "people": solution.task.pool.people.len(),
        "size": solution.task.size,
        "features": solution.task.features.iter().map(|feature| feature.name.clone()).collect::<Vec<_>>(),
        "panels": solution.lottery.panels.len(),
        "tickets": solution.lottery.tickets,
        "options": solution.options,
        "smallest_chance": groups.first().map(|group| group.chance),
        "largest_chance": groups.last().map(|group| group.chance),
        "residual": solution.residual,
        "seats": explain::seats(solution, people),
        "groups": groups,
        "hashes": {
            "commitment": published.commitment, "pool": published.pool, "panels": published.panels,
            "result": report.result.map(|result| seed::digest(result.as_bytes())),
        },
        "drawn": drawn,
    })
}
