//! Service definitions: what a channel asks, who may do what in which state, and how long it may take.
//!
//! A definition is a TOML file (`docs/services.md`). This crate reads it, checks it and derives from it all that needs
//! no database: the values of a filled form, the steps that are open to somebody, the run of every clock, the state
//! diagram, JSON Schema. It knows no case, no account and no page.
//!
//! Start reading at [`Definition`].

mod check;
pub mod diagram;
mod diff;
mod model;
pub mod number;
mod problem;
mod read;
#[cfg(test)]
mod sample_tests;
pub mod schema;
pub mod steps;
pub mod timeline;
pub mod values;
pub mod visible;
pub mod walk;

pub use diff::{Change, Difference, Migration, Part, Severity, diff, migration};
pub use model::*;
pub use problem::{CODES, Problem, Problems, WARNINGS};
pub use read::keys::KEYS;
pub use read::{Loaded, MAX_BYTES, Source, load};
pub use steps::{Standing, StepInput};
pub use timeline::{ClockRun, ClockStatus, Days, DaysLeft, Happening, What};
pub use values::{Answer, Answers, FileAnswer, Filled, PersonAnswer, Place, Raw};
