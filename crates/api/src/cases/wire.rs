//! The shapes of services and cases on the wire. Times are RFC 3339 in UTC, days ISO 8601, texts objects by language tag.

use std::collections::BTreeMap;

use madang_cases::support::SupportView;
use madang_cases::views::{CaseLine, CaseView, Held, TimelineItem};
use madang_cases::{AgencyName, registry::ServiceVersion};
use madang_form::{ClockRun, Definition};
use madang_http::Visit;
use madang_kernel::ledger::ReceiptCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rest::wire::{Text, text};

/// An organisation.
#[derive(Serialize, JsonSchema)]
pub struct AgencyOut {
    pub id: String,
    pub name: Text,
}

impl From<&AgencyName> for AgencyOut {
    fn from(agency: &AgencyName) -> Self {
        Self { id: agency.slug.clone(), name: text(&agency.name) }
    }
}

/// A channel.
#[derive(Serialize, JsonSchema)]
pub struct ServiceOut {
    pub id: String,
    pub name: Text,
    pub summary: Text,
    pub basis: Vec<Text>,
    /// Whether something can be filed now.
    pub open: bool,
    /// SHA-256 of the definition in force.
    pub version: String,
    /// `anonymous`, `pseudonymous`, `verified`, `proxy`
    pub who: Vec<Value>,
}

impl From<&ServiceVersion> for ServiceOut {
    fn from(version: &ServiceVersion) -> Self {
        let def = &version.definition;
        Self {
            id: def.id.clone(),
            name: text(&def.name),
            summary: text(&def.summary),
            basis: def.basis.iter().map(text).collect(),
            open: version.open,
            version: version.digest.clone(),
            who: def.filing.who.iter().filter_map(|who| serde_json::to_value(who).ok()).collect(),
        }
    }
}

/// A channel with its whole definition.
#[derive(Serialize, JsonSchema)]
pub struct ServiceFull {
    #[serde(flatten)]
    pub service: ServiceOut,
    /// Fields, states, steps, clocks and the rest, as the engine reads them.
    pub definition: Value,
}

/// A case in a list.
#[derive(Serialize, JsonSchema)]
pub struct CaseOut {
    pub number: String,
    pub service: String,
    pub title: String,
    pub state: String,
    pub state_name: Text,
    /// `received`, `review`, `open`, `deciding`, `answered`, `refused`, `closed`: the same for all services.
    pub phase: String,
    pub outcome: Option<String>,
    pub agency: Option<AgencyOut>,
    pub filed_at: String,
    /// When the agency's next clock runs out.
    pub due_at: Option<String>,
    pub overdue: bool,
    /// Valid supports, of services that have them.
    pub supports: Option<i64>,
    /// What the author says of the agency's answer: `confirmed`, `disputed`.
    pub citizen_says: Option<String>,
}

impl From<&CaseLine> for CaseOut {
    fn from(line: &CaseLine) -> Self {
        Self {
            number: line.number.clone(),
            service: line.service.clone(),
            title: line.title.clone(),
            state: line.state.clone(),
            state_name: text(&line.state_name),
            phase: line.phase.code().to_owned(),
            outcome: line.outcome.clone(),
            agency: line.agency.as_ref().map(AgencyOut::from),
            filed_at: line.filed_at.rfc3339(),
            due_at: line.due_at.map(madang_base::Time::rfc3339),
            overdue: line.overdue,
            supports: line.supports,
            citizen_says: line.citizen_says.map(|says| says.code().to_owned()),
        }
    }
}

/// A page of cases.
#[derive(Serialize, JsonSchema)]
pub struct Cases {
    pub items: Vec<CaseOut>,
    /// Give it as `after` to get the next page; null on the last one.
    pub next: Option<String>,
    pub previous: Option<String>,
    /// How many there are, or that many and more.
    pub count: i64,
    pub count_is_exact: bool,
}

