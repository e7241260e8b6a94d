//! SQL of the tree, its keys and its checkpoints.

use madang_base::{Error, Result, Time};
use madang_db::{Row, Tx, params};
use madang_tlog::Hash;

use super::reader::WitnessState;

/// How far the log is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tree {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
    pub signed_at: Time,
}

/// A row of `log_key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub vkey: String,
    pub first_size: u64,
    pub last_size: Option<u64>,
    pub lost: bool,
}

/// A signed checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    pub size: u64,
    pub root: Hash,
    pub signed_at: Time,
    pub note: String,
}

/// A row of `change`, as far as its leaf needs it.
pub(super) struct Line {
    pub position: i64,
    pub public: bool,
    pub json: String,
    pub commitment: Option<String>,
}

/// Sizes are counts of rows and fit both ways; a row that does not was not written by this program.
pub(super) fn unsigned(size: i64) -> Result<u64> {
    u64::try_from(size).map_err(Error::internal)
}

pub(super) fn signed(size: u64) -> Result<i64> {
    i64::try_from(size).map_err(Error::internal)
}

fn hash(row: &Row, column: &str) -> Result<Hash> {
    Hash::from_hex(&row.get::<String>(column)?).map_err(Error::internal)
}

pub(super) fn tree(tx: &mut Tx) -> Result<Option<Tree>> {
    tx.row("SELECT origin, size, root, signed_at FROM log_tree WHERE id = 1", params![])?
        .map(|row| {
            Ok(Tree {
                origin: row.get("origin")?,
                size: unsigned(row.get("size")?)?,
                root: hash(&row, "root")?,
                signed_at: row.get("signed_at")?,
            })
        })
        .transpose()
}

/// The tree without leaves, before the first checkpoint.
pub(super) fn tree_insert(tx: &mut Tx, origin: &str, root: &Hash) -> Result<()> {
    tx.exec(
        "INSERT INTO log_tree (id, origin, size, root, signed_at) VALUES (1, $1, 0, $2, 0) ON CONFLICT (id) DO NOTHING",
        params![origin, root.hex()],
    )?;
    Ok(())
}

/// The fence: false when the tree is not `from` any more, when the feed does not reach so far, or when `vkey` may not sign.
pub(super) fn tree_move(tx: &mut Tx, from: &Tree, to: &Signed, vkey: &str) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE log_tree SET size = $1, root = $2, signed_at = $3
         WHERE id = 1 AND size = $4 AND root = $5
           AND EXISTS (SELECT 1 FROM log_key WHERE vkey = $6 AND last_size IS NULL AND lost = 0)
           AND EXISTS (SELECT 1 FROM log_head WHERE id = 1 AND size >= $1)",
        params![signed(to.size)?, to.root.hex(), to.signed_at, signed(from.size)?, from.root.hex(), vkey],
    )? == 1)
}

pub(super) fn keys(tx: &mut Tx) -> Result<Vec<Key>> {
    tx.rows("SELECT vkey, first_size, last_size, lost FROM log_key ORDER BY first_size, created_at, vkey", params![])?
        .iter()
        .map(|row| {
            Ok(Key {
                vkey: row.get("vkey")?,
                first_size: unsigned(row.get("first_size")?)?,
                last_size: row.get::<Option<i64>>("last_size")?.map(unsigned).transpose()?,
                lost: row.get("lost")?,
            })
        })
        .collect()
}

pub(super) fn key_insert(tx: &mut Tx, vkey: &str, first_size: u64, at: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO log_key (vkey, first_size, last_size, lost, created_at) VALUES ($1, $2, NULL, 0, $3)
         ON CONFLICT (vkey) DO NOTHING",
        params![vkey, signed(first_size)?, at],
    )?;
    Ok(())
}

/// Ends every key that still signs, but one.
pub(super) fn keys_end(tx: &mut Tx, except: &str, last_size: u64, lost: bool) -> Result<()> {
    tx.exec(
        "UPDATE log_key SET last_size = $2, lost = $3 WHERE last_size IS NULL AND vkey <> $1",
        params![except, signed(last_size)?, lost],
    )?;
    Ok(())
}

pub(super) fn checkpoint_insert(tx: &mut Tx, checkpoint: &Signed) -> Result<()> {
    tx.exec(
        "INSERT INTO log_checkpoint (size, root, signed_at, note) VALUES ($1, $2, $3, $4)
         ON CONFLICT (size) DO UPDATE SET note = excluded.note",
        params![signed(checkpoint.size)?, checkpoint.root.hex(), checkpoint.signed_at, &checkpoint.note],
    )?;
    Ok(())
}

fn checkpoint(row: &Row) -> Result<Signed> {
    Ok(Signed {
        size: unsigned(row.get("size")?)?,
        root: hash(row, "root")?,
        signed_at: row.get("signed_at")?,
        note: row.get("note")?,
    })
}

pub(super) fn checkpoint_at(tx: &mut Tx, size: u64) -> Result<Option<Signed>> {
    tx.row("SELECT size, root, signed_at, note FROM log_checkpoint WHERE size = $1", params![signed(size)?])?
        .as_ref()
        .map(checkpoint)
        .transpose()
}

pub(super) fn checkpoint_newest(tx: &mut Tx) -> Result<Option<Signed>> {
    tx.row("SELECT size, root, signed_at, note FROM log_checkpoint ORDER BY size DESC LIMIT 1", params![])?
        .as_ref()
        .map(checkpoint)
        .transpose()
}

