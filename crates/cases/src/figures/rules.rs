//! What is counted of a case: a pure function of its rows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use madang_base::{Result, Time};
use madang_form::{Definition, Moment, Party, Phase};
use madang_kernel::coded;

use crate::model::EventKind;
use crate::service::merge::MERGED;
use crate::service::withdraw::WITHDRAWN;

/// Grows when facts are computed in another way: then all cases are counted anew.
pub(crate) const VERSION: i64 = 1;

coded! {
    /// What a fact is about.
    pub enum Measure("figures.measure-unknown") {
        /// One of [`counts`](super::Counts), by its word.
        Count = "count",
        /// Days to the first answer.
        Days = "days",
        /// Another agency that passed the case on.
        Away = "away",
        /// Satisfaction, 1 to 5.
        Stars = "stars",
        /// A state that it came to.
        State = "state",
        /// A ground of its refusal: service and ground.
        Ground = "ground",
        /// Where its place is.
        Area = "area",
    }
}

/// What a case adds one to.
pub type Facts = BTreeSet<(Measure, String)>;

/// The words of [`Measure::Count`].
pub mod word {
    pub const RECEIVED: &str = "received";
    pub const OPEN: &str = "open";
    pub const ANSWERED: &str = "answered";
    pub const IN_TIME: &str = "in-time";
    pub const LATE: &str = "late";
    pub const UNDATED: &str = "undated";
    pub const OVERDUE: &str = "overdue";
    pub const REFUSED: &str = "refused";
    pub const WITHDRAWN: &str = "withdrawn";
    pub const MERGED: &str = "merged";
    pub const REOPENED: &str = "reopened";
    pub const TRANSFERRED: &str = "transferred";
}

/// Of a case's row what is counted.
#[derive(Clone, Debug)]
pub struct CaseRow {
    pub id: String,
    pub service: String,
    pub version: String,
    pub state: String,
    pub phase: Phase,
    /// Empty: none.
    pub agency: String,
    pub satisfaction: Option<i64>,
    pub area: Option<String>,
    pub filed_at: Time,
    pub closed: bool,
}

/// Of an event what is counted.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub at: Time,
    pub kind: EventKind,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    pub by_author: bool,
    /// The organisation that acted.
    pub organisation: Option<String>,
    /// Of a clock that ran out: which.
    pub about: String,
    /// Of a step.
    pub grounds: Vec<String>,
}

/// Of a clock what is counted.
#[derive(Clone, Debug)]
pub struct ClockRow {
    pub clock: String,
    pub running: bool,
    /// It is on record that this run is over.
    pub ran_out: bool,
}

/// What the definition says about words of its cases.
#[derive(Clone, Debug, Default)]
pub struct Means {
    /// States with their phases; those that the case's version does not know any more as an older one knew them.
    pub phases: BTreeMap<String, Phase>,
    /// Clocks that give the time for an answer.
    pub clocks: BTreeSet<String>,
}

impl Means {
    /// `versions`: of the service, that of the case first, then the others, the oldest first.
    #[must_use]
    pub fn of(versions: &[&Definition]) -> Self {
        let mut phases = BTreeMap::new();
        for state in versions.iter().flat_map(|def| &def.states) {
            phases.entry(state.id.clone()).or_insert(state.phase);
        }
        Self { phases, clocks: versions.first().map(|def| answer_clocks(def)).unwrap_or_default() }
    }

    fn decided(&self, state: Option<&String>) -> bool {
        state.and_then(|state| self.phases.get(state)).is_some_and(|phase| decides(*phase))
    }

    fn phase(&self, state: Option<&String>) -> Option<Phase> {
        state.and_then(|state| self.phases.get(state)).copied()
    }
}

const fn decides(phase: Phase) -> bool {
    matches!(phase, Phase::Answered | Phase::Refused)
}

const fn works(phase: Phase) -> bool {
    matches!(phase, Phase::Received | Phase::Review | Phase::Open | Phase::Deciding)
}

/// The agency's clocks that only the end of a case stops, by an answer or a refusal among others; when there is none, those
/// that an answer or a refusal stops beside anything else.
fn answer_clocks(def: &Definition) -> BTreeSet<String> {
    let phase = |moment: &Moment| {
        let state = match moment {
            Moment::State(state) => Some(state.as_str()),
            Moment::Step(step) => def.step(step).and_then(|step| step.to.as_deref()),
            Moment::Filed | Moment::Clock(_) | Moment::Threshold(_) => None,
        };
        state.and_then(|state| def.state(state)).map(|state| state.phase)
    };
    let decision = |moment: &Moment| phase(moment).is_some_and(decides);
    let end = |moment: &Moment| phase(moment).is_some_and(|phase| !works(phase));
    let stopped = || {
        let agency = def.clocks.iter().filter(|clock| clock.who == Party::Agency);
        agency.filter(|clock| clock.stops.iter().any(decision))
    };
    let only: BTreeSet<String> =
        stopped().filter(|clock| clock.stops.iter().all(end)).map(|clock| clock.id.clone()).collect();
    if only.is_empty() { stopped().map(|clock| clock.id.clone()).collect() } else { only }
}

