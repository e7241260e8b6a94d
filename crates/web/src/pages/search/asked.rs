//! What the address of a search says: words, filters, order, page; and the same as an address again.

use madang_base::Time;
use madang_http::Visit;
use madang_kernel::organisation::Organisation;
use madang_search::{Kind, Order, Query};
use serde_json::{Value, json};

use crate::i18n;
use crate::page::words;
use crate::pages::plans::shape;

/// Characters of the words that are looked at; more is cut, and said.
pub const MOST_WORDS: usize = 256;
/// Results on a page.
pub const PAGE: usize = 20;
/// The last page that the index counts to.
const LAST_PAGE: usize = 10_000 / PAGE;
/// The word among the kinds that asks for answers only.
const ANSWER: &str = "answer";

/// The provinces, as areas begin.
const PROVINCES: [&str; 17] = [
    "서울특별시",
    "부산광역시",
    "대구광역시",
    "인천광역시",
    "광주광역시",
    "대전광역시",
    "울산광역시",
    "세종특별자치시",
    "경기도",
    "강원특별자치도",
    "충청북도",
    "충청남도",
    "전북특별자치도",
    "전라남도",
    "경상북도",
    "경상남도",
    "제주특별자치도",
];

/// Characters of the words that titles and notes repeat.
const SHORT: usize = 40;

/// The beginning of a text, for a line that repeats it.
pub fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What can be chosen among, read from the database once for a page.
#[derive(Debug, Default)]
pub struct Choices {
    /// Ids and names.
    pub services: Vec<(String, String)>,
    pub agencies: Vec<Organisation>,
}

/// What the address says, without what means nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub words: String,
    /// The words were longer.
    pub cut: bool,
    pub kind: String,
    pub service: String,
    /// A slug.
    pub agency: String,
    pub area: String,
    pub phase: String,
    pub state: String,
    pub since: String,
    pub until: String,
    pub newest: bool,
    /// From 1.
    pub page: usize,
}

impl Asked {
    pub fn of(query: &str) -> Self {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let get = |name: &str| {
            let found = pairs.iter().find(|(key, value)| key == name && !value.trim().is_empty());
            found.map(|(_, value)| value.trim().replace('\0', "")).unwrap_or_default()
        };
        // Whatever could be no word of ours is left out; the longest is an area.
        let short = |name: &str| Some(get(name)).filter(|value| value.chars().count() <= 60).unwrap_or_default();
        let date = |name: &str| Some(short(name)).filter(|day| day.parse::<jiff::civil::Date>().is_ok());
        let all = get("q");
        let words: String = all.chars().take(MOST_WORDS).collect();
        let kind = short("kind");
        Self {
            cut: words.len() < all.len(),
            words: words.trim_end().to_owned(),
            kind: if kind == ANSWER || kind.parse::<Kind>().is_ok() { kind } else { String::new() },
            service: short("service"),
            agency: short("agency"),
            area: short("area"),
            phase: Some(short("phase"))
                .filter(|phase| madang_form::Phase::ALL.iter().any(|known| known.code() == phase))
                .unwrap_or_default(),
            state: short("state"),
            since: date("since").unwrap_or_default(),
            until: date("until").unwrap_or_default(),
            newest: get("order") == Order::Newest.code(),
            page: get("page").parse().unwrap_or(1).clamp(1, LAST_PAGE),
        }
    }

    /// The words, or their beginning.
    pub fn short(&self) -> String {
        short(&self.words)
    }

    /// Without words and filters there is nothing to look for.
    pub fn anything(&self) -> bool {
        !self.pairs().iter().all(|(name, _)| *name == "order" || *name == "page")
    }

