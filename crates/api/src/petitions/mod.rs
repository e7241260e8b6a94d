//! Petitions in the field names of the UK Parliament's petition site, so that tools written for it work here:
//! `/petitions.json`, `/petitions/{number}.json`, `/petitions/{number}/count.json`. Times are UTC with three decimals; any
//! site may read (CORS), only JSON is spoken (406 for XML).
//!
//! What our law has and theirs has not is left to the REST API. Their "debate" is our public hearing; their government's
//! response is the answer of the agency; constituencies are provinces. Where theirs has numbers of petitions, ours has
//! words (`PT-2026-7K3F-9Q2X`); grounds of rejection are those of our law. `last` is the last page up to 10,000 petitions.

mod wire;
mod worded;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{
    ACCEPT, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use madang_base::{Error, Result};
use madang_cases::service::{list, lookup};
use madang_cases::views::{CaseFilter, CasePage, Count, Order};
use madang_cases::{Cases, Publication};
use madang_db::Tx;
use madang_form::Phase;
use madang_http::{Access, Failure, Outcome, Route, Visit};
use madang_kernel::Ctx;
use serde::Deserialize;

use self::wire::{CountOut, Links, ListOut, Petition, Single};

/// The channel that is shown here.
const SERVICE: &str = "petition";
/// The longest page, as theirs.
const LONGEST: u32 = 50;
/// How far into a list a page is found by its number alone; `next` leads on without an end. Counts stop there too.
const REACH: u32 = 10_000;
/// Lines that one look skips.
const STRIDE: u32 = 200;

/// The routes.
pub fn routes() -> Vec<Route> {
    let read = |path, handler| Route::api(Method::GET, path, Access::Public, handler);
    vec![
        read("/petitions.json", get(petitions)),
        read("/petitions.xml", get(only_json)),
        read("/petitions/{file}", get(petition)),
        read("/petitions/{number}/count.json", get(count)),
    ]
}

/// As lenient as theirs: what is no number is one, what is too much is the most, a state that is not known is all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    page: Option<String>,
    count: Option<String>,
    state: Option<String>,
    q: Option<String>,
    after: Option<String>,
}

fn number(given: Option<&String>, most: u32, otherwise: u32) -> u32 {
    given.map_or(otherwise, |text| text.parse().unwrap_or(1).clamp(1, most))
}

impl ListQuery {
    /// Their word for a list, as phases of ours, one after the other.
    fn phases(&self) -> &'static [Option<Phase>] {
        match self.state.as_deref().unwrap_or_default() {
            "open" | "recent" => &[Some(Phase::Open)],
            "closed" => &[Some(Phase::Deciding), Some(Phase::Answered), Some(Phase::Closed)],
            "awaiting_response" => &[Some(Phase::Deciding)],
            "with_response" => &[Some(Phase::Answered)],
            "rejected" => &[Some(Phase::Refused)],
            "awaiting_debate" | "debated" | "not_debated" => &[],
            _ => &[None],
        }
    }

    /// What is looked for, when something is.
    fn words(&self) -> Option<String> {
        self.q.clone().filter(|words| !words.trim().is_empty())
    }

    fn sections(&self) -> Vec<CaseFilter> {
        let section = |phase: &Option<Phase>| CaseFilter {
            service: Some(SERVICE.to_owned()),
            phase: *phase,
            // Theirs has open ones by signatures; our order by signatures knows only petitions that have one.
            order: Order::Newest,
            ..CaseFilter::default()
        };
        self.phases().iter().map(section).collect()
    }

    /// The address of a page of this list.
    fn link(&self, base: &str, page: u32, after: Option<&str>) -> String {
        let mut pairs = Vec::new();
        pairs.extend(self.count.as_deref().map(|count| ("count", count.to_owned())));
        pairs.extend((page > 1).then(|| ("page", page.to_string())));
        pairs.extend(self.q.as_deref().map(|words| ("q", words.to_owned())));
        pairs.extend(self.state.as_deref().map(|state| ("state", state.to_owned())));
        pairs.extend(after.map(|after| ("after", after.to_owned())));
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{base}/petitions.json{mark}{query}")
    }
}

