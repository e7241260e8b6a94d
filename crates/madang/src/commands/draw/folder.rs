//! The published folder and the private lists beside it, on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use madang_sortition::publish::{CHECKER, Files};
use madang_sortition::read::table::Table;

use super::words::Words;
use super::{refused, text};
use crate::exit::{Exit, Failure, Outcome};

pub(super) const RESULT: &str = "result.json";
pub(super) const REPLACEMENTS: &str = "replacements.json";

/// Writes what is published before the draw.
pub(super) fn publish(folder: &Path, files: &Files, words: &Words) -> Outcome {
    let there = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if there {
        let advice = words.text("cli-draw-folder-advice", &[]);
        return Err(Failure::new(Exit::Files, words.text("cli-draw-folder", &[])).at(folder.display()).advice(advice));
    }
    make(folder, words)?;
    let parts = [
        ("commitment.json", files.commitment.as_str()),
        ("pool.json", &files.pool),
        ("panels.json", &files.panels),
        ("draw.py", CHECKER),
    ];
    for (name, content) in parts {
        put(&folder.join(name), content, words)?;
    }
    Ok(())
}

pub(super) fn make(folder: &Path, words: &Words) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| {
        Failure::new(Exit::Files, words.text("cli-draw-unwritten", &[])).at(folder.display()).why(error)
    })
}

pub(super) fn put(path: &Path, content: &str, words: &Words) -> Outcome {
    fs::write(path, content)
        .map_err(|error| Failure::new(Exit::Files, words.text("cli-draw-unwritten", &[])).at(path.display()).why(error))
}

pub(super) fn read(folder: &Path, words: &Words) -> Outcome<Files> {
    Ok(Files {
        commitment: text(&folder.join("commitment.json"), words)?,
        pool: text(&folder.join("pool.json"), words)?,
        panels: text(&folder.join("panels.json"), words)?,
    })
}

/// `draw` → `draw.labels.csv`.
pub(super) fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "draw".into(), std::ffi::OsStr::to_os_string);
    let mut file = name;
    file.push(".labels.csv");
    folder.with_file_name(file)
}

/// Who stands behind a label: the id and whatever columns were kept.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub columns: Vec<String>,
    pub people: BTreeMap<String, Vec<String>>,
}

impl Labels {
    /// Reads the private list.
    pub fn read(path: &Path, words: &Words) -> Outcome<Self> {
        let bytes = super::bytes(path, words)?;
        let wrong = |problem| refused(&[(path, vec![problem])], false, words);
        let table = Table::read(&bytes).map_err(wrong)?;
        let label = table.need(&["label"]).map_err(wrong)?;
        let others = |cells: &[String]| -> Vec<String> {
            (0..table.header.len())
                .filter(|at| *at != label)
                .map(|at| unguarded(cells.get(at).map_or("", String::as_str)).to_owned())
                .collect()
        };
        let columns = others(&table.header);
        let people = table.rows.iter().map(|row| (row.cell(label).to_owned(), others(&row.cells))).collect();
        Ok(Self { columns, people })
    }

    /// The person's id, if it is known.
    pub fn id(&self, label: &str) -> Option<&str> {
        let at = self.columns.iter().position(|column| column == "id")?;
        self.people.get(label)?.get(at).map(String::as_str)
    }

    /// The label of an id or a label.
    pub fn label<'a>(&'a self, said: &'a str) -> &'a str {
        if self.people.contains_key(said) {
            return said;
        }
        self.people.keys().find(|label| self.id(label) == Some(said)).map_or(said, String::as_str)
    }

    /// The list as a file.
    pub fn csv(&self) -> String {
        let mut out = row([&"label".to_owned()].into_iter().chain(&self.columns));
        for (label, cells) in &self.people {
            out.push_str(&row([label].into_iter().chain(cells)));
        }
        out
    }
}

/// A cell without the apostrophe that [`row`] put before it.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// A line of CSV. A cell that a spreadsheet would compute gets an apostrophe before it.
pub(super) fn row<'a>(cells: impl IntoIterator<Item = &'a String>) -> String {
    let quoted: Vec<String> = cells
        .into_iter()
        .map(|cell| {
            let guard = if cell.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
            let text = format!("{guard}{cell}");
            if text.contains([',', '"', '\n', '\r', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
        })
        .collect();
    format!("{}\r\n", quoted.join(","))
}
