//! Numbers from a seed: SHA-256 in counter mode, with rejection so that no number is likelier than another.
//!
//! Block number *i* (from 0) of the stream called *name* is `SHA-256(seed ‖ name ‖ 0x00 ‖ i)`, with the 32 bytes of the
//! seed, the name in UTF-8 and *i* as 8 bytes, most significant first. Its first 8 bytes, most significant first, are
//! a number below 2⁶⁴. To draw below *n*, a number of 2⁶⁴ − (2⁶⁴ mod *n*) or more is thrown away and the next block is
//! taken; what is left is divided by *n* and the remainder is the answer.

use sha2::{Digest as _, Sha256};

use super::Seed;

/// A stream of numbers. Each purpose has a stream of its own, so that no draw shifts another.
#[derive(Clone, Debug)]
pub struct Stream {
    start: Sha256,
    block: u64,
}

impl Stream {
    /// The stream of this seed with this name.
    #[must_use]
    pub fn new(seed: &Seed, name: &str) -> Self {
        Self { start: Sha256::new().chain_update(seed.bytes()).chain_update(name).chain_update([0]), block: 0 }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let digest = self.start.clone().chain_update(self.block.to_be_bytes()).finalize();
        self.block += 1;
        digest[..8].iter().fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }

    /// A number from 0 to `n` − 1, each equally likely; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        // 2⁶⁴ mod n, without a 128-bit number.
        let excess = (u64::MAX % n + 1) % n;
        loop {
            let bits = self.bits();
            if bits <= u64::MAX - excess {
                return bits % n;
            }
        }
    }
}
