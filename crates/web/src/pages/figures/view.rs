//! From figures to what `figures/show.html` reads: titles, the form of the range, sentences and key numbers, links that
//! keep the range. Charts are in [`charts`], the map in [`places`], services and agencies in [`list`].

use jiff::civil::Date;
use madang_cases::figures::Dashboard;
use madang_http::Visit;
use serde_json::{Value, json};

use super::lines::dated;
use super::range::{Choice, Range, chosen, pairs};
use super::show::{Found, Scope};
use super::{charts, list, places};
use crate::i18n::{self, Arg, percent};
use crate::page::{query_value, words};

/// An address of this scope in this range; `ending` is empty or like `.csv`.
#[must_use]
pub fn link(visit: &Visit, scope: &Scope, range: &Range, ending: &str, more: &[(&str, &str)]) -> String {
    let path = visit.url(&format!("{}{ending}", scope.path()));
    let mut all = scope.pairs();
    all.extend(pairs(range));
    all.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    address(&path, &all)
}

pub(super) fn address(path: &str, pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
}

/// What the reader chose beside scope and range, and keeps when the range changes.
pub(super) fn kept(visit: &Visit) -> Vec<(&'static str, String)> {
    ["province", "order", "lines"]
        .into_iter()
        .filter_map(|name| Some((name, query_value(&visit.query, name)?.chars().take(40).collect())))
        .collect()
}

/// The page of a range that is right.
#[must_use]
pub fn page(visit: &Visit, found: &Found, range: &Range) -> Value {
    let mut context = head(visit, &found.scope, Some(range));
    let board = &found.board;
    if board.counts.received == 0 && board.counts.transferred_away == 0 {
        context["empty"] = empty(visit, &found.scope, range);
        return context;
    }
    let csv = |table: &str| link(visit, &found.scope, range, ".csv", &[("table", table)]);
    context["said"] = json!(said(visit, board));
    context["tiles"] = tiles(visit, &found.scope, board);
    context["trend"] = charts::trend(visit, &board.trend, csv("trend"));
    context["days"] = charts::days(visit, board, csv("days"));
    context["outcomes"] = charts::outcomes(visit, &board.counts, csv("counts"));
    context["grounds"] = charts::grounds(visit, board, csv("grounds"));
    context["funnel"] = charts::funnel(visit, board, csv("funnel"));
    context["satisfaction"] = charts::satisfaction(visit, board, csv("satisfaction"));
    context["areas"] = places::areas(visit, found, range);
    context["services"] = list::lines(visit, found, range, "services", csv("services"));
    context["agencies"] = list::lines(visit, found, range, "agencies", csv("agencies"));
    context["counted"] = json!({
        "position": words(visit, "figures-position", &[("n", board.position.into())]),
        "about_href": visit.url("/figures/about"),
    });
    if !board.complete {
        context["range"]["note"] = json!(words(visit, "figures-counting", &[]));
    }
    context["exports"] = json!(link(visit, &found.scope, range, "", &[]));
    context
}

/// The page of a range that is wrong: the form with what was typed.
#[must_use]
pub fn wrong(visit: &Visit, scope: &Scope, errors: &Value) -> Value {
    let mut context = head(visit, scope, None);
    let today = chosen(Choice::Twelve, visit.ctx.now.kst_date());
    context["range"]["errors"] = errors.clone();
    context["empty"] = json!({
        "title": words(visit, "figures-wrong-title", &[]), "text": words(visit, "figures-wrong-text", &[]),
        "href": link(visit, scope, &today, "", &[]), "label": words(visit, "figures-choice-12-months", &[]),
    });
    context
}

