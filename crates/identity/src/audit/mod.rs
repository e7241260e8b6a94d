//! Holds the rows of organisations and of their offices against the log. Everything else of this domain is about persons
//! and in no log.

mod store;

use madang_base::{Error, Locale, Result};
use madang_db::Tx;
use madang_kernel::ledger::{Audit, Audited};
use madang_kernel::log_audit::{self, Row, step};
use madang_kernel::{ObjectKind, OrganisationId, Ref, organisation};

use crate::directory::{ContactId, contact_record};
use crate::store::contact;

const PAGE: u32 = 100;
const BY: &str = "organisations";

/// The audit of organisations and their offices.
#[derive(Clone, Copy, Debug, Default)]
pub struct Organisations;

impl Audit for Organisations {
    fn name(&self) -> &'static str {
        BY
    }

    fn check(&self, tx: &mut Tx, cursor: &str, audited: &mut Audited) -> Result<Option<String>> {
        step(tx, cursor, audited, &[&rows, &lost, &contacts, &lost_contacts])
    }
}

fn rows(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = store::ids(tx, after, PAGE)?;
    for id in &page {
        let object = Ref::new(ObjectKind::Organisation, id);
        let known: Result<OrganisationId> = id.parse();
        let found = known.and_then(|id| organisation::get(tx, id));
        let name = found.as_ref().map(|found| found.name.get(Locale::Ko).to_owned()).unwrap_or_default();
        let face = found.and_then(|found| organisation::record(&found));
        Row { by: BY, table: "organisation", object: &object, name: &name }.holds(tx, face, audited)?;
    }
    Ok(next(page))
}

/// Organisations that the log knows and that are not there.
fn lost(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = log_audit::objects(tx, ObjectKind::Organisation, after, PAGE)?;
    for name in &page {
        let object: Ref = name.parse().map_err(Error::internal)?;
        if !store::there(tx, &object.id)? {
            Row { by: BY, table: "organisation", object: &object, name: "" }.missing(tx, audited)?;
        }
    }
    Ok(next(page))
}

/// Offices, those that are out of the directory, too.
fn contacts(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = store::contacts(tx, after, PAGE)?;
    for id in &page {
        let object = Ref::new(ObjectKind::Contact, id);
        let known: Result<ContactId> = id.parse();
        let found = known.and_then(|id| contact::get(tx, id)?.ok_or_else(|| Error::internal("a row that is gone")));
        let name = found.as_ref().map(|found| found.office.clone()).unwrap_or_default();
        let face = found.and_then(|found| contact_record(&found));
        Row { by: BY, table: "contact", object: &object, name: &name }.holds(tx, face, audited)?;
    }
    Ok(next(page))
}

fn lost_contacts(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = log_audit::objects(tx, ObjectKind::Contact, after, PAGE)?;
    for name in &page {
        let object: Ref = name.parse().map_err(Error::internal)?;
        if !store::contact_there(tx, &object.id)? {
            Row { by: BY, table: "contact", object: &object, name: "" }.missing(tx, audited)?;
        }
    }
    Ok(next(page))
}

fn next(page: Vec<String>) -> Option<String> {
    if page.len() == PAGE as usize { page.into_iter().next_back() } else { None }
}
