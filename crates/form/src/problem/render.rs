//! Problems as text for a terminal: place, source line, marker, help.

use std::fmt::Write;

use super::{Problem, Problems};

/// Most characters of a source line that are shown.
const SHOWN: usize = 120;
/// Characters before the fault that stay when a long line is cut.
const BEFORE: usize = 40;

impl Problems {
    /// Every problem as `file:line:column: what`, the source line, a marker under it, and what to write instead.
    ///
    /// `words` gives the two texts of a problem in the reader's language.
    #[must_use]
    pub fn render(&self, words: &dyn Fn(&Problem) -> (String, String)) -> String {
        let mut text = String::new();
        for problem in &self.list {
            let (what, instead) = words(problem);
            let (line, marker) = excerpt(problem);
            let number = problem.line.to_string();
            let margin = " ".repeat(number.len());
            // Writing into a String cannot fail.
            let _ = writeln!(text, "{}:{number}:{}: {what}", self.name, problem.column);
            let _ = writeln!(text, " {number} | {line}");
            let _ = writeln!(text, " {margin} | {marker}");
            let _ = writeln!(text, " {margin} = {instead}");
            text.push('\n');
        }
        text
    }
}

/// The source line as shown, and the marker that fits below it.
fn excerpt(problem: &Problem) -> (String, String) {
    let chars: Vec<char> = problem.source.chars().collect();
    let at = (problem.column - 1).min(chars.len());
    let start = if chars.len() > SHOWN { at.saturating_sub(BEFORE) } else { 0 };
    let end = chars.len().min(start + SHOWN);
    let mut line = String::new();
    let mut marker = String::new();
    if start > 0 {
        line.push('…');
        marker.push(' ');
    }
    for (index, c) in chars.iter().enumerate().take(end).skip(start) {
        let meant = index >= at && index < at + problem.length;
        if *c == '\t' {
            line.push_str("    ");
        } else {
            line.push(*c);
        }
        let mark = if meant { '^' } else { ' ' };
        marker.extend(std::iter::repeat_n(mark, width(*c)));
    }
    if end < chars.len() {
        line.push('…');
    }
    if !marker.contains('^') {
        marker.push('^');
    }
    marker.truncate(marker.trim_end().len());
    (line, marker)
}

/// How many columns a terminal gives a character: two for Hangul, Han and full-width forms, none for combining marks.
fn width(c: char) -> usize {
    match u32::from(c) {
        0x09 => 4,
        0x0300..=0x036F | 0x1160..=0x11FF | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F900..=0x1F9FF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}
