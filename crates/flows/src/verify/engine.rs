//! The verification of an export: signatures, leaves, roots, claims, counts.

use std::io::Read;
use std::sync::Arc;

use madang_base::{Error, Kind, Result};
use madang_cases::recount::NewSpill;
use madang_kernel::digest;
use madang_kernel::ledger::{LeafView, Recount};
use serde::Deserialize;

use super::canonical::{self, Entry};
use super::folder::{self, Folder};
use super::form::Forms;
use super::leaves::{self, Root};
use super::lines::{Block, Blocks};
use super::openings::Openings;
use super::report::{Found, Report};
use super::signed::{self, Trust};
use crate::export::manifest::{Manifest, Month, claims_file, service_file};

/// Differences that are told; more would say nothing new.
pub(super) const MOST: usize = 1000;

/// What is being done, for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Lines of claims and salts that were read.
    Claims(u64),
    /// Leaves that were read, and how many there are.
    Leaves(u64, u64),
    /// All has been read; it is being counted.
    Counts,
}

/// What is asked of [`export`].
pub struct Asked<'a> {
    pub trust: Trust,
    /// The salts that an auditor was given, with the file's name.
    pub salts: Option<(String, Box<dyn Read + Send>)>,
    pub spill: NewSpill,
    pub progress: &'a mut dyn FnMut(Progress),
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asked").field("trust", &self.trust).finish_non_exhaustive()
    }
}

/// Reads the manifest of an export.
///
/// # Errors
/// `export.none` when there is none; `export.manifest`, `export.format`.
pub fn manifest(folder: &dyn Folder) -> Result<Manifest> {
    let text = folder::text(folder, "manifest.json")?.ok_or_else(|| Error::not_found("export.none"))?;
    Manifest::read(&text)
}

/// Verifies an export with all recounts of the registry.
///
/// # Errors
/// `export.none`, `export.manifest`, `export.format`, `export.checkpoint`, `export.unreadable`, `verify.salt-line`,
/// `verify.salt-digest`: what cannot be read at all. Everything that can be read and is not so is in the report.
pub fn export(folder: &Arc<dyn Folder>, asked: Asked<'_>) -> Result<Report> {
    let recounts = super::recounts(folder, &asked.spill)?;
    with(folder, asked, recounts)
}

/// The same with other recounts.
///
/// # Errors
/// As [`export`].
pub fn with(folder: &Arc<dyn Folder>, asked: Asked<'_>, recounts: Vec<Box<dyn Recount>>) -> Result<Report> {
    let Asked { trust, salts, spill: _, progress } = asked;
    let manifest = manifest(&**folder)?;
    let mut report = Report {
        site: manifest.site.clone(),
        origin: manifest.origin.clone(),
        generated: manifest.generated.clone(),
        size: manifest.size,
        months: manifest.months.len() as u64,
        audited: salts.is_some(),
        ..Report::default()
    };
    let text = folder::text(&**folder, signed::FILE)?.unwrap_or_default();
    let (checkpoint, since) = signed::read(&text, &manifest, &trust, &mut report)?;
    let mut roots = roots(&manifest);
    if checkpoint.size == manifest.size {
        roots.push(Root { size: checkpoint.size, root: checkpoint.root.to_string(), of: "checkpoint" });
    }
    if let Some(since) = since {
        roots.push(Root { size: since.size, root: since.root.to_string(), of: "since" });
    }
    let mut looking = Looking {
        recounts,
        forms: Forms::new(crate::ledger::kinds()),
        openings: Openings::new(Arc::clone(folder), &manifest),
        found: Vec::new(),
        leaves: 0,
        opaque: 0,
    };
    services(&**folder, &manifest, &mut report)?;
    looking.claims(&**folder, &manifest, &mut report, progress)?;
    if let Some((name, file)) = salts {
        looking.salts(&name, file, progress)?;
    }
    let hashed = leaves::run(&**folder, &manifest, roots, &mut |month, first, block| {
        looking.block(month, first, block)?;
        progress(Progress::Leaves(looking.leaves, manifest.size));
        Ok(())
    })?;
    progress(Progress::Counts);
    report.differences.extend(hashed.found);
    looking.openings.finish(&mut looking.found)?;
    let mut differences = Vec::new();
    for recount in &mut looking.recounts {
        report.recounts.push(recount.finish(&mut differences)?);
    }
    (report.leaves, report.opaque) = (looking.leaves, looking.opaque);
    (report.unknown_kinds, report.unknown_fields) = (looking.forms.unknown, looking.forms.fields);
    let mut found = looking.found;
    found.extend(differences.into_iter().map(|difference| Found { difference, file: None, line: None }));
    for found in &mut found {
        if let Some((month, line)) = found.difference.leaf.and_then(|leaf| manifest.line_of(leaf)) {
            (found.file, found.line) = (Some(month.file()), Some(line));
        }
    }
    found.sort_by_key(|found| found.difference.leaf.unwrap_or(u64::MAX));
    report.differences.extend(found);
    report.differences.truncate(MOST);
    Ok(report)
}

/// Roots that the manifest names.
pub(super) fn roots(manifest: &Manifest) -> Vec<Root> {
    let mut roots = Vec::new();
    for month in &manifest.months {
        let marks = month.marks.iter();
        roots.extend(marks.map(|(size, root)| Root { size: *size, root: root.clone(), of: "mark" }));
        roots.push(Root { size: month.end, root: month.root.clone(), of: "month" });
    }
    roots
}

