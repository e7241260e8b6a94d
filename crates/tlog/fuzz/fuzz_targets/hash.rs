//! Any bytes as hashes in base64 and hexadecimal.

#![no_main]

#[path = "../../tests/it/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::run("hash", bytes));
