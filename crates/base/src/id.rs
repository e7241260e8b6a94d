//! Ids: UUIDv7 (RFC 9562) with a type, so that a plan's id cannot be given where an account's is wanted.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::{Error, Rng, Time};

/// An id of a `T`. `T` is a marker that is never built: `pub enum Plan {} pub type PlanId = Id<Plan>;`.
/// Written as the 36 characters of RFC 9562; sorts by the time at which it was made.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// A new id at `now`. The microseconds stand behind the milliseconds (RFC 9562, section 6.2, method 3), so that ids
    /// of two acts sort by their times; ids made at the same microsecond, within one act, have no order.
    #[must_use]
    pub fn new(now: Time, rng: &dyn Rng) -> Self {
        let micros = u64::try_from(now.micros()).unwrap_or(0);
        let fraction = (micros % 1000) * 4096 / 1000;
        let mut rest = rng.bytes::<10>();
        let [high, low] = u16::try_from(fraction).unwrap_or(0).to_be_bytes();
        (rest[0], rest[1]) = (high, low);
        Self(uuid::Builder::from_unix_timestamp_millis(micros / 1000, &rest).into_uuid(), PhantomData)
    }

    /// For ids that are known beforehand.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.hyphenated(), f)
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<T> FromStr for Id<T> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Uuid::try_parse(text).map(Self::from_uuid).map_err(|_| Error::not_found("id.unknown"))
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Uuid::try_parse(&text).map(Self::from_uuid).map_err(serde::de::Error::custom)
    }
}
