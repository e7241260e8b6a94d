//! A file of lines that grows: it goes on after its last whole line, whatever a cut has left behind it.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::disk::{folder_of, sync_folder, unreadable, unwritable};
use crate::exit::Outcome;

/// Lines that are there, and the place for more.
#[derive(Debug)]
pub(super) struct Growing {
    path: PathBuf,
    file: BufWriter<File>,
    /// Whole lines.
    pub lines: u64,
    /// Bytes of a line that has no end yet.
    open: u64,
}

impl Growing {
    /// Opens or makes the file and cuts off what follows its last newline.
    pub fn open(path: &Path) -> Outcome<Self> {
        folder_of(path)?;
        let bad = |error| unwritable(path, error);
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = options.map_err(bad)?;
        let (lines, whole) = count(&mut file).map_err(|error| unreadable(path, error))?;
        file.set_len(whole).map_err(bad)?;
        file.seek(SeekFrom::End(0)).map_err(bad)?;
        Ok(Self { path: path.to_owned(), file: BufWriter::with_capacity(1 << 20, file), lines, open: 0 })
    }

    /// Appends what came.
    pub fn put(&mut self, bytes: &[u8]) -> Outcome {
        self.file.write_all(bytes).map_err(|error| unwritable(&self.path, error))?;
        self.lines += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.open = match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(at) => (bytes.len() - at - 1) as u64,
            None => self.open + bytes.len() as u64,
        };
        Ok(())
    }

    /// Whether what came last was a whole line.
    pub fn is_whole(&self) -> bool {
        self.open == 0
    }

    /// Writes everything to the disk.
    pub fn finish(mut self) -> Outcome {
        let done = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        done.map_err(|error| unwritable(&self.path, error))?;
        sync_folder(&self.path)
    }
}

/// Whole lines, and where the last one ends.
fn count(file: &mut File) -> io::Result<(u64, u64)> {
    let mut buffer = vec![0; 1 << 20];
    let (mut lines, mut whole, mut read) = (0, 0, 0);
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok((lines, whole));
        }
        lines += buffer[..n].iter().filter(|byte| **byte == b'\n').count() as u64;
        if let Some(at) = buffer[..n].iter().rposition(|byte| *byte == b'\n') {
            whole = read + at as u64 + 1;
        }
        read += n as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_after_the_last_whole_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("leaves/2026-11.ndjson");
        let whole: Vec<u8> = (0..1000).flat_map(|n| format!("line {n}\n").into_bytes()).collect();
        for cut in [0, 1, 6, 7, 8, 100, 4_321, whole.len() - 1, whole.len()] {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &whole[..cut]).unwrap();
            let mut growing = Growing::open(&path).unwrap();
            let have = growing.lines;
            assert_eq!(have, whole[..cut].iter().filter(|byte| **byte == b'\n').count() as u64);
            let rest: Vec<u8> = (have..1000).flat_map(|n| format!("line {n}\n").into_bytes()).collect();
            for piece in rest.chunks(37) {
                growing.put(piece).unwrap();
            }
            assert!(growing.is_whole());
            assert_eq!(growing.lines, 1000);
            growing.finish().unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), whole);
        }
    }
}