/// Every definition is the text of its digest.
fn services(folder: &dyn Folder, manifest: &Manifest, report: &mut Report) -> Result<()> {
    for digest in &manifest.services {
        let file = service_file(digest);
        let found = match folder::text(folder, &file)? {
            None => "no such file".to_owned(),
            Some(text) => digest::sha256(text.as_bytes()),
        };
        if found != *digest {
            report.differences.push(Found::of("export", "definition", digest, found).in_file(&file));
        }
    }
    Ok(())
}

/// Of every claim, what all have in common.
#[derive(Deserialize)]
struct Positioned {
    position: u64,
}

/// What looks at the lines.
struct Looking {
    recounts: Vec<Box<dyn Recount>>,
    forms: Forms,
    openings: Openings,
    found: Vec<Found>,
    leaves: u64,
    opaque: u64,
}

impl Looking {
    fn tell(&mut self, found: Found) {
        if self.found.len() < MOST {
            self.found.push(found);
        }
    }

    fn claims(
        &mut self,
        folder: &dyn Folder,
        manifest: &Manifest,
        report: &mut Report,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<()> {
        let mut read = 0;
        for part in &manifest.claims {
            let Some(place) = self.recounts.iter().position(|recount| recount.name() == part.name) else {
                if !report.unknown_claims.contains(&part.name) {
                    report.unknown_claims.push(part.name.clone());
                }
                continue;
            };
            let file = claims_file(&part.name, &part.month);
            let Some(reader) = folder.open(&file)? else {
                self.tell(Found::of("export", "file", "claims", "no such file").in_file(&file));
                continue;
            };
            let (mut blocks, mut lines) = (Blocks::new(reader, &file), 0);
            while let Some(block) = blocks.next()? {
                if block.cut {
                    let at = block.line + block.len() as u64 - 1;
                    self.tell(
                        Found::of("export", "line", "a whole line", "the file ends within it").at_line(&file, at),
                    );
                }
                for (line, text) in (block.line..).zip(block.lines()) {
                    lines += 1;
                    if let Err(why) = self.claim(place, text, manifest.size)? {
                        self.tell(Found::of("export", "claim", "a claim", why).at_line(&file, line));
                    }
                }
                read += block.len() as u64;
                progress(Progress::Claims(read));
            }
            if part.lines.is_some_and(|expected| expected != lines) {
                let expected = part.lines.unwrap_or_default();
                let found = Found::of("export", "lines", format!("{expected} claims"), lines);
                self.tell(found.in_file(&file));
            }
        }
        Ok(())
    }

    /// One claim; what is wrong with its line.
    fn claim(&mut self, place: usize, line: &[u8], size: u64) -> Result<Result<(), String>> {
        let Ok(text) = std::str::from_utf8(line) else { return Ok(Err("no UTF-8".to_owned())) };
        let positioned: Positioned = match serde_json::from_str(text) {
            Ok(positioned) => positioned,
            Err(error) => return Ok(Err(error.to_string())),
        };
        if positioned.position > size {
            return Ok(Err(format!("one as of position {}, beyond the checkpoint", positioned.position)));
        }
        match self.recounts[place].claim(text) {
            Ok(()) => Ok(Ok(())),
            Err(error) if error.kind() == Kind::Invalid => Ok(Err(why(&error))),
            Err(error) => Err(error),
        }
    }

    fn salts(&mut self, name: &str, file: Box<dyn Read + Send>, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        let mut blocks = Blocks::new(file, name);
        while let Some(block) = blocks.next()? {
            for (line, text) in (block.line..).zip(block.lines()) {
                let placed = |error: Error| error.arg("file", name).arg("line", line);
                let text = std::str::from_utf8(text)
                    .map_err(|error| placed(Error::invalid("verify.salt-line").arg("why", error)))?;
                self.recounts.iter_mut().try_for_each(|recount| recount.salt(text)).map_err(placed)?;
            }
            progress(Progress::Claims(block.line + block.len() as u64));
        }
        Ok(())
    }

    fn block(&mut self, month: &Month, first: u64, block: &Block) -> Result<()> {
        for (index, line) in (first..month.end).zip(block.lines()) {
            self.leaf(index, line)?;
        }
        Ok(())
    }

    fn leaf(&mut self, index: u64, line: &[u8]) -> Result<()> {
        self.leaves += 1;
        let view = match std::str::from_utf8(line).map(|text| (text, canonical::read(text))) {
            Err(error) => {
                self.differs(index, "form", "UTF-8".to_owned(), format!("byte {}", error.valid_up_to() + 1));
                return Ok(());
            }
            Ok((text, Err(fault))) => {
                let shown: String = text.get(fault.at - 1..).unwrap_or_default().chars().take(60).collect();
                let expected = format!("{} at byte {}", fault.expected, fault.at);
                self.differs(index, "form", expected, shown);
                return Ok(());
            }
            Ok((text, Ok(Entry::Opaque))) => {
                self.opaque += 1;
                LeafView { index, kind: canonical::OPAQUE, object: "", at: 0, json: text }
            }
            Ok((text, Ok(Entry::Event { at, kind, object, fields }))) => {
                if let Some((expected, found)) = self.forms.check(kind, object, &fields) {
                    self.differs(index, "form", expected, found);
                }
                LeafView { index, kind, object, at, json: text }
            }
        };
        self.openings.leaf(index, view.json, &mut self.found)?;
        self.recounts.iter_mut().try_for_each(|recount| recount.leaf(&view))
    }

    fn differs(&mut self, index: u64, what: &str, expected: String, found: String) {
        let mut found = Found::of("log", what, expected, found);
        found.difference.leaf = Some(index);
        self.tell(found);
    }
}

/// What an error says of a line, for the report.
pub(super) fn why(error: &Error) -> String {
    error.args().get("why").cloned().unwrap_or_else(|| error.code().to_owned())
}
