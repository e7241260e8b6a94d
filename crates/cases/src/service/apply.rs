//! Definitions: put in, opened and shut, cases moved to a new version.

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{Definition, Loaded, Problems, Source};
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{Ctx, ObjectKind, Ref, Verb, history};

use super::{act, clocks, written};
use crate::Cases;
use crate::kinds;
use crate::model::{CaseEvent, CaseFile, EventBody, EventKind};
use crate::registry::{Origin, shipped};
use crate::store;

/// What came of putting a definition in.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    pub service: String,
    pub digest: String,
    /// False: it was in force already.
    pub changed: bool,
    pub warnings: Problems,
}

/// Puts in what the program brings: services that are not there, and newer texts of those that the operator has not
/// replaced. Called at start. Says how many were put in.
///
/// # Errors
/// `service.invalid` when a shipped definition is none; those of the database.
pub fn install(tx: &mut Tx, ctx: &Ctx, cases: &Cases) -> Result<u64> {
    let mut put_in = 0;
    for (name, text) in shipped() {
        let loaded = load(name, text)?;
        let there = store::service::get(tx, &loaded.definition.id)?;
        if there.is_some_and(|row| row.origin == Origin::Operator || row.digest == loaded.digest) {
            continue;
        }
        put(tx, ctx, cases, &loaded, Origin::Shipped)?;
        put_in += 1;
    }
    Ok(put_in)
}

/// Puts in a definition of the operator; `name` is the file's, for messages. One that is in force already only becomes the
/// operator's.
///
/// # Errors
/// `service.invalid` with name, line and code of the first problem; those of [`Ctx::require`] and the database.
pub fn apply(tx: &mut Tx, ctx: &Ctx, cases: &Cases, name: &str, text: &str) -> Result<Applied> {
    ctx.require(Verb::Import, ObjectKind::Service, None)?;
    let loaded = load(name, text)?;
    let there = store::service::get(tx, &loaded.definition.id)?;
    let same = there.as_ref().is_some_and(|row| row.digest == loaded.digest);
    if !there.is_some_and(|row| row.digest == loaded.digest && row.origin == Origin::Operator) {
        put(tx, ctx, cases, &loaded, Origin::Operator)?;
    }
    Ok(Applied { service: loaded.definition.id, digest: loaded.digest, changed: !same, warnings: loaded.warnings })
}

fn load(name: &str, text: &str) -> Result<Loaded> {
    madang_form::load(Source { name, text }).map_err(|problems| {
        let error = Error::invalid("service.invalid").arg("name", name);
        let error = match problems.iter().next() {
            Some(first) => error.arg("line", first.line).arg("code", first.code),
            None => error,
        };
        error.source(problems)
    })
}

fn put(tx: &mut Tx, ctx: &Ctx, cases: &Cases, loaded: &Loaded, origin: Origin) -> Result<()> {
    let id = &loaded.definition.id;
    let before = store::service::get(tx, id)?.map(|row| row.digest);
    store::service::insert_version(tx, &loaded.digest, id, &loaded.text, ctx.now, ctx.account())?;
    store::service::put(tx, id, &loaded.digest, origin, ctx.now)?;
    let object = Ref::new(ObjectKind::Service, id);
    history::record(tx, ctx, &object, "version", before, Some(loaded.digest.clone()))?;
    // The text is public and no person's.
    let event = Event::public(&kinds::SERVICE_APPLIED, object).with("origin", origin.code());
    ledger::append(tx, ctx, event.with("digest", Field::digest(&loaded.digest)?))?;
    cases.services.current(tx, id).map(drop)
}

/// Lets new cases in.
///
/// # Errors
/// `service.unknown`; those of [`Ctx::require`].
pub fn open(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: &str) -> Result<()> {
    set_open(tx, ctx, cases, id, true)
}

/// Lets no new cases in; those that are there go on.
///
/// # Errors
/// As [`open`].
pub fn shut(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: &str) -> Result<()> {
    set_open(tx, ctx, cases, id, false)
}

fn set_open(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: &str, open: bool) -> Result<()> {
    ctx.require(Verb::Manage, ObjectKind::Service, None)?;
    cases.services.current(tx, id)?;
    if store::service::set_open(tx, id, open, ctx.now)? {
        let (kind, before, after) =
            if open { (&kinds::SERVICE_OPENED, "shut", "open") } else { (&kinds::SERVICE_SHUT, "open", "shut") };
        let object = Ref::new(ObjectKind::Service, id);
        history::record(tx, ctx, &object, "open", Some(before.to_owned()), Some(after.to_owned()))?;
        ledger::append(tx, ctx, Event::public(kind, object))?;
    }
    Ok(())
}

/// Cases of one read while moving.
const MOVED: u32 = 200;

