//! Verification by anybody: from a public export alone, without a database and without a network.
//!
//! [`export`] reads a folder that `madang export log` or `madang ledger fetch` wrote: every leaf's form, the roots and
//! signatures of the log, and all counts again ([`recounts`]), beside what the site claims. [`file()`] tells whether a
//! document is what was published, [`proof()`] checks a citizen's proof file. [`database`] is the other half, for whoever
//! has the database.
//!
//! Memory does not grow with the log: leaves go by in blocks, one thread hashes them while another counts, and who has
//! signed already is sorted out on the disk.
//!
//! Start reading at [`export`].

mod audits;
mod canonical;
mod engine;
mod file;
mod folder;
mod form;
mod leaves;
mod lines;
mod openings;
mod proof;
mod registry;
mod report;
mod signed;
#[cfg(test)]
mod tests;

pub use audits::{Order, Told, audits, database, run};
pub use engine::{Asked, Progress, export, manifest, with};
pub use file::{PublishedFile, file};
pub use folder::Folder;
pub use openings::Opening;
pub use proof::{Proved, proof};
pub use registry::{claims, recounts};
pub use report::{Found, Report, Signer, Witness};
pub use signed::Trust;
