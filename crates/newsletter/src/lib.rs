//! Newsletters.
