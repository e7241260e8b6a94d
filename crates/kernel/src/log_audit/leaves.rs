//! Every leaf, three times: as a row of the feed, as an entry of a bundle, as a hash in a tile. Of three that should be
//! the same the one that differs is named; the signed roots decide over all of them.

use std::collections::VecDeque;

use bytes::Bytes;
use futures_util::StreamExt as _;
use madang_base::Result;
use madang_db::Db;
use madang_tlog::tile::{self, Bundle, Resource, Tile, WIDTH};
use madang_tlog::{Edge, Hash, leaf_hash};

use super::head::{Head, spelled};
use super::store::{self, Line, Signed};
use super::{differs, leaves_of, short};
use crate::ledger::{self, Audited, Difference};
use crate::log::Tiles;

/// Leaves of one read of the database.
const CHUNK: u64 = 16 * WIDTH;

/// Reads all leaves up to the signed size.
pub(super) async fn walk(
    db: &Db,
    tiles: &Tiles,
    head: &Head,
    audited: &mut Audited,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<()> {
    let size = leaves_of(head.tree.size);
    let mut walk = Walk { tiles, head, edge: Edge::new(), full: Vec::new(), checkpoints: VecDeque::new(), audited };
    // A checkpoint of the empty log has no leaf before it.
    walk.checkpoints = db.read(|tx| store::checkpoints(tx, -1, 0, 1)).await?.into();
    walk.checkpoint();
    let mut done = 0;
    while done < size {
        let upto = (done + CHUNK).min(size);
        let (from, to) = (i64::try_from(done).unwrap_or(i64::MAX), i64::try_from(upto).unwrap_or(i64::MAX));
        let (lines, checkpoints) = db
            .read(move |tx| {
                let many = u32::try_from(CHUNK).unwrap_or(u32::MAX);
                Ok((store::lines(tx, from, to, many)?, store::checkpoints(tx, from, to, many)?))
            })
            .await?;
        walk.checkpoints = checkpoints.into();
        let mut lines = lines.into_iter().peekable();
        for index in done / WIDTH..upto.div_ceil(WIDTH) {
            let width = (size - index * WIDTH).min(WIDTH);
            let mut rows = Vec::with_capacity(256);
            for leaf in index * WIDTH..index * WIDTH + width {
                let position = i64::try_from(leaf + 1).unwrap_or(i64::MAX);
                rows.push(lines.next_if(|line| line.position == position));
            }
            walk.bundle(index, u16::try_from(width).unwrap_or(Tile::FULL), &rows).await?;
        }
        done = upto;
        progress(done, size);
    }
    walk.finish().await
}

struct Walk<'a> {
    tiles: &'a Tiles,
    head: &'a Head,
    edge: Edge,
    full: Vec<(Tile, Vec<Hash>)>,
    checkpoints: VecDeque<Signed>,
    audited: &'a mut Audited,
}

