//! Lists of cases.

use std::sync::Arc;

use jiff::civil::Date;
use madang_base::{LocalizedText, Time};
use madang_form::{Answers, Phase};
use madang_kernel::coded;
use serde::Serialize;

use crate::model::{AgencyName, CitizenSays, Publication};
use crate::registry::ServiceVersion;

coded! {
    /// In which order a list stands.
    pub enum Order("case.order-unknown") {
        Newest = "newest",
        Oldest = "oldest",
        Supported = "supported",
        /// What is due first; what has no date is not in it.
        Due = "due",
    }
}

/// Which cases, in which order, from where on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFilter {
    pub service: Option<String>,
    /// The slug of an organisation that handles it.
    pub agency: Option<String>,
    pub state: Option<String>,
    pub phase: Option<Phase>,
    /// What must occur in the title; of an agency's inbox only. Public cases are found by their words by searching.
    pub words: Option<String>,
    /// Filed on this day or later, in Korea.
    pub since: Option<Date>,
    /// Filed on this day or earlier.
    pub until: Option<Date>,
    pub overdue: bool,
    /// Field and value, all of which must hold; only of one service.
    pub values: Vec<(String, String)>,
    pub order: Order,
    /// `next` or `previous` of a page; nothing else.
    pub after: Option<String>,
    /// The page begins with cases filed on this day (newest first: on it or before; oldest first: on it or after).
    pub jump: Option<Date>,
    /// Lines of a page, 1 to 200; 0: 30.
    pub limit: u32,
}

impl Default for CaseFilter {
    fn default() -> Self {
        Self {
            service: None,
            agency: None,
            state: None,
            phase: None,
            words: None,
            since: None,
            until: None,
            overdue: false,
            values: Vec::new(),
            order: Order::Newest,
            after: None,
            jump: None,
            limit: 0,
        }
    }
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseLine {
    pub number: String,
    pub title: String,
    pub service: String,
    pub service_name: LocalizedText,
    pub state: String,
    pub state_name: LocalizedText,
    pub phase: Phase,
    pub outcome: Option<String>,
    pub outcome_name: Option<LocalizedText>,
    pub agency: Option<AgencyName>,
    pub filed_at: Time,
    pub due_at: Option<Time>,
    /// Whether `due_at` was over when it was read.
    pub overdue: bool,
    /// Valid supports, of services that have them.
    pub supports: Option<i64>,
    pub publication: Publication,
    pub citizen_says: Option<CitizenSays>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "n", rename_all = "kebab-case")]
pub enum Count {
    Exact(i64),
    /// More than so many; nobody counted further.
    Over(i64),
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CasePage {
    pub lines: Vec<CaseLine>,
    /// What to give as `after` for the page that follows.
    pub next: Option<String>,
    /// What to give as `after` for the page before.
    pub previous: Option<String>,
    pub count: Count,
}

/// A row of an export: the line and what the public sees of the answers.
#[derive(Clone, Debug)]
pub struct ExportRow {
    pub line: CaseLine,
    pub version: Arc<ServiceVersion>,
    pub answers: Answers,
    /// For [`madang_form::visible::cells`].
    pub reviewed: std::collections::BTreeSet<String>,
    pub published_at: Option<Time>,
    pub answered_at: Option<Time>,
    pub closed_at: Option<Time>,
}

/// Some rows of an export and where to go on.
#[derive(Clone, Debug)]
pub struct ExportPage {
    pub rows: Vec<ExportRow>,
    pub next: Option<String>,
}
