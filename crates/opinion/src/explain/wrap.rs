//! Texts of anybody on one line, and lines of a picture: how wide letters are, and where a line may end.
//!
//! Korean and Latin lines end between words; Chinese and Japanese ones between any two letters, but no line begins with a
//! closing mark or ends with an opening one. A word that is longer than a line is cut.

/// A text on one line: line breaks become spaces, control characters and those that turn the direction of writing are
/// left out, and of marks that are set over a letter at most two are kept. Longer than `most` characters, it is cut.
#[must_use]
pub fn clean(text: &str, most: usize) -> String {
    let (mut out, mut marks, mut space) = (String::new(), 0, true);
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') {
            if !space {
                out.push(' ');
            }
            space = true;
            continue;
        }
        let hidden = c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
                | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
                | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}');
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if hidden || marks > 2 {
            continue;
        }
        out.push(c);
        space = false;
    }
    let out = out.trim_end();
    if out.chars().count() <= most {
        return out.to_owned();
    }
    let cut: String = out.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// Marks that are set over, under or through the letter before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Letters of Chinese and Japanese, after which a line may end.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{abff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}

fn is_wide(c: char) -> bool {
    is_ideograph(c)
        || matches!(c, '\u{1100}'..='\u{115f}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}' | '\u{1f000}'..='\u{1faff}')
}

/// Columns on a terminal.
pub(super) fn columns(c: char) -> usize {
    if is_mark(c) { 0 } else { 1 + usize::from(is_wide(c)) }
}

/// Width of a text in sizes of its letters, rather too wide than too narrow.
pub(super) fn ems(text: &str) -> f64 {
    text.chars().map(em).sum()
}

fn em(c: char) -> f64 {
    match c {
        c if is_mark(c) || c == '\u{200d}' => 0.0,
        c if is_wide(c) => 1.0,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'l' | 'j' | 'I' | '!' | '(' | ')' | '[' | ']' => 0.34,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' | '&' => 0.72,
        '\u{2014}' | '\u{2026}' => 1.0,
        _ => 0.6,
    }
}

/// Marks that no line begins with.
const CLOSING: &str = "、。，．：；！？）］｝〉》」』】〕…‥・ー％,.!?:;)]}%\u{201d}\u{2019}";
/// Marks that no line ends with.
const OPENING: &str = "（［｛〈《「『【〔([{\u{201c}\u{2018}";

/// The text in lines of at most `width` (in sizes of its letters) and at most `most` of them; the last one is cut with `…`.
pub(super) fn lines(text: &str, width: f64, most: usize) -> Vec<String> {
    let width = width.max(2.0);
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for piece in pieces(text) {
        let room = ems(piece.trim_end());
        if used + room > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        for c in piece.chars() {
            if used + em(c) > width && !c.is_whitespace() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
            used += em(c);
        }
    }
    lines.push(line);
    let mut lines: Vec<String> =
        lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while ems(last) + 1.0 > width && last.pop().is_some() {}
            let kept = last.trim_end().len();
            last.truncate(kept);
            last.push('…');
        }
    }
    lines
}

/// Pieces between which a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut before) = (0, None::<char>);
    for (at, c) in text.char_indices() {
        let ends = before.is_some_and(|before| {
            let between = before == ' ' || is_ideograph(before) || is_ideograph(c);
            between && c != ' ' && !CLOSING.contains(c) && !OPENING.contains(before) && !is_mark(c)
        });
        if ends {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}
