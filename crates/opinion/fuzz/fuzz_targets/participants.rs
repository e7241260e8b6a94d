//! Any bytes as participants-votes.csv.

#![no_main]

#[path = "../../tests/files/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::run("participants", bytes));
