//! Paper sheets and supports by proxy, entered in batches under the same uniqueness as all others.
//!
//! A line is the person of a provider's claim where the sheet carries one, and counts once with what that person gives by
//! other ways. A line with name and birthday alone is found among other sheets only: what cannot be matched is said in
//! the batch's protocol and is not guessed. Names and claims are hashed and not kept.

use std::collections::HashSet;

use madang_base::{Error, Id, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Verb};

use super::act::{self, counted};
use super::key::{self, Nullifier};
use super::{AgeBand, Batch, BatchId, BatchInput, BatchKind, BatchResult, PaperLine, Refused, Region, Status, store};
use crate::context::Cases;
use crate::kinds;
use crate::model::{CaseId, Channel};
use crate::service::act::reference;
use crate::store as case_store;

/// Lines in one batch; more sheets are more batches.
pub const MOST_LINES: usize = 1000;
const MOST_PROTOCOL: usize = 4000;
const MOST_REASON: usize = 1000;

/// Enters a batch; clerks and officers of an agency that has the case.
///
/// # Errors
/// `case.unknown`; `support.none`, `support.closed`, `support.no-paper`; `support.batch-invalid` with the fields
/// `protocol`, `sheets`, `lines`; those of [`Ctx::require`].
pub fn enter(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, input: &BatchInput) -> Result<BatchResult> {
    let open = act::open(tx, cases, number)?;
    let case = open.stand.id;
    let organisation = officer(tx, ctx, Verb::Import, case)?;
    let support = open.support()?;
    if !support.paper {
        return Err(Error::conflict("support.no-paper"));
    }
    check(input)?;
    let mut result =
        BatchResult { id: Id::new(ctx.now, ctx.rng()), accepted: 0, duplicates: Vec::new(), refused: Vec::new() };
    let key = key::key_for(tx, ctx, case, open.stand.wrapped.as_deref())?;
    let mut here = HashSet::new();
    for (at, line) in input.lines.iter().enumerate() {
        let no = at + 1;
        if let Some(code) = refused(ctx, input.kind, line) {
            result.refused.push(Refused { line: no, code });
            continue;
        }
        let Ok((region, age)) = act::stated(support, line.region.as_deref(), line.age_band.as_deref()) else {
            result.refused.push(Refused { line: no, code: "support.line-stated" });
            continue;
        };
        let nullifier = key.nullifier(&key::on_paper(tx, ctx, &*cases.persons, line)?);
        if !here.insert(nullifier.hex.clone()) {
            result.duplicates.push(no);
            continue;
        }
        match put(tx, ctx, (case, result.id), &nullifier, (region, age))? {
            Put::Counted => result.accepted += 1,
            Put::There => result.duplicates.push(no),
            Put::Refused(code) => result.refused.push(Refused { line: no, code }),
        }
    }
    let batch = Batch {
        id: result.id,
        case,
        kind: input.kind,
        at: ctx.now,
        account: ctx.account(),
        organisation,
        protocol: input.protocol.trim().to_owned(),
        sheets: i64::from(input.sheets),
        accepted: result.accepted,
        duplicates: number_of(result.duplicates.len()),
        refused: number_of(result.refused.len()),
        undone_at: None,
        undone_reason: String::new(),
    };
    store::batch_insert(tx, &batch)?;
    let event = Event::public(&kinds::SUPPORT_BATCH_ENTERED, reference(case))
        .with("kind", batch.kind.code())
        .with("sheets", batch.sheets)
        .with("accepted", batch.accepted)
        .with("duplicates", batch.duplicates)
        .with("refused", batch.refused)
        .with("protocol", Field::salted(batch.protocol));
    ledger::append(tx, ctx, event)?;
    Ok(result)
}

fn number_of(lines: usize) -> i64 {
    i64::try_from(lines).unwrap_or(i64::MAX)
}

/// The agency that has the case and for which the actor may do this to its supports.
pub(super) fn officer(tx: &mut Tx, ctx: &Ctx, verb: Verb, case: CaseId) -> Result<Option<OrganisationId>> {
    let agencies: Vec<_> = case_store::agency::now(tx, case)?.into_iter().map(|(agency, _)| agency).collect();
    ctx.require(verb, ObjectKind::Support, Some(Owner::Organisations(&agencies)))?;
    let own = ctx.actor.person().and_then(|person| {
        person.grants.iter().filter_map(|grant| grant.organisation).find(|organisation| agencies.contains(organisation))
    });
    Ok(own)
}

