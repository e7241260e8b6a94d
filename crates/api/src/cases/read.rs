//! Reading services and cases.

use axum::extract::{Path, Query};
use http::HeaderMap;
use jiff::civil::Date;
use madang_base::{Error, Locale, Result, Time};
use madang_cases::service::{list, lookup};
use madang_cases::views::{CaseFilter, Count, Order};
use madang_cases::{CaseId, Cases as Context};
use madang_flows::search::Search;
use madang_http::{Outcome, Visit};
use madang_identity::limit::CASE_CODE_NETWORK;
use madang_identity::rate;
use madang_kernel::organisation;
use madang_search::{Kind, Order as Newest, Query as Asked};
use serde::Deserialize;
use serde_json::{Value, json};

use super::wire::{CaseFull, CaseOut, Cases, ServiceFull, ServiceOut};
use crate::rest::answer::json;
use crate::rest::wire::List;

/// The domain's own part of the application.
pub fn context(visit: &Visit) -> Result<Context> {
    visit.app.own::<Context>().cloned()
}

/// How far into the cases with some words pages reach.
const REACH: usize = 10_000;

/// The header by which somebody without account shows the secret code of a case.
const CODE: &str = "x-case-code";

/// The secret code that came with the request for this case. A wrong one counts against the same limit as one that is
/// typed into the look-up page; the answer is then that of a request without.
///
/// # Errors
/// `identity.too-many`
pub async fn code(visit: &Visit, headers: &HeaderMap, number: &str) -> Result<Option<String>> {
    let Some(given) = headers.get(CODE) else { return Ok(None) };
    let (ctx, network) = (visit.ctx.clone(), visit.network.clone());
    visit.app.db.read(move |tx| rate::check(tx, &ctx, CASE_CODE_NETWORK, &network)).await?;
    if let Some(code) = given.to_str().ok().and_then(madang_form::number::normalise_secret) {
        let (ctx, cases, number, tried) = (visit.ctx.clone(), context(visit)?, number.to_owned(), code.clone());
        let view = visit.app.db.read(move |tx| lookup::open(tx, &ctx, &cases, &number, Some(&tried))).await;
        if view.is_ok_and(|view| view.standing.author) {
            return Ok(Some(code));
        }
    }
    let (ctx, network) = (visit.ctx.clone(), visit.network.clone());
    visit.app.db.write(move |tx| rate::attempt(tx, &ctx, CASE_CODE_NETWORK, &network)).await?;
    Ok(None)
}

pub async fn services(visit: Visit, headers: HeaderMap) -> Outcome {
    let cases = context(&visit)?;
    let list = visit.app.db.read(move |tx| cases.services.list(tx)).await?;
    Ok(json(&headers, &List::whole(list.iter().map(|version| ServiceOut::from(&**version)).collect()))?)
}

pub async fn service(visit: Visit, Path(service): Path<String>, headers: HeaderMap) -> Outcome {
    let cases = context(&visit)?;
    let version = visit.app.db.read(move |tx| cases.services.current(tx, &service)).await?;
    let definition = serde_json::to_value(&version.definition).map_err(Error::internal)?;
    Ok(json(&headers, &ServiceFull { service: ServiceOut::from(&*version), definition })?)
}

/// The language of names in a schema: `?lang=en`.
#[derive(Debug, Deserialize)]
pub struct LangQuery {
    lang: Option<String>,
}

impl LangQuery {
    fn locale(&self) -> Result<Locale> {
        self.lang.as_deref().filter(|tag| !tag.is_empty()).map_or(Ok(Locale::Ko), str::parse)
    }
}

pub async fn filing_schema(
    visit: Visit,
    Path(service): Path<String>,
    Query(query): Query<LangQuery>,
    headers: HeaderMap,
) -> Outcome {
    let (cases, locale) = (context(&visit)?, query.locale()?);
    let version = visit.app.db.read(move |tx| cases.services.current(tx, &service)).await?;
    Ok(json(&headers, &super::openapi::filing_body(&version.definition, locale))?)
}

pub async fn step_schema(
    visit: Visit,
    Path((service, step)): Path<(String, String)>,
    Query(query): Query<LangQuery>,
    headers: HeaderMap,
) -> Outcome {
    let (cases, locale) = (context(&visit)?, query.locale()?);
    let version = visit.app.db.read(move |tx| cases.services.current(tx, &service)).await?;
    let def = &version.definition;
    let step = def.step(&step).ok_or_else(|| Error::not_found("case.step-unknown").arg("value", &step))?;
    Ok(json(&headers, &super::openapi::step_body(def, step, locale))?)
}

/// The API of one service as OpenAPI 3.1: filing with the fields of its form, and each of its steps.
pub async fn openapi(
    visit: Visit,
    Path(service): Path<String>,
    Query(query): Query<LangQuery>,
    headers: HeaderMap,
) -> Outcome {
    let (cases, locale) = (context(&visit)?, query.locale()?);
    let version = visit.app.db.read(move |tx| cases.services.current(tx, &service)).await?;
    Ok(json(&headers, &super::openapi::of_service(&version.definition, locale, &visit.app.site.base_url))?)
}

/// The filters of lists; every other parameter is an error.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseQuery {
    service: Option<String>,
    agency: Option<String>,
    state: Option<String>,
    phase: Option<String>,
    q: Option<String>,
    since: Option<String>,
    until: Option<String>,
    jump: Option<String>,
    overdue: Option<String>,
    order: Option<String>,
    limit: Option<String>,
    after: Option<String>,
}

fn day(field: &'static str, text: Option<&String>) -> Result<Option<Date>> {
    let read = |text: &String| {
        text.parse::<Date>().map_err(|_| Error::invalid("api.day").arg("value", text).field(field, "api.day"))
    };
    text.filter(|text| !text.is_empty()).map(read).transpose()
}

