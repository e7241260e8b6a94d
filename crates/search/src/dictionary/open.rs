//! A dictionary that is open.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use madang_base::{Error, Result};

use super::mecab::{Characters, Entry, Lexicon, Matrix};

/// The files of a dictionary.
pub(super) const FILES: [&str; 4] = ["sys.dic", "unk.dic", "matrix.bin", "char.bin"];

/// A Korean dictionary, some 100 MB in memory. Copies share it; any number of threads may ask at once.
#[derive(Clone)]
pub struct Dictionary(pub(super) Arc<Data>);

pub(super) struct Data {
    pub words: Lexicon,
    pub unknown: Lexicon,
    pub matrix: Matrix,
    pub characters: Characters,
    /// The readings of unknown words, by category.
    pub readings: Vec<Vec<Entry>>,
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("categories", &self.0.characters.names).finish_non_exhaustive()
    }
}

/// Reads the files of a folder; the name of the first that is missing or unfit is the error.
pub(super) fn read(folder: &Path) -> std::result::Result<Data, &'static str> {
    let [words, unknown, matrix, characters] = FILES;
    let bytes = |file: &'static str| fs::read(folder.join(file)).map_err(|_| file);
    let words = Lexicon::read(bytes(words)?).ok_or(words)?;
    let unknown = Lexicon::read(bytes(unknown)?).ok_or(unknown)?;
    let matrix = Matrix::read(bytes(matrix)?).ok_or(matrix)?;
    let characters = Characters::read(&bytes(characters)?).ok_or(characters)?;
    let readings = characters.names.iter().map(|name| unknown.exactly(name)).collect();
    Ok(Data { words, unknown, matrix, characters, readings })
}

impl Dictionary {
    /// Opens what [`super::build`] made.
    ///
    /// # Errors
    ///
    /// `search.dictionary-open` when the folder holds no such dictionary.
    pub fn open(folder: &Path) -> Result<Self> {
        let data =
            read(folder).map_err(|_| Error::invalid("search.dictionary-open").arg("folder", folder.display()))?;
        Ok(Self(Arc::new(data)))
    }
}
