//! The kinds of things there are, and a name for any one of them.

use std::fmt;
use std::str::FromStr;

use madang_base::{Error, Result};
use madang_db::{FromValue, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::coded;

coded! {
    /// Everything that permissions, links, history and the ledger speak of.
    pub enum ObjectKind("object.kind-unknown") {
        Plan = "plan",
        Commitment = "commitment",
        Milestone = "milestone",
        /// A progress report of an agency on a milestone or commitment.
        Update = "update",
        Assessment = "assessment",
        Indicator = "indicator",
        /// A half-yearly inspection round.
        Round = "round",
        Follow = "follow",
        Account = "account",
        Organisation = "organisation",
        Membership = "membership",
        ApiKey = "api-key",
        Session = "session",
        /// A person's second factor and recovery codes.
        SecondFactor = "second-factor",
        Job = "job",
        Mail = "mail",
        AccessLog = "access-log",
        Blob = "blob",
        Link = "link",
        Change = "change",
        /// A channel: its definition and whether it is open.
        Service = "service",
        /// One thing filed through a service.
        Case = "case",
        /// Somebody's signature or support of a case.
        Support = "support",
        /// A group that a service's definition declares, and what its members do with cases.
        Party = "party",
        Webhook = "webhook",
        /// An office of an agency with its officer, as the agency declares them (DCAT's contact point).
        Contact = "contact",
        /// A person or group who agreed to be found for topics.
        Expert = "expert",
        Newsletter = "newsletter",
    }
}

impl ObjectKind {
    /// Whether the thing is about one person, so that naming it in public names the person.
    #[must_use]
    pub const fn personal(self) -> bool {
        matches!(
            self,
            Self::Follow
                | Self::Account
                | Self::Membership
                | Self::ApiKey
                | Self::Session
                | Self::SecondFactor
                | Self::Mail
                | Self::AccessLog
                | Self::Webhook
                | Self::Expert
        )
    }
}

/// The longest id of a reference, in bytes.
const MAX_ID: usize = 200;

/// A name for any one object: `plan:kr-2021`, `commitment:kr-2021/2.1`, `milestone:kr-2021/2.1/3`.
///
/// Ids are machine words (ASCII letters, digits and `. _ / -`), so a reference cannot carry a person's text.
/// [`Ref::new`] does not check; whatever stores a reference does, with [`Ref::check`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref {
    pub kind: ObjectKind,
    pub id: String,
}

impl Ref {
    #[must_use]
    pub fn new(kind: ObjectKind, id: impl fmt::Display) -> Self {
        Self { kind, id: id.to_string() }
    }

    /// # Errors
    /// `Kind::Invalid` with code `object.reference` when the id is empty, too long or not a machine word.
    pub fn check(&self) -> Result<()> {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-');
        if self.id.is_empty() || self.id.len() > MAX_ID || !self.id.chars().all(word) {
            return Err(Error::invalid("object.reference").arg("value", self));
        }
        Ok(())
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

impl FromStr for Ref {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (kind, id) = text.split_once(':').ok_or_else(|| Error::invalid("object.reference").arg("value", text))?;
        let reference = Self::new(kind.parse()?, id);
        reference.check()?;
        Ok(reference)
    }
}

impl Serialize for Ref {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl From<&Ref> for Value {
    fn from(reference: &Ref) -> Self {
        Self::from(reference.to_string())
    }
}

impl FromValue for Ref {
    fn from_value(value: &Value) -> Result<Self> {
        String::from_value(value)?.parse().map_err(Error::internal)
    }
}
