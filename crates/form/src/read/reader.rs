//! Reads typed values out of the tree and notes everything that is wrong on the way.
//!
//! A reader never stops at a fault: it notes it and goes on with a stand-in (an empty text, a default), so that one run
//! shows all of them. Lists keep their length, so that a path still leads to its place. Stand-ins never leave `load`:
//! with a single fault noted there is no definition.

use jiff::civil::Date;
use madang_base::LocalizedText;

use super::keys::keys;
use super::node::{Entry, Node, Span, Tree, join};
use super::sink::{Args, Sink};

/// Longest text, in characters.
const TEXT_LIMIT: usize = 20_000;
/// Most items of a list.
const LIST_LIMIT: usize = 200;

pub struct Reader<'t> {
    pub sink: Sink<'t>,
}

/// A value with its path.
#[derive(Clone, Debug)]
pub struct At<'n> {
    pub node: &'n Node,
    pub path: String,
}

/// A table with its path.
#[derive(Clone, Debug)]
pub struct Table<'n> {
    pub path: String,
    pub span: Span,
    pub entries: &'n [Entry],
}

impl<'n> Table<'n> {
    pub fn get(&self, key: &str) -> Option<At<'n>> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(At { node: &entry.node, path: join(&self.path, key) })
    }

    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }
}

