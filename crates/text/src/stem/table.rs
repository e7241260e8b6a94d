//! The lists by last syllable, so that a word is held against the few that may fit.

use std::sync::LazyLock;

use super::lists;
use crate::fold::Sym;
use crate::jamo::is_syllable;
use crate::words::lists::{self as common, After};

/// What a suffix is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Particle(After),
    /// Of a verb that is made of a noun.
    Ending,
    /// A noun that ends like a particle.
    Noun,
    /// A particle behind what looks like such a noun.
    Open,
}

pub(super) struct Suffix {
    text: Vec<char>,
    pub role: Role,
}

impl Suffix {
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn ends(&self, word: &[Sym]) -> bool {
        word.len() >= self.text.len() && word.iter().rev().zip(self.text.iter().rev()).all(|(sym, c)| sym.ch == *c)
    }
}

struct Table {
    /// For each Hangul syllable the number of its group, or 0.
    group: Vec<u8>,
    /// The suffixes that end in one syllable, longest first.
    groups: Vec<Vec<Suffix>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(table);

fn place(c: char) -> Option<usize> {
    if is_syllable(c) { usize::try_from(u32::from(c) - 0xAC00).ok() } else { None }
}

fn table() -> Table {
    let mut table = Table { group: vec![0; 11_172], groups: vec![Vec::new()] };
    let particles =
        common::PARTICLES.iter().chain(lists::PARTICLES).map(|(text, after)| (*text, Role::Particle(*after)));
    let endings = common::ENDINGS.iter().chain(lists::ENDINGS).map(|text| (*text, Role::Ending));
    let nouns = common::NOUNS.iter().chain(lists::NOUNS).map(|text| (*text, Role::Noun));
    let open = lists::OPEN.iter().map(|text| (*text, Role::Open));
    for (text, role) in particles.chain(endings).chain(nouns).chain(open) {
        let suffix = Suffix { text: text.chars().collect(), role };
        let Some(place) = suffix.text.last().and_then(|c| place(*c)) else { continue };
        let Some(group) = table.group.get_mut(place) else { continue };
        if *group == 0 {
            *group = u8::try_from(table.groups.len()).unwrap_or(0);
            table.groups.push(Vec::new());
        }
        if let Some(suffixes) = table.groups.get_mut(usize::from(*group)) {
            suffixes.push(suffix);
        }
    }
    for suffixes in &mut table.groups {
        suffixes.sort_by_key(|suffix| std::cmp::Reverse(suffix.len()));
    }
    table
}

/// The suffixes that end in this syllable, longest first.
pub(super) fn suffixes(last: char) -> &'static [Suffix] {
    let group = place(last).and_then(|place| TABLE.group.get(place)).copied().unwrap_or(0);
    TABLE.groups.get(usize::from(group)).map_or(&[], Vec::as_slice)
}
