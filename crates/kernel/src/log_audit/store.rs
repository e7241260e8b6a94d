//! SQL of the audit of the log.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};

/// How many digests one statement asks for.
pub(super) const ASK: usize = 16;

/// A row of the feed as it stands, nothing of it believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub position: i64,
    pub at: i64,
    pub kind: String,
    pub object: String,
    /// 0 and 1; anything else is no row of this program.
    pub public: i64,
    pub json: String,
    pub commitment: Option<String>,
}

fn line(row: &Row) -> Result<Line> {
    Ok(Line {
        position: row.get("position")?,
        at: row.get("at")?,
        kind: row.get("kind")?,
        object: row.get("object")?,
        public: row.get("public")?,
        json: row.get("json")?,
        commitment: row.get("commitment")?,
    })
}

/// The rows after `after` up to and with `upto`, by position.
pub(super) fn lines(tx: &mut Tx, after: i64, upto: i64, limit: u32) -> Result<Vec<Line>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json, commitment FROM change
         WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3",
        params![after, upto, limit],
    )?
    .iter()
    .map(line)
    .collect()
}

/// An earlier row that says the same.
pub(super) fn twin(tx: &mut Tx, line: &Line) -> Result<Option<i64>> {
    tx.row(
        "SELECT position FROM change WHERE at = $1 AND position < $2 AND kind = $3 AND object = $4 AND json = $5
         ORDER BY position LIMIT 1",
        params![line.at, line.position, line.kind.as_str(), line.object.as_str(), line.json.as_str()],
    )?
    .map(|row| row.at(0))
    .transpose()
}

/// Rows where no position can be: before the first, or after the last that was given.
pub(super) fn astray(tx: &mut Tx, head: i64, limit: u32) -> Result<Vec<Line>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json, commitment FROM change
         WHERE position < 1 OR position > $1 ORDER BY position LIMIT $2",
        params![head, limit],
    )?
    .iter()
    .map(line)
    .collect()
}

pub(super) fn head(tx: &mut Tx) -> Result<i64> {
    tx.row("SELECT size FROM log_head WHERE id = 1", params![])?.map_or(Ok(0), |row| row.at(0))
}

/// Rows of the tables that have one.
pub(super) fn heads(tx: &mut Tx) -> Result<(i64, i64)> {
    let row = tx.one("SELECT (SELECT COUNT(*) FROM log_head) AS h, (SELECT COUNT(*) FROM log_tree) AS t", params![])?;
    Ok((row.get("h")?, row.get("t")?))
}

/// How far the tree has been built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tree {
    pub origin: String,
    pub size: i64,
    pub root: String,
    pub signed_at: Time,
}

pub(super) fn tree(tx: &mut Tx) -> Result<Option<Tree>> {
    tx.row("SELECT origin, size, root, signed_at FROM log_tree WHERE id = 1", params![])?
        .map(|row| {
            Ok(Tree {
                origin: row.get("origin")?,
                size: row.get("size")?,
                root: row.get("root")?,
                signed_at: row.get("signed_at")?,
            })
        })
        .transpose()
}

/// A signed checkpoint as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    pub size: i64,
    pub root: String,
    pub signed_at: Time,
    pub note: String,
}

/// Checkpoints after the size `after` up to and with `upto`, by size.
pub(super) fn checkpoints(tx: &mut Tx, after: i64, upto: i64, limit: u32) -> Result<Vec<Signed>> {
    tx.rows(
        "SELECT size, root, signed_at, note FROM log_checkpoint WHERE size > $1 AND size <= $2 ORDER BY size LIMIT $3",
        params![after, upto, limit],
    )?
    .iter()
    .map(signed)
    .collect()
}

pub(super) fn checkpoint(tx: &mut Tx, size: i64) -> Result<Option<Signed>> {
    tx.row("SELECT size, root, signed_at, note FROM log_checkpoint WHERE size = $1", params![size])?
        .as_ref()
        .map(signed)
        .transpose()
}

fn signed(row: &Row) -> Result<Signed> {
    Ok(Signed {
        size: row.get("size")?,
        root: row.get("root")?,
        signed_at: row.get("signed_at")?,
        note: row.get("note")?,
    })
}

