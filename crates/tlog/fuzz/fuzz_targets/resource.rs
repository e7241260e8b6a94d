//! Any bytes as the names of a log's files.

#![no_main]

#[path = "../../tests/it/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::run("resource", bytes));