/// A clock of a case.
#[derive(Serialize, JsonSchema)]
pub struct ClockOut {
    pub id: String,
    pub name: Text,
    /// Whose time it is: `agency`, `author`, or a party of the service.
    pub who: String,
    pub basis: Vec<Text>,
    /// `running`, `paused`, `kept`, `late`, `overdue`, `over`
    pub status: Value,
    pub started_at: String,
    pub stopped_at: Option<String>,
    /// The last day; null while it stands still.
    pub due_on: Option<String>,
    /// From this moment it is too late.
    pub overdue_from: Option<String>,
    pub extensions: u32,
}

impl ClockOut {
    pub fn new(def: &Definition, run: &ClockRun) -> Self {
        let clock = def.clock(&run.clock);
        Self {
            id: run.clock.clone(),
            name: clock.map(|c| text(&c.name)).unwrap_or_default(),
            who: clock.map(|c| c.who.code().to_owned()).unwrap_or_default(),
            basis: clock.map(|c| c.basis.iter().map(text).collect()).unwrap_or_default(),
            status: serde_json::to_value(run.status).unwrap_or_default(),
            started_at: run.started_at.rfc3339(),
            stopped_at: run.stopped_at.map(madang_base::Time::rfc3339),
            due_on: run.due_on.map(|day| day.to_string()),
            overdue_from: run.overdue_from.map(madang_base::Time::rfc3339),
            extensions: run.extensions,
        }
    }
}

/// Something that happened.
#[derive(Serialize, JsonSchema)]
pub struct EventOut {
    pub no: i64,
    pub at: String,
    /// `filed`, `step`, `asked`, `replied`, `transferred`, …
    pub kind: String,
    pub step: Option<String>,
    pub step_name: Option<Text>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub party: String,
    pub agency: Option<AgencyOut>,
    pub basis: Vec<Text>,
    /// What it carried, where that is public or the reader's business.
    pub body: Option<Value>,
}

impl From<&TimelineItem> for EventOut {
    fn from(item: &TimelineItem) -> Self {
        Self {
            no: item.no,
            at: item.at.rfc3339(),
            kind: item.kind.code().to_owned(),
            step: item.step.as_ref().map(|(id, _)| id.clone()),
            step_name: item.step.as_ref().map(|(_, name)| text(name)),
            from: item.from_state.as_ref().map(|(id, _)| id.clone()),
            to: item.to_state.as_ref().map(|(id, _)| id.clone()),
            party: item.party.clone(),
            agency: item.agency.as_ref().map(AgencyOut::from),
            basis: item.basis.iter().map(text).collect(),
            body: item.body.as_ref().and_then(|body| serde_json::to_value(body).ok()),
        }
    }
}

/// An agency and the time it had the case.
#[derive(Serialize, JsonSchema)]
pub struct HeldOut {
    pub agency: AgencyOut,
    /// `handling` or `joint`
    pub role: String,
    pub from: String,
    pub until: Option<String>,
}

impl From<&Held> for HeldOut {
    fn from(held: &Held) -> Self {
        Self {
            agency: AgencyOut::from(&held.agency),
            role: held.role.clone(),
            from: held.from.rfc3339(),
            until: held.until.map(madang_base::Time::rfc3339),
        }
    }
}

/// A threshold, and when it was reached: once, for ever.
#[derive(Serialize, JsonSchema)]
pub struct ThresholdOut {
    pub id: String,
    pub name: Text,
    pub count: i64,
    pub reached_at: Option<String>,
    pub reached_position: Option<i64>,
}

/// The supports of a case.
#[derive(Serialize, JsonSchema)]
pub struct SupportOut {
    pub count: i64,
    /// The position of the change feed as of which the count holds.
    pub position: i64,
    pub thresholds: Vec<ThresholdOut>,
    /// By day.
    pub days: BTreeMap<String, i64>,
    /// By ISO 3166-2 code; null where fewer than `smallest` would be shown.
    pub regions: BTreeMap<String, Option<i64>>,
    pub ages: BTreeMap<String, Option<i64>>,
    pub smallest: u32,
    /// Left out by recorded decisions.
    pub excluded: i64,
}

