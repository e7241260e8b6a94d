//! Files of lines, in blocks of whole lines: the reading, shared by what hashes and what recounts.

use std::io::Read;

use madang_base::{Error, Result};

/// Bytes of a block, about.
const BLOCK: usize = 1 << 20;
/// The longest line; an entry of the log has at most 65,535 bytes, a claim may be longer.
pub(super) const MAX_LINE: usize = 16 << 20;

/// Whole lines of a file.
#[derive(Debug)]
pub(super) struct Block {
    data: Vec<u8>,
    /// Where each line ends, its newline not counted.
    ends: Vec<usize>,
    /// The number of the first line in its file, from 1.
    pub line: u64,
    /// The last line has no newline: the file was cut off.
    pub cut: bool,
}

impl Block {
    /// How many lines it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The lines, without their newlines.
    pub fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let mut begin = 0;
        self.ends.iter().map(move |end| {
            let line = &self.data[begin..*end];
            begin = end + 1;
            line
        })
    }
}

/// Reads blocks.
pub(super) struct Blocks {
    file: Box<dyn Read + Send>,
    name: String,
    rest: Vec<u8>,
    line: u64,
    done: bool,
}

impl Blocks {
    pub fn new(file: Box<dyn Read + Send>, name: &str) -> Self {
        Self { file, name: name.to_owned(), rest: Vec::new(), line: 1, done: false }
    }

    /// The next block; none at the end.
    ///
    /// # Errors
    /// `export.unreadable` with file and line.
    pub fn next(&mut self) -> Result<Option<Block>> {
        if self.done {
            return Ok(None);
        }
        let mut data = std::mem::take(&mut self.rest);
        let mut scanned = 0;
        let mut ends = Vec::new();
        loop {
            let before = data.len();
            data.reserve_exact(BLOCK.saturating_sub(before).max(BLOCK / 4));
            let read = self.fill(&mut data)?;
            self.done = read == 0;
            ends.extend(
                data[scanned..].iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| scanned + at),
            );
            scanned = data.len();
            if !ends.is_empty() || self.done {
                break;
            }
            if data.len() > MAX_LINE {
                return Err(self.unreadable("a line without an end"));
            }
        }
        let whole = ends.last().map_or(0, |end| end + 1);
        let mut cut = false;
        if self.done {
            if whole < data.len() {
                ends.push(data.len());
                cut = true;
            }
        } else {
            self.rest.reserve_exact(BLOCK + BLOCK / 4);
            self.rest.extend_from_slice(&data[whole..]);
            data.truncate(whole);
        }
        if ends.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        self.line += ends.len() as u64;
        Ok(Some(Block { data, ends, line, cut }))
    }

    /// Reads until the block is full or the file ends; says how many bytes came.
    fn fill(&mut self, data: &mut Vec<u8>) -> Result<usize> {
        let begin = data.len();
        let wanted = BLOCK.saturating_sub(begin).max(BLOCK / 4);
        let file = &mut self.file;
        match file.take(wanted as u64).read_to_end(data) {
            Ok(read) => Ok(read),
            Err(error) => Err(self.unreadable(&error)),
        }
    }

    fn unreadable(&self, why: impl std::fmt::Display) -> Error {
        Error::invalid("export.unreadable").arg("file", &self.name).arg("line", self.line).arg("why", why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &[u8]) -> (Vec<Vec<u8>>, bool) {
        let mut blocks = Blocks::new(Box::new(std::io::Cursor::new(text.to_vec())), "x");
        let (mut lines, mut cut) = (Vec::new(), false);
        while let Some(block) = blocks.next().unwrap() {
            assert_eq!(block.line, lines.len() as u64 + 1);
            lines.extend(block.lines().map(<[u8]>::to_vec));
            cut |= block.cut;
        }
        (lines, cut)
    }

    #[test]
    fn lines_come_whole_however_long_the_file() {
        assert_eq!(split(b""), (vec![], false));
        assert_eq!(split(b"a\n\nbc\n"), (vec![b"a".to_vec(), vec![], b"bc".to_vec()], false));
        assert_eq!(split(b"a\nbc"), (vec![b"a".to_vec(), b"bc".to_vec()], true));
        let lines: Vec<Vec<u8>> = (0..30_000_u32).map(|n| vec![b'x'; (n % 300) as usize]).collect();
        let text = lines.iter().flat_map(|line| [line.as_slice(), b"\n"].concat()).collect::<Vec<u8>>();
        assert!(text.len() > 3 * BLOCK);
        assert_eq!(split(&text), (lines, false));
    }

    #[test]
    fn a_line_that_does_not_end_is_refused() {
        let mut blocks = Blocks::new(Box::new(std::io::repeat(b'x')), "leaves/2026-11.ndjson");
        let error = blocks.next().unwrap_err();
        assert_eq!((error.code(), error.args()["line"].as_str()), ("export.unreadable", "1"));
    }
}
