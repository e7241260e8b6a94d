//! A PostgreSQL server of its own for a benchmark.

use std::path::Path;
use std::process::Command;

use crate::Failure;
use crate::folder::Folder;

/// A private server, stopped and removed with this value.
pub struct Cluster {
    folder: Folder,
}

impl Cluster {
    const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../script/postgres");

    pub fn start() -> Result<(Self, String), Failure> {
        let cluster = Self { folder: Folder::new("postgres")? };
        let out = Command::new(Path::new(Self::SCRIPT)).arg("start").arg(cluster.folder.path()).output()?;
        if !out.status.success() {
            return Err(String::from_utf8_lossy(&out.stderr).into_owned().into());
        }
        Ok((cluster, String::from_utf8(out.stdout)?.trim().to_owned()))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = Command::new(Path::new(Self::SCRIPT)).arg("remove").arg(self.folder.path()).output();
    }
}
