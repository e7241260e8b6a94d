//! The definitions in force: kept in the database by digest, read once per process.
//!
//! Start reading at [`Services`]; how they get there is in [`crate::service::apply`].

mod shipped;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::Definition;
use madang_kernel::coded;

pub use self::shipped::shipped;
use crate::store;
use crate::store::service::ServiceRow;

coded! {
    /// Where a definition comes from.
    pub enum Origin("service.origin-unknown") {
        /// With the program; replaced by the next one that the program brings.
        Shipped = "shipped",
        /// Put in by whoever runs the site; stays.
        Operator = "operator",
    }
}

/// One version of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceVersion {
    /// SHA-256 of the text, 64 hexadecimal digits.
    pub digest: String,
    pub definition: Definition,
    /// Of the version in force when this was read.
    pub origin: Origin,
    /// Whether something can be filed; false for a version that is no longer in force.
    pub open: bool,
}

/// The definitions that were read, by digest. Cheap to clone; all clones share one cache.
#[derive(Clone, Default)]
pub struct Services(Arc<RwLock<HashMap<String, Arc<ServiceVersion>>>>);

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.0.read().map_or(0, |cache| cache.len());
        f.debug_struct("Services").field("known", &known).finish()
    }
}

impl Services {
    /// An empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The version under which new cases are filed.
    ///
    /// # Errors
    /// `Kind::NotFound` `service.unknown`; those of the database.
    pub fn current(&self, tx: &mut Tx, id: &str) -> Result<Arc<ServiceVersion>> {
        let row = store::service::get(tx, id)?.ok_or_else(|| Error::not_found("service.unknown").arg("value", id))?;
        self.of(tx, row)
    }

    /// Any version that a case was ever filed under. Whether it is open is as it was when it was first read here.
    ///
    /// # Errors
    /// `Kind::NotFound` `service.unknown`; those of the database.
    pub fn version(&self, tx: &mut Tx, digest: &str) -> Result<Arc<ServiceVersion>> {
        if let Some(known) = self.known(digest) {
            return Ok(known);
        }
        let unknown = || Error::not_found("service.unknown").arg("value", digest);
        let id = store::service::service_of(tx, digest)?.ok_or_else(unknown)?;
        let row = store::service::get(tx, &id)?.ok_or_else(unknown)?;
        if row.digest == digest {
            return self.of(tx, row);
        }
        self.of(tx, ServiceRow { digest: digest.to_owned(), open: false, ..row })
    }

    /// All services in order of their ids, open and shut.
    ///
    /// # Errors
    /// Those of the database.
    pub fn list(&self, tx: &mut Tx) -> Result<Vec<Arc<ServiceVersion>>> {
        store::service::all(tx)?.into_iter().map(|row| self.of(tx, row)).collect()
    }

    fn known(&self, digest: &str) -> Option<Arc<ServiceVersion>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(digest).cloned()
    }

    fn of(&self, tx: &mut Tx, row: ServiceRow) -> Result<Arc<ServiceVersion>> {
        let known = self.known(&row.digest);
        if let Some(known) = known.as_ref().filter(|known| known.origin == row.origin && known.open == row.open) {
            return Ok(Arc::clone(known));
        }
        let definition = match known {
            Some(known) => known.definition.clone(),
            None => parse(&row.digest, &store::service::text(tx, &row.digest)?.unwrap_or_default())?,
        };
        let fresh = Arc::new(ServiceVersion { digest: row.digest, definition, origin: row.origin, open: row.open });
        let mut cache = self.0.write().unwrap_or_else(PoisonError::into_inner);
        cache.insert(fresh.digest.clone(), Arc::clone(&fresh));
        Ok(fresh)
    }
}

/// A stored text was checked when it was put in; one that fails now was put in by a program that knew less or more.
fn parse(digest: &str, text: &str) -> Result<Definition> {
    let name = &digest[..digest.len().min(12)];
    match madang_form::load(madang_form::Source { name, text }) {
        Ok(loaded) => Ok(loaded.definition),
        Err(problems) => Err(Error::internal(format!("the stored definition {digest} cannot be read: {problems}"))),
    }
}
