//! What somebody has begun to write: kept at every screen, with and without an account, also when it is wrong.

use std::collections::BTreeMap;

use madang_base::{Error, FieldError, Result, Time};
use madang_db::Tx;
use madang_form::{Answers, Definition, Field, FileAnswer, Party, Raw, values};
use madang_kernel::blob::{self, Upload};
use madang_kernel::{AccountId, Ctx, ObjectKind, Ref, digest};

use crate::Cases;
use crate::store;
use crate::store::draft::DraftRow;

/// Days after which a draft that nobody touched goes.
pub const KEPT_DAYS: i64 = 30;

/// Under this name, which is no field's, stand the cases that the author has seen and found different.
const DIFFERENT: &str = "~different";
/// So many of them are remembered, the latest.
const MAX_DIFFERENT: usize = 50;

/// Bytes of all that was typed, at most.
const MAX_RAW: usize = 400_000;
/// Drafts of one sweep.
const SWEPT: u32 = 200;

/// Whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftOwner {
    Account(AccountId),
    /// The hash of a cookie's token.
    Browser(String),
}

impl DraftOwner {
    fn word(&self) -> String {
        match self {
            Self::Account(account) => format!("account:{account}"),
            Self::Browser(hash) => format!("browser:{hash}"),
        }
    }
}

/// Something begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub service: String,
    /// Digest of the definition it is written for. A draft moves to the version in force when it is saved again.
    pub version: String,
    /// Given to [`super::file::file`]: sending twice is one case.
    pub request_key: String,
    /// The screen that was saved last, from 1.
    pub screen: u8,
    /// What is good, files included.
    pub answers: Answers,
    /// What was typed, also what is wrong.
    pub raw: Raw,
    /// What is wrong on the screen that was saved; not kept, empty when read again.
    pub errors: Vec<FieldError>,
    pub updated_at: Time,
}

impl Draft {
    /// Numbers of alike cases that the author has seen and found different.
    #[must_use]
    pub fn different(&self) -> &[String] {
        self.raw.0.get(DIFFERENT).map_or(&[], Vec::as_slice)
    }
}

/// Remembers that these cases, by their numbers, are not what the draft is about, so that nobody is asked twice. Without a
/// draft nothing happens.
///
/// # Errors
/// Those of the database.
pub fn different(tx: &mut Tx, owner: &DraftOwner, service: &str, numbers: &[String]) -> Result<()> {
    let Some(mut row) = store::draft::get(tx, &owner.word(), service)? else { return Ok(()) };
    let known = row.raw.0.entry(DIFFERENT.to_owned()).or_default();
    for number in numbers.iter().filter(|number| number.len() <= 40) {
        if !known.contains(number) {
            known.push(number.clone());
        }
    }
    let too_many = known.len().saturating_sub(MAX_DIFFERENT);
    known.drain(..too_many);
    if known.is_empty() {
        row.raw.0.remove(DIFFERENT);
    }
    store::draft::put(tx, &row)
}

/// What files of a draft hang on until it is filed.
pub(crate) fn reference(request_key: &str) -> Ref {
    Ref::new(ObjectKind::Case, format!("draft/{}", digest::sha256(request_key.as_bytes())))
}

/// Keeps a screen, whatever stands in it; what is good of it is in `answers`, what is wrong in `errors`. A draft moves to
/// the version in force.
///
/// # Errors
/// `service.unknown`; `case.draft-too-large`; those of the database.
#[expect(clippy::too_many_arguments, reason = "the three that every verb has, and what a screen is")]
pub fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    owner: &DraftOwner,
    service: &str,
    screen: u8,
    raw: &Raw,
    files: &BTreeMap<String, Vec<Upload>>,
) -> Result<Draft> {
    let version = cases.services.current(tx, service)?;
    let def = &version.definition;
    let old = store::draft::get(tx, &owner.word(), service)?;
    let (before, typed, request_key) = match old {
        Some(old) => (lenient(def, &old.answers), old.raw, old.request_key),
        None => (Answers::default(), Raw::default(), ctx.rng().token()),
    };
    let fields: Vec<&Field> = def.filing_fields().filter(|field| field.screen == screen).collect();
    let mut new = BTreeMap::new();
    for (field, uploads) in files {
        for upload in uploads {
            blob::attach(tx, ctx, upload, &reference(&request_key))?;
        }
        new.insert(field.clone(), uploads.iter().map(file_answer).collect());
    }
    let filled = values::fill(def, &Party::Author, &fields, raw, &new, &before, ctx.now.kst_date());
    let raw = merged(def, &fields, typed, raw)?;
    let row = DraftRow {
        owner: owner.word(),
        service: service.to_owned(),
        version: version.digest.clone(),
        request_key,
        screen,
        answers: filled.answers,
        raw,
        updated_at: ctx.now,
    };
    store::draft::put(tx, &row)?;
    // Another sending of the same screen may have made the draft first; its request key is the one that counts.
    let row = store::draft::get(tx, &row.owner, service)?.unwrap_or(row);
    let mut draft = draft(def, row);
    draft.errors = filled.errors;
    Ok(draft)
}

/// A kept file as an answer names it.
#[must_use]
pub fn file_answer(upload: &Upload) -> FileAnswer {
    FileAnswer {
        sha256: upload.blob.sha256.clone(),
        name: upload.name.clone(),
        size: upload.blob.size,
        media_type: upload.blob.media_type.to_string(),
    }
}

