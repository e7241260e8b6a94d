//! Is this document what the government published? From an export.

use madang_base::{Error, Result, Time};
use serde::Serialize;

use super::canonical::{self, Entry};
use super::engine::{manifest, roots};
use super::folder::{self, Folder};
use super::leaves::{self, Root};
use super::lines::Blocks;
use super::openings::Opening;
use super::report::{Found, Report};
use super::signed::{self, Trust};
use crate::export::manifest::{Manifest, openings_file};

/// A document that an export knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedFile {
    pub sha256: String,
    /// Its name when it was published.
    pub name: String,
    /// The leaf that commits to it, and where it stands.
    pub leaf: u64,
    pub file: String,
    pub line: u64,
    /// When, by the leaf, RFC 3339.
    pub at: String,
    pub kind: String,
    pub object: String,
    /// What opens the commitment.
    pub opening: Opening,
    /// The leaf itself, to be shown with a proof.
    pub entry: String,
}

/// Looks a file up by its SHA-256 (64 hexadecimal digits) in an export. The earliest leaf counts. The tree is built again
/// and compared with the signed checkpoint, so that "yes" is not the export's word alone; none: no leaf of this export
/// says that it was published.
///
/// # Errors
/// `export.broken` with the first difference when signatures or roots of the export are not right; those of reading.
pub fn file(folder: &dyn Folder, sha256: &str, trust: &Trust) -> Result<(Report, Option<PublishedFile>)> {
    let manifest = manifest(folder)?;
    let mut report = Report {
        site: manifest.site.clone(),
        origin: manifest.origin.clone(),
        generated: manifest.generated.clone(),
        size: manifest.size,
        ..Report::default()
    };
    let text = folder::text(folder, signed::FILE)?.unwrap_or_default();
    let (checkpoint, _) = signed::read(&text, &manifest, trust, &mut report)?;
    let opening = find(folder, &manifest, sha256)?;
    let Some(opening) = opening.filter(|_| report.agrees()) else {
        return match report.differences.first() {
            Some(first) => Err(broken(first)),
            None => Ok((report, None)),
        };
    };
    let mut roots = roots(&manifest);
    roots.push(Root { size: checkpoint.size, root: checkpoint.root.to_string(), of: "checkpoint" });
    let mut published = None;
    let hashed = leaves::run(folder, &manifest, roots, &mut |month, first, block| {
        if let Some(at) = opening.leaf.checked_sub(first)
            && let Some(line) = block.lines().nth(usize::try_from(at).unwrap_or(usize::MAX))
        {
            let entry = String::from_utf8_lossy(line);
            if let Ok(Entry::Event { at, kind, object, .. }) = canonical::read(&entry)
                && opening.opens(&entry)
            {
                published = Some(PublishedFile {
                    sha256: sha256.to_owned(),
                    name: opening.name.clone(),
                    leaf: opening.leaf,
                    file: month.file(),
                    line: opening.leaf - month.first + 1,
                    at: Time::from_micros(at).rfc3339(),
                    kind: kind.to_owned(),
                    object: object.to_owned(),
                    opening: opening.clone(),
                    entry: entry.clone().into_owned(),
                });
            }
        }
        Ok(())
    })?;
    report.leaves = manifest.size;
    match hashed.found.first() {
        Some(first) => Err(broken(first)),
        None if published.is_none() => {
            let found = Found::of("export", "opening", "what opens a file of the leaf", &opening.name);
            Err(broken(&found))
        }
        None => Ok((report, published)),
    }
}

fn broken(found: &Found) -> Error {
    let difference = &found.difference;
    let broken = Error::invalid("export.broken").arg("what", &difference.what);
    broken.arg("expected", &difference.expected).arg("found", &difference.found)
}

/// The first opening of this file.
fn find(folder: &dyn Folder, manifest: &Manifest, sha256: &str) -> Result<Option<Opening>> {
    for part in &manifest.openings {
        let name = openings_file(&part.month);
        let Some(reader) = folder.open(&name)? else { continue };
        let mut blocks = Blocks::new(reader, &name);
        while let Some(block) = blocks.next()? {
            for line in block.lines() {
                if let Ok(opening) = serde_json::from_slice::<Opening>(line)
                    && opening.sha256 == sha256
                {
                    return Ok(Some(opening));
                }
            }
        }
    }
    Ok(None)
}
