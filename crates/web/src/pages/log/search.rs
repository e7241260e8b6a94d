//! What somebody typed into the search of the log: a record, a receipt, a case, an object, a time.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use madang_base::{Kind, Result, Time};
use madang_cases::service::lookup;
use madang_form::number::normalise;
use madang_http::Visit;
use madang_kernel::ledger::ReceiptCode;
use madang_kernel::{Actor, ObjectKind, Ref, log};

use super::super::services::cases;

/// What a typed text can mean.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    Leaf(u64),
    Receipt(ReceiptCode),
    At(Time),
    /// The number of a case, as it was given out.
    Number(String),
    Object(Ref),
    /// A word that may be the id of a plan, a commitment or a milestone.
    Word(Ref),
    Nothing,
}

/// The number of a record: digits alone, without leading zeros, so that each record has one address.
#[must_use]
pub fn index(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.len() <= 16 && text.bytes().all(|b| b.is_ascii_digit());
    (plain && (text == "0" || !text.starts_with('0'))).then(|| text.parse().ok()).flatten()
}

/// Reads what was typed. The order decides where a text could mean two things.
#[must_use]
pub fn read(typed: &str) -> Asked {
    let text = typed.trim();
    let lower = text.to_lowercase();
    if let Ok(code) = lower.parse() {
        return Asked::Receipt(code);
    }
    let mut bare = lower.as_str();
    for word in ["기록", "record", "leaf", "#"] {
        bare = bare.strip_prefix(word).unwrap_or(bare).trim();
    }
    let bare = bare.strip_suffix('번').unwrap_or(bare).trim();
    let digits: String = bare.chars().filter(|c| *c != ',').collect();
    if let Some(index) = index(&digits) {
        return Asked::Leaf(index);
    }
    if let Some(at) = time(text) {
        return Asked::At(at);
    }
    if let Ok(reference) = text.parse::<Ref>() {
        return Asked::Object(reference);
    }
    if let Some(number) = normalise(text) {
        return Asked::Number(number);
    }
    let kind = match lower.matches('/').count() {
        0 => ObjectKind::Plan,
        1 => ObjectKind::Commitment,
        _ => ObjectKind::Milestone,
    };
    let word = Ref::new(kind, &lower);
    if word.check().is_ok() { Asked::Word(word) } else { Asked::Nothing }
}

/// A day (its first moment), a time of day in Korea, or an instant with its zone.
#[must_use]
pub fn time(text: &str) -> Option<Time> {
    let text = text.trim();
    if let Ok(instant) = Time::parse(text) {
        return Some(instant);
    }
    if let Some(day) = text.get(..10).filter(|_| text.len() == 10).and_then(|day| day.parse::<Date>().ok()) {
        return Some(Time::at_kst_midnight(day));
    }
    let clock = text.len() >= 16 && matches!(text.as_bytes().get(10), Some(b'T' | b' '));
    let at: DateTime = clock.then(|| text.replacen(' ', "T", 1).parse().ok()).flatten()?;
    let zone = TimeZone::fixed(Offset::constant(9));
    at.to_zoned(zone).ok().map(|at| Time::from_micros(at.timestamp().as_microsecond()))
}

/// Where what was asked for is shown, without the language; none when nothing public fits.
///
/// # Errors
/// Those of the database.
pub async fn find(visit: &Visit, typed: &str) -> Result<Option<String>> {
    Ok(match read(typed) {
        Asked::Leaf(index) => Some(format!("/log/leaves/{index}")),
        Asked::Receipt(code) => Some(format!("/receipts/{code}")),
        Asked::At(at) => Some(format!("/log/at?time={}", at.rfc3339())),
        Asked::Object(object) | Asked::Word(object) => recorded(visit, object).await?,
        Asked::Number(number) => {
            let (cases, ctx) = (cases(visit)?, visit.ctx.clone().with_actor(Actor::Anonymous));
            let found = visit.app.db.read(move |tx| lookup::open(tx, &ctx, &cases, &number, None)).await;
            match found {
                Ok(view) => recorded(visit, view.case.reference()).await?,
                Err(error) if error.kind() == Kind::NotFound => None,
                Err(error) => return Err(error),
            }
        }
        Asked::Nothing => None,
    })
}

async fn recorded(visit: &Visit, object: Ref) -> Result<Option<String>> {
    let path = format!("/log/objects/{object}");
    let found = visit.app.db.read(move |tx| log::leaves_of(tx, &object, None, 1)).await?;
    Ok((!found.is_empty()).then_some(path))
}