impl CaseQuery {
    fn filter(&self) -> Result<CaseFilter> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let phase = given(&self.phase).map(|word| {
            let known = madang_form::Phase::ALL.into_iter().find(|phase| phase.code() == word);
            known.ok_or_else(|| Error::invalid("api.phase").arg("value", &word).field("phase", "api.phase"))
        });
        let order = given(&self.order).map_or(Ok(Order::Newest), |word| word.parse());
        Ok(CaseFilter {
            service: given(&self.service),
            agency: given(&self.agency),
            state: given(&self.state),
            phase: phase.transpose()?,
            words: None,
            since: day("since", self.since.as_ref())?,
            until: day("until", self.until.as_ref())?,
            jump: day("jump", self.jump.as_ref())?,
            overdue: self.overdue.as_deref() == Some("true"),
            values: Vec::new(),
            order: order.map_err(|e| e.field("order", "case.order-unknown"))?,
            after: given(&self.after),
            limit: crate::rest::answer::Paging::of(self.limit.clone(), None).limit(200)?,
        })
    }
}

pub async fn cases(visit: Visit, query: Query<CaseQuery>, headers: HeaderMap) -> Outcome {
    let (cases, filter, ctx) = (context(&visit)?, query.filter()?, visit.ctx.clone());
    if let Some(words) = query.q.as_deref().filter(|words| !words.trim().is_empty()) {
        let page = worded(&visit, &filter, words).await?;
        return Ok(json(&headers, &page)?);
    }
    let page = visit.app.db.read(move |tx| list::public(tx, &ctx, &cases, &filter)).await?;
    let (count, count_is_exact) = match page.count {
        Count::Exact(n) => (n, true),
        Count::Over(n) => (n, false),
    };
    let items = page.lines.iter().map(CaseOut::from).collect();
    Ok(json(&headers, &Cases { items, next: page.next, previous: page.previous, count, count_is_exact })?)
}

/// A page of the cases with these words, newest first, found by searching. Its place in the list is how many came before.
async fn worded(visit: &Visit, filter: &CaseFilter, words: &str) -> Result<Cases> {
    if filter.order != Order::Newest || filter.overdue || filter.jump.is_some() {
        return Err(Error::invalid("api.words").field("q", "api.words"));
    }
    let cursor = |text: &str| {
        let place = text.strip_prefix('w').and_then(|text| text.parse::<usize>().ok()).filter(|skip| *skip < REACH);
        place.ok_or_else(|| Error::invalid("api.cursor").arg("value", text).field("after", "api.cursor"))
    };
    let skip = filter.after.as_deref().map_or(Ok(0), cursor)?;
    let limit = usize::try_from(filter.limit).unwrap_or(REACH);
    let none = Cases { items: Vec::new(), next: None, previous: None, count: 0, count_is_exact: true };
    let agency = match filter.agency.clone() {
        None => None,
        Some(slug) => match visit.app.db.read(move |tx| organisation::by_slug(tx, &slug)).await? {
            Some(found) => Some(found.id),
            None => return Ok(none),
        },
    };
    let asked = Asked {
        words: words.to_owned(),
        kinds: vec![Kind::Case],
        service: filter.service.clone(),
        agency,
        phase: filter.phase.map(|phase| phase.code().to_owned()),
        state: filter.state.clone(),
        since: filter.since.map(Time::at_kst_midnight),
        until: filter.until.and_then(|day| day.tomorrow().ok()).map(Time::at_kst_midnight),
        order: Newest::Newest,
        ..Asked::default()
    };
    let found = visit.app.own::<Search>()?.find(&visit.app.db, &visit.ctx, &asked, skip, limit).await?;
    let ids: Vec<CaseId> = found.hits.iter().filter_map(|hit| hit.id.id.parse().ok()).collect();
    let (cases, ctx) = (context(visit)?, visit.ctx.clone());
    let lines = visit.app.db.read(move |tx| list::of(tx, &ctx, &cases, &ids)).await?;
    Ok(Cases {
        items: lines.iter().map(CaseOut::from).collect(),
        next: found.next.map(|next| format!("w{next}")),
        previous: (skip > 0).then(|| format!("w{}", skip.saturating_sub(limit))),
        count: i64::try_from(found.count).unwrap_or(i64::MAX),
        count_is_exact: found.counted,
    })
}

pub async fn case(visit: Visit, Path(number): Path<String>, headers: HeaderMap) -> Outcome {
    let (cases, ctx) = (context(&visit)?, visit.ctx.clone());
    let code = code(&visit, &headers, &number).await?;
    let view = visit.app.db.read(move |tx| lookup::open(tx, &ctx, &cases, &number, code.as_deref())).await?;
    Ok(json(&headers, &CaseFull::from(&view))?)
}

pub async fn why(visit: Visit, Path((number, clock)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let (cases, ctx) = (context(&visit)?, visit.ctx.clone());
    let code = code(&visit, &headers, &number).await?;
    let view = visit.app.db.read(move |tx| lookup::open(tx, &ctx, &cases, &number, code.as_deref())).await?;
    let unknown = || Error::not_found("case.clock-unknown").arg("value", &clock);
    let run = view.clocks.iter().find(|run| run.clock == clock).ok_or_else(unknown)?;
    let days: Vec<Value> =
        run.days.iter().map(|step| json!({ "date": step.date, "why": super::openapi::reason(&step.why) })).collect();
    let clock = super::wire::ClockOut::new(&view.service.definition, run);
    Ok(json(&headers, &json!({ "clock": clock, "days": days }))?)
}