/// A place between two petitions of a list: the section, and the cursor within it; none is its beginning.
struct Place {
    section: usize,
    after: Option<String>,
}

impl Place {
    fn read(text: &str) -> Result<Self> {
        let wrong = || Error::invalid("api.cursor").arg("value", text).field("after", "api.cursor");
        let (section, after) = text.split_once('.').ok_or_else(wrong)?;
        let section = section.parse().map_err(|_| wrong())?;
        Ok(Self { section, after: Some(after.to_owned()).filter(|after| !after.is_empty()) })
    }

    fn write(&self) -> String {
        format!("{}.{}", self.section, self.after.as_deref().unwrap_or_default())
    }
}

/// The sections of a list, read one after the other.
struct Walk<'a> {
    tx: &'a mut Tx,
    ctx: &'a Ctx,
    cases: &'a Cases,
    sections: &'a [CaseFilter],
    /// How many each has, up to [`REACH`].
    counts: Vec<u32>,
}

impl<'a> Walk<'a> {
    fn new(tx: &'a mut Tx, ctx: &'a Ctx, cases: &'a Cases, sections: &'a [CaseFilter]) -> Result<Self> {
        let mut walk = Self { tx, ctx, cases, sections, counts: Vec::new() };
        for section in 0..sections.len() {
            let (Count::Exact(n) | Count::Over(n)) = walk.look(section, None, 1)?.count;
            walk.counts.push(u32::try_from(n).unwrap_or(REACH));
        }
        Ok(walk)
    }

    fn look(&mut self, section: usize, after: Option<String>, limit: u32) -> Result<CasePage> {
        let filter = CaseFilter { after, limit, ..self.sections[section].clone() };
        list::public(self.tx, self.ctx, self.cases, &filter)
    }

    fn total(&self) -> u32 {
        self.counts.iter().fold(0_u32, |sum, count| sum.saturating_add(*count)).min(REACH)
    }

    /// The place behind so many petitions.
    fn skip(&mut self, mut offset: u32) -> Result<Place> {
        let mut place = Place { section: 0, after: None };
        while offset > 0 && place.section < self.sections.len() {
            let count = self.counts[place.section];
            if place.after.is_none() && offset >= count && count < REACH {
                (offset, place.section) = (offset - count, place.section + 1);
                continue;
            }
            let page = self.look(place.section, place.after.take(), offset.min(STRIDE))?;
            offset = offset.saturating_sub(u32::try_from(page.lines.len()).unwrap_or(STRIDE));
            match page.next {
                Some(next) => place.after = Some(next),
                None => place.section += 1,
            }
        }
        Ok(place)
    }

    /// So many numbers from a place on, and the place behind them; none at the end.
    fn take(&mut self, mut place: Place, most: u32) -> Result<(Vec<String>, Option<Place>)> {
        let mut numbers = Vec::new();
        while place.section < self.sections.len() {
            let rest = most.saturating_sub(u32::try_from(numbers.len()).unwrap_or(most));
            if rest == 0 {
                let more = place.after.is_some() || self.counts[place.section..].iter().any(|count| *count > 0);
                return Ok((numbers, more.then_some(place)));
            }
            let page = self.look(place.section, place.after.take(), rest)?;
            numbers.extend(page.lines.into_iter().map(|line| line.number));
            match page.next {
                Some(next) => place.after = Some(next),
                None => place.section += 1,
            }
        }
        Ok((numbers, None))
    }
}

/// For whoever asks for something else than JSON.
fn refused() -> Response {
    (StatusCode::NOT_ACCEPTABLE, Failure(Error::invalid("api.json-only"))).into_response()
}

async fn only_json() -> Response {
    refused()
}

