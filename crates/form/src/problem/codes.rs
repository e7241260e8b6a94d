//! All codes. A test sees to it that each is produced, each has its words, and nothing else is used.

/// Codes of what is allowed and perhaps not meant.
pub const WARNINGS: &[&str] = &[];

/// Every code of a problem.
pub const CODES: &[&str] = &[];