/// What witnesses signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cosigned {
    pub size: i64,
    pub witness: String,
    pub at: Time,
    pub line: String,
}

/// Cosignatures after that of `witness` at `size`.
pub(super) fn cosignatures(tx: &mut Tx, size: i64, witness: &str, limit: u32) -> Result<Vec<Cosigned>> {
    tx.rows(
        "SELECT size, witness, at, line FROM log_cosignature WHERE size > $1 OR (size = $1 AND witness > $2)
         ORDER BY size, witness LIMIT $3",
        params![size, witness, limit],
    )?
    .iter()
    .map(|row| {
        Ok(Cosigned {
            size: row.get("size")?,
            witness: row.get("witness")?,
            at: row.get("at")?,
            line: row.get("line")?,
        })
    })
    .collect()
}

/// Keys that have signed: verifier key, first and last size.
pub(super) fn keys(tx: &mut Tx) -> Result<Vec<(String, i64, Option<i64>)>> {
    tx.rows("SELECT vkey, first_size, last_size FROM log_key ORDER BY first_size, vkey", params![])?
        .iter()
        .map(|row| Ok((row.at(0)?, row.at(1)?, row.at(2)?)))
        .collect()
}

/// A salt as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Salt {
    pub digest: String,
    pub object: String,
    pub field: String,
    pub salt: String,
}

/// The salts of up to [`ASK`] digests.
pub(super) fn salts(tx: &mut Tx, digests: &[&str; ASK]) -> Result<Vec<Salt>> {
    let d = digests;
    tx.rows(
        "SELECT digest, object, field, salt FROM salt WHERE digest IN
           ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        params![d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9], d[10], d[11], d[12], d[13], d[14], d[15]],
    )?
    .iter()
    .map(|row| {
        Ok(Salt {
            digest: row.get("digest")?,
            object: row.get("object")?,
            field: row.get("field")?,
            salt: row.get("salt")?,
        })
    })
    .collect()
}

/// Counts of the feed as they are kept, after (object, name).
pub(super) fn counts(tx: &mut Tx, object: &str, name: &str, limit: u32) -> Result<Vec<Count>> {
    tx.rows(
        "SELECT object, name, value AS n, position FROM folded_count WHERE object > $1 OR (object = $1 AND name > $2)
         ORDER BY object, name LIMIT $3",
        params![object, name, limit],
    )?
    .iter()
    .map(count)
    .collect()
}

/// The same from the feed itself.
pub(super) fn counted(tx: &mut Tx, object: &str, kind: &str, limit: u32) -> Result<Vec<Count>> {
    tx.rows(
        "SELECT object, kind AS name, COUNT(*) AS n, MAX(position) AS position FROM change
         WHERE object > $1 OR (object = $1 AND kind > $2) GROUP BY object, kind ORDER BY object, kind LIMIT $3",
        params![object, kind, limit],
    )?
    .iter()
    .map(count)
    .collect()
}

/// How many changes of one kind an object has had, up to a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub object: String,
    pub name: String,
    pub value: i64,
    pub position: i64,
}

fn count(row: &Row) -> Result<Count> {
    Ok(Count {
        object: row.get("object")?,
        name: row.get("name")?,
        value: row.get("n")?,
        position: row.get("position")?,
    })
}

/// The last event of each kind that an object has had, the latest first.
pub(super) fn last_of_each(tx: &mut Tx, object: &str) -> Result<Vec<(String, i64)>> {
    tx.rows(
        "SELECT kind, MAX(position) AS last FROM change WHERE object = $1 GROUP BY kind ORDER BY last DESC",
        params![object],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?)))
    .collect()
}

/// Events of one kind of an object before a position, the latest first: position and JSON.
pub(super) fn before(tx: &mut Tx, object: &str, kind: &str, position: i64) -> Result<Vec<(i64, String)>> {
    tx.rows(
        "SELECT position, json FROM change WHERE object = $1 AND kind = $2 AND position <= $3
         ORDER BY position DESC LIMIT 20",
        params![object, kind, position],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?)))
    .collect()
}

