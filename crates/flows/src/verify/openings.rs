//! What opens the commitments to public files: `openings/2026-11.ndjson`, in the order of the leaves.

use std::collections::VecDeque;
use std::sync::Arc;

use madang_base::Result;
use madang_kernel::digest;
use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::lines::Blocks;
use super::report::Found;
use crate::export::manifest::{Manifest, Part, openings_file};

/// That a leaf commits to a file that everybody may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The leaf's index.
    pub leaf: u64,
    /// The field of the leaf: `files`.
    pub field: String,
    /// 32 hexadecimal digits.
    pub salt: String,
    /// Of the file, 64 hexadecimal digits.
    pub sha256: String,
    pub name: String,
}

impl Opening {
    /// What stands in the leaf: `sha256:` and the digest of the salt and the file's SHA-256 in hexadecimal digits.
    #[must_use]
    pub fn commitment(&self) -> Option<String> {
        let salt = digest::unhex(&self.salt)?;
        Some(format!("sha256:{}", digest::sha256(&[&salt, self.sha256.as_bytes()].concat())))
    }

    /// Whether this leaf commits to the file.
    #[must_use]
    pub fn opens(&self, leaf: &str) -> bool {
        self.commitment().is_some_and(|commitment| leaf.contains(&format!("\"{commitment}\"")))
    }
}

/// A file of nonsense must not fill the memory.
fn tell(found: &mut Vec<Found>, wrong: Found) {
    if found.len() < super::engine::MOST {
        found.push(wrong);
    }
}

/// Reads openings beside the leaves.
pub(super) struct Openings {
    folder: Arc<dyn Folder>,
    parts: VecDeque<Part>,
    file: String,
    blocks: Option<Blocks>,
    /// Openings that were read and whose leaves are still to come, with their lines.
    waiting: VecDeque<(u64, Opening)>,
    last: u64,
    expected: Option<u64>,
    read: u64,
}

impl Openings {
    pub fn new(folder: Arc<dyn Folder>, manifest: &Manifest) -> Self {
        Self {
            folder,
            parts: manifest.openings.iter().cloned().collect(),
            file: String::new(),
            blocks: None,
            waiting: VecDeque::new(),
            last: 0,
            expected: None,
            read: 0,
        }
    }

    /// One leaf, in order.
    pub fn leaf(&mut self, index: u64, json: &str, found: &mut Vec<Found>) -> Result<()> {
        if self.waiting.front().is_some_and(|(_, opening)| opening.leaf > index) {
            return Ok(());
        }
        while let Some((line, opening)) = self.front(found)? {
            if opening.leaf > index {
                return Ok(());
            }
            if opening.leaf < index || !opening.opens(json) {
                let wrong = Found::of("export", "opening", "what opens a file of the leaf", &opening.name);
                let mut wrong = wrong.at_line(&self.file, line);
                wrong.difference.leaf = Some(opening.leaf);
                tell(found, wrong);
            }
            self.waiting.pop_front();
        }
        Ok(())
    }

    /// After the last leaf.
    pub fn finish(&mut self, found: &mut Vec<Found>) -> Result<()> {
        while let Some((line, opening)) = self.front(found)? {
            let wrong = Found::of("export", "opening", "a leaf of the log", opening.leaf);
            tell(found, wrong.at_line(&self.file, line));
            self.waiting.pop_front();
        }
        Ok(())
    }

    fn front(&mut self, found: &mut Vec<Found>) -> Result<Option<(u64, Opening)>> {
        while self.waiting.is_empty() {
            if !self.fill(found)? {
                return Ok(None);
            }
        }
        Ok(self.waiting.front().cloned())
    }

    /// Reads on; false at the end of all files.
    fn fill(&mut self, found: &mut Vec<Found>) -> Result<bool> {
        let Some(blocks) = &mut self.blocks else {
            let Some(part) = self.parts.pop_front() else { return Ok(false) };
            self.file = openings_file(&part.month);
            (self.expected, self.read) = (part.lines, 0);
            match self.folder.open(&self.file)? {
                Some(file) => self.blocks = Some(Blocks::new(file, &self.file)),
                None => found.push(Found::of("export", "file", "openings", "no such file").in_file(&self.file)),
            }
            return Ok(true);
        };
        let Some(block) = blocks.next()? else {
            self.blocks = None;
            if let Some(expected) = self.expected.filter(|expected| *expected != self.read) {
                found.push(Found::of("export", "lines", expected, self.read).in_file(&self.file));
            }
            return Ok(true);
        };
        self.read += block.len() as u64;
        for (line, text) in (block.line..).zip(block.lines()) {
            match serde_json::from_slice::<Opening>(text) {
                Ok(opening) if opening.leaf >= self.last => {
                    self.last = opening.leaf;
                    self.waiting.push_back((line, opening));
                }
                Ok(opening) => {
                    let wrong = Found::of("export", "opening", format!("a leaf from {} on", self.last), opening.leaf);
                    tell(found, wrong.at_line(&self.file, line));
                }
                Err(error) => {
                    let wrong = Found::of("export", "opening", "an opening", error);
                    tell(found, wrong.at_line(&self.file, line));
                }
            }
        }
        Ok(true)
    }
}
