//! Inclusion proofs from a log of 136,000,000 leaves, read from tiles on the disk.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use madang_adapters::OsRng;
use madang_base::Rng;
use madang_db::{Db, Options};
use madang_kernel::blob::Blobs;
use madang_kernel::log::Log;
use madang_tlog::tile::{Tile, tile_bytes};
use madang_tlog::{Edge, Hash, leaf_hash, proof};
use tokio::runtime::Runtime;

use crate::Failure;
use crate::folder::Folder;
use crate::report::Row;

/// So many signatures as the largest petition site of the world has taken.
const LEAVES: u64 = 136_000_000;
/// The log against which memory is compared.
const SMALL: u64 = 1_000_000;
const PROOFS: usize = 5000;

pub fn run(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("ledger-proof")?;
    let runtime = Runtime::new()?;
    let (small, large) = (folder.path().join("small"), folder.path().join("large"));
    let small_root = generate(&small, SMALL)?;
    let before = runtime.block_on(prove(&small, SMALL, small_root))?;
    let large_root = generate(&large, LEAVES)?;
    let after = runtime.block_on(prove(&large, LEAVES, large_root))?;
    let work = |what: &str| format!("inclusion proof from {LEAVES} leaves on disk: {what}");
    rows.push(Row::below(&work("p50"), after.percentile(50), "ms", None, 5.0));
    rows.push(Row::below(&work("p99"), after.percentile(99), "ms", None, 5.0));
    rows.push(Row::none(&work("wrong ones"), after.wrong + before.wrong, "proofs"));
    let grown = (after.resident_mb - before.resident_mb).max(0.0);
    rows.push(Row::below("… resident memory beyond that of 1,000,000 leaves", grown, "MB", None, 32.0));
    Ok(())
}

/// The leaf of an index: its number's digits.
fn leaf(index: u64) -> Hash {
    leaf_hash(index.to_string().as_bytes())
}

/// Writes all tiles of a log below `folder`, as a server would; gives the root.
fn generate(folder: &Path, leaves: u64) -> Result<Hash, Failure> {
    let mut edge = Edge::new();
    let mut full = Vec::new();
    for index in 0..leaves {
        edge.push(leaf(index), &mut full);
        for (tile, hashes) in full.drain(..) {
            write(folder, &tile, &hashes)?;
        }
    }
    for (tile, hashes) in edge.partial() {
        write(folder, &tile, &hashes)?;
    }
    Ok(edge.root())
}

fn write(folder: &Path, tile: &Tile, hashes: &[Hash]) -> Result<(), Failure> {
    let path = folder.join("log").join(tile.to_string());
    std::fs::create_dir_all(path.parent().ok_or("a tile without a folder")?)?;
    std::fs::write(path, tile_bytes(hashes))?;
    Ok(())
}

struct Proved {
    /// Milliseconds, sorted.
    took: Vec<f64>,
    wrong: u64,
    resident_mb: f64,
}

impl Proved {
    fn percentile(&self, part: usize) -> f64 {
        self.took[(self.took.len() * part / 100).min(self.took.len() - 1)]
    }
}

/// Proves leaves at random, one after the other, each from its tiles alone.
async fn prove(folder: &Path, leaves: u64, root: Hash) -> Result<Proved, Failure> {
    let db = Db::open("sqlite::memory:", Options::default()).await?;
    let log = Log::following(db, Blobs::local(folder)?.tiles());
    let mut proved = Proved { took: Vec::with_capacity(PROOFS), wrong: 0, resident_mb: 0.0 };
    let mut paths = HashMap::new();
    for _ in 0..PROOFS {
        let index = u64::from_le_bytes((&OsRng as &dyn Rng).bytes()) % leaves;
        let begun = Instant::now();
        let path = log.inclusion(index, leaves).await?;
        proved.took.push(begun.elapsed().as_secs_f64() * 1000.0);
        paths.insert(index, path);
    }
    proved.resident_mb = resident_mb()?;
    for (index, path) in paths {
        proved.wrong += u64::from(proof::verify_inclusion(&leaf(index), index, leaves, &root, &path).is_err());
    }
    proved.took.sort_by(f64::total_cmp);
    Ok(proved)
}

/// What of this process is in memory, in MB of a million bytes.
fn resident_mb() -> Result<f64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("the kernel does not tell")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib * 1024.0 / 1e6)
}
