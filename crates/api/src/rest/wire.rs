//! The shapes on the wire. Dates are ISO 8601 (`2022-12-31`, or as given: `2022`, `2022-Q4`, `2022-12`), times RFC 3339 in
//! UTC, texts objects by language tag.

use std::collections::BTreeMap;

use madang_base::LocalizedText;
use madang_plans::file;
use madang_plans::model::{AgencyName, AgencyRole, Assessment, CommitmentAgency, News, PlanSummary as Summary, Update};
use madang_plans::rules::{Progress as Counts, Speed as SpeedView};
use madang_plans::views::{AgencyLine, CommitmentLine, IndicatorLine, MilestoneView, PlanView, Point};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cases::ReceiptLink;

/// A text by language tag: `{"ko": "…", "en": "…"}`.
pub type Text = BTreeMap<String, String>;

pub fn text(from: &LocalizedText) -> Text {
    from.iter().map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect()
}

/// A page of a list.
#[derive(Serialize, JsonSchema)]
pub struct List<T> {
    pub items: Vec<T>,
    /// Give it as `after` to get the next page; null on the last one.
    pub next: Option<String>,
}

impl<T> List<T> {
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct PlanSummary {
    pub id: String,
    pub number: i64,
    pub name: Text,
    pub start: String,
    pub end: String,
    /// Grows with every change of anything in the plan.
    pub revision: i64,
    pub changed_at: String,
}

impl From<&Summary> for PlanSummary {
    fn from(p: &Summary) -> Self {
        Self {
            id: p.id.clone(),
            number: p.number,
            name: text(&p.name),
            start: p.start.to_string(),
            end: p.end.to_string(),
            revision: p.revision,
            changed_at: p.changed_at.rfc3339(),
        }
    }
}

/// How many milestones are in each state.
#[derive(Serialize, JsonSchema)]
pub struct Progress {
    pub total: u32,
    pub completed: u32,
    pub late: u32,
    /// Past their date, and nobody has reported anything.
    pub no_report: u32,
    pub under_way: u32,
    pub continuing: u32,
    pub recurring: u32,
    pub upcoming: u32,
    pub not_known: u32,
}

impl From<&Counts> for Progress {
    fn from(p: &Counts) -> Self {
        Self {
            total: p.total,
            completed: p.completed,
            late: p.late,
            no_report: p.no_report,
            under_way: p.under_way,
            continuing: p.continuing,
            recurring: p.recurring,
            upcoming: p.upcoming,
            not_known: p.not_known,
        }
    }
}

/// What the plan consists of. `commitments` counts whole ones, `parts` the parts that some of them have (2.1, 2.2), and
/// `commitments_with_parts` the parts in place of the commitments they make up.
#[derive(Serialize, JsonSchema)]
pub struct PlanCounts {
    pub themes: u32,
    pub commitments: u32,
    pub parts: u32,
    pub commitments_with_parts: u32,
    pub milestones: u32,
}

#[derive(Serialize, JsonSchema)]
pub struct Plan {
    #[serde(flatten)]
    pub summary: PlanSummary,
    pub about: Text,
    pub lead: AgencyRef,
    pub counts: PlanCounts,
    pub progress: Progress,
    pub themes: Vec<Theme>,
}

#[derive(Serialize, JsonSchema)]
pub struct Theme {
    pub id: String,
    pub name: Text,
    pub progress: Progress,
    pub commitments: Vec<CommitmentSummary>,
}

#[derive(Serialize, JsonSchema)]
pub struct CommitmentSummary {
    pub number: String,
    pub slug: String,
    pub name: Text,
    /// The number of the commitment it is part of.
    pub part_of: Option<String>,
    /// Its milestones are in its parts.
    pub has_parts: bool,
    pub state: &'static str,
    pub progress: Progress,
    pub lead: Vec<AgencyRef>,
}

impl From<&PlanView> for Plan {
    fn from(v: &PlanView) -> Self {
        let c = v.counts;
        Self {
            summary: (&v.plan).into(),
            about: text(&v.head.summary),
            lead: (&v.lead).into(),
            counts: PlanCounts {
                themes: c.themes,
                commitments: c.commitments,
                parts: c.parts,
                commitments_with_parts: c.commitments_with_parts,
                milestones: c.milestones,
            },
            progress: (&v.progress).into(),
            themes: v
                .themes
                .iter()
                .map(|t| Theme {
                    id: t.theme.id.clone(),
                    name: text(&t.theme.name),
                    progress: (&t.progress).into(),
                    commitments: t.commitments.iter().map(CommitmentSummary::from).collect(),
                })
                .collect(),
        }
    }
}

impl From<&CommitmentLine> for CommitmentSummary {
    fn from(l: &CommitmentLine) -> Self {
        let name = &l.commitment;
        Self {
            number: name.number.clone(),
            slug: name.slug.clone(),
            name: text(&name.name),
            part_of: name.parent.as_deref().map(last),
            has_parts: l.has_parts,
            state: l.state.code(),
            progress: (&l.progress).into(),
            lead: agencies(&l.agencies, AgencyRole::Lead),
        }
    }
}

/// The last segment of an id.
pub fn last(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).to_owned()
}

