//! Recurring jobs: when the next one comes is a row, moved on by compare-and-set, so that one node of many enqueues it.

use jiff::civil::Weekday;
use madang_base::{Id, Result, SharedRng, Time};
use madang_db::Tx;

use super::{put, store};

/// How often. Days and weeks are Korea's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// From the end of the hour-glass to the next: this many seconds, at least 1.
    Seconds(i64),
    /// At this hour (0 to 23).
    Day { hour: i8 },
    /// On this day at this hour (0 to 23).
    Week { day: Weekday, hour: i8 },
}

impl Every {
    /// The first such time after `now`.
    #[must_use]
    pub fn after(self, now: Time) -> Time {
        let on = |days: i64, hour: i8| {
            Time::at_kst_midnight(now.kst_date()).plus_days(days).plus_seconds(i64::from(hour) * 3600)
        };
        match self {
            Self::Seconds(seconds) => now.plus_seconds(seconds.max(1)),
            Self::Day { hour } => {
                let today = on(0, hour);
                if today > now { today } else { on(1, hour) }
            }
            Self::Week { day, hour } => {
                let ahead = i64::from(now.kst_date().weekday().until(day));
                let first = on(ahead, hour);
                if first > now { first } else { on(ahead + 7, hour) }
            }
        }
    }
}

/// Enqueues a job of `kind` when its time has come, and says whether it did. The first call only sets the time; a job
/// that still waits or runs is not joined by a second; times that passed while no node ran are made up for once.
///
/// # Errors
/// Those of the database.
pub fn schedule_every(tx: &mut Tx, rng: &SharedRng, kind: &'static str, every: Every, now: Time) -> Result<bool> {
    if store::schedule_insert(tx, kind, every.after(now))? {
        return Ok(false);
    }
    let Some(next) = store::schedule_next(tx, kind)? else { return Ok(false) };
    if next > now || !store::schedule_move(tx, kind, next, every.after(now))? || store::pending(tx, kind)? {
        return Ok(false);
    }
    put(tx, Id::new(now, &**rng), kind, serde_json::Value::Object(serde_json::Map::new()), now, now)?;
    Ok(true)
}
