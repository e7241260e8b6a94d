//! Files: taken in, checked by what they are and not by what they are called, kept under the digest of their content.
//!
//! [`Blobs::put`] finds the type from the content, refuses what is not on the list of [`MediaType`], re-encodes images
//! (which strips their metadata and whatever else hides in them) and writes the file; then [`attach`] writes the row in
//! the transaction of the act. A file without a row is harmless and goes with the next [`sweep`]; a row without a file
//! cannot be. Files are served with the type found here, all but images and PDF as a download ([`MediaType::inline`]).
//!
//! What is not accepted: archives (nobody sees what is in them), programs, SVG and HTML (a browser runs them), office
//! files with macros, the binary formats of before 2007 except HWP.

mod picture;
mod sniff;
mod store;
mod sweep;
#[cfg(test)]
mod tests;

use std::path::Path as FsPath;
use std::sync::Arc;

use bytes::Bytes;
use madang_base::{Error, Result, Time};
use madang_db::Tx;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};
use tokio::sync::Semaphore;

pub use self::sniff::MediaType;
pub use self::sweep::{Swept, sweep};
use crate::ctx::Ctx;
use crate::digest;
use crate::log::Tiles;
use crate::object::{ObjectKind, Ref};

/// What is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file as it is sent.
    pub bytes: usize,
    /// Longest side of an image as it is kept, in pixels; larger ones are made smaller.
    pub side: u32,
    /// Width × height of an image as it is sent.
    pub pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 20 << 20, side: 4096, pixels: 50_000_000 }
    }
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// SHA-256 of the kept bytes, 64 hexadecimal digits; the file's name in the store.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    pub media_type: MediaType,
    /// Of images, in pixels.
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// A file that has been written and waits for [`attach`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub blob: Blob,
    /// The sender's name for it, made harmless, with the ending that fits the type.
    pub name: String,
}

/// A file of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub blob: Blob,
    pub name: String,
    pub at: Time,
}

/// Where files are kept: a folder, memory, or any other store of the `object_store` crate.
#[derive(Clone, Debug)]
pub struct Blobs {
    files: Arc<dyn ObjectStore>,
    limits: Limits,
    /// Images take memory while they are decoded: this many at a time.
    pictures: Arc<Semaphore>,
}

impl Blobs {
    #[must_use]
    pub fn new(files: Arc<dyn ObjectStore>) -> Self {
        Self { files, limits: Limits::default(), pictures: Arc::new(Semaphore::new(2)) }
    }

    /// In a folder, which is made when it is not there. Files are on the disk (fsync) before they are acknowledged.
    ///
    /// # Errors
    /// `Kind::Unavailable` with code `blob.folder` when it cannot be made or opened.
    pub fn local(folder: &FsPath) -> Result<Self> {
        let bad = |source: Box<dyn std::error::Error + Send + Sync>| {
            Error::unavailable("blob.folder").arg("path", folder.display()).source(source)
        };
        std::fs::create_dir_all(folder).map_err(|e| bad(e.into()))?;
        let files = LocalFileSystem::new_with_prefix(folder).map_err(|e| bad(e.into()))?;
        Ok(Self::new(Arc::new(files.with_fsync(true))))
    }

    /// In memory, for tests.
    #[must_use]
    pub fn memory() -> Self {
        Self::new(Arc::new(InMemory::new()))
    }

    /// The files of the transparency log, in the same store under `log/`.
    #[must_use]
    pub fn tiles(&self) -> Tiles {
        Tiles::new(Arc::clone(&self.files))
    }

    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Checks and keeps a file. Nothing refers to it until [`attach`].
    ///
    /// # Errors
    /// `Kind::Invalid`: `blob.empty`, `blob.too-large` (argument `limit`, in MiB), `blob.type` (not on the list),
    /// `blob.macros`, `blob.image` (cannot be decoded), `blob.image-too-large`, `blob.text` (neither UTF-8 nor EUC-KR).
    /// `Kind::Unavailable` with code `blob.store` when the store does not answer.
    pub async fn put(&self, bytes: Bytes, declared_name: &str) -> Result<Upload> {
        if bytes.is_empty() {
            return Err(Error::invalid("blob.empty"));
        }
        if bytes.len() > self.limits.bytes {
            return Err(Error::invalid("blob.too-large").arg("limit", self.limits.bytes >> 20));
        }
        let name = sniff::harmless_name(declared_name);
        let found = sniff::sniff(&bytes, &name)?;
        let (bytes, media_type, size) = match found {
            sniff::Found::Picture(format) => {
                let picture = self.picture(bytes, format).await?;
                (picture.bytes, picture.media_type, Some((picture.width, picture.height)))
            }
            sniff::Found::File(media_type) => (bytes, media_type, None),
        };
        let sha256 = digest::sha256(&bytes);
        let blob = Blob {
            size: i64::try_from(bytes.len()).map_err(Error::internal)?,
            media_type,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            sha256,
        };
        // Written even when it is there: its fresh date keeps the sweep away until the row is written.
        self.files.put(&path(&blob.sha256)?, bytes.into()).await.map_err(unavailable)?;
        Ok(Upload { name: sniff::with_ending(&name, media_type), blob })
    }

