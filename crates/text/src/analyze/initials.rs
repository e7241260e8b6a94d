//! The consonants that the syllables of a title begin with, for queries like ㄱㅊㅇ.

use super::Token;
use crate::fold::{Before, Kind, fold, pieces};
use crate::jamo::initial;

/// The initial of one syllable.
struct Letter {
    initial: char,
    from: usize,
    to: usize,
    /// At a word's first syllable: how many the word has.
    word: usize,
}

/// Gives pairs and triples of initials across spaces, one position a syllable, and each word's initials behind `^`
/// (`^ㄱㅊㅇ`) at its first syllable. A syllable between two breaks gives its initial alone. What is no Hangul breaks the
/// run and takes one position.
pub fn initials(text: &str, mut each: impl FnMut(Token<'_>)) {
    let syms = fold(text);
    let mut run: Vec<Letter> = Vec::new();
    let mut term = String::new();
    let mut position = 0;
    for piece in pieces(&syms) {
        if piece.before == Before::Break && position > 0 {
            position = flush(&mut run, position, &mut term, &mut each) + 1;
        }
        if piece.kind == Kind::Hangul {
            let word = syms.get(piece.start..piece.end).unwrap_or_default();
            for (at, sym) in word.iter().enumerate() {
                if let Some(initial) = initial(sym.ch) {
                    run.push(Letter {
                        initial,
                        from: sym.from,
                        to: sym.to,
                        word: if at == 0 { word.len() } else { 0 },
                    });
                }
            }
        } else {
            position = flush(&mut run, position, &mut term, &mut each) + 1;
        }
    }
    flush(&mut run, position, &mut term, &mut each);
}

/// Gives the terms of a run that begins at `position`, and the position behind it.
fn flush(run: &mut Vec<Letter>, position: u32, term: &mut String, each: &mut impl FnMut(Token<'_>)) -> u32 {
    let mut position = position;
    for (at, letter) in run.iter().enumerate() {
        let rest = run.get(at..).unwrap_or_default();
        let mut give = |mark: &str, length: usize| {
            let Some(letters) = rest.get(..length) else { return };
            let Some(last) = letters.last() else { return };
            term.clear();
            term.push_str(mark);
            term.extend(letters.iter().map(|l| l.initial));
            each(Token { text: term, position, from: letter.from, to: last.to });
        };
        if letter.word > 0 {
            give("^", letter.word);
        }
        if run.len() == 1 {
            give("", 1);
        }
        give("", 2);
        give("", 3);
        position += 1;
    }
    run.clear();
    position
}