/// What a case adds one to. `events` in their order.
#[must_use]
pub fn facts(case: &CaseRow, events: &[EventRow], clocks: &[ClockRow], means: &Means) -> Facts {
    let mut facts = Facts::new();
    let mut count = |word: &str, is: bool| {
        if is {
            facts.insert((Measure::Count, word.to_owned()));
        }
    };
    let decision = |event: &EventRow| {
        event.kind == EventKind::Step
            && !event.by_author
            && event.from_state != event.to_state
            && means.decided(event.to_state.as_ref())
    };
    let first = events.iter().position(decision);
    let ran_out = |event: &EventRow| event.kind == EventKind::RanOut && means.clocks.contains(&event.about);
    let late = first.is_some_and(|at| events[..at].iter().any(ran_out));
    let dated = late || clocks.iter().any(|clock| means.clocks.contains(&clock.clock));
    count(word::RECEIVED, true);
    count(word::OPEN, !case.closed && !decides(case.phase));
    count(word::ANSWERED, first.is_some());
    count(word::IN_TIME, first.is_some() && dated && !late);
    count(word::LATE, late);
    count(word::UNDATED, first.is_some() && !dated);
    let over = |clock: &ClockRow| clock.running && clock.ran_out && means.clocks.contains(&clock.clock);
    count(word::OVERDUE, first.is_none() && !case.closed && clocks.iter().any(over));
    let last = events.iter().rposition(decision);
    let refusal = last.filter(|at| {
        let again = |event: &EventRow| means.phase(event.to_state.as_ref()).is_some_and(works);
        means.phase(events[*at].to_state.as_ref()) == Some(Phase::Refused) && !events[at + 1..].iter().any(again)
    });
    count(word::REFUSED, refusal.is_some());
    count(word::WITHDRAWN, case.state == WITHDRAWN);
    count(word::MERGED, case.state == MERGED);
    let reopens = |event: &EventRow| {
        event.kind == EventKind::Step
            && means.phase(event.from_state.as_ref()).is_some_and(|phase| !works(phase))
            && means.phase(event.to_state.as_ref()).is_some_and(works)
    };
    count(word::REOPENED, first.is_some_and(|at| events[at + 1..].iter().any(reopens)));
    let moved: BTreeSet<&String> = events
        .iter()
        .filter(|event| event.kind == EventKind::Transferred)
        .filter_map(|event| event.organisation.as_ref())
        .collect();
    count(word::TRANSFERRED, !moved.is_empty());
    facts.extend(moved.into_iter().map(|agency| (Measure::Away, agency.clone())));
    if let Some(at) = first {
        facts.insert((Measure::Days, days(case.filed_at, events[at].at).to_string()));
    }
    if let Some(at) = refusal {
        facts.extend(events[at].grounds.iter().map(|id| (Measure::Ground, format!("{}/{id}", case.service))));
    }
    facts.extend(case.satisfaction.map(|stars| (Measure::Stars, stars.to_string())));
    facts.extend(events.iter().filter_map(|event| event.to_state.clone()).map(|state| (Measure::State, state)));
    facts.extend(case.area.iter().filter(|area| !area.is_empty()).map(|area| (Measure::Area, area.clone())));
    facts
}

/// Calendar days in Korea from one instant's day to the other's.
#[must_use]
pub fn days(from: Time, to: Time) -> i64 {
    (to.kst_date() - from.kst_date()).get_days().max(0).into()
}

/// A day as a period.
#[must_use]
pub fn day(date: Date) -> i64 {
    (i64::from(date.year()) * 100 + i64::from(date.month())) * 100 + i64::from(date.day())
}

/// A case's facts with where they are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub service: String,
    /// `-`: none.
    pub agency: String,
    /// Of filing.
    pub day: i64,
    pub facts: Facts,
}

/// All agencies, or all services.
pub(crate) const ALL: &str = "*";
/// No agency.
pub(crate) const NONE: &str = "-";

impl Counted {
    #[must_use]
    pub fn of(case: &CaseRow, facts: Facts) -> Self {
        let agency = if case.agency.is_empty() { NONE } else { &case.agency };
        Self { service: case.service.clone(), agency: agency.to_owned(), day: day(case.filed_at.kst_date()), facts }
    }

    /// The facts as they are stored.
    #[must_use]
    pub fn text(&self) -> String {
        self.facts.iter().map(|(measure, value)| format!("{} {value}\n", measure.code())).collect()
    }

    /// The reverse of [`Counted::text`].
    ///
    /// # Errors
    /// `figures.measure-unknown` for what another program wrote.
    pub fn parse(text: &str) -> Result<Facts> {
        let line = |line: &str| {
            let (measure, value) = line.split_once(' ').unwrap_or((line, ""));
            Ok((measure.parse()?, value.to_owned()))
        };
        text.lines().map(line).collect()
    }

    /// The sums that a fact belongs to, as agency, service, and what is counted there.
    pub(crate) fn places<'a>(&'a self, fact: &'a (Measure, String)) -> Vec<(&'a str, &'a str, Measure, &'a str)> {
        let (measure, value) = (fact.0, fact.1.as_str());
        let (own, service) = (self.agency.as_str(), self.service.as_str());
        match measure {
            // An agency counts what it passed on, whoever has it now.
            Measure::Away => [service, ALL].map(|s| (value, s, Measure::Count, word::TRANSFERRED)).to_vec(),
            Measure::Count if value == word::TRANSFERRED => [service, ALL].map(|s| (ALL, s, measure, value)).to_vec(),
            Measure::State => [own, ALL].map(|a| (a, service, measure, value)).to_vec(),
            _ => [(own, service), (own, ALL), (ALL, service), (ALL, ALL)].map(|(a, s)| (a, s, measure, value)).to_vec(),
        }
    }
}
