//! Plans: what a government promised, what it reports, what others find, what is measured, who follows.
//!
//! A plan comes as a file ([`file`], [`import`], `docs/plans-format.md`) and is kept as it says it. Nobody sets the state
//! of a milestone: [`rules`] derive it from dates ([`schedule`]) and reports. Verbs are in [`service`], what pages read
//! in [`views`], all SQL in `store`. [`notify`] writes to followers; [`export`] gives a plan back as files.
//!
//! This crate knows no page, no account's name and no address; what it needs of them are the ports of [`notify`]. Start
//! reading at [`file`], [`rules`] and [`service`].

pub mod audit;
pub mod checks;
pub mod export;
pub mod file;
pub mod id;
pub mod import;
pub mod kinds;
pub mod model;
pub mod notify;
pub mod record;
pub mod rules;
pub mod schedule;
pub mod service;
pub mod sheets;
mod store;
#[cfg(test)]
mod tests;
pub mod views;
