//! The loop that follows the feed, builds the tree and signs it.

use std::time::{Duration, Instant};

use madang_base::{Error, Kind, Result, SharedClock, SharedRng, Time};
use madang_db::Db;
use madang_tlog::note::SigningKey;
use madang_tlog::tile::{Bundle, Resource, Tile, WIDTH};
use tokio::sync::Mutex;

use super::begin::{self, Stand};
use super::build::{Builder, Built};
use super::edge;
use super::reader::Log;
use super::sign::{self, Step};
use super::state::{Gate, LogState};
use super::tiles::Tiles;
use crate::lease::Lease;
use crate::wake::{self, Stop};

/// Leaves per checkpoint at most: of a long feed each turn does one part.
pub(super) const TURN: u64 = 65_536;
/// The lease of who builds.
pub(super) const LEASE: &str = "log";
/// For how long it holds. A node that was killed is replaced after this time.
pub(super) const LEASE_SECONDS: i64 = 6;
/// After how much of it it is prolonged, in microseconds.
const PROLONG: i64 = 2_000_000;
/// The longest time between two looks; waking is a courtesy.
const POLL: Duration = Duration::from_secs(1);

/// What a turn did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Leaves that are under a checkpoint now and were not before.
    pub added: u64,
    /// Leaves of the tree after it, as far as this process knows.
    pub size: u64,
    /// Whether the feed goes on beyond that.
    pub more: bool,
}

/// Builds and signs the log. Any number of nodes may run one; one of them works at a time.
pub struct Integrator {
    builder: Builder,
    signer: Option<SigningKey>,
    lease: Lease,
    interval: Duration,
    gate: Gate,
    own: Mutex<Own>,
}

/// What one turn leaves for the next.
#[derive(Default)]
struct Own {
    /// The tree as this process left it; none until it has been read back.
    built: Option<Built>,
    /// Whether the right edge has been mended since the process began.
    mended: bool,
    /// When the lease was last taken.
    leased: Option<Time>,
    /// The published checkpoint may not be the newest.
    unpublished: bool,
    /// Tiles and bundles of the right edge that stand as partial ones.
    partials: Vec<Resource>,
}

impl std::fmt::Debug for Integrator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Integrator").field("gate", &self.gate).field("interval", &self.interval).finish_non_exhaustive()
    }
}

impl Integrator {
    /// Compares database, stored checkpoint and signing key; what it finds is the [`LogState`], and while that is held
    /// every turn compares again. Make the sequencer only after this, with [`Integrator::gate`].
    ///
    /// `interval`: how long checkpoints are apart while there is traffic.
    pub async fn open(
        db: Db,
        tiles: Tiles,
        signer: Option<SigningKey>,
        clock: SharedClock,
        rng: SharedRng,
        interval: Duration,
    ) -> Self {
        let lease = Lease::new(LEASE, &*rng, LEASE_SECONDS);
        let builder = Builder { db, tiles, clock, rng };
        let gate = Gate::new(LogState::Following);
        let integrator = Self { builder, signer, lease, interval, gate, own: Mutex::default() };
        integrator.compare_or_hold().await;
        integrator
    }

    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    #[must_use]
    pub fn state(&self) -> LogState {
        self.gate.state()
    }

    /// The log, for pages.
    #[must_use]
    pub fn log(&self) -> Log {
        Log::new(self.builder.db.clone(), self.builder.tiles.clone(), self.gate.clone())
    }

    /// Turns until `stop`. A failure is logged and tried again.
    pub async fn run(&self, mut stop: Stop) {
        let mut commits = self.builder.db.commits();
        let mut failing = None;
        while !stop.is_set() {
            let begun = Instant::now();
            match self.turn().await {
                Ok(turn) => {
                    failing = None;
                    if turn.more {
                        continue;
                    }
                }
                Err(error) => {
                    if failing.replace(error.code()) != Some(error.code()) {
                        tracing::error!(%error, "the log could not be built on; it is tried again");
                    }
                }
            }
            wake::pause(self.interval.saturating_sub(begun.elapsed()), &mut stop).await;
            wake::wait(&mut commits, POLL, &mut stop).await;
        }
        let lease = self.lease.clone();
        if let Err(error) = self.builder.db.write(move |tx| lease.give_back(tx)).await {
            tracing::warn!(%error, "the lease of the log was not given back");
        }
    }

    /// Brings at most 65 536 leaves of the feed under a new checkpoint, if there are any and this process may.
    ///
    /// # Errors
    /// Those of the database and the store, `log.fenced` when somebody else was first. Nothing is lost by it: the next turn
    /// goes on from what is on record.
    pub async fn turn(&self) -> Result<Turn> {
        let mut own = self.own.lock().await;
        if self.gate.state().is_held() {
            own.built = None;
            own.mended = false;
            self.compare_or_hold().await;
        }
        let Some(signer) = self.signer.as_ref().filter(|_| !self.gate.state().is_held()) else {
            return Ok(Turn::default());
        };
        let stand = Stand::read(&self.builder.db).await?;
        if stand.size() < *self.gate.published().borrow() {
            // Somebody has put an older database under the running program.
            own.built = None;
            own.mended = false;
            self.compare().await?;
            return Ok(Turn::default());
        }
        if own.mended && !own.unpublished && stand.head == stand.size() {
            self.gate.reached(stand.size());
            return Ok(Turn { size: stand.size(), ..Turn::default() });
        }
        if !self.lead(&mut own).await? {
            self.gate.set(LogState::Following);
            self.gate.reached(stand.size());
            return Ok(Turn { size: stand.size(), ..Turn::default() });
        }
        match self.step(&mut own, signer, &stand).await {
            Ok(turn) => Ok(turn),
            Err(error) => {
                // Whether the step is on record is read anew; `db.commit-unknown` leaves it open.
                own.built = None;
                own.unpublished = true;
                Err(error)
            }
        }
    }

