//! Pairs of syllables, which do not care where a text has spaces.

use super::Token;
use crate::fold::{Before, Kind, Sym, fold, pieces, write};
use crate::stem::english;

/// Gives the pairs of neighbouring syllables of a text, across spaces and dots, one position a syllable; a syllable between
/// two breaks stands by itself. A word of another script is one term at one position, and the syllable beside it is a term
/// of its own as well, so that 3차 is found in 3차계획. Punctuation and the end of a line leave out one position.
///
/// The pairs of whatever part of a text, of two syllables at least, is copied as a query, with whatever spaces, stand in the text at the same distances.
pub fn pairs(text: &str, mut each: impl FnMut(Token<'_>)) {
    let syms = fold(text);
    let mut run = Run { last: None, term: String::new() };
    let mut position = 0;
    let mut foreign = false;
    for piece in pieces(&syms) {
        let Some(word) = syms.get(piece.start..piece.end) else { continue };
        if piece.before == Before::Break && position > 0 {
            run.end(false, &mut each);
            position += 1;
            foreign = false;
        }
        if matches!(piece.kind, Kind::Hangul | Kind::Han) {
            for sym in word {
                run.add(*sym, position, foreign, &mut each);
                foreign = false;
                position += 1;
            }
        } else {
            run.end(true, &mut each);
            write(word, &mut run.term);
            english::fold(&mut run.term);
            if let (Some(first), Some(last)) = (word.first(), word.last()) {
                each(Token { text: &run.term, position, from: first.from, to: last.to });
            }
            position += 1;
            foreign = true;
        }
    }
    run.end(false, &mut each);
}

/// The last syllable of a run.
struct Last {
    sym: Sym,
    position: u32,
    /// It has been given by itself.
    given: bool,
    /// It is the run's first.
    first: bool,
}

struct Run {
    last: Option<Last>,
    term: String,
}

impl Run {
    fn add(&mut self, sym: Sym, position: u32, beside: bool, each: &mut impl FnMut(Token<'_>)) {
        let first = match &self.last {
            Some(last) => {
                self.term.clear();
                self.term.push(last.sym.ch);
                self.term.push(sym.ch);
                each(Token { text: &self.term, position: last.position, from: last.sym.from, to: sym.to });
                false
            }
            None => true,
        };
        let given = first && beside;
        if given {
            self.single(&sym, position, each);
        }
        self.last = Some(Last { sym, position, given, first });
    }

    fn end(&mut self, beside: bool, each: &mut impl FnMut(Token<'_>)) {
        if let Some(last) = self.last.take()
            && !last.given
            && (last.first || beside)
        {
            self.single(&last.sym, last.position, each);
        }
    }

    fn single(&mut self, sym: &Sym, position: u32, each: &mut impl FnMut(Token<'_>)) {
        self.term.clear();
        self.term.push(sym.ch);
        each(Token { text: &self.term, position, from: sym.from, to: sym.to });
    }
}
