//! Newsletters, their issues and who reads them: plain values that pages and feeds show as they are.

use madang_base::{Error, Id, Locale, LocalizedText, Result, Time};
use madang_kernel::{AccountId, ObjectKind, OrganisationId, Ref, coded};
use serde::{Deserialize, Serialize};

use crate::period::Period;

/// Marker of a newsletter's id; never built.
#[derive(Debug)]
pub enum NewsletterMarker {}
pub type NewsletterId = Id<NewsletterMarker>;
/// Marker of an issue's id; never built.
#[derive(Debug)]
pub enum IssueMarker {}
pub type IssueId = Id<IssueMarker>;
/// Marker of a subscription's id; never built.
#[derive(Debug)]
pub enum SubscriptionMarker {}
pub type SubscriptionId = Id<SubscriptionMarker>;

coded! {
    /// How often an issue comes.
    pub enum Rhythm("newsletter.rhythm-unknown") {
        Weekly = "weekly",
        Monthly = "monthly",
    }
}

coded! {
    /// Where an issue is.
    pub enum IssueState("newsletter.state-unknown") {
        /// Officers edit it.
        Draft = "draft",
        /// It goes at a time that was chosen, and can be taken back until then.
        Waiting = "waiting",
        /// Everybody can read it; it is changed no more.
        Sent = "sent",
    }
}

coded! {
    /// What an item is about.
    pub enum SectionKind("newsletter.section-unknown") {
        /// New cases, the most supported first.
        Asked = "asked",
        Answered = "answered",
        /// What moved in commitments and milestones, and what became of cases.
        Moved = "moved",
        /// What should have been done by now.
        Late = "late",
    }
}

/// A newsletter and what it is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Newsletter {
    pub id: NewsletterId,
    /// The word in addresses, unique for ever.
    pub slug: String,
    /// Whose officers edit it.
    pub organisation: OrganisationId,
    pub name: LocalizedText,
    pub about: LocalizedText,
    /// Words separated by commas, any of which must occur; empty: everything.
    pub topic: String,
    /// Only what this agency has to do with.
    pub agency: Option<OrganisationId>,
    /// Only cases of this area: `서울특별시 종로구`.
    pub area: Option<String>,
    pub rhythm: Rhythm,
    pub revision: i64,
    pub created_at: Time,
    pub retired_at: Option<Time>,
}

impl Newsletter {
    #[must_use]
    pub fn reference(&self) -> Ref {
        Ref::new(ObjectKind::Newsletter, self.id)
    }
}

/// What an officer says of a newsletter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    pub name: LocalizedText,
    pub about: LocalizedText,
    pub topic: String,
    pub agency: Option<OrganisationId>,
    pub area: String,
    pub rhythm: Option<Rhythm>,
}

/// What the address of an item's page is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Place {
    Case {
        number: String,
    },
    /// `kr-2021/2.1`
    Commitment {
        id: String,
    },
    /// `kr-2021/2.1/3`
    Milestone {
        id: String,
    },
}

/// One line of a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What it is about; once within a section.
    pub object: Ref,
    pub place: Place,
    /// In the language of the row.
    pub title: LocalizedText,
    /// The first sentence of an answer; empty for what needs none.
    #[serde(default)]
    pub text: String,
    /// The channel, or the plan.
    #[serde(default)]
    pub of: LocalizedText,
    /// The agency that has it.
    #[serde(default)]
    pub by: LocalizedText,
    /// Where it stood when the issue was put together.
    #[serde(default)]
    pub state: LocalizedText,
    /// What happened, as a code of the domain: `progress-reported`; empty where the section says it.
    #[serde(default)]
    pub what: String,
    /// A code that says more of it: `completed`.
    #[serde(default)]
    pub detail: String,
    pub at: Time,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supports: Option<i64>,
    /// What an officer adds.
    #[serde(default)]
    pub note: LocalizedText,
    /// Left out by an officer, or beyond the first of its section; can be put back.
    #[serde(default)]
    pub dropped: bool,
}

/// A section with its items in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub kind: SectionKind,
    /// How many there were in the period, beyond those that are shown.
    pub count: i64,
    pub items: Vec<Item>,
}

/// What was said after an issue had gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    pub at: Time,
    pub text: LocalizedText,
}

/// What stands in an issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// The officer's greeting.
    pub intro: LocalizedText,
    pub sections: Vec<Section>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

impl Content {
    /// As stored.
    ///
    /// # Errors
    /// `Kind::Internal` when it cannot be written.
    pub fn to_json(&self) -> Result<String> {
        // Through a value, so that keys are sorted.
        let value = serde_json::to_value(self).map_err(Error::internal)?;
        serde_json::to_string(&value).map_err(Error::internal)
    }

    /// All items that are not dropped.
    pub fn kept(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items).filter(|item| !item.dropped)
    }

    /// Whether a reader would find nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.intro.is_empty() && self.kept().next().is_none()
    }

    /// How many there were of a section's kind.
    #[must_use]
    pub fn count(&self, kind: SectionKind) -> i64 {
        self.sections.iter().find(|section| section.kind == kind).map_or(0, |section| section.count)
    }
}

/// One number of a newsletter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Issue {
    pub id: IssueId,
    pub newsletter: NewsletterId,
    #[serde(serialize_with = "as_word")]
    pub period: Period,
    pub from: Time,
    pub until: Time,
    pub state: IssueState,
    pub content: Content,
    /// How many edits can be taken back.
    pub undos: usize,
    pub revision: i64,
    /// Who edited it last.
    #[serde(skip)]
    pub account: Option<AccountId>,
    pub created_at: Time,
    pub changed_at: Time,
    pub send_at: Option<Time>,
    pub sent_at: Option<Time>,
    /// Whether mails of it are still being written.
    pub mailing: bool,
}

fn as_word<S: serde::Serializer>(period: &Period, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(period)
}

/// Who reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subscriber {
    Account(AccountId),
    Mail(String),
}

/// That somebody reads a newsletter.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub newsletter: NewsletterId,
    pub subscriber: Subscriber,
    pub locale: Locale,
    pub created_at: Time,
    pub confirmed_at: Option<Time>,
}