impl Walk<'_> {
    async fn bundle(&mut self, index: u64, width: u16, rows: &[Option<Line>]) -> Result<()> {
        let bundle = Bundle { index, width };
        let bytes = stored(self.tiles, &Resource::Bundle(bundle), self.audited).await?;
        let entries = bytes.as_deref().and_then(|bytes| self.entries(&bundle, bytes)).unwrap_or_default();
        let level0 = Tile { level: 0, index, width };
        let bytes = stored(self.tiles, &Resource::Tile(level0), self.audited).await?;
        let hashes = bytes.as_deref().and_then(|bytes| self.hashes(&level0, bytes)).unwrap_or_default();
        let mut named = (false, false);
        for (at, row) in rows.iter().enumerate() {
            let leaf = index * WIDTH + at as u64;
            let sides = Sides { row: row.as_ref(), entry: entries.get(at).copied(), hash: hashes.get(at).copied() };
            let hash = self.leaf(leaf, &sides, &mut named);
            self.edge.push(hash, &mut self.full);
            self.checkpoint();
        }
        for (tile, hashes) in std::mem::take(&mut self.full) {
            if tile.level > 0 {
                self.tile(&tile, &hashes).await?;
            }
        }
        Ok(())
    }

    fn entries<'b>(&mut self, bundle: &Bundle, bytes: &'b [u8]) -> Option<Vec<&'b [u8]>> {
        tile::entries(bytes, bundle.width)
            .map_err(|why| {
                let (name, leaf) = (format!("log/{}", Resource::Bundle(*bundle)), bundle.index * WIDTH);
                let expected = format!("a bundle of {} entries", bundle.width);
                self.audited.differs(differs("tile", "bundle", name, expected, why, Some(leaf)));
            })
            .ok()
    }

    fn hashes(&mut self, tile: &Tile, bytes: &[u8]) -> Option<Vec<Hash>> {
        tile::hashes(bytes, tile.width)
            .map_err(|why| {
                let expected = format!("a tile of {} hashes", tile.width);
                self.audited.differs(differs("tile", "tile", name(tile), expected, why, first_leaf(tile)));
            })
            .ok()
    }

    /// Compares the three, names what differs, and says what the leaf's hash is.
    fn leaf(&mut self, leaf: u64, sides: &Sides<'_>, named: &mut (bool, bool)) -> Hash {
        self.audited.looked("change");
        let own = sides.row.and_then(entry_of);
        let row = own.as_ref().map(|entry| leaf_hash(entry.as_bytes()));
        let entry = sides.entry.map(leaf_hash);
        let stored = sides.hash;
        let hash = agreed(row, entry, stored);
        if row != Some(hash) {
            self.audited.differs(sides.row_differs(leaf, own.as_deref()));
        }
        let bundle = Bundle { index: leaf / WIDTH, width: 256 };
        if entry.is_some_and(|entry| entry != hash) && !std::mem::replace(&mut named.0, true) {
            let width = u16::try_from(self.head.size_from(bundle.index)).unwrap_or(256);
            let name = format!("log/{}", Resource::Bundle(Bundle { width, ..bundle }));
            let found = sides.entry.map(String::from_utf8_lossy).unwrap_or_default();
            let expected = own.as_deref().unwrap_or("another entry");
            self.audited.differs(differs("tile", "bundle", name, expected, found, Some(leaf)));
        }
        if stored.is_some_and(|stored| stored != hash) && !std::mem::replace(&mut named.1, true) {
            let width = u16::try_from(self.head.size_from(bundle.index)).unwrap_or(256);
            let tile = Tile { level: 0, index: bundle.index, width };
            let (expected, found) = (spelled(Some(&hash)), spelled(stored.as_ref()));
            self.audited.differs(differs("tile", "tile", name(&tile), expected, found, Some(leaf)));
        }
        hash
    }

    /// The checkpoints of the size that the tree has now.
    fn checkpoint(&mut self) {
        while self.checkpoints.front().is_some_and(|signed| leaves_of(signed.size) <= self.edge.size()) {
            let Some(signed) = self.checkpoints.pop_front() else { return };
            self.head.checkpoint(&signed, &self.edge.root(), self.audited);
        }
    }

    /// A tile above the leaves.
    async fn tile(&mut self, tile: &Tile, hashes: &[Hash]) -> Result<()> {
        let bytes = stored(self.tiles, &Resource::Tile(*tile), self.audited).await?;
        let Some(found) = bytes.as_deref().and_then(|bytes| self.hashes(tile, bytes)) else { return Ok(()) };
        if let Some(at) = hashes.iter().zip(&found).position(|(here, there)| here != there) {
            let (expected, there) = (spelled(hashes.get(at)), spelled(found.get(at)));
            self.audited.differs(differs("tile", "tile", name(tile), expected, there, first_leaf(tile)));
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<()> {
        for (tile, hashes) in self.edge.partial() {
            if tile.level > 0 {
                self.tile(&tile, &hashes).await?;
            }
        }
        let root = self.edge.root().hex();
        if root != self.head.tree.root {
            let size = format!("size {}", self.edge.size());
            self.audited.differs(differs("log", "root", size, self.head.tree.root.clone(), root, None));
        }
        Ok(())
    }
}

/// One leaf in its three places.
struct Sides<'a> {
    row: Option<&'a Line>,
    entry: Option<&'a [u8]>,
    hash: Option<Hash>,
}

impl Sides<'_> {
    /// The row is not what the log has: which of its columns, and of which object the log speaks.
    fn row_differs(&self, leaf: u64, own: Option<&str>) -> Difference {
        let logged = self.entry.map(String::from_utf8_lossy);
        let json: Option<serde_json::Value> = logged.as_deref().and_then(|entry| serde_json::from_str(entry).ok());
        let object = json.as_ref().and_then(|json| json.get("object")?.as_str()).map(str::to_owned);
        let opaque =
            json.as_ref().is_some_and(|json| json.get("kind").and_then(|kind| kind.as_str()) == Some("opaque"));
        let what = match self.row {
            None => "row",
            Some(row) if (row.public == 1) == opaque => "public",
            Some(_) if opaque => "commitment",
            Some(_) => "json",
        };
        Difference {
            by: "log",
            what: what.to_owned(),
            object: object.or_else(|| self.row.map(|row| row.object.clone())).unwrap_or_default(),
            name: format!("change {}", leaf + 1),
            expected: logged.map_or_else(|| spelled(self.hash.as_ref()), |entry| short(&entry)),
            found: own.map_or_else(|| "none".to_owned(), short),
            leaf: Some(leaf),
        }
    }
}

