//! Offices that agencies declare, and groups and experts who agreed to be found.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_cases::AgencyName;
use madang_db::Tx;
use madang_identity::directory::{self, Contact, ContactId, Expert, ExpertId};
use madang_kernel::change::Change;
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use madang_kernel::{ObjectKind, OrganisationId, Ref};
use madang_search::{Document, Kind, Source};

use crate::search::model::Place;
use crate::search::row::{Row, plain};

pub(super) struct Directory;

impl Source for Directory {
    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Contact, Kind::Expert]
    }

    fn touched(&self, _: &mut Tx, change: &Change) -> Result<Vec<Ref>> {
        let ours = matches!(change.object.kind, ObjectKind::Contact | ObjectKind::Expert);
        let touched = ours && change.kind != "expert.written-to";
        Ok(touched.then(|| change.object.clone()).into_iter().collect())
    }

    fn documents(&self, tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Document>> {
        Ok(super::documents(rows(tx, ids)?))
    }

    fn page(&self, tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Document>> {
        let mut out = Vec::new();
        if after.is_none_or(|after| after.kind <= ObjectKind::Contact) {
            let from = after.filter(|after| after.kind == ObjectKind::Contact).and_then(|after| after.id.parse().ok());
            let contacts = directory::contacts_page(tx, from, limit)?;
            out = offices(tx, contacts)?;
        }
        let rest = limit.saturating_sub(u32::try_from(out.len()).unwrap_or(limit));
        if rest > 0 && after.is_none_or(|after| after.kind <= ObjectKind::Expert) {
            let from = after.filter(|after| after.kind == ObjectKind::Expert).and_then(|after| after.id.parse().ok());
            out.extend(directory::experts_page(tx, from, rest)?.into_iter().map(expert));
        }
        Ok(super::documents(out))
    }
}

pub(super) fn rows(tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Row>> {
    let of = |kind| ids.iter().filter(move |id| id.kind == kind).map(|id| id.id.as_str());
    let contacts: Vec<ContactId> = of(ObjectKind::Contact).filter_map(|id| id.parse().ok()).collect();
    let experts: Vec<ExpertId> = of(ObjectKind::Expert).filter_map(|id| id.parse().ok()).collect();
    let found = directory::contacts_by(tx, &contacts)?;
    let mut out = offices(tx, found)?;
    out.extend(directory::experts_by(tx, &experts)?.into_iter().map(expert));
    Ok(out)
}

/// Entries of public bodies, with the names of these.
fn offices(tx: &mut Tx, contacts: Vec<Contact>) -> Result<Vec<Row>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let agencies: BTreeMap<OrganisationId, Organisation> =
        organisation::list(tx, Some(OrganisationKind::Agency))?.into_iter().map(|one| (one.id, one)).collect();
    let named = contacts.into_iter().filter_map(|contact| {
        let agency = agencies.get(&contact.organisation)?;
        Some(office(contact, agency))
    });
    Ok(named.collect())
}

fn office(contact: Contact, agency: &Organisation) -> Row {
    let place = Place::Contact { id: contact.id.to_string(), agency: agency.slug.clone() };
    let officer = [contact.title.as_str(), contact.name.as_str()].join(" ");
    let mut body = vec![plain(contact.topics.join(", ")), plain(contact.areas.join(", ")), plain(officer.trim())];
    body.push(agency.name.clone());
    body.retain(|text| !text.is_empty());
    Row {
        body,
        agencies: vec![agency.id],
        agency: Some(AgencyName { id: agency.id, slug: agency.slug.clone(), name: agency.name.clone() }),
        area: one_area(&contact.areas),
        ..Row::new(contact.reference(), Kind::Contact, plain(contact.office.as_str()), place, contact.changed_at)
    }
}

fn expert(expert: Expert) -> Row {
    let place = Place::Expert { id: expert.id.to_string() };
    let mut body =
        vec![plain(expert.introduction.as_str()), plain(expert.topics.join(", ")), plain(expert.areas.join(", "))];
    body.retain(|text| !text.is_empty());
    Row {
        body,
        area: one_area(&expert.areas),
        ..Row::new(expert.reference(), Kind::Expert, plain(expert.name.as_str()), place, expert.changed_at)
    }
}

/// A thing of several areas stands in none of them alone.
fn one_area(areas: &[String]) -> Option<String> {
    if let [area] = areas { Some(area.clone()) } else { None }
}
