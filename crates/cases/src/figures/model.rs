//! What is asked, and what is shown.

use jiff::civil::Date;
use madang_base::LocalizedText;
use madang_kernel::OrganisationId;
use serde::Serialize;

/// Which cases are counted: those filed in these days (in Korea, both included), whatever happened to them later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// None: all services.
    pub service: Option<String>,
    /// The agency that has the case now; none: all.
    pub agency: Option<OrganisationId>,
    pub since: Date,
    pub until: Date,
    /// A first level (`서울특별시`), to see what is inside; none: the first levels.
    pub area: Option<String>,
}

/// Numbers of cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub received: i64,
    /// Neither ended nor answered; one that was opened again counts.
    pub open: i64,
    /// Had a first answer, granted or refused.
    pub answered: i64,
    /// The first answer came before the time for it ran out …
    pub in_time: i64,
    /// … or after …
    pub late: i64,
    /// … or the service gave no time for it.
    pub undated: i64,
    /// Not answered and not ended, and the time for it is over.
    pub overdue: i64,
    /// The last answer is a refusal, and nobody opened the case again.
    pub refused: i64,
    pub withdrawn: i64,
    pub merged: i64,
    /// Taken up again after an answer.
    pub reopened: i64,
    /// Passed on to another agency: of an agency, cases that it passed on, wherever they are now; of all, cases that were
    /// passed on at least once.
    pub transferred_away: i64,
}

/// Whole calendar days in Korea from the day of filing to the day of the first answer; 0: on the same day. Each number is
/// the smallest one that so much of the answered cases took at most (nearest rank).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Answered cases.
    pub n: i64,
    pub p10: i64,
    pub p25: i64,
    pub median: i64,
    pub p75: i64,
    pub p90: i64,
}

/// How satisfied authors are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rating {
    /// How many gave 1, 2, 3, 4 and 5.
    pub counts: [i64; 5],
    pub n: i64,
    /// None when nobody did.
    pub mean: Option<f64>,
}

/// A state of the funnel, and how many cases ever came to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    pub id: String,
    pub name: LocalizedText,
    pub count: i64,
}

/// The cases that were filed in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Its first day.
    pub month: Date,
    pub received: i64,
    pub answered: i64,
    pub in_time: i64,
    pub overdue: i64,
}

/// A service or an agency in a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    pub id: String,
    /// The word in addresses; of a service its id.
    pub slug: String,
    pub name: LocalizedText,
    pub counts: Counts,
    /// Of the days to the first answer; none without an answer.
    pub median: Option<i64>,
}

/// The figures of a service, an agency, a service with an agency, or of all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dashboard {
    /// Up to which position of the change feed everything is counted.
    pub position: i64,
    /// False while a database that is older than its figures is counted for the first time.
    pub complete: bool,
    pub counts: Counts,
    pub days: Spread,
    /// Grounds of refusals: id, name and count, the most frequent first; a refusal can have several.
    pub grounds: Vec<(String, LocalizedText, i64)>,
    pub satisfaction: Rating,
    /// Of one service, in the order of its definition.
    pub funnel: Vec<Stage>,
    /// Every month from the first to the last with a case.
    pub trend: Vec<Month>,
    /// Cases with a place, by area in the order of names. None: not shown, because it or another one is below five.
    pub areas: Vec<(String, Option<i64>)>,
    /// By service, the most cases first; empty when one service was asked for.
    pub services: Vec<Line>,
    /// By agency, the most cases first; empty when one agency was asked for.
    pub agencies: Vec<Line>,
}
