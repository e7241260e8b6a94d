//! The page of a receipt: what was recorded, where it stands in the log, who has witnessed it, and how to check that.

use axum::extract::Path;
use axum::response::Response;
use http::header::{CACHE_CONTROL, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use madang_base::{Error, Time};
use madang_http::{Outcome, Visit};
use madang_kernel::ledger::ReceiptCode;
use madang_tlog::leaf_hash;
use madang_tlog::note::Signature;
use serde_json::{Value, json};

use super::super::log::tree;
use super::stand::{self, Proven, Stand};
use super::{absolute, event, find, opening};
use crate::page::Page;
use crate::qr;

const REFRESH: HeaderName = HeaderName::from_static("refresh");
/// Seconds until a receipt that waits is looked at again.
const SOON: HeaderValue = HeaderValue::from_static("2");
/// The same while the log waits for an operator.
const LATER: HeaderValue = HeaderValue::from_static("60");

pub async fn show(visit: Visit, Path((_, typed)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let Some(code) = find::read(&typed) else { return find::page(&visit, &typed, "garbled") };
    match stand::of(&visit, &code).await? {
        Stand::Unknown => find::page(&visit, &typed, "unknown"),
        Stand::Waiting => waiting(&visit, &code),
        Stand::Proven(proven) => page(&visit, &headers, &code, &proven).await,
    }
}

/// It comes again by itself, without scripts.
fn waiting(visit: &Visit, code: &ReceiptCode) -> Outcome {
    let held = stand::held(visit);
    let mut response = Page::new(visit, "receipts/waiting.html").status(StatusCode::ACCEPTED).render(&json!({
        "code": code, "at": code.at.micros(), "held": held, "here": visit.url(&visit.path), "address": absolute(visit, code),
    }))?;
    response.headers_mut().insert(REFRESH, if held { LATER } else { SOON });
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn page(visit: &Visit, headers: &HeaderMap, code: &ReceiptCode, proven: &Proven) -> Outcome {
    let carried = opening::carried(visit, headers);
    let own = opening::own(visit, headers, &proven.opening).await?;
    let known: Option<Value> = match proven.opening.public || own {
        true => Some(serde_json::from_str(&proven.opening.event).map_err(Error::internal)?),
        false => None,
    };
    let told = event::told(visit, known.as_ref(), carried).await?;
    let log = stand::log(visit).ok_or_else(|| Error::internal("a proof without a log"))?;
    let keys: Vec<String> = log.keys().await?.into_iter().map(|key| key.vkey).collect();
    let address = absolute(visit, code);
    // Of a public event nothing is opened but its texts and files.
    let opens = own && (!proven.opening.public || !proven.opening.salts.is_empty());
    let opening_href = if opens { format!("{}/opening", visit.url(&visit.path)) } else { String::new() };
    let mut response = Page::new(visit, "receipts/show.html").render(&json!({
        "code": code, "at": code.at.micros(), "told": event::shown(&told),
        "public": proven.opening.public, "own": own, "erased": proven.opening.erased(),
        "leaf": proven.index, "entry": proven.opening.entry,
        "log": {
            "origin": proven.seal.origin, "size": proven.seal.size, "root": proven.seal.root.to_string(),
            "signed_at": proven.signed_at.map(Time::micros), "since": proven.since.map(Time::micros), "keys": keys,
            "href": visit.url("/log"), "leaf_href": visit.url(&format!("/log/leaves/{}", proven.index)),
            "about_href": visit.url("/log/about"),
        },
        "witnesses": witnesses(proven), "steps": proven.proof.path.len(),
        "tree": tree::drawing(visit, leaf_hash(proven.opening.entry.as_bytes()), &proven.proof)?,
        "address": address, "qr": qr::svg(&address)?,
        "proof_href": format!("/receipts/{code}.tlog-proof"), "entry_href": format!("/receipts/{code}.json"),
        "opening_href": opening_href,
        "verify_href": visit.url("/verify"),
    }))?;
    private_if(&mut response, own);
    Ok(response)
}

/// What depends on who looks stays with whoever looked.
fn private_if(response: &mut Response, own: bool) {
    if own {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
}

/// Names of the witnesses that signed beside the log, each with the time that it states.
fn witnesses(proven: &Proven) -> Vec<Value> {
    let own = &proven.seal.origin;
    let signed = proven.proof.checkpoint.signatures.iter().filter(|signature| signature.name() != own.as_str());
    signed.filter_map(|signature| Some(json!({ "name": signature.name(), "at": stated(signature)? }))).collect()
}

/// The time in a cosignature (C2SP cosignature/v1): eight bytes of seconds before the 64 of the signature.
fn stated(signature: &Signature) -> Option<i64> {
    let (seconds, rest) = signature.bytes().split_first_chunk::<8>()?;
    let seconds = i64::try_from(u64::from_be_bytes(*seconds)).ok()?;
    (rest.len() == 64).then(|| seconds.saturating_mul(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_cosignature_is_read_and_that_of_another_signature_is_not() {
        let mut bytes = 1_700_000_000_u64.to_be_bytes().to_vec();
        bytes.extend([7; 64]);
        let of = |bytes: &[u8]| stated(&Signature::new("w", [0; 4], bytes.to_vec()).unwrap());
        assert_eq!(of(&bytes), Some(1_700_000_000_000_000));
        assert_eq!(of(&bytes[..64]), None);
        assert_eq!(of(&[7]), None);
    }
}
