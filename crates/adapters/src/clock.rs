//! The system's clock and randomness: the only place that asks for either.

use std::time::{SystemTime, UNIX_EPOCH};

use madang_base::{Clock, Rng, Time};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else is handed")]
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRng;

impl Rng for OsRng {
    /// # Panics
    /// When the operating system has no randomness: no token made without it would be a secret.
    #[expect(clippy::disallowed_methods, reason = "this is the randomness that everything else is handed")]
    #[expect(clippy::panic, reason = "there is nothing safe to go on with")]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the operating system gives no randomness: {error}");
        }
    }
}
