//! Clocks derived from what happened to a case.

use jiff::civil::Date;
use madang_base::calendar::clock::OfficeHours;
use madang_base::calendar::{Calendar, Step};
use madang_base::{Locale, Time};

use crate::values::Answers;
use crate::{Clock, Definition};

/// Something that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    pub at: Time,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It was filed, and stands in the first state.
    Filed,
    /// A step was taken.
    Step(String),
    /// A state was entered.
    State(String),
    /// The agency asked the author something.
    Asked,
    Replied,
    /// It was passed to another agency.
    Transferred,
    Extended {
        clock: String,
        with_consent: bool,
    },
    /// A threshold was reached.
    Threshold(String),
    /// A clock ran out, and that was put on record.
    RanOut(String),
}

/// The latest run of a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockRun {
    /// The clock's id.
    pub clock: String,
    pub started_at: Time,
    pub stopped_at: Option<Time>,
    /// The last day; none while it stands still.
    pub due_on: Option<Date>,
    /// From this moment it is too late; none while it stands still.
    pub overdue_from: Option<Time>,
    /// The last day, or while it stands still, the day that it would be if it went on now.
    pub expected_on: Option<Date>,
    pub paused: bool,
    pub extensions: u32,
    pub status: ClockStatus,
    /// Every day of the count and what it counted for: the answer to "why this date?".
    pub days: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockStatus {
    Running,
    Paused,
    /// Stopped in time.
    Kept,
    /// Stopped when it was too late.
    Late,
    /// Still running, and too late.
    Overdue,
    /// The time is over, and something follows from it: the window is closed, silence counts as refused or granted, a
    /// step was due.
    Over,
}

/// What counting needs to know of the country.
#[derive(Clone, Copy, Debug)]
pub struct Days<'a> {
    pub calendar: &'a Calendar,
    pub hours: &'a OfficeHours,
}

/// Days from today to the last day; 0 on the last day, negative after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct DaysLeft {
    pub business: i64,
    pub calendar: i64,
}

#[must_use]
pub fn run(
    def: &Definition,
    clock: &Clock,
    answers: &Answers,
    timeline: &[Happening],
    now: Time,
    days: &Days<'_>,
) -> Option<ClockRun> {
    let _ = (def, clock, answers, timeline, now, days);
    None
}

#[must_use]
pub fn runs(
    def: &Definition,
    answers: &Answers,
    timeline: &[Happening],
    now: Time,
    days: &Days<'_>,
) -> Vec<ClockRun> {
    def.clocks.iter().filter_map(|clock| run(def, clock, answers, timeline, now, days)).collect()
}

#[must_use]
pub fn days_left(run: &ClockRun, now: Time, days: &Days<'_>) -> DaysLeft {
    let _ = (run, now, days);
    DaysLeft { business: 0, calendar: 0 }
}

#[must_use]
pub fn may_extend(def: &Definition, clock: &Clock, run: &ClockRun, consent: bool) -> bool {
    let _ = (def, clock, run, consent);
    false
}

/// How much time a clock gives, in words: `90일`, `10 business days`; for several amounts, from the least to the most.
#[must_use]
pub fn term(clock: &Clock, locale: Locale) -> String {
    let _ = (clock, locale);
    String::new()
}
