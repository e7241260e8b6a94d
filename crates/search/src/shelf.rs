//! The folder of the index: which generation answers, which is being built, who may write.
//!
//! One process writes to a folder; it holds the lock on `<folder>/lock` for as long as it lives. Others answer from what
//! that one commits. What cannot be read is set aside (`broken-…`, the last one is kept for whoever wants to look) and
//! built anew.

use std::fs::{File, TryLockError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::TantivyError;
use tokio::sync::Notify;

use crate::dictionary::Dictionary;
use crate::error::panicked;
use crate::generation::{self, Disk, Generation, Mark, Outcome};
use crate::model::{Options, Status};

const LOCK: &str = "lock";
/// A file of this name asks the process that writes to build the index anew.
const ASKED: &str = "rebuild";

/// What changes while the program runs.
#[derive(Default)]
struct State {
    /// The lock on the folder; none while another process writes.
    lock: Option<File>,
    error: Option<String>,
    building: Option<(u64, u64)>,
    /// A generation that turned out to be damaged.
    condemned: Option<String>,
}

pub(crate) struct Shelf {
    pub folder: PathBuf,
    pub options: Options,
    dictionary: Option<Dictionary>,
    disk: Disk,
    current: RwLock<Option<Arc<Generation>>>,
    state: Mutex<State>,
    rebuild: AtomicBool,
    pub wake: Notify,
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn damaged(text: &str) -> TantivyError {
    TantivyError::InternalError(text.to_owned())
}

impl Shelf {
    pub(crate) fn new(folder: &Path, options: Options, disk: Disk) -> Self {
        // Without it words are cut by rules: better than not to search at all.
        let dictionary = options.dictionary.as_deref().and_then(|folder| {
            let opened = Dictionary::open(folder);
            opened
                .inspect_err(
                    |error| tracing::error!(folder = %folder.display(), ?error, "the dictionary cannot be opened"),
                )
                .ok()
        });
        Self {
            folder: folder.to_owned(),
            options,
            dictionary,
            disk,
            current: RwLock::default(),
            state: Mutex::default(),
            rebuild: AtomicBool::new(false),
            wake: Notify::new(),
        }
    }

    pub(crate) fn current(&self) -> Option<Arc<Generation>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, generation: Option<Arc<Generation>>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = generation;
    }

    /// Whether this process may write.
    pub(crate) fn writes(&self) -> bool {
        lock(&self.state).lock.is_some()
    }

    pub(crate) fn building(&self, progress: Option<(u64, u64)>) {
        lock(&self.state).building = progress;
    }

    /// Puts what is in the way into the status, and into the log when it is new.
    pub(crate) fn trouble(&self, error: Option<String>) {
        let mut state = lock(&self.state);
        if state.error != error {
            match &error {
                Some(error) => tracing::error!(folder = %self.folder.display(), "search index: {error}"),
                None => tracing::info!(folder = %self.folder.display(), "search index: well again"),
            }
            state.error = error;
        }
    }

    /// Asks whoever writes, in this process or another.
    pub(crate) fn want_rebuild(&self) {
        if self.writes() {
            self.rebuild.store(true, Ordering::SeqCst);
            self.wake.notify_one();
        } else if let Err(error) = std::fs::write(self.folder.join(ASKED), "") {
            self.trouble(Some(format!("the process that writes the index could not be asked: {error}")));
        }
    }

    pub(crate) fn rebuild_wanted(&self) -> bool {
        self.rebuild.load(Ordering::SeqCst) || self.folder.join(ASKED).exists()
    }

    pub(crate) fn rebuild_done(&self) {
        self.rebuild.store(false, Ordering::SeqCst);
        if let Err(error) = std::fs::remove_file(self.folder.join(ASKED))
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the request to build the index anew could not be removed");
        }
    }

    /// Takes a generation out of use that cannot be read any more.
    pub(crate) fn condemn(&self, name: &str, why: &str) {
        lock(&self.state).condemned = Some(name.to_owned());
        self.trouble(Some(format!("generation {name} is damaged: {why}")));
        self.wake.notify_one();
    }

    /// Finds the generation that answers, making an empty one where there is none and this process may write. Does
    /// nothing when all is well; called again and again by the follower.
    pub(crate) fn attach(&self) {
        match catch_unwind(AssertUnwindSafe(|| self.try_attach())) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.trouble(Some(error.to_string())),
            Err(panic) => self.trouble(Some(panicked(panic.as_ref()))),
        }
    }

    fn try_attach(&self) -> Outcome<()> {
        let condemned = lock(&self.state).condemned.clone();
        let writes = self.take_lock()?;
        if writes && self.current().is_some() && condemned.is_none() {
            return Ok(());
        }
        if let Some(name) = condemned {
            if let Some(generation) = self.current() {
                generation.drop_pen();
            }
            self.put(None);
            if writes {
                self.set_aside(&name)?;
            }
            lock(&self.state).condemned = None;
        }
        let mut highest = 0;
        let mut answers: Option<Arc<Generation>> = None;
        for (n, name) in self.names()? {
            highest = highest.max(n);
            let path = self.folder.join(&name);
            if answers.is_some() {
                if writes {
                    remove(&path);
                }
                continue;
            }
            if !writes && self.current().is_some_and(|current| current.name == name) {
                return self.refresh();
            }
            match self.look(&path) {
                Ok((generation, mark)) if mark.complete => answers = Some(Arc::new(generation)),
                // Not finished: begun by a process that was killed, or being written by another one just now.
                Ok((generation, _)) if !writes => answers = Some(Arc::new(generation)),
                Ok(_) => remove(&path),
                Err(error) => {
                    tracing::warn!(generation = name, %error, "a search index cannot be read and is set aside");
                    if writes {
                        self.set_aside(&name)?;
                    }
                }
            }
        }
        if let Some(generation) = answers {
            self.put(Some(generation));
        } else if writes {
            let generation = Generation::create(
                &generation::path(&self.folder, highest + 1, self.dictionary.as_ref()),
                &self.disk,
                self.dictionary.as_ref(),
            )?;
            self.put(Some(Arc::new(generation)));
        } else if self.current().is_none() {
            return Err(damaged("another process writes the index and has nothing to show yet"));
        }
        self.trouble(None);
        Ok(())
    }

    /// Takes up what another process committed.
    fn refresh(&self) -> Outcome<()> {
        if let Some(generation) = self.current() {
            generation.reload()?;
            generation.reached(generation.mark()?.position);
        }
        self.trouble(None);
        Ok(())
    }

    /// Opens a generation and reads a little of everything in it.
    fn look(&self, path: &Path) -> Outcome<(Generation, Mark)> {
        let open = || -> Outcome<(Generation, Mark)> {
            let generation = Generation::open(path, &self.disk, self.dictionary.as_ref())?;
            let mark = generation.mark()?;
            generation.check()?;
            Ok((generation, mark))
        };
        catch_unwind(AssertUnwindSafe(open)).unwrap_or_else(|panic| Err(damaged(&panicked(panic.as_ref()))))
    }

    /// Whether the folder's lock is (now) this process's.
    fn take_lock(&self) -> Outcome<bool> {
        let mut state = lock(&self.state);
        if state.lock.is_some() {
            return Ok(true);
        }
        std::fs::create_dir_all(&self.folder)?;
        let file = File::options().create(true).truncate(false).write(true).open(self.folder.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => {
                state.lock = Some(file);
                Ok(true)
            }
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// The folders of this program's generations, the newest first.
    fn names(&self) -> Outcome<Vec<(u64, String)>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if let Some(n) = generation::number(&name, self.dictionary.as_ref()) {
                names.push((n, name));
            }
        }
        names.sort_unstable_by(|a, b| b.cmp(a));
        Ok(names)
    }

    fn set_aside(&self, name: &str) -> Outcome<()> {
        for entry in std::fs::read_dir(&self.folder)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with("broken-") {
                remove(&entry.path());
            }
        }
        let from = self.folder.join(name);
        if from.exists() {
            std::fs::rename(from, self.folder.join(format!("broken-{name}")))?;
        }
        Ok(())
    }

    /// A new empty generation beside the one that answers.
    pub(crate) fn begin(&self) -> Outcome<Arc<Generation>> {
        let highest = self.names()?.first().map_or(0, |(n, _)| *n);
        Ok(Arc::new(Generation::create(
            &generation::path(&self.folder, highest + 1, self.dictionary.as_ref()),
            &self.disk,
            self.dictionary.as_ref(),
        )?))
    }

    /// Lets a finished generation answer and removes all others, also those of other versions of the program.
    pub(crate) fn swap(&self, generation: Arc<Generation>) -> Outcome<()> {
        let keep = generation.name.clone();
        self.put(Some(generation));
        for entry in std::fs::read_dir(&self.folder)?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = name
                .split_once('-')
                .is_some_and(|(version, n)| version.starts_with('v') && version.len() < 8 && n.parse::<u64>().is_ok());
            if ours && name != keep {
                remove(&entry.path());
            }
        }
        Ok(())
    }

    pub(crate) fn status(&self) -> Status {
        let current = self.current();
        let state = lock(&self.state);
        Status {
            documents: current.as_ref().map_or(0, |generation| generation.searcher().num_docs()),
            position: current.as_ref().map_or(0, |generation| generation.position()),
            generation: current.as_ref().map(|generation| generation.name.clone()).unwrap_or_default(),
            building: state.building,
            bytes: current.as_ref().map_or(0, |generation| generation::bytes(&generation.path)),
            error: state.error.clone(),
            writes: state.lock.is_some(),
            dictionary: self.dictionary.is_some(),
        }
    }
}

/// Deletes a folder of ours; what cannot be deleted now is deleted at the next start.
pub(crate) fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_dir_all(path) {
        tracing::warn!(path = %path.display(), %error, "an old search index could not be deleted");
    }
}
