//! What people answer: the values of a filled form, read from HTML forms and JSON, checked against the definition,
//! stored as JSON and shown as text.
//!
//! A value that stands in [`Answers`] after [`fill`] keeps the limits of its field. Nothing here looks into a database:
//! whether an agency or a file exists is the caller's question, and so is the cleaning of invisible characters.
//! Start reading at [`Answer`] and [`fill`].

mod answer;
mod api;
mod asked;
mod check;
mod fill;
mod parse;
mod show;

pub use answer::{Answer, Answers, FileAnswer, Filled, PersonAnswer, Place, Raw};
pub use api::fill_json;
pub(crate) use api::{read_fields, wrong};
pub(crate) use asked::{all_hold, holds, missing};
pub use asked::{asked, complete, prune};
pub(crate) use check::{ADDRESS, CONTACT, DISTRICT, FILE_NAME, LATITUDE, LONGITUDE, NAME, SLUG};
pub(crate) use check::{fault, faults, is_file, text_fault, too_long};
pub use fill::fill;
pub(crate) use parse::separated;
pub use show::{display, raw_of, title};

#[cfg(test)]
mod tests;
