//! The signing key of the public log: a file beside the keys, in the private format of C2SP signed notes.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use madang_base::{Error, Result, Rng};
use madang_tlog::note::{Algorithm, SigningKey};

/// The name of the file in the folder of the keys.
pub const FILE: &str = "log-key";

/// More than a key file has, in bytes.
const MOST: u64 = 4096;

/// Reads the key; none when there is no such file.
///
/// # Errors
/// `Kind::Invalid`: `log-key.permissions` (others than its owner may read it), `log-key.format`. `Kind::Unavailable` with
/// code `log-key.file` when it cannot be read. All have the argument `path`; none shows the key.
pub fn load(path: &Path) -> Result<Option<SigningKey>> {
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        other => other.map_err(|error| bad_file(path, error))?,
    };
    let mode = file.metadata().map_err(|error| bad_file(path, error))?.mode();
    if mode & 0o077 != 0 {
        let mode = format!("{:o}", mode & 0o777);
        return Err(Error::invalid("log-key.permissions").arg("path", path.display()).arg("mode", mode));
    }
    let mut text = String::new();
    file.take(MOST).read_to_string(&mut text).map_err(|error| bad_file(path, error))?;
    parse(&text).map(Some).map_err(|error| error.arg("path", path.display()))
}

/// Reads the key's text, as the environment gives it.
///
/// # Errors
/// `Kind::Invalid` with code `log-key.format`; the text itself is never part of the error.
pub fn parse(text: &str) -> Result<SigningKey> {
    text.trim().parse().map_err(|_| Error::invalid("log-key.format"))
}

/// Makes a key and keeps it in a new file that its owner alone can read.
///
/// # Errors
/// `Kind::Unavailable` with code `log-key.file`, also when the file is there.
pub fn create(path: &Path, origin: &str, rng: &dyn Rng) -> Result<SigningKey> {
    let key = SigningKey::from_seed(origin, Algorithm::Ed25519, rng.bytes()).map_err(Error::internal)?;
    write(path, &key)?;
    Ok(key)
}

/// Keeps a key in a new file, on the disk before this comes back.
///
/// # Errors
/// As [`create`].
pub fn write(path: &Path, key: &SigningKey) -> Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let written = (|| {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        writeln!(file, "{key}")?;
        file.sync_all()?;
        File::open(folder)?.sync_all()
    })();
    written.map_err(|error| bad_file(path, error))
}

/// Puts the new key in the place of the old one, which stays beside it as `log-key.old-N`.
///
/// # Errors
/// `Kind::Unavailable` with code `log-key.file`.
pub fn replace(path: &Path, key: &SigningKey) -> Result<()> {
    let draft = path.with_extension("new");
    let _ = fs::remove_file(&draft);
    write(&draft, key)?;
    let old = (1..).map(|n| path.with_extension(format!("old-{n}"))).find(|old| !old.exists());
    let moved = (|| {
        if let Some(old) = old.filter(|_| path.exists()) {
            fs::hard_link(path, old)?;
        }
        fs::rename(&draft, path)?;
        File::open(path.parent().unwrap_or_else(|| Path::new(".")))?.sync_all()
    })();
    moved.map_err(|error| bad_file(path, error))
}

fn bad_file(path: &Path, error: std::io::Error) -> Error {
    Error::unavailable("log-key.file").arg("path", path.display()).source(error)
}
