//! The offices that agencies declare: who may, what changes, what is on record.

use madang_base::{Error, Id, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field, Kind};
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Ref, Verb, history};

use super::model::{Contact, ContactDraft, ContactId, STALE_DAYS};
use super::rules;
use crate::{kinds, store};

/// What is public of an entry, all of it, as one text: its salted digest stands in the ledger after each change.
///
/// # Errors
/// `Kind::Internal` when it cannot be written as JSON.
pub fn contact_record(contact: &Contact) -> Result<String> {
    serde_json::to_string(contact).map_err(Error::internal)
}

/// The entries of an agency that stand in the directory, or of all agencies: officers for open government first.
///
/// # Errors
/// Those of the database.
pub fn contacts(tx: &mut Tx, organisation: Option<OrganisationId>) -> Result<Vec<Contact>> {
    if let Some(organisation) = organisation {
        return store::contact::of(tx, organisation);
    }
    let agencies = organisation::list(tx, Some(OrganisationKind::Agency))?;
    contacts_of(tx, &agencies.iter().map(|agency| agency.id).collect::<Vec<_>>())
}

/// The entries of several agencies, in the order of the agencies.
///
/// # Errors
/// Those of the database.
pub fn contacts_of(tx: &mut Tx, organisations: &[OrganisationId]) -> Result<Vec<Contact>> {
    let mut out = Vec::new();
    for id in organisations {
        out.extend(store::contact::of(tx, *id)?);
    }
    Ok(out)
}

/// One entry that stands in the directory.
///
/// # Errors
/// `Kind::NotFound` `directory.contact-unknown`, `Kind::Gone` `directory.contact-retired`.
pub fn contact(tx: &mut Tx, id: ContactId) -> Result<Contact> {
    let found = store::contact::get(tx, id)?.ok_or_else(|| Error::not_found("directory.contact-unknown"))?;
    if found.retired_at.is_some() { Err(Error::gone("directory.contact-retired")) } else { Ok(found) }
}

/// Those of these that stand in the directory, in the order of `ids`. For the search's documents and hits.
///
/// # Errors
/// Those of the database.
pub fn contacts_by(tx: &mut Tx, ids: &[ContactId]) -> Result<Vec<Contact>> {
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        out.extend(store::contact::get(tx, *id)?.filter(|contact| contact.retired_at.is_none()));
    }
    Ok(out)
}

/// All that stand in the directory, by id, after this one.
///
/// # Errors
/// Those of the database.
pub fn contacts_page(tx: &mut Tx, after: Option<ContactId>, limit: u32) -> Result<Vec<Contact>> {
    store::contact::page(tx, after, limit)
}

/// How many entries an agency has, and how many of them nobody has confirmed for a year.
///
/// # Errors
/// Those of the database.
pub fn contacts_count(tx: &mut Tx, ctx: &Ctx, organisation: OrganisationId) -> Result<(i64, i64)> {
    store::contact::counts(tx, organisation, ctx.now.plus_days(-STALE_DAYS))
}

/// Declares an office of an agency, or changes the entry `id`. Declaring and changing confirm it.
///
/// # Errors
/// `Kind::Invalid` with the fields that are wrong (see the rules: `directory.office`, `directory.phone`, …);
/// `Kind::Invalid` `directory.agency` for an organisation that is no public body; `Kind::NotFound`
/// `directory.contact-unknown`, `Kind::Gone` `directory.contact-retired`; those of [`Ctx::require`].
pub fn contact_put(
    tx: &mut Tx,
    ctx: &Ctx,
    organisation: OrganisationId,
    id: Option<ContactId>,
    draft: &ContactDraft,
) -> Result<Contact> {
    let verb = if id.is_some() { Verb::Edit } else { Verb::Create };
    ctx.require(verb, ObjectKind::Contact, Some(Owner::Organisation(organisation)))?;
    let agency = organisation::get(tx, organisation)?;
    if agency.kind != OrganisationKind::Agency {
        return Err(Error::invalid("directory.agency"));
    }
    let parts = rules::contact(draft)?;
    let old = id.map(|id| own(tx, organisation, id)).transpose()?;
    let new = Contact {
        id: id.unwrap_or_else(|| Id::new(ctx.now, ctx.rng())),
        organisation,
        role: draft.role,
        office: parts.office,
        name: parts.name,
        title: parts.title,
        phone: parts.phone,
        mail: parts.mail,
        topics: parts.topics,
        areas: parts.areas,
        created_at: old.as_ref().map_or(ctx.now, |old| old.created_at),
        changed_at: ctx.now,
        confirmed_at: ctx.now,
        retired_at: None,
    };
    match &old {
        None => store::contact::insert(tx, &new)?,
        Some(_) => store::contact::update(tx, &new)?,
    }
    remember(tx, ctx, old.as_ref(), &new)?;
    append(tx, ctx, if old.is_some() { &kinds::CONTACT_CHANGED } else { &kinds::CONTACT_DECLARED }, &new)?;
    Ok(new)
}

