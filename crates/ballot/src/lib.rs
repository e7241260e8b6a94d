//! Counting votes.
