//! Reads typed values out of a tree and notes everything that is wrong on the way.
//!
//! A reader never stops at a problem: it notes it and goes on with a stand-in, so that one run shows all of them. The
//! stand-ins never leave the import: with a single problem noted there is no plan.

use madang_base::LocalizedText;
use madang_base::calendar::PartialDate;

use super::node::{Entry, Node, Tree};
use super::problem::{Place, Problem};

/// Longest accepted text, in characters.
const TEXT_LIMIT: usize = 20_000;
/// Most problems that are worth reading in one go; a file with more is the wrong file.
const PROBLEM_LIMIT: usize = 500;

#[derive(Debug, Default)]
pub struct Reader {
    problems: Vec<Problem>,
    path: Vec<String>,
}

/// A table being read.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'n> {
    pub place: &'n Place,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// The value of a key; an empty one counts as missing.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|e| e.key == key).map(|e| &e.node).filter(|n| n.value != Tree::Null)
    }
}

impl Reader {
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Notes a problem at a place under the current path.
    pub fn problem(&mut self, place: &Place, key: &'static str, args: &[(&'static str, &str)]) {
        if self.problems.len() < PROBLEM_LIMIT {
            let mut problem = Problem::new(place.clone(), self.path.join("."), key);
            for (name, value) in args {
                problem.args.insert(name, clip(value));
            }
            self.problems.push(problem);
        }
    }

    /// Reads something under a further path segment.
    pub fn within<T>(&mut self, segment: impl Into<String>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment.into());
        let value = read(self);
        self.path.pop();
        value
    }

    /// A table with no other keys than these.
    pub fn fields<'n>(&mut self, node: &'n Node, known: &[&str]) -> Option<Fields<'n>> {
        let Tree::Table(entries) = &node.value else {
            self.problem(&node.place, "import-not-a-table", &[]);
            return None;
        };
        for entry in entries {
            if !known.contains(&entry.key.as_str()) {
                let known = suggestion(&entry.key, known.iter().copied());
                let args = [("name", entry.key.as_str()), ("known", known.as_str())];
                self.problem(&entry.place, "import-unknown-key", &args);
            }
        }
        Some(Fields { place: &node.place, entries })
    }

    /// Notes that a value is missing.
    pub fn missing(&mut self, fields: Fields<'_>, key: &str) {
        self.problem(fields.place, "import-missing", &[("name", key)]);
    }

    /// An optional value.
    pub fn optional<'n, T>(
        &mut self,
        fields: Fields<'n>,
        key: &str,
        read: impl FnOnce(&mut Self, &'n Node) -> Option<T>,
    ) -> Option<T> {
        let node = fields.get(key)?;
        self.within(key, |r| read(r, node))
    }

    /// A value that must be there.
    pub fn required<'n, T>(
        &mut self,
        fields: Fields<'n>,
        key: &str,
        read: impl FnOnce(&mut Self, &'n Node) -> Option<T>,
    ) -> Option<T> {
        if fields.get(key).is_none() {
            self.missing(fields, key);
        }
        self.optional(fields, key, read)
    }

    /// Every item of a list; a missing list is an empty one.
    pub fn list<'n, T>(
        &mut self,
        fields: Fields<'n>,
        key: &str,
        mut read: impl FnMut(&mut Self, &'n Node) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = fields.get(key) else { return Vec::new() };
        let Tree::List(items) = &node.value else {
            self.within(key, |r| r.problem(&node.place, "import-not-a-list", &[]));
            return Vec::new();
        };
        items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| self.within(format!("{key}[{}]", at + 1), |r| read(r, item)))
            .collect()
    }

    /// A text; a number is taken as it is written, because a workbook's cell may hold one.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        let text = match &node.value {
            Tree::Text(text) => text.trim().to_owned(),
            Tree::Int(number) => number.to_string(),
            Tree::Real(number) => number.to_string(),
            Tree::Bool(_) | Tree::List(_) | Tree::Table(_) | Tree::Null => {
                self.problem(&node.place, "import-not-a-text", &[]);
                return None;
            }
        };
        if text.is_empty() {
            self.problem(&node.place, "import-empty", &[]);
            return None;
        }
        if text.chars().count() > TEXT_LIMIT {
            self.problem(&node.place, "import-too-long", &[("limit", &TEXT_LIMIT.to_string())]);
            return None;
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.problem(&node.place, "import-control-character", &[]);
            return None;
        }
        Some(text)
    }

    /// A text in Korean and English.
    pub fn localized(&mut self, node: &Node) -> Option<LocalizedText> {
        let Tree::Table(entries) = &node.value else {
            self.problem(&node.place, "import-languages", &[]);
            return None;
        };
        let mut text = LocalizedText::default();
        for entry in entries {
            let tag = entry.key.as_str();
            if !is_language(tag) {
                self.problem(&entry.place, "import-language-unknown", &[("name", tag)]);
            } else if let Some(words) = self.within(tag, |r| r.text(&entry.node)) {
                text = text.with(tag, words);
            }
        }
        for tag in ["ko", "en"] {
            if !entries.iter().any(|e| e.key == tag) {
                self.problem(&node.place, "import-language-missing", &[("language", tag)]);
            }
        }
        Some(text)
    }

    /// A text in Korean and English, or one for both (`"%"`).
    pub fn localized_or_same(&mut self, node: &Node) -> Option<LocalizedText> {
        if matches!(node.value, Tree::Table(_)) {
            return self.localized(node);
        }
        self.text(node).map(|text| LocalizedText::new(text.clone(), text))
    }

    pub fn integer(&mut self, node: &Node) -> Option<i64> {
        let number = match &node.value {
            Tree::Int(number) => Some(*number),
            Tree::Text(text) => text.trim().replace(',', "").parse().ok(),
            _ => None,
        };
        if number.is_none() {
            let value = shown(node);
            self.problem(&node.place, "import-not-an-integer", &[("value", &value)]);
        }
        number
    }

    pub fn number(&mut self, node: &Node) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "figures of a plan are far below 2^53")]
        let number = match &node.value {
            Tree::Int(number) => Some(*number as f64),
            Tree::Real(number) => Some(*number),
            Tree::Text(text) => text.trim().replace(',', "").parse::<f64>().ok(),
            _ => None,
        };
        let number = number.filter(|n| n.is_finite());
        if number.is_none() {
            let value = shown(node);
            self.problem(&node.place, "import-not-a-number", &[("value", &value)]);
        }
        number
    }

    pub fn boolean(&mut self, node: &Node) -> Option<bool> {
        let value = match &node.value {
            Tree::Bool(value) => Some(*value),
            Tree::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "예" => Some(true),
                "false" | "no" | "아니오" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if value.is_none() {
            let value = shown(node);
            self.problem(&node.place, "import-not-a-boolean", &[("value", &value)]);
        }
        value
    }

    pub fn date(&mut self, node: &Node) -> Option<PartialDate> {
        let text = shown(node);
        let date = text.trim().parse::<PartialDate>().ok();
        if date.is_none() {
            self.problem(&node.place, "import-date", &[("value", &text)]);
        }
        date
    }

    /// One of a few words.
    pub fn choice(&mut self, node: &Node, words: &[&str]) -> Option<String> {
        let text = self.text(node)?;
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        let known = suggestion(&text, words.iter().copied());
        self.problem(&node.place, "import-choice", &[("value", &text), ("known", &known)]);
        None
    }

    /// An id for addresses: lower-case letters, digits and hyphens.
    pub fn id(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node)?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.len() <= 80 && text.chars().all(fits) && !text.starts_with('-') && !text.ends_with('-') {
            return Some(text);
        }
        self.problem(&node.place, "import-id", &[("value", &text)]);
        None
    }

    /// The number of a commitment or milestone: `2`, `2.1`, `2-1`.
    pub fn numbering(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node)?;
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        if text.len() <= 20 && text.chars().all(fits) && text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return Some(text);
        }
        self.problem(&node.place, "import-numbering", &[("value", &text)]);
        None
    }
}

