//! Legal clocks: how long the law gives an agency or a citizen, as data, and the date that follows, with the reason for
//! every day of the count.
//!
//! A [`Rule`] stands in a definition file. [`Rule::due`] applies it to one [`Run`]. What happens when the time is over, who
//! may extend it and which appeal follows are the definition's business.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use super::Calendar;
use super::count::{Counter, Step};
use crate::{Error, LocalizedText, Result};

/// What a clock counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Every day: 「민법」 Articles 155–161.
    CalendarDay,
    /// Days on which public offices are open: 「정보공개법」 Article 29 (2); civil petitions of six days and more.
    BusinessDay,
    /// Hours in which public offices are open: civil petitions of five days and less, eight hours to a day.
    WorkingHour,
}

/// How often and by how much a clock may be extended, in the clock's own unit, counted from the day after it ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    pub amount: u32,
    #[serde(default = "once")]
    pub times: u32,
}

const fn once() -> u32 {
    1
}

/// A legal clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// 1 to 3,660 days, or as many hours.
    pub amount: u32,
    pub unit: Unit,
    /// Whether the day on which it starts is the first one (초일 산입). Hours start at once.
    #[serde(default)]
    pub first_day_counted: bool,
    /// Whether an end on a Saturday or a holiday moves to the next business day (「민법」 Article 161).
    #[serde(default = "rolls")]
    pub end_rolls: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The article that says so.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub basis: LocalizedText,
}

const fn rolls() -> bool {
    true
}

/// A time that does not count, such as waiting for the papers that the citizen was asked for. Counting in days leaves out
/// every day that the pause touches, the first and the last among them. Without an end it is still going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub from: DateTime,
    pub until: Option<DateTime>,
}

/// One run of a clock; times of day are Korea's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub start: DateTime,
    pub pauses: Vec<Pause>,
    /// How often it was extended.
    pub extensions: u32,
}

impl Run {
    #[must_use]
    pub const fn from(start: DateTime) -> Self {
        Self { start, pauses: Vec::new(), extensions: 0 }
    }
}

/// When public offices work: 09:00 to 18:00 without the hour from 12:00, 「국가공무원 복무규정」 Article 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeHours {
    pub morning: (Time, Time),
    pub afternoon: (Time, Time),
}

impl Default for OfficeHours {
    fn default() -> Self {
        let hour = |hour| Time::constant(hour, 0, 0, 0);
        Self { morning: (hour(9), hour(12)), afternoon: (hour(13), hour(18)) }
    }
}

/// When a clock runs out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day; nothing while a pause goes on.
    pub date: Option<Date>,
    /// From this moment it is too late: the midnight after the last day, or the minute in which the hours are used up.
    pub overdue_from: Option<DateTime>,
    /// Every day from the start to the end, in order, and what it counts for: the answer to "why this date?".
    pub steps: Vec<Step>,
}

const MAX_AMOUNT: u32 = 3660;

impl Rule {
    /// # Errors
    /// `Kind::Invalid`: `clock.amount-range` when an amount is 0 or over 3,660; `clock.pause-order` when a pause ends before
    /// it begins. `Kind::Conflict`, `clock.extended-too-often`, when the rule allows fewer extensions.
    pub fn due(&self, calendar: &Calendar, hours: &OfficeHours, run: &Run) -> Result<Due> {
        self.check(run)?;
        let mut counter = Counter::new(calendar, *hours, run);
        counter.count(self, self.amount, self.first_day_counted);
        if let Some(extension) = self.extension {
            for _ in 0..run.extensions {
                counter.extend(self, extension.amount);
            }
        }
        Ok(counter.finish())
    }

    fn check(&self, run: &Run) -> Result<()> {
        let extension = self.extension.map_or(1, |e| e.amount);
        for amount in [self.amount, extension] {
            if !(1..=MAX_AMOUNT).contains(&amount) {
                return Err(Error::invalid("clock.amount-range").arg("value", amount).arg("max", MAX_AMOUNT));
            }
        }
        let allowed = self.extension.map_or(0, |e| e.times);
        if run.extensions > allowed {
            return Err(Error::conflict("clock.extended-too-often").arg("allowed", allowed));
        }
        if run.pauses.iter().any(|p| p.until.is_some_and(|until| until < p.from)) {
            return Err(Error::invalid("clock.pause-order"));
        }
        Ok(())
    }
}
