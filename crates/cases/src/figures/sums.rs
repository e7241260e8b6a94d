//! Sums as they are stored: all of an agency, a service and a period in one row, so that one case touches eight rows and a
//! year of an agency is read by a handful of them.

use std::collections::BTreeMap;

use madang_base::{Error, Result};

use super::rules::Measure;

/// Sums by what is counted; none is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums(pub BTreeMap<(Measure, String), i64>);

impl Sums {
    /// Whether a measure stands in the column that tables of agencies and services read.
    const fn counted(measure: Measure) -> bool {
        matches!(measure, Measure::Count | Measure::Days)
    }

    pub(crate) fn add(&mut self, measure: Measure, value: &str, more: i64) {
        if more == 0 {
            return;
        }
        let key = (measure, value.to_owned());
        let sum = self.0.entry(key.clone()).or_default();
        *sum += more;
        if *sum == 0 {
            self.0.remove(&key);
        }
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        for ((measure, value), more) in &other.0 {
            self.add(*measure, value, *more);
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
        for ((measure, value), count) in &self.0 {
            let column = if Self::counted(*measure) { &mut counts } else { &mut others };
            column.push_str(&format!("{count} {} {value}\n", measure.code()));
        }
        (counts, others)
    }

    pub(crate) fn get(&self, measure: Measure, value: &str) -> i64 {
        self.0.get(&(measure, value.to_owned())).copied().unwrap_or(0)
    }

    /// The values of a measure with their sums, in their order.
    pub(crate) fn of(&self, measure: Measure) -> impl Iterator<Item = (&str, i64)> {
        let own = self.0.range((measure, String::new())..).take_while(move |((other, _), _)| *other == measure);
        own.map(|((_, value), count)| (value.as_str(), *count))
    }
}
