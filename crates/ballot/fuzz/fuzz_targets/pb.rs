//! Any bytes as an election: read without panic, and what was read comes back from what is written.

#![no_main]

use madang_ballot::pb::{read, write};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let (Some(election), _) = read(bytes) {
        assert_eq!(read(write(&election).as_bytes()).0, Some(election));
    }
});
