//! Reading all entries and tiles of a log again, so that nothing can be altered behind a signed checkpoint.
//!
//! The tree is walked from the signed root down: a tile is sound when its hash stands in the tile above it, an entry when
//! its hash stands in its tile. So what was altered is named itself, and the rest is still checked. Memory does not grow
//! with the log.

mod edge;
mod walk;

use madang_base::Time;
use madang_tlog::Hash;
use serde::{Deserialize, Serialize};

pub(crate) use self::walk::read;
use crate::alarm::time;
use crate::status::AuditStatus;

/// What is wrong with a file of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrong {
    /// The entry does not hash to what its tile says.
    EntryAltered,
    /// The bundle is not there.
    BundleMissing,
    /// The bundle cannot be read as that many entries: cut off, or with something dropped or put in.
    BundleMalformed,
    /// A hash of the tile is not what it was.
    TileAltered,
    TileMissing,
    TileMalformed,
    /// Entries and their tiles were altered together: they agree with each other, and not with the tile above.
    Rewritten,
    /// Nothing of what is there leads to the signed root.
    RootDiffers,
    /// What is served as the newest checkpoint is older than what was cosigned, or is none.
    Checkpoint,
}

impl Wrong {
    pub const ALL: [Self; 9] = [
        Self::EntryAltered,
        Self::BundleMissing,
        Self::BundleMalformed,
        Self::TileAltered,
        Self::TileMissing,
        Self::TileMalformed,
        Self::Rewritten,
        Self::RootDiffers,
        Self::Checkpoint,
    ];

    /// The word in JSON and message keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EntryAltered => "entry-altered",
            Self::BundleMissing => "bundle-missing",
            Self::BundleMalformed => "bundle-malformed",
            Self::TileAltered => "tile-altered",
            Self::TileMissing => "tile-missing",
            Self::TileMalformed => "tile-malformed",
            Self::Rewritten => "rewritten",
            Self::RootDiffers => "root-differs",
            Self::Checkpoint => "checkpoint",
        }
    }
}

/// One thing that was found altered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// The first leaf concerned, from 0.
    pub leaf: u64,
    /// The file: `tile/entries/x001/067`.
    pub path: String,
    /// Which entry or hash of the file, from 0; none when it is the whole file.
    pub index: Option<u64>,
    pub wrong: Wrong,
    /// What the machine says.
    #[serde(default)]
    pub why: String,
}

/// The most findings that are kept.
pub(crate) const MOST: usize = 2000;

/// The last reading, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// Everything up to this size was read.
    pub size: u64,
    #[serde(with = "time")]
    pub at: Time,
    /// When all of it was last read anew.
    #[serde(with = "time")]
    pub full_at: Time,
    /// In the order of the leaves; empty when everything is as it was signed.
    pub findings: Vec<Finding>,
}

impl Audit {
    #[must_use]
    pub fn status(&self) -> AuditStatus {
        AuditStatus {
            size: self.size,
            at: self.at,
            full_at: self.full_at,
            ok: self.findings.is_empty(),
            finding: self.findings.first().cloned(),
            findings: self.findings.len(),
        }
    }
}

/// The root of a complete subtree of up to 256 hashes; their number is a power of two.
pub(crate) fn fold(hashes: &[Hash]) -> Option<Hash> {
    let mut row = hashes.to_vec();
    if !row.len().is_power_of_two() {
        return None;
    }
    while row.len() > 1 {
        row = row.chunks(2).map(|pair| madang_tlog::node_hash(&pair[0], &pair[1])).collect();
    }
    row.pop()
}