impl Head {
    /// How wide the bundle or the level-0 tile of this index is.
    fn size_from(&self, index: u64) -> u64 {
        (leaves_of(self.tree.size) - index * WIDTH).min(WIDTH)
    }
}

/// What at least two of them say; without two that agree, what is written in words rather than as a hash.
fn agreed(row: Option<Hash>, entry: Option<Hash>, tile: Option<Hash>) -> Hash {
    match (row, entry, tile) {
        (_, Some(entry), Some(tile)) if entry == tile => entry,
        (Some(row), ..) => row,
        (None, Some(entry), _) => entry,
        (None, None, Some(tile)) => tile,
        (None, None, None) => Hash([0; 32]),
    }
}

fn entry_of(line: &Line) -> Option<String> {
    ledger::entry(line.public == 1, &line.json, line.commitment.as_deref()).ok()
}

fn name(tile: &Tile) -> String {
    format!("log/{}", Resource::Tile(*tile))
}

/// The first leaf below a tile.
fn first_leaf(tile: &Tile) -> Option<u64> {
    (tile.index * WIDTH).checked_shl(8 * u32::from(tile.level))
}

/// The bytes of a file of exactly this name, or the beginning of a wider one; names it when there is neither.
async fn stored(tiles: &Tiles, resource: &Resource, audited: &mut Audited) -> Result<Option<Bytes>> {
    audited.looked(if matches!(resource, Resource::Bundle(_)) { "bundle" } else { "tile" });
    if let Some(bytes) = tiles.stored(resource).await? {
        return Ok(Some(bytes));
    }
    // The site is building on: the right edge may be wider by now.
    let (what, leaf) = match resource {
        Resource::Tile(tile) => ("tile", first_leaf(tile)),
        Resource::Bundle(bundle) => ("bundle", Some(bundle.index * WIDTH)),
        Resource::Checkpoint => ("checkpoint", None),
    };
    let why = match tiles.get(resource).await {
        Ok(Some(bytes)) => return Ok(Some(bytes)),
        Ok(None) => "none".to_owned(),
        Err(error) if error.kind() == madang_base::Kind::Internal => error.to_string(),
        Err(error) => return Err(error),
    };
    audited.differs(differs("tile", what, format!("log/{resource}"), "the file", why, leaf));
    Ok(None)
}

/// The files that the walk did not ask for: narrower ones of a tile that has grown, and what is behind the signed size.
pub(super) async fn leftovers(tiles: &Tiles, head: &Head, audited: &mut Audited) -> Result<()> {
    let size = leaves_of(head.tree.size);
    let mut names = tiles.names();
    while let Some(found) = names.next().await {
        let found = found?;
        let Ok(resource) = found.parse::<Resource>() else {
            audited.differs(differs("tile", "file", format!("log/{found}"), "none", "a file that is no tile", None));
            continue;
        };
        let (signed, level, index, width) = match resource {
            Resource::Checkpoint => continue,
            Resource::Tile(tile) => {
                let signed = Tile::of_size(tile.level, tile.index, size);
                (signed.map(|t| (Resource::Tile(t), t.width)), tile.level, tile.index, tile.width)
            }
            Resource::Bundle(bundle) => {
                let signed = Bundle::of_size(bundle.index, size);
                (signed.map(|b| (Resource::Bundle(b), b.width)), 0, bundle.index, bundle.width)
            }
        };
        match signed {
            Some((_, signed)) if signed == width => {}
            Some((whole, signed)) if width < signed => {
                audited.looked("tile");
                let (Some(narrow), Some(whole)) = (tiles.stored(&resource).await?, tiles.stored(&whole).await?) else {
                    continue;
                };
                if !whole.starts_with(&narrow) || !fits(&resource, &narrow) {
                    let name = format!("log/{resource}");
                    audited.differs(differs(
                        "tile",
                        "tile",
                        name,
                        "the beginning of the wider one",
                        "other bytes",
                        None,
                    ));
                }
            }
            _ => {
                // Files are written before their size is signed. They are never wider than the feed.
                let end = (index * WIDTH + u64::from(width)).checked_shl(8 * u32::from(level)).unwrap_or(u64::MAX);
                let feed = leaves_of(head.feed);
                if end > feed {
                    let (name, expected) = (format!("log/{resource}"), format!("at most {feed} leaves"));
                    audited.differs(differs("tile", "behind the feed", name, expected, format!("{end} leaves"), None));
                }
            }
        }
    }
    Ok(())
}

/// Whether a file has what its name says.
fn fits(resource: &Resource, bytes: &[u8]) -> bool {
    match resource {
        Resource::Checkpoint => true,
        Resource::Tile(tile) => tile::hashes(bytes, tile.width).is_ok(),
        Resource::Bundle(bundle) => tile::entries(bytes, bundle.width).is_ok(),
    }
}
