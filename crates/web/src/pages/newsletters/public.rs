//! What everybody reads: the list, a newsletter with its archive, an issue.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use http::HeaderMap;
use madang_base::{Error, Result, Time};
use madang_http::{Outcome, Visit};
use madang_kernel::{ObjectKind, Owner, Verb};
use madang_newsletter::model::Issue;
use madang_newsletter::period::Period;
use madang_newsletter::service::subscribe;
use madang_newsletter::views::{self, IssueView, NewsletterView};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::plans::Format;
use super::super::plans::address::split;
use super::super::plans::shape::{option, with, without};
use super::shape::{Frame, path};
use super::{feeds, there};
use crate::page::{Page, query_value, words};
use crate::wiring::Wiring;

/// Issues of an archive's page.
const ISSUES: u32 = 20;

/// The words of a visit.
pub(super) fn with_frame<T>(visit: &Visit, f: impl FnOnce(&Frame<'_>) -> T) -> Result<T> {
    let wiring = visit.app.own::<Wiring>()?;
    Ok(f(&Frame { catalogue: wiring.templates.catalogue(), locale: visit.locale, base: "" }))
}

/// What the list is narrowed by.
#[derive(Clone, Debug, Default)]
pub(super) struct Narrowed {
    rhythm: String,
    organisation: String,
    words: String,
}

impl Narrowed {
    pub(super) fn of(visit: &Visit) -> Self {
        let value = |name| query_value(&visit.query, name).unwrap_or_default();
        Self { rhythm: value("rhythm"), organisation: value("organisation"), words: value("q") }
    }

    pub(super) fn passes(&self, of: &NewsletterView) -> bool {
        let news = &of.newsletter;
        let texts: Vec<&str> =
            news.name.iter().chain(news.about.iter()).map(|(_, text)| text).chain([news.topic.as_str()]).collect();
        let holds = |word: &str| texts.iter().any(|text| text.to_lowercase().contains(word));
        (self.rhythm.is_empty() || news.rhythm.code() == self.rhythm)
            && (self.organisation.is_empty() || of.organisation.slug == self.organisation)
            && self.words.to_lowercase().split_whitespace().all(holds)
    }
}

pub(super) async fn all(visit: &Visit) -> Result<Vec<NewsletterView>> {
    visit.app.db.read(views::newsletters).await
}

pub async fn list(visit: Visit) -> Outcome {
    let all = all(&visit).await?;
    let narrowed = Narrowed::of(&visit);
    let subscribed = subscribed(&visit, &all).await?;
    let shown: Vec<&NewsletterView> = all.iter().filter(|of| narrowed.passes(of)).collect();
    let lines = with_frame(&visit, |frame| {
        let line = |of: &&NewsletterView| {
            let mut line = frame.newsletter(of);
            line["subscribed"] = json!(subscribed.contains(&of.newsletter.id.to_string()));
            line
        };
        shown.iter().map(line).collect::<Vec<_>>()
    })?;
    let t = |key: &str| words(&visit, key, &[]);
    let (mut chips, mut organisations) =
        (Vec::new(), vec![option("", t("filter-all"), narrowed.organisation.is_empty())]);
    let mut known: Vec<_> =
        all.iter().map(|of| (&of.organisation.slug, of.organisation.name.get(visit.locale))).collect();
    known.sort_unstable();
    known.dedup();
    for (slug, name) in known {
        let selected = *slug == narrowed.organisation;
        if selected {
            chips.push(json!({ "label": name, "remove": without(&visit, "organisation") }));
        }
        organisations.push(option(slug, name.to_owned(), selected));
    }
    let mut rhythms = vec![option("", t("filter-all"), narrowed.rhythm.is_empty())];
    for rhythm in madang_newsletter::model::Rhythm::ALL {
        let selected = rhythm.code() == narrowed.rhythm;
        let name = t(&format!("newsletter-rhythm-{rhythm}"));
        if selected {
            chips.push(json!({ "label": name, "remove": without(&visit, "rhythm") }));
        }
        rhythms.push(option(rhythm.code(), name, selected));
    }
    if !narrowed.words.is_empty() {
        chips.push(json!({ "label": format!("“{}”", narrowed.words), "remove": without(&visit, "q") }));
    }
    let may = visit.person().is_some() && visit.may_somewhere(Verb::Edit, ObjectKind::Newsletter).is_ok();
    Page::new(&visit, "newsletters/index.html").form().render(&json!({
        "newsletters": lines, "search": { "value": narrowed.words }, "chips": chips,
        "filters": [
            { "name": "organisation", "label": t("newsletter-by"), "options": organisations },
            { "name": "rhythm", "label": t("newsletter-rhythm"), "options": rhythms },
        ],
        "exports": visit.url("/newsletters"),
        "desk_href": if may { visit.url("/desk/newsletters") } else { String::new() },
    }))
}

/// The ids of those that the visitor reads.
async fn subscribed(visit: &Visit, all: &[NewsletterView]) -> Result<Vec<String>> {
    if visit.person().is_none() {
        return Ok(Vec::new());
    }
    let (ctx, ids): (_, Vec<_>) = (visit.ctx.clone(), all.iter().map(|of| of.newsletter.id).collect());
    let found = visit.app.db.read(move |tx| {
        let mut own = Vec::new();
        for id in &ids {
            if subscribe::find(tx, &ctx, *id)?.is_some() {
                own.push(id.to_string());
            }
        }
        Ok(own)
    });
    found.await
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Archive {
    /// The `next` of the page before: an instant in microseconds.
    #[serde(default)]
    after: String,
}

pub(super) async fn archive(
    visit: &Visit,
    slug: &str,
    before: Option<Time>,
    limit: u32,
) -> Result<(NewsletterView, Vec<Issue>)> {
    let slug = slug.to_owned();
    let found = visit.app.db.read(move |tx| {
        let of = views::newsletter(tx, &slug)?;
        let issues = views::archive(tx, of.newsletter.id, before, limit)?;
        Ok((of, issues))
    });
    found.await
}

pub async fn one(
    visit: Visit,
    Path((_, word)): Path<(String, String)>,
    Query(query): Query<Archive>,
    headers: HeaderMap,
) -> Outcome {
    let (slug, format) = split(&word);
    match format {
        Format::Page => {}
        Format::Atom => return feeds::one_atom(&visit, &headers, slug).await,
        Format::Json => return feeds::one_json(&visit, &headers, slug).await,
        Format::Csv => return feeds::one_csv(&visit, &headers, slug).await,
        Format::Xlsx | Format::Ics => return Err(Error::not_found("page.unknown").into()),
    }
    let before = query.after.parse().ok().map(Time::from_micros);
    let (of, mut issues) = archive(&visit, slug, before, ISSUES + 1).await?;
    let more = issues.len() > ISSUES as usize;
    issues.truncate(ISSUES as usize);
    let next = issues.last().and_then(|last| last.sent_at).filter(|_| more);
    let next = next.map(|at| with(&visit, "after", &at.micros().to_string()));
    let (ctx, id) = (visit.ctx.clone(), of.newsletter.id);
    let own = visit.app.db.read(move |tx| subscribe::find(tx, &ctx, id)).await?;
    let (newsletter, lines) = with_frame(&visit, |frame| {
        let lines: Vec<Value> = issues.iter().map(|issue| frame.line(&of.newsletter.slug, issue)).collect();
        (frame.newsletter(&of), lines)
    })?;
    let here = path(&of.newsletter.slug);
    Page::new(&visit, "newsletters/show.html").form().render(&json!({
        "newsletter": newsletter, "issues": lines, "subscribed": own.is_some(),
        "stop_action": visit.url(&format!("{here}/stop")), "subscribe_action": visit.url(&format!("{here}/subscribe")),
        "signed_in": visit.person().is_some(), "exports": visit.url(&here), "desk_href": desk_href(&visit, &of, ""),
        "pager": { "first": before.map(|_| without(&visit, "after")), "previous": null, "next": next },
    }))
}

/// Where its officers work on it; empty for everybody else.
fn desk_href(visit: &Visit, of: &NewsletterView, rest: &str) -> String {
    let owner = Owner::Organisation(of.newsletter.organisation);
    if visit.person().is_some() && visit.ctx.may(Verb::Edit, ObjectKind::Newsletter, Some(owner)) {
        visit.url(&format!("/desk/newsletters/{}{rest}", of.newsletter.slug))
    } else {
        String::new()
    }
}

pub async fn issue(visit: Visit, Path((_, slug, word)): Path<(String, String, String)>, headers: HeaderMap) -> Outcome {
    let (word, format) = split(&word);
    let period: Period = word.parse()?;
    let (there, asked) = (there(&visit)?, slug.clone());
    let view = visit.app.db.read(move |tx| views::issue(tx, &there, &asked, period)).await?;
    match format {
        Format::Page => {}
        Format::Json => return feeds::issue_json(&visit, &headers, &view),
        Format::Csv => return feeds::issue_csv(&visit, &headers, &view),
        _ => return Ok(Redirect::to(&visit.url(&format!("{}.atom", path(&slug)))).into_response()),
    }
    let desk = desk_href(&visit, &view.of, &format!("/{period}"));
    let (older, newer) = beside(&visit, &view).await?;
    let exports = visit.url(&format!("{}/{period}", path(&slug)));
    Page::new(&visit, "newsletters/issue.html").render(&json!({
        "newsletter": with_frame(&visit, |frame| frame.newsletter(&view.of))?,
        "issue": with_frame(&visit, |frame| frame.issue(&view))?,
        "preview": null, "desk_href": desk, "exports": exports, "older": older, "newer": newer,
    }))
}

/// The issues that went before and after it: `{title, href}` or null.
async fn beside(visit: &Visit, view: &IssueView) -> Result<(Value, Value)> {
    let (id, at) = (view.of.newsletter.id, view.issue.sent_at);
    let all = visit.app.db.read(move |tx| views::archive(tx, id, None, 1_000)).await?;
    let place = all.iter().position(|issue| issue.sent_at == at && issue.id == view.issue.id);
    let slug = &view.of.newsletter.slug;
    with_frame(visit, |frame| {
        let link = |issue: Option<&Issue>| issue.map_or(Value::Null, |issue| frame.line(slug, issue));
        let older = place.and_then(|at| all.get(at + 1));
        let newer = place.and_then(|at| at.checked_sub(1)).and_then(|at| all.get(at));
        (link(older), link(newer))
    })
}
