//! Plans.

pub mod checks;
pub mod export;
pub mod file;
pub mod id;
pub mod import;
pub mod model;
pub mod notify;
pub mod rules;
pub mod schedule;
pub mod service;
pub mod sheets;
mod store;
pub mod views;
#[cfg(test)]
mod tests;