#[derive(Serialize, JsonSchema)]
pub struct AgencyRef {
    pub id: String,
    pub name: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub division: Option<Text>,
}

impl From<&AgencyName> for AgencyRef {
    fn from(a: &AgencyName) -> Self {
        Self { id: a.slug.clone(), name: text(&a.name), division: None }
    }
}

pub fn agencies(all: &[CommitmentAgency], role: AgencyRole) -> Vec<AgencyRef> {
    all.iter()
        .filter(|a| a.role == role)
        .map(|a| AgencyRef {
            division: (!a.division.is_empty()).then(|| text(&a.division)),
            ..AgencyRef::from(&a.agency)
        })
        .collect()
}

#[derive(Serialize, JsonSchema)]
pub struct Commitment {
    #[serde(flatten)]
    pub summary: CommitmentSummary,
    pub plan: String,
    pub theme: String,
    pub others: Vec<AgencyRef>,
    pub problem: Text,
    pub solution: Text,
    pub contribution: Text,
    /// OGP values: transparency, participation, accountability, technology.
    pub values: Vec<String>,
    pub milestones: Vec<Milestone>,
}

#[derive(Serialize, JsonSchema)]
pub struct Milestone {
    /// `kr-2021/2.1/3`
    pub id: String,
    pub commitment: String,
    pub number: String,
    pub title: Text,
    pub deliverable: Text,
    pub state: &'static str,
    /// The dates as the document prints them.
    pub printed: Printed,
    pub continues: bool,
    /// Comes again: `year`, `half-year` or `two-years`.
    pub recurs: Option<String>,
    pub periods: Vec<Period>,
    pub lead: Vec<AgencyRef>,
}

#[derive(Serialize, JsonSchema)]
pub struct Printed {
    pub start: String,
    pub end: String,
}

/// A time in which the milestone is to be done; what recurs has one for each time.
#[derive(Serialize, JsonSchema)]
pub struct Period {
    pub number: i64,
    pub start: Option<String>,
    pub due: Option<String>,
    pub state: &'static str,
    /// The last thing reported of it.
    pub claim: Option<&'static str>,
    pub reported: Option<String>,
}

impl Milestone {
    pub fn new(m: &MilestoneView, commitment: &str, all: &[CommitmentAgency]) -> Self {
        let word = |every: file::Every| serde_json::to_value(every).ok()?.as_str().map(str::to_owned);
        let recurs = m.content.recurs.as_ref().and_then(|r| word(r.every));
        Self {
            id: m.id.clone(),
            commitment: commitment.to_owned(),
            number: m.content.number.clone(),
            title: text(&m.content.title),
            deliverable: text(&m.content.deliverable),
            state: m.state.code(),
            printed: Printed { start: m.content.printed.start.clone(), end: m.content.printed.end.clone() },
            continues: m.content.continues,
            recurs,
            periods: m
                .periods
                .iter()
                .map(|p| Period {
                    number: p.no,
                    start: p.start.map(|d| d.to_string()),
                    due: p.due.map(|d| d.to_string()),
                    state: p.state.code(),
                    claim: p.claim.map(madang_plans::rules::Claim::code),
                    reported: p.reported.map(|d| d.to_string()),
                })
                .collect(),
            lead: agencies(all, AgencyRole::Lead),
        }
    }
}

