//! How long things live.

use madang_base::Time;

/// Minutes that a link in a mail is good for.
pub const LINK_MINUTES: i64 = 15;
/// Minutes that a link printed by `madang admin` is good for: it may have to be carried to another machine.
pub const ADMIN_LINK_MINUTES: i64 = 60;
/// Minutes that a journey to an OpenID Connect provider may take.
pub const OIDC_MINUTES: i64 = 15;
/// `seen_at` is written at most this often, in seconds.
pub const SEEN_EVERY: i64 = 300;
/// The longest life of an API key in days.
pub const API_KEY_DAYS: i64 = 366;
/// How many recovery codes are given.
pub const RECOVERY_CODES: usize = 10;

/// Idle and absolute life of a session in seconds. Those who can change public records are signed out sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    pub idle: i64,
    pub absolute: i64,
}

/// A citizen's session: two weeks without a visit, 90 days in any case.
const CITIZEN: Life = Life { idle: 14 * 86_400, absolute: 90 * 86_400 };
/// Staff: two hours without a visit, twelve in any case (one working day).
const STAFF: Life = Life { idle: 2 * 3600, absolute: 12 * 3600 };

#[must_use]
pub const fn life(staff: bool) -> Life {
    if staff { STAFF } else { CITIZEN }
}

/// Whether a session still holds.
#[must_use]
pub fn holds(seen_at: Time, idle_seconds: i64, expires_at: Time, now: Time) -> bool {
    now < expires_at && now < seen_at.plus_seconds(idle_seconds)
}
