//! Editing a commitment in the browser: draft, preview, publish, undo. A draft is a commitment as the file format has
//! it, so that the editor and the import share checks, comparison and writing.

use std::collections::BTreeMap;

use madang_base::{Error, FieldError, Id, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Role, Verb, organisation};
use serde::Serialize;

use super::write::{self, Organisations, Seat};
use super::{Happened, acting_for, announce, audience, commitment_of, plan_of};
use crate::file::Commitment;
use crate::id;
use crate::import::diff::{Diff, diff_commitment};
use crate::import::{Problem, check, node};
use crate::model::{AgencyRole, CommitmentName, Draft, DraftId, DraftState, NewsKind};
use crate::views::load;
use crate::{kinds, record, store};

/// A draft beside what is published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preview {
    pub draft: Draft,
    pub name: CommitmentName,
    pub diff: Diff,
    /// What is published has changed since the draft was begun; it cannot be published as it is.
    pub outdated: bool,
}

fn leads(tx: &mut Tx, commitment: &str) -> Result<Vec<OrganisationId>> {
    let agencies = store::commitment::agencies(tx, commitment)?;
    let mut own: Vec<OrganisationId> =
        agencies.iter().filter(|a| a.role == AgencyRole::Lead).map(|a| a.agency.id).collect();
    // A commitment with parts may have no lead of its own: those who lead its parts edit it.
    if own.is_empty() {
        let (name, _) = commitment_of(tx, commitment)?;
        let all = store::commitment::of_plan(tx, &name.plan)?;
        for part in all.iter().filter(|c| c.parent.as_deref() == Some(commitment)) {
            let agencies = store::commitment::agencies(tx, &part.id)?;
            own.extend(agencies.iter().filter(|a| a.role == AgencyRole::Lead).map(|a| a.agency.id));
        }
    }
    Ok(own)
}

fn require(tx: &mut Tx, ctx: &Ctx, verb: Verb, commitment: &str) -> Result<Vec<OrganisationId>> {
    let own = leads(tx, commitment)?;
    ctx.require(verb, ObjectKind::Commitment, Some(Owner::Organisations(&own)))?;
    Ok(own)
}

fn draft_of(tx: &mut Tx, draft: DraftId) -> Result<Draft> {
    store::draft::get(tx, draft)?.ok_or_else(|| Error::not_found("plan.draft-unknown").arg("value", draft))
}

/// The open draft of a commitment, or a new one with what is published.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.commitment-unknown`, `plan.commitment-retired`.
pub fn begin(tx: &mut Tx, ctx: &Ctx, commitment: &str) -> Result<Draft> {
    let (name, _) = commitment_of(tx, commitment)?;
    require(tx, ctx, Verb::Edit, commitment)?;
    if let Some(open) = store::draft::latest(tx, commitment, DraftState::Draft)? {
        return Ok(open);
    }
    let content = load::commitment(tx, commitment)?;
    let draft = Draft {
        id: Id::new(ctx.now, ctx.rng()),
        plan: name.plan,
        commitment: name.id,
        state: DraftState::Draft,
        base: content.clone(),
        content,
        account: ctx.account(),
        created_at: ctx.now,
        changed_at: ctx.now,
        published_at: None,
    };
    store::draft::insert(tx, &draft)?;
    Ok(draft)
}

/// Saves a draft. It is checked like an import; its number stays.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.draft-unknown`, `plan.draft-closed`; `plan.draft-invalid` with its fields.
pub fn save(tx: &mut Tx, ctx: &Ctx, draft: DraftId, content: &Commitment) -> Result<()> {
    let old = draft_of(tx, draft)?;
    require(tx, ctx, Verb::Edit, &old.commitment)?;
    let content = checked(tx, &old, content)?;
    if !store::draft::save(tx, draft, &content, ctx.now)? {
        return Err(Error::conflict("plan.draft-closed"));
    }
    Ok(())
}

/// The content of a draft as it can be published.
fn checked(tx: &mut Tx, draft: &Draft, content: &Commitment) -> Result<Commitment> {
    let json = serde_json::to_value(content).map_err(Error::internal)?;
    let agencies = organisation::list(tx, None)?.into_iter().map(|o| o.slug).collect();
    let content = check::commitment(&node::json_node(json), agencies).map_err(|problems| invalid(&problems))?;
    let field = |name: &'static str, code| Err(Error::invalid("plan.draft-invalid").field(name, code));
    if content.number != draft.base.number {
        return field("number", "plan.draft-number");
    }
    let all = store::commitment::of_plan(tx, &draft.plan)?;
    if all.iter().any(|c| c.slug == content.slug && c.id != draft.commitment) {
        return field("slug", "plan.draft-slug");
    }
    if !content.milestone.is_empty() && all.iter().any(|c| c.parent.as_ref() == Some(&draft.commitment)) {
        return field("milestone", "plan.draft-milestones");
    }
    Ok(content)
}

fn invalid(problems: &[Problem]) -> Error {
    problems.iter().fold(Error::invalid("plan.draft-invalid"), |error, problem| {
        error.field_error(FieldError { field: problem.path.clone(), code: problem.key, args: problem.args.clone() })
    })
}

