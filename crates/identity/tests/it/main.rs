//! The verbs of identity on both engines.

mod accounts;
mod api_keys;
mod demo;
mod house;
mod journeys;
mod links;
mod reviews;
mod roles;
mod second_factor;
mod sessions;
mod statements;