/// A report of an agency.
#[derive(Serialize, JsonSchema)]
pub struct UpdateOut {
    pub id: String,
    /// The number of the milestone; null: about the commitment as a whole.
    pub milestone: Option<String>,
    pub period: Option<i64>,
    pub agency: AgencyRef,
    pub claim: String,
    pub percent: Option<i64>,
    pub text: Text,
    pub delay_reason: String,
    pub evidence: Vec<EvidenceItem>,
    pub at: String,
    /// The report that took this one's place.
    pub corrected_by: Option<String>,
}

/// A piece of evidence: `link`, `dataset` and `meeting` have an address, `object` a reference such as
/// `commitment:kr-2021/3`, `file` the SHA-256 of a stored file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceItem {
    pub kind: String,
    pub title: String,
    pub target: String,
}

impl From<&Update> for UpdateOut {
    fn from(u: &Update) -> Self {
        Self {
            id: u.id.to_string(),
            milestone: u.milestone.as_deref().map(last),
            period: u.period,
            agency: (&u.agency).into(),
            claim: u.claim.code().to_owned(),
            percent: u.percent,
            text: text(&u.text),
            delay_reason: u.delay_reason.clone(),
            evidence: u
                .evidence
                .iter()
                .map(|e| EvidenceItem {
                    kind: e.kind.code().to_owned(),
                    title: e.title.clone(),
                    target: e.target.clone(),
                })
                .collect(),
            at: u.at.rfc3339(),
            corrected_by: u.corrected_by.map(|id| id.to_string()),
        }
    }
}

/// What an agency reports.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateBody {
    /// The number of the period; missing: all that have begun.
    pub period: Option<i64>,
    /// `not-started`, `under-way`, `delayed` or `completed`. Completion needs evidence.
    pub claim: String,
    /// 0 to 100.
    pub percent: Option<i64>,
    pub text: Text,
    /// Needed when the due day has passed and it is not completed.
    #[serde(default)]
    pub delay_reason: String,
    #[serde(default)]
    pub evidence: Vec<EvidenceItem>,
}

/// What came of assessing.
#[derive(Serialize, JsonSchema)]
pub struct AssessedOut {
    #[serde(flatten)]
    pub assessment: AssessmentOut,
    pub receipt: ReceiptLink,
}

/// An assessment of a commitment.
#[derive(Serialize, JsonSchema)]
pub struct AssessmentOut {
    pub id: String,
    /// `civil` or `agency`.
    pub side: String,
    pub period: String,
    pub organisation: AgencyRef,
    pub completion: String,
    pub ambition: Option<String>,
    pub early_results: Option<String>,
    pub reasons: Text,
    pub at: String,
}

impl From<&Assessment> for AssessmentOut {
    fn from(a: &Assessment) -> Self {
        Self {
            id: a.id.to_string(),
            side: a.side.code().to_owned(),
            period: a.period.clone(),
            organisation: (&a.agency).into(),
            completion: a.completion.code().to_owned(),
            ambition: a.ambition.map(|x| x.code().to_owned()),
            early_results: a.early_results.map(|x| x.code().to_owned()),
            reasons: text(&a.reasons),
            at: a.at.rfc3339(),
        }
    }
}

/// What an assessor finds, in OGP's terms.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessmentBody {
    /// `civil` or `agency`.
    pub side: String,
    /// `2022`, `2022-H1`, `2022-H2` or `end`.
    pub period: String,
    /// `no-evidence`, `not-started`, `limited`, `substantial` or `complete`.
    pub completion: String,
    /// `unclear`, `modest` or `substantial`.
    pub ambition: Option<String>,
    /// `no-evidence`, `none`, `marginal`, `significant` or `outstanding`.
    pub early_results: Option<String>,
    pub reasons: Text,
}

