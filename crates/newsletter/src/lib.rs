//! Newsletters: what was asked, answered, decided and is late within a week or month, by topic, agency and area, put
//! together by the program, edited by an officer, sent to who subscribed and kept as pages.
//!
//! This crate knows issues, subscribers and the order of things; what happened on the site comes through the port
//! [`Contributor`], what mails say through [`IssueTexts`]. An issue is a draft until it is sent; what was sent is changed
//! no more, only what is no longer public is left out of it wherever it is shown.
//!
//! Start reading at [`model`], then [`service`], then [`mailing`].

pub mod compose;
pub mod kinds;
pub mod mailing;
pub mod model;
pub mod period;
mod ports;
mod rules;
pub mod service;
mod store;
#[cfg(test)]
mod tests;
pub mod views;

pub use ports::{Contributor, Gathered, IssueTexts, Recipients, Wanted, Words};
