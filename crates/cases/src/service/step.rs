//! The step engine: somebody takes a step of the definition, or the engine takes one by itself.
//!
//! One step is one transaction: the case, the event, what it publishes, the clocks, the ledger, the links, the notices,
//! and the steps that follow by themselves. A step that needs a second officer becomes an approval first
//! ([`super::approve`]). Start reading at [`take`], then
//! [`super::perform`].

use std::collections::BTreeMap;

use madang_base::{Error, FieldError, Result};
use madang_db::Tx;
use madang_form::steps::{check_input_for, meant, open_steps};
use madang_form::{Answer, Definition, FileAnswer, Moment, Need, Party, Step, StepInput};
use madang_kernel::blob::{self, Upload};
use madang_kernel::ledger::ReceiptCode;
use madang_kernel::{Actor, Ctx, ObjectKind, Verb, organisation};
use madang_text::clean;

use super::act::{self, Acting, Happened, Who, begin};
use super::perform::{CHAIN, follow_up, perform};
use super::{approve, case_by_id, link};
use crate::Cases;
use crate::kinds;
use crate::model::{ApprovalId, CaseId, EventKind};
use crate::store;

/// What came of taking a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It happened.
    Done { state: String, revision: i64, receipt: ReceiptCode },
    /// It waits for a second officer.
    Submitted(ApprovalId),
}

/// Refuses when the case is no longer as the actor saw it: call it first, in the same transaction as the verb.
///
/// # Errors
/// `case.changed`; `case.unknown`.
pub fn unchanged(tx: &mut Tx, number: &str, revision: i64) -> Result<()> {
    let unknown = || Error::not_found("case.unknown").arg("value", number);
    let normal = madang_form::number::normalise(number).ok_or_else(unknown)?;
    let case = store::case::by_number(tx, &normal)?.ok_or_else(unknown)?;
    if case.revision != revision {
        return Err(Error::conflict("case.changed").arg("number", &case.number));
    }
    Ok(())
}

/// Takes a step: as author (also with the secret code), officer, member of a party or anybody signed in, as the
/// definition says. A step that needs a second officer waits for one.
///
/// # Errors
/// `case.unknown`; `case.step-unknown`; `case.step-shut` (not in this state), `case.step-who`, `case.step-when` (not for a
/// case with these answers), `case.step-late`;
/// `case.step-invalid` with the fields; `case.file-unknown`; `case.changed`; those of [`Ctx::require`].
#[expect(clippy::too_many_arguments, reason = "the three that every verb has, and what a step is")]
pub fn take(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    step: &str,
    input: &StepInput,
    uploads: &[Upload],
    code: Option<&str>,
) -> Result<Taken> {
    let mut acting = begin(tx, ctx, cases, number, code)?;
    let service = acting.service.clone();
    let step = step_of(&service.definition, step)?;
    let party = party_for(tx, ctx, cases, &acting, step)?;
    let who = who(ctx, &acting, &party)?;
    let mut input = input.clone();
    input.files.extend(uploads.iter().map(file_answer));
    let input = checked(tx, ctx, cases, &acting, step, input, uploads)?;
    for upload in uploads {
        blob::attach(tx, ctx, upload, &act::reference(acting.case.id))?;
    }
    if step.needs(&Need::Approval) && party == Party::Agency && ctx.actor != Actor::System {
        return Ok(Taken::Submitted(approve::hand_in(tx, ctx, cases, &mut acting, step, &input)?));
    }
    let receipt = perform(tx, ctx, cases, &mut acting.case, &service, step, &input, &who, CHAIN)?;
    Ok(Taken::Done { state: acting.case.state, revision: acting.case.revision, receipt })
}

/// Takes the steps that the definition says happen by themselves at a moment, and says how many. A threshold is put on
/// record first.
///
/// # Errors
/// `case.unknown`; those of the database.
pub fn happen(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: CaseId, moment: &Moment) -> Result<u64> {
    let ctx = &act::system(ctx);
    let (mut case, service) = case_by_id(tx, cases, case)?;
    if let Moment::Threshold(id) = moment {
        // Jobs run at least once; a threshold is reached once.
        let events = store::event::of_case(tx, case.id)?;
        if events.iter().any(|event| event.kind == EventKind::Threshold && event.body.about == *id) {
            return Ok(0);
        }
        let count = service.definition.threshold(id).map(|threshold| threshold.count);
        let system = Who::system();
        let mut happened =
            Happened::new(EventKind::Threshold, &kinds::CASE_THRESHOLD_REACHED, &system).public().about(id);
        happened.body.count = count;
        act::record(tx, ctx, cases, &mut case, happened)?;
    }
    follow_up(tx, ctx, cases, &mut case, &service, moment, CHAIN)
}

/// The step of this name.
pub(crate) fn step_of<'a>(def: &'a Definition, step: &str) -> Result<&'a Step> {
    def.step(step).ok_or_else(|| Error::not_found("case.step-unknown").arg("value", step))
}

