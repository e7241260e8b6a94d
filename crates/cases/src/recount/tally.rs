//! Supports: totals and days while the leaves go by, each person once afterwards.

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use madang_kernel::ledger::Spill;
use serde::Deserialize;

use super::book::At;

/// A support that was given (again), or taken out of the count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub by: i64,
    /// The first half of the nullifier. Two of one case that agree in 128 bits of a keyed hash would be told as one
    /// person; whoever makes them on purpose makes a difference against his own count.
    pub who: [u8; 16],
    /// `20261122`
    pub day: u32,
    /// The first half of the commitment to what was stated; zeros for none.
    pub stated: [u8; 16],
}

#[derive(Deserialize)]
struct Leaf<'a> {
    #[serde(borrow)]
    fields: Fields<'a>,
}

#[derive(Deserialize)]
struct Fields<'a> {
    who: &'a str,
    day: &'a str,
    #[serde(default)]
    stated: Option<&'a str>,
}

/// What a kind of leaf does to the count; none for all that count nothing.
pub(super) fn step(kind: &str) -> Option<i64> {
    match kind {
        "support.given" | "support.restored" => Some(1),
        "support.withdrawn" | "support.excluded" => Some(-1),
        _ => None,
    }
}

impl Move {
    /// None when the leaf is not what a support's must be.
    pub fn read(by: i64, json: &str) -> Option<Self> {
        let leaf: Leaf<'_> = serde_json::from_str(json).ok()?;
        let who = half(leaf.fields.who.strip_prefix("nullifier:")?)?;
        let stated = match leaf.fields.stated {
            Some(digest) => half(digest.strip_prefix("sha256:")?)?,
            None => [0; 16],
        };
        Some(Self { by, who, day: day(leaf.fields.day)?, stated })
    }
}

/// The first 16 bytes of 64 hexadecimal digits.
pub(super) fn half(hex: &str) -> Option<[u8; 16]> {
    let digits = hex.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut half = [0; 16];
    for (byte, pair) in half.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    digits[32..].iter().all(|byte| digit(*byte).is_some()).then_some(half)
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// `2026-11-22` as 20261122.
pub(super) fn day(text: &str) -> Option<u32> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let mut number = 0;
    for byte in bytes.iter().filter(|byte| **byte != b'-') {
        number = number * 10 + u32::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    Some(number)
}

/// Back again.
pub(super) fn day_text(day: u32) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

/// What was counted of one case, beside what is claimed of it.
#[derive(Default)]
pub(super) struct Tally {
    pub total: i64,
    /// By day: counted, claimed.
    pub days: BTreeMap<u32, (i64, i64)>,
    /// The last leaf that was counted.
    pub last: Option<u64>,
}

impl Tally {
    pub fn add(&mut self, moved: &Move, index: u64) {
        self.total += moved.by;
        self.days.entry(moved.day).or_default().0 += moved.by;
        self.last = Some(index);
    }
}

const CASE: usize = 4;
const WHO: usize = CASE + 16;
const INDEX: usize = WHO + 8;
const DAY: usize = INDEX + 4;
const WIDTH: usize = DAY + 16;
/// Set in the day of what takes out of the count.
const TAKEN: u32 = 1 << 31;

/// Every move of every person, on the disk until all have been seen.
pub(super) struct Moves(Box<dyn Spill>);

/// The moves of one person within one case, in order.
pub(super) struct Person<'a> {
    pub case: At,
    records: &'a [[u8; WIDTH]],
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    pub index: u64,
    pub given: bool,
    pub day: u32,
    pub stated: [u8; 16],
}

impl Person<'_> {
    pub fn moves(&self) -> impl Iterator<Item = Moved> {
        self.records.iter().map(|record| {
            let day = u32::from_be_bytes(part(&record[INDEX..DAY]));
            Moved {
                index: u64::from_be_bytes(part(&record[WHO..INDEX])),
                given: day & TAKEN == 0,
                day: day & !TAKEN,
                stated: part(&record[DAY..]),
            }
        })
    }
}

fn part<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut part = [0; N];
    part.copy_from_slice(bytes);
    part
}

impl Moves {
    pub fn new(spill: Box<dyn Spill>) -> Self {
        Self(spill)
    }

    pub fn put(&mut self, case: At, index: u64, moved: &Move) -> Result<()> {
        let mut record = [0; WIDTH];
        record[..CASE].copy_from_slice(&case.to_be_bytes());
        record[CASE..WHO].copy_from_slice(&moved.who);
        record[WHO..INDEX].copy_from_slice(&index.to_be_bytes());
        let day = moved.day | if moved.by < 0 { TAKEN } else { 0 };
        record[INDEX..DAY].copy_from_slice(&day.to_be_bytes());
        record[DAY..].copy_from_slice(&moved.stated);
        self.0.put(&record[..WHO], &record)
    }

    /// Everybody, one after the other.
    pub fn each(&mut self, each: &mut dyn FnMut(&Person<'_>) -> Result<()>) -> Result<()> {
        self.0.drain(&mut |bucket| {
            let (records, rest) = bucket.as_chunks_mut::<WIDTH>();
            if !rest.is_empty() {
                return Err(Error::internal("a spill that does not give back what it was given"));
            }
            // Case, person and index stand first, big end first: sorted bytes are sorted moves.
            records.sort_unstable();
            for person in records.chunk_by(|one, next| one[..WHO] == next[..WHO]) {
                each(&Person { case: At::from_be_bytes(part(&person[0][..CASE])), records: person })?;
            }
            Ok(())
        })
    }
}
