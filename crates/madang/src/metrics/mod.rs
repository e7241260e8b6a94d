//! Figures for Prometheus: counted in memory while serving, written as text when asked.
//!
//! Cardinality is bounded: routes are counted by the pattern they matched, methods and statuses by a fixed list.

mod process;
mod registry;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use process::write as write_process;
pub(crate) use registry::Registry;
pub(crate) use text::Page;
