//! Any bytes as keys that sign and that verify.

#![no_main]

#[path = "../../tests/it/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::run("key", bytes));
