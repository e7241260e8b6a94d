//! Searching everything public, and suggestions while typing.

use std::ops::Range;

use axum::extract::Query;
use axum::routing::get;
use http::HeaderMap;
use jiff::civil::Date;
use madang_base::{Error, Result, Time};
use madang_cases::AgencyName;
use madang_flows::search::{Hit, Marked, Place, Results, Search, Suggestion};
use madang_form::Phase;
use madang_http::{Outcome, Visit};
use madang_kernel::organisation;
use madang_search::{Kind, Order, Query as Asked, Reading};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::operation::Operation;
use crate::rest::answer::{Paging, json};
use crate::rest::wire::{Text, text};

/// Results of a page at most, and how far pages reach.
const MOST: u32 = 100;
const REACH: usize = 10_000;
const LINES: u32 = 20;
const SUGGESTIONS: u32 = 20;

/// The operations, one row each.
pub fn operations() -> Vec<Operation> {
    vec![
        Operation::read::<SearchOut>(
            "/api/v1/search",
            "search",
            "Everything public: cases and answers, plans, agencies, offices, experts, newsletters",
            get(search),
        )
        .query("q", "what is looked for, in any spacing; \"in quotes\" as it stands, -word without it", "버스 안내")
        .query("kind", "only these kinds, separated by commas", "case,commitment")
        .query("answers", "true: look in what agencies answered only", "true")
        .query("service", "only cases of this channel", "petition")
        .query("agency", "only with this agency", "mois")
        .query("area", "only at this place, one level or several", "서울특별시 종로구")
        .query("phase", "only cases in this phase, the same words for all channels", "open")
        .query("state", "only cases in this state of their channel", "opinions")
        .query("since", "from this day on", "2026-01-01")
        .query("until", "up to this day", "2026-12-31")
        .query("order", "relevance or newest; newest without q", "relevance")
        .query("skip", "how many results to leave out; skip and limit reach 10,000 together", "0")
        .query("limit", "how many items, 1 to 100; 20 when missing", "20"),
        Operation::read::<Suggestions>(
            "/api/v1/search/suggest",
            "suggest",
            "Titles that begin as what was typed so far, pieces of syllables and initial consonants too",
            get(suggest),
        )
        .query("q", "what was typed so far", "버ㅅ")
        .query("limit", "how many, 1 to 20; 10 when missing", "10"),
    ]
}

/// A text and the places in it where the query stands.
#[derive(Serialize, JsonSchema)]
pub struct MarkedOut {
    pub text: String,
    /// Start and end of each place, in characters (Unicode code points) from 0, the end not included.
    pub marks: Vec<[usize; 2]>,
    /// Whether something was left out before it.
    pub before: bool,
    /// Whether something was left out after it.
    pub after: bool,
}

