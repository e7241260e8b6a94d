//! Finding the parts of a query in a text.

use std::ops::Range;

use super::units::Units;
use crate::fold::Before;
use crate::jamo::initial;
use crate::query::{Parsed, Part, Script};

/// A part of a query in a text: which one, and its bytes.
pub(super) struct Found {
    pub part: usize,
    pub range: Range<usize>,
}

/// The bytes of `text` where the query stands, in their order, none touching the next. Parts that are not wanted (`-word`)
/// mark nothing.
#[must_use]
pub fn marks(parsed: &Parsed, text: &str) -> Vec<Range<usize>> {
    merged(find(parsed, text).into_iter().map(|found| found.range).collect())
}

/// Sorted, with those that overlap or touch made one.
pub(super) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// All places of all parts.
pub(super) fn find(parsed: &Parsed, text: &str) -> Vec<Found> {
    let units = Units::of(text);
    let mut found = Vec::new();
    if let Some(initials) = &parsed.initials {
        let letters: Vec<char> = initials.chars().collect();
        found.extend(by_initials(&units, &letters).into_iter().map(|range| Found { part: 0, range }));
    }
    for (number, part) in parsed.parts.iter().enumerate().filter(|(_, part)| !part.not) {
        found.extend(places(&units, part).into_iter().map(|range| Found { part: number, range }));
    }
    found
}

fn bytes(units: &Units, from: usize, to: usize) -> Option<Range<usize>> {
    Some(units.list.get(from)?.from..units.list.get(to.checked_sub(1)?)?.to)
}

/// The places of one part.
fn places(units: &Units, part: &Part) -> Vec<Range<usize>> {
    let needle = Units::of(&part.stem);
    let mut found = runs(units, &needle, part.phrase);
    if part.phrase {
        return found;
    }
    if part.script == Script::Hangul {
        found.extend(by_stem(units, &part.stem));
        if found.is_empty() && part.stem != part.text {
            found = runs(units, &Units::of(&part.text), false);
        }
        if found.is_empty() && needle.list.len() >= 4 {
            found = by_words(units, &needle);
        }
    }
    found
}

/// Where all units of the needle follow one another.
fn runs(units: &Units, needle: &Units, phrase: bool) -> Vec<Range<usize>> {
    let length = needle.list.len();
    let mut found = Vec::new();
    if length == 0 || units.list.len() < length {
        return found;
    }
    let mut at = 0;
    while at + length <= units.list.len() {
        if (0..length).all(|n| units.same(at + n, needle, n)) && stands(units, at, at + length, phrase) {
            found.extend(bytes(units, at, at + length));
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether the units `from..to` are a place where a reader sees the word, not syllables that meet by chance.
fn stands(units: &Units, from: usize, to: usize, phrase: bool) -> bool {
    let length = to - from;
    let Some(last) = to.checked_sub(1) else { return false };
    let inner = units.list.get(from + 1..to).unwrap_or_default();
    if inner.iter().any(|unit| unit.before == Before::Break) && !phrase {
        return false;
    }
    let begins = units.piece_of(from).is_some_and(|piece| piece.start == from);
    let ends = units
        .piece_of(last)
        .is_some_and(|piece| to == piece.end || piece.hangul && piece.start + units.kept(piece) <= to);
    let is_hangul = units.piece_of(from).is_some_and(|piece| piece.hangul);
    if length == 1 && is_hangul {
        return begins && ends;
    }
    let crosses = inner.iter().any(|unit| matches!(unit.before, Before::Space | Before::Dot));
    !crosses || length >= 4 || phrase || begins && (ends || length >= 3)
}

/// Words whose stem is this one though its syllables differ: 고쳤습니다 for 고치.
fn by_stem(units: &Units, stem: &str) -> Vec<Range<usize>> {
    let mut buffer = String::new();
    let same = units.pieces.iter().filter(|piece| piece.hangul).filter_map(|piece| {
        let kept = units.stem(piece, &mut buffer);
        (buffer == stem).then(|| bytes(units, piece.start, piece.start + kept)).flatten()
    });
    same.collect()
}

/// Where the needle stands in no place as a whole: the words of the text that are parts of it, and the parts of it that
/// begin or end a word.
fn by_words(units: &Units, needle: &Units) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for piece in units.pieces.iter().filter(|piece| piece.hangul) {
        let longest = (0..needle.list.len())
            .map(|from| {
                let room = (needle.list.len() - from).min(piece.end - piece.start);
                (0..room).take_while(|n| units.same(piece.start + n, needle, from + n)).count()
            })
            .max()
            .unwrap_or(0);
        if longest >= 2 {
            found.extend(bytes(units, piece.start, piece.start + longest));
        }
    }
    found
}

/// Syllables with these initials; those at the beginning of words, if there are any.
fn by_initials(units: &Units, letters: &[char]) -> Vec<Range<usize>> {
    let mut inner = Vec::new();
    let mut beginning = Vec::new();
    let length = letters.len();
    if length == 0 {
        return inner;
    }
    for (at, window) in units.list.windows(length).enumerate() {
        let same = window.iter().zip(letters).all(|(unit, letter)| initial(unit.ch) == Some(*letter));
        let broken = window.iter().skip(1).any(|unit| unit.before == Before::Break);
        if !same || broken {
            continue;
        }
        let begins = units.piece_of(at).is_some_and(|piece| piece.start == at);
        if begins { &mut beginning } else { &mut inner }.extend(bytes(units, at, at + length));
    }
    if beginning.is_empty() { inner } else { beginning }
}
