//! Clocks: derived from what happened, folded into a table so that lists can ask for them.

use std::collections::BTreeSet;

use madang_base::{Result, Time};
use madang_db::Tx;
use madang_form::{ClockRun, ClockStatus, Happening, Party, What, timeline};
use madang_kernel::Ctx;

use crate::Cases;
use crate::model::{CaseEvent, CaseFile, EventKind};
use crate::store;
use crate::store::clock::ClockRow;

/// Events as the clocks see them. What no clock looks at (notes, assignments, corrections) is left out.
#[must_use]
pub fn happenings(events: &[CaseEvent]) -> Vec<Happening> {
    let mut out = Vec::with_capacity(events.len() * 2);
    for event in events {
        let about = || event.body.about.clone();
        let what = match event.kind {
            EventKind::Filed => Some(What::Filed),
            EventKind::Step => event.step.clone().map(What::Step),
            EventKind::Asked => Some(What::Asked),
            EventKind::Replied => Some(What::Replied),
            EventKind::Transferred => Some(What::Transferred),
            EventKind::Extended => Some(What::Extended { clock: about(), with_consent: event.body.consent }),
            EventKind::Threshold => Some(What::Threshold(about())),
            EventKind::RanOut => Some(What::RanOut(about())),
            EventKind::Assigned
            | EventKind::Joined
            | EventKind::Left
            | EventKind::Submitted
            | EventKind::Returned
            | EventKind::Published
            | EventKind::Hidden
            | EventKind::Reviewed
            | EventKind::Corrected
            | EventKind::Withdrawn
            | EventKind::Merged
            | EventKind::Absorbed
            | EventKind::Split
            | EventKind::Rated
            | EventKind::Linked
            | EventKind::Migrated
            | EventKind::Erased
            | EventKind::Excluded => None,
        };
        out.extend(what.map(|what| Happening { at: event.at, what }));
        if event.kind == EventKind::Split && event.to_state.is_some() {
            // Merging is undone: the clocks are as if they had never been stopped by it.
            let merged = What::State(super::merge::MERGED.to_owned());
            if let Some(at) = out.iter().rposition(|happening| happening.what == merged) {
                out.remove(at);
            }
            continue;
        }
        // Filing enters the first state by itself; a state that stays is not entered anew.
        if event.kind != EventKind::Filed
            && let Some(to) = event.to_state.clone().filter(|to| event.from_state.as_ref() != Some(to))
        {
            out.push(Happening { at: event.at, what: What::State(to) });
        }
    }
    out
}

/// The clocks of a case as they stand at the context's time.
///
/// # Errors
/// Those of the database.
pub fn runs(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<Vec<ClockRun>> {
    let events = store::event::of_case(tx, case.id)?;
    of_events(tx, ctx, cases, case, &events)
}

/// The same from events that were read already.
pub(crate) fn of_events(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    case: &CaseFile,
    events: &[CaseEvent],
) -> Result<Vec<ClockRun>> {
    let version = cases.services.version(tx, &case.version)?;
    let answers = case.answers.typed(&version.definition)?;
    Ok(timeline::runs(&version.definition, &answers, &happenings(events), ctx.now, &cases.days()))
}

/// Folds the clocks of a case into `case_clock` and its `due_at`; called after every act, last of all. Writes
/// `case_file.due_at` itself, without a new revision, and sets it in `case`.
///
/// `due_at` is when the earliest clock of the agency that runs will be, or was, too late.
///
/// # Errors
/// Those of the database.
pub fn refold(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &mut CaseFile) -> Result<Vec<ClockRun>> {
    let runs = runs(tx, ctx, cases, case)?;
    fold(tx, cases, case, &runs)?;
    Ok(runs)
}

fn fold(tx: &mut Tx, cases: &Cases, case: &mut CaseFile, runs: &[ClockRun]) -> Result<()> {
    let version = cases.services.version(tx, &case.version)?;
    let mut gone: BTreeSet<String> = store::clock::of_case(tx, case.id)?.into_iter().map(|row| row.clock).collect();
    let mut due: Option<Time> = None;
    for run in runs {
        let Some(clock) = version.definition.clock(&run.clock) else { continue };
        gone.remove(&run.clock);
        if clock.who == Party::Agency && matches!(run.status, ClockStatus::Running | ClockStatus::Overdue) {
            due = [due, run.overdue_from].into_iter().flatten().min();
        }
        let row = ClockRow {
            clock: run.clock.clone(),
            agency: case.agency,
            who: clock.who.code().to_owned(),
            status: code(run.status).to_owned(),
            started_at: run.started_at,
            due_on: run.due_on,
            overdue_from: run.overdue_from,
            stopped_at: run.stopped_at,
        };
        store::clock::put(tx, case.id, &row)?;
    }
    for clock in gone {
        store::clock::delete(tx, case.id, &clock)?;
    }
    if case.due_at != due {
        store::case::set_due(tx, case.id, due)?;
        case.due_at = due;
    }
    Ok(())
}

/// The word of a status, as it is stored and sent.
#[must_use]
pub const fn code(status: ClockStatus) -> &'static str {
    match status {
        ClockStatus::Running => "running",
        ClockStatus::Paused => "paused",
        ClockStatus::Kept => "kept",
        ClockStatus::Late => "late",
        ClockStatus::Overdue => "overdue",
        ClockStatus::Over => "over",
    }
}