/// Titles, links and the form of the range; everything else is null.
fn head(visit: &Visit, scope: &Scope, range: Option<&Range>) -> Value {
    let today = visit.ctx.now.kst_date();
    let service = scope.service.as_ref().map(|version| version.definition.name.get(visit.locale).to_owned());
    let agency = scope.agency.as_ref().map(|agency| agency.name.get(visit.locale).to_owned());
    let title = match (&agency, &service) {
        (Some(agency), Some(service)) => {
            let args = [("agency", agency.as_str().into()), ("service", service.as_str().into())];
            words(visit, "figures-of-both", &args)
        }
        (Some(name), None) | (None, Some(name)) => words(visit, "figures-of", &[("name", name.as_str().into())]),
        (None, None) => words(visit, "figures-heading", &[]),
    };
    let usual = chosen(Choice::Twelve, today);
    let kept = kept(visit);
    let also: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let near = range.unwrap_or(&usual);
    let choices: Vec<Value> = Choice::ALL
        .iter()
        .map(|choice| {
            json!({
                "label": words(visit, &format!("figures-choice-{choice}"), &[]),
                "href": link(visit, scope, &chosen(*choice, today), "", &also),
                "current": range.is_some_and(|range| range.choice == Some(*choice)),
            })
        })
        .collect();
    let keep: Vec<Value> = scope
        .pairs()
        .into_iter()
        .chain(kept.iter().map(|(name, value)| ((*name).to_owned(), value.clone())))
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let typed = |name: &str, day: fn(&Range) -> Date| {
        let shown = || range.filter(|range| range.choice != Some(Choice::All)).map(|range| day(range).to_string());
        let text = query_value(&visit.query, name).filter(|_| range.is_none()).or_else(shown).unwrap_or_default();
        text.chars().take(60).collect::<String>()
    };
    let mut crumbs = vec![json!({ "label": words(visit, "figures-title", &[]), "href": visit.url("/figures") })];
    if let (Some(agency), Some(name), true) = (&scope.agency, &agency, scope.service.is_some()) {
        crumbs.push(json!({ "label": name, "href": visit.url(&format!("/figures/agencies/{}", agency.slug)) }));
    }
    let here =
        if scope.agency.is_some() && scope.service.is_some() { &service } else { &agency.clone().or(service.clone()) };
    match here {
        Some(here) => crumbs.push(json!({ "label": here })),
        None => crumbs = vec![json!({ "label": words(visit, "figures-title", &[]) })],
    }
    json!({
        "title": title, "lead": words(visit, "figures-lead", &[]), "crumbs": crumbs, "links": links(visit, scope, near),
        "range": {
            "words": range.map(|range| range_words(visit, range)).unwrap_or_default(),
            "action": visit.url(&scope.path()), "since": typed("since", |range| range.since),
            "until": typed("until", |range| range.until), "keep": keep, "choices": choices, "errors": [],
            "custom": range.is_some_and(|range| range.choice.is_none()), "today": today.to_string(),
            "note": range.filter(|range| range.cut).map(|_| words(visit, "figures-range-cut", &[])).unwrap_or_default(),
        },
        "empty": null, "said": [], "tiles": [], "trend": null, "days": null, "outcomes": null, "grounds": null,
        "funnel": null, "satisfaction": null, "areas": null, "services": null, "agencies": null, "counted": null,
        "exports": "", "check": null,
    })
}

fn links(visit: &Visit, scope: &Scope, range: &Range) -> Vec<Value> {
    let mut links = Vec::new();
    let mut add = |label: String, href: String| links.push(json!({ "label": label, "href": href }));
    let named = |key: &str, name: &str| words(visit, key, &[("name", name.into())]);
    let of_agency = Scope { service: None, agency: scope.agency.clone() };
    if let (Some(agency), Some(_)) = (&scope.agency, &scope.service) {
        add(named("figures-see-all-of", agency.name.get(visit.locale)), link(visit, &of_agency, range, "", &[]));
    }
    if let Some(version) = &scope.service {
        let def = &version.definition;
        add(named("figures-see-service", def.name.get(visit.locale)), visit.url(&format!("/services/{}", def.id)));
    }
    if let Some(agency) = &scope.agency {
        add(
            named("figures-see-agency", agency.name.get(visit.locale)),
            visit.url(&format!("/agencies/{}", agency.slug)),
        );
    }
    if scope.service.is_some() || scope.agency.is_some() {
        add(words(visit, "figures-see-all", &[]), link(visit, &Scope::default(), range, "", &[]));
    }
    links
}

fn range_words(visit: &Visit, range: &Range) -> String {
    let day = |date: Date| Arg::from(i18n::date(&date.to_string(), visit.locale));
    if range.choice == Some(Choice::All) {
        return words(visit, "figures-range-all", &[("until", day(range.until))]);
    }
    words(visit, "figures-range-words", &[("since", day(range.since)), ("until", day(range.until))])
}

