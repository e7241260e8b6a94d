//! The part of a text that shows most of a query.

use std::collections::BTreeSet;
use std::ops::Range;

use super::find::{find, merged};
use crate::query::Parsed;

/// Part of a text with its marks, which are bytes of `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    pub text: String,
    pub marks: Vec<Range<usize>>,
    /// Something was left out before.
    pub before: bool,
    /// Something was left out behind.
    pub after: bool,
}

/// At most `chars` characters of `text` (a word longer than that is cut) where most parts of the query stand, cut at words;
/// `None` when none stands in it.
#[must_use]
pub fn snippet(parsed: &Parsed, text: &str, chars: usize) -> Option<Snippet> {
    let mut found = find(parsed, text);
    found.sort_by_key(|found| (found.range.start, found.range.end));
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |byte: usize| starts.partition_point(|start| *start < byte);
    let places: Vec<(usize, usize, usize)> =
        found.iter().map(|found| (found.part, place(found.range.start), place(found.range.end))).collect();
    // A window begins at each place; the one with most different parts wins, then with most places, then the first.
    let mut best: Option<((usize, usize), usize, usize)> = None;
    for (number, (_, from, to)) in places.iter().enumerate() {
        let seen: Vec<_> = places.iter().skip(number).take_while(|(_, at, _)| *at < from + chars).collect();
        let within: Vec<_> = seen.into_iter().filter(|(_, _, end)| *end <= from + chars).collect();
        let parts: BTreeSet<usize> = within.iter().map(|(part, _, _)| *part).collect();
        let score = (parts.len(), within.len());
        let end = within.iter().map(|(_, _, end)| *end).max().unwrap_or(*to);
        if best.is_none_or(|(most, _, _)| score > most) {
            best = Some((score, *from, end));
        }
    }
    let (_, from, to) = best?;
    let (from, to) = window(text, &starts, from, to, chars.max(1));
    let (start, end) = (*starts.get(from)?, *starts.get(to)?);
    let part = text.get(start..end)?;
    let marks = found
        .into_iter()
        .filter(|found| found.range.start < end && found.range.end > start)
        .map(|found| found.range.start.max(start) - start..found.range.end.min(end) - start)
        .collect();
    Some(Snippet {
        text: part.to_owned(),
        marks: merged(marks),
        before: text.get(..start).is_some_and(|rest| !rest.trim().is_empty()),
        after: text.get(end..).is_some_and(|rest| !rest.trim().is_empty()),
    })
}

/// Characters `from..to` widened to the room there is, a third of it before, and cut at words.
fn window(text: &str, starts: &[usize], from: usize, to: usize, chars: usize) -> (usize, usize) {
    let last = starts.len().saturating_sub(1);
    let is_space = |at: usize| {
        starts
            .get(at)
            .and_then(|at| text.get(*at..))
            .and_then(|rest| rest.chars().next())
            .is_some_and(char::is_whitespace)
    };
    let to = to.min(from + chars).min(last);
    let room = chars.saturating_sub(to - from);
    let mut begin = from.saturating_sub(room / 3);
    let mut end = (begin + chars).min(last);
    if end == last {
        begin = begin.min(end.saturating_sub(chars)).min(from);
        // At the end of a text the room that is left goes before.
        begin = begin.max(end.saturating_sub(chars));
    }
    // Not within a word, unless the word is longer than the window.
    if begin > 0 && !is_space(begin - 1) {
        while begin < from && !is_space(begin) {
            begin += 1;
        }
    }
    while begin < from && is_space(begin) {
        begin += 1;
    }
    if end < last && !is_space(end) {
        let whole = end;
        while end > to && !is_space(end) {
            end -= 1;
        }
        if end == to && !is_space(end) {
            end = to.max((to..=whole).find(|at| is_space(*at)).unwrap_or(whole));
        }
    }
    while end > to && end > begin && is_space(end - 1) {
        end -= 1;
    }
    (begin, end)
}
