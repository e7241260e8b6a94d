//! The states of a service and the steps between them, as a drawing (SVG) and as a table.

use madang_base::Locale;
use serde::Serialize;

use crate::{Definition, Need, Party};

/// A step from one state: the drawing's line as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// A state's id.
    pub from: String,
    /// A step's id.
    pub step: String,
    /// A state's id; the same as `from` when the case stays where it is.
    pub to: String,
    pub by: Vec<Party>,
    pub needs: Vec<Need>,
    /// Ids of the clocks that start with it.
    pub clocks: Vec<String>,
    /// Ids of the clocks that it stops.
    pub stops: Vec<String>,
}

#[must_use]
pub fn diagram(def: &Definition, locale: Locale, current: Option<&str>) -> String {
    let _ = (def, locale, current);
    String::new()
}

#[must_use]
pub fn table(def: &Definition) -> Vec<TableRow> {
    let _ = def;
    Vec::new()
}
