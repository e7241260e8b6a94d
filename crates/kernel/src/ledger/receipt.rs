//! The code on a receipt: when an act was put on record, and the beginning of its leaf's hash.

use std::fmt;
use std::str::FromStr;

use madang_base::{Error, Result, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digest;

/// Finds one leaf again: `0064a8b1c2d3e4-0123456789abcdef`. No table maps it: events are found by their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptCode {
    /// The event's time.
    pub at: Time,
    /// The first eight bytes of the leaf's hash (RFC 6962).
    pub hash: [u8; 8],
}

/// Digits of the time: microseconds until the year 4253.
const AT: usize = 14;
const HASH: usize = 16;

impl ReceiptCode {
    /// Of the event at `at` whose leaf is `entry`; none for a time that 14 hexadecimal digits do not hold.
    #[must_use]
    pub fn of(at: Time, entry: &str) -> Option<Self> {
        let fits = (0..1 << (4 * AT)).contains(&at.micros());
        let mut hash = [0; 8];
        hash.copy_from_slice(&madang_tlog::leaf_hash(entry.as_bytes()).0[..8]);
        fits.then_some(Self { at, hash })
    }

    /// Whether it is the code of this leaf.
    #[must_use]
    pub fn is_of(&self, at: Time, entry: &str) -> bool {
        Self::of(at, entry) == Some(*self)
    }
}

impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014x}-{}", self.at.micros(), digest::hex(&self.hash))
    }
}

impl FromStr for ReceiptCode {
    type Err = Error;

    /// Strict: one receipt has one code.
    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::invalid("ledger.receipt-code").arg("value", text);
        let lower = |part: &str, digits: usize| {
            part.len() == digits && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        let (at, hash) = text.split_once('-').ok_or_else(bad)?;
        if !lower(at, AT) || !lower(hash, HASH) {
            return Err(bad());
        }
        let at = Time::from_micros(i64::from_str_radix(at, 16).map_err(|_| bad())?);
        let hash = digest::unhex(hash).and_then(|bytes| bytes.try_into().ok()).ok_or_else(bad)?;
        Ok(Self { at, hash })
    }
}

impl Serialize for ReceiptCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReceiptCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
