//! Whom an event concerns: of a step its definition says so, of the engine's own acts this file.

use madang_form::{Definition, Moment, Silence, Tells};

use crate::model::{CaseEvent, EventKind};

const AUTHOR: &[Tells] = &[Tells::Author];
const AGENCY: &[Tells] = &[Tells::Agency];
const BOTH: &[Tells] = &[Tells::Author, Tells::Agency];
const ALL: &[Tells] = &[Tells::Author, Tells::Supporters, Tells::Followers, Tells::Agency];
const PUBLIC: &[Tells] = &[Tells::Author, Tells::Supporters, Tells::Followers];

/// Whom an event concerns.
#[must_use]
pub fn told(def: &Definition, event: &CaseEvent) -> Vec<Tells> {
    let about = event.body.about.as_str();
    let whom = match event.kind {
        EventKind::Step => {
            return event
                .step
                .as_deref()
                .and_then(|id| def.step(id))
                .map(|step| step.tells.clone())
                .unwrap_or_default();
        }
        // The receipt, and something new in the inbox.
        EventKind::Filed | EventKind::Joined | EventKind::Left => BOTH,
        EventKind::Asked | EventKind::Published | EventKind::Hidden | EventKind::Migrated => AUTHOR,
        EventKind::Replied
        | EventKind::Assigned
        | EventKind::Submitted
        | EventKind::Returned
        | EventKind::Corrected => AGENCY,
        EventKind::Transferred | EventKind::Withdrawn | EventKind::Split => ALL,
        EventKind::Extended | EventKind::Merged | EventKind::Linked => PUBLIC,
        // A step that follows from it tells whom it concerns.
        EventKind::RanOut if def.steps_on(&Moment::Clock(about.to_owned())).next().is_some() => &[],
        EventKind::Threshold if def.steps_on(&Moment::Threshold(about.to_owned())).next().is_some() => &[],
        EventKind::Threshold => ALL,
        EventKind::RanOut => match def.clock(about).map(|clock| &clock.silence) {
            Some(Silence::Lapses) => AUTHOR,
            _ => BOTH,
        },
        EventKind::Absorbed | EventKind::Reviewed | EventKind::Rated | EventKind::Erased | EventKind::Excluded => &[],
    };
    whom.to_vec()
}
