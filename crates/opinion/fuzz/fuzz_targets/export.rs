//! Any bytes as the files of an export, one after the other, and the map of them in words and pictures.

#![no_main]

#[path = "../../tests/files/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::run("export", bytes));
