//! The index as the rest of the house sees it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use madang_base::Result;
use madang_kernel::Ref;

use crate::error::unavailable;
use crate::model::{Found, Handled, Options, Query, Status};

struct Inner {
    folder: PathBuf,
    options: Options,
}

/// One index in one folder. Clones share it.
#[derive(Clone)]
pub struct Index(Arc<Inner>);

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("folder", &self.0.folder).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in `folder`, or says in its status why it cannot be opened; then it answers `search.unavailable`
    /// until the follower has mended it.
    ///
    /// # Errors
    pub fn open(folder: &Path, options: Options) -> Result<Self> {
        Ok(Self(Arc::new(Inner { folder: folder.to_owned(), options })))
    }

    /// Answers a question. It keeps a processor busy: callers use `spawn_blocking`. At most the first 10,000 results.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask.
    pub fn search(&self, _query: &Query, _skip: usize, _limit: usize) -> Result<Found> {
        Err(unavailable())
    }

    /// Things whose titles begin (or have words that begin) with what has been typed so far.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask.
    pub fn suggest(&self, _typed: &str, _limit: usize) -> Result<Vec<Ref>> {
        Err(unavailable())
    }

    /// Cases that have the rare words of a text in common with it, the most alike first, with how much of them (0 to 1).
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask.
    pub fn alike(&self, _title: &str, _text: &str, _service: Option<&str>, _limit: usize) -> Result<Vec<(Ref, f32)>> {
        Err(unavailable())
    }

    /// Who had to do with cases about these words, in this area when one is given.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask.
    pub fn agencies(&self, _words: &str, _area: Option<&str>, _limit: usize) -> Result<Vec<Handled>> {
        Err(unavailable())
    }

    #[must_use]
    pub fn status(&self) -> Status {
        Status { dictionary: self.0.options.dictionary.is_some(), ..Status::default() }
    }

    /// Asks the follower to build the index anew; the present one answers meanwhile.
    pub fn rebuild(&self) {}
}
