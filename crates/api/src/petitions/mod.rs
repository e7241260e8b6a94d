//! Petitions in the field names of the UK Parliament's petition site, so that tools written for it work here:
//! `/petitions.json`, `/petitions/{number}.json`, `/petitions/{number}/count.json`. Times are UTC with three decimals; any
//! site may read (CORS), only JSON is spoken (406 for XML).
//!
//! What our law has and theirs has not is left to the REST API. Their "debate" is our public hearing; their government's
//! response is the answer of the agency; constituencies are provinces.

mod wire;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{ACCEPT, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use madang_base::{Error, Result};
use madang_cases::service::{list, lookup};
use madang_cases::views::{CaseFilter, Order};
use madang_cases::{Cases, Publication};
use madang_form::Phase;
use madang_http::{Access, Failure, Outcome, Route, Visit};
use serde::Deserialize;

use self::wire::{CountOut, Links, ListOut, Petition, Single};

/// The channel that is shown here.
const SERVICE: &str = "petition";
/// The longest page, as theirs.
const LONGEST: u32 = 50;
/// Pages are walked by cursor; a number alone is looked up by walking, which has an end.
const WALK: u32 = 200;

/// The routes.
pub fn routes() -> Vec<Route> {
    let read = |path, handler| Route::api(Method::GET, path, Access::Public, handler);
    vec![
        read("/petitions.json", get(petitions)),
        read("/petitions/{file}", get(petition)),
        read("/petitions/{number}/count.json", get(count)),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    page: Option<String>,
    count: Option<String>,
    state: Option<String>,
    q: Option<String>,
    after: Option<String>,
}

impl ListQuery {
    fn number(field: &'static str, given: Option<&String>, most: u32, otherwise: u32) -> Result<u32> {
        let Some(text) = given.filter(|text| !text.is_empty()) else { return Ok(otherwise) };
        let wrong = || Error::invalid("api.limit").arg("value", text).arg("most", most).field(field, "api.limit");
        text.parse().ok().filter(|n| (1..=most).contains(n)).ok_or_else(wrong)
    }

    /// Their word for a list, as our filter. `None`: a list that is empty here.
    fn filter(&self, count: u32) -> Result<Option<CaseFilter>> {
        let state = self.state.as_deref().filter(|word| !word.is_empty()).unwrap_or("all");
        let phase = match state {
            "all" => None,
            "open" | "recent" => Some(Phase::Open),
            "closed" | "awaiting_response" => Some(Phase::Deciding),
            "with_response" => Some(Phase::Answered),
            "rejected" => Some(Phase::Refused),
            "awaiting_debate" | "debated" | "not_debated" => return Ok(None),
            other => {
                return Err(Error::invalid("api.petition-state")
                    .arg("value", other)
                    .field("state", "api.petition-state"));
            }
        };
        // Theirs are sorted by signatures, the newest first where the word says so.
        let order = if state == "open" { Order::Supported } else { Order::Newest };
        Ok(Some(CaseFilter {
            service: Some(SERVICE.to_owned()),
            phase,
            words: self.q.clone().filter(|words| !words.is_empty()),
            order,
            after: self.after.clone().filter(|after| !after.is_empty()),
            limit: count,
            ..CaseFilter::default()
        }))
    }
}

/// Their JSON, for every site; refused where only something else is wanted.
fn answer(headers: &HeaderMap, value: &impl serde::Serialize) -> Outcome {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    if !accept.contains('*') && !accept.contains("json") {
        return Ok((StatusCode::NOT_ACCEPTABLE, "application/json").into_response());
    }
    let bytes = serde_json::to_vec(value).map_err(Error::internal)?;
    let mut response: Response = madang_http::tagged(headers, "application/json", bytes)?;
    let out = response.headers_mut();
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=10, stale-while-revalidate=20"));
    Ok(response)
}

async fn petitions(visit: Visit, query: Query<ListQuery>, headers: HeaderMap) -> Outcome {
    let cases = visit.app.own::<Cases>()?.clone();
    let page = ListQuery::number("page", query.page.as_ref(), 1_000_000, 1)?;
    let per = ListQuery::number("count", query.count.as_ref(), LONGEST, LONGEST)?;
    let base = visit.app.site.base_url.clone();
    let link = |page: u32, after: Option<&str>| {
        let mut pairs = vec![("page", page.to_string()), ("count", per.to_string())];
        pairs.extend(query.state.clone().map(|state| ("state", state)));
        pairs.extend(query.q.clone().map(|words| ("q", words)));
        pairs.extend(after.map(|after| ("after", after.to_owned())));
        format!("{base}/petitions.json?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    let Some(filter) = query.filter(per)? else {
        let links = Links { own: link(page, None), first: link(1, None), last: None, next: None, prev: None };
        return answer(&headers, &ListOut { links, data: Vec::new() });
    };
    let walked = filter.after.is_some();
    if !walked && page > WALK {
        return Err(Failure(Error::invalid("api.page").arg("most", WALK).field("page", "api.page")));
    }
    let (ctx, own_base) = (visit.ctx.clone(), base.clone());
    let found = visit
        .app
        .db
        .read(move |tx| {
            let mut filter = filter.clone();
            let mut at = list::public(tx, &ctx, &cases, &filter)?;
            for _ in 1..if walked { 1 } else { page } {
                let Some(next) = at.next else {
                    at.lines.clear();
                    break;
                };
                filter.after = Some(next);
                at = list::public(tx, &ctx, &cases, &filter)?;
            }
            let mut data = Vec::with_capacity(at.lines.len());
            for line in &at.lines {
                let view = lookup::open(tx, &ctx, &cases, &line.number, None)?;
                data.push(Petition::listed(&view, &own_base));
            }
            Ok((data, at.next, at.previous))
        })
        .await?;
    let (data, next, previous) = found;
    let links = Links {
        own: link(page, query.after.as_deref()),
        first: link(1, None),
        last: None,
        next: next.map(|after| link(page + 1, Some(&after))),
        prev: previous.filter(|_| page > 1).map(|after| link(page - 1, Some(&after))),
    };
    answer(&headers, &ListOut { links, data })
}

/// A public petition by its number; anything else is not there.
async fn found(visit: &Visit, number: String) -> Result<madang_cases::views::CaseView> {
    let cases = visit.app.own::<Cases>()?.clone();
    let ctx = visit.ctx.clone();
    let view = visit.app.db.read(move |tx| lookup::open(tx, &ctx, &cases, &number, None)).await?;
    if view.case.service != SERVICE || view.case.publication != Publication::Published {
        return Err(Error::not_found("case.unknown").arg("value", &view.case.number));
    }
    Ok(view)
}

async fn petition(visit: Visit, Path(file): Path<String>, headers: HeaderMap) -> Outcome {
    let Some(number) = file.strip_suffix(".json") else {
        return if file.ends_with(".xml") {
            Ok((StatusCode::NOT_ACCEPTABLE, "application/json").into_response())
        } else {
            Err(Failure(Error::not_found("case.unknown").arg("value", file)))
        };
    };
    let view = found(&visit, number.to_owned()).await?;
    let own = format!("{}/petitions/{}.json", visit.app.site.base_url, view.case.number);
    answer(&headers, &Single::new(&view, own))
}

async fn count(visit: Visit, Path(number): Path<String>, headers: HeaderMap) -> Outcome {
    let view = found(&visit, number).await?;
    answer(&headers, &CountOut::from(&view))
}
