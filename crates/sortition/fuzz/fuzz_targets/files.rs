//! Any bytes as quotas, further quotas, a pool and a ceremony.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| madang_sortition::read::fuzz::any_bytes(bytes));
