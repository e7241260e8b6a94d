//! What a witness remembers of one log: the checkpoint that it cosigned last, in one durable file.
//!
//! Everybody who decides holds the lock of [`Memory`] from the look at the old state until the new one is on disk. When a
//! write fails nobody knows which of the two is there, so the next one who decides reads the file again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use madang_tlog::Hash;
use madang_tlog::witness::Seen;
use serde::{Deserialize, Serialize};

use crate::durable::Disk;
use crate::error::{Fault, Result};

/// The newest checkpoint that this witness cosigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    pub(crate) v: u8,
    pub(crate) origin: String,
    pub(crate) size: u64,
    /// Base64, as in the checkpoint.
    pub(crate) root: String,
    /// Seconds since 1970, as the cosignature states.
    pub(crate) cosigned_at: u64,
    /// Seconds since 1970: when a checkpoint of this size was first seen.
    pub(crate) grown_at: u64,
    /// The log's own text and signatures.
    pub(crate) note: String,
    /// Our line.
    pub(crate) cosignature: String,
}

impl Head {
    pub(crate) fn root_hash(&self) -> Option<Hash> {
        Hash::from_str(&self.root).ok()
    }

    pub(crate) fn seen(&self) -> Option<Seen> {
        Some(Seen { size: self.size, root: self.root_hash()? })
    }

    /// The note with our cosignature.
    pub(crate) fn cosigned(&self) -> String {
        format!("{}{}\n", self.note, self.cosignature)
    }
}

/// The head of one log in memory and on disk.
#[derive(Debug)]
pub(crate) struct Memory {
    path: PathBuf,
    disk: Disk,
    head: Option<Head>,
    /// A write failed: the file may be the old or the new one.
    unsure: bool,
}

impl Memory {
    /// Reads what is there.
    pub(crate) fn open(path: PathBuf, origin: &str, disk: Disk) -> Result<Self> {
        let head = read(&path).map_err(|why| broken(&path, why))?;
        if let Some(head) = &head
            && (head.origin != origin || head.root_hash().is_none() || head.v != 1)
        {
            return Err(broken(&path, "it is of another log, or of another version"));
        }
        Ok(Self { path, disk, head, unsure: false })
    }

    /// What was cosigned last.
    ///
    /// # Errors
    /// The disk, after a write that failed.
    pub(crate) fn head(&mut self) -> io::Result<Option<&Head>> {
        if self.unsure {
            self.head = read(&self.path).map_err(io::Error::other)?;
            self.unsure = false;
        }
        Ok(self.head.as_ref())
    }

    /// What is known without a look at the disk; for pages.
    pub(crate) fn shown(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// Makes `head` what was cosigned last. Only after this may its cosignature be shown to anybody.
    pub(crate) fn set(&mut self, head: Head) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(&head).map_err(io::Error::other)?;
        text.push('\n');
        self.unsure = true;
        self.disk.write(&self.path, text.as_bytes())?;
        self.unsure = false;
        self.head = Some(head);
        Ok(())
    }
}

fn read(path: &Path) -> std::result::Result<Option<Head>, String> {
    match fs::read_to_string(path) {
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(|error| error.to_string()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

fn broken(path: &Path, why: impl std::fmt::Display) -> Fault {
    Fault::new("what the witness remembers of a log cannot be read", path.display()).why(why).advice(
        "put the file back from a copy; without one, remove it: the witness then finds its own newest cosignature \
         in the log and goes on from there",
    )
}
