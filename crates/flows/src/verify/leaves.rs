//! The leaves of an export, once, in order: one thread reads and hashes them, the caller's looks at what they say.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use madang_base::{Error, Result};
use madang_tlog::{Edge, leaf_hash};

use super::folder::Folder;
use super::lines::{Block, Blocks};
use super::report::Found;
use crate::export::manifest::{Manifest, Month};

/// Blocks that wait to be looked at: with that of either thread all that is in memory.
const AHEAD: usize = 3;

/// A root that the tree must have at a size, and whose word that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    pub size: u64,
    pub root: String,
    /// `checkpoint`, `month`, `mark`, `since`.
    pub of: &'static str,
}

/// What hashing found.
#[derive(Debug)]
pub(super) struct Hashed {
    pub found: Vec<Found>,
}

/// Reads all leaves: `each` sees every block with its month and the index of its first leaf. `roots` are compared as the
/// tree grows; only the first that is not so is told, with the lines that it can be about.
///
/// # Errors
/// Those of the folder and of `each`.
pub(super) fn run(
    folder: &dyn Folder,
    manifest: &Manifest,
    mut roots: Vec<Root>,
    each: &mut dyn FnMut(&Month, u64, &Block) -> Result<()>,
) -> Result<Hashed> {
    roots.sort_by_key(|root| root.size);
    let (sender, receiver) = sync_channel::<(usize, u64, Block)>(AHEAD);
    thread::scope(|scope| {
        let hashing = scope.spawn(move || Hashing::new(manifest, roots).run(folder, &sender));
        let mut seen = Ok(());
        for (month, first, block) in receiver {
            seen = each(&manifest.months[month], first, &block);
            if seen.is_err() {
                break;
            }
        }
        let hashed = hashing.join().map_err(|_| Error::internal("the thread that hashes has ended early"))?;
        seen?;
        hashed
    })
}

struct Hashing<'a> {
    manifest: &'a Manifest,
    edge: Edge,
    roots: std::iter::Peekable<std::vec::IntoIter<Root>>,
    /// The last size at which the root was right.
    right: u64,
    /// Nothing can be said of later roots once one was wrong or a line is missing.
    wrong: bool,
    found: Vec<Found>,
}

impl<'a> Hashing<'a> {
    fn new(manifest: &'a Manifest, roots: Vec<Root>) -> Self {
        Self {
            manifest,
            edge: Edge::new(),
            roots: roots.into_iter().peekable(),
            right: 0,
            wrong: false,
            found: Vec::new(),
        }
    }

    fn run(mut self, folder: &dyn Folder, sender: &SyncSender<(usize, u64, Block)>) -> Result<Hashed> {
        self.compare();
        let mut full = Vec::new();
        for (at, month) in self.manifest.months.iter().enumerate() {
            let (file, lines) = (month.file(), month.end - month.first);
            let Some(reader) = folder.open(&file)? else {
                self.broken(Found::of("export", "file", format!("{lines} leaves"), "no such file").in_file(&file));
                break;
            };
            let mut blocks = Blocks::new(reader, &file);
            let mut read = 0;
            while let Some(block) = blocks.next()? {
                if block.cut {
                    let cut = Found::of("export", "line", "a whole line", "the file ends within it");
                    self.broken(cut.at_line(&file, read + block.len() as u64));
                }
                for line in block.lines() {
                    self.edge.push(leaf_hash(line), &mut full);
                    if full.len() > 1000 {
                        full.clear();
                    }
                    self.compare();
                }
                read += block.len() as u64;
                if read > lines {
                    let more = Found::of("export", "lines", format!("{lines} leaves"), "more lines");
                    self.broken(more.at_line(&file, lines + 1));
                    break;
                }
                let first = month.first + block.line - 1;
                if sender.send((at, first, block)).is_err() {
                    // Whoever looks has given up.
                    return Ok(Hashed { found: self.found });
                }
            }
            if read < lines {
                let fewer = Found::of("export", "lines", format!("{lines} leaves"), format!("{read}"));
                self.broken(fewer.at_line(&file, read + 1));
            }
            if read != lines {
                break;
            }
        }
        Ok(Hashed { found: self.found })
    }

    fn broken(&mut self, found: Found) {
        if !self.wrong {
            self.found.push(found);
        }
        self.wrong = true;
    }

    /// Compares the roots that are due at this size.
    fn compare(&mut self) {
        while let Some(due) = self.roots.next_if(|root| root.size == self.edge.size()) {
            if self.wrong {
                continue;
            }
            let root = self.edge.root().to_string();
            if root == due.root {
                self.right = due.size;
                continue;
            }
            let place = self.manifest.line_of(self.right.min(due.size.saturating_sub(1)));
            let what = match due.of {
                "month" | "mark" | "checkpoint" if due.size > self.right + 1 => {
                    format!("root of {} leaves: one of the leaves {} to {}", due.size, self.right, due.size - 1)
                }
                "month" | "mark" | "checkpoint" => format!("root of {} leaves: leaf {}", due.size, self.right),
                _ => format!("root of {} leaves: the older checkpoint", due.size),
            };
            let mut found = Found::of("log", &what, &due.root, root);
            if let Some((month, line)) = place {
                found = found.at_line(&month.file(), line);
            }
            if due.size == self.right + 1 {
                found.difference.leaf = Some(self.right);
            }
            self.broken(found);
        }
    }
}
