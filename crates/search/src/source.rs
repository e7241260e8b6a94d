//! Where documents come from.

use madang_base::Result;
use madang_db::Tx;
use madang_kernel::Ref;
use madang_kernel::change::Change;

use crate::model::{Document, Kind};

/// What a domain tells the index. Each thing belongs to exactly one source.
pub trait Source: Send + Sync {
    fn kinds(&self) -> &'static [Kind];

    /// The things whose documents are to be written anew after this change, also those that it made private.
    ///
    /// # Errors
    /// Those of the database.
    fn touched(&self, tx: &mut Tx, change: &Change) -> Result<Vec<Ref>>;

    /// The documents of those that are public now, in any order. The others are taken out of the index.
    ///
    /// # Errors
    /// Those of the database.
    fn documents(&self, tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Document>>;

    /// For building: all public ones in the order of their references, those after `after`. An empty page is the end.
    ///
    /// # Errors
    /// Those of the database.
    fn page(&self, tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Document>>;
}
