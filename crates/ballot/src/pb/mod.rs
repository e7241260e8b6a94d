//! Elections in the Pabulib format (`.pb`): read tolerantly with problems by line, written exactly.
//!
//! The format: UTF-8, cells between semicolons with `"` where needed, three sections `META`, `PROJECTS` and `VOTES`, each
//! with a row of headings (<https://pabulib.org/format>; Faliszewski et al., *Participatory Budgeting: Data, Tools, and
//! Analysis*, IJCAI 2023). Start with [`read()`] and [`Election`].

mod election;
#[cfg(any(test, feature = "generate"))]
pub mod generate;
mod problem;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use election::{Ballot, Election, Project, VoteType};
pub use problem::{Problem, Severity};
pub use read::read;
pub use write::write;
