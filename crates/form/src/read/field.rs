//! `[[field]]` and its columns: type, limits, conditions.

use madang_base::LocalizedText;

use super::node::Tree;
use super::reader::{At, Reader, Table, is_id, shown, suggestion};
use crate::model::{Choice, Count, Field, FieldKind, Party, Publicity, When};

/// The types of fields.
pub const TYPES: [&str; 14] = [
    "line",
    "text",
    "choice",
    "multi-choice",
    "number",
    "money",
    "date",
    "place",
    "person",
    "agency",
    "file",
    "photo",
    "table",
    "consent",
];

/// What a column of a table can be.
const COLUMN_TYPES: [&str; 5] = ["line", "choice", "number", "money", "date"];

/// Keys that only some types have.
const OF_TYPE: [(&str, &[&str]); 9] = [
    ("max", &["line", "text", "number", "money"]),
    ("min", &["number", "money"]),
    ("unit", &["number"]),
    ("options", &["choice", "multi-choice"]),
    ("count", &["multi-choice", "file", "photo", "table"]),
    ("past", &["date"]),
    ("future", &["date"]),
    ("text", &["consent"]),
    ("column", &["table"]),
];

/// Whole numbers that every reader of JSON keeps exactly.
const EXACT: i64 = 9_007_199_254_740_991;
const NUMBER_MAX: i64 = 1_000_000_000_000;
const MAX_OPTIONS: usize = 100;
const MAX_COUNT: u32 = 100;
const MAX_WHENS: usize = 10;

const PUBLICITIES: [(&str, Publicity); 4] = [
    ("never", Publicity::Never),
    ("always", Publicity::Always),
    ("after review", Publicity::AfterReview),
    ("coarse", Publicity::Coarse),
];

pub fn field(r: &mut Reader<'_>, table: &Table<'_>) -> Field {
    let required = r.flag(table, "required", true);
    let kind = kind(r, table, required, &TYPES);
    let personal = r.flag(table, "personal", kind == FieldKind::Person);
    Field {
        by: r.opt(table, "by", Reader::text).map_or(Party::Author, |word| Party::of(&word)),
        screen: r.opt(table, "screen", |r, at| r.natural(at, 1, 2)).map_or(1, |n| if n == 2 { 2 } else { 1 }),
        public: r.opt(table, "public", |r, at| r.choice(at, &PUBLICITIES)).unwrap_or(Publicity::Never),
        public_in: r.opt(table, "public-in", |r, at| Some(r.words(at, Reader::word))).unwrap_or_default(),
        when: r.opt(table, "when", whens).unwrap_or_default(),
        personal,
        list: r.flag(table, "list", false),
        ..bare(r, table, kind, required)
    }
}

/// What fields and columns have in common.
fn bare(r: &mut Reader<'_>, table: &Table<'_>, kind: FieldKind, required: bool) -> Field {
    Field {
        id: r.req(table, "id", Reader::id).unwrap_or_default(),
        name: r.req(table, "name", Reader::localized).unwrap_or_default(),
        help: r.opt(table, "help", Reader::localized).unwrap_or_default(),
        example: r.opt(table, "example", Reader::localized).unwrap_or_default(),
        kind,
        required,
        when: Vec::new(),
        by: Party::Author,
        screen: 1,
        public: Publicity::Never,
        public_in: Vec::new(),
        personal: false,
        list: false,
    }
}

fn column(r: &mut Reader<'_>, at: &At<'_>) -> Field {
    let empty = Table { path: at.path.clone(), span: at.node.span.clone(), entries: &[] };
    let table = r.table(at, "field.column").unwrap_or(empty);
    let required = r.flag(&table, "required", true);
    let kind = kind(r, &table, required, &COLUMN_TYPES);
    bare(r, &table, kind, required)
}

