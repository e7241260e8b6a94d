//! Giving and taking back. No statement here touches a row that two people share.

use std::sync::Arc;

use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_form::{Definition, Support};
use madang_kernel::ledger::{self, Event, Field, Kind, ReceiptCode};
use madang_kernel::{Ctx, ObjectKind, Owner, Verb};

use super::key::{self, CaseKey, Nullifier};
use super::{AgeBand, Given, Region, Status, SupportInput, store};
use crate::context::Cases;
use crate::kinds;
use crate::model::{CaseFile, CaseId, Publication};
use crate::registry::ServiceVersion;
use crate::service::act::reference;
use crate::service::follow::{self, Rhythm};

pub(crate) const GIVEN: &str = kinds::SUPPORT_GIVEN.name;
pub(crate) const WITHDRAWN: &str = kinds::SUPPORT_WITHDRAWN.name;
pub(crate) const EXCLUDED: &str = kinds::SUPPORT_EXCLUDED.name;
pub(crate) const RESTORED: &str = kinds::SUPPORT_RESTORED.name;

/// A case that can be supported now, read in one row.
pub(crate) struct Open {
    pub stand: store::Stand,
    pub version: Arc<ServiceVersion>,
}

impl Open {
    pub(crate) fn support(&self) -> Result<&Support> {
        self.version.definition.support.as_ref().ok_or_else(|| Error::conflict("support.none"))
    }
}

/// # Errors
/// `case.unknown`, `support.none`, `support.closed`.
pub(crate) fn open(tx: &mut Tx, cases: &Cases, number: &str) -> Result<Open> {
    let unknown = || Error::not_found("case.unknown").arg("value", number);
    let normal = madang_form::number::normalise(number).ok_or_else(unknown)?;
    let stand = store::stand_by_number(tx, &normal)?.ok_or_else(unknown)?;
    if stand.publication != Publication::Published || stand.erased {
        return Err(unknown());
    }
    let version = cases.services.version(tx, &stand.version)?;
    let open = Open { stand, version };
    in_state(open.support()?, &open.stand.state)?;
    Ok(open)
}

fn in_state(support: &Support, state: &str) -> Result<()> {
    let open = support.states.iter().any(|open| open == state);
    if open { Ok(()) } else { Err(Error::conflict("support.closed")) }
}

/// Whether a case takes supports now, from whoever may give them.
pub(crate) fn taken(support: &Support, case: &CaseFile) -> bool {
    case.publication == Publication::Published && in_state(support, &case.state).is_ok()
}

/// Gives the actor's support to a case. Giving twice is giving once; giving after taking back counts again. Authors may
/// support their own case: they are persons like others, and filing is not counted as a signature by itself.
///
/// # Errors
/// `case.unknown`; `support.none` (the service has none), `support.closed` (not in this state), `support.who` (the
/// account does not prove enough), `support.excluded` (left out by a decision), `support.region-unknown`,
/// `support.age-unknown`; those of [`Ctx::require`].
pub fn give(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, input: &SupportInput) -> Result<Given> {
    ctx.require(Verb::Create, ObjectKind::Support, ctx.account().map(Owner::Account))?;
    let open = open(tx, cases, number)?;
    let support = open.support()?;
    let person = key::person(ctx, support)?;
    let (region, age_band) = stated(support, input.region.as_deref(), input.age_band.as_deref())?;
    let case = open.stand.id;
    let nullifier = key::key_for(tx, ctx, case, open.stand.wrapped.as_deref())?.nullifier(person);
    let new = store::New {
        case,
        nullifier: &nullifier.hex,
        at: ctx.now,
        channel: input.channel,
        batch: None,
        region: region.map(Region::code),
        age_band: age_band.map(AgeBand::code),
        network: Some(input.network.as_str()).filter(|network| !network.is_empty()),
    };
    let changed = put(tx, &new)?;
    let receipt = match changed {
        true => Some(given(tx, ctx, &new, &nullifier)?),
        false => receipt_of(tx, case, &nullifier)?,
    };
    if input.follow {
        follow::follow(tx, ctx, cases, number, Rhythm::AtOnce, None)?;
    }
    Ok(Given { again: !changed, receipt })
}

/// Region and age band as the service takes them: without a breakdown nothing is kept.
pub(crate) fn stated(
    support: &Support,
    region: Option<&str>,
    age_band: Option<&str>,
) -> Result<(Option<Region>, Option<AgeBand>)> {
    if !support.breakdown {
        return Ok((None, None));
    }
    let region = region.filter(|word| !word.is_empty()).map(str::parse).transpose()?;
    let age_band = age_band.filter(|word| !word.is_empty()).map(str::parse).transpose()?;
    Ok((region, age_band))
}

/// Whether something changed: the row is new, or had been withdrawn. Insert first; whoever comes second finds the row.
///
/// # Errors
/// `support.excluded`.
fn put(tx: &mut Tx, new: &store::New<'_>) -> Result<bool> {
    if store::insert(tx, new)? {
        return Ok(true);
    }
    match store::held(tx, new.case, new.nullifier)?.map(|held| held.status) {
        Some(Status::Excluded) => Err(Error::conflict("support.excluded")),
        Some(Status::Withdrawn) => store::again(tx, new),
        Some(Status::Given) | None => Ok(false),
    }
}

