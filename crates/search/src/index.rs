//! The index as the rest of the house sees it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use madang_base::Result;
use madang_kernel::Ref;

use crate::error::{failed, panicked, unavailable};
use crate::find;
use crate::generation::{self, Disk, Generation, Outcome};
use crate::model::{Found, Handled, Options, Query, Status};
use crate::shelf::Shelf;

/// One index in one folder. Clones share it.
#[derive(Clone)]
pub struct Index(pub(crate) Arc<Shelf>);

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("folder", &self.0.folder).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in `folder`, or makes an empty one. Where neither is possible the status says why, questions are
    /// answered with `search.unavailable`, and the follower tries again: a site goes up without its search.
    ///
    /// # Errors
    /// None so far; an option that cannot be met will be refused here.
    pub fn open(folder: &Path, options: Options) -> Result<Self> {
        Ok(Self::open_on(folder, options, generation::disk()))
    }

    pub(crate) fn open_on(folder: &Path, options: Options, disk: Disk) -> Self {
        if let Some(dictionary) = &options.dictionary {
            tracing::warn!(dictionary = %dictionary.display(), "the index does not use a dictionary yet: words are cut by rules");
        }
        let shelf = Shelf::new(folder, options, disk);
        shelf.attach();
        Self(Arc::new(shelf))
    }

    /// Runs `ask` on what is committed. An index whose files were damaged while it was open may panic deep inside: that
    /// becomes an error like others, and the follower builds it anew.
    fn ask<T>(&self, ask: impl FnOnce(&Generation) -> Outcome<T>) -> Result<T> {
        let generation = self.0.current().ok_or_else(unavailable)?;
        match catch_unwind(AssertUnwindSafe(|| ask(&generation))) {
            Ok(answer) => answer.map_err(failed),
            Err(panic) => {
                let text = panicked(panic.as_ref());
                tracing::error!(generation = generation.name, "the search index is damaged: {text}");
                self.0.condemn(&generation.name, &text);
                Err(unavailable().source(text))
            }
        }
    }

    /// Answers a question. It keeps a processor busy: callers use `spawn_blocking`. At most the first 10,000 results.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask.
    pub fn search(&self, query: &Query, skip: usize, limit: usize) -> Result<Found> {
        self.ask(|generation| find::search(generation, query, skip, limit))
    }

    /// Things whose titles have words that begin with what has been typed so far.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Ref>> {
        self.ask(|generation| find::suggest(generation, typed, limit))
    }

    /// Cases that have the rare words of a text in common with it, the most alike first, with how much of them (0 to 1).
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask.
    pub fn alike(&self, title: &str, text: &str, service: Option<&str>, limit: usize) -> Result<Vec<(Ref, f32)>> {
        self.ask(|generation| find::alike(generation, title, text, service, limit))
    }

    /// Who had to do with cases about these words, in this area when one is given.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask.
    pub fn agencies(&self, words: &str, area: Option<&str>, limit: usize) -> Result<Vec<Handled>> {
        self.ask(|generation| find::agencies(generation, words, area, limit))
    }

    #[must_use]
    pub fn status(&self) -> Status {
        self.0.status()
    }

    /// Asks the follower to build the index anew; the present one answers meanwhile. Where another process writes the index,
    /// that one is asked.
    pub fn rebuild(&self) {
        self.0.want_rebuild();
    }
}