    /// Compares before anything was done, or after it was held: what cannot be compared is held.
    async fn compare_or_hold(&self) {
        if let Err(error) = self.compare().await {
            self.gate.set(LogState::held(error));
        }
    }

    /// Compares anew, and sets the state to what it finds. A database or store that is away says nothing about the log: who
    /// was running tries again, and the feed goes on meanwhile.
    async fn compare(&self) -> Result<()> {
        match begin::compare(&self.builder.db, &self.builder.tiles, self.signer.as_ref()).await {
            Ok((state, size)) => {
                self.gate.reached(size);
                self.gate.set(state);
            }
            Err(error) if matches!(error.kind(), Kind::Unavailable | Kind::Internal) => return Err(error),
            Err(reason) => self.gate.set(LogState::held(reason)),
        }
        Ok(())
    }

    /// Takes or prolongs the lease; false when another node has it.
    async fn lead(&self, own: &mut Own) -> Result<bool> {
        let now = self.builder.clock.now();
        if own.leased.is_some_and(|at| (0..PROLONG).contains(&(now.micros() - at.micros()))) {
            return Ok(true);
        }
        let lease = self.lease.clone();
        let mine = self.builder.db.write(move |tx| lease.take(tx, now)).await?;
        own.leased = mine.then_some(now);
        Ok(mine)
    }

    async fn step(&self, own: &mut Own, signer: &SigningKey, stand: &Stand) -> Result<Turn> {
        let (size, root) = (stand.size(), stand.root());
        let from = match own.built.take().filter(|built| built.edge.size() == size && built.edge.root() == root) {
            Some(built) => built,
            None => {
                self.compare().await?;
                if self.gate.state().is_held() {
                    return Ok(Turn::default());
                }
                self.read_back(own, stand).await?
            }
        };
        self.gate.set(LogState::Running);
        if own.unpublished {
            self.publish(own).await?;
        }
        let upto = stand.head.min(size + TURN);
        if upto <= size {
            own.built = Some(from);
            return Ok(Turn { size, ..Turn::default() });
        }
        let built = self.builder.build(from, upto).await?;
        let to = (upto, built.edge.root());
        let step = Step::sign(&[signer], (size, root), to, self.builder.clock.now())?;
        step.commit(&self.builder.db).await?;
        own.built = Some(built);
        own.unpublished = true;
        self.publish(own).await?;
        self.tidy(own, upto).await;
        Ok(Turn { added: upto - size, size: upto, more: stand.head > upto })
    }

    async fn publish(&self, own: &mut Own) -> Result<()> {
        let size = sign::publish(&self.builder.db, &self.builder.tiles).await?;
        own.unpublished = false;
        self.gate.reached(size);
        Ok(())
    }

    /// The tree of `stand`, from the store. The first time in a process the right edge is mended; later only its root is
    /// compared, unless that fails.
    async fn read_back(&self, own: &mut Own, stand: &Stand) -> Result<Built> {
        let size = stand.size();
        own.unpublished = true;
        own.partials = partials(size);
        // Those of the tiles before may have been left by a process that was killed.
        for level in 0..=3_u8 {
            let last = (size >> (8 * u32::from(level))) / WIDTH;
            if let Some(index) = last.checked_sub(1) {
                own.partials.push(Resource::Tile(Tile { level, index, width: Tile::FULL }));
            }
        }
        own.partials
            .extend((size / WIDTH).checked_sub(1).map(|index| Resource::Bundle(Bundle { index, width: Tile::FULL })));
        if own.mended
            && let Ok(edge) = edge::read(&self.builder.tiles, size).await
            && edge.root() == stand.root()
        {
            let mut tail = Vec::new();
            let mut pages = self.builder.pages(size / WIDTH * WIDTH, size);
            while let Some(page) = pages.recv().await {
                tail.extend(page?);
            }
            return Ok(Built { edge, tail });
        }
        let opened = edge::open(&self.builder, stand).await;
        if let Err(error) = &opened
            && error.code() == "log.damaged"
        {
            self.gate.set(LogState::held(Error::conflict("log.damaged").arg("size", size)));
        }
        let (built, _) = opened?;
        own.mended = true;
        Ok(built)
    }

    /// Deletes the partial tiles that nobody needs any more: those of a tile whose follower is full. What cannot be deleted
    /// stays; it does no harm.
    async fn tidy(&self, own: &mut Own, size: u64) {
        let mut kept = Vec::new();
        for resource in std::mem::take(&mut own.partials) {
            let (level, index) = match resource {
                Resource::Tile(tile) => (tile.level, tile.index),
                Resource::Bundle(bundle) => (0, bundle.index),
                Resource::Checkpoint => continue,
            };
            if index + 2 > (size >> (8 * u32::from(level))) / WIDTH {
                kept.push(resource);
            } else if let Err(error) = self.builder.tiles.forget_partials(&resource).await {
                tracing::debug!(%error, name = %resource, "partial tiles were left");
            }
        }
        for resource in partials(size) {
            if !kept.contains(&resource) {
                kept.push(resource);
            }
        }
        own.partials = kept;
    }
}

/// The tiles and the bundle that are partial in a tree of this size, by the names of the full ones.
fn partials(size: u64) -> Vec<Resource> {
    let tiles = madang_tlog::Edge::tiles(size).into_iter();
    let mut partial: Vec<_> = tiles.map(|tile| Resource::Tile(Tile { width: Tile::FULL, ..tile })).collect();
    if !size.is_multiple_of(WIDTH) {
        partial.push(Resource::Bundle(Bundle { index: size / WIDTH, width: Tile::FULL }));
    }
    partial
}
