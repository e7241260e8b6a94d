//! What can be wrong with a file, a proof or a signature, and where.

use crate::Hash;
use crate::tile::Tile;

/// The result of this crate's functions.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a text, a file, a proof or a signature was refused. The words are for logs and tools, in English.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A line of a text is not what the format has there. Lines count from 1.
    #[error("line {line}: expected {expected}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// A byte of a one-line text or of a binary file is not what the format has there.
    #[error("byte {offset}: expected {expected}")]
    Byte {
        /// The byte, from 0.
        offset: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// More bytes than this format may have.
    #[error("{what} is longer than {limit} bytes")]
    TooLong {
        /// The thing.
        what: &'static str,
        /// Its greatest length in bytes.
        limit: usize,
    },
    /// A value given to a function cannot be written in the format.
    #[error("{what}: expected {expected}")]
    Value {
        /// The value's name.
        what: &'static str,
        /// What it may be.
        expected: &'static str,
    },
    /// The tree has no such leaf.
    #[error("a tree of {size} leaves has no leaf {index}")]
    NoLeaf {
        /// The leaf asked for, from 0.
        index: u64,
        /// The tree's leaves.
        size: u64,
    },
    /// The newer tree is smaller than the older one.
    #[error("a tree of {new} leaves cannot follow one of {old}")]
    Shrunk {
        /// Leaves of the older tree.
        old: u64,
        /// Leaves of the newer tree.
        new: u64,
    },
    /// More leaves than a tree may have.
    #[error("{size} leaves are more than a log can have")]
    TooLarge {
        /// The leaves.
        size: u64,
    },
    /// A tile that the computation needs is not in the set.
    #[error("{tile} is missing")]
    MissingTile {
        /// The tile, with the width it has in the tree concerned.
        tile: Tile,
    },
    /// A proof has too many or too few hashes.
    #[error("the proof has {found} hashes, expected {expected}")]
    ProofLength {
        /// The number that a proof for these sizes has.
        expected: usize,
        /// The number it has.
        found: usize,
    },
    /// The proof does not lead to the root.
    #[error("the proof leads to the root {found}, not to {expected}")]
    Root {
        /// The root of the checkpoint.
        expected: Hash,
        /// The root that the proof computes.
        found: Hash,
    },
    /// The proof does not contain the older tree.
    #[error("the proof leads to the older root {found}, not to {expected}")]
    OldRoot {
        /// The older root that is known.
        expected: Hash,
        /// The older root that the proof computes.
        found: Hash,
    },
    /// None of the known keys signed.
    #[error("there is no signature by a known key")]
    NotSigned,
    /// A signature claims to be by a known key and is not.
    #[error("signature {place} is not by {name}")]
    Signature {
        /// The key's name.
        name: String,
        /// Which signature of the note, from 1.
        place: usize,
    },
    /// A key of another kind is needed.
    #[error("the key {name} cannot do this: expected {expected}")]
    Key {
        /// The key's name.
        name: String,
        /// The kind of key that can.
        expected: &'static str,
    },
    /// The checkpoint is another log's.
    #[error("the checkpoint is of {found}, expected {expected}")]
    Origin {
        /// The log that the key belongs to.
        expected: String,
        /// The log that the checkpoint names.
        found: String,
    },
    /// Too few trusted witnesses cosigned.
    #[error("{found} of the trusted witnesses cosigned, expected {needed}")]
    Quorum {
        /// How many must have cosigned.
        needed: usize,
        /// How many did.
        found: usize,
    },
}

impl Error {
    /// The same error where the text concerned begins `lines` lines further down in a larger one.
    pub(crate) fn below(self, lines: usize) -> Self {
        match self {
            Self::Line { line, expected } => Self::Line { line: line + lines, expected },
            Self::Byte { expected, .. } => Self::Line { line: lines + 1, expected },
            other => other,
        }
    }
}
