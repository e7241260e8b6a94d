//! Files that are there after a power cut, whole or as they were before.
//!
//! Written to a temporary file, made durable, renamed over the old one, and the folder made durable: only then is
//! [`Disk::write`] done. Tests stop it before every step.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

/// The steps of a write, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Create,
    Fill,
    Sync,
    Rename,
    SyncFolder,
    /// Everything is durable and the caller has not been told yet.
    Done,
}

impl Step {
    pub const ALL: [Self; 6] = [Self::Create, Self::Fill, Self::Sync, Self::Rename, Self::SyncFolder, Self::Done];
}

/// Asked before every step; an error ends the write there, as a power cut would.
type Probe = dyn Fn(Step, &Path) -> io::Result<()> + Send + Sync;

/// How files are written.
#[derive(Clone, Default)]
pub struct Disk {
    probe: Option<Arc<Probe>>,
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disk").field("probed", &self.probe.is_some()).finish()
    }
}

impl Disk {
    /// A disk that fails where the probe says so.
    pub fn probed(probe: impl Fn(Step, &Path) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self { probe: Some(Arc::new(probe)) }
    }

    fn step(&self, step: Step, path: &Path) -> io::Result<()> {
        self.probe.as_ref().map_or(Ok(()), |probe| probe(step, path))
    }

    /// Writes the whole file, readable by others.
    ///
    /// # Errors
    /// Those of the disk. Then the file is the old one or the new one, and nobody knows which.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.replace(path, bytes, 0o644)
    }

    fn replace(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let temporary = folder.join(name);
        self.step(Step::Create, path)?;
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&temporary)?;
        self.step(Step::Fill, path)?;
        file.write_all(bytes)?;
        self.step(Step::Sync, path)?;
        file.sync_all()?;
        drop(file);
        self.step(Step::Rename, path)?;
        fs::rename(&temporary, path)?;
        self.step(Step::SyncFolder, path)?;
        sync_folder(folder)?;
        self.step(Step::Done, path)
    }

    /// Adds a line to a file of lines, durably. A line that a power cut left unfinished is ended first.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn append(&self, path: &Path, line: &str) -> io::Result<()> {
        self.step(Step::Fill, path)?;
        let fresh = !path.exists();
        let mut file = OpenOptions::new().read(true).append(true).create(true).mode(0o644).open(path)?;
        let whole = ends_whole(&mut file)?;
        let mark = if whole { "" } else { "\n" };
        file.write_all(format!("{mark}{line}\n").as_bytes())?;
        self.step(Step::Sync, path)?;
        file.sync_all()?;
        if fresh && let Some(folder) = path.parent() {
            sync_folder(folder)?;
        }
        Ok(())
    }

    /// Removes a file, durably; one that is not there is no error.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        path.parent().map_or(Ok(()), sync_folder)
    }

    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(path)?;
        path.parent().map_or(Ok(()), sync_folder)
    }
}

/// Writes a secret: mode 0600, and never over something that is there.
///
/// # Errors
/// Those of the disk; `AlreadyExists`.
pub fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn ends_whole(file: &mut File) -> io::Result<bool> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}
