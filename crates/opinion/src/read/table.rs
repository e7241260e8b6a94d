//! A table of separated values, row by row: the first line names the columns, whatever their order.
//!
//! Taken as it comes: a byte order mark, CRLF, quotes, `;` or tabs instead of commas, columns nobody asks for, empty
//! lines, empty fields at the end of a row. Refused: other encodings than UTF-8, rows shorter or longer than the first.

use std::io::{Chain, Cursor, Read};

use csv::{ByteRecord, ReaderBuilder};
use madang_base::Error;

use super::problem::Problems;

const PEEK: usize = 1 << 16;
const LONGEST_ID: usize = 100;

pub(super) struct Table<R: Read> {
    reader: csv::Reader<Chain<Cursor<Vec<u8>>, R>>,
    columns: Vec<String>,
    record: ByteRecord,
    pub(super) problems: Problems,
}

/// One row and where it stands.
pub(super) struct Row<'a> {
    record: &'a ByteRecord,
    pub(super) line: u64,
}

impl<'a> Row<'a> {
    /// The field, without spaces around it; a field that is not there is empty.
    pub(super) fn field(&self, column: usize) -> &'a [u8] {
        self.record.get(column).unwrap_or_default().trim_ascii()
    }
}

impl<R: Read> Table<R> {
    /// Reads the first line.
    pub(super) fn open(mut input: R) -> Result<Self, Problems> {
        let mut start = Vec::new();
        let unreadable = |error: std::io::Error| Problems::one(Error::invalid("opinion.unreadable").source(error));
        input.by_ref().take(PEEK as u64).read_to_end(&mut start).map_err(unreadable)?;
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            return Err(Problems::one(Error::invalid("opinion.not-utf-8")));
        }
        let body = start.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&start);
        let first = body.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.trim_ascii().is_empty());
        let Some(first) = first else { return Err(Problems::one(Error::invalid("opinion.file-empty"))) };
        let count = |byte: u8| first.iter().filter(|b| **b == byte).count();
        let delimiter =
            [b',', b';', b'\t'].into_iter().max_by_key(|byte| (count(*byte), *byte == b',')).unwrap_or(b',');
        let body = body.to_vec();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(PEEK)
            .from_reader(Cursor::new(body).chain(input));
        let mut record = ByteRecord::new();
        let read = reader.read_byte_record(&mut record);
        read.map_err(|error| Problems::one(Error::invalid("opinion.unreadable").source(error)))?;
        let columns = record.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        Ok(Self { reader, columns, record, problems: Problems::default() })
    }

    /// The names of the columns as the file writes them.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Where the column with one of these names is. Capitals, spaces and underscores make no difference.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.columns.iter().position(|column| plain(column) == *name))
    }

    /// The same, and a problem when there is none.
    pub(super) fn needed(&mut self, names: &[&str]) -> Option<usize> {
        let found = self.column(names);
        if found.is_none() {
            let there: String = self.columns.join(", ").chars().take(200).filter(|c| !c.is_control()).collect();
            let error = Error::invalid("opinion.column-missing").arg("column", names[0]).arg("found", there);
            self.problems.push(1, None, error);
        }
        found
    }

    /// Gives each row to `each`. Rows of another length than the first line are problems and are not given.
    pub(super) fn rows(&mut self, mut each: impl FnMut(&Row<'_>, &mut Problems)) {
        let width = self.columns.len();
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    let line = self.reader.position().line();
                    self.problems.push(line, None, Error::invalid("opinion.unreadable").source(error));
                    return;
                }
            }
            let record = &self.record;
            let line = record.position().map_or(0, csv::Position::line);
            let blank = |field: &[u8]| field.trim_ascii().is_empty();
            if record.get(0).is_none_or(blank) && record.iter().all(blank) {
                continue;
            }
            if record.len() >= width && record.iter().skip(width).all(blank) {
                each(&Row { record, line }, &mut self.problems);
                continue;
            }
            let error = Error::invalid("opinion.row-length").arg("found", record.len()).arg("wanted", width);
            self.problems.push(line, None, error);
        }
    }
}

/// A column's name, compared without capitals, spaces and underscores.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

/// A field as it is shown in a message: one line, not long.
pub(super) fn shown(field: &[u8]) -> String {
    let text = String::from_utf8_lossy(field);
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}

/// The name of a person, a statement or a group: a number or a short text on one line.
pub(super) fn id(field: &[u8]) -> Result<&str, Error> {
    if field.is_empty() {
        return Err(Error::invalid("opinion.id-empty"));
    }
    match std::str::from_utf8(field) {
        Ok(text) if text.len() <= LONGEST_ID && !text.chars().any(char::is_control) => Ok(text),
        Ok(_) => Err(Error::invalid("opinion.id-odd").arg("value", shown(field))),
        Err(_) => Err(Error::invalid("opinion.not-utf-8")),
    }
}
