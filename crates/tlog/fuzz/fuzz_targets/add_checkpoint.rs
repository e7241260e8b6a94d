//! Any bytes as requests to a witness.

#![no_main]

#[path = "../../tests/it/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::run("add_checkpoint", bytes));
