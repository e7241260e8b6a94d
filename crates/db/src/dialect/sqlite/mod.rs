//! SQLite: one thread writes and commits in groups ([`writer`]), a few threads read ([`reader`]).

pub(crate) mod error;
pub(crate) mod reader;
mod session;
pub(crate) mod writer;

pub(crate) use session::{Access, Session};
