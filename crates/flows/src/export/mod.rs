//! The public export of the log: leaves by month, what the site claims, the definitions it counts by, a signed checkpoint.
//!
//! Nothing personal is in it, by construction: leaves hold none, claims are what pages show, openings are of files that
//! everybody may read. Salts are [`salts`], for auditors, and never part of it.
//!
//! Order: claims first, then a checkpoint that covers them (see [`Manifest::settled`]), then the leaves up to it, the
//! manifest last. [`Source`] is what the site gives, page by page; the binary writes it to a folder, `api` serves it.

pub mod manifest;
mod source;
mod store;

pub use manifest::Manifest;
pub use source::{Page, Source, salts};
