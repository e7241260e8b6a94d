//! Taking a query apart.

use super::part::{Parsed, Part, Script};
use crate::analyze;
use crate::fold::{Before, Class, Kind, Piece, Sym, fold, pieces, write};
use crate::stem::{Single, english, is_ending, is_predicate, is_stop, single, stem};

/// Characters of a query that are used.
pub const MAX_CHARS: usize = 256;
/// Parts of a query that are used.
pub const MAX_PARTS: usize = 16;

/// Takes apart what was typed. Words that say nothing about a subject are left out, unless there is no other.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let text = text.trim();
    let end = text.char_indices().nth(MAX_CHARS).map(|(at, _)| at);
    let syms = fold(end.and_then(|end| text.get(..end)).unwrap_or(text));
    let mut parsed = Parsed { cut: end.is_some(), ..Parsed::default() };
    if let Some(initials) = analyze::consonants(&syms) {
        parsed.initials = Some(initials);
        return parsed;
    }
    let all = groups(&syms);
    let telling = all.iter().filter(|group| group.tells);
    let mut kept: Vec<&Group> = telling.collect();
    if kept.iter().all(|group| group.part.not) {
        kept = all.iter().filter(|group| group.tells || !group.part.not).collect();
    }
    for group in kept {
        if parsed.parts.contains(&group.part) {
            continue;
        }
        if parsed.parts.len() == MAX_PARTS {
            parsed.cut = true;
            break;
        }
        parsed.parts.push(group.part.clone());
    }
    parsed
}

struct Group {
    part: Part,
    /// Says something about a subject.
    tells: bool,
}

/// The parts of a query, those that tell nothing too.
fn groups(syms: &[Sym]) -> Vec<Group> {
    let quotes = quotes(syms);
    let within = |piece: &Piece| quotes.iter().position(|(from, to)| (*from..*to).contains(&piece.start));
    let mut groups = Vec::new();
    let mut open: Vec<Piece> = Vec::new();
    let mut phrase = None;
    for piece in pieces(syms) {
        let here = within(&piece);
        let joins = !open.is_empty()
            && here == phrase
            && (here.is_some() || matches!(piece.before, Before::Nothing | Before::Dot));
        if !joins {
            groups.extend(group(syms, &open, phrase.is_some()));
            open.clear();
            phrase = here;
        }
        open.push(piece);
    }
    groups.extend(group(syms, &open, phrase.is_some()));
    groups
}

/// What stands between quotation marks, from mark to mark. One that is not closed is none.
fn quotes(syms: &[Sym]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, sym) in syms.iter().enumerate() {
        if sym.ch == '"' {
            match open.take() {
                Some(from) => found.push((from, at)),
                None => open = Some(at),
            }
        }
    }
    found
}

/// A minus stands before the symbol at `start`, and nothing before the minus.
fn is_not(syms: &[Sym], start: usize, phrase: bool) -> bool {
    let at = |back: usize| start.checked_sub(back).and_then(|at| syms.get(at));
    let back = if phrase { 2 } else { 1 };
    if phrase && at(1).is_none_or(|sym| sym.ch != '"') {
        return false;
    }
    at(back).is_some_and(|sym| sym.ch == '-')
        && at(back + 1).is_none_or(|sym| sym.class == Class::Space || sym.ch == '\n')
}

fn group(syms: &[Sym], open: &[Piece], phrase: bool) -> Option<Group> {
    let first = open.first()?;
    let not = is_not(syms, first.start, phrase);
    // Letters that are left over from typing (공원ㅇ) are no part of the word.
    let whole: Vec<Piece> = open.iter().filter(|piece| piece.kind != Kind::Jamo).copied().collect();
    let used = if whole.is_empty() { open } else { whole.as_slice() };
    let mut text = String::new();
    let mut word = String::new();
    for piece in used {
        if phrase && !text.is_empty() && piece.before != Before::Nothing {
            text.push(' ');
        }
        write(syms.get(piece.start..piece.end)?, &mut word);
        text.push_str(&word);
    }
    if text.is_empty() {
        return None;
    }
    if phrase {
        let script = if text.contains(' ') { Script::Mixed } else { script(syms, used) };
        return Some(Group { part: Part { stem: text.clone(), text, phrase, not, script }, tells: true });
    }
    let (stem, script) = stem_of(syms, used, &text);
    let predicate = match used {
        [one] if one.kind == Kind::Hangul => is_predicate(syms.get(one.start..one.end)?),
        _ => false,
    };
    let tells = !whole.is_empty() && !is_stop(&text) && !is_stop(&stem) && !predicate;
    Some(Group { part: Part { text, stem, phrase, not, script }, tells })
}

fn script(syms: &[Sym], used: &[Piece]) -> Script {
    let mut found = None;
    for piece in used {
        let word = syms.get(piece.start..piece.end).unwrap_or_default();
        let this = match piece.kind {
            Kind::Hangul => Script::Hangul,
            Kind::Other if word.iter().all(|sym| sym.class != Class::Letter) => Script::Number,
            Kind::Other if word.iter().all(|sym| sym.class == Class::Letter) => Script::Latin,
            // KF94 is one word too.
            Kind::Other => Script::Latin,
            Kind::Jamo | Kind::Han => Script::Mixed,
        };
        found = match found {
            None => Some(this),
            Some(before) if before == this => Some(this),
            Some(_) => Some(Script::Mixed),
        };
    }
    found.unwrap_or(Script::Mixed)
}

/// The stem of a word of a query, and what it is written in then.
fn stem_of(syms: &[Sym], used: &[Piece], text: &str) -> (String, Script) {
    let word_of = |piece: &Piece| syms.get(piece.start..piece.end).unwrap_or_default();
    match used {
        [one] => {
            let word = word_of(one);
            let mut stemmed = text.to_owned();
            match one.kind {
                Kind::Hangul => {
                    stem(word).write(word, &mut stemmed);
                    if single(word) == Single::Sure {
                        stemmed.clear();
                        stemmed.extend(word.first().map(|sym| sym.ch));
                    }
                }
                Kind::Other => english::fold(&mut stemmed),
                Kind::Jamo | Kind::Han => {}
            }
            (stemmed, script(syms, used))
        }
        [before @ .., last] => {
            let word = word_of(last);
            let mut tail = String::new();
            write(word, &mut tail);
            let is_cut =
                last.kind == Kind::Hangul && last.before == Before::Nothing && (is_ending(word) || is_stop(&tail));
            let Some(front) = text.strip_suffix(tail.as_str()).filter(|_| is_cut) else {
                if last.kind == Kind::Hangul {
                    let mut stemmed = String::new();
                    stem(word).write(word, &mut stemmed);
                    let front = text.strip_suffix(tail.as_str()).unwrap_or_default();
                    return (format!("{front}{stemmed}"), script(syms, used));
                }
                return (text.to_owned(), script(syms, used));
            };
            let mut front = front.to_owned();
            if before.len() == 1 {
                english::fold(&mut front);
            }
            (front, script(syms, before))
        }
        [] => (text.to_owned(), Script::Mixed),
    }
}