impl From<&Marked> for MarkedOut {
    fn from(marked: &Marked) -> Self {
        let at = |byte: usize| marked.text.get(..byte).map_or(0, |before| before.chars().count());
        let marks = marked.marks.iter().map(|Range { start, end }| [at(*start), at(*end)]).collect();
        Self { text: marked.text.clone(), marks, before: marked.before, after: marked.after }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct FoundAgency {
    pub id: String,
    pub name: Text,
}

impl From<&AgencyName> for FoundAgency {
    fn from(agency: &AgencyName) -> Self {
        Self { id: agency.slug.clone(), name: text(&agency.name) }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Named {
    pub id: String,
    pub name: Text,
}

/// A result.
#[derive(Serialize, JsonSchema)]
pub struct HitOut {
    /// `case`, `plan`, `commitment`, `milestone`, `agency`, `contact`, `expert`, `newsletter`
    pub kind: String,
    /// By which its page and its API call it: a case's number, `kr-2021/2.1`, an agency's word.
    pub id: String,
    pub title: MarkedOut,
    pub snippet: Option<MarkedOut>,
    /// Whether the snippet is out of what an agency answered or reported.
    pub in_answer: bool,
    pub agency: Option<FoundAgency>,
    pub service: Option<Named>,
    pub state: Option<Named>,
    /// Of cases.
    pub phase: Option<String>,
    pub at: String,
    /// Of cases of services that have supports.
    pub supports: Option<i64>,
    pub area: Option<String>,
}

impl From<&Hit> for HitOut {
    fn from(hit: &Hit) -> Self {
        let named = |pair: &(String, madang_base::LocalizedText)| Named { id: pair.0.clone(), name: text(&pair.1) };
        Self {
            kind: hit.kind.code().to_owned(),
            id: id(&hit.place),
            title: MarkedOut::from(&hit.title),
            snippet: hit.snippet.as_ref().map(MarkedOut::from),
            in_answer: hit.in_answer,
            agency: hit.agency.as_ref().map(FoundAgency::from),
            service: hit.service.as_ref().map(named),
            state: hit.state.as_ref().map(named),
            phase: hit.phase.map(|phase| phase.code().to_owned()),
            at: hit.at.rfc3339(),
            supports: hit.supports,
            area: hit.area.clone(),
        }
    }
}

fn id(place: &Place) -> String {
    match place {
        Place::Case { number } => number.clone(),
        Place::Plan { id }
        | Place::Commitment { id }
        | Place::Milestone { id }
        | Place::Contact { id, .. }
        | Place::Expert { id } => id.clone(),
        Place::Agency { slug } => slug.clone(),
        Place::Newsletter { slug, period } => format!("{slug}/{period}"),
    }
}

/// A page of results.
#[derive(Serialize, JsonSchema)]
pub struct SearchOut {
    pub items: Vec<HitOut>,
    /// Give it as `skip` to get the next page; null on the last one.
    pub next: Option<usize>,
    /// How many there are, or that many and more.
    pub count: u64,
    pub count_is_exact: bool,
    /// `typed`; `keyboard` when nothing was found as typed, but as the same keys give on the other keyboard; `loose` when
    /// nothing has all of the words and most of them were looked for.
    pub read: String,
    /// The words that were looked for on the other keyboard.
    pub read_as: Option<String>,
}

impl From<&Results> for SearchOut {
    fn from(results: &Results) -> Self {
        let (read, read_as) = match &results.read {
            Reading::Typed => ("typed", None),
            Reading::Keyboard(words) => ("keyboard", Some(words.clone())),
            Reading::Loose => ("loose", None),
        };
        Self {
            items: results.hits.iter().map(HitOut::from).collect(),
            next: results.next,
            count: results.count,
            count_is_exact: results.counted,
            read: read.to_owned(),
            read_as,
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct SuggestionOut {
    pub kind: String,
    pub id: String,
    pub title: MarkedOut,
}

impl From<&Suggestion> for SuggestionOut {
    fn from(suggestion: &Suggestion) -> Self {
        Self {
            kind: suggestion.kind.code().to_owned(),
            id: id(&suggestion.place),
            title: MarkedOut::from(&suggestion.title),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Suggestions {
    pub items: Vec<SuggestionOut>,
}

/// What is asked; every other parameter is an error.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SearchQuery {
    q: String,
    kind: String,
    answers: String,
    service: String,
    agency: String,
    area: String,
    phase: String,
    state: String,
    since: String,
    until: String,
    order: String,
    skip: String,
    limit: Option<String>,
}

fn given(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn day(field: &'static str, text: &str) -> Result<Option<Date>> {
    let read =
        |text: String| text.parse().map_err(|_| Error::invalid("api.day").arg("value", text).field(field, "api.day"));
    given(text).map(read).transpose()
}

impl SearchQuery {
    /// The question without its agency, which is a word here.
    fn asked(&self) -> Result<Asked> {
        let kinds = self
            .kind
            .split(',')
            .filter_map(given)
            .map(|word| word.parse::<Kind>().map_err(|error| error.field("kind", "search.kind-unknown")));
        if let Some(phase) = given(&self.phase)
            && !Phase::ALL.into_iter().any(|known| known.code() == phase)
        {
            return Err(Error::invalid("api.phase").arg("value", phase).field("phase", "api.phase"));
        }
        let order = match given(&self.order) {
            Some(word) => word.parse::<Order>().map_err(|error| error.field("order", "search.order-unknown"))?,
            None if self.q.trim().is_empty() => Order::Newest,
            None => Order::Relevance,
        };
        let until = day("until", &self.until)?.and_then(|day| day.tomorrow().ok());
        Ok(Asked {
            words: self.q.clone(),
            kinds: kinds.collect::<Result<_>>()?,
            answers: self.answers == "true",
            service: given(&self.service),
            agency: None,
            area: given(&self.area),
            phase: given(&self.phase),
            state: given(&self.state),
            since: day("since", &self.since)?.map(Time::at_kst_midnight),
            until: until.map(Time::at_kst_midnight),
            order,
        })
    }

    fn window(&self) -> Result<(usize, usize)> {
        let limit = match &self.limit {
            None => LINES,
            given => Paging::of(given.clone(), None).limit(MOST)?,
        };
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let wrong = || Error::invalid("api.skip").arg("value", &self.skip).arg("most", REACH).field("skip", "api.skip");
        let skip = given(&self.skip).map_or(Ok(0), |text| text.parse::<usize>().map_err(|_| wrong()))?;
        if skip.saturating_add(limit) > REACH { Err(wrong()) } else { Ok((skip, limit)) }
    }
}

async fn search(visit: Visit, Query(query): Query<SearchQuery>, headers: HeaderMap) -> Outcome {
    let (mut asked, (skip, limit)) = (query.asked()?, query.window()?);
    let search = visit.app.own::<Search>()?;
    if let Some(slug) = given(&query.agency) {
        let found = visit.app.db.read(move |tx| organisation::by_slug(tx, &slug)).await?;
        let Some(agency) = found else { return Ok(json(&headers, &SearchOut::none())?) };
        asked.agency = Some(agency.id);
    }
    let results = search.find(&visit.app.db, &visit.ctx, &asked, skip, limit).await?;
    Ok(json(&headers, &SearchOut::from(&results))?)
}

impl SearchOut {
    fn none() -> Self {
        Self { items: Vec::new(), next: None, count: 0, count_is_exact: true, read: "typed".to_owned(), read_as: None }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SuggestQuery {
    q: String,
    limit: Option<String>,
}

async fn suggest(visit: Visit, Query(query): Query<SuggestQuery>, headers: HeaderMap) -> Outcome {
    let limit = match &query.limit {
        None => 10,
        given => Paging::of(given.clone(), None).limit(SUGGESTIONS)?,
    };
    let search = visit.app.own::<Search>()?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let found = search.suggest(&visit.app.db, &visit.ctx, &query.q, limit).await?;
    Ok(json(&headers, &Suggestions { items: found.iter().map(SuggestionOut::from).collect() })?)
}
