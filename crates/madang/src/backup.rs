//! Backups: one folder with the database as a SQLite file, the uploaded files, and a manifest of digests.
//!
//! The database is written first. A file is stored before its row, and is deleted only a day after its row; so every file
//! that the backed-up rows name is there when the files are copied afterwards. The manifest comes last: a folder without
//! one is no backup.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use madang_base::Time;
use madang_kernel::digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::exit::{Exit, Failure, Outcome};
use crate::site;

pub(crate) const DATABASE: &str = "database.sqlite";
const BLOBS: &str = "blobs";
const MANIFEST: &str = "manifest.json";
const FORMAT: &str = "madang-backup/1";

/// `manifest.json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    /// The program that wrote it.
    pub(crate) version: String,
    /// RFC 3339, UTC.
    pub(crate) at: String,
    /// The engine it came from; it restores to either.
    pub(crate) engine: String,
    /// Tells whether given keys belong to it; not the keys.
    pub(crate) keys: String,
    pub(crate) files: Vec<Entry>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Below the backup's folder, with `/`.
    pub(crate) path: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

impl Manifest {
    pub(crate) fn new(at: Time, engine: &str, keys: String) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            at: at.rfc3339(),
            engine: engine.to_owned(),
            keys,
            files: Vec::new(),
        }
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.files.iter().map(|entry| entry.bytes).sum()
    }

    /// The uploaded files among the entries: the path below the folder of files.
    pub(crate) fn blobs(&self) -> impl Iterator<Item = (&Entry, &str)> {
        self.files.iter().filter_map(|entry| Some((entry, entry.path.strip_prefix(BLOBS)?.strip_prefix('/')?)))
    }

    /// Writes it, and makes sure that it is on the disk.
    pub(crate) fn write(&self, folder: &Path) -> Outcome {
        let path = folder.join(MANIFEST);
        let text = serde_json::to_string_pretty(self).map_err(|error| Failure::new(Exit::Failed, error))?;
        let write = || {
            let mut file = File::create(&path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            File::open(folder)?.sync_all()
        };
        write().map_err(|error| unwritable(&path, error))
    }

    pub(crate) fn read(folder: &Path) -> Outcome<Self> {
        let path = folder.join(MANIFEST);
        let broken = |why: String| {
            Failure::new(Exit::Data, "this is no complete backup")
                .at(path.display())
                .why(why)
                .advice("name the folder that `madang backup` wrote; if it broke off, there is no manifest")
        };
        let text = fs::read_to_string(&path).map_err(|error| broken(error.to_string()))?;
        let manifest: Self = serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        if manifest.format != FORMAT {
            return Err(broken(format!("its format is {}, known is {FORMAT}", manifest.format)));
        }
        // A manifest that was changed by somebody must not lead out of the folder.
        let safe = |path: &str| !path.split('/').any(|part| part.is_empty() || part == "." || part == "..");
        match manifest.files.iter().find(|entry| !safe(&entry.path)) {
            Some(entry) => Err(broken(format!("{:?} is no path below it", entry.path))),
            None => Ok(manifest),
        }
    }

    /// Compares every file of the folder with its entry. `progress` hears of bytes.
    pub(crate) fn verify(&self, folder: &Path, progress: &dyn Fn(u64)) -> Outcome {
        let mut wrong = Vec::new();
        for entry in &self.files {
            let path = folder.join(&entry.path);
            match digest_file(&path, progress) {
                Ok((bytes, sha256)) if bytes == entry.bytes && sha256 == entry.sha256 => {}
                Ok(_) => wrong.push(format!("{}: changed", entry.path)),
                Err(error) => wrong.push(format!("{}: {error}", entry.path)),
            }
        }
        if !self.files.iter().any(|entry| entry.path == DATABASE) {
            wrong.push(format!("{DATABASE}: not in the manifest"));
        }
        if wrong.is_empty() {
            return Ok(());
        }
        let more = wrong.len().saturating_sub(10);
        wrong.truncate(10);
        if more > 0 {
            wrong.push(format!("and {more} more"));
        }
        Err(Failure::new(Exit::Data, "the backup is not what was written")
            .at(folder.display())
            .why(wrong.join("\n"))
            .advice("use another backup; nothing was restored from this one"))
    }
}

