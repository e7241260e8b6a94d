//! What goes into the index, what is asked, and what comes out.

use std::path::PathBuf;

use madang_base::Time;
use madang_kernel::{ObjectKind, OrganisationId, Ref, coded};

coded! {
    /// What sort of thing was found.
    pub enum Kind("search.kind-unknown") {
        Case = "case",
        Plan = "plan",
        Commitment = "commitment",
        Milestone = "milestone",
        Agency = "agency",
        Contact = "contact",
        Expert = "expert",
        Newsletter = "newsletter",
    }
}

impl Kind {
    /// The kind of the thing that a reference names; none for things that are never searched.
    #[must_use]
    pub const fn of(object: ObjectKind) -> Option<Self> {
        Some(match object {
            ObjectKind::Case => Self::Case,
            ObjectKind::Plan => Self::Plan,
            ObjectKind::Commitment => Self::Commitment,
            ObjectKind::Milestone => Self::Milestone,
            ObjectKind::Organisation => Self::Agency,
            ObjectKind::Contact => Self::Contact,
            ObjectKind::Expert => Self::Expert,
            ObjectKind::Newsletter => Self::Newsletter,
            _ => return None,
        })
    }
}

coded! {
    /// What stands first in a list of results.
    pub enum Order("search.order-unknown") {
        Relevance = "relevance",
        Newest = "newest",
    }
}

/// One public thing as the index sees it. Nothing of it is stored but the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub id: Ref,
    pub kind: Kind,
    /// In every language that there is, one a line.
    pub title: String,
    pub body: String,
    /// What the agency answered.
    pub answer: String,
    pub service: Option<String>,
    pub agencies: Vec<OrganisationId>,
    /// From the largest to the smallest, separated by spaces: `서울특별시 종로구`. Every level can be filtered by.
    pub area: Option<String>,
    pub phase: Option<String>,
    pub state: Option<String>,
    pub at: Time,
    /// How many people stand behind it; decides between equals.
    pub weight: u32,
}

/// A question. Without words it is a list of what the filters leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub words: String,
    /// Any of these; empty for all.
    pub kinds: Vec<Kind>,
    /// Looks in answers only.
    pub answers: bool,
    pub service: Option<String>,
    pub agency: Option<OrganisationId>,
    /// One level or several: `서울특별시`, `서울특별시 종로구`.
    pub area: Option<String>,
    pub phase: Option<String>,
    pub state: Option<String>,
    /// From this instant on.
    pub since: Option<Time>,
    /// Before this instant.
    pub until: Option<Time>,
    pub order: Order,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            words: String::new(),
            kinds: Vec::new(),
            answers: false,
            service: None,
            agency: None,
            area: None,
            phase: None,
            state: None,
            since: None,
            until: None,
            order: Order::Relevance,
        }
    }
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub id: Ref,
    pub kind: Kind,
    /// Comparable within one answer only; 0 where the order is by time.
    pub score: f32,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub ids: Vec<Hit>,
    pub count: u64,
    /// Whether `count` is exact; otherwise there are at least so many.
    pub counted: bool,
    pub read: Reading,
}

/// How the words were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    Typed,
    /// Nothing was found as typed; this is what the same keys give on the other keyboard.
    Keyboard(String),
    /// Nothing has all of the words; what was found has most of them.
    Loose,
}

/// An agency and what it had to do with some words.
#[derive(Clone, Debug, PartialEq)]
pub struct Handled {
    pub agency: OrganisationId,
    /// How many of the cases that were looked at.
    pub cases: u64,
    /// Comparable within one answer only.
    pub weight: f32,
    /// The best few.
    pub examples: Vec<Ref>,
}

/// How an index is kept.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the writer may hold before it writes it to disk, in bytes.
    pub memory_bytes: usize,
    /// Threads that write while the index is built.
    pub threads: usize,
    /// A folder with a dictionary of the operator's; nothing is needed without.
    pub dictionary: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { memory_bytes: 128 << 20, threads: 2, dictionary: None }
    }
}

/// How the index is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    pub documents: u64,
    /// Up to which position of the change feed it is complete; 0 before it was built.
    pub position: i64,
    /// The folder of the generation that answers; empty when none does.
    pub generation: String,
    /// Documents written and, as far as known, documents in all (0: unknown).
    pub building: Option<(u64, u64)>,
    /// On disk.
    pub bytes: u64,
    /// What is in the way, for the operator.
    pub error: Option<String>,
    /// Whether this process writes the index; otherwise another one does, and this one answers from what that commits.
    pub writes: bool,
    pub dictionary: bool,
}
