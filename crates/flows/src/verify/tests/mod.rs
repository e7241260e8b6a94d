//! Exports made by hand, read whole and damaged; and the whole story of a site on both engines.

mod damage;
mod documents;
mod paper;
mod registry;
mod story;
mod tally;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use madang_base::Result;
use madang_cases::recount::NewSpill;
use madang_kernel::ledger::Spill;

use super::*;

/// An export in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Folder for Memory {
    fn open(&self, name: &str) -> Result<Option<Box<dyn Read + Send>>> {
        Ok(self.0.get(name).map(|bytes| Box::new(Cursor::new(bytes.clone())) as Box<dyn Read + Send>))
    }
}

impl Memory {
    pub fn lines(&self, name: &str) -> Vec<String> {
        String::from_utf8(self.0[name].clone()).unwrap().lines().map(str::to_owned).collect()
    }

    pub fn set_lines(&mut self, name: &str, lines: &[String]) {
        self.0.insert(name.to_owned(), lines.iter().flat_map(|line| format!("{line}\n").into_bytes()).collect());
    }

    pub fn verify(&self) -> Result<Report> {
        self.verify_with(Trust::default(), None)
    }

    pub fn verify_with(&self, trust: Trust, salts: Option<String>) -> Result<Report> {
        let folder: Arc<dyn Folder> = Arc::new(self.clone());
        let salts = salts.map(|salts| {
            ("salts.ndjson".to_owned(), Box::new(Cursor::new(salts.into_bytes())) as Box<dyn Read + Send>)
        });
        export(&folder, Asked { trust, salts, spill: heap(), progress: &mut |_| {} })
    }
}

struct Heap(BTreeMap<u8, Vec<u8>>);

impl Spill for Heap {
    fn put(&mut self, key: &[u8], record: &[u8]) -> Result<()> {
        let bucket = key.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte)) % 7;
        self.0.entry(bucket).or_default().extend_from_slice(record);
        Ok(())
    }

    fn drain(&mut self, each: &mut dyn FnMut(&mut Vec<u8>) -> Result<()>) -> Result<()> {
        std::mem::take(&mut self.0).into_values().try_for_each(|mut bucket| each(&mut bucket))
    }
}

pub(super) fn heap() -> NewSpill {
    Arc::new(|| Ok(Box::new(Heap(BTreeMap::new()))))
}