impl From<&SupportView> for SupportOut {
    fn from(view: &SupportView) -> Self {
        let thresholds = view.thresholds.iter().map(|threshold| ThresholdOut {
            id: threshold.id.clone(),
            name: text(&threshold.name),
            count: threshold.count,
            reached_at: threshold.reached_at.map(madang_base::Time::rfc3339),
            reached_position: threshold.reached_position,
        });
        Self {
            count: view.count,
            position: view.position,
            thresholds: thresholds.collect(),
            days: view.days.iter().map(|(day, n)| (day.to_string(), *n)).collect(),
            regions: view.regions.iter().cloned().collect(),
            ages: view.ages.iter().cloned().collect(),
            smallest: view.smallest,
            excluded: view.excluded,
        }
    }
}

/// A case as whoever asks may see it.
#[derive(Serialize, JsonSchema)]
pub struct CaseFull {
    pub number: String,
    pub service: String,
    /// SHA-256 of the definition it was filed under.
    pub version: String,
    pub title: String,
    pub state: String,
    pub phase: String,
    pub outcome: Option<String>,
    pub author: String,
    pub agency: Option<AgencyOut>,
    pub agencies: Vec<HeldOut>,
    /// `unpublished`, `published`, `hidden`
    pub publication: String,
    /// `delivered`, `seen`, `waiting`, `failed`
    pub delivery: String,
    pub channel: String,
    pub citizen_says: Option<String>,
    pub satisfaction: Option<i64>,
    pub filed_at: String,
    pub updated_at: String,
    pub answered_at: Option<String>,
    pub closed_at: Option<String>,
    pub answers: Value,
    pub clocks: Vec<ClockOut>,
    pub timeline: Vec<EventOut>,
    pub supports: Option<SupportOut>,
    /// Ids of steps that whoever asks may take now.
    pub steps: Vec<String>,
    /// Number of the case that this one went into.
    pub merged_into: Option<String>,
    pub revision: i64,
}

impl From<&CaseView> for CaseFull {
    fn from(view: &CaseView) -> Self {
        let (case, def) = (&view.case, &view.service.definition);
        Self {
            number: case.number.clone(),
            service: case.service.clone(),
            version: case.version.clone(),
            title: case.title.clone(),
            state: case.state.clone(),
            phase: case.phase.code().to_owned(),
            outcome: case.outcome.clone(),
            author: case.author_name.clone(),
            agency: view.agency.as_ref().map(AgencyOut::from),
            agencies: view.agencies.iter().map(HeldOut::from).collect(),
            publication: case.publication.code().to_owned(),
            delivery: case.delivery.code().to_owned(),
            channel: case.channel.code().to_owned(),
            citizen_says: case.citizen_says.map(|says| says.code().to_owned()),
            satisfaction: case.satisfaction,
            filed_at: case.filed_at.rfc3339(),
            updated_at: case.updated_at.rfc3339(),
            answered_at: case.answered_at.map(madang_base::Time::rfc3339),
            closed_at: case.closed_at.map(madang_base::Time::rfc3339),
            answers: serde_json::to_value(&case.answers).unwrap_or_default(),
            clocks: view.clocks.iter().map(|run| ClockOut::new(def, run)).collect(),
            timeline: view.timeline.iter().map(EventOut::from).collect(),
            supports: view.supports.as_ref().map(SupportOut::from),
            steps: view.open_steps.iter().map(|open| open.step.id.clone()).collect(),
            merged_into: view.merged_into.clone(),
            revision: case.revision,
        }
    }
}

