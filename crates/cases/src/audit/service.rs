//! Definitions: each is its digest, and the log says which is in force and whether it is open.

use madang_base::Result;
use madang_db::Tx;
use madang_kernel::ledger::Audited;
use madang_kernel::log_audit::{self, Row, Said, short};
use madang_kernel::{ObjectKind, Ref, digest};

use super::{BY, next, store};

const MANY: u32 = 100;

fn reference(service: &str) -> Ref {
    Ref::new(ObjectKind::Service, service)
}

/// What a service's events say of its versions, the oldest first. Before the digest stood plain it stood salted.
fn applied(events: &[Said]) -> impl DoubleEndedIterator<Item = &Said> {
    events.iter().filter(|said| said.kind == "service.applied")
}

pub(super) fn versions(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = store::versions(tx, after, MANY)?;
    for version in &page {
        audited.looked("service_version");
        let object = reference(&version.service);
        let row = Row { by: BY, table: "service_version", object: &object, name: &version.digest };
        let actual = digest::sha256(version.text.as_bytes());
        if actual != version.digest {
            audited.differs(row.differs("text", &version.digest, &actual, None));
        }
        let events = log_audit::events(tx, &object)?;
        if !known(tx, &row, &events, audited)? {
            audited.differs(row.differs("row", "none", "a definition that no leaf speaks of", None));
        }
    }
    Ok(next(page.into_iter().map(|version| version.digest).collect(), MANY))
}

/// Whether an event put this version in.
fn known(tx: &mut Tx, row: &Row<'_>, events: &[Said], audited: &mut Audited) -> Result<bool> {
    for said in applied(events) {
        if said.digest("digest") == Some(row.name) || salted(tx, said, row.name)? {
            return Ok(true);
        }
        if said.leaf.is_some() && said.digest("digest").is_none() {
            audited.uncovered(row.table);
            return Ok(true);
        }
    }
    Ok(false)
}

fn salted(tx: &mut Tx, said: &Said, digest: &str) -> Result<bool> {
    let Some(salted) = said.digest("digest") else { return Ok(false) };
    Ok(log_audit::opens(tx, salted, digest)? == Some(true))
}

pub(super) fn services(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = store::services(tx, after, MANY)?;
    for service in &page {
        audited.looked("service");
        let object = reference(&service.id);
        let row = Row { by: BY, table: "service", object: &object, name: &service.id };
        let events = log_audit::events(tx, &object)?;
        let Some(said) = applied(&events).next_back() else {
            audited.differs(row.differs("row", "none", "a service that no leaf speaks of", None));
            continue;
        };
        if said.digest("digest") != Some(service.digest.as_str()) && !salted(tx, said, &service.digest)? {
            audited.differs(row.differs(
                "digest",
                short(said.text("digest").unwrap_or("none")),
                &service.digest,
                said.leaf,
            ));
        }
        if said.text("origin") != Some(service.origin.as_str()) {
            audited.differs(row.differs("origin", said.text("origin").unwrap_or("none"), &service.origin, said.leaf));
        }
        let turned = events.iter().rev().find(|said| matches!(said.kind.as_str(), "service.opened" | "service.shut"));
        let expected = turned.is_none_or(|said| said.kind == "service.opened");
        if service.open != i64::from(expected) {
            let leaf = turned.and_then(|said| said.leaf);
            audited.differs(row.differs("open", i64::from(expected), service.open, leaf));
        }
    }
    Ok(next(page.into_iter().map(|service| service.id).collect(), MANY))
}

/// Services and versions that the log knows and that are not there.
pub(super) fn lost(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = log_audit::objects(tx, ObjectKind::Service, after, MANY)?;
    for name in &page {
        let Ok(object) = name.parse::<Ref>() else { continue };
        if !store::service_there(tx, &object.id)? {
            Row { by: BY, table: "service", object: &object, name: "" }.missing(tx, audited)?;
        }
        for said in applied(&log_audit::events(tx, &object)?) {
            let Some(digest) = said.digest("digest") else { continue };
            let plain = madang_kernel::ledger::salt_of(tx, digest)?.is_none();
            if plain && !store::version_there(tx, digest, &object.id)? {
                let row = Row { by: BY, table: "service_version", object: &object, name: digest };
                audited.differs(row.differs("row", "a definition", "none", said.leaf));
            }
        }
    }
    Ok(next(page, MANY))
}
