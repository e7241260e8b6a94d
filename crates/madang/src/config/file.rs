//! The layer of the TOML file. Every complaint names file, line and column, and the known key nearest to an unknown one.

use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ConfigError;
use super::schema::{self, KEYS, Key, LISTS, List, Shape};
use super::values::{Group, Source, Values};

struct Reader<'a> {
    path: Arc<Path>,
    text: &'a str,
    /// `data` may not stand in the file that was found in the data folder.
    in_data_folder: bool,
}

/// Reads the file at `path` into `values`.
pub(crate) fn read(path: &Path, in_data_folder: bool, values: &mut Values) -> Result<(), ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigError::new(format!("cannot read the configuration file {}: {error}", path.display())))?;
    let reader = Reader { path: path.into(), text: &text, in_data_folder };
    let table = DeTable::parse(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        ConfigError::at(&reader.source(at), error.message().to_owned())
    })?;
    reader.table("", table.get_ref(), values)
}

impl Reader<'_> {
    fn source(&self, offset: usize) -> Source {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        Source::File { path: Arc::clone(&self.path), line, column }
    }

    fn table(&self, prefix: &str, table: &DeTable<'_>, values: &mut Values) -> Result<(), ConfigError> {
        for (name, value) in table {
            let source = self.source(name.span().start);
            let path =
                if prefix.is_empty() { name.get_ref().to_string() } else { format!("{prefix}.{}", name.get_ref()) };
            if let Some(list) = LISTS.iter().find(|list| list.name == path) {
                self.list(list, value, &source, values)?;
            } else if let (DeValue::Table(inner), true) = (value.get_ref(), is_table(&path)) {
                self.table(&path, inner, values)?;
            } else {
                if path == "data" && self.in_data_folder {
                    let what = "this file was found in the data folder, so it cannot name another one; \
                                give --data, or give this file with --config";
                    return Err(ConfigError::value(&source, "data", what));
                }
                self.setting(KEYS, &path, value, source, &mut values.main)?;
            }
        }
        Ok(())
    }

    fn list(
        &self,
        list: &List,
        value: &Spanned<DeValue<'_>>,
        source: &Source,
        values: &mut Values,
    ) -> Result<(), ConfigError> {
        let List { name, keys, .. } = list;
        let wrong = || {
            let what = format!("it is a list of tables: write [[{name}]] above each of them");
            ConfigError::value(source, name, &what)
        };
        for item in value.get_ref().as_array().ok_or_else(wrong)? {
            let table = item.get_ref().as_table().ok_or_else(wrong)?;
            let mut group = Group::defaults(keys);
            for (path, value) in table {
                self.setting(keys, path.get_ref(), value, self.source(path.span().start), &mut group)?;
            }
            for key in keys.iter().filter(|key| !key.secret) {
                if group.get(key.path).is_none() {
                    let what = format!("{0:?} is missing; add {0} = \"…\"", key.path);
                    return Err(ConfigError::value(&self.source(item.span().start), name, &what));
                }
            }
            values
                .lists_mut()
                .filter(|(other, _)| other.name == *name)
                .for_each(|(_, groups)| groups.push(group.clone()));
        }
        Ok(())
    }

    fn setting(
        &self,
        keys: &'static [Key],
        path: &str,
        value: &Spanned<DeValue<'_>>,
        source: Source,
        group: &mut Group,
    ) -> Result<(), ConfigError> {
        if let Some(key) = keys.iter().find(|key| key.path == path) {
            let at = self.source(value.span().start);
            let text = as_text(key.shape, value.get_ref()).map_err(|wanted| {
                ConfigError::value(&at, path, &format!("{} is not {wanted}", kind_of(value.get_ref())))
            })?;
            return group.set(key, text, at);
        }
        if let Some(key) = keys.iter().find(|key| key.secret && path.strip_suffix("_file") == Some(key.path)) {
            let file = value.get_ref().as_str().ok_or_else(|| {
                let what = format!("{} is not a string with the path of a file", kind_of(value.get_ref()));
                ConfigError::value(&self.source(value.span().start), path, &what)
            })?;
            return group.set_from_file(key, file, source);
        }
        Err(ConfigError::unknown(&source, "key", path, schema::nearest(path, keys.iter().map(|key| key.path))))
    }
}

/// Whether settings lie below `path`.
fn is_table(path: &str) -> bool {
    KEYS.iter().any(|key| key.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

fn kind_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the string {text:?}"),
        DeValue::Integer(number) => format!("the number {}", number.as_str()),
        DeValue::Float(number) => format!("the number {}", number.as_str()),
        DeValue::Boolean(word) => format!("the word {word}"),
        DeValue::Datetime(time) => format!("the date {time}"),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

/// The value in the environment's notation, or what it should have been.
fn as_text(shape: Shape, value: &DeValue<'_>) -> Result<String, String> {
    match (shape.toml_type(), value) {
        ("string", DeValue::String(text)) => Ok(text.to_string()),
        ("integer", DeValue::Integer(number)) if number.radix() == 10 => Ok(number.as_str().replace('_', "")),
        ("boolean", DeValue::Boolean(word)) => Ok(word.to_string()),
        ("array", DeValue::Array(items)) => {
            let texts: Result<Vec<String>, String> = items
                .iter()
                .map(|item| match item.get_ref() {
                    DeValue::String(text) => Ok(text.to_string()),
                    other => Err(format!("a list of strings ({} is in it)", kind_of(other))),
                })
                .collect();
            texts.map(|texts| texts.join(","))
        }
        ("string", _) => Err("a string: put it in quotation marks".into()),
        ("integer", _) => Err("a whole number without quotation marks".into()),
        ("boolean", _) => Err("true or false without quotation marks".into()),
        _ => Err("a list, such as [\"…\", \"…\"]".into()),
    }
}