/// Objects of the feed after `object`, up to (not with) `end`.
pub(super) fn objects(tx: &mut Tx, object: &str, end: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows(
        "SELECT object FROM change WHERE object > $1 AND object < $2 GROUP BY object ORDER BY object LIMIT $3",
        params![object, end, limit],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

/// Events of an object of all kinds but those of the supports, by position.
pub(super) fn events(tx: &mut Tx, object: &str, after: i64, limit: u32) -> Result<Vec<Line>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json, commitment FROM change
         WHERE object = $1 AND kind NOT IN ('support.given', 'support.withdrawn', 'support.excluded', 'support.restored')
           AND position > $2 ORDER BY position LIMIT $3",
        params![object, after, limit],
    )?
    .iter()
    .map(line)
    .collect()
}

/// The same of what waits for a position.
pub(super) fn waiting(tx: &mut Tx, object: &str) -> Result<Vec<Line>> {
    tx.rows(
        "SELECT CAST(0 AS BIGINT) AS position, at, kind, object, public, json, commitment FROM inbox
         WHERE object = $1 AND kind NOT IN ('support.given', 'support.withdrawn', 'support.excluded', 'support.restored')
         ORDER BY id",
        params![object],
    )?
    .iter()
    .map(line)
    .collect()
}

pub(super) fn links(tx: &mut Tx, after: &[String; 3], limit: u32) -> Result<Vec<[String; 3]>> {
    let [source, kind, target] = after;
    tx.rows(
        "SELECT source, type, target FROM link WHERE source > $1 OR (source = $1 AND type > $2)
           OR (source = $1 AND type = $2 AND target > $3) ORDER BY source, type, target LIMIT $4",
        params![source, kind, target, limit],
    )?
    .iter()
    .map(|row| Ok([row.at(0)?, row.at(1)?, row.at(2)?]))
    .collect()
}

/// When a link was made; none when there is none.
pub(super) fn link_at(tx: &mut Tx, link: &[String; 3]) -> Result<Option<i64>> {
    let [source, kind, target] = link;
    tx.row(
        "SELECT created_at FROM link WHERE source = $1 AND type = $2 AND target = $3",
        params![source, kind, target],
    )?
    .map(|row| row.at(0))
    .transpose()
}

/// Objects of the feed and of the inbox that were linked, after `object`.
pub(super) fn linked(tx: &mut Tx, object: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows(
        "SELECT DISTINCT object FROM change WHERE kind = 'link.added' AND object > $1 ORDER BY object LIMIT $2",
        params![object, limit],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

pub(super) fn checkpoints_newest(tx: &mut Tx) -> Result<Option<Signed>> {
    tx.row("SELECT size, root, signed_at, note FROM log_checkpoint ORDER BY size DESC LIMIT 1", params![])?
        .as_ref()
        .map(signed)
        .transpose()
}

/// The position of an early event of an object.
pub(super) fn first(tx: &mut Tx, object: &str) -> Result<Option<i64>> {
    tx.row("SELECT position FROM change WHERE object = $1 ORDER BY kind, position LIMIT 1", params![object])?
        .map(|row| row.at(0))
        .transpose()
}

/// Files that something uses, after one of them: SHA-256, size, one of their objects and their name there.
pub(super) fn used_files(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<(String, i64, String, String)>> {
    tx.rows(
        "SELECT b.sha256, b.size, u.object, u.name FROM blob b JOIN blob_use u ON u.sha256 = b.sha256
         WHERE b.sha256 > $1 AND u.object = (SELECT MIN(m.object) FROM blob_use m WHERE m.sha256 = b.sha256)
         ORDER BY b.sha256 LIMIT $2",
        params![after, limit],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?, row.at(2)?, row.at(3)?)))
    .collect()
}

/// The highest position that a row has; 0 when there is none.
pub(super) fn last_position(tx: &mut Tx) -> Result<i64> {
    tx.row("SELECT position FROM change ORDER BY position DESC LIMIT 1", params![])?.map_or(Ok(0), |row| row.at(0))
}