fn empty(visit: &Visit, scope: &Scope, range: &Range) -> Value {
    let all = chosen(Choice::All, visit.ctx.now.kst_date());
    let kind = if range.choice == Some(Choice::All) { "empty-all" } else { "empty" };
    let (href, label) = if range.choice == Some(Choice::All) {
        (visit.url("/services"), words(visit, "menu-services", &[]))
    } else {
        (link(visit, scope, &all, "", &[]), words(visit, "figures-choice-all", &[]))
    };
    json!({
        "title": words(visit, &format!("figures-{kind}-title"), &[]), "text": words(visit, &format!("figures-{kind}-text"), &[]),
        "href": href, "label": label,
    })
}

fn said(visit: &Visit, board: &Dashboard) -> Vec<String> {
    let c = &board.counts;
    let say = |key: &str, args: &[(&str, Arg)]| words(visit, key, args);
    let mut said = vec![say(
        "figures-said-received",
        &[("n", c.received.into()), ("answered", c.answered.into()), ("share", percent(c.answered, c.received).into())],
    )];
    if dated(c) > 0 {
        let share = percent(c.in_time, dated(c));
        said.push(say(
            "figures-said-in-time",
            &[("n", c.in_time.into()), ("share", share.into()), ("late", c.late.into())],
        ));
    }
    said.push(if c.overdue > 0 {
        say("figures-said-overdue", &[("n", c.overdue.into())])
    } else {
        say("figures-said-overdue-none", &[])
    });
    if board.days.n > 0 {
        let d = &board.days;
        said.push(say(
            "figures-said-days",
            &[("median", d.median.into()), ("p10", d.p10.into()), ("p90", d.p90.into())],
        ));
    }
    if c.reopened > 0 {
        said.push(say("figures-said-reopened", &[("n", c.reopened.into())]));
    }
    if let Some(mean) = board.satisfaction.mean {
        said.push(say("figures-said-rating", &[("n", board.satisfaction.n.into()), ("mean", points(mean).into())]));
    }
    said
}

/// With one digit: more would say more than is known.
pub(super) fn points(mean: f64) -> String {
    format!("{mean:.1}")
}

pub(super) fn share_words(visit: &Visit, part: i64, whole: i64) -> String {
    if whole <= 0 {
        return words(visit, "figures-none", &[]);
    }
    words(visit, "figures-percent", &[("n", percent(part, whole).into())])
}

fn tiles(visit: &Visit, scope: &Scope, board: &Dashboard) -> Value {
    let c = &board.counts;
    let count = |n: i64| words(visit, "figures-count", &[("n", n.into())]);
    let none = || words(visit, "figures-none", &[]);
    let tile = |key: &str, value: String, note: String, bad: bool, href: String| json!({ "label": words(visit, key, &[]), "value": value, "note": note, "bad": bad, "href": href });
    let answered = words(visit, "figures-note-answered", &[("n", percent(c.answered, c.received).into())]);
    let in_time = match dated(c) {
        0 => String::new(),
        _ => words(visit, "figures-note-in-time", &[("n", c.in_time.into())]),
    };
    let late_href = match (&scope.agency, &scope.service) {
        _ if c.overdue == 0 => String::new(),
        (Some(agency), None) => visit.url(&format!("/overdue/{}", agency.slug)),
        (Some(agency), Some(version)) => {
            visit.url(&format!("/services/{}/cases?overdue=yes&agency={}", version.definition.id, agency.slug))
        }
        (None, Some(version)) => visit.url(&format!("/services/{}/cases?overdue=yes", version.definition.id)),
        (None, None) => visit.url("/overdue"),
    };
    let d = &board.days;
    let (median, spread) = if d.n > 0 {
        let args = [("p10", Arg::from(d.p10)), ("p90", d.p90.into())];
        (words(visit, "figures-days-n", &[("n", d.median.into())]), words(visit, "figures-note-days", &args))
    } else {
        (none(), String::new())
    };
    let (rating, raters) = match board.satisfaction.mean {
        Some(mean) => (
            words(visit, "figures-points", &[("mean", points(mean).into())]),
            words(visit, "figures-note-rating", &[("n", board.satisfaction.n.into())]),
        ),
        None => (none(), String::new()),
    };
    json!([
        tile("figures-received", count(c.received), String::new(), false, String::new()),
        tile("figures-answered", count(c.answered), answered, false, String::new()),
        tile("figures-in-time", share_words(visit, c.in_time, dated(c)), in_time, false, String::new()),
        tile("figures-overdue", count(c.overdue), String::new(), c.overdue > 0, late_href),
        tile("figures-median", median, spread, false, String::new()),
        tile("figures-rating", rating, raters, false, String::new()),
    ])
}
