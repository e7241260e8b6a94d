//! What pages and interfaces read.

mod case;
mod list;

pub use case::{CaseView, Held, OpenStep, Rights, Standing, TimelineItem};
pub use list::{CaseFilter, CaseLine, CasePage, Count, ExportPage, ExportRow, Order};
