//! The files of Polis' exports: `votes.csv`, `comments.csv`, `participants-votes.csv`, `summary.csv`.
//!
//! Readers take anything that can be read, row by row, and either give all of it or all that is wrong with it
//! ([`Problems`]). What they give depends on what the rows say, never on their order. **The sign**: in exports 1 is agree
//! and −1 disagree; Polis' own database and programs have it the other way round ([`Agree`]). [`Export`] puts the files
//! together and finds a wrong sign by the counts that stand beside the statements.

mod comments;
mod export;
mod ids;
mod participants;
mod problem;
mod summary;
mod table;
mod votes;

#[cfg(test)]
mod tests;

pub use comments::{Comment, Comments, comments};
pub use export::{Export, Statement};
pub use participants::{Participants, is_people, participants};
pub use problem::{MOST_PROBLEMS, Problem, Problems};
pub use summary::topic;
pub use votes::{Agree, MOST_STATEMENTS, MOST_VOTERS, VoteTable, votes};
