//! A table from bytes: encoding, separator, header, cells in their canonical form.

use std::borrow::Cow;

use madang_base::Error;
use unicode_normalization::UnicodeNormalization as _;

use super::{Problem, folded};
use crate::ceremony::words;

/// Rows of cells under a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
    /// What the text was written in.
    pub encoding: Encoding,
}

/// One line of a table; missing cells at its end are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where the row begins, from 1.
    pub line: u64,
    pub cells: Vec<String>,
}

/// What a file was written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    #[default]
    Utf8,
    Utf16,
    /// CP949 (EUC-KR and more): what Korean spreadsheets write unless told otherwise.
    Cp949,
}

/// The text of a file: UTF-8 with or without a mark, UTF-16 with one, else CP949.
///
/// # Errors
/// `sortition.encoding`.
pub fn text(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Error> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let name = if encoding == encoding_rs::UTF_8 { Encoding::Utf8 } else { Encoding::Utf16 };
        return if broken { Err(Error::invalid("sortition.encoding")) } else { Ok((text, name)) };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), Encoding::Utf8));
    }
    let (text, broken) = encoding_rs::EUC_KR.decode_without_bom_handling(bytes);
    if broken { Err(Error::invalid("sortition.encoding")) } else { Ok((text, Encoding::Cp949)) }
}

/// The separator: of comma, semicolon and tab the one that the first line has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let (mut quoted, mut counts) = (false, [(b',', 0_u32), (b';', 0), (b'\t', 0)]);
    for byte in first.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        }
        for (mark, count) in &mut counts {
            *count += u32::from(!quoted && byte == *mark);
        }
    }
    let mut best = counts[0];
    for candidate in &counts[1..] {
        if candidate.1 > best.1 {
            best = *candidate;
        }
    }
    best.0
}

impl Table {
    /// Reads a table. Every cell is in the form of [`words::line`]; rows without any text are left out.
    ///
    /// # Errors
    /// `sortition.encoding`, `sortition.table-empty` (no header), `sortition.table-quotes` (broken CSV).
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let (text, encoding) = text(bytes).map_err(Problem::of_file)?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator(&text))
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let (mut table, mut record) = (Self { encoding, ..Self::default() }, csv::StringRecord::new());
        let mut line = 1;
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => {
                    return Err(Problem { line, column: 0, error: Error::invalid("sortition.table-quotes") });
                }
            }
            // The reader counts from where it began to look, which may be at empty lines before the record.
            line = record.position().map_or(line, |position| {
                let from = usize::try_from(position.byte()).unwrap_or(0);
                let skipped = text.get(from..).unwrap_or("").bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
                position.line() + skipped.filter(|byte| *byte == b'\n').fold(0, |sum, _| sum + 1)
            });
            let cells: Vec<String> = record.iter().map(words::line).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if table.header.is_empty() {
                table.header = cells;
            } else {
                table.rows.push(Row { line, cells });
            }
        }
        if table.header.is_empty() {
            return Err(Problem::of_file(Error::invalid("sortition.table-empty")));
        }
        Ok(table)
    }

    /// Where the first column of one of these names stands, from 0, without regard to case.
    ///
    /// # Errors
    /// `sortition.column-twice`.
    pub fn column(&self, names: &[&str]) -> Result<Option<usize>, Problem> {
        for name in names {
            let name = folded(&words::line(name));
            let mut found = self.header.iter().enumerate().filter(|(_, cell)| folded(cell) == name);
            let Some((at, cell)) = found.next() else { continue };
            if let Some((twice, _)) = found.next() {
                let error = Error::invalid("sortition.column-twice").arg("column", cell);
                return Err(Problem { line: 1, column: place(twice), error });
            }
            return Ok(Some(at));
        }
        Ok(None)
    }

    /// The same for a column that must be there.
    ///
    /// # Errors
    /// `sortition.column-twice`, `sortition.column-missing`.
    pub fn need(&self, names: &[&str]) -> Result<usize, Problem> {
        self.column(names)?.ok_or_else(|| {
            let error = Error::invalid("sortition.column-missing")
                .arg("column", names.join("/"))
                .arg("found", self.header.join(", "));
            Problem { line: 1, column: 0, error }
        })
    }
}

impl Row {
    /// The cell of a column; empty when the line is too short.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// A problem in a cell of this line.
    #[must_use]
    pub fn problem(&self, column: usize, error: Error) -> Problem {
        Problem { line: self.line, column: place(column), error }
    }

    /// A whole number of seats.
    ///
    /// # Errors
    /// `sortition.number-missing`, `sortition.number`.
    pub fn number(&self, column: usize, name: &str) -> Result<u32, Problem> {
        let text: String = self.cell(column).nfkc().filter(|c| *c != ',' && *c != ' ').collect();
        if text.is_empty() {
            return Err(self.problem(column, Error::invalid("sortition.number-missing").arg("column", name)));
        }
        text.strip_suffix(".0").unwrap_or(&text).parse().map_err(|_| {
            let error = Error::invalid("sortition.number").arg("column", name).arg("value", self.cell(column));
            self.problem(column, error)
        })
    }
}

/// A column as people count.
fn place(column: usize) -> u64 {
    u64::try_from(column + 1).unwrap_or(u64::MAX)
}

/// An address in the form in which two of them are compared: Unicode NFKC (full-width to plain), lower case, white space
/// at the ends removed, every other run of white space one space. Nothing cleverer: `1-2` and `1번지 2호` stay two homes.
/// None when there is nothing left.
#[must_use]
pub fn household(cells: &[&str]) -> Option<String> {
    let mut parts: Vec<String> = Vec::with_capacity(cells.len());
    for cell in cells {
        let plain: String = words::line(cell).nfkc().collect();
        parts.push(words::line(&plain.to_lowercase()));
    }
    // A line feed cannot stand in a part, so no two lists of parts become the same text.
    if parts.iter().all(String::is_empty) { None } else { Some(parts.join("\n")) }
}
