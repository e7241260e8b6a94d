//! The verbs of identity on both engines.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod accounts;
mod api_keys;
mod demo;
mod directory;
mod house;
mod journeys;
mod links;
mod messages;
mod reviews;
mod roles;
mod second_factor;
mod sessions;
mod statements;
