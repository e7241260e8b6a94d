//! A text as symbols: what a reader takes each character for, with its place in the text.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::compose;

/// How a digit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Digit,
    /// A letter that looks like one: O, l.
    Letter,
    /// The name of a digit, in Hangul or Chinese.
    Name,
}

/// What stands between digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    Space,
    Dash,
    Dot,
    Other,
    Mixed,
}

/// One character as a reader takes it; `start..end` are its bytes in the text that was given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sym {
    pub ch: char,
    pub start: usize,
    pub end: usize,
}

/// The symbols of a text. Characters without a shape of their own are left out.
pub(super) fn fold(text: &str) -> Vec<Sym> {
    let mut syms = Vec::with_capacity(text.len() / 2);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if is_absent(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut ch = plain(c);
        // Hangul that came apart into letters (NFD, as some file systems store names).
        if matches!(c, '\u{1100}'..='\u{1112}') {
            while let Some((at, joined)) =
                chars.peek().and_then(|(at, next)| Some((*at + next.len_utf8(), compose(ch, *next)?)))
            {
                ch = joined;
                end = at;
                chars.next();
            }
        }
        syms.push(Sym { ch, start, end });
    }
    syms
}

fn is_absent(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{3164}' | '\u{FFA0}'
            | '\u{115F}' | '\u{1160}' | '\u{300}'..='\u{34E}' | '\u{350}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}'
    )
}

fn plain(c: char) -> char {
    match c {
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\0'..='\u{7F}' | '가'..='힣' => c,
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}'
        | 'ー'
        | 'ㅡ'
        | '─'
        | '━'
        | '\u{207B}' => '-',
        '·' | '・' | '･' | 'ㆍ' | '•' | '∙' | '⋅' | '‧' | '。' | '｡' | '．' | '․' => '.',
        'О' | 'Ο' | 'о' | 'ο' => 'O',
        '①'..='⑨' => shifted(c, '①', '1'),
        '❶'..='❾' => shifted(c, '❶', '1'),
        '➀'..='➈' => shifted(c, '➀', '1'),
        '⓪' | '⓿' => '0',
        // Raised and lowered digits are notes to a number, not parts of it.
        '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{208E}' => c,
        c if c.is_whitespace() => ' ',
        c => {
            let mut parts = std::iter::once(c).nfkc();
            match (parts.next(), parts.next()) {
                (Some(one), None) if one.is_ascii() => one,
                _ => c,
            }
        }
    }
}

/// `c` in a row that begins with `from`, moved to the row that begins with `to`.
fn shifted(c: char, from: char, to: char) -> char {
    char::from_u32(u32::from(c) - u32::from(from) + u32::from(to)).unwrap_or(c)
}

impl Sym {
    /// The digit that this can be read as.
    pub(super) fn digit(&self) -> Option<(u8, Style)> {
        let digit = match self.ch {
            c @ '0'..='9' => return c.to_digit(10).and_then(|d| u8::try_from(d).ok()).map(|d| (d, Style::Digit)),
            'O' | 'o' | 'ㅇ' => return Some((0, Style::Letter)),
            'l' | 'I' | '|' | 'ㅣ' => return Some((1, Style::Letter)),
            '공' | '영' | '령' | '빵' | '零' | '〇' => 0,
            '일' | '一' => 1,
            '이' | '二' => 2,
            '삼' | '三' => 3,
            '사' | '四' => 4,
            '오' | '五' => 5,
            '육' | '륙' | '六' => 6,
            '칠' | '七' => 7,
            '팔' | '八' => 8,
            '구' | '九' => 9,
            _ => return None,
        };
        Some((digit, Style::Name))
    }

    pub(super) fn gap(&self) -> Option<Gap> {
        match self.ch {
            ' ' => Some(Gap::Space),
            '-' => Some(Gap::Dash),
            '.' => Some(Gap::Dot),
            '/' | '_' | '(' | ')' | ']' | '[' => Some(Gap::Other),
            _ => None,
        }
    }

    pub(super) fn is_mask(&self) -> bool {
        matches!(self.ch, '*' | '●' | '○' | '◯' | '◉' | '#' | 'X' | 'x' | '×' | '■' | '□' | '∗' | '＊' | '✱' | '⁎')
    }

    pub(super) fn is_hangul(&self) -> bool {
        matches!(self.ch, '가'..='힣')
    }
}

/// Whether one of `words` stands within `before` symbols in front of `first` or `after` symbols behind `last`. Blanks do not
/// count, nor does case: `words` are lower-case and without blanks.
pub(super) fn near(syms: &[Sym], first: usize, last: usize, (before, after): (usize, usize), words: &[&str]) -> bool {
    let window = |part: &[Sym]| -> String {
        // Among nothing but numbers there is no word; most places in a table are settled here.
        if !part.iter().any(|s| s.ch.is_alphabetic()) {
            return String::new();
        }
        part.iter().map(|s| s.ch).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let ahead = window(&syms[first.saturating_sub(before)..first]);
    let behind = window(&syms[(last + 1).min(syms.len())..(last + 1 + after).min(syms.len())]);
    words.iter().any(|word| ahead.contains(word) || behind.contains(word))
}