fn check(input: &BatchInput) -> Result<()> {
    let mut faults = Vec::new();
    if input.protocol.trim().is_empty() || input.protocol.chars().count() > MOST_PROTOCOL {
        faults.push(("protocol", "support.batch-protocol"));
    }
    if input.sheets == 0 {
        faults.push(("sheets", "support.batch-sheets"));
    }
    if input.lines.is_empty() || input.lines.len() > MOST_LINES {
        faults.push(("lines", "support.batch-lines"));
    }
    if faults.is_empty() {
        return Ok(());
    }
    let refused = Error::invalid("support.batch-invalid").arg("most", MOST_LINES);
    Err(faults.into_iter().fold(refused, |error, (field, code)| error.field(field, code)))
}

/// Why a line is nobody in particular.
fn refused(ctx: &Ctx, kind: BatchKind, line: &PaperLine) -> Option<&'static str> {
    if line.claim.as_ref().is_some_and(|(space, claim)| space.trim().is_empty() || claim.trim().is_empty()) {
        return Some("support.line-claim");
    }
    if !line.name.chars().any(char::is_alphanumeric) {
        return Some("support.line-name");
    }
    let today = ctx.now.kst_date();
    match line.birth {
        Some(birth) if birth > today || birth.year() < today.year() - 130 => Some("support.line-birth"),
        None if line.claim.is_none() => Some("support.line-birth"),
        // Somebody acts for the person: then it must be certain for whom.
        _ if kind == BatchKind::Proxy && line.claim.is_none() && line.mark.trim().is_empty() => {
            Some("support.line-proxy")
        }
        _ => None,
    }
}

enum Put {
    Counted,
    There,
    Refused(&'static str),
}

fn put(
    tx: &mut Tx,
    ctx: &Ctx,
    (case, batch): (CaseId, BatchId),
    nullifier: &Nullifier,
    (region, age): (Option<Region>, Option<AgeBand>),
) -> Result<Put> {
    let new = store::New {
        case,
        nullifier: &nullifier.hex,
        at: ctx.now,
        channel: Channel::Paper,
        batch: Some(batch),
        region: region.map(Region::code),
        age_band: age.map(AgeBand::code),
        network: None,
    };
    let counted = store::insert(tx, &new)? || {
        let held = store::held(tx, case, &nullifier.hex)?;
        match held.map(|held| (held.status, held.batch)) {
            Some((Status::Excluded, _)) => return Ok(Put::Refused("support.line-excluded")),
            // Who took back in person is not signed up again by a sheet that may be older; a batch that was undone may
            // be entered again.
            Some((Status::Withdrawn, None)) => return Ok(Put::Refused("support.line-withdrawn")),
            Some((Status::Withdrawn, Some(_))) => store::again(tx, &new)?,
            Some((Status::Given, _)) | None => false,
        }
    };
    if !counted {
        return Ok(Put::There);
    }
    act::given(tx, ctx, &new, nullifier)?;
    Ok(Put::Counted)
}

/// A case's batches, newest first. The caller has asked whether the visitor may see them.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx, case: CaseId) -> Result<Vec<Batch>> {
    store::batches(tx, case)
}

/// Takes a batch back, by a recorded act with its reason; how many supports that took out of the count. Those whom it
/// named may give anew, by any way.
///
/// # Errors
/// `support.batch-unknown`, `support.batch-undone`, `support.reason`; those of [`Ctx::require`].
pub fn undo(tx: &mut Tx, ctx: &Ctx, _cases: &Cases, id: BatchId, reason: &str) -> Result<i64> {
    let batch = store::batch_get(tx, id)?.ok_or_else(|| Error::not_found("support.batch-unknown"))?;
    officer(tx, ctx, Verb::Import, batch.case)?;
    let reason = given_reason(reason)?;
    if !store::batch_undone(tx, id, ctx.now, ctx.account(), reason)? {
        return Err(Error::conflict("support.batch-undone"));
    }
    let mut taken = 0;
    for (hex, _) in store::of_batch(tx, id)? {
        if let Some(at) = store::take_back(tx, batch.case, &hex)? {
            ledger::append(tx, ctx, counted(&kinds::SUPPORT_WITHDRAWN, batch.case, bytes(&hex)?, at))?;
            taken += 1;
        }
    }
    let event = Event::public(&kinds::SUPPORT_BATCH_UNDONE, reference(batch.case))
        .with("kind", batch.kind.code())
        .with("taken", taken)
        .with("reason", Field::salted(reason));
    ledger::append(tx, ctx, event)?;
    Ok(taken)
}

/// A reason that is one.
pub(super) fn given_reason(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > MOST_REASON {
        return Err(Error::invalid("support.reason").arg("most", MOST_REASON).field("reason", "support.reason"));
    }
    Ok(reason)
}

/// The bytes of a nullifier as stored.
pub(super) fn bytes(hex: &str) -> Result<[u8; 32]> {
    let bytes = madang_kernel::digest::unhex(hex).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Error::internal("a nullifier that is none"))
}
