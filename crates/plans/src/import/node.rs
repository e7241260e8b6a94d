//! One tree for all formats: values with the place they were read from.
//!
//! TOML, JSON and workbooks are turned into [`Node`]s; `check` alone knows what a plan must look like.

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Place, Problem};

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub place: Place,
    pub value: Tree,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Text(String),
    Int(i64),
    Real(f64),
    Bool(bool),
    List(Vec<Node>),
    Table(Vec<Entry>),
    Null,
}

/// A key of a table with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: String,
    /// The key's own place, for keys that nobody knows.
    pub place: Place,
    pub node: Node,
}

impl Node {
    #[must_use]
    pub fn new(place: Place, value: Tree) -> Self {
        Self { place, value }
    }
}

/// Line and column of byte offsets in a text.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        let number = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        Place::Line { line: number(line), column: number(column) }
    }
}

/// Reads TOML.
///
/// # Errors
/// Every syntax error that the parser could recover from, with line and column.
pub fn from_toml(text: &str) -> Result<Node, Vec<Problem>> {
    let lines = Lines::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let problem = |error: toml::de::Error| {
            let place = error.span().map_or(Place::File, |span| lines.place(span.start));
            Problem::new(place, "", "import-toml").arg("message", error.message())
        };
        return Err(errors.into_iter().map(problem).collect());
    }
    let place = lines.place(0);
    Ok(Node::new(place, toml_table(table.get_ref(), &lines)))
}

fn toml_table(table: &DeTable<'_>, lines: &Lines<'_>) -> Tree {
    // The parser sorts keys; the order of the file is the order of their places.
    let mut entries: Vec<(usize, Entry)> = table
        .iter()
        .map(|(key, value)| {
            let start = key.span().start;
            let entry =
                Entry { key: key.get_ref().to_string(), place: lines.place(start), node: toml_value(value, lines) };
            (start, entry)
        })
        .collect();
    entries.sort_by_key(|(start, _)| *start);
    Tree::Table(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn toml_value(value: &Spanned<DeValue<'_>>, lines: &Lines<'_>) -> Node {
    let tree = match value.get_ref() {
        DeValue::String(text) => Tree::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Tree::Text(number.to_string()), Tree::Int),
        DeValue::Float(number) => number.as_str().parse().map_or_else(|_| Tree::Text(number.to_string()), Tree::Real),
        DeValue::Boolean(value) => Tree::Bool(*value),
        DeValue::Datetime(value) => Tree::Text(value.to_string()),
        DeValue::Array(items) => Tree::List(items.iter().map(|item| toml_value(item, lines)).collect()),
        DeValue::Table(table) => toml_table(table, lines),
    };
    Node::new(lines.place(value.span().start), tree)
}

/// Reads JSON.
///
/// # Errors
/// The first syntax error, with line and column.
pub fn from_json(bytes: &[u8]) -> Result<Node, Vec<Problem>> {
    let value: Json = serde_json::from_slice(bytes).map_err(|error| {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let place = Place::Line { line: number(error.line()), column: number(error.column()) };
        vec![Problem::new(place, "", "import-json").arg("message", error)]
    })?;
    Ok(json_node(value))
}

/// A JSON value as a tree; its places are paths.
#[must_use]
pub fn json_node(value: Json) -> Node {
    let tree = match value {
        Json::Null => Tree::Null,
        Json::Bool(value) => Tree::Bool(value),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(int), _) => Tree::Int(int),
            (None, Some(real)) => Tree::Real(real),
            (None, None) => Tree::Text(number.to_string()),
        },
        Json::String(text) => Tree::Text(text),
        Json::Array(items) => Tree::List(items.into_iter().map(json_node).collect()),
        Json::Object(map) => Tree::Table(
            map.into_iter().map(|(key, value)| Entry { key, place: Place::Path, node: json_node(value) }).collect(),
        ),
    };
    Node::new(Place::Path, tree)
}
