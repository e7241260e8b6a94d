//! The configuration for people: `config show` with the origin of each value, `config example` as a file to begin with.

use std::fmt::Write as _;

use super::Loaded;
use super::schema::{KEYS, Key, LISTS, Shape, list};
use super::typed::DatabaseUrl;
use super::values::{Said, Source};

struct Line {
    key: String,
    value: Option<String>,
    said: Option<Said>,
}

fn lines(loaded: &Loaded) -> Vec<Line> {
    let config = &loaded.config;
    let mut lines = Vec::new();
    for key in KEYS {
        let said = loaded.values.main.get(key.path).cloned();
        // What is made of other settings is shown as it came out.
        let value = match key.path {
            "database.url" => Some(config.database.url.to_string()),
            "keys.folder" => Some(config.keys_folder.display().to_string()),
            "blobs.folder" => config.blobs.folder().map(|folder| folder.display().to_string()),
            "mail.port" => config.mail.as_ref().map(|mail| mail.port.to_string()),
            _ => said.as_ref().map(|said| hidden(key, said)),
        };
        lines.push(Line { key: key.path.to_owned(), value, said });
    }
    for (list, groups) in loaded.values.lists() {
        for group in groups {
            let name = group.get("name").or(group.get("url")).map_or("?", |said| said.text.as_str()).to_owned();
            for key in list.keys {
                let said = group.get(key.path).cloned();
                let value = said.as_ref().map(|said| hidden(key, said));
                lines.push(Line { key: format!("{}.{name}.{}", list.name, key.path), value, said });
            }
        }
    }
    lines
}

fn hidden(key: &Key, said: &Said) -> String {
    if key.path == "database.url" {
        return DatabaseUrl::parse(&said.text).map_or_else(|_| "(hidden)".into(), |url| url.to_string());
    }
    if key.secret { "(hidden)".into() } else { said.text.clone() }
}

fn origin(said: Option<&Said>) -> String {
    let Some(said) = said else { return Source::Default.to_string() };
    match &said.secret_file {
        Some(file) => format!("{} in {}", file.display(), said.source),
        None => said.source.to_string(),
    }
}

/// The settings in force, each with who said it; secrets hidden. Text for people, or JSON.
pub(crate) fn show(loaded: &Loaded, json: bool) -> String {
    let lines = lines(loaded);
    if json {
        let values: Vec<serde_json::Value> = lines
            .iter()
            .map(|line| {
                let source = line.said.as_ref().map_or(&Source::Default, |said| &said.source);
                serde_json::json!({
                    "key": line.key,
                    "value": line.value,
                    "origin": source.kind(),
                    "place": origin(line.said.as_ref()),
                })
            })
            .collect();
        let file = loaded.file.as_ref().map(|file| file.display().to_string());
        return format!("{:#}\n", serde_json::json!({ "file": file, "values": values, "warnings": loaded.warnings }));
    }
    let mut out = String::new();
    let file = loaded.file.as_ref().map_or_else(|| "no file".into(), |file| file.display().to_string());
    let _ = writeln!(out, "# configuration file: {file}");
    let width = |of: &dyn Fn(&Line) -> usize| lines.iter().map(of).max().unwrap_or(0);
    let keys = width(&|line| line.key.chars().count());
    let values = width(&|line| line.value.as_deref().map_or(1, |value| value.chars().count())).min(48);
    for line in &lines {
        let value = line.value.as_deref().unwrap_or("-");
        let _ = writeln!(out, "{:keys$}  {value:values$}  {}", line.key, origin(line.said.as_ref()));
    }
    for warning in &loaded.warnings {
        let _ = writeln!(out, "# warning: {warning}");
    }
    out
}

/// A configuration file with every key, its meaning and its default, all commented out.
pub(crate) fn example() -> String {
    let mut out = String::from("# Configuration of Madang. Every line that begins with # shows the default.\n");
    let mut section = "";
    for key in KEYS {
        let (table, name) = key.path.split_once('.').unwrap_or(("", key.path));
        if table != section {
            let _ = write!(out, "\n[{table}]\n");
            section = table;
        }
        entry(&mut out, key, name);
    }
    for list in LISTS {
        let _ = write!(out, "\n# {}; repeat the table for more.\n# [[{}]]\n", list.help, list.name);
        for key in list.keys {
            entry(&mut out, key, key.path);
        }
    }
    out
}

fn entry(out: &mut String, key: &Key, name: &str) {
    let _ = writeln!(out, "# {}.", key.help);
    if key.secret && key.path != "database.url" {
        let _ = writeln!(out, "# {name}_file = \"/run/secrets/{name}\"");
        return;
    }
    let value = match (key.shape, key.default) {
        (Shape::Addresses | Shape::Words | Shape::Holidays, default) => {
            let items: Vec<String> = list(default.unwrap_or_default()).map(|item| format!("{item:?}")).collect();
            format!("[{}]", items.join(", "))
        }
        (Shape::Whole { .. } | Shape::YesNo, Some(default)) => default.to_owned(),
        (_, Some(default)) => format!("{default:?}"),
        (_, None) => "(none)".to_owned(),
    };
    let _ = writeln!(out, "# {name} = {value}");
}
