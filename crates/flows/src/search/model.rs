//! What a search gives to pages and APIs.

use std::ops::Range;

use madang_base::{LocalizedText, Time};
use madang_cases::{AgencyName, Cases};
use madang_form::Phase;
use madang_kernel::Ref;
use madang_search::{Index, Kind, Reading};
use serde::Serialize;

/// The index and what reading the rows of cases needs. Cheap to clone.
#[derive(Clone)]
pub struct Search {
    pub index: Index,
    pub cases: Cases,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").finish_non_exhaustive()
    }
}

/// A text with the places in it where the query stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Marked {
    pub text: String,
    /// In bytes of `text`, on borders of characters, in order, none within another.
    pub marks: Vec<Range<usize>>,
    /// Whether something was left out before it, and after it.
    pub before: bool,
    pub after: bool,
}

/// What the address of a found thing is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Place {
    Case {
        number: String,
    },
    Plan {
        id: String,
    },
    /// `kr-2021/2.1`
    Commitment {
        id: String,
    },
    /// `kr-2021/2.1/3`
    Milestone {
        id: String,
    },
    Agency {
        slug: String,
    },
    /// An entry of an agency's directory.
    Contact {
        id: String,
        agency: String,
    },
    Expert {
        id: String,
    },
    /// An issue: the newsletter's slug and the period.
    Newsletter {
        slug: String,
        period: String,
    },
}

impl Place {
    /// The number of a case; none for other things.
    #[must_use]
    pub fn number(self) -> Option<String> {
        if let Self::Case { number } = self { Some(number) } else { None }
    }
}

/// One result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    pub id: Ref,
    pub kind: Kind,
    pub title: Marked,
    /// The best place of the text; its beginning when only the title has the words; none when there is no text.
    pub snippet: Option<Marked>,
    /// Whether the snippet is out of what an agency answered or reported.
    pub in_answer: bool,
    pub place: Place,
    /// The agency that handles it, leads it, or to which it belongs.
    pub agency: Option<AgencyName>,
    /// Id and name.
    pub service: Option<(String, LocalizedText)>,
    /// Id and name.
    pub state: Option<(String, LocalizedText)>,
    pub phase: Option<Phase>,
    pub at: Time,
    /// Of cases of services that have supports.
    pub supports: Option<i64>,
    /// `서울특별시 종로구`, where the place of a case is public.
    pub area: Option<String>,
}

/// A page of results.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    pub hits: Vec<Hit>,
    pub count: u64,
    /// False: there are at least so many.
    pub counted: bool,
    /// How the query was read.
    pub read: Reading,
    /// What to skip for the page that follows.
    pub next: Option<usize>,
}

/// A title that begins as what was typed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    pub id: Ref,
    pub kind: Kind,
    pub title: Marked,
    pub place: Place,
}
