//! Symbols to runs of one script.

use super::symbols::{Class, Sym};

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Hangul syllables.
    Hangul,
    /// Hangul letters that stand by themselves.
    Jamo,
    /// Chinese characters and kana.
    Han,
    /// Letters and digits of other scripts; a number may hold the commas between its thousands.
    Other,
}

/// What stands between a piece and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// Nothing: both are one word as it was written.
    Nothing,
    Dot,
    Space,
    /// Punctuation, the end of a line, or the beginning of the text.
    Break,
}

/// The symbols `start..end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    pub before: Before,
}

/// The pieces of symbols, in their order.
pub(crate) fn pieces(syms: &[Sym]) -> Pieces<'_> {
    Pieces { syms, at: 0 }
}

pub(crate) struct Pieces<'a> {
    syms: &'a [Sym],
    at: usize,
}

fn kind(class: Class) -> Option<Kind> {
    match class {
        Class::Syllable => Some(Kind::Hangul),
        Class::Jamo => Some(Kind::Jamo),
        Class::Han => Some(Kind::Han),
        Class::Letter | Class::Digit => Some(Kind::Other),
        Class::Space | Class::Dot | Class::Break => None,
    }
}

impl Pieces<'_> {
    fn is(&self, at: usize, class: Class) -> bool {
        self.syms.get(at).is_some_and(|sym| sym.class == class)
    }

    /// A comma at `at` that stands between thousands: three digits follow it, and no fourth.
    fn is_thousands(&self, at: usize) -> bool {
        self.syms.get(at).is_some_and(|sym| sym.ch == ',')
            && at > 0
            && self.is(at - 1, Class::Digit)
            && (1..=3).all(|n| self.is(at + n, Class::Digit))
            && !self.is(at + 4, Class::Digit)
    }

    /// The `'s` of English at `at`.
    fn is_genitive(&self, at: usize) -> bool {
        self.syms.get(at).is_some_and(|sym| sym.ch == '\'')
            && at > 0
            && self.is(at - 1, Class::Letter)
            && self.syms.get(at + 1).is_some_and(|sym| sym.ch == 's')
            && !self.is(at + 2, Class::Letter)
            && !self.is(at + 2, Class::Digit)
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut before = if self.at == 0 { Before::Break } else { Before::Nothing };
        let (start, kind) = loop {
            let sym = self.syms.get(self.at)?;
            if self.is_genitive(self.at) {
                self.at += 2;
                continue;
            }
            match kind(sym.class) {
                Some(kind) => break (self.at, kind),
                None => {
                    before = match (before, sym.class) {
                        (Before::Break, _) | (_, Class::Break) => Before::Break,
                        (Before::Space, _) | (_, Class::Space) => Before::Space,
                        _ => Before::Dot,
                    };
                    self.at += 1;
                }
            }
        };
        let mut end = start + 1;
        loop {
            match self.syms.get(end).map(|sym| self::kind(sym.class)) {
                Some(Some(next)) if next == kind => end += 1,
                Some(None) if kind == Kind::Other && self.is_thousands(end) => end += 4,
                _ => break,
            }
        }
        self.at = end;
        Some(Piece { kind, start, end, before })
    }
}

/// Writes the symbols of one piece into `buffer`, which is emptied before; commas between thousands are left out.
pub(crate) fn write(syms: &[Sym], buffer: &mut String) {
    buffer.clear();
    buffer.extend(syms.iter().filter(|sym| sym.class != Class::Break).map(|sym| sym.ch));
}