#[derive(Serialize, JsonSchema)]
pub struct ValuePoint {
    pub date: String,
    pub value: f64,
}

impl From<&Point> for ValuePoint {
    fn from(p: &Point) -> Self {
        Self { date: p.date.to_string(), value: p.value }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Indicator {
    /// `kr-2021/women-central-directors`
    pub id: String,
    pub name: Text,
    pub group: String,
    pub unit: Text,
    pub commitment: Option<String>,
    pub target: Option<ValuePoint>,
    pub latest: Option<ValuePoint>,
    /// `met`, `short`, `not-due` or `not-known`.
    pub standing: String,
    /// By date; in lists only the latest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValuePoint>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<AgencyPoint>,
}

#[derive(Serialize, JsonSchema)]
pub struct AgencyPoint {
    pub agency: AgencyRef,
    pub latest: ValuePoint,
    pub standing: String,
}

impl From<&IndicatorLine> for Indicator {
    fn from(i: &IndicatorLine) -> Self {
        Self {
            id: i.id.clone(),
            name: text(&i.content.name),
            group: i.content.group.clone(),
            unit: text(&i.content.unit),
            commitment: i.commitment.as_deref().map(last),
            target: i.target.as_ref().map(Into::into),
            latest: i.latest.as_ref().map(Into::into),
            standing: i.standing.code().to_owned(),
            values: Vec::new(),
            agencies: Vec::new(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Round {
    pub id: String,
    pub label: String,
    pub title: Text,
    pub due: String,
    /// `open`, `closed` or `published`.
    pub state: String,
    pub asked: usize,
    pub answered: usize,
}

/// Something that moved.
#[derive(Serialize, JsonSchema)]
pub struct Moved {
    pub id: String,
    pub kind: String,
    pub object: String,
    pub commitment: Option<String>,
    pub milestone: Option<String>,
    pub agency: Option<AgencyRef>,
    pub detail: String,
    pub at: String,
}

impl From<&News> for Moved {
    fn from(n: &News) -> Self {
        Self {
            id: n.id.to_string(),
            kind: n.kind.code().to_owned(),
            object: n.object.to_string(),
            commitment: n.commitment_number.clone(),
            milestone: n.milestone.as_deref().map(last),
            agency: n.agency.as_ref().map(Into::into),
            detail: n.detail.clone(),
            at: n.at.rfc3339(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Agency {
    pub id: String,
    pub name: Text,
    /// Commitments and parts that it leads.
    pub leads: u32,
    pub joins: u32,
    /// Of the milestones of what it leads.
    pub progress: Progress,
    pub reporting: Reporting,
}

/// How fast an agency reports on periods that are due.
#[derive(Serialize, JsonSchema)]
pub struct Reporting {
    pub due: u32,
    pub reported: u32,
    /// Within 30 days of the period's end.
    pub on_time: u32,
    pub median_days: Option<f64>,
}

impl From<&SpeedView> for Reporting {
    fn from(s: &SpeedView) -> Self {
        Self { due: s.due, reported: s.reported, on_time: s.on_time, median_days: s.median_days }
    }
}

impl From<&AgencyLine> for Agency {
    fn from(a: &AgencyLine) -> Self {
        Self {
            id: a.agency.slug.clone(),
            name: text(&a.agency.name),
            leads: a.leads,
            joins: a.joins,
            progress: (&a.progress).into(),
            reporting: (&a.speed).into(),
        }
    }
}

/// A stretch of the change feed.
#[derive(Serialize, JsonSchema)]
pub struct Changes {
    pub items: Vec<ChangeItem>,
    /// The last position given out; ask again with `after` set to the last one read.
    pub head: i64,
}

#[derive(Serialize, JsonSchema)]
pub struct ChangeItem {
    pub position: i64,
    pub at: String,
    pub kind: String,
    pub object: String,
    /// What the ledger keeps of the act: codes, references and salted digests, never personal data.
    pub record: serde_json::Value,
}
