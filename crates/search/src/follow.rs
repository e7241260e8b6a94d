//! Keeping up with the change feed.
//!
//! A turn reads what came after the index's position, asks each source whose documents that touches, reads these
//! documents in the same transaction, replaces them, and commits with the new position. A program that is killed between
//! any two of these goes on from the last commit and does the rest again, which gives the same index.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use madang_base::{Error, Result};
use madang_db::{Db, Tx};
use madang_kernel::wake::Stop;
use madang_kernel::{Ref, change};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use crate::error::{failed, locked, unavailable};
use crate::generation::{Generation, Mark, Outcome};
use crate::index::Index;
use crate::model::Document;
use crate::shelf::remove;
use crate::source::Source;

/// Lines of the feed in one turn.
const BATCH: u32 = 2000;
/// Documents of one turn of building.
const PAGE: u32 = 1000;
/// The longest time between two looks at the feed.
const POLL: Duration = Duration::from_secs(1);
/// The shortest time between two commits.
const REST: Duration = Duration::from_millis(300);
/// While an index is built for the first time, what is there shows so often.
const SHOW: Duration = Duration::from_secs(20);

/// Writes into the index what happens. One for each process.
#[derive(Clone)]
pub struct Follower {
    pub db: Db,
    pub index: Index,
    pub sources: Arc<[Arc<dyn Source>]>,
    /// The last position of the change feed, as far as this process knows.
    pub position: watch::Receiver<i64>,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follower").field("index", &self.index).finish_non_exhaustive()
    }
}

/// What a stretch of the feed changes.
struct Turn {
    ids: Vec<Ref>,
    documents: Vec<Document>,
    upto: i64,
    head: i64,
}

fn turn(tx: &mut Tx, sources: &[Arc<dyn Source>], from: i64) -> Result<Turn> {
    let changes = change::since(tx, from, BATCH)?;
    let Some(upto) = changes.last().map(|last| last.position) else {
        return Ok(Turn { ids: Vec::new(), documents: Vec::new(), upto: from, head: change::head(tx)? });
    };
    let mut turn = Turn { ids: Vec::new(), documents: Vec::new(), upto, head: upto };
    for source in sources {
        let mut touched = BTreeSet::new();
        for change in &changes {
            touched.extend(source.touched(tx, change)?);
        }
        let ids: Vec<Ref> = touched.into_iter().collect();
        for chunk in ids.chunks(200) {
            turn.documents.extend(source.documents(tx, chunk)?);
        }
        turn.ids.extend(ids);
    }
    Ok(turn)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(failed),
        Err(error) => Err(unavailable().source(error)),
    }
}

impl Follower {
    /// Follows until `stop`.
    pub async fn run(mut self, mut stop: Stop) {
        let mut failures = 0u32;
        let mut live = true;
        loop {
            let worked = tokio::select! {
                worked = self.catch_up() => worked,
                () = stop.set() => break,
            };
            let pause = match worked {
                Ok(()) => {
                    failures = 0;
                    REST
                }
                Err(error) if error.code() == "search.locked" => {
                    failures = 0;
                    REST
                }
                Err(error) => {
                    failures += 1;
                    tracing::warn!(%error, "the search index is behind and tries again");
                    Duration::from_secs(1 << failures.min(5))
                }
            };
            let wake = async {
                sleep(pause).await;
                if failures > 0 {
                    return;
                }
                tokio::select! {
                    changed = self.position.changed(), if live => live = changed.is_ok(),
                    () = self.index.0.wake.notified() => {}
                    () = sleep(POLL) => {}
                }
            };
            tokio::select! {
                () = wake => {}
                () = stop.set() => break,
            }
        }
    }

    /// Brings the index up to the feed's head, building it first when there is none. For tests and the command line;
    /// [`Follower::run`] does the same again and again.
    ///
    /// # Errors
    /// Those of the database; `search.unavailable` when the index cannot be written; `search.locked` when another process
    /// writes it, after what that one has committed was taken up.
    pub async fn catch_up(&self) -> Result<()> {
        let worked = self.work().await;
        if let Err(error) = &worked
            && error.code() != "search.locked"
        {
            self.index.0.trouble(Some(error.to_string()));
        }
        worked
    }

