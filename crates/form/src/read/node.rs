//! The file as a tree of values, each with its bytes in the text, and the way from bytes to line and column.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub type Span = Range<usize>;

/// Deeper than any definition; a file beyond it is refused before anything looks into it.
pub const MAX_DEPTH: usize = 12;

#[derive(Clone, Debug)]
pub struct Node {
    pub span: Span,
    pub value: Tree,
}

#[derive(Clone, Debug)]
pub enum Tree {
    Text(String),
    Int(i64),
    /// A number that is not a whole one, or too large.
    Other(String),
    Bool(bool),
    Date(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub node: Node,
}

/// A syntax error, or a value that is nested too deep.
pub enum Fault {
    Syntax(Span, String),
    Deep(Span),
}

/// Reads TOML into a tree.
pub fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    if let Some(span) = too_many_dots(text) {
        return Err(vec![Fault::Deep(span)]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let fault = |error: toml::de::Error| {
            let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
            Fault::Syntax(error.span().unwrap_or(0..0), message)
        };
        return Err(errors.into_iter().map(fault).collect());
    }
    let mut deep = None;
    let entries = entries(table.get_ref(), 1, &mut deep);
    match deep {
        Some(span) => Err(vec![Fault::Deep(span)]),
        None => Ok(Node { span: 0..0, value: Tree::Table(entries) }),
    }
}

/// A dotted key makes a table in a table for each dot, as deep as the line is long: such a line does not reach the
/// parser, whose tables are taken apart recursively.
fn too_many_dots(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split_once('=').map_or(line, |(key, _)| key);
        let dots = key.matches('.').count().max(dots_in_inline_keys(line));
        if dots > 1_000 {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// The most dots between two signs that end a key.
fn dots_in_inline_keys(line: &str) -> usize {
    line.split(['=', ',', '{', '}', '[', ']']).map(|part| part.matches('.').count()).max().unwrap_or(0)
}

fn entries(table: &DeTable<'_>, depth: usize, deep: &mut Option<Span>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: key.span(),
            node: node(value, depth + 1, deep),
        })
        .collect();
    // The parser sorts keys; the order of the file is the order of their places.
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn node(value: &Spanned<DeValue<'_>>, depth: usize, deep: &mut Option<Span>) -> Node {
    let span = value.span();
    if depth > MAX_DEPTH {
        deep.get_or_insert(span.clone());
        return Node { span, value: Tree::Bool(false) };
    }
    let tree = match value.get_ref() {
        DeValue::String(text) => Tree::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Tree::Other(number.to_string()), Tree::Int),
        DeValue::Float(number) => Tree::Other(number.to_string()),
        DeValue::Boolean(value) => Tree::Bool(*value),
        DeValue::Datetime(value) => Tree::Date(value.to_string()),
        DeValue::Array(items) => Tree::List(items.iter().map(|item| node(item, depth + 1, deep)).collect()),
        DeValue::Table(table) => Tree::Table(entries(table, depth + 1, deep)),
    };
    Node { span, value: tree }
}

/// The bytes of every value by its path (`step[2].to`), and of every key (`step[2].to!`).
pub fn places(root: &Node) -> BTreeMap<String, Span> {
    fn walk(node: &Node, path: &str, places: &mut BTreeMap<String, Span>) {
        match &node.value {
            Tree::Table(entries) => {
                for entry in entries {
                    let path = join(path, &entry.key);
                    places.insert(format!("{path}!"), entry.key_span.clone());
                    walk(&entry.node, &path, places);
                }
            }
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    walk(item, &format!("{path}[{}]", index + 1), places);
                }
            }
            _ => {}
        }
        places.insert(path.to_owned(), node.span.clone());
    }
    let mut found = BTreeMap::new();
    walk(root, "", &mut found);
    found
}

/// `path.key`, or `key` at the top.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Lines of a text by bytes.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// From 1, in characters.
pub struct Place {
    pub line: usize,
    pub column: usize,
    pub length: usize,
    pub source: String,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The place of some bytes; of more than one line only the first is marked.
    pub fn place(&self, span: &Span) -> Place {
        // The end of the text is the end of its last line, not the start of one that is not there.
        let last = self.text.len() - usize::from(self.text.ends_with('\n'));
        let at = self.boundary(span.start.min(last));
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let source = self.text[start..].split('\n').next().unwrap_or("").trim_end_matches('\r');
        // At most the end of the line: an error may stand on the line break itself.
        let at = at.min(start + source.len());
        let end = self.boundary(span.end).clamp(at, start + source.len());
        Place {
            line: line + 1,
            column: self.text[start..at].chars().count() + 1,
            length: self.text[at..end].chars().count().max(1),
            source: source.to_owned(),
        }
    }

    /// The line of some bytes.
    pub fn line(&self, span: &Span) -> usize {
        self.place(span).line
    }

    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
