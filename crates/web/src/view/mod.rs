//! Templates: one environment per language, built once, with the site's own functions and filters.
//!
//! | in a template | gives |
//! |---|---|
//! | `t("key", n=3)` | the message |
//! | `asset("css/site.css")` | the address of an embedded file |
//! | `url("/plans/x")` | the address in the page's language: `/ko/plans/x` |
//! | `lang`, `other_lang` | `ko`, `en` |
//! | `x\|lt` | the `{ko, en}` text in the page's language, marked with `lang=` when it is in another one |
//! | `x\|lt_text` | the same without mark-up, for attributes and titles |
//! | `x\|lt_prose` | the same as paragraphs and lists |
//! | `d\|date`, `time\|datetime`, `time\|iso`, `time\|day` | dates, whole or partial; instants in Korean time |
//! | `n\|num`, `n\|large`, `n\|pct(of)` | numbers |
//! | `path\|with(key, value)` | the address with one query parameter set or, when empty, dropped |
//! | `path\|ending("csv")` | the same page in another form: `/ko/plans/x?a=b` becomes `/ko/plans/x.csv?a=b` |

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use madang_base::{Error, Locale};
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use crate::assets;
use crate::i18n::{self, Arg, Catalogue};

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

type Rendered<T> = Result<T, minijinja::Error>;

/// All templates, ready to render.
pub struct Templates {
    catalogue: Arc<Catalogue>,
    environments: BTreeMap<Locale, Environment<'static>>,
    reload: Option<Folders>,
}

/// Folders that lie over the embedded files.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    pub templates: Option<PathBuf>,
    pub locales: Option<PathBuf>,
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").field("reload", &self.reload).finish_non_exhaustive()
    }
}

impl Templates {
    /// The embedded templates, with those of the folders over them.
    ///
    /// # Errors
    /// A template or message file that does not parse; the text says where.
    pub fn new(folders: &Folders) -> Result<Self, Error> {
        let catalogue = Arc::new(i18n::catalogue(folders.locales.as_deref())?);
        let mut environments = BTreeMap::new();
        for locale in Locale::ALL {
            environments.insert(locale, environment(locale, &catalogue, folders.templates.as_deref())?);
        }
        Ok(Self { catalogue, environments, reload: None })
    }

    /// For work on templates: everything is read again for each page, so that a saved file shows at once.
    ///
    /// # Errors
    /// As [`Templates::new`].
    pub fn reloading(folders: Folders) -> Result<Self, Error> {
        let mut templates = Self::new(&folders)?;
        templates.reload = Some(folders);
        Ok(templates)
    }

    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The names of the embedded templates.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TEMPLATES.iter().map(|(name, _)| *name)
    }

    /// Renders `name` (`plan.html`) in a language.
    ///
    /// # Errors
    /// A value that the template asks for and the context lacks: a defect, never the citizen's fault.
    pub fn render(&self, name: &str, locale: Locale, context: &impl Serialize) -> Result<String, Error> {
        let context = serde_json::to_value(context).map_err(Error::internal)?;
        let context = to_value(&context);
        if let Some(folders) = &self.reload {
            let fresh = Self::new(folders)?;
            return run(&fresh.environments[&locale], name, context);
        }
        run(&self.environments[&locale], name, context)
    }
}

fn run(environment: &Environment<'_>, name: &str, context: Value) -> Result<String, Error> {
    environment
        .get_template(name)
        .and_then(|template| template.render(context))
        .map_err(|e| Error::internal(format!("template {name}: {e:#}")))
}

fn to_value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(b) => Value::from(*b),
        serde_json::Value::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(real)) => Value::from(real),
            (None, None) => Value::from(()),
        },
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => items.iter().map(to_value).collect(),
        serde_json::Value::Object(map) => {
            Value::from_pairs(map.iter().map(|(key, value)| (key.as_str(), to_value(value))))
        }
    }
}

