//! What the site gives to an export, page by page: no page grows with the log, each is read in one transaction.

use std::sync::Arc;

use madang_base::{Error, Result, SharedClock, Time};
use madang_cases::service::{apply, published};
use madang_cases::{Cases, claims};
use madang_db::{Db, Tx};
use madang_kernel::ledger::{self, Claims, Openers};
use madang_kernel::log::{self, Log, Published};
use madang_kernel::{Ctx, ObjectKind, Ref, blob, change, digest};
use madang_plans::views;
use serde::Deserialize;

use super::manifest::{FORMAT, Manifest, Month, Part, is_digest, is_month, month_of};
use super::store::{self, Mark};
use crate::verify::{self, Opening};

/// Leaves of one page.
const LEAVES: u32 = 2000;
/// Claims of one page.
const CLAIMS: u32 = 200;
/// Positions of one page of openings.
const OPENINGS: u64 = 20_000;
/// Roots on the way that a month names.
const MARKS: u64 = 64;

/// A page of lines, and where to go on; none: that was all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Whole lines, each with its newline.
    pub bytes: Vec<u8>,
    /// Lines in it.
    pub lines: u64,
    pub next: Option<String>,
}

impl Page {
    fn of(lines: impl IntoIterator<Item = String>, next: Option<String>) -> Self {
        let mut page = Self { next, ..Self::default() };
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            page.bytes.extend_from_slice(line.as_bytes());
            page.bytes.push(b'\n');
            page.lines += 1;
        }
        page
    }
}

/// The site as exports see it. Cheap to clone.
#[derive(Clone)]
pub struct Source {
    db: Db,
    log: Log,
    cases: Cases,
    ctx: Ctx,
    clock: SharedClock,
    site: String,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("site", &self.site).finish_non_exhaustive()
    }
}

impl Source {
    /// `ctx`: of nobody in particular; what it may not see is not exported. `site`: the site's address.
    #[must_use]
    pub fn new(db: Db, log: Log, cases: Cases, ctx: Ctx, clock: SharedClock, site: String) -> Self {
        let ctx = ctx.with_actor(madang_kernel::Actor::Anonymous);
        Self { db, log, cases, ctx, clock, site }
    }

    /// The newest checkpoint with its cosignatures; none before the first.
    ///
    /// # Errors
    /// Those of [`Log::published`].
    pub async fn checkpoint(&self) -> Result<Option<Published>> {
        self.log.published().await
    }

    /// The manifest for the checkpoint of `size` leaves (none: the newest). Lines of claims are not counted in it.
    ///
    /// # Errors
    /// `log.size-unknown` when there is no such checkpoint; those of the database.
    pub async fn manifest(&self, size: Option<u64>) -> Result<Manifest> {
        let keys = self.log.keys().await?.into_iter().map(|key| key.vkey).collect();
        let (cases, site, generated) = (self.cases.clone(), self.site.clone(), self.clock.now().rfc3339());
        let origin = self.log.published().await?.map(|published| published.origin).unwrap_or_default();
        let mut manifest = self
            .db
            .read(move |tx| {
                let end = match size {
                    Some(0) => None,
                    Some(size) => {
                        let unknown = || Error::not_found("log.size-unknown").arg("size", size);
                        Some(store::of_size(tx, size)?.ok_or_else(unknown)?)
                    }
                    None => store::newest(tx)?,
                };
                let size = end.as_ref().map_or(0, |end| end.size);
                let months = months(tx, end)?;
                let openings =
                    months.iter().map(|month| Part { name: String::new(), month: month.month.clone(), lines: None });
                let openings = openings.collect();
                let mut claims = Vec::new();
                for claim in verify::claims(&cases) {
                    let name = claim.name();
                    let months = claim.months(tx)?.into_iter();
                    claims.extend(months.map(|month| Part { name: name.to_owned(), month, lines: None }));
                }
                let settled = change::head(tx)? + ledger::inbox_depth(tx)?;
                Ok(Manifest {
                    format: FORMAT.to_owned(),
                    site: site.clone(),
                    origin: origin.clone(),
                    keys: Vec::new(),
                    generated: generated.clone(),
                    size,
                    settled: u64::try_from(settled).unwrap_or(0),
                    months,
                    claims,
                    openings,
                    services: services(tx, &cases)?,
                })
            })
            .await?;
        manifest.keys = keys;
        Ok(manifest)
    }

