//! The Korean calendar.
