//! The protocol between a log and a witness (c2sp.org/tlog-witness): the log sends [`AddCheckpoint`], the witness
//! [`decide`]s, and answers with its cosignature ([`cosignatures`] reads it) or a [`Refusal`].
//!
//! Deciding has no effect. A witness holds a lock over deciding and storing what it decided, and stores before it
//! answers; otherwise two requests at once could make it go back.

mod decide;
mod request;

pub use decide::{Refusal, Seen, decide, decide_for};
pub use request::{AddCheckpoint, MAX_REQUEST, cosignatures, cosignatures_text, known_size};

#[cfg(test)]
mod tests;