    /// Leaves from index `from` until before `to`, as they are hashed; `next` is the index to go on from.
    ///
    /// # Errors
    /// `export.range` when the leaves are not there.
    pub async fn leaves(&self, from: u64, to: u64) -> Result<Page> {
        let page = self.db.read(move |tx| log::leaves(tx, from.checked_sub(1), to, LEAVES)).await?;
        let missing = || Error::not_found("export.range").arg("from", from).arg("to", to);
        if from < to && page.first().is_none_or(|first| first.index != from) {
            return Err(missing());
        }
        let end = from + page.len() as u64;
        if page.last().is_some_and(|last| last.index + 1 != end) {
            return Err(missing());
        }
        Ok(Page::of(page.into_iter().map(|leaf| leaf.entry), (end < to).then(|| end.to_string())))
    }

    /// Claims of a month, after a cursor (empty: the first).
    ///
    /// # Errors
    /// `export.unknown` when there are no claims of this name; `export.month`.
    pub async fn claims(&self, name: &str, month: &str, cursor: &str) -> Result<Page> {
        if !is_month(month) {
            return Err(Error::invalid("export.month").arg("value", month));
        }
        let claims = verify::claims(&self.cases).into_iter().find(|claims| claims.name() == name);
        let claims: Arc<dyn Claims> = claims.ok_or_else(|| unknown(name))?.into();
        let (month, cursor) = (month.to_owned(), cursor.to_owned());
        let page = self.db.read(move |tx| claims.page(tx, &month, &cursor, CLAIMS)).await?;
        let full = page.len() == CLAIMS as usize;
        let next = page.last().filter(|_| full).map(|(cursor, _)| cursor.clone());
        Ok(Page::of(page.into_iter().map(|(_, line)| line), next))
    }

    /// Openings of public files in the leaves from `from` until before `to`; `next` is the index to go on from.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn openings(&self, from: u64, to: u64) -> Result<Page> {
        let until = to.min(from.saturating_add(OPENINGS));
        let (ctx, cases) = (Ctx { now: self.clock.now(), ..self.ctx.clone() }, self.cases.clone());
        let openings = self.db.read(move |tx| openings(tx, &ctx, &cases, from, until)).await?;
        let mut lines = Vec::new();
        for opening in openings {
            lines.push(serde_json::to_string(&opening).map_err(Error::internal)?);
        }
        Ok(Page::of(lines, (until < to).then(|| until.to_string())))
    }

    /// The text of a definition.
    ///
    /// # Errors
    /// `service.unknown`.
    pub async fn service(&self, digest: &str) -> Result<String> {
        if !is_digest(digest) {
            return Err(unknown(digest));
        }
        let digest = digest.to_owned();
        self.db.read(move |tx| apply::text(tx, &digest)).await
    }
}

/// Salts for an auditor, after a cursor (empty: from the first): never given out by the server.
///
/// # Errors
/// Those of the database.
pub async fn salts(db: &Db, cursor: &str) -> Result<Page> {
    let all: Vec<Arc<dyn Openers>> = vec![Arc::new(claims::Salts)];
    let (name, position) = cursor.split_once('.').unwrap_or(("", "0"));
    let position: u64 = position.parse().map_err(Error::internal)?;
    let at = all.iter().position(|salts| salts.name() == name).unwrap_or(0);
    let Some(salts) = all.get(at).cloned() else { return Ok(Page::default()) };
    let (lines, next) = db.read(move |tx| salts.page(tx, position, LEAVES)).await?;
    let next = match next {
        Some(position) => Some(format!("{}.{position}", all[at].name())),
        None => all.get(at + 1).map(|salts| format!("{}.0", salts.name())),
    };
    Ok(Page::of(lines, next))
}

