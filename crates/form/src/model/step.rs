//! Steps: who may move a case from where to where, and what that takes.

use madang_base::LocalizedText;
use serde::{Serialize, Serializer};

/// Who acts on a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Who filed it, with the account or with number and secret code.
    Author,
    /// Officers of the agency that handles it (or handles it jointly).
    Agency,
    /// Anybody who is signed in.
    Member,
    /// The engine itself: when a clock runs out or a threshold is reached.
    System,
    /// A group that the definition declares: committee, experts, volunteers.
    Named(String),
}

impl Party {
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Author => "author",
            Self::Agency => "agency",
            Self::Member => "member",
            Self::System => "system",
            Self::Named(id) => id,
        }
    }

    /// The party of this name; whether a group of it is declared is checked elsewhere.
    #[must_use]
    pub fn of(code: &str) -> Self {
        match code {
            "author" => Self::Author,
            "agency" => Self::Agency,
            "member" => Self::Member,
            "system" => Self::System,
            other => Self::Named(other.to_owned()),
        }
    }
}

impl Serialize for Party {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// A group that takes part in a service, beyond authors and agencies. An administrator or the lead says who is in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartyDef {
    pub id: String,
    pub name: LocalizedText,
    /// Who they are and what they may do, for the "how this works" page.
    pub help: LocalizedText,
}

/// An act that moves a case, or adds to it where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    pub id: String,
    /// On the button: "Refuse".
    pub name: LocalizedText,
    /// In the timeline: "Refused".
    pub done: LocalizedText,
    pub help: LocalizedText,
    pub from: Vec<String>,
    /// All of these must hold for the answers of the case, or the step is not open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<super::When>,
    /// None: the case stays where it is.
    pub to: Option<String>,
    pub by: Vec<Party>,
    pub needs: Vec<Need>,
    pub publishes: Vec<Publishes>,
    pub tells: Vec<Tells>,
    /// Only while this clock runs (an objection within 30 days).
    pub within: Option<String>,
    /// Taken by the engine when this happens: `clock:opinions` runs out, `threshold:answer` is reached.
    pub on: Option<super::Moment>,
    /// The author says so (`confirm`), or says that it is not so (`dispute`): kept apart from what the agency says.
    pub citizen_says: Option<bool>,
    pub basis: Vec<LocalizedText>,
}

/// What a step asks of whoever takes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// The answer to the author: a text, that a public case shows.
    Answer,
    /// Why, in words.
    Reason,
    /// One or more of the definition's grounds.
    Ground,
    /// One of the outcomes of the state it leads to.
    Outcome,
    /// A document.
    File,
    /// A link to what it became: a commitment, another case, an address.
    Link,
    /// A second officer must agree before it happens.
    Approval,
    /// A field of the definition, by its id.
    Field(String),
}

impl Need {
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Answer => "answer",
            Self::Reason => "reason",
            Self::Ground => "ground",
            Self::Outcome => "outcome",
            Self::File => "file",
            Self::Link => "link",
            Self::Approval => "approval",
            Self::Field(id) => id,
        }
    }
}

impl Serialize for Need {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// What becomes public by a step, if the case is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publishes {
    /// The case itself.
    Case,
    /// What the step carries: answer, reason, grounds, files. Without this word only the fact is public.
    Act,
    /// A field that is public after review.
    Field(String),
}

/// Who is told by mail (and finds it among the own cases).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tells {
    Author,
    Supporters,
    Followers,
    Agency,
}
