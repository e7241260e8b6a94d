//! The key file: beside the database, never in it, readable by the server's user alone.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use madang_base::{Error, Result, Rng};
use madang_kernel::{Keys, digest};

/// The name of the key file in its folder.
pub const FILE: &str = "keys";

/// More than a key file has, in bytes.
const MOST: u64 = 4096;

/// Reads the key file of a folder, or makes both. Of two programs that make it at once one wins and both use it.
///
/// # Errors
/// `Kind::Invalid`: `keys.permissions` (others than its owner may read it), `keys.format`. `Kind::Unavailable` with code
/// `keys.file` when it cannot be read or written. All have the argument `path`.
pub fn load_or_create(folder: &Path, rng: &dyn Rng) -> Result<Keys> {
    let path = folder.join(FILE);
    if let Some(keys) = load(&path)? {
        return Ok(keys);
    }
    create(folder, &path, rng)?;
    load(&path)?.ok_or_else(|| bad_file(&path)(ErrorKind::NotFound.into()))
}

/// Reads a key file; none when there is none.
///
/// # Errors
/// As [`load_or_create`].
pub fn load(path: &Path) -> Result<Option<Keys>> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        other => other.map_err(bad_file(path))?,
    };
    // The opened file is asked, not the path, so that nobody can put another in its place in between.
    let mode = file.metadata().map_err(bad_file(path))?.mode();
    if mode & 0o077 != 0 {
        return Err(Error::invalid("keys.permissions")
            .arg("path", path.display())
            .arg("mode", format!("{:o}", mode & 0o777)));
    }
    let mut text = String::new();
    Read::by_ref(&mut file).take(MOST).read_to_string(&mut text).map_err(bad_file(path))?;
    Keys::from_text(&text).map(Some).map_err(|error| error.arg("path", path.display()))
}

/// Written under another name, made durable, then linked to its name: the file is never there in part.
fn create(folder: &Path, path: &Path, rng: &dyn Rng) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(bad_file(folder))?;
    let draft: PathBuf = folder.join(format!(".{FILE}-{}", digest::hex(&rng.bytes::<8>())));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(Keys::generate(rng).to_text().as_bytes())?;
        file.sync_all()?;
        match fs::hard_link(&draft, path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        File::open(folder)?.sync_all()
    })();
    let removed = fs::remove_file(&draft);
    written.and(removed).map_err(bad_file(path))
}

fn bad_file(path: &Path) -> impl Fn(std::io::Error) -> Error {
    move |source| Error::unavailable("keys.file").arg("path", path.display()).source(source)
}