/// A value as the file shows it, for messages.
pub fn shown(node: &Node) -> String {
    match &node.value {
        Tree::Text(text) => text.clone(),
        Tree::Int(number) => number.to_string(),
        Tree::Real(number) => number.to_string(),
        Tree::Bool(value) => value.to_string(),
        Tree::List(_) => "[…]".to_owned(),
        Tree::Table(_) => "{…}".to_owned(),
        Tree::Null => String::new(),
    }
}

/// What to write in place of an unknown word: the known one that is meant, else all of them.
pub fn suggestion<'w>(word: &str, known: impl Iterator<Item = &'w str> + Clone) -> String {
    match nearest(word, known.clone()) {
        Some(meant) => meant.to_owned(),
        None => known.take(30).collect::<Vec<_>>().join(", "),
    }
}

/// The known word that is meant, if one is near enough.
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    if word.len() > 80 {
        return None;
    }
    known
        .map(|k| (distance(&word.to_lowercase(), k), k))
        .filter(|(d, k)| *d <= 2.max(k.len() / 3))
        .min()
        .map(|(_, k)| k)
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let here = (before + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            before = std::mem::replace(&mut row[j + 1], here);
        }
    }
    row.last().copied().unwrap_or(0)
}

fn is_language(tag: &str) -> bool {
    (2..=8).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

fn clip(text: &str) -> String {
    if text.chars().count() <= 200 { text.to_owned() } else { text.chars().take(199).chain(['…']).collect() }
}
