//! Characters to symbols.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

use crate::jamo;

/// What a symbol is to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A whole Hangul syllable.
    Syllable,
    /// A Hangul letter that stands by itself.
    Jamo,
    /// Chinese characters and kana, which are written without spaces.
    Han,
    /// A letter of another script.
    Letter,
    Digit,
    /// Blank, but not the end of a line.
    Space,
    /// A dot between words that belong together: 초·중·고.
    Dot,
    /// Everything else, the end of a line too.
    Break,
}

/// One symbol; `from..to` are its bytes in the text that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sym {
    pub ch: char,
    pub class: Class,
    pub from: usize,
    pub to: usize,
}

/// The symbols of a text.
pub(crate) fn fold(text: &str) -> Vec<Sym> {
    let mut folding = Folding { syms: Vec::with_capacity(text.len() / 2 + 8), open: Open::No };
    for (from, c) in text.char_indices() {
        let to = from + c.len_utf8();
        match c {
            '가'..='힣' => folding.syllable(c, from, to),
            'a'..='z' => folding.push(c, Class::Letter, from, to),
            'A'..='Z' => folding.push(c.to_ascii_lowercase(), Class::Letter, from, to),
            '0'..='9' => folding.push(c, Class::Digit, from, to),
            ' ' | '\t' => folding.push(' ', Class::Space, from, to),
            '!'..='~' | '\n' => folding.push(c, Class::Break, from, to),
            _ => folding.rare(c, from, to),
        }
    }
    folding.syms
}

/// Whether the next conjoining letter may join the last symbol.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    No,
    /// It is an initial, of this place.
    Vowel(u32),
    /// It is a syllable without a final.
    Final,
}

struct Folding {
    syms: Vec<Sym>,
    open: Open,
}

impl Folding {
    fn push(&mut self, ch: char, class: Class, from: usize, to: usize) {
        self.open = Open::No;
        self.syms.push(Sym { ch, class, from, to });
    }

    fn syllable(&mut self, c: char, from: usize, to: usize) {
        self.push(c, Class::Syllable, from, to);
        if (u32::from(c) - 0xAC00).is_multiple_of(28) {
            self.open = Open::Final;
        }
    }

    fn rare(&mut self, c: char, from: usize, to: usize) {
        if is_absent(c) {
            self.open = Open::No;
            // An accent belongs to the letter that it stands on.
            if is_accent(c)
                && let Some(last) = self.syms.last_mut().filter(|last| last.to == from)
            {
                last.to = to;
            }
        } else if is_presentation(c) {
            for part in std::iter::once(c).nfkd() {
                self.plain(part, from, to);
            }
        } else {
            self.plain(c, from, to);
        }
    }

    /// A character that has no form of presentation.
    fn plain(&mut self, c: char, from: usize, to: usize) {
        match c {
            '\u{1100}'..='\u{1112}' | '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}' => self.letter(c, from, to),
            '가'..='힣' => self.syllable(c, from, to),
            c if is_combining_mark(c) => self.mark(c, from, to),
            c => {
                for lower in c.to_lowercase() {
                    if !is_accent(lower) {
                        let base = without_accents(lower);
                        let ch = shape(base);
                        let class = class(ch);
                        self.push(if class == Class::Space { ' ' } else { ch }, class, from, to);
                    }
                }
            }
        }
    }

    /// A conjoining letter: part of a syllable that came apart, or by itself.
    fn letter(&mut self, c: char, from: usize, to: usize) {
        let n = u32::from(c);
        let joined = match (self.open, n) {
            (Open::Vowel(initial), 0x1161..=0x1175) => jamo::syllable(initial, n - 0x1161, 0),
            (Open::Final, 0x11A8..=0x11C2) => self
                .syms
                .last()
                .and_then(|last| jamo::places(last.ch))
                .and_then(|(initial, vowel, _)| jamo::syllable(initial, vowel, n - 0x11A7)),
            _ => None,
        };
        match (joined, self.syms.last_mut()) {
            (Some(joined), Some(last)) => {
                last.ch = joined;
                last.class = Class::Syllable;
                last.to = to;
                self.open = if matches!(self.open, Open::Vowel(_)) { Open::Final } else { Open::No };
            }
            _ => {
                self.push(jamo::compatible(c).unwrap_or(c), Class::Jamo, from, to);
                if let 0x1100..=0x1112 = n {
                    self.open = Open::Vowel(n - 0x1100);
                }
            }
        }
    }

    /// A mark of a script that cannot do without: it joins its letter, or follows it.
    fn mark(&mut self, c: char, from: usize, to: usize) {
        self.open = Open::No;
        let Some(last) = self.syms.last_mut().filter(|last| last.to == from || last.from == from) else { return };
        if let Some(joined) = compose(last.ch, c) {
            last.ch = joined;
            last.to = to;
        } else if last.class == Class::Letter {
            self.push(c, Class::Letter, from, to);
        } else {
            last.to = to;
        }
    }
}

/// Marks over and under letters.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Has no shape of its own: joiners, directions, variants, fillers, tags.
fn is_absent(c: char) -> bool {
    is_accent(c)
        || matches!(
            c,
            '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{302E}' | '\u{302F}' | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{FEFF}' | '\u{FFA0}'
                | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Is another way to show what has characters of its own: full-width, circled, squared, raised, Roman numerals, ligatures.
fn is_presentation(c: char) -> bool {
    matches!(
        c,
        '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{209C}' | '\u{2100}'..='\u{2188}' | '\u{2460}'..='\u{24FF}'
            | '\u{3200}'..='\u{33FF}' | '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FFEF}' | '\u{1D400}'..='\u{1D7FF}'
    )
}

/// The letter under its accents. What came apart into anything but accents stays whole.
fn without_accents(c: char) -> char {
    if c < '\u{C0}' {
        return c;
    }
    let mut base = None;
    let mut accents = true;
    decompose_canonical(c, |part| match base {
        None => base = Some(part),
        Some(_) => accents &= is_accent(part),
    });
    base.filter(|_| accents).unwrap_or(c)
}

/// One shape for quotation marks, apostrophes and dots that look alike.
fn shape(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '〝' | '〞' => '"',
        '‘' | '’' | 'ʼ' => '\'',
        'ㆍ' | '・' | '‧' | '⋅' | '∙' | 'ᆞ' => '·',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        c => c,
    }
}

fn class(c: char) -> Class {
    match c {
        '가'..='힣' => Class::Syllable,
        '·' => Class::Dot,
        '0'..='9' => Class::Digit,
        '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}' | '\u{D7B0}'..='\u{D7FB}' => {
            Class::Jamo
        }
        '\u{3005}'
        | '\u{3007}'
        | '\u{3041}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Class::Han,
        '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        c if c.is_whitespace() => Class::Space,
        c if c.is_alphanumeric() => Class::Letter,
        _ => Class::Break,
    }
}
