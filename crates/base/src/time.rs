//! Instants and the clock that gives them.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// An instant: microseconds since 1970-01-01T00:00:00Z. It is what the database stores (BIGINT).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(i64);

/// Korea Standard Time has had no change of offset since 1988: UTC+9.
const KST: Offset = Offset::constant(9);

impl Time {
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Later by this many seconds (earlier when negative).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Later by this many times 24 hours.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days * 86_400)
    }

    /// Whole seconds from `earlier` to this instant.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }

    fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    /// The date and time of day in Korea.
    #[must_use]
    pub fn kst(self) -> DateTime {
        KST.to_datetime(self.timestamp())
    }

    /// The calendar date in Korea.
    #[must_use]
    pub fn kst_date(self) -> Date {
        self.kst().date()
    }

    /// Midnight at the start of `date` in Korea.
    #[must_use]
    pub fn at_kst_midnight(date: Date) -> Self {
        Self(
            KST.to_timestamp(date.to_datetime(jiff::civil::Time::midnight()))
                .map_or(0, jiff::Timestamp::as_microsecond),
        )
    }

    /// RFC 3339 in UTC with microseconds, as machine formats want it: `2026-03-01T00:00:00.000000Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        format!("{:.6}", self.timestamp())
    }

    /// RFC 3339 with Korea's offset, to the second: `2026-03-01T09:00:00+09:00`.
    #[must_use]
    pub fn rfc3339_kst(self) -> String {
        let zoned = self.timestamp().to_zoned(TimeZone::fixed(KST));
        zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Reads RFC 3339 with any offset.
    ///
    /// # Errors
    /// `Kind::Invalid` with code `time.format` when the text is not RFC 3339.
    pub fn parse(text: &str) -> crate::Result<Self> {
        text.parse::<jiff::Timestamp>()
            .map(|t| Self(t.as_microsecond()))
            .map_err(|_| crate::Error::invalid("time.format").arg("value", text))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// Where time comes from. The binary uses the system's; tests set their own.
pub trait Clock: Send + Sync {
    fn now(&self) -> Time;
}

/// A clock to hand around.
pub type SharedClock = Arc<dyn Clock>;

/// A clock that stands still until it is told to move; for tests and for reproducible exports.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    #[must_use]
    pub fn at(time: Time) -> Self {
        Self(AtomicI64::new(time.micros()))
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}
