//! Counting votes: participatory budgets here; single winners and rankings in `choice`; explanations in `explain`.
//!
//! Pure: no disk, no clock, no randomness but a given seed, and the same answer on every machine. Start with [`pb::read()`]
//! for a file and [`budget::tally`] for its result.

pub mod budget;
pub mod choice;
pub mod explain;
pub mod number;
pub mod pb;
