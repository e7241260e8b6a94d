//! The characters that are left out, and the two shapes of a clean text: one line, several lines.

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, UnicodeEmoji as _, UnicodeGeneralCategory as _};

const JOINER: char = '\u{200D}';
const BLACK_FLAG: char = '\u{1F3F4}';

/// One line: every run of white space (line breaks too) is one blank, none at either end; deceptive characters are
/// gone; NFC. May be empty.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in kept(text) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.nfc().collect()
}

/// Several lines: every kind of line break is `\n`, blanks at the end of a line and empty lines at either end of the
/// text are gone, at most two empty lines follow each other; a blank other than a tab is an ordinary space; deceptive
/// characters are gone; NFC. Does not end in `\n`. May be empty.
#[must_use]
pub fn block(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut breaks = 0_usize;
    let mut blanks = String::new();
    let mut before = '\0';
    for c in kept(text) {
        match c {
            '\n' if before == '\r' => {}
            '\r' | '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                breaks += 1;
                blanks.clear();
            }
            '\t' => blanks.push('\t'),
            c if c.is_whitespace() => blanks.push(' '),
            c => {
                if !out.is_empty() {
                    (0..breaks.min(3)).for_each(|_| out.push('\n'));
                }
                breaks = 0;
                out.push_str(&blanks);
                blanks.clear();
                out.push(c);
            }
        }
        before = c;
    }
    out.nfc().collect()
}

/// The first character that [`line`] and [`block`] leave out; `None` when there is none. White space, line breaks and
/// tabs are not deceptive.
#[must_use]
pub fn deceptive(text: &str) -> Option<char> {
    let mut before = Before::default();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if !before.allows(c, rest.peek().copied()) {
            return Some(c);
        }
        before.push(c);
    }
    None
}

/// The characters that stay.
fn kept(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = Before::default();
    let mut rest = text.chars().peekable();
    std::iter::from_fn(move || {
        loop {
            let c = rest.next()?;
            if before.allows(c, rest.peek().copied()) {
                before.push(c);
                return Some(c);
            }
        }
    })
}

/// What stands before a character, as far as it decides whether the character may stay.
#[derive(Default)]
struct Before {
    /// The last character that stayed.
    last: Option<char>,
    /// It ends an emoji: the emoji itself, its shade of skin or its variation selector.
    emoji: bool,
    /// It is the black flag or one of the tags after it.
    flag: bool,
}

impl Before {
    fn push(&mut self, c: char) {
        self.emoji = is_emoji(c) || (self.emoji && is_selector(c));
        self.flag = c == BLACK_FLAG || (self.flag && is_tag(c));
        self.last = Some(c);
    }

    fn allows(&self, c: char, next: Option<char>) -> bool {
        if c.is_ascii() {
            return !c.is_ascii_control() || c.is_whitespace();
        }
        if c == JOINER {
            return self.emoji && next.is_some_and(is_emoji);
        }
        if is_tag(c) {
            return self.flag;
        }
        if is_selector(c) {
            return self.last.is_some_and(|last| !last.is_whitespace() && !is_selector(last));
        }
        c.is_whitespace() || !is_invisible(c)
    }
}

fn is_emoji(c: char) -> bool {
    !c.is_ascii() && c.is_emoji_char()
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0020}'..='\u{E007F}')
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_invisible(c: char) -> bool {
    match c {
        // Combining grapheme joiner; the Hangul fillers; Khmer inherent vowels; Mongolian selectors; Braille blank.
        '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2800}' => true,
        '\u{3164}' | '\u{FFA0}' => true,
        // Formatting characters that are seen: signs which span the digits that follow.
        '\u{600}'..='\u{605}'
        | '\u{6DD}'
        | '\u{70F}'
        | '\u{890}'
        | '\u{891}'
        | '\u{8E2}'
        | '\u{110BD}'
        | '\u{110CD}' => false,
        c => matches!(
            c.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::Unassigned
                | GeneralCategory::PrivateUse
                | GeneralCategory::Surrogate
        ),
    }
}
