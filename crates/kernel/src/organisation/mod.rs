//! Organisations: agencies, civil society, companies, schools. One table for all domains.
//!
//! These functions check no permission; `identity` (the administrator's pages) and imports do.

mod store;

use madang_base::{Error, Id, LocalizedText, Result};
use madang_db::Tx;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::coded;
use crate::ctx::Ctx;
use crate::ledger::{self, Event, Field, Kind};
use crate::object::{ObjectKind, Ref};
use crate::{history, kinds};

coded! {
    /// What sort of organisation it is.
    pub enum OrganisationKind("organisation.kind-unknown") {
        /// A ministry, a city, an authority: a public body that answers.
        Agency = "agency",
        CivilSociety = "civil-society",
        Company = "company",
        School = "school",
        /// A committee or forum that several of the others form.
        Body = "body",
        Other = "other",
    }
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Organisation {
    pub id: OrganisationId,
    /// The word in addresses, unique: `mois`.
    pub slug: String,
    pub kind: OrganisationKind,
    pub name: LocalizedText,
    /// How it is called in narrow places; empty when it has no shorter name.
    pub short: LocalizedText,
    pub parent: Option<OrganisationId>,
}

impl Organisation {
    #[must_use]
    pub fn reference(&self) -> Ref {
        Ref::new(ObjectKind::Organisation, self.id)
    }
}

/// What [`upsert`] is given; the slug says which organisation is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub slug: String,
    pub kind: OrganisationKind,
    pub name: LocalizedText,
    pub short: LocalizedText,
    pub parent: Option<OrganisationId>,
}

/// The longest slug, in characters.
const MAX_SLUG: usize = 64;
/// How many levels of parents are followed.
const MAX_DEPTH: usize = 16;

/// # Errors
/// `Kind::NotFound` with code `organisation.unknown`.
pub fn get(tx: &mut Tx, id: OrganisationId) -> Result<Organisation> {
    store::by_id(tx, id)?.ok_or_else(|| Error::not_found("organisation.unknown").arg("value", id))
}

/// # Errors
/// Those of the database.
pub fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Organisation>> {
    store::by_slug(tx, slug)
}

/// All of a kind, or all, sorted by slug. A site has hundreds, not thousands.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx, kind: Option<OrganisationKind>) -> Result<Vec<Organisation>> {
    store::list(tx, kind)
}

/// Makes the organisation with this slug, or changes it to what is given, keeps the history and tells the ledger.
///
/// # Errors
/// `Kind::Invalid`: `organisation.slug`, `organisation.name` (no name in any language), `organisation.parent` (unknown,
/// or below itself).
pub fn upsert(tx: &mut Tx, ctx: &Ctx, draft: &Draft) -> Result<Organisation> {
    check(draft)?;
    let fresh = Organisation {
        id: Id::new(ctx.now, ctx.rng()),
        slug: draft.slug.clone(),
        kind: draft.kind,
        name: draft.name.clone(),
        short: draft.short.clone(),
        parent: draft.parent,
    };
    if let Some(parent) = draft.parent {
        parent_ok(tx, &draft.slug, parent)?;
    }
    if store::insert(tx, &fresh, ctx.now)? {
        let name = Some(fresh.name.to_json());
        history::record(tx, ctx, &fresh.reference(), "name", None, name)?;
        ledger::append(tx, ctx, event(&kinds::ORGANISATION_CREATED, &fresh)?)?;
        return Ok(fresh);
    }
    let old = by_slug(tx, &draft.slug)?.ok_or_else(|| Error::internal("an organisation that is and is not there"))?;
    let new = Organisation { id: old.id, ..fresh };
    if new == old {
        return Ok(old);
    }
    store::update(tx, &new, ctx.now)?;
    let reference = new.reference();
    for (field, before, after) in [
        ("kind", Some(old.kind.to_string()), Some(new.kind.to_string())),
        ("name", Some(old.name.to_json()), Some(new.name.to_json())),
        ("short", Some(old.short.to_json()), Some(new.short.to_json())),
        ("parent", old.parent.map(|p| p.to_string()), new.parent.map(|p| p.to_string())),
    ] {
        history::record(tx, ctx, &reference, field, before, after)?;
    }
    ledger::append(tx, ctx, event(&kinds::ORGANISATION_CHANGED, &new)?)?;
    Ok(new)
}

fn event(kind: &'static Kind, organisation: &Organisation) -> Result<Event> {
    let record = Field::salted(record(organisation)?);
    Ok(Event::public(kind, organisation.reference()).with("kind", organisation.kind.code()).with("record", record))
}

/// What is public of an organisation, all of it, as one text: its salted digest stands in the ledger after each change.
///
/// # Errors
/// `Kind::Internal` when it cannot be written as JSON.
pub fn record(organisation: &Organisation) -> Result<String> {
    serde_json::to_string(organisation).map_err(Error::internal)
}

fn check(draft: &Draft) -> Result<()> {
    let slug = &draft.slug;
    let word = slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if slug.is_empty() || slug.len() > MAX_SLUG || !word || slug.starts_with('-') || slug.ends_with('-') {
        return Err(Error::invalid("organisation.slug").arg("value", slug).field("slug", "organisation.slug"));
    }
    if draft.name.is_empty() {
        return Err(Error::invalid("organisation.name").arg("value", slug).field("name", "organisation.name"));
    }
    Ok(())
}

fn parent_ok(tx: &mut Tx, slug: &str, parent: OrganisationId) -> Result<()> {
    let bad = || Error::invalid("organisation.parent").arg("value", slug).field("parent", "organisation.parent");
    let mut above = Some(parent);
    for _ in 0..MAX_DEPTH {
        let Some(id) = above else { return Ok(()) };
        let organisation = store::by_id(tx, id)?.ok_or_else(bad)?;
        if organisation.slug == slug {
            return Err(bad());
        }
        above = organisation.parent;
    }
    Err(bad())
}
