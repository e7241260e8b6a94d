//! What the log says of an object, for the audits of the domains.

use std::collections::BTreeMap;

use madang_base::{Error, Kind, Result};
use madang_db::Tx;
use serde_json::Value as Json;

use super::store;
use crate::ledger::{self, Audited, Difference};
use crate::object::{ObjectKind, Ref};

/// Acts that erase what an object's digests stood for.
const ERASING: [&str; 3] = ["case.erased", "account.deleted", "expert.withdrawn"];

/// Rows of one read.
const PAGE: u32 = 500;

/// An event as the log has it, or will have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// None while it waits for its position.
    pub leaf: Option<u64>,
    pub kind: String,
    /// Microseconds since 1970 UTC.
    pub at: i64,
    pub public: bool,
    pub fields: BTreeMap<String, Json>,
}

impl Said {
    fn read(position: i64, json: &str) -> Option<Self> {
        let mut json: Json = serde_json::from_str(json).ok()?;
        let fields = match json.get_mut("fields").map(Json::take) {
            Some(Json::Object(fields)) => fields.into_iter().collect(),
            _ => BTreeMap::new(),
        };
        Some(Self {
            leaf: u64::try_from(position - 1).ok(),
            kind: json.get("kind")?.as_str()?.to_owned(),
            at: json.get("at")?.as_i64()?,
            public: true,
            fields,
        })
    }

    /// A field's text.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str()
    }

    #[must_use]
    pub fn number(&self, field: &str) -> Option<i64> {
        self.fields.get(field)?.as_i64()
    }

    /// The 64 hexadecimal digits of a field that is a digest.
    #[must_use]
    pub fn digest(&self, field: &str) -> Option<&str> {
        self.text(field)?.strip_prefix("sha256:")
    }

    /// The same of a field that is a list of them.
    #[must_use]
    pub fn digests(&self, field: &str) -> Vec<&str> {
        let list = self.fields.get(field).and_then(Json::as_array);
        list.into_iter().flatten().filter_map(|one| one.as_str()?.strip_prefix("sha256:")).collect()
    }
}

/// All events of an object but the supports of a case: those that have their leaf, then those that wait.
///
/// # Errors
/// Those of the database.
pub fn events(tx: &mut Tx, object: &Ref) -> Result<Vec<Said>> {
    let name = object.to_string();
    let (mut out, mut after) = (Vec::new(), 0);
    loop {
        let page = store::events(tx, &name, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        out.extend(page.iter().filter_map(read));
    }
    out.extend(store::waiting(tx, &name)?.iter().filter_map(read));
    Ok(out)
}

fn read(line: &store::Line) -> Option<Said> {
    Said::read(line.position, &line.json).map(|said| Said { public: line.public == 1, ..said })
}

/// The last event of an object that has this field, of those that wait first.
///
/// # Errors
/// Those of the database.
pub fn last_with(tx: &mut Tx, object: &Ref, field: &str) -> Result<Option<Said>> {
    let name = object.to_string();
    let has = |said: &Said| said.fields.contains_key(field);
    if let Some(said) = store::waiting(tx, &name)?.iter().rev().filter_map(read).find(has) {
        return Ok(Some(said));
    }
    let mut best: Option<Said> = None;
    for (kind, last) in store::last_of_each(tx, &name)? {
        let known = best.as_ref().and_then(|said| said.leaf);
        if known.is_some_and(|leaf| i64::try_from(leaf).unwrap_or(i64::MAX) >= last - 1) {
            break;
        }
        let page = store::before(tx, &name, &kind, last)?;
        let found = page.iter().filter_map(|(position, json)| Said::read(*position, json)).find(has);
        if found.as_ref().is_some_and(|said| said.leaf > known) {
            best = found;
        }
    }
    Ok(best)
}

/// Up to which leaf what was salted of an object may be gone: an act that is on record erased it.
///
/// # Errors
/// Those of the database.
pub fn erased_upto(tx: &mut Tx, object: &Ref) -> Result<Option<u64>> {
    let name = object.to_string();
    if store::waiting(tx, &name)?.iter().any(|line| ERASING.contains(&line.kind.as_str())) {
        return Ok(Some(u64::MAX));
    }
    let last = store::last_of_each(tx, &name)?;
    let erasing = last.iter().find(|(kind, _)| ERASING.contains(&kind.as_str()));
    Ok(erasing.and_then(|(_, last)| u64::try_from(last - 1).ok()))
}

/// Whether something that was salted in `leaf` may be gone.
///
/// # Errors
/// Those of the database.
pub fn erased_since(tx: &mut Tx, object: &Ref, leaf: Option<u64>) -> Result<bool> {
    let upto = erased_upto(tx, object)?;
    Ok(leaf.is_some_and(|leaf| upto.is_some_and(|upto| leaf < upto)))
}

/// Objects of a kind that the feed knows, in their order, after `object` (empty: from the first).
///
/// # Errors
/// Those of the database.
pub fn objects(tx: &mut Tx, kind: ObjectKind, object: &str, limit: u32) -> Result<Vec<String>> {
    let (first, end) = (format!("{kind}:"), format!("{kind};"));
    store::objects(tx, if object.is_empty() { &first } else { object }, &end, limit)
}

/// What an audit says a row is called.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The audit.
    pub by: &'static str,
    pub table: &'static str,
    pub object: &'a Ref,
    /// How people know it; may be empty.
    pub name: &'a str,
}

