//! `madang backup`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use madang_db::backup;
use madang_kernel::{Keys, key_check};
use serde_json::json;

use super::{Invocation, copy_db};
use crate::backup::{self as folders, DATABASE, Entry, Manifest};
use crate::exit::{Exit, Failure, Outcome};
use crate::site::{self, Absent, Site};
use crate::terminal;

pub(crate) fn run(folder: &Path, keys: Option<&Path>, as_json: bool, invocation: &Invocation) -> Outcome {
    folders::new_folder(folder)?;
    let manifest = invocation.with_site(Absent::Refuse, async |site| {
        if let Some(file) = keys {
            write_keys(file, &site.keys)?;
        }
        write(folder, site, invocation).await
    })?;
    let blobs = manifest.blobs().count();
    if as_json {
        let result = json!({
            "folder": folder, "at": manifest.at, "engine": manifest.engine, "files": blobs, "bytes": manifest.bytes(), "keys": keys,
        });
        terminal::line(format_args!("{result:#}"));
    } else {
        terminal::line(format_args!(
            "{}: the database and {blobs} files, {} bytes",
            folder.display(),
            manifest.bytes()
        ));
        if invocation.config.blobs.folder().is_none() {
            terminal::line(
                "The files are in the bucket (blobs.url) and not in this folder; back the bucket up as well.",
            );
        }
        terminal::line(match keys {
            Some(file) => format!("{}: the keys; keep them elsewhere", file.display()),
            None => "The keys are not in it; `--keys FILE` writes them to another place.".to_owned(),
        });
    }
    Ok(())
}

async fn write(folder: &Path, site: &Site, invocation: &Invocation) -> Outcome<Manifest> {
    let mut manifest = Manifest::new(site.clock.now(), site.db.engine().name(), key_check::fingerprint(&site.keys));
    let (db, path) = (site.db.clone(), folder.join(DATABASE));
    let locale = invocation.locale;
    let place = folder.to_owned();
    let entry = move || -> Outcome<Entry> {
        let bar = terminal::bar(0, "rows");
        backup::backup(&db, &path, &copy_db::progress(&bar)).map_err(|error| {
            Failure::new(Exit::Database, "the database could not be backed up")
                .at(place.display())
                .why(site::cause(&error))
                .advice(site::message(&error, locale))
        })?;
        bar.finish_and_clear();
        let (bytes, sha256) =
            folders::digest_file(&path, &|_| ()).map_err(|error| folders::unwritable(&path, error))?;
        Ok(Entry { path: DATABASE.to_owned(), bytes, sha256 })
    };
    let entry = tokio::task::spawn_blocking(entry).await.map_err(|error| Failure::new(Exit::Failed, error))??;
    manifest.files.push(entry);
    if let Some(from) = invocation.config.blobs.folder() {
        let bar = terminal::bar(folders::blobs_size(from), "bytes");
        bar.set_message("copying files");
        folders::copy_blobs(from, folder, &mut manifest, &|bytes| bar.inc(bytes))?;
        bar.finish_and_clear();
    }
    manifest.write(folder)?;
    Ok(manifest)
}

/// A new file that its owner alone can read.
pub(super) fn write_keys(file: &Path, keys: &Keys) -> Outcome {
    let write = || {
        let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
        out.write_all(keys.to_text().as_bytes())?;
        out.sync_all()
    };
    write().map_err(|error| folders::unwritable(file, error))
}
