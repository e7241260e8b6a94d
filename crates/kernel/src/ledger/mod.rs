//! What happened, in a form that may be shown for ever: the ledger's inbox.
//!
//! [`append`] writes an event in the transaction of the act. It carries codes, numbers, dates and references in plain,
//! and everything that a person wrote or is only as a salted digest or a keyed nullifier: unsalted digests of short
//! texts can be guessed. [`erase`] deletes the salts of an object; what is left says nothing, and the log stays valid.
//! Positions, counts and the feed come from the [`sequencer`](crate::sequencer).
//!
//! The stored form is canonical JSON (RFC 8785: keys sorted, no blanks, integers only):
//! `{"at":1767225600000000,"fields":{"state":"done","text":"sha256:…"},"kind":"update.published","object":"update:…","v":1}`.

mod canonical;
mod kind;
mod recount;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::{Error, Result, Time};
use madang_db::Tx;

use self::canonical::Json;
pub use self::kind::{Counted, FieldSpec, Is, Kind, always, sometimes};
pub use self::recount::{Audit, Claims, Difference, LeafView, Recount, Recounted, Spill};
use crate::actor::AccountId;
use crate::ctx::Ctx;
use crate::digest;
use crate::object::Ref;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What, as object and past participle: `update.published`.
    pub kind: &'static str,
    pub object: Ref,
    /// Whether anybody may know of it. Events that are not public stand in the change feed and get no leaf in the log.
    pub public: bool,
    pub fields: Vec<(&'static str, Field)>,
}

impl Event {
    /// A public event without fields.
    #[must_use]
    pub fn public(kind: &'static str, object: Ref) -> Self {
        Self { kind, object, public: true, fields: Vec::new() }
    }

    /// An event that is not public, without fields.
    #[must_use]
    pub fn private(kind: &'static str, object: Ref) -> Self {
        Self { kind, object, public: false, fields: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, field: impl Into<Field>) -> Self {
        self.fields.push((name, field.into()));
        self
    }
}

/// A value of an event. Text that somebody wrote fits only into `Salted`.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    Plain(Plain),
    /// Stands in the ledger as `sha256:` and the digest of a random salt and the text.
    Salted(String),
    /// Stands as `nullifier:` and an HMAC of the account and the event's object: the same person is recognised within
    /// one object and across no two.
    Nullifier(AccountId),
    /// Stands as `nullifier:` and 64 hexadecimal digits: a keyed hash that a domain made under a key of its own.
    Keyed([u8; 32]),
}

/// What may stand in the ledger as it is: words of the program, numbers, times and references.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    Code(&'static str),
    Number(i64),
    Date(Date),
    Time(Time),
    Object(Ref),
}

impl Field {
    #[must_use]
    pub fn salted(text: impl Into<String>) -> Self {
        Self::Salted(text.into())
    }
}

macro_rules! plain_from {
    ($($from:ty, $v:ident => $to:expr;)*) => { $(
        impl From<$from> for Field {
            fn from($v: $from) -> Self {
                Self::Plain($to)
            }
        }
    )* };
}

plain_from! {
    &'static str, v => Plain::Code(v);
    i64, v => Plain::Number(v);
    Date, v => Plain::Date(v);
    Time, v => Plain::Time(v);
    Ref, v => Plain::Object(v);
    &Ref, v => Plain::Object(v.clone());
}

/// The largest integer that every JSON reader keeps exact (RFC 8785 writes numbers as IEEE 754 doubles).
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// Bytes of a salt.
const SALT: usize = 16;

