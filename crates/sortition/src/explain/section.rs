//! What an explanation is made of: headings, sentences, tables.

use std::fmt::Write as _;

use serde::Serialize;

/// A piece of an explanation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    pub heading: String,
    pub sentences: Vec<String>,
    pub table: Option<Table>,
}

/// Figures under each other; the first columns are words, the last `numbers` stand at the right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub numbers: usize,
}

impl Section {
    /// The section for a terminal or a text file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.heading);
        for sentence in &self.sentences {
            let _ = writeln!(out, "  {sentence}");
        }
        if let Some(table) = &self.table {
            out.push_str(&table.text());
        }
        out
    }
}

impl Table {
    /// Rows of aligned cells, each line indented by two.
    #[must_use]
    pub fn text(&self) -> String {
        let columns = self.head.len();
        let cells = |at: usize| self.rows.iter().chain([&self.head]).filter_map(move |row| row.get(at));
        let widths: Vec<usize> = (0..columns).map(|at| cells(at).map(|cell| width(cell)).max().unwrap_or(0)).collect();
        let mut out = String::new();
        for row in [&self.head].into_iter().chain(&self.rows) {
            let mut line = String::from("  ");
            for (at, (cell, most)) in row.iter().zip(&widths).enumerate() {
                let space = " ".repeat(most.saturating_sub(width(cell)));
                if at + self.numbers >= columns {
                    let _ = write!(line, "{space}{cell}   ");
                } else {
                    let _ = write!(line, "{cell}{space}   ");
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Columns that a text takes on a terminal: Korean, Chinese and Japanese letters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// Whether a letter is as wide as it is high.
pub(super) fn wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60
        | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}
