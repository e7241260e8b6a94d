//! `features.csv`: for each value of each feature its least and greatest number of seats.

use std::collections::BTreeMap;

use madang_base::Error;

use super::table::{Row, Table};
use super::{Problem, folded};
use crate::{Feature, Range, Value};

/// Reads quotas: columns `feature` (or `category`), `value` (or `name`), `min`, `max` and, if they are there, `min_flex` and
/// `max_flex` (an empty cell: not stated). Other columns are ignored, and so is a line whose feature is empty. Names that
/// differ in case only are one name.
///
/// # Errors
/// All problems of the file.
pub fn features(bytes: &[u8]) -> Result<Vec<Feature>, Vec<Problem>> {
    let table = Table::read(bytes).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut need = |names: &[&str]| table.need(names).map_err(|problem| problems.push(problem)).ok();
    let columns = (
        need(&["feature", "category"]),
        need(&["value", "name", "category value", "category_value", "category-value"]),
        need(&["min"]),
        need(&["max"]),
    );
    let mut optional = |name: &str| table.column(&[name]).map_err(|problem| problems.push(problem)).ok().flatten();
    let flex = (optional("min_flex"), optional("max_flex"));
    let (Some(feature), Some(value), Some(min), Some(max)) = columns else { return Err(problems) };
    let mut reader = Reader { min, max, flex, problems, ..Reader::default() };
    for row in &table.rows {
        let name = row.cell(feature);
        if !name.is_empty() {
            reader.row(row, name, row.cell(value), value);
        }
    }
    if reader.features.is_empty() && reader.problems.is_empty() {
        reader.problems.push(Problem::of_file(Error::invalid("sortition.no-features")));
    }
    if reader.problems.is_empty() { Ok(reader.features) } else { Err(reader.problems) }
}

#[derive(Default)]
struct Reader {
    min: usize,
    max: usize,
    flex: (Option<usize>, Option<usize>),
    features: Vec<Feature>,
    /// Where each feature stands, and on which line each of its values was said.
    places: BTreeMap<String, usize>,
    lines: BTreeMap<(usize, String), u64>,
    problems: Vec<Problem>,
}

impl Reader {
    fn row(&mut self, row: &Row, feature: &str, value: &str, column: usize) {
        let at = *self.places.entry(folded(feature)).or_insert_with(|| {
            self.features.push(Feature { name: feature.to_owned(), values: Vec::new() });
            self.features.len() - 1
        });
        if value.is_empty() {
            let error = Error::invalid("sortition.value-missing").arg("feature", feature);
            self.problems.push(row.problem(column, error));
            return;
        }
        if let Some(first) = self.lines.insert((at, folded(value)), row.line) {
            let error =
                Error::invalid("sortition.value-again").arg("feature", feature).arg("value", value).arg("first", first);
            self.problems.push(row.problem(column, error));
            return;
        }
        let (min, max) = (self.number(row, self.min, "min"), self.number(row, self.max, "max"));
        let flex_min = self.flex.0.filter(|at| !row.cell(*at).is_empty()).map(|at| self.number(row, at, "min_flex"));
        let flex_max = self.flex.1.filter(|at| !row.cell(*at).is_empty()).map(|at| self.number(row, at, "max_flex"));
        let (Some(min), Some(max)) = (min, max) else { return };
        if min > max {
            let error = Error::invalid("sortition.min-over-max").arg("min", min).arg("max", max);
            self.problems.push(row.problem(self.min, error));
        }
        if let (Some(Some(least)), Some(column)) = (flex_min, self.flex.0)
            && least > min
        {
            let error = Error::invalid("sortition.min-flex").arg("flex", least).arg("min", min);
            self.problems.push(row.problem(column, error));
        }
        if let (Some(Some(most)), Some(column)) = (flex_max, self.flex.1)
            && most < max
        {
            let error = Error::invalid("sortition.max-flex").arg("flex", most).arg("max", max);
            self.problems.push(row.problem(column, error));
        }
        let flex = (flex_min.is_some() || flex_max.is_some())
            .then(|| Range { min: flex_min.flatten().unwrap_or(0), max: flex_max.flatten() });
        self.features[at].values.push(Value { name: value.to_owned(), range: Range::new(min, max), flex });
    }

    fn number(&mut self, row: &Row, column: usize, name: &str) -> Option<u32> {
        row.number(column, name).map_err(|problem| self.problems.push(problem)).ok()
    }
}
