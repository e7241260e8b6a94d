//! The bytes of the files that objects use, against their names: a file's name is its digest.

use madang_base::{Kind, Result};
use madang_db::Db;

use super::store;
use crate::blob::Blobs;
use crate::ledger::{Audited, Difference};

const PAGE: u32 = 100;

/// Reads every file that something uses. That the right objects use it is for the audits of the domains.
///
/// # Errors
/// Those of the database; `Kind::Unavailable` with code `blob.store`.
pub async fn files(db: &Db, blobs: &Blobs, audited: &mut Audited) -> Result<()> {
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db.read(move |tx| store::used_files(tx, &from, PAGE)).await?;
        let Some((last, ..)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        for (sha256, size, object, name) in page {
            audited.looked("file");
            let mut differ = |what: &str, expected: String, found: String| {
                let (object, name, what) = (object.clone(), format!("{name} {sha256}"), what.to_owned());
                audited.differs(Difference { by: "files", what, object, name, expected, found, leaf: None });
            };
            match blobs.get(&sha256).await {
                Ok(bytes) if i64::try_from(bytes.len()) == Ok(size) => {}
                Ok(bytes) => differ("size", bytes.len().to_string(), size.to_string()),
                Err(error) if error.kind() == Kind::NotFound => differ("file", "the file".into(), "none".into()),
                Err(error) if error.kind() == Kind::Internal => differ("file", sha256.clone(), "other bytes".into()),
                Err(error) => return Err(error),
            }
        }
    }
}
