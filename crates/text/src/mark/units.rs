//! A text as what a query is compared with: one unit a syllable, one a word of another script.

use crate::fold::{Before, Kind, Sym, fold, pieces, write};
use crate::stem::{self, Single, english};

/// A syllable, or a word of another script. `from..to` are bytes of the text that was given.
pub(super) struct Unit {
    /// The syllable; of a word its first character.
    pub ch: char,
    /// The folded word, in [`Units::words`]; empty for a syllable.
    pub word: std::ops::Range<usize>,
    pub from: usize,
    pub to: usize,
    /// What stands before it, [`Before::Nothing`] within a piece.
    pub before: Before,
    /// The piece that it belongs to.
    pub piece: usize,
}

/// The units `start..end`.
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub hangul: bool,
    syms: std::ops::Range<usize>,
}

pub(super) struct Units {
    pub list: Vec<Unit>,
    pub pieces: Vec<Word>,
    words: String,
    syms: Vec<Sym>,
}

impl Units {
    pub(super) fn of(text: &str) -> Units {
        let syms = fold(text);
        let mut units =
            Units { list: Vec::with_capacity(syms.len()), pieces: Vec::new(), words: String::new(), syms: Vec::new() };
        let mut buffer = String::new();
        for piece in pieces(&syms) {
            let Some(word) = syms.get(piece.start..piece.end) else { continue };
            let start = units.list.len();
            let number = units.pieces.len();
            if matches!(piece.kind, Kind::Hangul | Kind::Han) {
                for (at, sym) in word.iter().enumerate() {
                    let before = if at == 0 { piece.before } else { Before::Nothing };
                    units.list.push(Unit { ch: sym.ch, word: 0..0, from: sym.from, to: sym.to, before, piece: number });
                }
            } else if let (Some(first), Some(last)) = (word.first(), word.last()) {
                write(word, &mut buffer);
                english::fold(&mut buffer);
                let at = units.words.len();
                units.words.push_str(&buffer);
                let word = at..units.words.len();
                units.list.push(Unit {
                    ch: first.ch,
                    word,
                    from: first.from,
                    to: last.to,
                    before: piece.before,
                    piece: number,
                });
            }
            let hangul = piece.kind == Kind::Hangul;
            units.pieces.push(Word { start, end: units.list.len(), hangul, syms: piece.start..piece.end });
        }
        units.syms = syms;
        units
    }

    fn word(&self, unit: &Unit) -> &str {
        self.words.get(unit.word.clone()).unwrap_or_default()
    }

    /// Whether the units of both at these places are the same.
    pub(super) fn same(&self, at: usize, other: &Units, other_at: usize) -> bool {
        match (self.list.get(at), other.list.get(other_at)) {
            (Some(a), Some(b)) => a.ch == b.ch && self.word(a) == other.word(b),
            _ => false,
        }
    }

    pub(super) fn piece_of(&self, at: usize) -> Option<&Word> {
        self.list.get(at).and_then(|unit| self.pieces.get(unit.piece))
    }

    fn syms_of(&self, piece: &Word) -> &[Sym] {
        self.syms.get(piece.syms.clone()).unwrap_or_default()
    }

    /// Writes the stem of a Hangul piece and gives how many of its syllables it stands for.
    pub(super) fn stem(&self, piece: &Word, buffer: &mut String) -> usize {
        let word = self.syms_of(piece);
        let stem = stem::stem(word);
        stem.write(word, buffer);
        stem.kept
    }

    /// How many syllables of a Hangul piece stay when its particles are cut.
    pub(super) fn kept(&self, piece: &Word) -> usize {
        let word = self.syms_of(piece);
        if stem::single(word) == Single::No { stem::stem(word).kept } else { 1 }
    }
}
