//! Sums as they are stored: all of an agency, a service and a period in one row, so that one case touches eight rows and a
//! year of an agency is read by a handful of them.

use std::collections::BTreeMap;

use madang_base::{Error, Result};

use super::rules::Measure;

/// Sums by what is counted; none is 0, and no measure is without one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums(BTreeMap<Measure, BTreeMap<String, i64>>);

impl Sums {
    /// Whether a measure stands in the column that tables of agencies and services read.
    const fn counted(measure: Measure) -> bool {
        matches!(measure, Measure::Count | Measure::Days)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add(&mut self, measure: Measure, value: &str, more: i64) {
        if more == 0 {
            return;
        }
        let values = self.0.entry(measure).or_default();
        let Some(sum) = values.get_mut(value) else {
            values.insert(value.to_owned(), more);
            return;
        };
        *sum += more;
        if *sum == 0 {
            values.remove(value);
        }
        if values.is_empty() {
            self.0.remove(&measure);
        }
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        for (measure, values) in &other.0 {
            values.iter().for_each(|(value, more)| self.add(*measure, value, *more));
        }
    }

    /// Adds what a column holds.
    ///
    /// # Errors
    /// When it holds something else.
    pub(crate) fn read(&mut self, column: &str) -> Result<()> {
        for line in column.lines() {
            let bad = || Error::internal(format!("no sum: {line}"));
            let mut parts = line.splitn(3, ' ');
            let count = parts.next().and_then(|count| count.parse().ok()).ok_or_else(bad)?;
            let measure = parts.next().ok_or_else(bad)?.parse()?;
            self.add(measure, parts.next().unwrap_or_default(), count);
        }
        Ok(())
    }

    /// The two columns.
    pub(crate) fn columns(&self) -> (String, String) {
        let (mut counts, mut others) = (String::new(), String::new());
        for (measure, values) in &self.0 {
            let column = if Self::counted(*measure) { &mut counts } else { &mut others };
            for (value, count) in values {
                column.push_str(&format!("{count} {measure} {value}\n"));
            }
        }
        (counts, others)
    }

    pub(crate) fn get(&self, measure: Measure, value: &str) -> i64 {
        self.0.get(&measure).and_then(|values| values.get(value)).copied().unwrap_or(0)
    }

    /// The values of a measure with their sums, in their order.
    pub(crate) fn of(&self, measure: Measure) -> impl Iterator<Item = (&str, i64)> {
        self.0.get(&measure).into_iter().flatten().map(|(value, count)| (value.as_str(), *count))
    }
}
