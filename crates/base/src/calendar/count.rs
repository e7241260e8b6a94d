//! The count behind a legal clock, day by day.

use jiff::civil::{Date, DateTime, Time};

use super::clock::{Due, OfficeHours, Pause, Rule, Run, Unit};
use super::{Calendar, DayOff};

/// One day of a count. A day comes twice when the end moves away from it or an extension goes on in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub date: Date,
    pub why: Why,
}

/// What a day counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The nth day of the term or of its extension.
    Counted(u32),
    /// Seconds of office hours used on this day.
    Hours(i64),
    /// The day on which the clock started, where the law does not count it.
    FirstDay,
    /// Offices are closed, and the unit leaves such days out.
    Off(DayOff),
    /// A pause touches it.
    Paused,
    /// The term would have ended here or before; offices are closed, so that it ends on the next business day.
    RolledOver(DayOff),
    /// The last day, to which the end was moved.
    RolledTo,
    /// Nothing of the office hours was left on this day.
    AfterHours,
}

/// Where a count stands.
pub(super) struct Counter<'a> {
    calendar: &'a Calendar,
    hours: OfficeHours,
    start: DateTime,
    pauses: &'a [Pause],
    /// The last day of what was counted, or nothing when a pause without an end was met.
    last: Option<Date>,
    /// The moment at which hours are used up.
    moment: Option<DateTime>,
    steps: Vec<Step>,
}

impl<'a> Counter<'a> {
    pub fn new(calendar: &'a Calendar, hours: OfficeHours, run: &'a Run) -> Self {
        let Run { start, pauses, .. } = run;
        Self { calendar, hours, start: *start, pauses, last: None, moment: None, steps: Vec::new() }
    }

    /// Counts from the start.
    pub fn count(&mut self, rule: &Rule, amount: u32, first_day_counted: bool) {
        if rule.unit == Unit::WorkingHour {
            return self.work(self.start, amount);
        }
        if first_day_counted {
            return self.days(rule, Some(self.start.date()), amount);
        }
        self.step(self.start.date(), Why::FirstDay);
        self.days(rule, self.start.date().tomorrow().ok(), amount);
    }

    /// Goes on from the end of what was counted.
    pub fn extend(&mut self, rule: &Rule, amount: u32) {
        match (rule.unit, self.moment, self.last) {
            (Unit::WorkingHour, Some(moment), _) => self.work(moment, amount),
            (Unit::CalendarDay | Unit::BusinessDay, _, Some(last)) => {
                self.days(rule, last.tomorrow().ok(), amount);
            }
            // A pause goes on: there is no end that could be extended yet.
            _ => {}
        }
    }

    pub fn finish(self) -> Due {
        let midnight = self.last.and_then(|date| date.tomorrow().ok()).map(|next| next.to_datetime(Time::midnight()));
        Due { date: self.last, overdue_from: self.moment.or(midnight), steps: self.steps }
    }

    fn step(&mut self, date: Date, why: Why) {
        self.steps.push(Step { date, why });
    }

    /// Counts `amount` days from `day`, which is the first one that may count.
    fn days(&mut self, rule: &Rule, mut day: Option<Date>, amount: u32) {
        self.last = None;
        let mut counted = 0;
        while let Some(date) = day {
            if self.paused_for_good(date) {
                return self.step(date, Why::Paused);
            }
            let off = (rule.unit == Unit::BusinessDay).then(|| self.calendar.day_off(date)).flatten();
            if self.touched_by_pause(date) {
                self.step(date, Why::Paused);
            } else if let Some(off) = off {
                self.step(date, Why::Off(off));
            } else {
                counted += 1;
                self.step(date, Why::Counted(counted));
            }
            if counted == amount {
                self.last = Some(if rule.end_rolls { self.roll(date) } else { date });
                return;
            }
            day = date.tomorrow().ok();
        }
    }

    /// Moves an end on a closed day to the next business day.
    fn roll(&mut self, end: Date) -> Date {
        let mut date = end;
        while let Some(off) = self.calendar.day_off(date) {
            self.step(date, Why::RolledOver(off));
            let Ok(next) = date.tomorrow() else { return date };
            date = next;
        }
        if date != end {
            self.step(date, Why::RolledTo);
        }
        date
    }

    fn touched_by_pause(&self, date: Date) -> bool {
        self.pauses.iter().any(|p| p.from.date() <= date && p.until.is_none_or(|until| date <= until.date()))
    }

    fn paused_for_good(&self, date: Date) -> bool {
        self.pauses.iter().any(|p| p.until.is_none() && p.from.date() <= date)
    }

    /// Uses `amount` hours of office time from `from` on.
    fn work(&mut self, from: DateTime, amount: u32) {
        (self.last, self.moment) = (None, None);
        let mut left = i64::from(amount) * 3600;
        let mut day = Some(from.date());
        while let Some(date) = day {
            if let Some(off) = self.calendar.day_off(date) {
                self.step(date, Why::Off(off));
            } else {
                let mut used = 0;
                for (open, close) in self.open_spans(date, from) {
                    let length = seconds_between(open, close);
                    if used + length >= left {
                        let moment = open.saturating_add(jiff::SignedDuration::from_secs(left - used));
                        self.step(date, Why::Hours(left));
                        (self.last, self.moment) = (Some(date), Some(moment));
                        return;
                    }
                    used += length;
                }
                left -= used;
                if self.pauses.iter().any(|p| p.until.is_none() && p.from.date() <= date) {
                    return self.step(date, Why::Paused);
                }
                let why = if used > 0 {
                    Why::Hours(used)
                } else if self.touched_by_pause(date) {
                    Why::Paused
                } else {
                    Why::AfterHours
                };
                self.step(date, why);
            }
            day = date.tomorrow().ok();
        }
    }

    /// The stretches of office time on a day from `from` on, without pauses.
    fn open_spans(&self, date: Date, from: DateTime) -> Vec<(DateTime, DateTime)> {
        let mut spans: Vec<_> = [self.hours.morning, self.hours.afternoon]
            .into_iter()
            .map(|(open, close)| (date.to_datetime(open).max(from), date.to_datetime(close)))
            .collect();
        for pause in self.pauses {
            let until = pause.until.unwrap_or(DateTime::MAX);
            spans = spans.into_iter().flat_map(|(a, b)| [(a, b.min(pause.from)), (a.max(until), b)]).collect();
        }
        spans.retain(|(a, b)| a < b);
        spans
    }
}

fn seconds_between(from: DateTime, to: DateTime) -> i64 {
    from.duration_until(to).as_secs()
}

impl Calendar {
    /// The count of [`Calendar::add_business_days`], day by day.
    #[must_use]
    pub fn explain(&self, date: Date, n: u32, first_day_counted: bool) -> Due {
        if n == 0 {
            let overdue_from = date.tomorrow().ok().map(|next| next.to_datetime(Time::midnight()));
            return Due { date: Some(date), overdue_from, steps: Vec::new() };
        }
        let rule = Rule {
            amount: n,
            unit: Unit::BusinessDay,
            first_day_counted,
            end_rolls: false,
            extension: None,
            basis: crate::LocalizedText::default(),
        };
        let run = Run::from(date.to_datetime(Time::midnight()));
        let mut counter = Counter::new(self, OfficeHours::default(), &run);
        counter.count(&rule, n, first_day_counted);
        counter.finish()
    }
}
