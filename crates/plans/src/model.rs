//! What queries give and services take: plain values that pages, feeds and the API show as they are.

use jiff::civil::Date;
use madang_base::{Id, LocalizedText, Time};
use madang_kernel::{AccountId, OrganisationId, coded};
use serde::{Deserialize, Serialize};

use crate::rules::{Ambition, Claim, Completion, EarlyResults, State};

/// Marker of a progress report's id; never built.
#[derive(Debug)]
pub enum UpdateMarker {}
pub type UpdateId = Id<UpdateMarker>;
/// Marker of an assessment's id; never built.
#[derive(Debug)]
pub enum AssessmentMarker {}
pub type AssessmentId = Id<AssessmentMarker>;
/// Marker of an indicator value's id; never built.
#[derive(Debug)]
pub enum ValueMarker {}
pub type ValueId = Id<ValueMarker>;
/// Marker of a round's id; never built.
#[derive(Debug)]
pub enum RoundMarker {}
pub type RoundId = Id<RoundMarker>;
/// Marker of a follow's id; never built.
#[derive(Debug)]
pub enum FollowMarker {}
pub type FollowId = Id<FollowMarker>;
/// Marker of a draft's id; never built.
#[derive(Debug)]
pub enum DraftMarker {}
pub type DraftId = Id<DraftMarker>;
/// Marker of a news item's id; never built.
#[derive(Debug)]
pub enum NewsMarker {}
pub type NewsId = Id<NewsMarker>;

/// An agency by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyName {
    pub id: OrganisationId,
    pub slug: String,
    pub name: LocalizedText,
    /// Empty when it has no shorter name.
    pub short: LocalizedText,
}

/// An agency of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommitmentAgency {
    pub commitment: String,
    pub role: AgencyRole,
    pub agency: AgencyName,
    pub division: LocalizedText,
}

coded! {
    /// What an agency does for a commitment.
    pub enum AgencyRole("plan.agency-role-unknown") {
        Lead = "lead",
        Other = "other",
    }
}

/// A plan in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanSummary {
    pub id: String,
    pub number: i64,
    pub name: LocalizedText,
    pub start: Date,
    pub end: Date,
    pub revision: i64,
    pub changed_at: Time,
}

/// A theme without its commitments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThemeView {
    pub id: String,
    pub name: LocalizedText,
    pub aims: Vec<LocalizedText>,
}

/// A commitment by its names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentName {
    /// `kr-2021/2.1`
    pub id: String,
    pub plan: String,
    pub theme: String,
    pub parent: Option<String>,
    pub number: String,
    pub slug: String,
    pub name: LocalizedText,
    pub summary: LocalizedText,
}

/// What an agency gives as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub title: String,
    /// An http(s) address, the SHA-256 of a stored file, or a reference `kind:id`.
    pub target: String,
}

coded! {
    /// Sorts of evidence.
    pub enum EvidenceKind("plan.evidence-kind-unknown") {
        Link = "link",
        File = "file",
        Dataset = "dataset",
        Meeting = "meeting",
        Object = "object",
    }
}

/// A progress report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Update {
    pub id: UpdateId,
    pub plan: String,
    pub commitment: String,
    pub milestone: Option<String>,
    pub period: Option<i64>,
    pub agency: AgencyName,
    #[serde(skip)]
    pub account: Option<AccountId>,
    pub claim: Claim,
    pub percent: Option<i64>,
    pub text: LocalizedText,
    pub delay_reason: String,
    pub evidence: Vec<Evidence>,
    pub at: Time,
    pub corrects: Option<UpdateId>,
    pub corrected_by: Option<UpdateId>,
}

coded! {
    /// Who assesses.
    pub enum Side("plan.side-unknown") {
        /// Civil society.
        Civil = "civil",
        /// The agency itself.
        Agency = "agency",
    }
}

