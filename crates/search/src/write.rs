//! Writing into a generation.
//!
//! A writer that failed — a full disk, mostly — is thrown away with all that it had not committed; the next attempt opens
//! another one and begins at the last commit. What answers questions is never touched by a failure.

use madang_kernel::Ref;
use tantivy::IndexWriter;
use tantivy::TantivyError;

use crate::generation::{Generation, Mark, Outcome};
use crate::model::Document;
use crate::shelf::lock;

/// What the writer that follows the feed may hold; it writes few documents at a time.
const FOLLOWING: usize = 24 << 20;
/// So many positions without a document are put on record as well, so that they are not read again after a restart.
const BEHIND: i64 = 20_000;

/// The one writer of a generation.
pub(crate) struct Pen {
    writer: IndexWriter,
    /// The position that is on the disk.
    committed: i64,
}

impl std::fmt::Debug for Pen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pen").field("committed", &self.committed).finish_non_exhaustive()
    }
}

impl Pen {
    fn commit(&mut self, mark: Mark) -> Outcome<()> {
        let payload = serde_json::to_string(&mark).map_err(|error| TantivyError::InternalError(error.to_string()))?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        self.committed = mark.position;
        Ok(())
    }
}

impl Generation {
    /// Works with the writer, which is thrown away when the work fails.
    fn with_pen<T>(&self, threads: usize, memory: usize, work: impl FnOnce(&mut Pen) -> Outcome<T>) -> Outcome<T> {
        let mut slot = lock(&self.pen);
        let mut pen = match slot.take() {
            Some(pen) => pen,
            None => Pen { writer: self.writer(threads, memory)?, committed: self.mark()?.position },
        };
        let done = work(&mut pen)?;
        *slot = Some(pen);
        Ok(done)
    }

    /// Replaces the documents of `ids` by those that are public now and puts on record that the feed was followed up to
    /// `upto`. After it returns they are found.
    pub(crate) fn follow(&self, ids: &[Ref], documents: &[Document], upto: i64) -> Outcome<()> {
        self.with_pen(1, FOLLOWING, |pen| {
            if ids.is_empty() && upto - pen.committed < BEHIND {
                return Ok(());
            }
            for id in ids {
                pen.writer.delete_term(self.fields.id_term(&id.to_string()));
            }
            for document in documents {
                pen.writer.add_document(self.fields.write(document))?;
            }
            pen.commit(Mark { position: upto, complete: true })
        })?;
        self.reached(upto);
        if ids.is_empty() { Ok(()) } else { self.reload() }
    }

    /// Begins to build, from nothing.
    pub(crate) fn clear(&self, threads: usize, memory: usize) -> Outcome<()> {
        self.drop_pen();
        self.with_pen(threads, memory, |pen| {
            pen.writer.delete_all_documents()?;
            Ok(())
        })
    }

    /// Adds documents of which none is there yet.
    pub(crate) fn add(&self, threads: usize, memory: usize, documents: &[Document]) -> Outcome<()> {
        self.with_pen(threads, memory, |pen| {
            for document in documents {
                pen.writer.add_document(self.fields.write(document))?;
            }
            Ok(())
        })
    }

    /// Shows what has been added so far.
    pub(crate) fn show(&self, threads: usize, memory: usize, mark: Mark) -> Outcome<()> {
        self.with_pen(threads, memory, |pen| pen.commit(mark))?;
        self.reload()
    }

    /// Waits until the segments are merged and lets the builder go.
    pub(crate) fn settle(&self) -> Outcome<()> {
        let pen = lock(&self.pen).take();
        if let Some(pen) = pen {
            pen.writer.wait_merging_threads()?;
        }
        self.reload()
    }

    pub(crate) fn drop_pen(&self) {
        *lock(&self.pen) = None;
    }
}
