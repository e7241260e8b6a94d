//! A text in the shape that terms have, for analyzers that bring their own words.

use std::ops::Range;

use crate::fold::fold;

/// A text in NFC, narrow and lower case, without accents and invisible characters, that knows where each character came
/// from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    text: String,
    /// For each character: where it begins in `text`, and its bytes in the text that was given.
    places: Vec<(usize, Range<usize>)>,
}

impl Plain {
    #[must_use]
    pub fn of(given: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(given.len()), places: Vec::with_capacity(given.len() / 2) };
        for sym in fold(given) {
            plain.places.push((plain.text.len(), sym.from..sym.to));
            plain.text.push(sym.ch);
        }
        plain
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the text as it was given that became these bytes of [`Self::text`]; empty for an empty range.
    #[must_use]
    pub fn given(&self, range: Range<usize>) -> Range<usize> {
        let first = self.places.partition_point(|(at, _)| *at < range.start);
        let behind = self.places.partition_point(|(at, _)| *at < range.end);
        match self.places.get(first..behind) {
            Some([(_, one)]) => one.clone(),
            Some([(_, first), .., (_, last)]) => first.start..last.end,
            _ => 0..0,
        }
    }
}