/// Says that an entry is still right.
///
/// # Errors
/// As [`contact_put`].
pub fn contact_confirm(tx: &mut Tx, ctx: &Ctx, id: ContactId) -> Result<Contact> {
    let old = contact(tx, id)?;
    ctx.require(Verb::Edit, ObjectKind::Contact, Some(Owner::Organisation(old.organisation)))?;
    let new = Contact { confirmed_at: ctx.now, ..old.clone() };
    store::contact::update(tx, &new)?;
    let day = |contact: &Contact| Some(contact.confirmed_at.kst_date().to_string());
    history::record_in(tx, ctx, &new.reference(), &topic(&new), "confirmed", day(&old), day(&new))?;
    append(tx, ctx, &kinds::CONTACT_CONFIRMED, &new)?;
    Ok(new)
}

/// Takes an entry out of the directory. Its row stays as a record without the officer's name.
///
/// # Errors
/// As [`contact_put`].
pub fn contact_retire(tx: &mut Tx, ctx: &Ctx, id: ContactId) -> Result<Contact> {
    let old = contact(tx, id)?;
    ctx.require(Verb::Delete, ObjectKind::Contact, Some(Owner::Organisation(old.organisation)))?;
    let new = Contact { retired_at: Some(ctx.now), changed_at: ctx.now, name: String::new(), ..old };
    store::contact::update(tx, &new)?;
    let office = Some(new.office.clone());
    history::record_in(tx, ctx, &new.reference(), &topic(&new), "office", office, None)?;
    append(tx, ctx, &kinds::CONTACT_RETIRED, &new)?;
    Ok(new)
}

/// The entry, when it is this agency's and stands in the directory.
fn own(tx: &mut Tx, organisation: OrganisationId, id: ContactId) -> Result<Contact> {
    let found = contact(tx, id)?;
    if found.organisation == organisation { Ok(found) } else { Err(Error::not_found("directory.contact-unknown")) }
}

/// The page on which the changes of an entry are read: the agency's.
fn topic(contact: &Contact) -> Ref {
    Ref::new(ObjectKind::Organisation, contact.organisation)
}

/// The history of everything but the officer's name: who an officer was is nobody's business afterwards.
fn remember(tx: &mut Tx, ctx: &Ctx, old: Option<&Contact>, new: &Contact) -> Result<()> {
    type Part = fn(&Contact) -> String;
    let (object, topic) = (new.reference(), topic(new));
    let parts: [(&str, Part); 7] = [
        ("role", |contact| contact.role.to_string()),
        ("office", |contact| contact.office.clone()),
        ("title", |contact| contact.title.clone()),
        ("phone", |contact| contact.phone.clone()),
        ("mail", |contact| contact.mail.clone()),
        ("topics", |contact| contact.topics.join("\n")),
        ("areas", |contact| contact.areas.join("\n")),
    ];
    for (field, part) in parts {
        let some = |text: String| (!text.is_empty()).then_some(text);
        history::record_in(tx, ctx, &object, &topic, field, old.map(part).and_then(some), some(part(new)))?;
    }
    Ok(())
}

fn append(tx: &mut Tx, ctx: &Ctx, kind: &'static Kind, contact: &Contact) -> Result<()> {
    let event = Event::public(kind, contact.reference())
        .with("agency", Ref::new(ObjectKind::Organisation, contact.organisation))
        .with("role", contact.role.code())
        .with("record", Field::salted(contact_record(contact)?));
    ledger::append(tx, ctx, event).map(drop)
}
