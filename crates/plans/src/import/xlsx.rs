//! Reads a workbook (XLSX) into the tree. Where things lie is in [`crate::sheets`].

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, Xlsx};

use super::node::{Entry, Node, Tree};
use super::problem::{Place, Problem};
use super::reader::{nearest, suggestion};
use crate::sheets::{self, Column, Kind, PLAN, PLAN_SHEET, Sheet, TABLES, letters, split_line};

/// A sheet's cells by row and column, both from 0.
type Grid = BTreeMap<(u32, u32), Tree>;

/// Rows and columns beyond these are the sign of another kind of file.
const MOST_ROWS: u32 = 20_000;
const MOST_COLUMNS: u32 = 500;
const MOST_CELLS: usize = 500_000;

/// # Errors
/// All problems of the workbook's shape; what its values must be is checked afterwards.
pub fn read(bytes: &[u8]) -> Result<Node, Vec<Problem>> {
    // The reader is somebody else's code on somebody else's bytes: a panic in it is a broken file, not a defect of ours.
    let grids = catch_unwind(AssertUnwindSafe(|| grids(bytes)))
        .unwrap_or_else(|_| Err(vec![Problem::new(Place::File, "", "import-xlsx").arg("message", "broken file")]))?;
    let mut book = Book { problems: Vec::new(), grids };
    let node = book.plan();
    if book.problems.is_empty() { Ok(node) } else { Err(book.problems) }
}

fn broken(error: impl std::fmt::Display) -> Vec<Problem> {
    vec![Problem::new(Place::File, "", "import-xlsx").arg("message", error)]
}

fn grids(bytes: &[u8]) -> Result<BTreeMap<String, Grid>, Vec<Problem>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = workbook.sheet_names();
    let wanted = |name: &str| name == PLAN || TABLES.iter().any(|s| s.name == name);
    let mut grids = BTreeMap::new();
    for name in names.iter().filter(|n| wanted(n)) {
        let mut cells = workbook.worksheet_cells_reader(name).map_err(broken)?;
        let mut grid = Grid::new();
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let Some(value) = tree(cell.get_value()) else { continue };
            if row >= MOST_ROWS || column >= MOST_COLUMNS || grid.len() >= MOST_CELLS {
                let place = Place::Cell { sheet: name.clone(), row: row.saturating_add(1), column: letters(column) };
                return Err(vec![Problem::new(place, "", "import-sheet-too-large")]);
            }
            grid.insert((row, column), value);
        }
        grids.insert(name.clone(), grid);
    }
    for name in names.iter().filter(|n| !wanted(n)) {
        // A sheet of notes is welcome; a misspelt one would be lost silently.
        let missing = TABLES.iter().map(|s| s.name).filter(|n| !grids.contains_key(*n));
        if let Some(meant) = nearest(name, missing) {
            let place = Place::Cell { sheet: name.clone(), row: 1, column: letters(0) };
            let problem = Problem::new(place, "", "import-sheet-name").arg("value", name).arg("known", meant);
            return Err(vec![problem]);
        }
    }
    Ok(grids)
}

/// A cell's value; None when it is empty.
fn tree(value: &DataRef<'_>) -> Option<Tree> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Tree::Text(text.replace('\r', "").trim().to_owned()));
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Tree::Int(*number)),
        DataRef::Float(number) => Some(whole(*number).map_or(Tree::Real(*number), Tree::Int)),
        DataRef::Bool(value) => Some(Tree::Bool(*value)),
        DataRef::String(words) => text(words),
        DataRef::SharedString(words) => text(words),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Some(Tree::Text(format!("{year:04}-{month:02}-{day:02}")))
        }
        DataRef::DateTimeIso(date) => text(date.get(..10).unwrap_or(date)),
        DataRef::DurationIso(words) => text(words),
        DataRef::Error(error) => Some(Tree::Text(format!("{error}"))),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "checked to be a whole number below 2^53")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

struct Book {
    problems: Vec<Problem>,
    grids: BTreeMap<String, Grid>,
}

/// A record of a sheet with its place and the values that attach it to another one.
struct Record {
    place: Place,
    node: Node,
    row: BTreeMap<String, String>,
}