/// The first of these parties as which the actor stands before the case. Who may act in several ways acts for the office
/// first, and as anybody last.
pub(crate) fn standing_as(ctx: &Ctx, acting: &Acting, by: &[Party]) -> Option<Party> {
    let system = ctx.actor == Actor::System;
    let own = by.iter().filter(|party| system || acting.standing.parties.contains(*party));
    let own = own.filter(|party| system || **party != Party::System);
    own.min_by_key(|party| match party {
        Party::Agency => 0,
        Party::Named(_) => 1,
        Party::Author => 2,
        Party::Member => 3,
        Party::System => 4,
    })
    .cloned()
}

/// As which party the actor takes the step now.
///
/// # Errors
/// `case.step-shut`, `case.step-who`, `case.step-when`, `case.step-late`.
pub(crate) fn party_for(tx: &mut Tx, ctx: &Ctx, cases: &Cases, acting: &Acting, step: &Step) -> Result<Party> {
    let case = &acting.case;
    if !step.from.contains(&case.state) {
        return Err(Error::conflict("case.step-shut").arg("step", &step.id).arg("state", &case.state));
    }
    let Some(party) = standing_as(ctx, acting, &step.by) else {
        if ctx.actor == Actor::Anonymous && !acting.standing.author {
            return Err(Error::unauthenticated("permission.sign-in").arg("verb", Verb::Act).arg("object", "case"));
        }
        return Err(Error::forbidden("case.step-who").arg("step", &step.id));
    };
    if !meant(step, &case.answers) {
        return Err(Error::conflict("case.step-when").arg("step", &step.id));
    }
    if party == Party::System {
        return Ok(party);
    }
    let running = act::runs(tx, ctx, cases, case)?;
    let def = &acting.service.definition;
    let open = open_steps(def, &case.state, std::slice::from_ref(&party), &case.answers, &running);
    if !open.iter().any(|open| open.id == step.id) {
        return Err(Error::conflict("case.step-late").arg("step", &step.id));
    }
    Ok(party)
}

/// Who acts, after the permission table was asked.
pub(crate) fn who(ctx: &Ctx, acting: &Acting, party: &Party) -> Result<Who> {
    match party {
        Party::Agency => Ok(Who::agency(ctx, acting.officer(ctx, Verb::Handle)?)),
        Party::Author if ctx.actor != Actor::System => {
            acting.author(ctx, Verb::Act)?;
            Ok(Who::author(ctx))
        }
        Party::Member | Party::Named(_) => {
            ctx.require(Verb::Act, ObjectKind::Party, None)?;
            Ok(Who { party: party.code().to_owned(), account: ctx.account(), organisation: None })
        }
        Party::Author | Party::System => Ok(Who { party: party.code().to_owned(), ..Who::default() }),
    }
}

/// The input with its fields typed, when it is enough for the step.
///
/// # Errors
/// `case.step-invalid` with the fields.
pub(crate) fn checked(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    acting: &Acting,
    step: &Step,
    mut input: StepInput,
    uploads: &[Upload],
) -> Result<StepInput> {
    let (def, case) = (&acting.service.definition, &acting.case);
    input.answer = clean::block(&input.answer);
    input.reason = clean::block(&input.reason);
    input.link = input.link.map(|link| link.trim().to_owned()).filter(|link| !link.is_empty());
    let mut errors = check_input_for(def, step, &input, &case.answers, ctx.now.kst_date());
    if errors.is_empty() {
        input = input.typed(def)?;
        for (name, answer) in &input.fields.0 {
            if let Answer::Agency(slug) = answer
                && organisation::by_slug(tx, slug)?.is_none()
            {
                errors.push(fault(name, "case.agency-unknown"));
            }
        }
        if let Some(text) = &input.link
            && let Err(error) = link::resolve(tx, cases, case.id, text)
        {
            errors.push(fault("link", error.code()));
        }
        errors.extend(files_fault(tx, case.id, &input, uploads)?);
    }
    if errors.is_empty() {
        return Ok(input);
    }
    let error = Error::invalid("case.step-invalid").arg("step", &step.id);
    Err(errors.into_iter().fold(error, Error::field_error))
}

fn fault(field: &str, code: &'static str) -> FieldError {
    FieldError { field: field.to_owned(), code, args: BTreeMap::new() }
}

/// An upload as a step and an answer name it.
pub(crate) fn file_answer(upload: &Upload) -> FileAnswer {
    FileAnswer {
        sha256: upload.blob.sha256.clone(),
        name: upload.name.clone(),
        size: upload.blob.size,
        media_type: upload.blob.media_type.code().to_owned(),
    }
}

/// A file may only be named that comes with the act or that the case has already: a digest alone opens no file of another.
fn files_fault(tx: &mut Tx, case: CaseId, input: &StepInput, uploads: &[Upload]) -> Result<Option<FieldError>> {
    let mut named: Vec<(&str, &FileAnswer)> = input.files.iter().map(|file| ("files", file)).collect();
    for (field, answer) in &input.fields.0 {
        if let Answer::Files(files) = answer {
            named.extend(files.iter().map(|file| (field.as_str(), file)));
        }
    }
    if named.is_empty() {
        return Ok(None);
    }
    let own = blob::attachments(tx, &act::reference(case))?;
    let missing = named.into_iter().find(|(_, file)| {
        !uploads.iter().any(|upload| upload.blob.sha256 == file.sha256)
            && !own.iter().any(|attached| attached.blob.sha256 == file.sha256)
    });
    Ok(missing.map(|(field, _)| fault(field, "case.file-unknown")))
}