impl Reader<'_> {
    /// Notes a fault at a value.
    pub fn fault(&mut self, at: &At<'_>, code: &'static str, args: Args<'_>) {
        self.sink.at(&at.node.span, &at.path, code, args);
    }

    /// A table with none but the keys of `name`.
    pub fn table<'n>(&mut self, at: &At<'n>, name: &str) -> Option<Table<'n>> {
        let table = self.entries(at)?;
        let known = keys(name);
        for entry in table.entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            if self.sink.is_full() {
                break;
            }
            let meant = suggestion(&entry.key, known.iter().copied());
            let path = join(&table.path, &entry.key);
            let args = [("name", entry.key.as_str()), ("known", meant.as_str())];
            self.sink.at(&entry.key_span, &path, "form.unknown-key", &args);
        }
        Some(table)
    }

    /// A table with any keys.
    pub fn entries<'n>(&mut self, at: &At<'n>) -> Option<Table<'n>> {
        let Tree::Table(entries) = &at.node.value else {
            self.fault(at, "form.not-a-table", &[("value", &shown(at.node))]);
            return None;
        };
        Some(Table { path: at.path.clone(), span: at.node.span.clone(), entries })
    }

    /// An optional value.
    pub fn opt<'n, T>(
        &mut self,
        table: &Table<'n>,
        key: &str,
        read: impl FnOnce(&mut Self, &At<'n>) -> Option<T>,
    ) -> Option<T> {
        table.get(key).and_then(|at| read(self, &at))
    }

    /// A value that must be there.
    pub fn req<'n, T>(
        &mut self,
        table: &Table<'n>,
        key: &str,
        read: impl FnOnce(&mut Self, &At<'n>) -> Option<T>,
    ) -> Option<T> {
        if !table.has(key) {
            self.missing(table, key);
        }
        self.opt(table, key, read)
    }

    pub fn missing(&mut self, table: &Table<'_>, key: &str) {
        self.sink.at(&table.span, &table.path, "form.missing", &[("name", key)]);
    }

    /// Every item of a list; none when there is no list.
    pub fn list<'n, T>(&mut self, table: &Table<'n>, key: &str, read: impl FnMut(&mut Self, &At<'n>) -> T) -> Vec<T> {
        table.get(key).map(|at| self.items(&at, read)).unwrap_or_default()
    }

    /// The items of a list.
    pub fn items<'n, T>(&mut self, at: &At<'n>, mut read: impl FnMut(&mut Self, &At<'n>) -> T) -> Vec<T> {
        let Tree::List(items) = &at.node.value else {
            self.fault(at, "form.not-a-list", &[("value", &shown(at.node))]);
            return Vec::new();
        };
        if items.len() > LIST_LIMIT {
            self.fault(at, "form.too-many", &[("limit", &LIST_LIMIT.to_string())]);
        }
        let items = items.iter().take(LIST_LIMIT).enumerate();
        items.map(|(i, node)| read(self, &At { node, path: format!("{}[{}]", at.path, i + 1) })).collect()
    }

    /// A list, or its only item without the brackets.
    pub fn one_or_more<'n, T>(&mut self, at: &At<'n>, mut read: impl FnMut(&mut Self, &At<'n>) -> T) -> Vec<T> {
        if matches!(at.node.value, Tree::List(_)) { self.items(at, read) } else { vec![read(self, at)] }
    }

    /// A list of words that must not be empty and has no word twice.
    pub fn words<'n>(&mut self, at: &At<'n>, read: impl FnMut(&mut Self, &At<'n>) -> String) -> Vec<String> {
        let list = self.one_or_more(at, read);
        if list.is_empty() {
            let empty = matches!(&at.node.value, Tree::List(items) if items.is_empty());
            if empty {
                self.fault(at, "form.list-empty", &[]);
            }
        }
        self.twice(&at.path, &list);
        list
    }

    /// Notes words that stand in a list twice.
    pub fn twice(&mut self, path: &str, list: &[String]) {
        for (index, word) in list.iter().enumerate() {
            if !word.is_empty() && list[..index].contains(word) {
                self.sink.on(&format!("{path}[{}]", index + 1), "form.list-duplicate", &[("value", word)]);
            }
        }
    }

    /// A plain text that is not empty.
    pub fn text(&mut self, at: &At<'_>) -> Option<String> {
        let Tree::Text(text) = &at.node.value else {
            self.fault(at, "form.not-a-text", &[("value", &shown(at.node))]);
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            self.fault(at, "form.empty", &[]);
            return None;
        }
        if text.chars().count() > TEXT_LIMIT {
            self.fault(at, "form.too-long", &[("limit", &TEXT_LIMIT.to_string())]);
            return None;
        }
        if text.chars().any(is_hidden) {
            self.fault(at, "form.control-character", &[]);
            return None;
        }
        Some(text.to_owned())
    }

    /// A word that something else is looked up by; an empty one stands in for a fault.
    pub fn word(&mut self, at: &At<'_>) -> String {
        self.text(at).unwrap_or_default()
    }

    /// A text in Korean and English, or one for all languages.
    pub fn localized(&mut self, at: &At<'_>) -> Option<LocalizedText> {
        let Tree::Table(entries) = &at.node.value else {
            if !matches!(at.node.value, Tree::Text(_)) {
                self.fault(at, "form.languages", &[("value", &shown(at.node))]);
                return None;
            }
            return self.text(at).map(|text| LocalizedText::new(text.clone(), text));
        };
        let mut text = LocalizedText::default();
        for entry in entries {
            let path = join(&at.path, &entry.key);
            if is_language(&entry.key) {
                if let Some(words) = self.text(&At { node: &entry.node, path }) {
                    text = text.with(&entry.key, words);
                }
            } else {
                self.sink.at(&entry.key_span, &path, "form.language-unknown", &[("name", &entry.key)]);
            }
        }
        for tag in ["ko", "en"].into_iter().filter(|tag| !entries.iter().any(|entry| entry.key == *tag)) {
            self.fault(at, "form.language-missing", &[("language", tag)]);
        }
        Some(text)
    }

    /// A list of articles of law.
    pub fn basis(&mut self, table: &Table<'_>) -> Vec<LocalizedText> {
        self.list(table, "basis", |r, at| r.localized(at).unwrap_or_default())
    }

    /// A whole number within limits; the nearest limit stands in.
    pub fn integer(&mut self, at: &At<'_>, min: i64, max: i64) -> Option<i64> {
        let Tree::Int(number) = at.node.value else {
            self.fault(at, "form.not-a-number", &[("value", &shown(at.node))]);
            return None;
        };
        if (min..=max).contains(&number) {
            return Some(number);
        }
        let (value, min, max) = (number.to_string(), min.to_string(), max.to_string());
        self.fault(at, "form.range", &[("value", &value), ("min", &min), ("max", &max)]);
        None
    }

    /// A whole number from nothing up.
    pub fn natural(&mut self, at: &At<'_>, min: u32, max: u32) -> Option<u32> {
        self.integer(at, i64::from(min), i64::from(max)).and_then(|n| u32::try_from(n).ok())
    }

    /// Yes or no; `otherwise` when it is not written.
    pub fn flag(&mut self, table: &Table<'_>, key: &str, otherwise: bool) -> bool {
        self.opt(table, key, |r, at| {
            if let Tree::Bool(value) = at.node.value {
                return Some(value);
            }
            r.fault(at, "form.not-a-boolean", &[("value", &shown(at.node))]);
            None
        })
        .unwrap_or(otherwise)
    }

    pub fn date(&mut self, at: &At<'_>) -> Option<Date> {
        let date = match &at.node.value {
            Tree::Date(text) => text.parse::<Date>().ok().filter(|_| text.len() == 10),
            _ => None,
        };
        if date.is_none() {
            self.fault(at, "form.not-a-date", &[("value", &shown(at.node))]);
        }
        date
    }

    /// One of a few words, as the value that stands beside it.
    pub fn choice<T: Clone>(&mut self, at: &At<'_>, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(at)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(value.clone());
        }
        let known = suggestion(&text, words.iter().map(|(word, _)| *word));
        self.fault(at, "form.word", &[("value", &text), ("known", &known)]);
        None
    }

    /// The id of something: `[a-z][a-z0-9-]{0,39}`.
    pub fn id(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.text(at)?;
        if is_id(&text) {
            return Some(text);
        }
        self.fault(at, "form.id", &[("value", &text)]);
        None
    }
}

/// A character that nobody sees and that changes what stands around it: control characters, marks that turn the
/// direction of writing.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub fn is_id(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn is_language(tag: &str) -> bool {
    (2..=8).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

/// A value as the file shows it, for messages.
pub fn shown(node: &Node) -> String {
    match &node.value {
        Tree::Text(text) => format!("\"{text}\""),
        Tree::Int(number) => number.to_string(),
        Tree::Other(text) | Tree::Date(text) => text.clone(),
        Tree::Bool(value) => value.to_string(),
        Tree::List(_) => "[ … ]".to_owned(),
        Tree::Table(_) => "{ … }".to_owned(),
    }
}

/// What to write in place of an unknown word: the known one that is meant, else all of them.
pub fn suggestion<'w>(word: &str, known: impl Iterator<Item = &'w str> + Clone) -> String {
    let near = known
        .clone()
        .map(|k| (strsim::osa_distance(&word.to_lowercase(), k), k))
        .filter(|(distance, k)| word.len() <= 80 && *distance <= (k.chars().count() / 3).clamp(1, 3))
        .min();
    match near {
        Some((_, meant)) => format!("`{meant}`"),
        None => {
            let all = known.take(30).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            if all.is_empty() { "—".to_owned() } else { all }
        }
    }
}