    /// The bytes of a kept file, checked against their digest.
    ///
    /// # Errors
    /// `Kind::NotFound` with code `blob.unknown`; `Kind::Unavailable` with code `blob.store`; `Kind::Internal` when the
    /// store gives other bytes than it was given.
    pub async fn get(&self, sha256: &str) -> Result<Bytes> {
        let found = match self.files.get(&path(sha256)?).await {
            Err(object_store::Error::NotFound { .. }) => return Err(unknown(sha256)),
            other => other.map_err(unavailable)?,
        };
        let bytes = found.bytes().await.map_err(unavailable)?;
        if digest::sha256(&bytes) != sha256 {
            return Err(Error::internal(format!("the file {sha256} is damaged")));
        }
        Ok(bytes)
    }

    async fn picture(&self, bytes: Bytes, format: image::ImageFormat) -> Result<picture::Picture> {
        let limits = self.limits;
        let _turn = self.pictures.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || picture::re_encode(&bytes, format, limits))
            .await
            .map_err(Error::internal)?
    }
}

/// Writes the row of an upload and that `object` uses it. Twice is as good as once; the later name stays.
///
/// # Errors
/// `Kind::Invalid` for a reference that is none; those of the database.
pub fn attach(tx: &mut Tx, ctx: &Ctx, upload: &Upload, object: &Ref) -> Result<()> {
    object.check()?;
    store::insert(tx, &upload.blob, ctx.now)?;
    store::use_insert(tx, &upload.blob.sha256, object, &upload.name, ctx.now)
}

/// Takes a file from an object; when no other uses it the sweep deletes it. Returns false when it was not there.
///
/// # Errors
/// Those of the database.
pub fn detach(tx: &mut Tx, sha256: &str, object: &Ref) -> Result<bool> {
    store::use_delete(tx, sha256, object)
}

/// The files of an object, oldest first.
///
/// # Errors
/// Those of the database.
pub fn attachments(tx: &mut Tx, object: &Ref) -> Result<Vec<Attachment>> {
    store::uses(tx, object)
}

/// One file of an object. Whoever serves a file asks for it through an object that the reader may see.
///
/// # Errors
/// `Kind::NotFound` with code `blob.unknown`.
pub fn attachment(tx: &mut Tx, sha256: &str, object: &Ref) -> Result<Attachment> {
    store::use_one(tx, sha256, object)?.ok_or_else(|| unknown(sha256))
}

/// A file by its digest alone, when any object of this kind uses it; for kinds whose objects are all public.
///
/// # Errors
/// `Kind::NotFound` with code `blob.unknown`.
pub fn attachment_of_kind(tx: &mut Tx, sha256: &str, kind: ObjectKind) -> Result<Attachment> {
    store::use_of_kind(tx, sha256, kind)?.ok_or_else(|| unknown(sha256))
}

/// What uses the file of this digest, at most a hundred objects. Whether any of them is public is for its domain to say.
///
/// # Errors
/// Those of the database.
pub fn users(tx: &mut Tx, sha256: &str) -> Result<Vec<Ref>> {
    store::users(tx, sha256)
}

fn unknown(sha256: &str) -> Error {
    Error::not_found("blob.unknown").arg("value", sha256)
}

fn unavailable(source: object_store::Error) -> Error {
    Error::unavailable("blob.store").source(source)
}

/// `ab/cdef…`: two digits of the digest make the folder. Only a digest makes a path.
fn path(sha256: &str) -> Result<Path> {
    let digits = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if !digits {
        return Err(unknown(sha256));
    }
    Ok(Path::from(format!("{}/{}", &sha256[..2], &sha256[2..])))
}