fn environment(
    locale: Locale,
    catalogue: &Arc<Catalogue>,
    folder: Option<&Path>,
) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // As the engine does it, but a slash stays a slash: pages are full of addresses.
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe() => {
            out.write_str(&html_escape(text)).map_err(minijinja::Error::from)
        }
        _ => escape_formatter(out, state, value),
    });
    let fail = |name: &str, e: minijinja::Error| Error::internal(format!("template {name}: {e:#}"));
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).map_err(|e| fail(name, e))?;
    }
    if let Some(folder) = folder {
        for (name, source) in overrides(folder)? {
            environment.add_template_owned(name.clone(), source).map_err(|e| fail(&name, e))?;
        }
    }
    let other = if locale == Locale::Ko { Locale::En } else { Locale::Ko };
    environment.add_global("lang", locale.tag());
    environment.add_global("other_lang", other.tag());
    let messages = Arc::clone(catalogue);
    environment.add_function("t", move |key: &str, args: Kwargs| message(&messages, locale, key, &args));
    environment.add_function("asset", |path: &str| {
        assets::url(path).ok_or_else(|| problem(format!("there is no embedded file {path}")))
    });
    environment.add_function("url", move |path: &str| format!("/{}{path}", locale.tag()));
    environment.add_filter("lt", move |value: &Value| -> Rendered<Value> {
        let (text, tag) = localized(value, locale)?;
        let text = html_escape(&text);
        Ok(Value::from_safe_string(match tag {
            Some(tag) => format!("<span lang=\"{}\">{text}</span>", html_escape(&tag)),
            None => text,
        }))
    });
    environment.add_filter("lt_text", move |value: &Value| localized(value, locale).map(|(text, _)| text));
    environment.add_filter("lt_prose", move |value: &Value| -> Rendered<Value> {
        let (text, tag) = localized(value, locale)?;
        Ok(Value::from_safe_string(prose(&text, tag.as_deref())))
    });
    environment.add_filter("date", move |value: &Value| i18n::date(&plain(value), locale));
    environment.add_filter("datetime", move |value: &Value| instant(value).map(|time| i18n::date_time(time, locale)));
    environment.add_filter("day", move |value: &Value| {
        instant(value).map(|time| i18n::date(&time.kst_date().to_string(), locale))
    });
    environment.add_filter("iso", |value: &Value| instant(value).map(i18n::iso_time));
    environment.add_filter("num", |value: &Value| match i64::try_from(value.clone()) {
        Ok(n) => i18n::number(n),
        Err(_) => plain(value),
    });
    environment.add_filter("large", move |n: i64| i18n::large_number(n, locale));
    environment.add_filter("pct", i18n::percent);
    environment.add_filter("with", with_parameter);
    environment.add_filter("ending", |address: &str, ending: &str| {
        let (path, query) = address.split_once('?').map_or((address, String::new()), |(p, q)| (p, format!("?{q}")));
        format!("{}.{ending}{query}", path.trim_end_matches('/'))
    });
    Ok(environment)
}

fn overrides(folder: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = fs::read_dir(&next).map_err(|e| Error::internal(format!("{}: {e}", next.display())))?;
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "html" || ext == "txt" || ext == "svg") {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).map_err(|e| Error::internal(format!("{name}: {e}")))?;
                found.push((name, text));
            }
        }
    }
    Ok(found)
}

fn problem(text: impl Into<String>) -> minijinja::Error {
    minijinja::Error::new(ErrorKind::InvalidOperation, text.into())
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn instant(value: &Value) -> Rendered<madang_base::Time> {
    i18n::instant(&plain(value)).ok_or_else(|| problem(format!("{value} is not an instant")))
}

fn message(catalogue: &Catalogue, locale: Locale, key: &str, kwargs: &Kwargs) -> Rendered<String> {
    let mut args = Vec::new();
    for name in kwargs.args() {
        let value: Value = kwargs.get(name)?;
        let arg = match i64::try_from(value.clone()) {
            Ok(n) if value.kind() == ValueKind::Number => Arg::Number(n),
            _ => Arg::Text(plain(&value)),
        };
        args.push((name, arg));
    }
    if !catalogue.has(locale, key) {
        return Err(problem(format!("there is no message {key}")));
    }
    Ok(catalogue.text(locale, key, &args))
}

/// The text of a `{ko, en}` object; a plain string stands for itself, none for the empty text.
fn localized(value: &Value, locale: Locale) -> Rendered<(String, Option<String>)> {
    if let Some(text) = value.as_str() {
        return Ok((text.to_owned(), None));
    }
    if value.is_none() {
        return Ok((String::new(), None));
    }
    if value.kind() != ValueKind::Map {
        return Err(problem(format!("{value} is not a text in languages")));
    }
    let exact = value.get_item(&Value::from(locale.tag()))?;
    if let Some(text) = exact.as_str().filter(|text| !text.is_empty()) {
        return Ok((text.to_owned(), None));
    }
    for key in value.try_iter()? {
        if let Some(text) = value.get_item(&key)?.as_str().filter(|text| !text.is_empty()) {
            return Ok((text.to_owned(), Some(plain(&key))));
        }
    }
    Ok((String::new(), None))
}

/// Empty lines part paragraphs; lines that begin with `- ` are a list.
fn prose(text: &str, tag: Option<&str>) -> String {
    let mark = tag.map_or(String::new(), |tag| format!(" lang=\"{}\"", html_escape(tag)));
    let mut html = String::new();
    for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
        if part.lines().all(|line| line.starts_with("- ")) {
            html.push_str(&format!("<ul{mark}>"));
            for line in part.lines() {
                html.push_str(&format!("<li>{}</li>", html_escape(line.trim_start_matches("- "))));
            }
            html.push_str("</ul>");
        } else {
            html.push_str(&format!("<p{mark}>{}</p>", html_escape(part).replace('\n', "<br>")));
        }
    }
    html
}

fn html_escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#x27;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// `/a?x=1&page=2` with `page` set to 3, or dropped when the new value is empty.
fn with_parameter(address: &str, key: &str, value: &Value) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mark = format!("{key}=");
    let mut parts: Vec<String> =
        query.split('&').filter(|part| !part.is_empty() && !part.starts_with(&mark)).map(str::to_owned).collect();
    let value = if value.is_none() { String::new() } else { plain(value) };
    if !value.is_empty() {
        parts.push(format!("{key}={}", encode(&value)));
    }
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
