//! Any bytes as published files and results.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| madang_sortition::publish::fuzz::any_bytes(bytes));
