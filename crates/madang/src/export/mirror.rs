//! Filling a folder with an export, and going on where the last time ended.
//!
//! Order: definitions and claims, then a checkpoint that covers what the claims say, then leaves up to it (each month goes
//! on at its last whole line; months that are whole are not fetched again), openings, checkpoint, and the manifest last.

use std::time::Duration;

use indicatif::ProgressBar;
use madang_base::{Error, Locale};
use madang_flows::export::Manifest;
use madang_flows::export::manifest::{Month, Part, claims_file, openings_file, service_file};
use madang_kernel::digest;
use madang_tlog::Checkpoint;
use madang_tlog::note::Note;

use super::disk::Disk;
use super::lines::Growing;
use super::remote::{Pieces, Remote};
use crate::exit::{Exit, Failure, Outcome};
use crate::site;

/// How often the checkpoint is looked at, and how long in all.
const LOOK: Duration = Duration::from_millis(250);
const LOOKS: u32 = 60;
/// Attempts in a row that bring nothing.
const ATTEMPTS: u32 = 5;

/// What was written.
#[derive(Debug)]
pub(crate) struct Mirrored {
    pub(crate) manifest: Manifest,
    /// Leaves that were not there before.
    pub(crate) new: u64,
    pub(crate) claims: u64,
}

/// Fills the folder.
pub(crate) async fn mirror(remote: &Remote, disk: &Disk, bar: &ProgressBar, locale: Locale) -> Outcome<Mirrored> {
    let failed = |error: &Error| site::explain(error, locale);
    let first = remote.manifest(None).await.map_err(|error| failed(&error))?;
    if first.size == 0 {
        return Err(Failure::new(Exit::Data, "the site has not signed a log yet")
            .at(&first.site)
            .advice("start its server once; a checkpoint is signed within a second"));
    }
    same_log(disk, &first)?;
    for digest in &first.services {
        service(remote, disk, digest, locale).await?;
    }
    bar.set_message("claims");
    let mut claims = Vec::new();
    for part in &first.claims {
        let name = claims_file(&part.name, &part.month);
        let lines = whole(disk, &name, || remote.claims(&part.name, &part.month), locale).await?;
        claims.push(Part { lines: Some(lines), ..part.clone() });
    }
    let (note, size) = settled(remote, &first, bar, locale).await?;
    let mut manifest = remote.manifest(Some(size)).await.map_err(|error| failed(&error))?;
    for digest in &manifest.services {
        service(remote, disk, digest, locale).await?;
    }
    bar.set_message("leaves");
    bar.set_length(manifest.size);
    let mut new = 0;
    for month in &manifest.months {
        new += leaves(remote, disk, month, bar, locale).await?;
    }
    bar.set_message("openings");
    let mut openings = Vec::new();
    for (part, month) in manifest.openings.iter().zip(&manifest.months) {
        let name = openings_file(&part.month);
        let lines = whole(disk, &name, || remote.openings(&part.month, month.first, month.end), locale).await?;
        openings.push(Part { lines: Some(lines), ..part.clone() });
    }
    (manifest.claims, manifest.openings) = (claims, openings);
    tidy(disk, &manifest)?;
    disk.write("checkpoint", note.as_bytes())?;
    let text = manifest.write().map_err(|error| failed(&error))?;
    disk.write("manifest.json", text.as_bytes())?;
    let claims = manifest.claims.iter().filter_map(|part| part.lines).sum();
    Ok(Mirrored { manifest, new, claims })
}

/// A folder that holds the export of another log is left alone.
fn same_log(disk: &Disk, first: &Manifest) -> Outcome {
    let Some(text) = disk.text("manifest.json")? else { return Ok(()) };
    let there = Manifest::read(&text).map(|manifest| manifest.origin).unwrap_or_default();
    if there == first.origin {
        return Ok(());
    }
    let what = format!("the folder holds the export of another log, {there}, not of {}", first.origin);
    Err(Failure::new(Exit::Data, what).at(disk.path("manifest.json").display()).advice("name an empty folder"))
}

async fn service(remote: &Remote, disk: &Disk, sha256: &str, locale: Locale) -> Outcome {
    let name = service_file(sha256);
    let right = |text: &String| digest::sha256(text.as_bytes()) == sha256;
    if disk.text(&name).ok().flatten().as_ref().is_some_and(right) {
        return Ok(());
    }
    let text = remote.service(sha256).await.map_err(|error| site::explain(&error, locale))?;
    match text {
        Some(text) => disk.write(&name, text.as_bytes()),
        None => Err(Failure::new(Exit::Data, "a definition that the manifest names is not there").at(name)),
    }
}