/// What a draft would change.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.draft-unknown`.
pub fn preview(tx: &mut Tx, ctx: &Ctx, draft: DraftId) -> Result<Preview> {
    let draft = draft_of(tx, draft)?;
    require(tx, ctx, Verb::Edit, &draft.commitment)?;
    let (name, _) = commitment_of(tx, &draft.commitment)?;
    let current = load::commitment(tx, &draft.commitment)?;
    let diff = diff_commitment(&draft.plan, &current, &draft.content);
    Ok(Preview { outdated: draft.state == DraftState::Draft && current != draft.base, diff, name, draft })
}

/// Throws a draft away.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.draft-unknown`, `plan.draft-closed`.
pub fn discard(tx: &mut Tx, ctx: &Ctx, draft: DraftId) -> Result<()> {
    let old = draft_of(tx, draft)?;
    require(tx, ctx, Verb::Edit, &old.commitment)?;
    if !store::draft::move_on(tx, draft, DraftState::Draft, DraftState::Discarded, ctx.now)? {
        return Err(Error::conflict("plan.draft-closed"));
    }
    Ok(())
}

/// Publishes a draft.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.draft-unknown`, `plan.draft-closed`, `plan.draft-empty`; `plan.draft-outdated` when
/// what is published has changed since the draft was begun; `plan.draft-invalid` with its fields.
pub fn publish(tx: &mut Tx, ctx: &Ctx, draft: DraftId) -> Result<Diff> {
    let old = draft_of(tx, draft)?;
    let own = require(tx, ctx, Verb::Publish, &old.commitment)?;
    if !store::draft::move_on(tx, draft, DraftState::Draft, DraftState::Published, ctx.now)? {
        return Err(Error::conflict("plan.draft-closed"));
    }
    let current = load::commitment(tx, &old.commitment)?;
    if current != old.base {
        return Err(Error::conflict("plan.draft-outdated"));
    }
    let content = checked(tx, &old, &old.content)?;
    store::draft::published(tx, draft, &current, ctx.now)?;
    put(tx, ctx, &old, &current, &content, &own, NewsKind::CommitmentPublished)
}

/// Takes back the latest publication of a commitment, if nothing has changed since.
///
/// # Errors
/// Those of [`Ctx::require`]; `plan.draft-unknown`; `plan.undo-outdated` when something has changed since, or it is
/// not the latest.
pub fn undo(tx: &mut Tx, ctx: &Ctx, draft: DraftId) -> Result<Diff> {
    let old = draft_of(tx, draft)?;
    let own = require(tx, ctx, Verb::Undo, &old.commitment)?;
    let current = load::commitment(tx, &old.commitment)?;
    let latest = store::draft::latest(tx, &old.commitment, DraftState::Published)?;
    if latest.is_none_or(|latest| latest.id != draft) || current != old.content {
        return Err(Error::conflict("plan.undo-outdated"));
    }
    if !store::draft::move_on(tx, draft, DraftState::Published, DraftState::Undone, ctx.now)? {
        return Err(Error::conflict("plan.undo-outdated"));
    }
    put(tx, ctx, &old, &current, &old.base, &own, NewsKind::CommitmentUndone)
}

/// The publication of a commitment that can be taken back.
///
/// # Errors
/// Those of the database.
pub fn undoable(tx: &mut Tx, commitment: &str) -> Result<Option<Draft>> {
    let current = load::commitment(tx, commitment)?;
    Ok(store::draft::latest(tx, commitment, DraftState::Published)?.filter(|draft| draft.content == current))
}

/// The open draft of a commitment.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn open(tx: &mut Tx, ctx: &Ctx, commitment: &str) -> Result<Option<Draft>> {
    require(tx, ctx, Verb::Edit, commitment)?;
    store::draft::latest(tx, commitment, DraftState::Draft)
}

fn put(
    tx: &mut Tx,
    ctx: &Ctx,
    draft: &Draft,
    from: &Commitment,
    to: &Commitment,
    own: &[OrganisationId],
    kind: NewsKind,
) -> Result<Diff> {
    let found = diff_commitment(&draft.plan, from, to);
    if found.is_empty() {
        return Err(Error::conflict("plan.draft-empty"));
    }
    let (name, _) = commitment_of(tx, &draft.commitment)?;
    let term = plan_of(tx, &draft.plan)?.term();
    let position = store::commitment::position(tx, &name.id)?.unwrap_or_default();
    let organisations: Organisations =
        organisation::list(tx, None)?.into_iter().map(|o| (o.slug, o.id)).collect::<BTreeMap<_, _>>();
    let seat = Seat { plan: &draft.plan, term, theme: &name.theme, parent: name.parent.as_deref(), position };
    write::commitment(tx, seat, to, &organisations)?;
    write::retire(tx, ctx, &draft.plan, &found.removed)?;
    write::record(tx, ctx, &found)?;
    let reference = id::commitment_ref(&name.id);
    let word =
        if kind == NewsKind::CommitmentUndone { &kinds::COMMITMENT_UNDONE } else { &kinds::COMMITMENT_PUBLISHED };
    let record = Field::salted(record::commitment(tx, &name.id)?);
    ledger::append(tx, ctx, Event::public(word, reference.clone()).with("record", record))?;
    let agencies = store::commitment::agencies(tx, &name.id)?;
    let changes = (found.added.len() + found.changed.len() + found.removed.len()).to_string();
    let happened = Happened {
        plan: &draft.plan,
        kind,
        object: &reference,
        commitment: Some(&name.id),
        milestone: None,
        organisation: acting_for(ctx, &[Role::Officer, Role::Lead], own),
        detail: &changes,
    };
    announce(tx, ctx, &happened, &audience(&name, &agencies))?;
    Ok(found)
}
