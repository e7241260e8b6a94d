//! The secret code of a case, carried in a sealed cookie for two hours after it was typed or given out.

use axum::response::Response;
use http::HeaderMap;
use http::header::{HeaderValue, SET_COOKIE};
use madang_base::{Result, Time};
use madang_form::number::normalise;
use madang_http::{CASE_COOKIE, Cookie, Visit, read_cookie};
use madang_kernel::{digest, seal};

/// Seconds for which a code that was typed once opens its case.
const KEPT: i64 = 7_200;
const PURPOSE: &str = "case-cookie";

/// A code that the browser carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub number: String,
    pub code: String,
    /// Given out just now; it may be shown on the receipt.
    pub fresh: bool,
}

/// The code that the browser carries, for whichever case it is.
pub fn latest(visit: &Visit, headers: &HeaderMap) -> Option<Carried> {
    let sealed = digest::unhex(read_cookie(headers, CASE_COOKIE)?)?;
    let plain = seal::unseal(&visit.app.keys.session, PURPOSE, "", &sealed).ok()?;
    read(&String::from_utf8(plain).ok()?, visit.ctx.now)
}

/// The same, when it is for the case of this number.
pub fn carried(visit: &Visit, headers: &HeaderMap, number: &str) -> Option<Carried> {
    let found = latest(visit, headers)?;
    (normalise(number)? == found.number).then_some(found)
}

/// The code alone, for the verbs.
pub fn of(visit: &Visit, headers: &HeaderMap, number: &str) -> Option<String> {
    carried(visit, headers, number).map(|carried| carried.code)
}

fn read(text: &str, now: Time) -> Option<Carried> {
    let mut parts = text.split('|');
    let (number, code, until, fresh) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let until: i64 = until.parse().ok()?;
    (until > now.micros() / 1_000_000).then(|| Carried {
        number: number.to_owned(),
        code: code.to_owned(),
        fresh: fresh == "1",
    })
}

/// Gives the browser the code to carry.
///
/// # Errors
/// `Kind::Internal` when sealing fails.
pub fn give(visit: &Visit, response: &mut Response, carried: &Carried) -> Result<()> {
    let until = visit.ctx.now.micros() / 1_000_000 + KEPT;
    let plain = format!("{}|{}|{until}|{}", carried.number, carried.code, u8::from(carried.fresh));
    let sealed = seal::seal(&visit.app.keys.session, PURPOSE, "", plain.as_bytes(), visit.ctx.rng())?;
    set(visit, response, &Cookie { name: CASE_COOKIE, value: digest::hex(&sealed), max_age: Some(KEPT) });
    Ok(())
}

/// Adds a cookie to a response.
pub fn set(visit: &Visit, response: &mut Response, cookie: &Cookie) {
    if let Ok(value) = HeaderValue::from_str(&cookie.header(visit.app.site.secure_cookies)) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_ends_with_its_time() {
        let now = Time::from_micros(1_000_000_000_000);
        let text = |until: i64| format!("PT-2026-7K3F-9Q2X|AAAA-BBBB|{until}|1");
        assert_eq!(read(&text(1_000_000), now), None);
        let found = read(&text(1_000_001), now).unwrap();
        assert_eq!((found.number.as_str(), found.code.as_str(), found.fresh), ("PT-2026-7K3F-9Q2X", "AAAA-BBBB", true));
        assert_eq!(read("rubbish", now), None);
    }
}
