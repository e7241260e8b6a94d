//! The words of a text, by a dictionary.

use std::ops::Range;

use madang_text::analyze::{self, Plain, Token};

use super::lattice::Morpheme;
use super::open::Dictionary;

/// Characters of a text that are looked at as one sentence at most.
const SENTENCE: usize = 4_000;

/// Tags of words that say what a text is about: nouns, numerals, roots, verbs and adjectives, and what no dictionary knows.
const TELLING: [&str; 8] = ["NNG", "NNP", "NR", "XR", "VV", "VA", "UNKNOWN", "UNT"];
/// Verbs and adjectives that say nothing.
const EMPTY: [&str; 8] = ["있", "없", "하", "되", "같", "보", "위하", "대하"];

/// The words of a text, in one buffer.
#[derive(Default)]
struct Words {
    terms: String,
    /// Bytes of the term in `terms`, and of the text that was given.
    list: Vec<(Range<usize>, Range<usize>)>,
}

impl Words {
    fn add(&mut self, term: &str, given: Range<usize>) {
        if !term.is_empty() && given.start < given.end {
            let from = self.terms.len();
            self.terms.push_str(term);
            self.list.push((from..self.terms.len(), given));
        }
    }
}

impl Dictionary {
    /// Gives the words of a text: nouns, numerals, and the stems of verbs and adjectives; of a compound that the dictionary
    /// knows its parts as well. Words of other scripts are those of [`analyze::words`]. Bytes are those of the text that was
    /// given, positions go up by one a word.
    pub fn words(&self, text: &str, mut each: impl FnMut(Token<'_>)) {
        let plain = Plain::of(text);
        let mut words = Words::default();
        let mut start = 0;
        while let Some(rest) = plain.text().get(start..).filter(|rest| !rest.is_empty()) {
            let end = start + sentence(rest);
            let from = start;
            self.morphemes(plain.text().get(from..end).unwrap_or_default(), |morpheme| {
                let surface = plain.text().get(from + morpheme.from..from + morpheme.to).unwrap_or_default();
                add(&morpheme, surface, &plain, from, &mut words);
            });
            start = end.max(start + 1);
        }
        analyze::words(text, |token| {
            if !token.text.starts_with(is_hangul) {
                words.add(token.text, token.from..token.to);
            }
        });
        words.list.sort_by_key(|(_, given)| given.start);
        for (position, (term, given)) in words.list.iter().enumerate() {
            each(Token {
                text: words.terms.get(term.clone()).unwrap_or_default(),
                position: u32::try_from(position).unwrap_or(u32::MAX),
                from: given.start,
                to: given.end,
            });
        }
    }

    /// Gives the words that the rules of [`analyze::words`] do not give at the same place: what stands in compounds, mostly.
    /// Positions are those behind all words of the rules.
    pub fn beside(&self, text: &str, mut each: impl FnMut(Token<'_>)) {
        let mut ruled = Words::default();
        let mut last = 0;
        analyze::words(text, |token| {
            ruled.add(token.text, token.from..token.to);
            last = token.position + 1;
        });
        self.words(text, |token| {
            let first = ruled.list.partition_point(|(_, given)| given.start < token.from);
            let mut there = ruled.list.iter().skip(first).take_while(|(_, given)| given.start == token.from);
            if !there.any(|(term, _)| ruled.terms.get(term.clone()) == Some(token.text)) {
                each(Token { position: last, ..token });
                last += 1;
            }
        });
    }

    /// The words of a text, each once, in their order.
    #[must_use]
    pub fn terms(&self, text: &str) -> Vec<String> {
        let mut terms: Vec<String> = Vec::new();
        self.words(text, |token| {
            if !terms.iter().any(|term| term == token.text) {
                terms.push(token.text.to_owned());
            }
        });
        terms
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ')
}

/// The bytes of the first sentence: to the end of the line, at most [`SENTENCE`] characters.
fn sentence(text: &str) -> usize {
    let line = text.find('\n').map_or(text.len(), |at| at + 1);
    text.char_indices().nth(SENTENCE).map_or(line, |(at, _)| at.min(line))
}

fn add(morpheme: &Morpheme<'_>, surface: &str, plain: &Plain, from: usize, words: &mut Words) {
    let given = |range: Range<usize>| plain.given(from + range.start..from + range.end);
    let first = morpheme.tag.split('+').next().unwrap_or_default();
    if !TELLING.contains(&first) || !surface.starts_with(is_hangul) {
        return;
    }
    let whole = given(morpheme.from..morpheme.to);
    let parts = morpheme.made_of.split('+').filter_map(|part| part.split('/').next());
    match morpheme.kind {
        // 고쳤: 고치+었. The first is what it is about.
        "Inflect" | "Preanalysis" => {
            let stem = parts.into_iter().next().filter(|stem| *stem != "*").unwrap_or(surface);
            if !EMPTY.contains(&stem) {
                words.add(stem, whole);
            }
        }
        "Compound" => {
            words.add(surface, whole.clone());
            let mut at = morpheme.from;
            for part in parts {
                let end = at + part.len();
                let here = surface.get(at - morpheme.from..end - morpheme.from) == Some(part);
                words.add(part, if here { given(at..end) } else { whole.clone() });
                at = end;
            }
        }
        _ if EMPTY.contains(&surface) && first.starts_with('V') => {}
        _ => words.add(surface, whole),
    }
}
