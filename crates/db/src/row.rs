//! A row, detached from its statement and engine.

use std::sync::Arc;

use madang_base::{Error, Result};

use crate::{FromValue, Value};

/// The names of a statement's columns, shared by all its rows.
pub(crate) type Columns = Arc<[Box<str>]>;

/// One row. Columns are read by name (give expressions a name with `AS`) or by position from 0.
#[derive(Clone, Debug)]
pub struct Row {
    columns: Columns,
    values: Vec<Value>,
}

impl Row {
    pub(crate) fn new(columns: &Columns, values: Vec<Value>) -> Self {
        debug_assert_eq!(columns.len(), values.len());
        Self { columns: Arc::clone(columns), values }
    }

    /// The column called `column`.
    ///
    /// # Errors
    /// `Kind::Internal` when the statement has no such column or the value is of another kind.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T> {
        let index = self.columns.iter().position(|name| &**name == column);
        let value = index.and_then(|i| self.values.get(i));
        let Some(value) = value else {
            return Err(Error::internal(format!("no column {column:?} among {:?}", self.columns)));
        };
        T::from_value(value).map_err(|e| Error::internal(format!("column {column:?}: {e}")))
    }

    /// The column at `index`, counted from 0.
    ///
    /// # Errors
    /// `Kind::Internal` when there are fewer columns or the value is of another kind.
    pub fn at<T: FromValue>(&self, index: usize) -> Result<T> {
        let Some(value) = self.values.get(index) else {
            return Err(Error::internal(format!("no column {index} in a row of {}", self.values.len())));
        };
        T::from_value(value).map_err(|e| Error::internal(format!("column {index}: {e}")))
    }

    /// All values in the order of the columns.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    pub(crate) fn into_values(self) -> Vec<Value> {
        self.values
    }

    /// The names of the columns in order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|name| &**name)
    }
}
