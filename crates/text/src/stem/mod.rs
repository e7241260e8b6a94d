//! What of a Korean word says what it is about: particles and endings cut by lists that are looked up by the last
//! syllable, with the agreement of a particle with the syllable before it. No dictionary: a noun that ends like a particle
//! may lose a syllable, but loses it in the text and in the query alike. [`english`] folds plurals.
//!
//! A change here changes what stands in an index: raise [`crate::analyze::VERSION`].

mod cut;
pub(crate) mod english;
mod lists;
mod table;
#[cfg(test)]
mod tests;
mod verbs;

pub(crate) use cut::{Single, is_ending, is_stop, single, stem};
pub(crate) use verbs::is_predicate;