fn unknown(name: &str) -> Error {
    Error::not_found("export.unknown").arg("value", name)
}

/// Midnight at the end of the month that holds `time`, in Korea.
fn end_of_month(time: Time) -> Result<Time> {
    let date = time.kst_date();
    let next = date.last_of_month().tomorrow().map_err(Error::internal)?;
    Ok(Time::at_kst_midnight(next))
}

/// The months of the log up to a checkpoint.
fn months(tx: &mut Tx, end: Option<Mark>) -> Result<Vec<Month>> {
    let Some(end) = end else { return Ok(Vec::new()) };
    let (mut months, mut first) = (Vec::new(), 0);
    while first < end.size {
        let inside = |mark: &Mark| mark.size > first;
        let Some(begin) = store::first_between(tx, first + 1, end.size)? else { break };
        let last = store::last_before(tx, end_of_month(begin.signed_at)?, end.size)?;
        let last = last.filter(inside).unwrap_or(begin);
        months.push(Month {
            month: month_of(last.signed_at),
            first,
            end: last.size,
            root: last.root.to_string(),
            marks: marks(tx, first, last.size)?,
        });
        first = last.size;
    }
    Ok(months)
}

fn marks(tx: &mut Tx, first: u64, end: u64) -> Result<Vec<(u64, String)>> {
    let step = ((end - first) / MARKS).max(1);
    let (mut marks, mut least) = (Vec::new(), first + step);
    while least < end {
        let Some(mark) = store::first_between(tx, least, end - 1)? else { break };
        least = mark.size + step;
        marks.push((mark.size, mark.root.to_string()));
    }
    Ok(marks)
}

/// Digests of all definitions that ever were in force, in order.
fn services(tx: &mut Tx, cases: &Cases) -> Result<Vec<String>> {
    let mut digests = Vec::new();
    for service in cases.services.list(tx)? {
        let versions = apply::versions(tx, &service.definition.id)?;
        digests.extend(versions.into_iter().map(|(digest, _)| digest));
    }
    digests.sort_unstable();
    digests.dedup();
    Ok(digests)
}

/// Of an event's JSON, what openings need.
#[derive(Deserialize)]
struct Event {
    object: String,
    fields: Fields,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    files: Vec<String>,
}

fn openings(tx: &mut Tx, ctx: &Ctx, cases: &Cases, from: u64, until: u64) -> Result<Vec<Opening>> {
    let mut openings = Vec::new();
    for (position, json) in store::with_files(tx, from, until)? {
        let event: Event = serde_json::from_str(&json).map_err(Error::internal)?;
        let Ok(object) = event.object.parse::<Ref>() else { continue };
        let attachments = blob::attachments(tx, &object)?;
        for commitment in &event.fields.files {
            let Some(hex) = commitment.strip_prefix("sha256:") else { continue };
            let Some(salt) = ledger::salt_of(tx, hex)? else { continue };
            let bytes = digest::unhex(&salt).unwrap_or_default();
            let of = |sha256: &str| digest::sha256(&[&bytes, sha256.as_bytes()].concat()) == hex;
            let Some(attached) = attachments.iter().find(|attached| of(&attached.blob.sha256)) else { continue };
            let sha256 = &attached.blob.sha256;
            if let Some(name) = public_name(tx, ctx, cases, &object, sha256, &attached.name)? {
                let (leaf, sha256) = (position - 1, sha256.clone());
                openings.push(Opening { leaf, field: "files".to_owned(), salt, sha256, name });
            }
        }
    }
    Ok(openings)
}

/// How a file is called, when everybody may read it with this object now.
fn public_name(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    object: &Ref,
    sha256: &str,
    attached: &str,
) -> Result<Option<String>> {
    match object.kind {
        ObjectKind::Case => Ok(published::file(tx, ctx, cases, object, sha256)?.map(|file| file.name)),
        ObjectKind::Update => {
            let update = views::update(tx, &object.id)?;
            let shown = update.is_some_and(|update| update.evidence.iter().any(|piece| piece.target == sha256));
            Ok(shown.then(|| attached.to_owned()))
        }
        _ => Ok(None),
    }
}
