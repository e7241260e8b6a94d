//! SQL of the change feed and the folded counts.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, Value, params};

use super::Change;
use crate::object::Ref;

fn change(row: &Row) -> Result<Change> {
    Ok(Change {
        position: row.get("position")?,
        at: row.get("at")?,
        kind: row.get("kind")?,
        object: row.get("object")?,
        public: row.get("public")?,
        json: row.get("json")?,
    })
}

pub(super) fn since(tx: &mut Tx, position: i64, limit: u32) -> Result<Vec<Change>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json FROM change
         WHERE position > $1 ORDER BY position LIMIT $2",
        params![position, limit],
    )?
    .iter()
    .map(change)
    .collect()
}

pub(super) fn since_public(tx: &mut Tx, position: i64, limit: u32) -> Result<Vec<Change>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json FROM change
         WHERE position > $1 AND public = 1 ORDER BY position LIMIT $2",
        params![position, limit],
    )?
    .iter()
    .map(change)
    .collect()
}

pub(super) fn objects(tx: &mut Tx, position: i64, upto: i64) -> Result<Vec<String>> {
    tx.rows(
        "SELECT DISTINCT object FROM change WHERE position > $1 AND position <= $2 ORDER BY object",
        params![position, upto],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

pub(super) fn objects_of(tx: &mut Tx, position: i64, upto: i64, first: &str, beyond: &str) -> Result<Vec<String>> {
    tx.rows(
        "SELECT DISTINCT object FROM change
         WHERE position > $1 AND position <= $2 AND kind >= $3 AND kind < $4 ORDER BY object",
        params![position, upto, first, beyond],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

pub(super) fn of_object(tx: &mut Tx, object: &Ref, position: i64, upto: i64, limit: u32) -> Result<Vec<Change>> {
    tx.rows(
        "SELECT position, at, kind, object, public, json FROM change
         WHERE position > $2 AND position <= $3 AND object = $1 ORDER BY position LIMIT $4",
        params![object, position, upto, limit],
    )?
    .iter()
    .map(change)
    .collect()
}

pub(super) fn newest_of(tx: &mut Tx, kind: &str, above: i64, upto: i64, limit: u32) -> Result<Vec<i64>> {
    tx.rows(
        "SELECT position FROM change
         WHERE position > $1 AND position <= $2 AND kind = $3 AND public = 1 ORDER BY position DESC LIMIT $4",
        params![above, upto, kind, limit],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

pub(super) fn objects_with(tx: &mut Tx, kind: &str, object: &str, limit: u32) -> Result<Vec<String>> {
    tx.rows(
        "SELECT DISTINCT object FROM change WHERE kind = $1 AND object > $2 ORDER BY object LIMIT $3",
        params![kind, object, limit],
    )?
    .iter()
    .map(|row| row.at(0))
    .collect()
}

pub(super) fn head(tx: &mut Tx) -> Result<i64> {
    tx.row("SELECT size FROM log_head WHERE id = 1", params![])?.map_or(Ok(0), |row| row.at(0))
}

pub(super) fn count(tx: &mut Tx, object: &Ref, name: &str) -> Result<Option<i64>> {
    tx.row("SELECT value FROM folded_count WHERE object = $1 AND name = $2", params![object, name])?
        .map(|row| row.at(0))
        .transpose()
}

pub(super) fn recount(tx: &mut Tx, object: &Ref, name: &str, position: i64) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) AS n FROM change WHERE object = $1 AND kind = $2 AND position <= $3",
        params![object, name, position],
    )?
    .get("n")
}

/// A line that is put into the feed.
pub(crate) struct New<'a> {
    pub position: i64,
    pub at: Time,
    pub kind: &'a str,
    pub object: &'a str,
    pub public: bool,
    pub json: &'a str,
    pub commitment: Option<&'a str>,
}

impl New<'_> {
    fn values(&self) -> [Value; COLUMNS] {
        [
            self.position.into(),
            self.at.into(),
            self.kind.into(),
            self.object.into(),
            self.public.into(),
            self.json.into(),
            self.commitment.into(),
        ]
    }
}

const COLUMNS: usize = 7;
/// Lines that go in by one statement.
const SLOTS: usize = 32;

/// Puts lines in, many by a statement: during a storm of acts this is most of what the drain does.
pub(crate) fn change_insert(tx: &mut Tx, lines: &[New<'_>]) -> Result<()> {
    let mut values = Vec::with_capacity(SLOTS * COLUMNS);
    let (many, few) = lines.as_chunks::<SLOTS>();
    for chunk in many {
        values.clear();
        values.extend(chunk.iter().flat_map(New::values));
        insert_many(tx, &values)?;
    }
    for line in few {
        tx.exec(
            "INSERT INTO change (position, at, kind, object, public, json, commitment)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &line.values(),
        )?;
    }
    Ok(())
}

fn insert_many(tx: &mut Tx, values: &[Value]) -> Result<()> {
    tx.exec(
        "INSERT INTO change (position, at, kind, object, public, json, commitment) VALUES
           ($1, $2, $3, $4, $5, $6, $7), ($8, $9, $10, $11, $12, $13, $14),
           ($15, $16, $17, $18, $19, $20, $21), ($22, $23, $24, $25, $26, $27, $28),
           ($29, $30, $31, $32, $33, $34, $35), ($36, $37, $38, $39, $40, $41, $42),
           ($43, $44, $45, $46, $47, $48, $49), ($50, $51, $52, $53, $54, $55, $56),
           ($57, $58, $59, $60, $61, $62, $63), ($64, $65, $66, $67, $68, $69, $70),
           ($71, $72, $73, $74, $75, $76, $77), ($78, $79, $80, $81, $82, $83, $84),
           ($85, $86, $87, $88, $89, $90, $91), ($92, $93, $94, $95, $96, $97, $98),
           ($99, $100, $101, $102, $103, $104, $105), ($106, $107, $108, $109, $110, $111, $112),
           ($113, $114, $115, $116, $117, $118, $119), ($120, $121, $122, $123, $124, $125, $126),
           ($127, $128, $129, $130, $131, $132, $133), ($134, $135, $136, $137, $138, $139, $140),
           ($141, $142, $143, $144, $145, $146, $147), ($148, $149, $150, $151, $152, $153, $154),
           ($155, $156, $157, $158, $159, $160, $161), ($162, $163, $164, $165, $166, $167, $168),
           ($169, $170, $171, $172, $173, $174, $175), ($176, $177, $178, $179, $180, $181, $182),
           ($183, $184, $185, $186, $187, $188, $189), ($190, $191, $192, $193, $194, $195, $196),
           ($197, $198, $199, $200, $201, $202, $203), ($204, $205, $206, $207, $208, $209, $210),
           ($211, $212, $213, $214, $215, $216, $217), ($218, $219, $220, $221, $222, $223, $224)",
        values,
    )?;
    Ok(())
}

pub(crate) fn count_add(tx: &mut Tx, object: &str, name: &str, more: i64, position: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO folded_count (object, name, value, position) VALUES ($1, $2, $3, $4)
         ON CONFLICT (object, name) DO UPDATE SET value = folded_count.value + excluded.value, position = excluded.position",
        params![object, name, more, position],
    )?;
    Ok(())
}