/// The newest checkpoint beyond `index` that a witness has cosigned.
pub(super) fn checkpoint_cosigned(tx: &mut Tx, index: u64) -> Result<Option<Signed>> {
    tx.row(
        "SELECT size, root, signed_at, note FROM log_checkpoint c
         WHERE c.size > $1 AND EXISTS (SELECT 1 FROM log_cosignature s WHERE s.size = c.size)
         ORDER BY c.size DESC LIMIT 1",
        params![signed(index)?],
    )?
    .as_ref()
    .map(checkpoint)
    .transpose()
}

/// Witness, stated time and signature line of the cosignatures of a checkpoint.
pub(super) fn cosignatures(tx: &mut Tx, size: u64) -> Result<Vec<(String, Time, String)>> {
    tx.rows(
        "SELECT witness, at, line FROM log_cosignature WHERE size = $1 ORDER BY at, witness",
        params![signed(size)?],
    )?
    .iter()
    .map(|row| Ok((row.get("witness")?, row.get("at")?, row.get("line")?)))
    .collect()
}

/// Rows after `position` up to and with `upto`, at most `limit`.
pub(super) fn lines(tx: &mut Tx, position: i64, upto: i64, limit: u32) -> Result<Vec<Line>> {
    tx.rows(
        "SELECT position, public, json, commitment FROM change
         WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3",
        params![position, upto, limit],
    )?
    .iter()
    .map(|row| Ok(Line { position: row.at(0)?, public: row.at(1)?, json: row.at(2)?, commitment: row.at(3)? }))
    .collect()
}

/// Rows that are not public and have no commitment, of those positions: position, object, JSON.
pub(super) fn uncommitted(tx: &mut Tx, position: i64, upto: i64) -> Result<Vec<(i64, String, String)>> {
    tx.rows(
        "SELECT position, object, json FROM change
         WHERE position > $1 AND position <= $2 AND public = 0 AND commitment IS NULL ORDER BY position",
        params![position, upto],
    )?
    .iter()
    .map(|row| Ok((row.at(0)?, row.at(1)?, row.at(2)?)))
    .collect()
}

pub(super) fn commitment_set(tx: &mut Tx, position: i64, commitment: &str) -> Result<()> {
    tx.exec(
        "UPDATE change SET commitment = $2 WHERE position = $1 AND commitment IS NULL",
        params![position, commitment],
    )?;
    Ok(())
}

/// Positions that are not public and have no commitment, after one of them, at most 500.
pub(super) fn uncommitted_some(tx: &mut Tx, position: i64, upto: i64) -> Result<Vec<i64>> {
    tx.rows(
        "SELECT position FROM change
         WHERE position > $1 AND position <= $2 AND public = 0 AND commitment IS NULL ORDER BY position LIMIT 500",
        params![position, upto],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

/// Moves the tree without asking who signs, after a recovery. False when it is not of that size any more.
pub(super) fn tree_set(tx: &mut Tx, from: u64, to: &Signed) -> Result<bool> {
    Ok(tx.exec(
        "UPDATE log_tree SET size = $1, root = $2, signed_at = $3
         WHERE id = 1 AND size = $4 AND EXISTS (SELECT 1 FROM log_head WHERE id = 1 AND size >= $1)",
        params![signed(to.size)?, to.root.hex(), to.signed_at, signed(from)?],
    )? == 1)
}

pub(super) fn witnesses(tx: &mut Tx) -> Result<Vec<WitnessState>> {
    tx.rows(
        "SELECT witness, size, cosigned_at, asked_at, error, audited_size, audited_at, audit
         FROM log_witness ORDER BY witness",
        params![],
    )?
    .iter()
    .map(|row| {
        Ok(WitnessState {
            witness: row.get("witness")?,
            size: unsigned(row.get("size")?)?,
            cosigned_at: row.get("cosigned_at")?,
            asked_at: row.get("asked_at")?,
            error: row.get("error")?,
            audited_size: row.get::<Option<i64>>("audited_size")?.map(unsigned).transpose()?,
            audited_at: row.get("audited_at")?,
            audit: row.get("audit")?,
        })
    })
    .collect()
}

/// Deletes at most 500 checkpoints from before `before` that are neither the last of their day nor the last that was
/// cosigned. The day in Korea is the number of whole days of the time nine hours later.
pub(super) fn checkpoints_thin(tx: &mut Tx, before: Time) -> Result<u64> {
    let deleted = tx.exec(
        "DELETE FROM log_checkpoint WHERE size IN (
           SELECT c.size FROM log_checkpoint c
           WHERE c.signed_at < $1
             AND EXISTS (SELECT 1 FROM log_checkpoint n WHERE n.size > c.size AND n.signed_at > c.signed_at
                         AND n.signed_at < ((c.signed_at + 32400000000) / 86400000000 + 1) * 86400000000 - 32400000000)
             AND (NOT EXISTS (SELECT 1 FROM log_cosignature s WHERE s.size = c.size)
               OR EXISTS (SELECT 1 FROM log_checkpoint n JOIN log_cosignature s ON s.size = n.size
                          WHERE n.size > c.size AND n.signed_at > c.signed_at
                          AND n.signed_at < ((c.signed_at + 32400000000) / 86400000000 + 1) * 86400000000 - 32400000000))
           ORDER BY c.size LIMIT 500)",
        params![before],
    )?;
    tx.exec(
        "DELETE FROM log_cosignature WHERE size NOT IN (SELECT size FROM log_checkpoint)
           AND size < (SELECT MAX(size) FROM log_checkpoint)",
        params![],
    )?;
    Ok(deleted)
}
