//! `candidates.csv`: who may be drawn.

use std::collections::BTreeMap;

use madang_base::Error;

use super::table::{self, Encoding, Row, Table};
use super::{Problem, folded, index};
use crate::Feature;

/// The column of ids unless another is named, as in the files of `sortition-algorithms`.
pub const ID_COLUMN: &str = "nationbuilder_id";

/// Which columns matter besides those of the features.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The column of ids; without one `nationbuilder_id`, else `id`.
    pub id: Option<String>,
    /// Columns that make up an address; people with the same address live together.
    pub households: Vec<String>,
    /// Columns that are kept for the list of those who are drawn.
    pub keep: Vec<String>,
}

/// Somebody in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: String,
    /// For each feature, in the order given, the index of the value.
    pub values: Vec<usize>,
    /// The address in its comparable form ([`table::household`]). None when its cells are empty: such people are taken to
    /// live alone.
    pub household: Option<String>,
    /// The cells of the columns to keep.
    pub kept: Vec<String>,
    pub line: u64,
}

/// The pool as read.
#[derive(Debug)]
pub struct Candidates {
    pub people: Vec<Candidate>,
    /// The names of the kept columns.
    pub columns: Vec<String>,
    /// What was put right without asking: the same line twice, an encoding that is not UTF-8.
    pub notes: Vec<Problem>,
}

struct Columns {
    id: usize,
    features: Vec<usize>,
    households: Vec<usize>,
    keep: Vec<usize>,
}

impl Columns {
    fn find(table: &Table, features: &[Feature], wanted: &Wanted) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut need = |names: &[&str]| match table.need(names) {
            Ok(at) => at,
            Err(problem) => {
                problems.push(problem);
                0
            }
        };
        let id = match &wanted.id {
            Some(name) => need(&[name]),
            None => need(&[ID_COLUMN, "id"]),
        };
        let of_features = features.iter().map(|feature| need(&[&feature.name])).collect();
        let households = wanted.households.iter().map(|name| need(&[name])).collect();
        let keep = wanted.keep.iter().map(|name| need(&[name])).collect();
        if problems.is_empty() { Ok(Self { id, features: of_features, households, keep }) } else { Err(problems) }
    }
}

/// Reads the pool: a column of ids, a column for each feature, and whatever else (left unread unless it is wanted).
///
/// # Errors
/// All problems of the file.
pub fn candidates(bytes: &[u8], features: &[Feature], wanted: &Wanted) -> Result<Candidates, Vec<Problem>> {
    let table = Table::read(bytes).map_err(|problem| vec![problem])?;
    let columns = Columns::find(&table, features, wanted)?;
    let known: Vec<BTreeMap<String, usize>> =
        features.iter().map(|feature| index(feature.values.iter().map(|value| &value.name))).collect();
    let (mut problems, mut notes) = (Vec::new(), Vec::new());
    if table.encoding != Encoding::Utf8 {
        let name = if table.encoding == Encoding::Cp949 { "CP949" } else { "UTF-16" };
        notes.push(Problem::of_file(Error::invalid("sortition.note-encoding").arg("encoding", name)));
    }
    let mut people: Vec<Candidate> = Vec::with_capacity(table.rows.len());
    let mut seen: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in &table.rows {
        let id = row.cell(columns.id);
        if id.is_empty() {
            problems.push(row.problem(columns.id, Error::invalid("sortition.id-missing")));
            continue;
        }
        if let Some(first) = seen.get(id) {
            let same = row.cells == first.cells;
            let error = Error::invalid(if same { "sortition.note-line-twice" } else { "sortition.id-twice" });
            let problem = row.problem(columns.id, error.arg("first", first.line));
            if same {
                notes.push(problem);
            } else {
                problems.push(problem);
            }
            continue;
        }
        seen.insert(id, row);
        let before = problems.len();
        let values = columns.features.iter().zip(features).zip(&known).map(|((column, feature), known)| {
            let cell = row.cell(*column);
            known.get(&folded(cell)).copied().unwrap_or_else(|| {
                problems.push(row.problem(*column, not_a_value(cell, feature)));
                0
            })
        });
        let values: Vec<usize> = values.collect();
        if problems.len() > before {
            continue;
        }
        let address: Vec<&str> = columns.households.iter().map(|column| row.cell(*column)).collect();
        people.push(Candidate {
            id: id.to_owned(),
            values,
            household: table::household(&address),
            kept: columns.keep.iter().map(|column| row.cell(*column).to_owned()).collect(),
            line: row.line,
        });
    }
    if people.is_empty() && problems.is_empty() {
        problems.push(Problem::of_file(Error::invalid("sortition.no-candidates")));
    }
    if problems.is_empty() {
        let names = columns.keep.iter().map(|column| table.header[*column].clone()).collect();
        Ok(Candidates { people, columns: names, notes })
    } else {
        Err(problems)
    }
}

fn not_a_value(cell: &str, feature: &Feature) -> Error {
    if cell.is_empty() {
        return Error::invalid("sortition.cell-empty").arg("feature", &feature.name);
    }
    let known: Vec<&str> = feature.values.iter().map(|value| value.name.as_str()).collect();
    Error::invalid("sortition.value-unknown")
        .arg("feature", &feature.name)
        .arg("value", cell)
        .arg("known", known.join(", "))
}