/// Writes `event` into the inbox, in the transaction of the act.
///
/// # Errors
/// `Kind::Internal` when the event is not made as it must be (a defect): a public event on a personal object or with a
/// reference to one, a reference that is not a machine word, a number beyond 2⁵³, a field twice, a name that is not ASCII.
#[expect(clippy::needless_pass_by_value, reason = "an event is made to be appended; nobody wants it back")]
pub fn append(tx: &mut Tx, ctx: &Ctx, event: Event) -> Result<()> {
    if !name_ok(event.kind) {
        return Err(defect(&event, "kind"));
    }
    reference_ok(&event, &event.object)?;
    let object = event.object.to_string();
    let mut fields = BTreeMap::new();
    let mut salts = Vec::new();
    for (name, field) in &event.fields {
        let value = match field {
            Field::Plain(plain) => plain_json(&event, plain)?,
            Field::Salted(text) => {
                let salt = ctx.rng().bytes::<SALT>();
                let digest = salted_digest(&salt, text);
                salts.push((digest.clone(), *name, digest::hex(&salt)));
                Json::Text(format!("sha256:{digest}"))
            }
            Field::Nullifier(account) => Json::Text(format!("nullifier:{}", nullifier(ctx, &event.object, *account))),
            Field::Keyed(hash) => Json::Text(format!("nullifier:{}", digest::hex(hash))),
        };
        if !name_ok(name) || fields.insert(*name, value).is_some() {
            return Err(defect(&event, name));
        }
    }
    let leaf = BTreeMap::from([
        ("v", Json::Number(1)),
        ("at", Json::Number(ctx.now.micros())),
        ("kind", Json::Text(event.kind.to_owned())),
        ("object", Json::Text(object.clone())),
        ("fields", Json::Object(fields)),
    ]);
    for (digest, name, salt) in &salts {
        store::salt_insert(tx, digest, &object, name, salt, ctx.now)?;
    }
    store::inbox_insert(tx, ctx.now, event.kind, &object, event.public, &canonical::write(&Json::Object(leaf))?)
}

/// How many events wait for their position, counted up to 100 000. For the metrics.
///
/// # Errors
/// Those of the database.
pub fn inbox_depth(tx: &mut Tx) -> Result<i64> {
    store::inbox_depth(tx, 100_000)
}

/// What waits for a position of one object, oldest first: kind and canonical JSON. For recounts.
///
/// # Errors
/// Those of the database.
pub fn pending(tx: &mut Tx, object: &Ref) -> Result<Vec<(String, String)>> {
    store::pending(tx, object)
}

/// Deletes the salts of everything that `object` has in the ledger, or of one of its fields. Returns how many there
/// were. The digests stay where they are and open nothing any more.
///
/// # Errors
/// Those of the database.
pub fn erase(tx: &mut Tx, object: &Ref, field: Option<&str>) -> Result<u64> {
    store::salt_delete(tx, object, field)
}

/// Whether `text` is what `digest` (64 hexadecimal digits, without the prefix) stands for; `None` when the salt has
/// been erased or never was.
///
/// # Errors
/// Those of the database.
pub fn opens(tx: &mut Tx, digest: &str, text: &str) -> Result<Option<bool>> {
    let Some(salt) = store::salt_of(tx, digest)? else { return Ok(None) };
    let salt = digest::unhex(&salt).ok_or_else(|| Error::internal("a salt that is not hexadecimal"))?;
    Ok(Some(salted_digest(&salt, text) == digest))
}

/// The nullifier of an account within an object, as 64 hexadecimal digits.
#[must_use]
pub fn nullifier(ctx: &Ctx, object: &Ref, account: AccountId) -> String {
    digest::hmac_hex(
        &ctx.keys.master,
        &[b"nullifier", object.to_string().as_bytes(), account.uuid().as_bytes().as_slice()],
    )
}

/// SHA-256 of the salt's bytes followed by the text's UTF-8.
fn salted_digest(salt: &[u8], text: &str) -> String {
    digest::sha256(&[salt, text.as_bytes()].concat())
}

fn plain_json(event: &Event, plain: &Plain) -> Result<Json> {
    Ok(match plain {
        Plain::Code(code) => Json::Text((*code).to_owned()),
        Plain::Number(number) if number.unsigned_abs() > MAX_NUMBER => return Err(defect(event, "number")),
        Plain::Number(number) => Json::Number(*number),
        Plain::Date(date) => Json::Text(date.to_string()),
        Plain::Time(time) => Json::Number(time.micros()),
        Plain::Object(reference) => {
            reference_ok(event, reference)?;
            Json::Text(reference.to_string())
        }
    })
}

fn reference_ok(event: &Event, reference: &Ref) -> Result<()> {
    if reference.check().is_err() {
        return Err(defect(event, "reference"));
    }
    if event.public && reference.kind.personal() {
        return Err(defect(event, "personal reference in public"));
    }
    Ok(())
}

/// Names are ASCII so that sorting by bytes is the order RFC 8785 asks for (UTF-16 code units).
fn name_ok(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
}

fn defect(event: &Event, what: &str) -> Error {
    Error::internal(format!("ledger event {}: {what}", event.kind))
}