/// What was typed on other screens, and what is typed on this one. Names that are no field's are left out.
fn merged(def: &Definition, fields: &[&Field], mut typed: Raw, raw: &Raw) -> Result<Raw> {
    let of = |name: &str| def.filing_fields().find(|field| belongs(name, &field.id));
    let here = |name: &str| fields.iter().any(|field| belongs(name, &field.id));
    typed.0.retain(|name, _| name == DIFFERENT || (!here(name) && of(name).is_some()));
    for (name, values) in &raw.0 {
        if here(name) && !name.ends_with(".remove") {
            typed.0.insert(name.clone(), values.iter().map(|value| value.replace('\0', "")).collect());
        }
    }
    let size: usize =
        typed.0.iter().map(|(name, values)| name.len() + values.iter().map(String::len).sum::<usize>()).sum();
    if size > MAX_RAW {
        return Err(Error::invalid("case.draft-too-large"));
    }
    Ok(typed)
}

fn belongs(name: &str, field: &str) -> bool {
    name.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The answers that still fit the definition.
fn lenient(def: &Definition, answers: &Answers) -> Answers {
    let fits = answers.0.iter().filter_map(|(id, answer)| {
        let typed = Answers([(id.clone(), answer.clone())].into()).typed(def).ok()?;
        Some((id.clone(), typed.0.into_values().next()?))
    });
    Answers(fits.collect())
}

fn draft(def: &Definition, row: DraftRow) -> Draft {
    Draft {
        answers: lenient(def, &row.answers),
        service: row.service,
        version: row.version,
        request_key: row.request_key,
        screen: row.screen,
        raw: row.raw,
        errors: Vec::new(),
        updated_at: row.updated_at,
    }
}

/// # Errors
/// Those of the database.
pub fn get(tx: &mut Tx, cases: &Cases, owner: &DraftOwner, service: &str) -> Result<Option<Draft>> {
    let Some(row) = store::draft::get(tx, &owner.word(), service)? else { return Ok(None) };
    let version = cases.services.current(tx, service)?;
    Ok(Some(draft(&version.definition, row)))
}

/// The newest first.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx, cases: &Cases, owner: &DraftOwner) -> Result<Vec<Draft>> {
    let mut out = Vec::new();
    for row in store::draft::of_owner(tx, &owner.word())? {
        let version = cases.services.current(tx, &row.service)?;
        out.push(draft(&version.definition, row));
    }
    Ok(out)
}

/// False when there was none.
///
/// # Errors
/// Those of the database.
pub fn discard(tx: &mut Tx, owner: &DraftOwner, service: &str) -> Result<bool> {
    let Some(row) = store::draft::get(tx, &owner.word(), service)? else { return Ok(false) };
    remove(tx, &row)
}

/// After signing in: what the browser has begun becomes the account's. Where both have a draft the newer one stays. Says
/// how many the account got.
///
/// # Errors
/// Those of the database.
pub fn adopt(tx: &mut Tx, ctx: &Ctx, from: &DraftOwner, to: AccountId) -> Result<u64> {
    let (from, to) = (from.word(), DraftOwner::Account(to).word());
    if from == to {
        return Ok(0);
    }
    let mut adopted = 0;
    for row in store::draft::of_owner(tx, &from)? {
        if let Some(own) = store::draft::get(tx, &to, &row.service)? {
            let (here, there) = (reference(&own.request_key), reference(&row.request_key));
            for kept in blob::attachments(tx, &there)? {
                blob::attach(tx, ctx, &Upload { blob: kept.blob, name: kept.name }, &here)?;
            }
            remove(tx, &row)?;
            store::draft::put(tx, &both(own, row))?;
        } else {
            store::draft::set_owner(tx, &from, &row.service, &to)?;
        }
        adopted += 1;
    }
    Ok(adopted)
}

/// One draft of two: what was written later stands, and what only one of them has stays. The account's is the one that
/// goes on.
fn both(own: DraftRow, other: DraftRow) -> DraftRow {
    let (owner, request_key) = (own.owner.clone(), own.request_key.clone());
    let (mut older, newer) = if own.updated_at > other.updated_at { (other, own) } else { (own, other) };
    // A field that was written again replaces all that stood under its name, its parts among it.
    let again = |name: &str| newer.raw.0.keys().any(|written| field_of(written) == field_of(name));
    older.raw.0.retain(|name, _| !again(name));
    older.raw.0.extend(newer.raw.0.clone());
    older.answers.0.extend(newer.answers.0.clone());
    DraftRow { owner, request_key, raw: older.raw, answers: older.answers, ..newer }
}

/// The field that a name of a form belongs to: `place` of `place.address`.
fn field_of(name: &str) -> &str {
    name.split_once('.').map_or(name, |(field, _)| field)
}

/// Deletes drafts that nobody touched for [`KEPT_DAYS`], some at a time; says how many.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Tx, now: Time) -> Result<u64> {
    let mut gone = 0;
    for row in store::draft::untouched(tx, now.plus_days(-KEPT_DAYS), SWEPT)? {
        gone += u64::from(remove(tx, &row)?);
    }
    Ok(gone)
}

/// What was filed with this key is a draft no more; its files hang on the case.
pub(crate) fn filed(tx: &mut Tx, request_key: &str) -> Result<()> {
    for row in store::draft::of_request(tx, request_key)? {
        remove(tx, &row)?;
    }
    Ok(())
}

/// All drafts of an account, for its deletion.
pub(crate) fn forget(tx: &mut Tx, account: AccountId) -> Result<()> {
    for row in store::draft::of_owner(tx, &DraftOwner::Account(account).word())? {
        remove(tx, &row)?;
    }
    Ok(())
}

fn remove(tx: &mut Tx, row: &DraftRow) -> Result<bool> {
    let reference = reference(&row.request_key);
    for kept in blob::attachments(tx, &reference)? {
        blob::detach(tx, &kept.blob.sha256, &reference)?;
    }
    store::draft::delete(tx, &row.owner, &row.service)
}