impl Book {
    fn plan(&mut self) -> Node {
        let mut head = self.upright();
        let agencies = self.records(&sheets::AGENCIES);
        let mut themes = self.records(&sheets::THEMES);
        let mut commitments = self.records(&sheets::COMMITMENTS);
        let milestones = self.records(&sheets::MILESTONES);
        let indicators = self.records(&sheets::INDICATORS);
        let figures = self.records(&sheets::FIGURES);
        let declined = self.records(&sheets::DECLINED);
        let statements = self.records(&sheets::STATEMENTS);

        let (of_plan, of_commitment): (Vec<_>, Vec<_>) =
            figures.into_iter().partition(|f| !f.row.contains_key("commitment"));
        put_list(&mut head, "figure", of_plan);
        put_list(&mut head, "declined", declined);
        put_list(&mut head, "statement", statements);
        self.attach(milestones, "commitment", &mut commitments, "number", "milestone");
        self.attach(of_commitment, "commitment", &mut commitments, "number", "figures");
        let (parts, mut commitments): (Vec<_>, Vec<_>) =
            commitments.into_iter().partition(|c| c.row.contains_key("parent"));
        self.attach(parts, "parent", &mut commitments, "number", "part");
        self.attach(commitments, "theme", &mut themes, "id", "commitment");

        let mut root = Node::new(Place::File, Tree::Table(Vec::new()));
        put(&mut root, &["format"], Node::new(Place::File, Tree::Text(crate::file::FORMAT.to_owned())));
        put(&mut root, &["plan"], head);
        put_list(&mut root, "agency", agencies);
        put_list(&mut root, "theme", themes);
        put_list(&mut root, "indicator", indicators);
        root
    }

    /// Puts children into the lists of their parents.
    fn attach(&mut self, children: Vec<Record>, by: &str, parents: &mut [Record], key: &str, list: &str) {
        for child in children {
            let wanted = child.row.get(by).cloned().unwrap_or_default();
            if let Some(parent) = parents.iter_mut().find(|p| p.row.get(key) == Some(&wanted)) {
                push(&mut parent.node, list, child.node);
            } else {
                let known: Vec<&str> = parents.iter().filter_map(|p| p.row.get(key)).map(String::as_str).collect();
                let known = suggestion(&wanted, known.iter().copied());
                let key = if wanted.is_empty() { "import-row-detached-empty" } else { "import-row-detached" };
                let problem = Problem::new(child.place, by, key);
                self.problems.push(problem.arg("name", by).arg("value", wanted).arg("known", known));
            }
        }
    }

    fn upright(&mut self) -> Node {
        let mut node =
            Node::new(Place::Cell { sheet: PLAN.to_owned(), row: 1, column: letters(0) }, Tree::Table(Vec::new()));
        let Some(grid) = self.grids.remove(PLAN) else {
            self.problems.push(Problem::new(Place::File, PLAN, "import-sheet-missing").arg("value", PLAN));
            return node;
        };
        let keys: Vec<(u32, String)> = grid
            .iter()
            .filter(|((row, column), _)| *column == 0 && *row >= 1)
            .map(|((row, _), v)| (*row, words(v)))
            .collect();
        for (row, key) in keys {
            let at = (row, u32::from(sheets::PLAN_VALUE));
            let place = |column| Place::Cell { sheet: PLAN.to_owned(), row: row + 1, column: letters(column) };
            let Some(column) = self.column(&PLAN_SHEET, &key, place(0)) else { continue };
            if let Some(value) = grid.get(&at) {
                self.cell(&mut node, column, &key, &place(at.1), value);
            }
        }
        node
    }