/// An assessment of a commitment for a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessment {
    pub id: AssessmentId,
    pub plan: String,
    pub commitment: String,
    pub side: Side,
    pub period: String,
    pub agency: AgencyName,
    #[serde(skip)]
    pub account: Option<AccountId>,
    pub completion: Completion,
    pub ambition: Option<Ambition>,
    pub early_results: Option<EarlyResults>,
    pub reasons: LocalizedText,
    pub at: Time,
    pub replaced_by: Option<AssessmentId>,
}

/// A period of a milestone with its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeriodView {
    pub no: i64,
    pub start: Option<Date>,
    pub due: Option<Date>,
    pub claim: Option<Claim>,
    pub reported: Option<Date>,
    pub state: State,
}

coded! {
    /// Where an inspection round is.
    pub enum RoundState("plan.round-state-unknown") {
        Open = "open",
        Closed = "closed",
        Published = "published",
    }
}

/// An inspection round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Round {
    pub id: RoundId,
    pub plan: String,
    pub label: String,
    pub title: LocalizedText,
    pub due: Date,
    pub state: RoundState,
    pub conclusion: LocalizedText,
    pub opened_at: Time,
    pub closed_at: Option<Time>,
    pub published_at: Option<Time>,
}

/// What an agency answered in a round; asked and silent when `answered_at` is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundAnswer {
    pub agency: AgencyName,
    pub text: LocalizedText,
    pub answered_at: Option<Time>,
}

coded! {
    /// How often a follower is written to.
    pub enum Rhythm("plan.rhythm-unknown") {
        AtOnce = "at-once",
        Weekly = "weekly",
    }
}

/// Who follows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subscriber {
    Account(AccountId),
    Mail(String),
}

/// A follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Follow {
    pub id: FollowId,
    pub subscriber: Subscriber,
    pub object: madang_kernel::Ref,
    pub rhythm: Rhythm,
    pub locale: madang_base::Locale,
    pub created_at: Time,
    pub confirmed_at: Option<Time>,
    pub digested_at: Time,
}

coded! {
    /// What moved.
    pub enum NewsKind("plan.news-kind-unknown") {
        PlanImported = "plan-imported",
        CommitmentPublished = "commitment-published",
        CommitmentUndone = "commitment-undone",
        ProgressReported = "progress-reported",
        ProgressCorrected = "progress-corrected",
        Assessed = "assessed",
        IndicatorReported = "indicator-reported",
        RoundOpened = "round-opened",
        RoundPublished = "round-published",
    }
}

/// Something that moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct News {
    pub id: NewsId,
    pub plan: String,
    pub kind: NewsKind,
    /// What was made: `update:…`, `assessment:…`, `indicator:…`.
    pub object: madang_kernel::Ref,
    pub commitment: Option<String>,
    pub commitment_number: Option<String>,
    pub commitment_slug: Option<String>,
    pub commitment_name: Option<LocalizedText>,
    pub milestone: Option<String>,
    pub milestone_title: Option<LocalizedText>,
    pub agency: Option<AgencyName>,
    /// A code that says more: the claim, the completion, the round's label, the number of changes.
    pub detail: String,
    pub at: Time,
}

coded! {
    /// Where a draft is.
    pub enum DraftState("plan.draft-state-unknown") {
        Draft = "draft",
        Published = "published",
        Undone = "undone",
        Discarded = "discarded",
    }
}

/// An edit of a commitment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Draft {
    pub id: DraftId,
    pub plan: String,
    pub commitment: String,
    pub state: DraftState,
    pub content: crate::file::Commitment,
    /// What was published when the draft was begun; after publication, what it replaced.
    pub base: crate::file::Commitment,
    #[serde(skip)]
    pub account: Option<AccountId>,
    pub created_at: Time,
    pub changed_at: Time,
    pub published_at: Option<Time>,
}

/// A page of a list; `next` is the `after` (or `before`) of the following page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page<T, K> {
    pub items: Vec<T>,
    pub next: Option<K>,
}

impl<T, K> Page<T, K> {
    /// Cuts a list that was read with one item too many.
    pub(crate) fn cut(mut items: Vec<T>, limit: u32, key: impl Fn(&T) -> K) -> Self {
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        Self { next: items.last().filter(|_| more).map(key), items }
    }
}