/// Puts on record that somebody supports. What the supporter stated is in the event as a salted
/// commitment to `region age-band`, `-` for what was not stated.
pub(crate) fn given(tx: &mut Tx, ctx: &Ctx, new: &store::New<'_>, nullifier: &Nullifier) -> Result<ReceiptCode> {
    let mut event =
        counted(&kinds::SUPPORT_GIVEN, new.case, nullifier.bytes, new.at).with("channel", new.channel.code());
    if new.region.is_some() || new.age_band.is_some() {
        // One commitment for both: each one costs a salt, and giving is what happens most.
        let stated = format!("{} {}", new.region.unwrap_or("-"), new.age_band.unwrap_or("-"));
        event = event.with("stated", Field::Salted(stated));
    }
    ledger::append(tx, ctx, event)
}

/// An event that changes the count: of whom, and of which day.
pub(crate) fn counted(kind: &'static Kind, case: CaseId, nullifier: [u8; 32], at: Time) -> Event {
    Event::public(kind, reference(case)).with("who", Field::Keyed(nullifier)).with("day", at.kst_date())
}

/// Takes the actor's support back, while it could be given; gives the receipt.
///
/// # Errors
/// `support.not-given`; as [`give`].
pub fn withdraw(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str) -> Result<ReceiptCode> {
    ctx.require(Verb::Withdraw, ObjectKind::Support, ctx.account().map(Owner::Account))?;
    let open = open(tx, cases, number)?;
    let person = key::person(ctx, open.support()?)?;
    let case = open.stand.id;
    let Some(wrapped) = &open.stand.wrapped else { return Err(Error::conflict("support.not-given")) };
    let nullifier = CaseKey::open(ctx, case, wrapped)?.nullifier(person);
    match store::take_back(tx, case, &nullifier.hex)? {
        Some(at) => ledger::append(tx, ctx, counted(&kinds::SUPPORT_WITHDRAWN, case, nullifier.bytes, at)),
        None => match store::held(tx, case, &nullifier.hex)?.map(|held| held.status) {
            Some(Status::Excluded) => Err(Error::conflict("support.excluded")),
            Some(_) | None => Err(Error::conflict("support.not-given")),
        },
    }
}

/// Since when the actor supports the case; none when not.
///
/// # Errors
/// Those of the database.
pub fn mine(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<Option<Time>> {
    let Some(nullifier) = own(tx, ctx, cases, case)? else { return Ok(None) };
    let held = store::held(tx, case.id, &nullifier.hex)?;
    Ok(held.filter(|held| held.status == Status::Given).map(|held| held.at))
}

/// How the actor stands in the ledger among the supporters of the case, `nullifier:` included, whether or not there is a
/// support; none for who cannot give one, or when the case has no key (any more).
///
/// # Errors
/// Those of the database.
pub fn nullifier(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<Option<String>> {
    Ok(own(tx, ctx, cases, case)?.map(|nullifier| format!("nullifier:{}", nullifier.hex)))
}

/// The receipt of the actor's support; none when there is no support, or when it is older than the ledger.
///
/// # Errors
/// Those of the database.
pub fn receipt(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<Option<ReceiptCode>> {
    let Some(nullifier) = own(tx, ctx, cases, case)? else { return Ok(None) };
    receipt_of(tx, case.id, &nullifier)
}

fn own(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<Option<Nullifier>> {
    let version = cases.services.version(tx, &case.version)?;
    let Some(support) = &version.definition.support else { return Ok(None) };
    let Ok(person) = key::person(ctx, support) else { return Ok(None) };
    let Some(wrapped) = store::key(tx, case.id)? else { return Ok(None) };
    Ok(Some(CaseKey::open(ctx, case.id, &wrapped)?.nullifier(person)))
}

fn receipt_of(tx: &mut Tx, case: CaseId, nullifier: &Nullifier) -> Result<Option<ReceiptCode>> {
    let held = store::held(tx, case, &nullifier.hex)?.filter(|held| held.status == Status::Given);
    let Some(held) = held else { return Ok(None) };
    let who = format!("nullifier:{}", nullifier.hex);
    let given = |event: &serde_json::Value| {
        event["kind"] == kinds::SUPPORT_GIVEN.name && event["fields"]["who"].as_str() == Some(&who)
    };
    madang_kernel::receipt::of_act(tx, &reference(case), held.at, given)
}

/// Whether the actor may give (or take back) now; the error says why not, for the page.
///
/// # Errors
/// As [`give`].
pub fn may(ctx: &Ctx, definition: &Definition, case: &CaseFile) -> Result<()> {
    let support = definition.support.as_ref().ok_or_else(|| Error::conflict("support.none"))?;
    if case.publication != Publication::Published {
        return Err(Error::not_found("case.unknown").arg("value", &case.number));
    }
    in_state(support, &case.state)?;
    ctx.require(Verb::Create, ObjectKind::Support, ctx.account().map(Owner::Account))?;
    key::person(ctx, support).map(drop)
}
