//! What the directory speaks of.

use madang_base::{Id, Time};
use madang_kernel::{AccountId, ObjectKind, OrganisationId, Ref, coded};
use serde::Serialize;

/// Marker of an office's id; never built.
#[derive(Debug)]
pub enum ContactMarker {}
pub type ContactId = Id<ContactMarker>;

/// Marker of an expert's id; never built.
#[derive(Debug)]
pub enum ExpertMarker {}
pub type ExpertId = Id<ExpertMarker>;

/// After how many days without a confirmation an entry is called old.
pub const STALE_DAYS: i64 = 365;
/// How many topics an entry may have.
pub const MAX_TOPICS: usize = 50;
/// How many areas an entry may have.
pub const MAX_AREAS: usize = 50;

coded! {
    /// What an entry of an agency is.
    pub enum ContactRole("directory.role-unknown") {
        /// The agency's officer for open government: whoever finds no other office asks here.
        Officer = "officer",
        /// An office that answers for topics or areas.
        Office = "office",
    }
}

coded! {
    /// Who agreed to be found.
    pub enum ExpertKind("directory.expert-kind-unknown") {
        Person = "person",
        Group = "group",
    }
}

/// An office of an agency with its officer, as the agency declares it. All of it is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    pub id: ContactId,
    pub organisation: OrganisationId,
    pub role: ContactRole,
    pub office: String,
    /// Of the officer; may be empty.
    pub name: String,
    /// The officer's title; may be empty.
    pub title: String,
    /// Empty when there is a mail address.
    pub phone: String,
    /// Of the office; empty when there is a telephone.
    pub mail: String,
    pub topics: Vec<String>,
    /// Places, the larger first: `서울특별시 마포구`. None: wherever the agency answers.
    pub areas: Vec<String>,
    pub created_at: Time,
    pub changed_at: Time,
    /// When the agency last said that all of this is right.
    pub confirmed_at: Time,
    /// Since when it no longer stands in the directory.
    pub retired_at: Option<Time>,
}

impl Contact {
    #[must_use]
    pub fn reference(&self) -> Ref {
        Ref::new(ObjectKind::Contact, self.id)
    }

    /// Whether nobody has confirmed it for a year.
    #[must_use]
    pub fn stale(&self, now: Time) -> bool {
        self.confirmed_at < now.plus_days(-STALE_DAYS)
    }
}

/// What an officer declares. Topics and areas: one a line, or with commas between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactDraft {
    pub role: ContactRole,
    pub office: String,
    pub name: String,
    pub title: String,
    pub phone: String,
    pub mail: String,
    pub topics: String,
    pub areas: String,
}

/// A group or person who agreed to be found. Pages show everything but the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expert {
    pub id: ExpertId,
    pub account: AccountId,
    pub kind: ExpertKind,
    /// As they want to be called.
    pub name: String,
    pub introduction: String,
    pub topics: Vec<String>,
    /// None: anywhere.
    pub areas: Vec<String>,
    /// Empty, or an address with http or https.
    pub web: String,
    /// When they agreed.
    pub consent_at: Time,
    pub changed_at: Time,
}

impl Expert {
    #[must_use]
    pub fn reference(&self) -> Ref {
        Ref::new(ObjectKind::Expert, self.id)
    }
}

/// What somebody agrees to show. Topics and areas: one a line, or with commas between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpertDraft {
    pub kind: ExpertKind,
    pub name: String,
    pub introduction: String,
    pub topics: String,
    pub areas: String,
    pub web: String,
    /// Whether they agreed that everybody sees this and that officers may write to them.
    pub consent: bool,
}
