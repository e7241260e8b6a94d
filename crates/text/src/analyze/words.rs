//! The words of a text.

use super::Token;
use crate::fold::{Before, Kind, Sym, fold, pieces, write};
use crate::stem::{Single, english, is_ending, is_stop, single, stem};

/// Gives the words of a text: the stem of each, and where it differs, the word as it stands at the same position; for a
/// short word that may be a noun of one syllable with a particle (강을) that syllable too. Plurals of English are folded,
/// numbers are without the commas between thousands. Left out: stop words of two and more syllables, particles behind
/// another script (AI를), Hangul letters that stand alone.
pub fn words(text: &str, mut each: impl FnMut(Token<'_>)) {
    let syms = fold(text);
    let mut term = String::new();
    let mut whole = String::new();
    let mut position = 0;
    let mut foreign = false;
    for piece in pieces(&syms) {
        let Some(word) = syms.get(piece.start..piece.end) else { continue };
        let follows = foreign && piece.before == Before::Nothing;
        foreign = matches!(piece.kind, Kind::Other | Kind::Han);
        let mut give = |text: &str, kept: usize| {
            if let (Some(first), Some(last)) = (word.first(), kept.checked_sub(1).and_then(|at| word.get(at))) {
                each(Token { text, position, from: first.from, to: last.to });
            }
        };
        match piece.kind {
            Kind::Jamo => continue,
            Kind::Other => {
                write(word, &mut whole);
                if whole.len() > 1 && is_stop(&whole) {
                    continue;
                }
                term.clone_from(&whole);
                english::fold(&mut term);
                give(&term, word.len());
                if term != whole {
                    give(&whole, word.len());
                }
            }
            Kind::Han => {
                write(word, &mut whole);
                give(&whole, word.len());
            }
            Kind::Hangul => {
                write(word, &mut whole);
                if follows && is_ending(word) || word.len() > 1 && is_stop(&whole) {
                    continue;
                }
                hangul(word, &whole, &mut term, &mut give);
            }
        }
        position += 1;
    }
}

fn hangul(word: &[Sym], whole: &str, term: &mut String, give: &mut impl FnMut(&str, usize)) {
    let stem = stem(word);
    stem.write(word, term);
    if term.as_str() != whole {
        if !is_stop(term) {
            give(term, stem.kept);
        }
    } else if single(word) != Single::No {
        term.clear();
        term.extend(word.first().map(|sym| sym.ch));
        give(term, 1);
    }
    give(whole, word.len());
}
