//! Where a recount keeps what does not fit into memory: files of records in the temporary folder, gone with the process.

use std::fs::File;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::Arc;

use madang_base::{Error, Result};
use madang_cases::recount::NewSpill;
use madang_kernel::ledger::Spill;

/// Files; the records of one are sorted in memory. 136,000,000 supports are about 25 MB in each.
const BUCKETS: usize = 256;
/// Bytes that wait for each file.
const BUFFER: usize = 32 << 10;

struct Files {
    buckets: Vec<BufWriter<File>>,
}

fn disk(error: std::io::Error) -> Error {
    Error::unavailable("verify.spill").arg("why", &error).source(error)
}

impl Spill for Files {
    fn put(&mut self, key: &[u8], record: &[u8]) -> Result<()> {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(key);
        let bucket = usize::try_from(hash % BUCKETS as u64).unwrap_or(0);
        self.buckets[bucket].write_all(record).map_err(disk)
    }

    fn drain(&mut self, each: &mut dyn FnMut(&mut Vec<u8>) -> Result<()>) -> Result<()> {
        let mut records = Vec::new();
        for bucket in &mut self.buckets {
            bucket.flush().map_err(disk)?;
            let file = bucket.get_mut();
            file.seek(SeekFrom::Start(0)).map_err(disk)?;
            records.clear();
            file.read_to_end(&mut records).map_err(disk)?;
            file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).map_err(disk)?;
            if !records.is_empty() {
                each(&mut records)?;
            }
        }
        Ok(())
    }
}

/// Makes spills in a folder. Their files have no names: whatever ends the process, nothing is left.
pub(crate) fn spill(folder: &Path) -> NewSpill {
    let folder = folder.to_owned();
    Arc::new(move || {
        let files = (0..BUCKETS).map(|_| tempfile::tempfile_in(&folder).map_err(disk));
        let buckets = files.map(|file| Ok(BufWriter::with_capacity(BUFFER, file?))).collect::<Result<_>>()?;
        Ok(Box::new(Files { buckets }) as Box<dyn Spill>)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_one_key_come_back_together_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = spill(folder.path())().unwrap();
        for n in 0..50_000_u32 {
            files.put(&(n % 997).to_be_bytes(), &n.to_be_bytes()).unwrap();
        }
        let (mut seen, mut total) = (std::collections::HashSet::new(), 0);
        files
            .drain(&mut |bucket| {
                let (records, rest) = bucket.as_chunks::<4>();
                assert!(rest.is_empty());
                let mut last = std::collections::HashMap::new();
                for record in records {
                    let n = u32::from_be_bytes(*record);
                    assert!(last.insert(n % 997, n).is_none_or(|before| before < n));
                }
                total += records.len();
                for key in last.into_keys() {
                    assert!(seen.insert(key), "{key} is in two buckets");
                }
                Ok(())
            })
            .unwrap();
        assert_eq!((total, seen.len()), (50_000, 997));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
