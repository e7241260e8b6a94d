//! One built index in its folder.
//!
//! `<folder>/<version>-<n>/` holds one generation; `version` is of the analyzer and the fields, so that a program never
//! reads what another one meant. Each commit carries, as its payload, the position of the change feed that it is
//! complete up to and whether the building was finished. An unfinished one is thrown away at the next start.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::index::IndexMeta;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError};

use crate::dictionary::Dictionary;
use crate::schema::{Fields, schema, tokenizers, version};
use crate::write::Pen;

/// The index's own type of failure; turned into the house's at the border.
pub(crate) type Outcome<T> = Result<T, TantivyError>;

/// How a folder becomes a place to write; tests put in one that fails.
pub(crate) type Disk = Arc<dyn Fn(&Path) -> Outcome<Box<dyn Directory>> + Send + Sync>;

/// The operating system's.
pub(crate) fn disk() -> Disk {
    Arc::new(|path| Ok(Box::new(MmapDirectory::open(path)?)))
}

/// What a commit says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub position: i64,
    pub complete: bool,
}

fn mark(meta: &IndexMeta) -> Mark {
    meta.payload.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// An open generation.
pub(crate) struct Generation {
    pub name: String,
    pub path: PathBuf,
    pub fields: Fields,
    index: Index,
    reader: IndexReader,
    /// How far the feed has been followed, which may be further than the last commit says.
    position: AtomicI64,
    pub(crate) pen: Mutex<Option<Pen>>,
}

impl Generation {
    /// Opens what is there.
    pub(crate) fn open(path: &Path, disk: &Disk, dictionary: Option<&Dictionary>) -> Outcome<Self> {
        Self::with(path, Index::open(disk(path)?)?, dictionary)
    }

    /// Makes an empty one.
    pub(crate) fn create(path: &Path, disk: &Disk, dictionary: Option<&Dictionary>) -> Outcome<Self> {
        std::fs::create_dir_all(path)?;
        let settings = IndexSettings::default();
        Self::with(path, Index::create(disk(path)?, schema().0, settings)?, dictionary)
    }

    fn with(path: &Path, mut index: Index, dictionary: Option<&Dictionary>) -> Outcome<Self> {
        let (wanted, fields) = schema();
        if index.schema() != wanted {
            return Err(TantivyError::SchemaError("these are other fields".to_owned()));
        }
        index.set_tokenizers(tokenizers(dictionary));
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(64).try_into()?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let position = AtomicI64::new(mark(&index.load_metas()?).position);
        Ok(Self { name, path: path.to_owned(), fields, index, reader, position, pen: Mutex::default() })
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Shows what was committed.
    pub(crate) fn reload(&self) -> Outcome<()> {
        self.reader.reload()
    }

    /// What the last commit says.
    pub(crate) fn mark(&self) -> Outcome<Mark> {
        Ok(mark(&self.index.load_metas()?))
    }

    pub(crate) fn position(&self) -> i64 {
        self.position.load(Ordering::SeqCst)
    }

    pub(crate) fn reached(&self, position: i64) {
        self.position.store(position, Ordering::SeqCst);
    }

    /// Reads a little of everything, so that what is missing shows now and not at a question.
    pub(crate) fn check(&self) -> Outcome<()> {
        let (schema, _) = schema();
        for segment in self.searcher().segment_readers() {
            for (field, entry) in schema.fields() {
                if entry.is_indexed() {
                    segment.inverted_index(field)?.terms().stream()?.advance();
                }
            }
            segment.fast_fields().i64("at")?;
            segment.fast_fields().f64("rank")?;
            segment.get_store_reader(1)?.get::<TantivyDocument>(0)?;
        }
        Ok(())
    }

    /// One writer, with so much memory for all of its threads.
    pub(crate) fn writer(&self, threads: usize, memory: usize) -> Outcome<IndexWriter> {
        /// Less is refused by the index.
        const LEAST: usize = 16_000_000;
        let threads = threads.clamp(1, 8);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread((memory / threads).clamp(LEAST, 2 << 30))
            .num_merge_threads(1)
            .build();
        let writer = self.index.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        // What was deleted is to leave the disk before long.
        policy.set_del_docs_ratio_before_merge(0.2);
        if threads > 1 {
            // Building: what is merged less often is written less often.
            policy.set_min_num_segments(16);
        }
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }
}

/// The number in the folder's name, when it is one of this program's generations.
pub(crate) fn number(name: &str, dictionary: Option<&Dictionary>) -> Option<u64> {
    name.strip_prefix(version(dictionary).as_str())?.strip_prefix('-')?.parse().ok()
}

/// The folder of generation `n`.
pub(crate) fn path(folder: &Path, n: u64, dictionary: Option<&Dictionary>) -> PathBuf {
    folder.join(format!("{}-{n}", version(dictionary)))
}

/// Bytes of the files in a folder.
pub(crate) fn bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let files = entries.flatten().filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file);
    files.map(|file| file.len()).sum()
}