/// Their JSON, for every site; refused where only something else is wanted.
fn answer(headers: &HeaderMap, value: &impl serde::Serialize) -> Outcome {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    if !accept.contains('*') && !accept.contains("json") {
        return Ok(refused());
    }
    let bytes = serde_json::to_vec(value).map_err(Error::internal)?;
    let mut response: Response = madang_http::tagged(headers, "application/json", bytes)?;
    let out = response.headers_mut();
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_ALLOW_METHODS, "GET"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "Origin, X-Requested-With, Content-Type, Accept"),
        (CACHE_CONTROL, "public, max-age=10, stale-while-revalidate=20"),
    ] {
        out.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// The numbers of a page of the sections, its `after`, and how many there are in all.
async fn listed(
    visit: &Visit,
    sections: Vec<CaseFilter>,
    given: Option<String>,
    offset: u32,
    per: u32,
) -> Result<(Vec<String>, Option<String>, u32)> {
    let (cases, ctx) = (visit.app.own::<Cases>()?.clone(), visit.ctx.clone());
    let read = visit.app.db.read(move |tx| {
        let mut walk = Walk::new(tx, &ctx, &cases, &sections)?;
        let total = walk.total();
        let place = match &given {
            Some(text) => Place::read(text)?,
            // Behind the end of a list that was counted to its end there is nothing.
            None if offset >= total && total < REACH => Place { section: sections.len(), after: None },
            None if offset >= REACH => return Err(too_far(per)),
            None => walk.skip(offset)?,
        };
        let (numbers, next) = walk.take(place, per)?;
        Ok((numbers, next.map(|place| place.write()), total))
    });
    read.await
}

fn too_far(per: u32) -> Error {
    Error::invalid("api.page").arg("most", REACH / per).field("page", "api.page")
}

async fn petitions(visit: Visit, Query(query): Query<ListQuery>, headers: HeaderMap) -> Outcome {
    let cases = visit.app.own::<Cases>()?.clone();
    let page = number(query.page.as_ref(), u32::MAX, 1);
    let per = number(query.count.as_ref(), LONGEST, LONGEST);
    let given = query.after.as_deref().filter(|after| !after.is_empty()).map(str::to_owned);
    let base = visit.app.site.base_url.clone();
    let offset = (page - 1).saturating_mul(per);
    let (numbers, next, total) = match query.words() {
        Some(words) => worded::page(&visit, query.phases(), &words, given.as_deref(), offset, per).await?,
        None => listed(&visit, query.sections(), given, offset, per).await?,
    };
    let (ctx, own_base) = (visit.ctx.clone(), base.clone());
    let read = visit.app.db.read(move |tx| {
        let mut data = Vec::with_capacity(numbers.len());
        for number in &numbers {
            let view = lookup::open(tx, &ctx, &cases, number, None)?;
            data.push(Petition::listed(&view, &own_base));
        }
        Ok(data)
    });
    let data = read.await?;
    let last = total.div_ceil(per).max(1);
    let mark = if visit.query.is_empty() { "" } else { "?" };
    let links = Links {
        own: format!("{base}/petitions.json{mark}{}", visit.query),
        first: query.link(&base, 1, None),
        last: query.link(&base, last, None),
        next: next.map(|after| query.link(&base, page.saturating_add(1), Some(&after))),
        // From behind the end back to the last page.
        prev: (page > 1).then(|| query.link(&base, if data.is_empty() { last } else { page - 1 }, None)),
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
            Ok(refused())
        } else {
            Err(Failure(Error::not_found("case.unknown").arg("value", file)))
        };
    };
    let view = found(&visit, number.to_owned()).await?;
    let own = format!("{}/petitions/{}.json", visit.app.site.base_url, view.case.number);
    answer(&headers, &Single::new(&view, own, &visit.app.site.base_url))
}

async fn count(visit: Visit, Path(number): Path<String>, headers: HeaderMap) -> Outcome {
    let view = found(&visit, number).await?;
    answer(&headers, &CountOut::from(&view))
}
