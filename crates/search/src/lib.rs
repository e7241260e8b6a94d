//! One index over everything public of a site.
use tantivy as _;
