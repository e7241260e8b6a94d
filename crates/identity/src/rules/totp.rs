//! The second factor: six digits from a shared secret and the time (RFC 6238: SHA-1, 30 seconds, one step either way).

use madang_base::{Error, Result, Time};
use totp_rs::{Builder, Totp};

/// Length of a secret in bytes (160 bits, as RFC 4226 recommends).
pub const SECRET: usize = 20;

/// Seconds that one code is for.
pub const STEP: u64 = 30;

fn totp(secret: &[u8], site: &str, account: &str) -> Result<Totp> {
    // A colon separates issuer and account in the URI and may stand in neither.
    let plain = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_secret(secret.to_vec())
        .with_skew(1)
        .with_step_duration(STEP)
        .with_issuer(Some(plain(site)))
        .with_account_name(plain(account))
        .build()
        .map_err(|error| Error::internal(error.to_string()))
}

fn seconds(now: Time) -> u64 {
    u64::try_from(now.micros() / 1_000_000).unwrap_or(0)
}

/// The step whose code was given, when the code is right at `now`. Blanks in the code are ignored: apps show `123 456`.
///
/// # Errors
/// `Kind::Internal` when the stored secret is too short.
pub fn check(secret: &[u8], code: &str, now: Time) -> Result<Option<i64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    Ok(totp(secret, "", "")?.check(&code, seconds(now)).and_then(|step| i64::try_from(step).ok()))
}

/// The code at `now`.
///
/// # Errors
/// `Kind::Internal` when the stored secret is too short.
pub fn code(secret: &[u8], now: Time) -> Result<String> {
    Ok(totp(secret, "", "")?.generate(seconds(now)).to_string())
}

/// The secret as people type it (base32) and as a QR code carries it (`otpauth://…`).
///
/// # Errors
/// `Kind::Internal` when the secret is too short.
pub fn for_app(secret: &[u8], site: &str, account: &str) -> Result<(String, String)> {
    let totp = totp(secret, site, account)?;
    let uri = totp.to_url().map_err(|error| Error::internal(error.to_string()))?;
    Ok((totp.secret().to_base32(), uri))
}
