//! Finding anything public: the index says which, the rows say what.
//!
//! The index ([`madang_search`]) gives ids and nothing else. Titles, snippets and marks come from the rows, read in one
//! transaction after the index answered: what is not public then is left out, also when the index still has it. Results are
//! the same for everybody, whoever asks: nothing here looks at who is signed in.
//!
//! [`sources()`] say what is in the index, from the same reading as the results ([`row`](row::Row)). Start reading at
//! [`Search`].

mod find;
mod model;
mod offices;
mod row;
mod similar;
mod sources;
mod suggest;
#[cfg(test)]
mod tests;

pub use model::{Hit, Marked, Place, Results, Search, Suggestion};
pub use offices::{Example, Office, Offices};
pub use similar::Similar;
pub use sources::sources;