/// A file that is fetched as a whole; how many lines it has.
async fn whole<'a>(disk: &Disk, name: &str, pieces: impl Fn() -> Pieces<'a>, locale: Locale) -> Outcome<u64> {
    let mut attempt = 0;
    loop {
        let (mut lines, mut last) = (0, b'\n');
        let (mut new, mut pieces) = (disk.begin(name)?, pieces());
        let error = loop {
            match pieces.next().await {
                Ok(Some(piece)) => {
                    lines += piece.iter().filter(|byte| **byte == b'\n').count() as u64;
                    last = piece.last().copied().unwrap_or(last);
                    new.put(&piece)?;
                }
                Ok(None) if last == b'\n' => {
                    new.finish()?;
                    return Ok(lines);
                }
                Ok(None) => break Error::unavailable("download.cut").arg("url", name),
                Err(error) => break error,
            }
        };
        attempt += 1;
        again(attempt, &error, locale).await?;
    }
}

/// Waits before another attempt; the error when there were enough.
async fn again(attempt: u32, error: &Error, locale: Locale) -> Outcome {
    if attempt >= ATTEMPTS || error.kind() != madang_base::Kind::Unavailable {
        let advice = "run the command again: it goes on where it was";
        return Err(site::explain(error, locale).advice(advice));
    }
    tokio::time::sleep(LOOK * 2_u32.pow(attempt)).await;
    Ok(())
}

/// A checkpoint that covers everything that had happened when the claims were read.
async fn settled(remote: &Remote, first: &Manifest, bar: &ProgressBar, locale: Locale) -> Outcome<(String, u64)> {
    let failed = |error: &Error| site::explain(error, locale);
    bar.set_message("checkpoint");
    // Asked after the claims: what they say had happened by now.
    let settled = remote.manifest(None).await.map_err(|error| failed(&error))?.settled;
    let mut size = first.size;
    for _ in 0..LOOKS {
        if let Some(note) = remote.checkpoint().await.map_err(|error| failed(&error))? {
            size = size_of(&note)?;
            if size >= settled {
                return Ok((note, size));
            }
        }
        tokio::time::sleep(LOOK).await;
    }
    let what = format!("the log does not go on: {settled} acts are to be signed, {size} are");
    Err(Failure::new(Exit::Data, what).advice("see that the site's server runs and that its log is not held"))
}

fn size_of(note: &str) -> Outcome<u64> {
    let parsed = note.parse::<Note>().and_then(|note| Checkpoint::of(&note));
    parsed
        .map(|checkpoint| checkpoint.size)
        .map_err(|error| Failure::new(Exit::Data, "the site's checkpoint is none").why(error))
}

/// The leaves of one month that are not there yet; how many.
async fn leaves(remote: &Remote, disk: &Disk, month: &Month, bar: &ProgressBar, locale: Locale) -> Outcome<u64> {
    let path = disk.path(&month.file());
    let wanted = month.end - month.first;
    let (mut attempt, mut before) = (0, None);
    loop {
        let mut growing = Growing::open(&path)?;
        let begun = growing.lines;
        let before = *before.get_or_insert(begun);
        if begun > wanted {
            let what = format!("the file has {begun} leaves, the site's log has {wanted} in this month");
            return Err(Failure::new(Exit::Data, what).at(path.display()).advice("name an empty folder"));
        }
        bar.set_position(month.first + begun);
        let mut pieces = remote.leaves(&month.month, month.first + begun, month.end);
        let broken = loop {
            if growing.lines >= wanted {
                break None;
            }
            match pieces.next().await {
                Ok(Some(piece)) => {
                    growing.put(&piece)?;
                    bar.set_position(month.first + growing.lines);
                }
                Ok(None) => break Some(Error::unavailable("download.cut").arg("url", month.file())),
                Err(error) => break Some(error),
            }
        };
        let (lines, whole) = (growing.lines, growing.is_whole());
        growing.finish()?;
        match broken {
            None if lines == wanted && whole => return Ok(wanted - before),
            None => {
                let what = format!("the site sent {lines} leaves where the log has {wanted}");
                return Err(Failure::new(Exit::Data, what).at(path.display()));
            }
            Some(error) => {
                attempt = if lines > begun { 1 } else { attempt + 1 };
                again(attempt, &error, locale).await?;
            }
        }
    }
}

/// Claims and openings of an earlier time that the manifest does not name any more.
fn tidy(disk: &Disk, manifest: &Manifest) -> Outcome {
    let mut names: Vec<&str> = manifest.claims.iter().map(|part| part.name.as_str()).collect();
    names.dedup();
    for name in names {
        let own = manifest.claims.iter().filter(|part| part.name == name);
        let files: Vec<String> = own.map(|part| claims_file(&part.name, &part.month)).collect();
        disk.keep_only(&format!("claims/{name}"), &files)?;
    }
    let files: Vec<String> = manifest.openings.iter().map(|part| openings_file(&part.month)).collect();
    disk.keep_only("openings", &files)
}
