//! Service definitions: what a channel asks, who may do what in which state, and how long it may take.
//!
//! A definition is a TOML file (`docs/services.md`). This crate reads it, checks it and derives from it all that needs
//! no database: the values of a filled form, the steps that are open to somebody, the run of every clock, the state
//! diagram, JSON Schema. It knows no case, no account and no page.
//!
//! Start reading at [`Definition`].

mod model;

pub use model::*;