    async fn work(&self) -> Result<()> {
        let shelf = Arc::clone(&self.index.0);
        blocking(move || {
            shelf.attach();
            Ok(())
        })
        .await?;
        let shelf = &self.index.0;
        let current = shelf.current().ok_or_else(unavailable)?;
        if !shelf.writes() {
            return Err(locked());
        }
        if shelf.rebuild_wanted() || !current.mark().map_err(failed)?.complete {
            self.build(&current).await?;
        }
        let current = shelf.current().ok_or_else(unavailable)?;
        self.follow(&current).await?;
        shelf.trouble(None);
        Ok(())
    }

    /// Brings one generation up to the head.
    async fn follow(&self, generation: &Arc<Generation>) -> Result<()> {
        loop {
            let from = generation.position();
            let sources = Arc::clone(&self.sources);
            let turn = self.db.read(move |tx| turn(tx, &sources, from)).await?;
            if turn.head < from {
                // Another database than the one that the index was made from: restored from a backup, perhaps.
                tracing::warn!(
                    index = from,
                    feed = turn.head,
                    "the search index is ahead of the feed and is built anew"
                );
                self.index.rebuild();
                return Ok(());
            }
            if turn.upto == from {
                return Ok(());
            }
            let generation = Arc::clone(generation);
            blocking(move || generation.follow(&turn.ids, &turn.documents, turn.upto)).await?;
        }
    }

    /// Builds the index: into the present generation when that was never finished, else into one of its own, while the
    /// present one answers and is kept up to date.
    async fn build(&self, current: &Arc<Generation>) -> Result<()> {
        let shelf = Arc::clone(&self.index.0);
        let again = current.mark().map_err(failed)?.complete;
        let target = if again { blocking(move || shelf.begin()).await? } else { Arc::clone(current) };
        let built = self.fill(&target, again.then_some(current)).await;
        self.index.0.building(None);
        if let Err(error) = built {
            target.drop_pen();
            if again {
                remove(&target.path);
            }
            return Err(error);
        }
        self.index.0.rebuild_done();
        let shelf = Arc::clone(&self.index.0);
        let name = target.name.clone();
        blocking(move || shelf.swap(target)).await?;
        tracing::info!(generation = name, "the search index is built");
        Ok(())
    }

    /// Reads a page of a source, beside what its caller does.
    fn page(&self, source: &Arc<dyn Source>, after: Option<Ref>) -> JoinHandle<Result<Vec<Document>>> {
        let (db, source) = (self.db.clone(), Arc::clone(source));
        tokio::spawn(async move { db.read(move |tx| source.page(tx, after.as_ref(), PAGE)).await })
    }

    async fn fill(&self, target: &Arc<Generation>, serving: Option<&Arc<Generation>>) -> Result<()> {
        let shelf = &self.index.0;
        let (threads, memory) = (shelf.options.threads, shelf.options.memory_bytes);
        let of = serving.map_or(0, |generation| generation.searcher().num_docs());
        let mut done = 0;
        shelf.building(Some((done, of)));
        let position = self.db.read(change::head).await?;
        let generation = Arc::clone(target);
        blocking(move || generation.clear(threads, memory)).await?;
        let (mut shown, mut followed) = (Instant::now(), Instant::now());
        for source in self.sources.iter() {
            let mut reading = self.page(source, None);
            loop {
                let page = reading.await.map_err(Error::internal)??;
                let Some(last) = page.last() else { break };
                // Read while this page is written.
                reading = self.page(source, Some(last.id.clone()));
                done += page.len() as u64;
                shelf.building(Some((done, of.max(done))));
                let generation = Arc::clone(target);
                blocking(move || generation.add(threads, memory, &page)).await?;
                match serving {
                    Some(serving) if followed.elapsed() > REST => {
                        self.follow(serving).await?;
                        followed = Instant::now();
                    }
                    None if shown.elapsed() > SHOW => {
                        let generation = Arc::clone(target);
                        blocking(move || generation.show(threads, memory, Mark::default())).await?;
                        shown = Instant::now();
                    }
                    _ => {}
                }
            }
        }
        let generation = Arc::clone(target);
        let settled = blocking(move || {
            generation.show(threads, memory, Mark { position, complete: true })?;
            generation.reached(position);
            generation.settle()
        });
        tokio::pin!(settled);
        loop {
            tokio::select! {
                settled = &mut settled => {
                    settled?;
                    break;
                }
                () = sleep(REST) => {
                    if let Some(serving) = serving {
                        self.follow(serving).await?;
                    }
                }
            }
        }
        // What happened meanwhile is in it before it answers.
        self.follow(target).await
    }
}
