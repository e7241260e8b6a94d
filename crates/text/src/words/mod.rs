//! What two texts share: [`words()`] takes a text apart, [`index_terms`] chooses what an index keeps of it, [`overlap`]
//! compares two lists, and [`shared`] names the words to show for it.
//!
//! No dictionary and no statistics: Korean particles and the commonest verb endings are cut by lists
//! (`crates/text/src/words/lists.rs`), with the agreement of a particle with the syllable before it. So 공원을 and 공원에서 meet in
//! 공원. A noun that ends like a particle may lose its last syllable, but loses it in both texts alike. Compounds that are
//! written apart in one text and together in the other meet in their syllable pairs.
//!
//! Everything is in the order of the text; arithmetic is in whole numbers.

pub(crate) mod lists;
mod split;
#[cfg(test)]
mod tests;

pub use split::{index_terms, overlap, shared, words};