/// A file that comes with a filing, a reply or a step.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileBody {
    /// The field that it answers; left out for the files of a step or a reply.
    #[serde(default)]
    pub field: String,
    pub name: String,
    /// Base64.
    pub content: String,
}

/// What is filed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FilingBody {
    /// By field id; see the service's schema.
    pub answers: Value,
    /// How the author is called, for those without account.
    #[serde(default)]
    pub name: String,
    /// Where somebody without account is written to.
    #[serde(default)]
    pub mail: Option<String>,
    /// Where the service leaves it to the author.
    #[serde(default)]
    pub public: bool,
    #[serde(default)]
    pub follow: bool,
    #[serde(default)]
    pub files: Vec<FileBody>,
}

/// What somebody who filed gets.
#[derive(Serialize, JsonSchema)]
pub struct ReceiptOut {
    pub number: String,
    /// For those without account: with the number it opens the case. It is given here and nowhere else.
    pub secret: Option<String>,
    /// The case's page.
    pub url: String,
    pub clocks: Vec<ClockOut>,
    /// The same Idempotency-Key came before: nothing was filed now.
    pub again: bool,
    pub receipt: Option<ReceiptLink>,
}

/// What is given with a step.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepBody {
    #[serde(default)]
    pub answer: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub grounds: Vec<String>,
    #[serde(default)]
    pub outcome: Option<String>,
    #[serde(default)]
    pub link: Option<String>,
    /// Fields that the step needs, by id.
    #[serde(default)]
    pub fields: Value,
    #[serde(default)]
    pub files: Vec<FileBody>,
    /// The revision that was read; when the case has moved on since, nothing is done (409).
    #[serde(default)]
    pub revision: Option<i64>,
}

/// What came of an act.
#[derive(Serialize, JsonSchema)]
pub struct ActOut {
    pub number: String,
    pub revision: Option<i64>,
    /// The state it is in now.
    pub state: Option<String>,
    /// A second officer must agree first; the id of what waits.
    pub approval: Option<String>,
    /// Of a citizen's act.
    pub receipt: Option<ReceiptLink>,
}

/// Proof that an act is in the public log: within seconds, and for ever.
#[derive(Serialize, JsonSchema)]
pub struct ReceiptLink {
    pub code: String,
    /// Its page. `/receipts/{code}.tlog-proof` is the proof (C2SP tlog-proof@v1), `/receipts/{code}.json` the leaf.
    pub url: String,
}

impl ReceiptLink {
    pub(crate) fn new(visit: &Visit, code: ReceiptCode) -> Self {
        let page = visit.url(&format!("/receipts/{code}"));
        Self { code: code.to_string(), url: format!("{}{page}", visit.app.site.base_url) }
    }
}

/// A text: a question, a reply, a reason.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextBody {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub files: Vec<FileBody>,
}

/// What a second officer says to a prepared step.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NoteBody {
    pub note: String,
}

/// To which agency, and why.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferBody {
    /// The id of an agency.
    pub to: String,
    pub reason: String,
}

/// Which clock, and why.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionBody {
    pub clock: String,
    pub reason: String,
    /// The author agreed.
    #[serde(default)]
    pub consent: bool,
}

/// How well it was dealt with.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingBody {
    /// 1 to 5
    pub stars: i64,
    #[serde(default)]
    pub text: String,
}

/// What a supporter says beside the fact.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SupportBody {
    /// ISO 3166-2 in small letters: `kr-11`; `abroad`
    pub region: Option<String>,
    /// `30-39`
    pub age_band: Option<String>,
    /// Hear what becomes of the case.
    pub follow: bool,
}

/// What giving did.
#[derive(Serialize, JsonSchema)]
pub struct GivenOut {
    /// It was there already.
    pub again: bool,
    pub receipt: Option<ReceiptLink>,
}

/// What taking back did.
#[derive(Serialize, JsonSchema)]
pub struct TakenBackOut {
    pub receipt: ReceiptLink,
}