impl Row<'_> {
    #[must_use]
    pub fn differs(&self, what: &str, expected: impl ToString, found: impl ToString, leaf: Option<u64>) -> Difference {
        Difference {
            by: self.by,
            what: what.to_owned(),
            object: self.object.to_string(),
            name: self.name.to_owned(),
            expected: expected.to_string(),
            found: found.to_string(),
            leaf,
        }
    }

    /// Holds `text`, made from the rows, against the digest that `said` has in `field`. True when it is the same.
    ///
    /// # Errors
    /// Those of the database.
    pub fn opens(&self, tx: &mut Tx, said: &Said, field: &str, text: &str, audited: &mut Audited) -> Result<bool> {
        let Some(digest) = said.digest(field) else { return Ok(false) };
        self.opens_digest(tx, said, field, digest, text, audited)
    }

    /// As [`Row::opens`], of one digest of many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn opens_digest(
        &self,
        tx: &mut Tx,
        said: &Said,
        field: &str,
        digest: &str,
        text: &str,
        audited: &mut Audited,
    ) -> Result<bool> {
        match opens(tx, digest, text)? {
            Some(true) => return Ok(true),
            Some(false) => {
                audited.differs(self.differs(field, format!("sha256:{digest}"), short(text), said.leaf));
            }
            None if erased_since(tx, self.object, said.leaf)? => audited.erased += 1,
            None => {
                audited.differs(self.differs("salt", format!("the salt of sha256:{digest}"), "none", said.leaf));
            }
        }
        Ok(false)
    }

    /// Holds the row's public face against the last `record` that the log has of the object. A face that cannot be made
    /// from what stands in the rows is a difference, too.
    ///
    /// # Errors
    /// Those of the database.
    pub fn record(&self, tx: &mut Tx, face: Result<String>, audited: &mut Audited) -> Result<Covered> {
        let said = last_with(tx, self.object, RECORD)?;
        let Some(said) = said else {
            return Ok(if heard(tx, self.object)? { Covered::Older } else { Covered::Unheard });
        };
        audited.looked(self.table);
        match face {
            Ok(face) => drop(self.opens(tx, &said, RECORD, &face, audited)?),
            Err(error) => {
                let digest = said.text(RECORD).unwrap_or_default();
                audited.differs(self.differs(RECORD, digest, unreadable(&error), said.leaf));
            }
        }
        Ok(Covered::Compared)
    }

    /// As [`Row::record`]; a row that the log has never heard of is a difference, one that is older than such records is
    /// counted as not covered.
    ///
    /// # Errors
    /// Those of the database.
    pub fn holds(&self, tx: &mut Tx, face: Result<String>, audited: &mut Audited) -> Result<()> {
        match self.record(tx, face, audited)? {
            Covered::Compared => {}
            Covered::Older => audited.uncovered(self.table),
            Covered::Unheard => audited.differs(self.differs("row", "none", "a row that no leaf speaks of", None)),
        }
        Ok(())
    }

    /// What could not be read because of what stands in the rows is a difference.
    ///
    /// # Errors
    /// Those of the database being away.
    pub fn read(&self, outcome: Result<()>, audited: &mut Audited) -> Result<()> {
        match outcome {
            Err(error) if soft(&error) => {
                audited.differs(self.differs("row", "rows that can be read", unreadable(&error), None));
                Ok(())
            }
            other => other,
        }
    }

    /// The log speaks of the object, and there is no row.
    ///
    /// # Errors
    /// Those of the database.
    pub fn missing(&self, tx: &mut Tx, audited: &mut Audited) -> Result<()> {
        let leaf = match last_with(tx, self.object, RECORD)? {
            Some(said) => said.leaf,
            None => first_leaf(tx, self.object)?,
        };
        audited.differs(self.differs("row", "a row", "none", leaf));
        Ok(())
    }
}