/// A folder for a new backup: it may be there if it is empty.
pub(crate) fn new_folder(folder: &Path) -> Outcome {
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(Failure::new(Exit::Files, "this folder is not empty")
                    .at(folder.display())
                    .advice("name a new folder; an older backup is never written over"));
            }
            Ok(())
        }
        Err(_) => site::make_folder(folder),
    }
}

/// Copies every uploaded file and adds it to the manifest. A file whose name is not its digest was not written by us, or
/// is being written at this moment; it belongs to no row and is left out.
pub(crate) fn copy_blobs(from: &Path, folder: &Path, manifest: &mut Manifest, progress: &dyn Fn(u64)) -> Outcome {
    for relative in blob_paths(from)? {
        let target = folder.join(BLOBS).join(&relative);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| unwritable(parent, error))?;
        }
        let Some((bytes, sha256)) = copy_file(&from.join(&relative), &target, progress)? else { continue };
        if sha256 != relative.replace('/', "") {
            return Err(Failure::new(Exit::Data, "an uploaded file is damaged")
                .at(from.join(&relative).display())
                .why(format!("its digest is {sha256}"))
                .advice("bring this file back from an older backup, then back up again"));
        }
        manifest.files.push(Entry { path: format!("{BLOBS}/{relative}"), bytes, sha256 });
    }
    Ok(())
}

/// How much there is to copy, in bytes.
pub(crate) fn blobs_size(from: &Path) -> u64 {
    let paths = blob_paths(from).unwrap_or_default();
    paths.iter().filter_map(|path| fs::metadata(from.join(path)).ok()).map(|found| found.len()).sum()
}

/// Paths of the form `ab/cdef…` below a folder of files, sorted.
fn blob_paths(folder: &Path) -> Outcome<Vec<String>> {
    let unreadable = |path: &Path, error: io::Error| {
        Failure::new(Exit::Files, "the folder of files cannot be read").at(path.display()).why(error)
    };
    let names = |path: &Path| -> io::Result<Vec<String>> {
        fs::read_dir(path)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    };
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    let is_hex = |text: &str, length| text.len() == length && digest::unhex(text).is_some();
    for first in names(folder).map_err(|error| unreadable(folder, error))?.iter().filter(|name| is_hex(name, 2)) {
        let inner = folder.join(first);
        let found = names(&inner).map_err(|error| unreadable(&inner, error))?;
        paths.extend(found.iter().filter(|name| is_hex(name, 62)).map(|name| format!("{first}/{name}")));
    }
    paths.sort();
    Ok(paths)
}

/// Copies a file that may go while it is looked at (`None` then); size and digest of what was written.
pub(crate) fn copy_file(from: &Path, to: &Path, progress: &dyn Fn(u64)) -> Outcome<Option<(u64, String)>> {
    let mut source = match File::open(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => {
            other.map_err(|error| Failure::new(Exit::Files, "a file cannot be read").at(from.display()).why(error))?
        }
    };
    let mut copy = || {
        let mut target = File::create_new(to)?;
        let found = pump(&mut source, &mut target, progress)?;
        target.sync_all()?;
        Ok(found)
    };
    copy().map(Some).map_err(|error| unwritable(to, error))
}

/// Size and SHA-256 of a file.
pub(crate) fn digest_file(path: &Path, progress: &dyn Fn(u64)) -> io::Result<(u64, String)> {
    pump(&mut File::open(path)?, &mut io::sink(), progress)
}

fn pump(from: &mut dyn io::Read, to: &mut dyn io::Write, progress: &dyn Fn(u64)) -> io::Result<(u64, String)> {
    let mut from = io::BufReader::with_capacity(1 << 16, from);
    let (mut digest, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, digest::hex(&digest.finalize())));
        }
        digest.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        bytes += read as u64;
        progress(read as u64);
    }
}

pub(crate) fn unwritable(path: &Path, error: io::Error) -> Failure {
    let failure = Failure::new(Exit::Files, "a file cannot be written").at(path.display());
    let advice = match error.kind() {
        io::ErrorKind::StorageFull => "make room on the disk, or name another folder",
        _ => "see that the folder can be written, or name another",
    };
    failure.why(error).advice(advice)
}