    fn records(&mut self, sheet: &'static Sheet) -> Vec<Record> {
        let Some(grid) = self.grids.remove(sheet.name) else { return Vec::new() };
        let place =
            |row: u32, column: u32| Place::Cell { sheet: sheet.name.to_owned(), row: row + 1, column: letters(column) };
        // The row of the keys: the first that holds at least two of them.
        let is_key = |text: &str| find(sheet, text).is_some();
        let heading =
            (0..10).find(|row| grid.range((*row, 0)..(*row + 1, 0)).filter(|(_, v)| is_key(&words(v))).count() >= 2);
        let Some(heading) = heading else {
            if !grid.is_empty() {
                let keys = sheet.columns.iter().map(|c| c.key).collect::<Vec<_>>().join(", ");
                self.problems.push(Problem::new(place(sheets::KEY_ROW, 0), "", "import-sheet-keys").arg("known", keys));
            }
            return Vec::new();
        };
        let mut columns: BTreeMap<u32, (String, &'static Column)> = BTreeMap::new();
        for ((_, at), value) in grid.range((heading, 0)..(heading + 1, 0)) {
            let key = words(value);
            if let Some(column) = self.column(sheet, &key, place(heading, *at)) {
                columns.insert(*at, (key, column));
            }
        }
        let mut records: BTreeMap<u32, Record> = BTreeMap::new();
        for ((row, at), value) in grid.range((heading + 1, 0)..) {
            let Some((key, column)) = columns.get(at) else { continue };
            let record = records.entry(*row).or_insert_with(|| Record {
                place: place(*row, 0),
                node: Node::new(place(*row, 0), Tree::Table(Vec::new())),
                row: BTreeMap::new(),
            });
            record.row.insert(key.clone(), words(value));
            if !attaches(sheet, column.key) {
                self.cell(&mut record.node, column, key, &place(*row, *at), value);
            }
        }
        records.into_values().collect()
    }

    /// The column of a key in a heading.
    fn column(&mut self, sheet: &'static Sheet, key: &str, place: Place) -> Option<&'static Column> {
        let column = find(sheet, key);
        if column.is_none() {
            let known = suggestion(key, sheet.columns.iter().map(|c| c.key));
            let problem = Problem::new(place, "", "import-unknown-key");
            self.problems.push(problem.arg("name", key).arg("known", known));
        }
        column
    }

    /// Puts a cell's value into a record.
    fn cell(&mut self, record: &mut Node, column: &Column, key: &str, place: &Place, value: &Tree) {
        let path: Vec<&str> = key.split('.').collect();
        let node = |value: Tree| Node::new(place.clone(), value);
        let tree = match column.kind {
            Kind::Text | Kind::Number | Kind::Flag | Kind::Date | Kind::Words(_) | Kind::Local => value.clone(),
            Kind::List => {
                let items = words(value);
                let items = items.split([',', '\n']).map(str::trim).filter(|i| !i.is_empty());
                Tree::List(items.map(|i| node(Tree::Text(i.to_owned()))).collect())
            }
            Kind::Lines(fields) => {
                let text = words(value);
                let lines = text.lines().filter(|l| !l.trim().is_empty());
                let mut list = Vec::new();
                for line in lines {
                    let values = split_line(line);
                    if values.len() > fields.len() {
                        let problem = Problem::new(place.clone(), key, "import-line");
                        self.problems.push(problem.arg("value", line).arg("known", fields.join(" | ")));
                        continue;
                    }
                    let mut item = node(Tree::Table(Vec::new()));
                    for (field, value) in fields.iter().zip(values).filter(|(_, v)| !v.is_empty()) {
                        put(&mut item, &field.split('.').collect::<Vec<_>>(), node(Tree::Text(value)));
                    }
                    list.push(item);
                }
                Tree::List(list)
            }
        };
        put(record, &path, node(tree));
    }
}

/// Whether a column says where a record belongs and is no value of its own.
fn attaches(sheet: &Sheet, key: &str) -> bool {
    matches!((sheet.name, key), ("Commitments", "theme" | "parent") | ("Milestones" | "Figures", "commitment"))
}

fn find(sheet: &'static Sheet, key: &str) -> Option<&'static Column> {
    sheet.columns.iter().find(|c| match c.kind {
        Kind::Local => {
            key.strip_prefix(c.key).and_then(|rest| rest.strip_prefix('.')).is_some_and(|tag| !tag.is_empty())
        }
        _ => c.key == key,
    })
}

fn words(value: &Tree) -> String {
    match value {
        Tree::Text(text) => text.trim().to_owned(),
        Tree::Int(number) => number.to_string(),
        Tree::Real(number) => number.to_string(),
        Tree::Bool(value) => value.to_string(),
        Tree::List(_) | Tree::Table(_) | Tree::Null => String::new(),
    }
}

/// Puts a value at a path of tables, making those that are missing.
fn put(node: &mut Node, path: &[&str], value: Node) {
    let Some((first, rest)) = path.split_first() else { return };
    let Tree::Table(entries) = &mut node.value else { return };
    if rest.is_empty() {
        entries.push(Entry { key: (*first).to_owned(), place: value.place.clone(), node: value });
        return;
    }
    let at = entries.iter().position(|e| e.key == *first).unwrap_or_else(|| {
        let table = Node::new(value.place.clone(), Tree::Table(Vec::new()));
        entries.push(Entry { key: (*first).to_owned(), place: value.place.clone(), node: table });
        entries.len() - 1
    });
    put(&mut entries[at].node, rest, value);
}

fn put_list(node: &mut Node, key: &str, records: Vec<Record>) {
    let place = node.place.clone();
    put(node, &[key], Node::new(place, Tree::List(records.into_iter().map(|r| r.node).collect())));
}

fn push(node: &mut Node, key: &str, item: Node) {
    let Tree::Table(entries) = &mut node.value else { return };
    if let Some(Entry { node: Node { value: Tree::List(items), .. }, .. }) = entries.iter_mut().find(|e| e.key == key) {
        items.push(item);
    } else {
        let place = item.place.clone();
        let list = Node::new(place.clone(), Tree::List(vec![item]));
        entries.push(Entry { key: key.to_owned(), place, node: list });
    }
}
