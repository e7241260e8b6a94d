//! An export in a folder: read for verifying, written so that a power cut leaves either the old file or the new one.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use madang_base::{Error, Result};
use madang_flows::verify::Folder;

use crate::exit::{Exit, Failure, Outcome};

/// A folder on the disk.
#[derive(Clone, Debug)]
pub(crate) struct Disk(PathBuf);

impl Disk {
    pub(crate) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A small file as text; none when it is not there.
    pub(crate) fn text(&self, name: &str) -> Outcome<Option<String>> {
        let path = self.path(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(&path, error)),
        }
    }

    /// Puts a file in its place as a whole.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Outcome {
        let mut new = self.begin(name)?;
        new.file.write_all(bytes).map_err(|error| unwritable(&new.part, error))?;
        new.finish()
    }

    /// Begins a file that takes the place of another when it is whole.
    pub(crate) fn begin(&self, name: &str) -> Outcome<New> {
        let path = self.path(name);
        folder_of(&path)?;
        let part = path.with_extension("part");
        let file = File::create(&part).map_err(|error| unwritable(&part, error))?;
        Ok(New { file, part, path })
    }

    /// Removes the files of a folder that are not named; what is not there any more must not be verified.
    pub(crate) fn keep_only(&self, folder: &str, names: &[String]) -> Outcome {
        let path = self.path(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unreadable(&path, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&path, error))?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let ours = entry.path().extension().is_some_and(|ending| ending == "ndjson" || ending == "part");
            if ours && !names.contains(&name) {
                fs::remove_file(entry.path()).map_err(|error| unwritable(&entry.path(), error))?;
            }
        }
        Ok(())
    }
}

/// A file that is being written beside its place.
#[derive(Debug)]
pub(crate) struct New {
    pub(crate) file: File,
    part: PathBuf,
    path: PathBuf,
}

impl New {
    pub(crate) fn put(&mut self, bytes: &[u8]) -> Outcome {
        self.file.write_all(bytes).map_err(|error| unwritable(&self.part, error))
    }

    /// On the disk, then in its place.
    pub(crate) fn finish(self) -> Outcome {
        let done = self.file.sync_all().and_then(|()| fs::rename(&self.part, &self.path));
        done.map_err(|error| unwritable(&self.path, error))?;
        sync_folder(&self.path)
    }
}

/// Makes the folder of a file.
pub(super) fn folder_of(path: &Path) -> Outcome {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))
}

/// A name is on the disk when its folder is.
pub(super) fn sync_folder(path: &Path) -> Outcome {
    let Some(folder) = path.parent() else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| unwritable(folder, error))
}

pub(crate) fn unreadable(path: &Path, error: io::Error) -> Failure {
    Failure::new(Exit::Files, "a file cannot be read").at(path.display()).why(error)
}

pub(crate) fn unwritable(path: &Path, error: io::Error) -> Failure {
    Failure::new(Exit::Files, "a file cannot be written").at(path.display()).why(error)
}

impl Folder for Disk {
    fn open(&self, name: &str) -> Result<Option<Box<dyn Read + Send>>> {
        let path = self.path(name);
        match File::open(&path) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::invalid("export.unreadable")
                .arg("file", path.display())
                .arg("line", 0)
                .arg("why", &error)
                .source(error)),
        }
    }
}
