//! The public export of the log over HTTP, file by file as `madang ledger fetch` asks for them: `/log/export/manifest.json`,
//! `…/checkpoint`, `…/leaves/2026-11.ndjson?from=1000`, `…/claims/cases/2026-11.ndjson`, `…/openings/2026-11.ndjson`,
//! `…/services/DIGEST.toml`.
//!
//! What is long is sent page by page: nothing is kept in memory, and no transaction is open while somebody reads slowly.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{StreamExt as _, stream};
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Method};
use madang_base::{Error, Result};
use madang_cases::Cases;
use madang_flows::export::manifest::{Manifest, Month, is_digest, is_month};
use madang_flows::export::{Page, Source};
use madang_http::{Access, Outcome, Route, Visit};
use madang_kernel::log::Log;
use serde::Deserialize;

/// The routes.
pub fn routes() -> Vec<Route> {
    let read = |path, handler| Route::api(Method::GET, path, Access::Public, handler);
    vec![
        read("/log/export/manifest.json", get(manifest)),
        read("/log/export/checkpoint", get(checkpoint)),
        read("/log/export/leaves/{file}", get(leaves)),
        read("/log/export/claims/{name}/{file}", get(claims)),
        read("/log/export/openings/{file}", get(openings)),
        read("/log/export/services/{file}", get(service)),
    ]
}

const LINES: &str = "application/x-ndjson; charset=utf-8";

fn source(visit: &Visit) -> Result<Source> {
    let (log, cases) = (visit.app.own::<Log>()?.clone(), visit.app.own::<Cases>()?.clone());
    let (clock, base) = (Arc::clone(&visit.app.clock), visit.app.site.base_url.clone());
    Ok(Source::new(visit.app.db.clone(), log, cases, visit.ctx.clone(), clock, base))
}

fn answer(media_type: &'static str, cache: &'static str, body: Body) -> Response {
    let headers = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, cache), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (headers.map(|(name, value)| (name, HeaderValue::from_static(value))), body).into_response()
}

const NOW: &str = "no-cache";
/// What has a digest for a name never changes.
const ALWAYS: &str = "public, max-age=31536000, immutable";

#[derive(Debug, Deserialize)]
struct SizeQuery {
    /// Leaves under the checkpoint that is meant; the newest when it is left out.
    size: Option<u64>,
}

async fn manifest(visit: Visit, Query(query): Query<SizeQuery>) -> Outcome {
    let manifest = source(&visit)?.manifest(query.size).await?;
    Ok(answer("application/json", NOW, manifest.write()?.into()))
}

async fn checkpoint(visit: Visit) -> Outcome {
    let published = source(&visit)?.checkpoint().await?;
    let note = published.ok_or_else(|| Error::not_found("export.unknown").arg("value", "checkpoint"))?.note;
    Ok(answer("text/plain; charset=utf-8", NOW, note.into()))
}

async fn service(visit: Visit, Path(file): Path<String>) -> Outcome {
    let digest = file.strip_suffix(".toml").filter(|digest| is_digest(digest)).ok_or_else(|| unknown(&file))?;
    let text = source(&visit)?.service(digest).await?;
    Ok(answer("application/toml; charset=utf-8", ALWAYS, text.into()))
}

fn unknown(file: &str) -> Error {
    Error::not_found("export.unknown").arg("value", file)
}

fn month(file: &str) -> Result<&str> {
    file.strip_suffix(".ndjson").filter(|month| is_month(month)).ok_or_else(|| unknown(file))
}

#[derive(Debug, Deserialize)]
struct RangeQuery {
    /// The first leaf; the first of the month when it is left out.
    from: Option<u64>,
    /// The leaf after the last one; the end of the month when it is left out.
    to: Option<u64>,
}

/// The part of a month that is asked for, and the month.
async fn range(source: &Source, file: &str, query: &RangeQuery) -> Result<(u64, u64)> {
    let name = month(file)?;
    let Manifest { months, .. } = source.manifest(None).await?;
    let Month { first, end, .. } = months.iter().find(|month| month.month == name).ok_or_else(|| unknown(file))?;
    let (from, to) = (query.from.unwrap_or(*first), query.to.unwrap_or(*end));
    if from < *first || to > *end || from > to {
        return Err(Error::not_found("export.range").arg("from", from).arg("to", to));
    }
    Ok((from, to))
}

/// What is sent next.
enum Next {
    Leaves(u64, u64),
    Openings(u64, u64),
    Claims(String, String, String),
}

impl Next {
    async fn page(&self, source: &Source) -> Result<Page> {
        match self {
            Self::Leaves(from, to) => source.leaves(*from, *to).await,
            Self::Openings(from, to) => source.openings(*from, *to).await,
            Self::Claims(name, month, cursor) => source.claims(name, month, cursor).await,
        }
    }

    fn after(self, cursor: String) -> Result<Self> {
        let index = |cursor: String| cursor.parse::<u64>().map_err(Error::internal);
        Ok(match self {
            Self::Leaves(_, to) => Self::Leaves(index(cursor)?, to),
            Self::Openings(_, to) => Self::Openings(index(cursor)?, to),
            Self::Claims(name, month, _) => Self::Claims(name, month, cursor),
        })
    }
}

async fn lines(source: Source, next: Next) -> Outcome {
    // What is wrong with the request is told before the file begins.
    let mut first = next.page(&source).await?;
    let cursor = first.next.take();
    let rest = cursor.map(|cursor| next.after(cursor)).transpose()?;
    let pages = stream::unfold((source, rest), |(source, next)| async move {
        let next = next?;
        let page = match next.page(&source).await {
            Ok(page) => page,
            Err(error) => return Some((Err(error), (source, None))),
        };
        match page.next.map(|cursor| next.after(cursor)).transpose() {
            Ok(next) => Some((Ok(page.bytes), (source, next))),
            Err(error) => Some((Err(error), (source, None))),
        }
    });
    let all = stream::iter([Ok::<_, Error>(first.bytes)]).chain(pages).fuse();
    Ok(answer(LINES, NOW, Body::from_stream(all)))
}

async fn leaves(visit: Visit, Path(file): Path<String>, Query(query): Query<RangeQuery>) -> Outcome {
    let source = source(&visit)?;
    let (from, to) = range(&source, &file, &query).await?;
    if from == to {
        return Ok(answer(LINES, NOW, Body::empty()));
    }
    lines(source, Next::Leaves(from, to)).await
}

async fn openings(visit: Visit, Path(file): Path<String>, Query(query): Query<RangeQuery>) -> Outcome {
    let source = source(&visit)?;
    let (from, to) = range(&source, &file, &query).await?;
    lines(source, Next::Openings(from, to)).await
}

async fn claims(visit: Visit, Path((name, file)): Path<(String, String)>) -> Outcome {
    let month = month(&file)?.to_owned();
    lines(source(&visit)?, Next::Claims(name, month, String::new())).await
}