/// Whether `text` is what a salted digest stands for; none without its salt. A salt that is none opens nothing.
///
/// # Errors
/// Those of the database.
pub fn opens(tx: &mut Tx, digest: &str, text: &str) -> Result<Option<bool>> {
    match ledger::opens(tx, digest, text) {
        Err(error) if soft(&error) => Ok(Some(false)),
        other => other,
    }
}

/// Whether an error may come from what stands in a row, and not from the database being away. After a statement that
/// failed the whole transaction fails, whatever is made of it here.
#[must_use]
pub fn soft(error: &Error) -> bool {
    !matches!(error.kind(), Kind::Unavailable)
}

/// What the log has of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// Its record, and they were compared.
    Compared,
    /// Events from before records were made.
    Older,
    /// Nothing.
    Unheard,
}

/// Whether the feed or the inbox has any event of the object.
fn heard(tx: &mut Tx, object: &Ref) -> Result<bool> {
    Ok(first_leaf(tx, object)?.is_some() || !store::waiting(tx, &object.to_string())?.is_empty())
}

/// Some early leaf of the object.
fn first_leaf(tx: &mut Tx, object: &Ref) -> Result<Option<u64>> {
    Ok(store::first(tx, &object.to_string())?.and_then(|position| u64::try_from(position - 1).ok()))
}

/// Why a row cannot be read.
#[must_use]
pub fn unreadable(error: &Error) -> String {
    let why = std::error::Error::source(error).map(|why| format!(": {why}")).unwrap_or_default();
    short(&format!("a row that cannot be read ({error}{why})"))
}

/// A part of an audit: reads on after a key and says where to go on.
pub type Part<'a> = dyn Fn(&mut Tx, &str, &mut Audited) -> Result<Option<String>> + 'a;

/// Runs the next step of an audit that has several parts, one after the other.
///
/// # Errors
/// Those of the part.
pub fn step(tx: &mut Tx, cursor: &str, audited: &mut Audited, parts: &[&Part<'_>]) -> Result<Option<String>> {
    let (at, after) = cursor.split_once('\n').unwrap_or(("0", ""));
    let at: usize = at.parse().unwrap_or(0);
    let Some(part) = parts.get(at) else { return Ok(None) };
    Ok(match part(tx, after, audited)? {
        Some(after) => Some(format!("{at}\n{after}")),
        None if at + 1 < parts.len() => Some(format!("{}\n", at + 1)),
        None => None,
    })
}

/// The field with the digest of a row's public face.
pub const RECORD: &str = "record";

/// The beginning of a long text, for messages.
#[must_use]
pub fn short(text: &str) -> String {
    const MOST: usize = 240;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
