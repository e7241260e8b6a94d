//! One index over everything public of a site: cases and answers, plans, agencies, offices, experts, newsletters.
//!
//! What it is for: finding ids. It knows no permissions and shows no text: [`Index`] answers with [`Hit`]s, whoever asked
//! reads the rows behind them and leaves out what is not public any more. What the index holds comes from the domains
//! through [`Source`]; this crate knows no domain.
//!
//! How it keeps up: [`Follower`] reads the change feed and writes the documents anew that a change touches. The position
//! that the index has reached is part of each of its commits, so a program that was killed goes on where the index is.
//!
//! Where to start: `schema.rs` says what is in the index, `find/plan.rs` what a question becomes, `follow.rs` how it keeps
//! up, `generation.rs` what is on the disk, `dictionary` what an operator may add.

pub mod dictionary;
mod error;
mod find;
mod follow;
mod generation;
mod index;
mod model;
mod schema;
mod shelf;
mod source;
#[cfg(test)]
mod tests;
mod tokens;
mod write;

pub use self::follow::Follower;
pub use self::index::Index;
pub use self::model::{Document, Found, Handled, Hit, Kind, Options, Order, Query, Reading, Status};
pub use self::source::Source;
