//! Clocks derived from what happened to a case: nothing about a deadline is stored, all of it follows from the definition,
//! the answers and the timeline, so that the same case gives the same dates everywhere.
//!
//! Start reading at [`run`]; `story.rs` reads a timeline for one clock, [`madang_base::calendar`] counts the days.

mod story;
#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime};
use madang_base::calendar::clock::{OfficeHours, Unit};
use madang_base::calendar::{Calendar, Step};
use madang_base::{Locale, Time};

use crate::values::{Answer, Answers};
use crate::{Clock, Definition, FieldKind, Within};
use story::Story;

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

/// The latest run of a clock up to `now`; nothing when it has not started, or is not for a case with these answers.
///
/// It starts at each of its `starts`, and a later one starts it anew with all its time and no extension; only coming back
/// from a state in which it stands still is no new start. The first of its `stops` ends it, and so does a case that is
/// withdrawn or merged. It stands still in its `pauses` and while a question to the author is open; a question closes with the reply or when the case ends. With
/// several amounts the answers decide; for an option without one the clock does not run. A case that lacks the answer
/// (moved from a version that did not ask) has the first amount of a clock that runs for all options. What happened after
/// `now` is left out, so that a run can be asked for any day of the past.
#[must_use]
pub fn run(
    def: &Definition,
    clock: &Clock,
    answers: &Answers,
    timeline: &[Happening],
    now: Time,
    days: &Days<'_>,
) -> Option<ClockRun> {
    let amount = amount(def, clock, answers)?;
    let story = Story::of(def, clock, timeline, now);
    let started_at = story.started?;
    let due = story.due(clock, amount, started_at, days, None);
    let overdue_from = due.overdue_from.map(instant);
    let paused = story.stopped.is_none() && story.paused_since.is_some();
    let expected_on = due.date.or_else(|| story.due(clock, amount, started_at, days, Some(now)).date);
    Some(ClockRun {
        clock: clock.id.clone(),
        started_at,
        stopped_at: story.stopped,
        due_on: due.date,
        overdue_from,
        expected_on,
        paused,
        extensions: story.extensions,
        status: story.status(clock, overdue_from, now, paused),
        days: due.steps,
    })
}

/// How much time there is with these answers; nothing when the clock is not for them.
fn amount(def: &Definition, clock: &Clock, answers: &Answers) -> Option<(u32, Unit)> {
    match &clock.within {
        Within::All { amount, unit } => Some((*amount, *unit)),
        Within::ByChoice { field, values } => {
            let found = match answers.get(field).map(Answer::words) {
                Some(words) => values.iter().find(|(value, ..)| words.iter().any(|word| word == value)),
                None => values.first().filter(|_| runs_for_all(def, field, values)),
            };
            found.map(|&(_, amount, unit)| (amount, unit))
        }
    }
}

fn runs_for_all(def: &Definition, field: &str, values: &[(String, u32, Unit)]) -> bool {
    let options = match def.field(field).map(|field| &field.kind) {
        Some(FieldKind::Choice { options }) => options.as_slice(),
        _ => &[],
    };
    options.iter().all(|option| values.iter().any(|(value, ..)| *value == option.id))
}

/// The runs of all clocks that have started, in the definition's order.
#[must_use]
pub fn runs(def: &Definition, answers: &Answers, timeline: &[Happening], now: Time, days: &Days<'_>) -> Vec<ClockRun> {
    def.clocks.iter().filter_map(|clock| run(def, clock, answers, timeline, now, days)).collect()
}

/// How many days are left: from today, or from the day on which the clock stopped; while it stands still, to the day that
/// would follow if it went on now.
#[must_use]
pub fn days_left(run: &ClockRun, now: Time, days: &Days<'_>) -> DaysLeft {
    let today = run.stopped_at.unwrap_or(now).kst_date();
    let Some(last) = run.due_on.or(run.expected_on) else { return DaysLeft { business: 0, calendar: 0 } };
    let calendar = today.until(last).map_or(0, |span| i64::from(span.get_days()));
    DaysLeft { business: days.calendar.business_days_between(today, last), calendar }
}

/// Whether a clock may be extended now: it runs or stands still, and not all extensions are used up; those with the
/// author's consent come on top of the others. Who may do it stands in the definition.
#[must_use]
pub fn may_extend(def: &Definition, clock: &Clock, run: &ClockRun, consent: bool) -> bool {
    let ours = run.clock == clock.id && def.clock(&clock.id).is_some();
    let active = matches!(run.status, ClockStatus::Running | ClockStatus::Paused);
    clock.extension.as_ref().is_some_and(|extension| {
        let more = if consent { extension.with_consent } else { 0 };
        ours && active && run.extensions < extension.times.saturating_add(more)
    })
}

/// How much time a clock gives, in words: `90일`, `10 business days`; for several amounts of one unit `7–14일`.
#[must_use]
pub fn term(clock: &Clock, locale: Locale) -> String {
    match &clock.within {
        Within::All { amount, unit } => amount_text(&amount.to_string(), *unit, *amount == 1, locale),
        Within::ByChoice { values, .. } => {
            let mut terms: Vec<(Unit, u32, u32)> = Vec::new();
            for &(_, amount, unit) in values {
                match terms.iter_mut().find(|(known, ..)| *known == unit) {
                    Some((_, least, most)) => (*least, *most) = ((*least).min(amount), (*most).max(amount)),
                    None => terms.push((unit, amount, amount)),
                }
            }
            let texts = terms.into_iter().map(|(unit, least, most)| {
                let number = if least == most { least.to_string() } else { format!("{least}–{most}") };
                amount_text(&number, unit, most == 1, locale)
            });
            texts.collect::<Vec<_>>().join(", ")
        }
    }
}

fn amount_text(number: &str, unit: Unit, one: bool, locale: Locale) -> String {
    let s = if one { "" } else { "s" };
    match (unit, locale) {
        (Unit::CalendarDay, Locale::Ko) => format!("{number}일"),
        (Unit::BusinessDay, Locale::Ko) => format!("근무일 {number}일"),
        (Unit::WorkingHour, Locale::Ko) => format!("근무시간 {number}시간"),
        (Unit::CalendarDay, Locale::En) => format!("{number} day{s}"),
        (Unit::BusinessDay, Locale::En) => format!("{number} business day{s}"),
        (Unit::WorkingHour, Locale::En) => format!("{number} working hour{s}"),
    }
}

/// A time of day in Korea as an instant.
fn instant(at: DateTime) -> Time {
    let seconds = at.date().to_datetime(jiff::civil::Time::midnight()).duration_until(at).as_secs();
    Time::at_kst_midnight(at.date()).plus_seconds(seconds)
}