fn kind(r: &mut Reader<'_>, table: &Table<'_>, required: bool, types: &[&'static str]) -> FieldKind {
    let words: Vec<(&'static str, &'static str)> = types.iter().map(|word| (*word, *word)).collect();
    let Some(code) = r.req(table, "type", |r, at| r.choice(at, &words)) else {
        return FieldKind::Line { max: 200 };
    };
    for (key, _) in OF_TYPE.iter().filter(|(key, of)| table.has(key) && !of.contains(&code)) {
        let path = super::node::join(&table.path, key);
        r.sink.on_key(&path, "form.key-of-type", &[("name", key), ("type", code)]);
    }
    match code {
        "text" => FieldKind::Text { max: r.opt(table, "max", |r, at| r.natural(at, 1, 100_000)).unwrap_or(10_000) },
        "choice" => FieldKind::Choice { options: r.req(table, "options", options).unwrap_or_default() },
        "multi-choice" => {
            let options = r.req(table, "options", options).unwrap_or_default();
            FieldKind::MultiChoice { options, count: count(r, table, required) }
        }
        "number" => {
            let (min, max) = limits(r, table);
            FieldKind::Number { min, max, unit: r.opt(table, "unit", Reader::localized).unwrap_or_default() }
        }
        "money" => {
            let (min, max) = limits(r, table);
            FieldKind::Money { min, max }
        }
        "date" => FieldKind::Date { past: r.flag(table, "past", true), future: r.flag(table, "future", true) },
        "place" => FieldKind::Place,
        "person" => FieldKind::Person,
        "agency" => FieldKind::Agency,
        "file" => FieldKind::File { count: count(r, table, required) },
        "photo" => FieldKind::Photo { count: count(r, table, required) },
        "table" => {
            if !table.has("column") {
                r.missing(table, "column");
            }
            let count = count(r, table, required);
            FieldKind::Table { columns: r.list(table, "column", column), count }
        }
        "consent" => FieldKind::Consent { text: r.req(table, "text", Reader::localized).unwrap_or_default() },
        _ => FieldKind::Line { max: r.opt(table, "max", |r, at| r.natural(at, 1, 1_000)).unwrap_or(200) },
    }
}

fn limits(r: &mut Reader<'_>, table: &Table<'_>) -> (i64, i64) {
    let min = r.opt(table, "min", |r, at| r.integer(at, -EXACT, EXACT)).unwrap_or(0);
    let max = r.opt(table, "max", |r, at| r.integer(at, -EXACT, EXACT)).unwrap_or(NUMBER_MAX.max(min));
    if min > max {
        let (low, high) = (min.to_string(), max.to_string());
        let path = super::node::join(&table.path, if table.has("min") { "min" } else { "max" });
        r.sink.on(&path, "form.limits", &[("min", &low), ("max", &high)]);
    }
    (min, max)
}

/// `1..10`; without it up to ten, and at least one when an answer is required.
fn count(r: &mut Reader<'_>, table: &Table<'_>, required: bool) -> Count {
    let usual = Count { min: u32::from(required), max: 10 };
    r.opt(table, "count", |r, at| {
        let text = r.text(at)?;
        let count = text.split_once("..").and_then(|(min, max)| {
            let (min, max) = (min.trim().parse().ok()?, max.trim().parse().ok()?);
            (min <= max && (1..=MAX_COUNT).contains(&max)).then_some(Count { min, max })
        });
        if count.is_none() {
            r.fault(at, "form.count", &[("value", &text), ("limit", &MAX_COUNT.to_string())]);
        }
        count
    })
    .unwrap_or(usual)
}

/// `{ id = text, … }` in the order of the file.
pub fn options(r: &mut Reader<'_>, at: &At<'_>) -> Option<Vec<Choice>> {
    let table = r.entries(at)?;
    if table.entries.is_empty() {
        r.fault(at, "form.list-empty", &[]);
    }
    if table.entries.len() > MAX_OPTIONS {
        r.fault(at, "form.too-many", &[("limit", &MAX_OPTIONS.to_string())]);
    }
    let mut choices = Vec::new();
    for entry in table.entries.iter().take(MAX_OPTIONS) {
        let path = super::node::join(&table.path, &entry.key);
        let fits = is_id(&entry.key);
        if !fits {
            r.sink.at(&entry.key_span, &path, "form.id", &[("value", &entry.key)]);
        }
        let name = r.localized(&At { node: &entry.node, path }).unwrap_or_default();
        choices.push(Choice { id: if fits { entry.key.clone() } else { String::new() }, name });
    }
    Some(choices)
}

/// `{ field = "value", other = ["a", "b"] }`.
pub fn whens(r: &mut Reader<'_>, at: &At<'_>) -> Option<Vec<When>> {
    let table = r.entries(at)?;
    if table.entries.is_empty() {
        r.fault(at, "form.list-empty", &[]);
    }
    if table.entries.len() > MAX_WHENS {
        r.fault(at, "form.too-many", &[("limit", &MAX_WHENS.to_string())]);
    }
    let read = |entry: &super::node::Entry| {
        let at = At { node: &entry.node, path: super::node::join(&table.path, &entry.key) };
        When { field: entry.key.clone(), is: r.words(&at, value) }
    };
    Some(table.entries.iter().take(MAX_WHENS).map(read).collect())
}

/// A value that a condition compares with: an id, or `true` of a consent.
fn value(r: &mut Reader<'_>, at: &At<'_>) -> String {
    if let Tree::Bool(_) = at.node.value {
        r.fault(at, "form.word", &[("value", &shown(at.node)), ("known", &suggestion("yes", ["yes"].into_iter()))]);
        return String::new();
    }
    r.word(at)
}

/// The name of a text that nobody wrote.
pub fn built_in(ko: &str, en: &str) -> LocalizedText {
    LocalizedText::new(ko, en)
}
