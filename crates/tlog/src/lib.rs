//! Transparency logs in the published C2SP formats: what a log, its witnesses and anyone who checks them compute.
//!
//! - [`leaf_hash`], [`node_hash`], [`empty_root`]: the Merkle tree of RFC 6962.
//! - [`tile`]: how the tree is cut into files (c2sp.org/tlog-tiles); [`Edge`] grows it, [`TileSet`] holds some of it.
//! - [`proof`]: a leaf is in the tree; an older tree is the beginning of a newer one.
//! - [`note`]: texts with signatures and the keys that make them (c2sp.org/signed-note).
//! - [`Checkpoint`], [`cosignature`], [`ProofFile`], [`Policy`], [`witness`]: what is signed, by whom it is
//!   confirmed, what a citizen keeps, whom a verifier trusts, and how a log asks a witness.
//!
//! Pure: no clock, disk, network or random choice. Every parser is strict (what parses prints the same bytes; the one
//! exception is [`Policy`], whose format has comments), refuses more than its stated size, and never panics. Trees
//! have at most [`MAX_SIZE`] leaves. Nothing here decides what a leaf says or where files lie.
//!
//! Start reading at [`Edge`] to write a log, at [`ProofFile`] to check one.

mod checkpoint;
pub mod cosignature;
mod edge;
mod error;
mod hash;
mod lines;
pub mod note;
mod policy;
pub mod proof;
mod proof_file;
pub mod tile;
mod tile_set;
mod tree;
pub mod witness;

pub use checkpoint::Checkpoint;
pub use edge::Edge;
pub use error::{Error, Result};
pub use hash::{Hash, empty_root, leaf_hash, node_hash};
pub use policy::{Policy, Witnessed};
pub use proof_file::{MAX_PROOF_FILE, ProofFile, Verified};
pub use tile_set::TileSet;
pub use tree::MAX_SIZE;