/// Moves the cases of a version to the one in force, open and closed ones; says how many. `states` maps states that the new
/// version lacks. Each case's timeline says that it moved, its clocks are counted anew by the new definition.
///
/// # Errors
/// `service.migrate-state` when a case that is not closed stands in a state that the new version lacks and `states` does
/// not map to one that it has; `service.unknown`; those of [`Ctx::require`].
pub fn migrate(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    service: &str,
    from_digest: &str,
    states: &BTreeMap<String, String>,
) -> Result<u64> {
    ctx.require(Verb::Manage, ObjectKind::Service, None)?;
    let to = cases.services.current(tx, service)?;
    let from = cases.services.version(tx, from_digest)?;
    if from.definition.id != to.definition.id {
        return Err(Error::not_found("service.unknown").arg("value", from_digest));
    }
    if from.digest == to.digest {
        return Ok(0);
    }
    for (state, open) in store::service::states(tx, from_digest)? {
        if open > 0 && target(&to.definition, states, &state).is_none() {
            return Err(Error::conflict("service.migrate-state").arg("state", state).arg("cases", open));
        }
    }
    let (mut moved, mut after) = (0, String::new());
    loop {
        let ids = store::case::of_version(tx, from_digest, &after, MOVED)?;
        let Some(last) = ids.last() else { return Ok(moved) };
        after = last.to_string();
        for id in ids {
            let (case, _) = super::case_by_id(tx, cases, id)?;
            moved += u64::from(move_one(tx, ctx, cases, &to.definition, &to.digest, states, case)?);
        }
    }
}

/// Where a case of this state stands in the new version.
fn target<'a>(to: &Definition, states: &'a BTreeMap<String, String>, state: &'a str) -> Option<&'a str> {
    let target = states.get(state).map_or(state, String::as_str);
    to.state(target).map(|_| target)
}

/// A closed case whose state is gone stays on its version.
fn move_one(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    to: &Definition,
    digest: &str,
    states: &BTreeMap<String, String>,
    mut case: CaseFile,
) -> Result<bool> {
    let Some(state) = target(to, states, &case.state).and_then(|id| to.state(id)) else { return Ok(false) };
    let from_state = std::mem::replace(&mut case.state, state.id.clone());
    case.phase = state.phase;
    digest.clone_into(&mut case.version);
    // Answers to fields that the new version lacks, or knows as something else, go with the old version's text.
    let kept = case.answers.0.iter().filter_map(|(id, answer)| {
        let one = madang_form::Answers([(id.clone(), answer.clone())].into());
        one.typed(to).ok()?.0.into_iter().next()
    });
    case.answers = madang_form::Answers(kept.collect());
    case.updated_at = ctx.now;
    store::case::save(tx, &mut case)?;
    let event = CaseEvent {
        case: case.id,
        no: 0,
        at: ctx.now,
        kind: EventKind::Migrated,
        step: None,
        to_state: (from_state != case.state).then(|| case.state.clone()),
        from_state: Some(from_state).filter(|from| *from != case.state),
        party: "system".to_owned(),
        account: ctx.account(),
        organisation: None,
        public: true,
        body: EventBody { about: digest.to_owned(), ..EventBody::default() },
    };
    let no = store::event::append(tx, &event)?;
    written::index(tx, to, &case)?;
    clocks::refold(tx, ctx, cases, &mut case)?;
    ledger::append(tx, ctx, act::leaf(&case, &kinds::CASE_MIGRATED, no, &event)?)?;
    Ok(true)
}

/// How many cases that are not closed stand on which version.
///
/// # Errors
/// Those of the database.
pub fn open_cases_by_version(tx: &mut Tx, service: &str) -> Result<Vec<(String, i64)>> {
    store::service::open_cases(tx, service)
}

/// Digests of all versions that ever were in force, with when they came, newest first.
///
/// # Errors
/// Those of the database.
pub fn versions(tx: &mut Tx, service: &str) -> Result<Vec<(String, madang_base::Time)>> {
    store::service::versions(tx, service)
}

/// The service that a version belongs to, and when the version came; none for a digest of none.
///
/// # Errors
/// Those of the database.
pub fn version_of(tx: &mut Tx, digest: &str) -> Result<Option<(String, madang_base::Time)>> {
    let Some(service) = store::service::service_of(tx, digest)? else { return Ok(None) };
    let came = store::service::versions(tx, &service)?.into_iter().find(|(known, _)| known == digest);
    Ok(came.map(|(_, at)| (service, at)))
}

/// The text of a version.
///
/// # Errors
/// `service.unknown`.
pub fn text(tx: &mut Tx, digest: &str) -> Result<String> {
    store::service::text(tx, digest)?.ok_or_else(|| Error::not_found("service.unknown").arg("value", digest))
}
