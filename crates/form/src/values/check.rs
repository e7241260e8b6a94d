//! The limits of one answer.
