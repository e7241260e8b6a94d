//! The transparency log: the change feed as an append-only Merkle tree, in files that anybody can check.
//!
//! Every line of the [feed](crate::change) is one leaf ([`leaf`]). The [`Integrator`] follows the feed: it hashes what is
//! new, writes tiles and entry bundles ([`Tiles`]; C2SP tlog-tiles), signs a checkpoint, moves the tree on by
//! compare-and-set, and only then publishes the checkpoint. [`Log`] is what pages read. [`rotate`] hands over to another
//! signing key, [`recover`](recover()) fills a restored database again from the stored log, [`thin`] keeps the table of
//! checkpoints small.
//!
//! Invariants. What is written to a file is a function of the feed alone, so two integrators write the same bytes, and
//! whoever is killed leaves nothing that is not written again. A checkpoint is signed after its tiles are stored, and
//! published after the database has it. Nothing is signed below or beside what was published: the stored checkpoint is
//! compared with the database whenever an integrator begins, and where they disagree the log is *held* ([`LogState`]):
//! nothing is drained, nothing is signed, acts wait in the inbox.
//!
//! Start reading at [`Integrator::turn`], then `begin.rs` (what is compared) and `edge.rs` (the right edge).

mod begin;
mod build;
pub mod cosign;
mod edge;
mod integrator;
pub mod leaf;
mod reader;
mod recover;
mod rotate;
mod sign;
mod state;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod thin;
mod tiles;

pub use self::integrator::{Integrator, Turn};
pub use self::leaf::{Leaf, OPAQUE, find, leaf, leaf_near, leaves, leaves_of};
pub use self::reader::{Cosigned, Log, LogKey, Published, WitnessState};
pub use self::recover::{Recovered, recover};
pub use self::rotate::{Hands, Rotated, rotate};
pub use self::state::{Gate, LogState};
pub use self::thin::thin;
pub use self::tiles::{PREFIX, Tiles};
