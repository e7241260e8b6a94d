//! Notices.
/// The kind of job that writes to the followers of a news item.
pub const NOTIFY: &str = "plans.notify";