    /// The address's query, without what stands for itself.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("q", self.words.clone()),
            ("kind", self.kind.clone()),
            ("service", self.service.clone()),
            ("agency", self.agency.clone()),
            ("area", self.area.clone()),
            ("phase", self.phase.clone()),
            ("state", self.state.clone()),
            ("since", self.since.clone()),
            ("until", self.until.clone()),
            ("order", if self.newest { Order::Newest.code().to_owned() } else { String::new() }),
            ("page", if self.page > 1 { self.page.to_string() } else { String::new() }),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The address of the page of this search, or with `ending` of one of its files.
    pub fn href(&self, visit: &Visit, ending: &str) -> String {
        let path = visit.url(&format!("/search{ending}"));
        let query = serde_urlencoded::to_string(self.pairs()).unwrap_or_default();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// The same search at another page.
    pub fn at(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same search without one of its filters, from the beginning.
    fn without(&self, name: &str) -> Self {
        let mut other = self.at(1);
        let field = match name {
            "q" => &mut other.words,
            "kind" => &mut other.kind,
            "service" => &mut other.service,
            "agency" => &mut other.agency,
            "area" => &mut other.area,
            "phase" => &mut other.phase,
            "state" => &mut other.state,
            "since" => &mut other.since,
            "until" => &mut other.until,
            _ => return other,
        };
        field.clear();
        other
    }

    /// The same words without filters.
    pub fn words_only(&self) -> Self {
        Self { words: self.words.clone(), newest: self.newest, page: 1, ..Self::default() }
    }

    /// What the index is asked. An agency that is not there is none that anything belongs to.
    pub fn query(&self, choices: &Choices) -> Option<Query> {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let agency = choices.agencies.iter().find(|agency| agency.slug == self.agency).map(|agency| agency.id);
        if !self.agency.is_empty() && agency.is_none() {
            return None;
        }
        let midnight = |day: &str| day.parse().ok().map(Time::at_kst_midnight);
        Some(Query {
            words: self.words.clone(),
            kinds: self.kind.parse().into_iter().collect(),
            answers: self.kind == ANSWER,
            service: some(&self.service),
            agency,
            area: some(&self.area),
            phase: some(&self.phase),
            state: some(&self.state),
            since: midnight(&self.since),
            until: midnight(&self.until).map(|day| day.plus_days(1)),
            order: if self.newest { Order::Newest } else { Order::Relevance },
        })
    }
}

/// What can be chosen, as `filters` in `parts.html` reads it.
pub fn filters(visit: &Visit, asked: &Asked, choices: &Choices) -> Vec<Value> {
    let filter = |name: &str, label: &str, chosen: &str, options: Vec<(String, String)>| {
        let all = shape::option("", words(visit, "filter-all", &[]), chosen.is_empty());
        // What came by a link and is not in the list stays chosen, by its own name.
        let other = (!chosen.is_empty() && options.iter().all(|(value, _)| value != chosen))
            .then(|| shape::option(chosen, chosen.to_owned(), true));
        let rest = options.into_iter().map(|(value, label)| shape::option(&value, label, value == chosen));
        let options: Vec<Value> = std::iter::once(all).chain(rest).chain(other).collect();
        json!({ "name": name, "label": words(visit, label, &[]), "options": options })
    };
    let kinds = [Kind::Case.code(), ANSWER].into_iter().chain(Kind::ALL[1..].iter().map(|kind| kind.code()));
    let kinds = kinds.map(|code| (code.to_owned(), words(visit, &format!("search-kind-{code}"), &[]))).collect();
    let phases = madang_form::Phase::ALL.iter().map(|phase| phase.code());
    let phases = phases.map(|code| (code.to_owned(), words(visit, &format!("phase-{code}"), &[]))).collect();
    let agencies = choices.agencies.iter().map(|a| (a.slug.clone(), a.name.get(visit.locale).to_owned())).collect();
    let areas = PROVINCES.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect();
    let mut all = vec![
        filter("kind", "search-kind", &asked.kind, kinds),
        filter("service", "search-service", &asked.service, choices.services.clone()),
        filter("agency", "filter-agency", &asked.agency, agencies),
        filter("phase", "filter-state", &asked.phase, phases),
        filter("area", "search-area", &asked.area, areas),
    ];
    let orders = Order::ALL.iter().map(|order| {
        let value = if *order == Order::Newest { order.code() } else { "" };
        let label = words(visit, &format!("search-order-{order}"), &[]);
        shape::option(value, label, asked.newest == (*order == Order::Newest))
    });
    let orders: Vec<Value> = orders.collect();
    all.push(json!({ "name": "order", "label": words(visit, "search-order", &[]), "options": orders }));
    all
}

/// The filters that are chosen, each with a way to take it away.
pub fn chips(visit: &Visit, asked: &Asked, filters: &[Value]) -> Vec<Value> {
    let chip = |label: String, name: &str| json!({ "label": label, "remove": asked.without(name).href(visit, "") });
    let mut chips = Vec::new();
    for filter in filters.iter().filter(|filter| filter["name"] != "order") {
        let name = filter["name"].as_str().unwrap_or("");
        let options = filter["options"].as_array().into_iter().flatten();
        for option in options.filter(|option| option["selected"] == true && option["value"] != "") {
            chips.push(chip(option["label"].as_str().unwrap_or("").to_owned(), name));
        }
    }
    if !asked.state.is_empty() {
        chips.push(chip(asked.state.clone(), "state"));
    }
    for (name, day, key) in [("since", &asked.since, "cases-since"), ("until", &asked.until, "cases-until")] {
        if !day.is_empty() {
            chips.push(chip(words(visit, key, &[("date", i18n::date(day, visit.locale).into())]), name));
        }
    }
    chips
}

/// A list of cases that is asked for words: the same words and filters as a search, with `ending` as one of its files.
/// None when the list is asked for no words.
pub fn of_list(visit: &Visit, service: Option<&str>, ending: &str) -> Option<String> {
    let mut asked = Asked::of(&visit.query);
    if asked.words.is_empty() {
        return None;
    }
    // A field of a form may be called `kind` too.
    asked.kind = Kind::Case.code().to_owned();
    asked.page = 1;
    match service {
        Some(service) => service.clone_into(&mut asked.service),
        None => asked.state.clear(),
    }
    Some(asked.href(visit, ending))
}

/// What the search box of a list of cases takes along.
pub fn keep(visit: &Visit, service: Option<&str>) -> Vec<Value> {
    let mut asked = Asked::of(&visit.query);
    asked.words.clear();
    asked.kind = Kind::Case.code().to_owned();
    asked.page = 1;
    match service {
        Some(service) => service.clone_into(&mut asked.service),
        None => asked.state.clear(),
    }
    asked.pairs().into_iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}
