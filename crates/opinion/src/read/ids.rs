//! Names of people and statements as small numbers, and their order.
//!
//! The order is that of a person who reads numbers: whole numbers by size, then everything else as text. It depends on
//! the names alone, so that the order of lines does not matter.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::HashMap;

const SMALL: usize = 1 << 20;
const NONE: u32 = u32::MAX;

/// Numbers given in order of appearance.
#[derive(Default)]
pub(super) struct Interner {
    names: Vec<String>,
    /// For names such as `1234`.
    small: Vec<u32>,
    others: HashMap<Box<str>, u32>,
}

impl Interner {
    pub(super) fn number(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.names.len()).unwrap_or(NONE);
        if let Some(at) = small(name) {
            if self.small.len() <= at {
                self.small.resize((at + 1).next_power_of_two(), NONE);
            }
            if self.small[at] != NONE {
                return self.small[at];
            }
            self.small[at] = next;
        } else {
            if let Some(known) = self.others.get(name) {
                return *known;
            }
            self.others.insert(name.into(), next);
        }
        self.names.push(name.to_owned());
        next
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The names in their order, and for each number its place there.
    pub(super) fn ordered(self) -> (Vec<String>, Vec<u32>) {
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_by(|a, b| by_name(&self.names[*a], &self.names[*b]));
        let mut places = vec![0; order.len()];
        for (place, number) in (0..).zip(&order) {
            places[*number] = place;
        }
        let mut names = self.names;
        let ordered = order.iter().map(|number| std::mem::take(&mut names[*number])).collect();
        (ordered, places)
    }
}

/// The value of a number without sign and leading zeros.
fn small(name: &str) -> Option<usize> {
    let bytes = name.as_bytes();
    if bytes.is_empty() || bytes.len() > 7 || (bytes[0] == b'0' && bytes.len() > 1) {
        return None;
    }
    let mut value = 0_usize;
    for byte in bytes {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + usize::from(byte - b'0');
    }
    (value < SMALL).then_some(value)
}

/// Whole numbers by size, then texts; equal numbers that are written differently (`1`, `01`) by their text.
pub(crate) fn by_name(a: &str, b: &str) -> Ordering {
    match (a.parse::<i128>(), b.parse::<i128>()) {
        (Ok(x), Ok(y)) => x.cmp(&y).then_with(|| a.cmp(b)),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

/// A name with the order of [`by_name`], for sorted maps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name(pub(super) String);

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        by_name(&self.0, &other.0)
    }
}

/// A map by name in the order of names.
pub(super) type ByName<T> = BTreeMap<Name, T>;
