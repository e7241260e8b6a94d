//! What a person has typed on the way to a title, for suggestions.

use super::Token;
use crate::fold::{Class, Sym, fold, pieces};
use crate::jamo::{initial, is_consonant, strokes};

/// Suggestions are looked up by this many key strokes at most.
pub const MAX_STROKES: usize = 12;

/// Gives, for each word of a title, the beginnings of the key strokes that write it and what follows it (ㄱㅗㅇㅇㅜ leads
/// to 공원) and of the initials of its syllables; spaces count for nothing. One to [`MAX_STROKES`] letters each; all
/// positions are 0.
pub fn typed(text: &str, mut each: impl FnMut(Token<'_>)) {
    let syms = fold(text);
    let mut term = String::new();
    for piece in pieces(&syms) {
        let rest = syms.get(piece.start..).unwrap_or_default();
        beginnings(rest, &mut term, &mut each);
        initials(rest, &mut term, &mut each);
    }
}

fn beginnings(rest: &[Sym], term: &mut String, each: &mut impl FnMut(Token<'_>)) {
    let from = rest.first().map_or(0, |sym| sym.from);
    let mut count = 0;
    term.clear();
    for sym in rest.iter().take_while(|sym| sym.class != Class::Break) {
        if matches!(sym.class, Class::Space | Class::Dot) {
            continue;
        }
        strokes(sym.ch, |stroke| {
            if count < MAX_STROKES {
                count += 1;
                term.push(stroke);
                each(Token { text: term, position: 0, from, to: sym.to });
            }
        });
        if count == MAX_STROKES {
            break;
        }
    }
}

fn initials(rest: &[Sym], term: &mut String, each: &mut impl FnMut(Token<'_>)) {
    let from = rest.first().map_or(0, |sym| sym.from);
    term.clear();
    let letters = rest
        .iter()
        .filter(|sym| !matches!(sym.class, Class::Space | Class::Dot))
        .map_while(|sym| initial(sym.ch).map(|letter| (letter, sym.to)))
        .take(MAX_STROKES);
    for (count, (letter, to)) in letters.enumerate() {
        term.push(letter);
        // One initial is the first stroke, which has been given.
        if count > 0 {
            each(Token { text: term, position: 0, from, to });
        }
    }
}

/// What to look up among [`typed`] terms for what stands in the field now: its key strokes without spaces, or its
/// consonants when it is nothing else. `None` when there is no letter and no digit.
#[must_use]
pub fn typed_query(text: &str) -> Option<String> {
    let mut found = String::new();
    let mut count = 0;
    // No title is told apart by more than its first strokes.
    let start: String = text.chars().take(8 * MAX_STROKES).collect();
    for sym in fold(&start) {
        if matches!(sym.class, Class::Space | Class::Dot | Class::Break) {
            continue;
        }
        strokes(sym.ch, |stroke| {
            if count < MAX_STROKES {
                count += 1;
                found.push(stroke);
            }
        });
    }
    (!found.is_empty()).then_some(found)
}

/// The consonants of a text that holds no other letter: ㄱㅊㅇ, also when the keyboard joined two of them (ㄳ).
pub(crate) fn consonants(syms: &[Sym]) -> Option<String> {
    let mut found = String::new();
    for sym in syms {
        match sym.class {
            Class::Jamo if is_consonant(sym.ch) => strokes(sym.ch, |stroke| found.push(stroke)),
            Class::Space | Class::Dot | Class::Break => {}
            _ => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}
