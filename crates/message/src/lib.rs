//! Messages in Fluent files, dates and numbers, in the languages the pages are written in.
//!
//! The files stand in `locales/{ko,en}/*.ftl` and are given by whoever renders: `web` gives all of them, a pure crate
//! that explains its results gives its own. A site may put a folder over them that has the same shape.

mod format;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use madang_base::{Error, LocalizedText};

pub use format::{date, date_time, instant, iso_time, large_number, number, percent, time_of_day};
pub use madang_base::Locale;

/// All messages of all languages.
pub struct Catalogue {
    bundles: BTreeMap<Locale, FluentBundle<FluentResource>>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue").field("locales", &self.bundles.keys()).finish()
    }
}

impl Catalogue {
    /// These messages, as path (`ko/anything.ftl`) and text, with those of `folder` put over them (`folder/ko/anything.ftl`).
    ///
    /// # Errors
    /// A file that cannot be read or is not Fluent; the text names the file and the place.
    pub fn new(messages: &[(&str, &str)], folder: Option<&Path>) -> Result<Self, Error> {
        let mut bundles = BTreeMap::new();
        for locale in Locale::ALL {
            let tag = locale.tag().parse().map_err(|_| Error::internal("a language tag of the catalogue is wrong"))?;
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(with_separators));
            for (path, text) in messages.iter().filter(|(path, _)| path.split('/').next() == Some(locale.tag())) {
                bundle
                    .add_resource(resource(path, text)?)
                    .map_err(|errors| Error::internal(format!("{path}: {errors:?}")))?;
            }
            if let Some(folder) = folder {
                add_folder(&mut bundle, &folder.join(locale.tag()))?;
            }
            bundles.insert(locale, bundle);
        }
        Ok(Self { bundles })
    }

    /// Whether there is a message with this key in this language.
    #[must_use]
    pub fn has(&self, locale: Locale, key: &str) -> bool {
        self.bundles[&locale].get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// The message, with its arguments filled in. A missing key gives the key itself: the tests see to it that none is.
    #[must_use]
    pub fn text(&self, locale: Locale, key: &str, args: &[(&str, Arg)]) -> String {
        let bundle = &self.bundles[&locale];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, locale = locale.tag(), "a message is missing");
            return key.to_owned();
        };
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Arg::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                Arg::Number(n) => FluentValue::from(*n),
            };
            fluent.set((*name).to_owned(), value);
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, locale = locale.tag(), ?errors, "a message could not be filled in");
        }
        text
    }

    /// The message of an error, for the citizen who met it.
    #[must_use]
    pub fn error(&self, locale: Locale, error: &Error) -> String {
        let args: Vec<(&str, Arg)> =
            error.args().iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        self.text(locale, &error.message_key(), &args)
    }

    /// The messages of an error's fields, as the templates want them: `[{field, message}]`.
    #[must_use]
    pub fn field_errors(&self, locale: Locale, error: &Error) -> Vec<FieldMessage> {
        let message = |code: &str, args: &BTreeMap<&'static str, String>| {
            // A field's own values come before those of the whole.
            let mut all = error.args().clone();
            all.extend(args.iter().map(|(name, value)| (*name, value.clone())));
            let args: Vec<(&str, Arg)> = all.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
            self.text(locale, &format!("error-{}", code.replace('.', "-")), &args)
        };
        error
            .fields()
            .iter()
            .map(|field| FieldMessage { field: field.field.clone(), message: message(field.code, &field.args) })
            .collect()
    }
}

/// An error beside its field, as the form templates show it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FieldMessage {
    pub field: String,
    pub message: String,
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Text(String),
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}

/// A text in the reader's language, and the language it is in when that is another one.
#[must_use]
pub fn localized(text: &LocalizedText, locale: Locale) -> (&str, Option<&str>) {
    match text.exact(locale.tag()) {
        Some(found) => (found, None),
        None => text.iter().next().map_or(("", None), |(tag, found)| (found, Some(tag))),
    }
}

/// Numbers in messages carry thousands separators; a year is passed as text.
fn with_separators<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value.fract() == 0.0 => Some(number(n.value.to_string().parse().ok()?)),
        _ => None,
    }
}

fn resource(path: &str, text: &str) -> Result<FluentResource, Error> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
        let place = errors.first().map_or(String::new(), |error| {
            let line = text[..error.pos.start.min(text.len())].lines().count();
            format!(" near line {line}: {error}")
        });
        Error::internal(format!("{path}{place}"))
    })
}

fn add_folder(bundle: &mut FluentBundle<FluentResource>, folder: &Path) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ext| ext == "ftl")) {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|e| Error::internal(format!("{name}: {e}")))?;
        bundle.add_resource_overriding(resource(&name, &text)?);
    }
    Ok(())
}
