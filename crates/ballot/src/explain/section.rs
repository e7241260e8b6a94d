//! What an explanation is made of: headings, sentences, tables.

use std::fmt::Write as _;

use serde::Serialize;

/// A piece of an explanation. `id` is the project or candidate it is about, empty for the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    pub id: String,
    pub heading: String,
    pub sentences: Vec<String>,
    pub tables: Vec<Table>,
}

/// Figures under a caption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

/// A column; numbers stand at the right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    pub heading: String,
    pub number: bool,
}

impl Column {
    pub(super) fn text(heading: String) -> Self {
        Self { heading, number: false }
    }

    pub(super) fn number(heading: String) -> Self {
        Self { heading, number: true }
    }
}

impl Section {
    /// The section for a terminal: a sentence a line, tables with columns under each other.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.heading);
        for sentence in &self.sentences {
            let _ = writeln!(out, "  {sentence}");
        }
        for table in self.tables.iter().filter(|table| !table.rows.is_empty()) {
            let _ = write!(out, "\n  {}\n{}", table.caption, table.text());
        }
        out
    }
}

impl Table {
    /// Rows of aligned cells, each line indented by four.
    #[must_use]
    pub fn text(&self) -> String {
        let head: Vec<String> = self.columns.iter().map(|column| column.heading.clone()).collect();
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|at| {
                let cells = self.rows.iter().chain([&head]);
                cells.filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0)
            })
            .collect();
        let mut out = String::new();
        for row in [&head].into_iter().chain(&self.rows) {
            let mut line = String::from("   ");
            for ((cell, column), most) in row.iter().zip(&self.columns).zip(&widths) {
                let space = " ".repeat(most.saturating_sub(width(cell)));
                let (before, after) = if column.number { (space.as_str(), "") } else { ("", space.as_str()) };
                let _ = write!(line, " {before}{cell}{after} ");
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
