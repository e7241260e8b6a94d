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
mod event;
mod kind;
mod opaque;
mod receipt;
mod recount;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use madang_db::Tx;

use self::canonical::Json;
pub use self::event::{Event, Field, Plain};
pub use self::kind::{Counted, FieldSpec, Is, Kind, Shown, always, sometimes};
pub use self::opaque::{EVENT, commit, commitment_of, entry, opaque_entry, opens_entry, salt_of};
pub use self::receipt::ReceiptCode;
pub use self::recount::{Audit, Audited, Claims, Difference, LeafView, Openers, Recount, Recounted, Spill};
use crate::actor::AccountId;
use crate::ctx::Ctx;
use crate::digest;
use crate::object::Ref;

/// The largest integer that every JSON reader keeps exact (RFC 8785 writes numbers as IEEE 754 doubles).
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// Bytes of a salt.
const SALT: usize = 16;

/// The field of the salts of files.
pub const FILE: &str = "file";

/// Bytes of the largest leaf.
pub const MAX_ENTRY: usize = (16 << 10) - 1;

/// Writes `event` into the inbox, in the transaction of the act, and gives the code by which its leaf is found.
///
/// # Errors
/// `Kind::Internal` when the event is not made as it must be (a defect): it does not fit its kind, a public event on a
/// personal object or with a reference to one, a reference that is not a machine word, a number beyond 2⁵³, a name that
/// is not ASCII, a leaf of 16 KiB or more.
#[expect(clippy::needless_pass_by_value, reason = "an event is made to be appended; nobody wants it back")]
pub fn append(tx: &mut Tx, ctx: &Ctx, event: Event) -> Result<ReceiptCode> {
    if !name_ok(event.kind.name) {
        return Err(defect(&event, "kind"));
    }
    if let Some(what) = event.misfit() {
        return Err(defect(&event, what));
    }
    reference_ok(&event, &event.object)?;
    let object = event.object.to_string();
    let mut salts = Salting { ctx, made: Vec::new() };
    let mut fields = BTreeMap::new();
    for (name, field) in &event.fields {
        let value = match field {
            Field::Plain(plain) => plain_json(&event, plain)?,
            Field::Salted(text) => salts.digest(name, text),
            Field::Files(files) => {
                Json::List(files.iter().map(|file| salts.digest(FILE, &digest::hex(file))).collect())
            }
            Field::Nullifier(account) => Json::Text(format!("nullifier:{}", nullifier(ctx, &event.object, *account))),
            Field::Keyed(hash) => Json::Text(format!("nullifier:{}", digest::hex(hash))),
        };
        if !name_ok(name) {
            return Err(defect(&event, name));
        }
        fields.insert(*name, value);
    }
    let leaf = BTreeMap::from([
        ("v", Json::Number(1)),
        ("at", Json::Number(ctx.now.micros())),
        ("kind", Json::Text(event.kind.name.to_owned())),
        ("object", Json::Text(object.clone())),
        ("fields", Json::Object(fields)),
    ]);
    let json = canonical::write(&Json::Object(leaf))?;
    if json.len() > MAX_ENTRY {
        return Err(defect(&event, "size"));
    }
    for (digest, name, salt) in &salts.made {
        store::salt_insert(tx, digest, &object, name, salt, ctx.now)?;
    }
    let commitment = match event.public {
        true => None,
        false => Some(opaque::commit(tx, ctx.rng(), ctx.now, &object, &json)?),
    };
    let (public, commitment) = (event.public, commitment.as_deref());
    let entry = entry(public, &json, commitment)?;
    let waiting =
        store::Waiting { at: ctx.now, kind: event.kind.name, object: &object, public, json: &json, commitment };
    store::inbox_insert(tx, &waiting)?;
    ReceiptCode::of(ctx.now, &entry).ok_or_else(|| defect(&event, "time"))
}

/// The salts of one event.
struct Salting<'a> {
    ctx: &'a Ctx,
    /// Digest, field and salt, hexadecimal.
    made: Vec<(String, &'static str, String)>,
}

impl Salting<'_> {
    fn digest(&mut self, name: &'static str, text: &str) -> Json {
        let salt = self.ctx.rng().bytes::<SALT>();
        let digest = salted_digest(&salt, text);
        self.made.push((digest.clone(), name, digest::hex(&salt)));
        Json::Text(format!("sha256:{digest}"))
    }
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

/// The digests (64 hexadecimal digits) that a field of an object has in the ledger, each with the salt (32 digits) that
/// opens it; erased ones are not among them.
///
/// # Errors
/// Those of the database.
pub fn salts_of(tx: &mut Tx, object: &Ref, field: &str) -> Result<Vec<(String, String)>> {
    store::salts_of(tx, object, field)
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
        Plain::Code(code) if !name_ok(code) => return Err(defect(event, "code")),
        Plain::Code(code) => Json::Text((*code).to_owned()),
        Plain::Number(number) if number.unsigned_abs() > MAX_NUMBER => return Err(defect(event, "number")),
        Plain::Number(number) => Json::Number(*number),
        Plain::Date(date) => Json::Text(date.to_string()),
        Plain::Time(time) => Json::Number(time.micros()),
        Plain::Object(reference) => {
            reference_ok(event, reference)?;
            Json::Text(reference.to_string())
        }
        Plain::Digest(digest) => Json::Text(format!("sha256:{}", digest::hex(digest))),
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
    Error::internal(format!("ledger event {}: {what}", event.kind.name))
}
