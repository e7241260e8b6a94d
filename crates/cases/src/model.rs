//! What the domain speaks of: rows as services, pages and APIs see them.

use std::collections::BTreeSet;

use madang_base::{Id, Locale, LocalizedText, Time};
use madang_form::steps::StepInput;
use madang_form::{Answers, Phase};
use madang_kernel::ledger::ReceiptCode;
use madang_kernel::{AccountId, Assurance, ObjectKind, OrganisationId, Ref, coded};
use serde::{Deserialize, Serialize};

/// Marker of a case's id; never built.
#[derive(Debug)]
pub enum CaseMarker {}
pub type CaseId = Id<CaseMarker>;

/// Marker of an approval's id; never built.
#[derive(Debug)]
pub enum ApprovalMarker {}
pub type ApprovalId = Id<ApprovalMarker>;

/// Marker of a note's id; never built.
#[derive(Debug)]
pub enum NoteMarker {}
pub type NoteId = Id<NoteMarker>;

coded! {
    /// What of a case everybody may see.
    pub enum Publication("case.publication-unknown") {
        /// Author and agency only.
        Unpublished = "unpublished",
        Published = "published",
        /// Was public and was taken back, by a recorded decision.
        Hidden = "hidden",
    }
}

coded! {
    /// Whether the agency has it.
    pub enum Delivery("case.delivery-unknown") {
        /// In the agency's inbox; nobody has opened it.
        Delivered = "delivered",
        /// An officer of the agency has opened it.
        Seen = "seen",
        /// Waits to be passed on to a system outside.
        Waiting = "waiting",
        Failed = "failed",
    }
}

coded! {
    /// How it came in.
    pub enum Channel("case.channel-unknown") {
        Web = "web",
        Api = "api",
        /// A clerk, with the person at the counter.
        Counter = "counter",
        Phone = "phone",
        Paper = "paper",
        /// A clerk at the person's home.
        Visit = "visit",
    }
}

coded! {
    /// What the author says of the agency's "done"; nothing said yet is none.
    pub enum CitizenSays("case.says-unknown") {
        Confirmed = "confirmed",
        Disputed = "disputed",
    }
}

/// What came of a citizen's act on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Of the case, now.
    pub revision: i64,
    /// None when nothing had to be recorded.
    pub receipt: Option<ReceiptCode>,
}

coded! {
    /// What happened to a case. Steps of the definition are `step`; all others are the engine's own.
    pub enum EventKind("case.event-unknown") {
        Filed = "filed",
        Step = "step",
        /// A question to the author; clocks that say so stand still.
        Asked = "asked",
        Replied = "replied",
        Assigned = "assigned",
        Transferred = "transferred",
        /// Another agency joined, or left.
        Joined = "joined",
        Left = "left",
        Extended = "extended",
        /// A step waits for a second officer.
        Submitted = "submitted",
        Returned = "returned",
        Published = "published",
        Hidden = "hidden",
        /// Fields were looked at for publication.
        Reviewed = "reviewed",
        Corrected = "corrected",
        Withdrawn = "withdrawn",
        /// This case went into another.
        Merged = "merged",
        /// Another case came into this one.
        Absorbed = "absorbed",
        Split = "split",
        RanOut = "ran-out",
        Threshold = "threshold",
        Rated = "rated",
        Linked = "linked",
        Migrated = "migrated",
        Erased = "erased",
        Excluded = "excluded",
    }
}

/// A case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseFile {
    pub id: CaseId,
    /// `PT-2026-7K3F-9Q2X`
    pub number: String,
    pub service: String,
    /// Digest of the definition it was filed under.
    pub version: String,
    pub state: String,
    pub phase: Phase,
    pub outcome: Option<String>,
    pub title: String,
    pub agency: Option<OrganisationId>,
    pub assignee: Option<AccountId>,
    pub author: Option<AccountId>,
    pub author_name: String,
    pub mail: Option<String>,
    pub locale: Locale,
    pub assurance: Assurance,
    pub channel: Channel,
    #[serde(skip)]
    pub secret_hash: Option<String>,
    pub consent: Option<Consent>,
    pub publication: Publication,
    pub published_at: Option<Time>,
    pub wants_public: bool,
    pub delivery: Delivery,
    pub delivered_at: Option<Time>,
    pub citizen_says: Option<CitizenSays>,
    pub satisfaction: Option<i64>,
    pub satisfaction_text: Option<String>,
    pub answers: Answers,
    pub reviewed: BTreeSet<String>,
    pub area: Option<String>,
    pub filed_at: Time,
    pub updated_at: Time,
    pub answered_at: Option<Time>,
    pub closed_at: Option<Time>,
    pub erased_at: Option<Time>,
    pub due_at: Option<Time>,
    pub merged_into: Option<CaseId>,
    pub revision: i64,
}

impl CaseFile {
    /// The name of it for the ledger, history, links and files.
    #[must_use]
    pub fn reference(&self) -> Ref {
        Ref::new(ObjectKind::Case, self.id)
    }
}

/// That a person agreed to a clerk's filing on their behalf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    pub clerk: AccountId,
    pub organisation: Option<OrganisationId>,
    /// `spoken`, `signed`
    pub how: String,
    pub note: String,
    pub at: Time,
}

/// One line of a case's timeline as stored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseEvent {
    pub case: CaseId,
    pub no: i64,
    pub at: Time,
    pub kind: EventKind,
    pub step: Option<String>,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    /// Who acted: `author`, `agency`, `system`, a party's id.
    pub party: String,
    pub account: Option<AccountId>,
    pub organisation: Option<OrganisationId>,
    /// Whether the body is public (the fact is, when the case is).
    pub public: bool,
    pub body: EventBody,
}

/// What an event carries; what does not apply is empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventBody {
    /// What a step needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<StepInput>,
    /// A question, a reply, a reason.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// A clock, a threshold, a field, a number of another case, an organisation's id: what it is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// With the author's consent (an extension).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub consent: bool,
}

/// An organisation as pages name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyName {
    pub id: OrganisationId,
    pub slug: String,
    pub name: LocalizedText,
}
