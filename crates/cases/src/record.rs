//! What is public of a case and of each of its events, as texts: salted digests of them stand in the ledger.
//!
//! Whoever has the salts (the audit of the database) makes the same texts from the rows again, so a row that was changed
//! beside the program does not go unnoticed. The texts are JSON of structures with a fixed order of fields. What the engine
//! folds or notes without an act is not in them: clocks, whether the agency has opened the case, who handles it.

use madang_base::{Result, Time};
use madang_form::{Answers, Phase};
use madang_kernel::{Assurance, OrganisationId};
use serde::Serialize;

use crate::model::{CaseEvent, CaseFile, CaseId, Channel, CitizenSays, EventBody, EventKind, Publication};
use crate::store;

#[derive(Serialize)]
struct CaseFace<'a> {
    id: CaseId,
    number: &'a str,
    service: &'a str,
    version: &'a str,
    state: &'a str,
    phase: Phase,
    outcome: Option<&'a str>,
    title: &'a str,
    agency: Option<OrganisationId>,
    author_name: &'a str,
    assurance: Assurance,
    channel: Channel,
    publication: Publication,
    published_at: Option<Time>,
    wants_public: bool,
    citizen_says: Option<CitizenSays>,
    satisfaction: Option<i64>,
    answers: &'a Answers,
    reviewed: Vec<&'a str>,
    area: Option<&'a str>,
    filed_at: Time,
    answered_at: Option<Time>,
    closed_at: Option<Time>,
    erased_at: Option<Time>,
    merged_into: Option<CaseId>,
}

/// A case as it stands after an act: the field `record` of the act's event. The last event of a case that has the field
/// says how its row must be.
///
/// # Errors
/// `Kind::Internal` when it cannot be written as JSON.
pub fn case(case: &CaseFile) -> Result<String> {
    store::json(&CaseFace {
        id: case.id,
        number: &case.number,
        service: &case.service,
        version: &case.version,
        state: &case.state,
        phase: case.phase,
        outcome: case.outcome.as_deref(),
        title: &case.title,
        agency: case.agency,
        author_name: &case.author_name,
        assurance: case.assurance,
        channel: case.channel,
        publication: case.publication,
        published_at: case.published_at,
        wants_public: case.wants_public,
        citizen_says: case.citizen_says,
        satisfaction: case.satisfaction,
        answers: &case.answers,
        reviewed: case.reviewed.iter().map(String::as_str).collect(),
        area: case.area.as_deref(),
        filed_at: case.filed_at,
        answered_at: case.answered_at,
        closed_at: case.closed_at,
        erased_at: case.erased_at,
        merged_into: case.merged_into,
    })
}

#[derive(Serialize)]
struct EventFace<'a> {
    at: Time,
    kind: EventKind,
    step: Option<&'a str>,
    from_state: Option<&'a str>,
    to_state: Option<&'a str>,
    party: &'a str,
    organisation: Option<OrganisationId>,
    public: bool,
    body: &'a EventBody,
}

impl<'a> EventFace<'a> {
    fn of(event: &'a CaseEvent) -> Self {
        Self {
            at: event.at,
            kind: event.kind,
            step: event.step.as_deref(),
            from_state: event.from_state.as_deref(),
            to_state: event.to_state.as_deref(),
            party: &event.party,
            organisation: event.organisation,
            public: event.public,
            body: &event.body,
        }
    }
}

/// An event of a case as stored, without its number: the field `body` of the ledger's event, which says the number.
///
/// # Errors
/// `Kind::Internal` when it cannot be written as JSON.
pub fn event(event: &CaseEvent) -> Result<String> {
    store::json(&EventFace::of(event))
}

/// All events of a case before the one that erased its personal data, as they stand since: the field `events` of that
/// event, because the salts of those before are gone.
///
/// # Errors
/// `Kind::Internal` when it cannot be written as JSON.
pub fn events(events: &[CaseEvent]) -> Result<String> {
    store::json(&events.iter().map(|event| (event.no, EventFace::of(event))).collect::<Vec<_>>())
}
