//! A budget in words: the whole, and each project.

mod project;
mod spending;
mod whole;

pub use project::{Shortfall, project};
pub use spending::Spending;
pub(super) use whole::cost_each;
pub use whole::{left_out, whole};
