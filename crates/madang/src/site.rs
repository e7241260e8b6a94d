//! A site put together from its configuration: folder, database, keys, files.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;

use madang_adapters::{OsRng, SystemClock, files, keys};
use madang_base::{Error, Kind, Locale, SharedClock, SharedRng};
use madang_db::{Db, Options};
use madang_kernel::blob::{Blobs, Limits};
use madang_kernel::{Ctx, Keys, key_check};
use madang_web::i18n;

use crate::config::{Config, Database, DatabaseUrl, Place};
use crate::exit::{Exit, Failure, Outcome};
use crate::ops;

/// What a command does with a site that is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Make it.
    Make,
    /// Refuse: a mistyped folder would otherwise look like an empty site.
    Refuse,
}

/// An open site.
pub(crate) struct Site {
    pub(crate) db: Db,
    pub(crate) clock: SharedClock,
    pub(crate) rng: SharedRng,
    pub(crate) keys: Arc<Keys>,
    pub(crate) blobs: Blobs,
    pub(crate) locale: Locale,
}

impl Site {
    /// The context of the machine's own acts.
    pub(crate) fn ctx(&self) -> Ctx {
        Ctx { locale: self.locale, ..Ctx::system(self.clock.now(), Arc::clone(&self.rng), Arc::clone(&self.keys)) }
    }

    /// A failure of the site in the words of the message catalogue.
    pub(crate) fn failure(&self, error: &Error) -> Failure {
        explain(error, self.locale)
    }

    /// Ends the database's threads after what waits is written.
    pub(crate) async fn close(self) {
        if let Err(error) = self.db.close().await {
            tracing::error!(%error, "the database was not closed in order");
        }
    }
}

/// Opens the site, or makes it.
pub(crate) async fn open(config: &Config, absent: Absent, locale: Locale) -> Outcome<Site> {
    if absent == Absent::Refuse
        && let Some(file) = config.database.url.file()
        && !file.exists()
    {
        return Err(Failure::new(Exit::Files, "there is no site here")
            .at(file.display())
            .advice("name its data folder with --data (or its database with --database)"));
    }
    make_folder(&config.data)?;
    let db = database(&config.database, locale).await?;
    let (clock, rng): (SharedClock, SharedRng) = (Arc::new(SystemClock), Arc::new(OsRng));
    let keys = Arc::new(load_keys(config, &db, &rng, locale).await?);
    let blobs = files(config, locale)?;
    let bytes = usize::try_from(config.blobs.max).unwrap_or(usize::MAX);
    let blobs = blobs.with_limits(Limits { bytes, ..Limits::default() });
    Ok(Site { db, clock, rng, keys, blobs, locale })
}

/// Where files and tiles are kept.
fn files(config: &Config, locale: Locale) -> Outcome<Blobs> {
    match &config.blobs.place {
        Place::Folder(folder) => Blobs::local(folder).map_err(|error| {
            Failure::new(Exit::Files, "the folder of files cannot be used")
                .at(folder.display())
                .why(cause(&error))
                .advice("see that it can be written, or name another with blobs.folder")
        }),
        Place::Bucket(bucket) => {
            let options = files::Bucket {
                name: bucket.name.clone(),
                prefix: bucket.prefix.clone(),
                endpoint: bucket.endpoint.clone(),
                region: bucket.region.clone(),
                access_key: bucket.access_key.clone(),
                secret_key: bucket.secret_key.expose().to_owned(),
            };
            files::bucket(&options).map_err(|error| {
                let failure = Failure::new(Exit::Configuration, "the bucket of files cannot be used");
                failure.at(&bucket.name).why(cause(&error)).advice(message(&error, locale))
            })
        }
    }
}

/// The data folder, made when it is not there, for its owner alone.
pub(crate) fn make_folder(folder: &Path) -> Outcome {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| error.to_string());
    made.and_then(|()| ops::is_writable(folder)).map_err(|error| {
        Failure::new(Exit::Files, "the data folder cannot be written")
            .at(folder.display())
            .why(error)
            .advice("give the account that runs madang the right to write there, or name another folder with --data")
    })
}

/// Opens a database with the configured sizes.
pub(crate) async fn database(database: &Database, locale: Locale) -> Outcome<Db> {
    let mut options = Options { queue: database.queue, pool: database.pool, ..Options::default() };
    if database.readers > 0 {
        options.readers = database.readers;
    }
    database_with(&database.url, options, locale).await
}

/// Opens a database.
pub(crate) async fn database_with(url: &DatabaseUrl, options: Options, locale: Locale) -> Outcome<Db> {
    Db::open(url.expose(), options).await.map_err(|error| {
        let failure = Failure::new(Exit::Database, "the database cannot be opened").at(url).why(cause(&error));
        failure.advice(message(&error, locale))
    })
}

async fn load_keys(config: &Config, db: &Db, rng: &SharedRng, locale: Locale) -> Outcome<Keys> {
    let file = config.keys_folder.join(keys::FILE);
    let bad = |error: &Error| {
        Failure::new(Exit::Files, "the keys of this site cannot be used")
            .at(file.display())
            .why(cause(error))
            .advice(message(error, locale))
    };
    let known = db.read(key_check::known).await.map_err(|error| explain(&error, locale))?;
    let found = keys::load(&file).map_err(|error| bad(&error))?;
    let keys = match found {
        Some(keys) => keys,
        None if known => {
            return Err(Failure::new(Exit::Files, "the keys of this site are gone").at(file.display()).advice(
                "put them back from where they are kept (`madang backup --keys` wrote them); new ones are not made,\n\
                     because nobody's earlier acts would be recognised as theirs",
            ));
        }
        None => keys::load_or_create(&config.keys_folder, &**rng).map_err(|error| bad(&error))?,
    };
    let checked = keys.clone();
    db.write(move |tx| key_check::check(tx, &checked)).await.map_err(|error| {
        if error.code() == "keys.other" {
            Failure::new(Exit::Files, "these keys belong to another site")
                .at(file.display())
                .advice("put this site's own keys there; the database and its keys must stay together")
        } else {
            explain(&error, locale)
        }
    })?;
    Ok(keys)
}

/// A failure in the words of the message catalogue.
pub(crate) fn explain(error: &Error, locale: Locale) -> Failure {
    Failure::of(error, &message(error, locale))
}

/// The message of an error; its code when the catalogue cannot be read.
pub(crate) fn message(error: &Error, locale: Locale) -> String {
    match i18n::catalogue(None) {
        Ok(catalogue) => {
            let fields = catalogue
                .field_errors(locale, error)
                .into_iter()
                .map(|field| format!("\n{}: {}", field.field, field.message));
            std::iter::once(catalogue.error(locale, error)).chain(fields).collect()
        }
        Err(_) => error.code().to_owned(),
    }
}

/// What the machine said, or the code where it said nothing.
pub(crate) fn cause(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => {
            let mut text = source.to_string();
            let mut next = source.source();
            while let Some(source) = next {
                let more = source.to_string();
                if !text.contains(&more) {
                    text = format!("{text}: {more}");
                }
                next = source.source();
            }
            text
        }
        None if error.kind() == Kind::Internal => "a defect".to_owned(),
        None => error.code().to_owned(),
    }
}
