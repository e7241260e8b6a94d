//! Choosing one or several.

use madang_ballot::choice::{BrokenBy, Contest, Method, Terms, count};
use madang_ballot::explain::{choice as explain, choice_rounds};

use super::{Task, json, number};
use crate::cli::TallyRule;
use crate::exit::Outcome;
use crate::terminal;

pub(super) fn run(task: &Task<'_>) -> Outcome {
    let method = match task.order.rule {
        TallyRule::Approval => Method::Approval,
        TallyRule::Score => Method::Score,
        TallyRule::InstantRunoff => Method::InstantRunoff,
        TallyRule::Transferable => Method::Transferable,
        _ => Method::Schulze,
    };
    let contest = Contest::of(task.election, method).map_err(|error| task.words.failure(&error))?;
    let seats = task.order.seats.map_or(1, |seats| seats as usize);
    let terms = Terms { method, seats, seed: task.order.seed.clone() };
    let counted = count(&contest, &terms).map_err(|error| task.words.failure(&error))?;
    let voice = task.voice();
    task.pictures(&[("count.svg", &|width| choice_rounds(&counted, &voice, width))])?;
    let mut section = explain(&counted, &voice);
    let json = json::choice(task, &counted, &section);
    section.heading = task.title();
    if !task.order.json && !counted.refused.is_empty() {
        let refused = counted.refused.len();
        terminal::note(task.words.say("cli-tally-refused", &[("count", number(refused))]));
    }
    task.lot_drawn(counted.ties.iter().any(|tie| tie.broken_by == BrokenBy::Lot));
    task.print(&json, &[section]);
    Ok(())
}
