//! Randomness that is handed in, so that a test can repeat it.

use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// A source of random bytes. The binary uses the operating system's.
pub trait Rng: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// A source to hand around.
pub type SharedRng = Arc<dyn Rng>;

impl dyn Rng + '_ {
    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        self.fill(&mut out);
        out
    }

    /// A secret for a URL: 32 random bytes as lower-case hexadecimal digits.
    #[must_use]
    pub fn token(&self) -> String {
        use std::fmt::Write as _;
        self.bytes::<32>().iter().fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }
}

/// SHA-256 in counter mode over a seed: the same bytes on every machine. For tests and published draws, not for keys.
#[derive(Debug)]
pub struct SeededRng {
    seed: [u8; 32],
    counter: Mutex<u64>,
}

impl SeededRng {
    #[must_use]
    pub fn new(seed: &[u8]) -> Self {
        Self { seed: Sha256::digest(seed).into(), counter: Mutex::new(0) }
    }
}

impl Rng for SeededRng {
    fn fill(&self, bytes: &mut [u8]) {
        let mut counter = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::new().chain_update(self.seed).chain_update(counter.to_be_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
            *counter += 1;
        }
    }
}
