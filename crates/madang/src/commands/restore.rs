//! `madang restore`.

use std::fs;
use std::path::Path;

use madang_adapters::keys;
use madang_db::{Options, backup, copy};
use madang_kernel::{Keys, key_check};

use super::{Invocation, copy_db};
use crate::backup::{self as folders, DATABASE, Manifest};
use crate::config::Config;
use crate::exit::{Exit, Failure, Outcome};
use crate::{site, terminal};

/// What is asked for.
pub(crate) struct Order<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) keys: Option<&'a Path>,
    /// Only look.
    pub(crate) check: bool,
    pub(crate) json: bool,
}

pub(crate) fn run(order: &Order<'_>, invocation: &Invocation) -> Outcome {
    let manifest = Manifest::read(order.folder)?;
    let bar = terminal::bar(manifest.bytes(), "bytes");
    bar.set_message("comparing the backup");
    let verified = manifest.verify(order.folder, &|bytes| bar.inc(bytes));
    bar.finish_and_clear();
    verified?;
    if order.check {
        let blobs = manifest.blobs().count();
        terminal::line(format_args!(
            "in order: the database and {blobs} files of {}, from {}",
            manifest.at, manifest.engine
        ));
        return Ok(());
    }
    let keys = read_keys(order, &manifest)?;
    let config = &invocation.config;
    require_empty(config)?;
    site::make_folder(&config.data)?;
    let report = invocation.block_on(restore_database(order.folder, invocation))?;
    restore_files(order.folder, &manifest, config)?;
    if let Some(keys) = keys {
        put_keys(&keys, config)?;
    }
    copy_db::print(&report, order.json);
    if !order.json {
        terminal::line(format_args!(
            "Restored to {}; every table and file was read back and agrees.",
            config.database.url
        ));
        if order.keys.is_none() {
            let place = config.keys_folder.join(keys::FILE);
            terminal::line(format_args!("The site starts when its keys are at {}.", place.display()));
        }
    }
    Ok(())
}

/// The keys of `--keys`, when they belong to the backup.
fn read_keys(order: &Order<'_>, manifest: &Manifest) -> Outcome<Option<Keys>> {
    let Some(file) = order.keys else { return Ok(None) };
    let bad = |why: String| Failure::new(Exit::Data, "these keys cannot be used").at(file.display()).why(why);
    let text = fs::read_to_string(file).map_err(|error| bad(error.to_string()))?;
    let keys = Keys::from_text(&text).map_err(|error| bad(error.code().to_owned()))?;
    if key_check::fingerprint(&keys) != manifest.keys {
        return Err(
            bad("they belong to another site than the backup".into()).advice("name the keys that this site used then")
        );
    }
    Ok(Some(keys))
}

/// Nothing is ever restored over something.
fn require_empty(config: &Config) -> Outcome {
    let occupied = |what: &str, path: &Path| {
        Failure::new(Exit::Files, format_args!("{what} already, so nothing was restored"))
            .at(path.display())
            .advice("restore to a new folder with --data, look at the site there, then exchange the two")
    };
    if let Some(file) = config.database.url.file().filter(|file| file.exists()) {
        return Err(occupied("there is a database", file));
    }
    if let Some(folder) = config.blobs.folder()
        && fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
    {
        return Err(occupied("there are files", folder));
    }
    let keys = config.keys_folder.join(keys::FILE);
    if keys.exists() {
        return Err(occupied("there are keys", &keys));
    }
    Ok(())
}

async fn restore_database(folder: &Path, invocation: &Invocation) -> Outcome<copy::Report> {
    let locale = invocation.locale;
    let options = Options { pool: 1, readers: 1, ..Options::default() };
    let db = site::database_with(&invocation.config.database.url, options, locale).await?;
    let (target, file) = (db.clone(), folder.join(DATABASE));
    let work = move || {
        let bar = terminal::bar(0, "rows");
        let report = backup::restore(&file, &target, &copy_db::progress(&bar));
        bar.finish_and_clear();
        report
    };
    let report = tokio::task::spawn_blocking(work).await.map_err(|error| Failure::new(Exit::Failed, error))?;
    db.close().await.map_err(|error| site::explain(&error, locale))?;
    report.map_err(|error| {
        Failure::new(Exit::Database, "the database could not be restored")
            .at(&invocation.config.database.url)
            .why(site::cause(&error))
            .advice(site::message(&error, locale))
    })
}

/// Copies the files and reads each back.
fn restore_files(folder: &Path, manifest: &Manifest, config: &Config) -> Outcome {
    let total: u64 = manifest.blobs().map(|(entry, _)| entry.bytes).sum();
    let Some(place) = config.blobs.folder() else {
        if total == 0 {
            return Ok(());
        }
        return Err(Failure::new(Exit::Configuration, "a backup with files is restored to a folder")
            .advice("restore without blobs.url, then copy the folder of files to the bucket"));
    };
    let bar = terminal::bar(total * 2, "bytes");
    bar.set_message("restoring files");
    for (entry, relative) in manifest.blobs() {
        let target = place.join(relative);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| folders::unwritable(parent, error))?;
        }
        folders::copy_file(&folder.join(&entry.path), &target, &|bytes| bar.inc(bytes))?;
        let found = folders::digest_file(&target, &|bytes| bar.inc(bytes));
        if !found.is_ok_and(|(_, sha256)| sha256 == entry.sha256) {
            return Err(Failure::new(Exit::Data, "a restored file is not what was backed up").at(target.display()));
        }
    }
    bar.finish_and_clear();
    Ok(())
}

fn put_keys(own: &Keys, config: &Config) -> Outcome {
    site::make_folder(&config.keys_folder)?;
    super::backup::write_keys(&config.keys_folder.join(keys::FILE), own)
}
