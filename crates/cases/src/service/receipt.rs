//! Receipts of what happened to a case, found again, and whose they are.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, ReceiptCode};
use madang_kernel::{Ctx, ObjectKind, Ref, receipt};
use serde_json::Value;

use super::{case_by_id, lookup};
use crate::Cases;
use crate::model::{CaseId, Publication};
use crate::{kinds, support};

/// The receipt of an act that the visitor sees in the case's timeline, by its number there.
///
/// # Errors
/// `case.unknown`; `receipt.unknown` when there is no such act, or it is older than the ledger.
pub fn of_event(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    no: i64,
    code: Option<&str>,
) -> Result<ReceiptCode> {
    let unknown = || Error::not_found("receipt.unknown");
    let view = lookup::open(tx, ctx, cases, number, code)?;
    let at = view.timeline.iter().find(|item| item.no == no).ok_or_else(unknown)?.at;
    let is = |event: &Value| event["fields"]["no"].as_i64() == Some(no);
    receipt::of_act(tx, &view.case.reference(), at, is)?.ok_or_else(unknown)
}

/// The receipt of the actor's own support of a case.
///
/// # Errors
/// `case.unknown`; `support.not-given`; `receipt.unknown` when it is older than the ledger.
pub fn of_support(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str) -> Result<ReceiptCode> {
    let case = lookup::open(tx, ctx, cases, number, None)?.case;
    if support::mine(tx, ctx, cases, &case)?.is_none() {
        return Err(Error::conflict("support.not-given"));
    }
    support::receipt(tx, ctx, cases, &case)?.ok_or_else(|| Error::not_found("receipt.unknown"))
}

/// Whether an event is the actor's own: done under the account, as a supporter, or, without an account, as author of the
/// case. `carried` is number and secret code that the visitor showed.
///
/// # Errors
/// Those of the database.
pub fn own(tx: &mut Tx, ctx: &Ctx, cases: &Cases, event: &Value, carried: Option<(&str, &str)>) -> Result<bool> {
    let Some(object) = event["object"].as_str().and_then(|object| object.parse::<Ref>().ok()) else {
        return Ok(false);
    };
    let fields = &event["fields"];
    let stands = |name: &str, hex: &str| fields[name].as_str().and_then(|v| v.strip_prefix("nullifier:")) == Some(hex);
    if let Some(account) = ctx.account() {
        let mine = ledger::nullifier(ctx, &object, account);
        if stands("by", &mine) || stands("who", &mine) {
            return Ok(true);
        }
    }
    let Some(id) = Some(&object).filter(|o| o.kind == ObjectKind::Case).and_then(|o| o.id.parse::<CaseId>().ok())
    else {
        return Ok(false);
    };
    let Ok((case, _)) = case_by_id(tx, cases, id) else { return Ok(false) };
    if support::nullifier(tx, ctx, cases, &case)?.is_some_and(|who| fields["who"].as_str() == Some(&who)) {
        return Ok(true);
    }
    // Of a filing the organisation is the one that has to answer, not the one that acted.
    let agencys = fields.get("organisation").is_some() && event["kind"] != kinds::CASE_FILED.name;
    let somebodys = fields.get("by").is_some() || fields.get("who").is_some() || agencys;
    let code = carried.filter(|(number, _)| *number == case.number).map(|(_, code)| code);
    Ok(!somebodys && lookup::standing(tx, ctx, cases, &case, code)?.author)
}

/// Number and title of the case of an event, for those who may know of it: everybody while it is public, and its author.
///
/// # Errors
/// Those of the database.
pub fn case_of(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    object: &Ref,
    carried: Option<(&str, &str)>,
) -> Result<Option<(String, String)>> {
    let Ok(id) = object.id.parse::<CaseId>() else { return Ok(None) };
    let Ok((case, _)) = case_by_id(tx, cases, id) else { return Ok(None) };
    if case.erased_at.is_some() {
        return Ok(None);
    }
    let code = carried.filter(|(number, _)| *number == case.number).map(|(_, code)| code);
    let known = case.publication == Publication::Published || lookup::standing(tx, ctx, cases, &case, code)?.author;
    Ok(known.then_some((case.number, case.title)))
}
