//! Files of the log: changed, cut, swapped, gone; an old checkpoint put back.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Alteration, Dice, Undo};

pub(super) fn alter(dice: &mut Dice, folder: &Path, old: &str) -> Result<Option<Alteration>, String> {
    let why = |error: std::io::Error| error.to_string();
    let mut all = Vec::new();
    list(folder, &mut all).map_err(why)?;
    all.sort();
    let checkpoint = folder.join("checkpoint");
    // The checkpoint is one file among many; it is drawn as often as a quarter of them all.
    let path = if dice.below(4) == 0 { Some(&checkpoint) } else { dice.pick(&all) };
    let Some(path) = path.cloned() else { return Ok(None) };
    let bytes = fs::read(&path).map_err(why)?;
    let name = format!("log/{}", path.strip_prefix(folder).unwrap_or(&path).display());
    let (way, altered) = match dice.below(6) {
        0 | 1 if path == checkpoint => ("old checkpoint put back", Some(old.as_bytes().to_vec())),
        0 | 1 => {
            let other = dice.pick(&all).map(fs::read).transpose().map_err(why)?.unwrap_or_default();
            ("swapped with another", Some(other))
        }
        2 => {
            let mut altered = bytes.clone();
            let at = dice.below(altered.len());
            if let Some(byte) = altered.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
            ("one bit", Some(altered))
        }
        3 => ("cut", Some(bytes[..dice.below(bytes.len())].to_vec())),
        4 => ("made longer", Some([bytes.as_slice(), &bytes[..bytes.len().min(32)]].concat())),
        _ => ("gone", None),
    };
    if altered.as_ref() == Some(&bytes) {
        return Ok(None);
    }
    match altered {
        Some(altered) => fs::write(&path, altered).map_err(why)?,
        None => fs::remove_file(&path).map_err(why)?,
    }
    Ok(Some(Alteration { what: format!("{name} {way}"), names: vec![name], undo: Undo::File { path, bytes } }))
}

fn list(folder: &Path, out: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list(&path, out)? } else { out.push(path) }
    }
    Ok(())
}
