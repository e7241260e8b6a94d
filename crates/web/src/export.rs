//! Answers that are files: CSV, JSON, XLSX, Atom and iCalendar, each with an entity tag.

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::response::Response;
use chrono::{DateTime, NaiveDate};
use http::header::CONTENT_DISPOSITION;
use http::{HeaderMap, HeaderValue};
use icalendar::{Calendar, Component, EventLike};
use madang_base::{Error, Result, Time};
use madang_http::Visit;
use serde::Serialize;

/// A file as an answer; 304 when the client has it already. `name` is offered for saving where it is not empty.
///
/// # Errors
/// `Kind::Internal` for a name that cannot stand in a header.
pub fn file(headers: &HeaderMap, media_type: &'static str, name: &str, bytes: Vec<u8>) -> Result<Response> {
    let mut response = madang_http::tagged(headers, media_type, bytes)?;
    if !name.is_empty() {
        let value = format!("attachment; filename=\"{name}\"");
        response.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_str(&value).map_err(Error::internal)?);
    }
    Ok(response)
}

/// A JSON document.
///
/// # Errors
/// `Kind::Internal` when the value cannot be written.
pub fn json(headers: &HeaderMap, value: &impl Serialize) -> Result<Response> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(Error::internal)?;
    bytes.push(b'\n');
    file(headers, "application/json", "", bytes)
}

/// A CSV file, as [`madang_plans::export::csv`] writes it.
///
/// # Errors
/// `Kind::Internal` when rows are of different length.
pub fn csv(headers: &HeaderMap, name: &str, heads: &[String], rows: &[Vec<String>]) -> Result<Response> {
    let text = madang_plans::export::csv::table(heads, rows.iter().cloned())?;
    file(headers, "text/csv; charset=utf-8", name, text.into_bytes())
}

/// One entry of a feed.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// Stable for ever, unique in the world once the site's address stands before it.
    pub id: String,
    pub at: Time,
    pub title: String,
    pub text: String,
    /// A path of this site.
    pub href: String,
    pub by: String,
}

/// An Atom feed (RFC 4287).
///
/// # Errors
/// `Kind::Internal` for instants that Atom cannot write.
pub fn atom(headers: &HeaderMap, visit: &Visit, title: &str, entries: &[FeedEntry]) -> Result<Response> {
    let site = &visit.app.site;
    let base = &site.base_url;
    // Another question is another feed.
    let query = if visit.query.is_empty() { String::new() } else { format!("?{}", visit.query) };
    let path = format!("{base}{}", visit.url(visit.path.trim_end_matches(".atom")));
    let page = format!("{path}{query}");
    let link = |href: String, rel: &str, kind: &str| Link {
        href,
        rel: rel.into(),
        mime_type: Some(kind.into()),
        hreflang: Some(visit.locale.tag().into()),
        ..Link::default()
    };
    let newest = entries.iter().map(|e| e.at).max().unwrap_or_default();
    let mut feed = Feed {
        title: Text::plain(title.to_owned()),
        id: page.clone(),
        updated: fixed(newest),
        lang: Some(visit.locale.tag().into()),
        generator: Some(Generator { value: "Madang".into(), ..Generator::default() }),
        ..Feed::default()
    };
    feed.links =
        vec![link(format!("{path}.atom{query}"), "self", "application/atom+xml"), link(page, "alternate", "text/html")];
    feed.authors = vec![Person { name: site.name.get(visit.locale).to_owned(), ..Person::default() }];
    feed.entries = entries
        .iter()
        .map(|entry| Entry {
            title: Text::plain(entry.title.clone()),
            id: format!("{base}/id/{}", entry.id),
            updated: fixed(entry.at),
            published: Some(fixed(entry.at)),
            authors: if entry.by.is_empty() {
                Vec::new()
            } else {
                vec![Person { name: entry.by.clone(), ..Person::default() }]
            },
            links: vec![link(format!("{base}{}", entry.href), "alternate", "text/html")],
            content: (!entry.text.is_empty()).then(|| Content {
                value: Some(entry.text.clone()),
                content_type: Some("text".into()),
                ..Content::default()
            }),
            ..Entry::default()
        })
        .collect();
    file(headers, "application/atom+xml; charset=utf-8", "", feed.to_string().into_bytes())
}

fn fixed(time: Time) -> FixedDateTime {
    DateTime::from_timestamp_micros(time.micros()).unwrap_or_default().fixed_offset()
}

/// A whole-day event of a calendar.
#[derive(Clone, Debug)]
pub struct Day {
    pub id: String,
    pub date: jiff::civil::Date,
    pub title: String,
    pub text: String,
    pub href: String,
}

/// A calendar (RFC 5545) of whole days; `changed` is when any of them changed last.
///
/// # Errors
/// As [`file`].
pub fn calendar(headers: &HeaderMap, visit: &Visit, title: &str, changed: Time, days: &[Day]) -> Result<Response> {
    let base = &visit.app.site.base_url;
    let host = base.split_once("://").map_or(base.as_str(), |(_, host)| host);
    let mut calendar = Calendar::new().name(title).timezone("Asia/Seoul").done();
    for day in days {
        let date = NaiveDate::from_ymd_opt(
            day.date.year().into(),
            day.date.month().unsigned_abs().into(),
            day.date.day().unsigned_abs().into(),
        );
        let Some(date) = date else { continue };
        let event = icalendar::Event::new()
            .uid(&format!("{}@{host}", day.id))
            .timestamp(DateTime::from_timestamp_micros(changed.micros()).unwrap_or_default())
            .all_day(date)
            .summary(&day.title)
            .description(&day.text)
            .url(&format!("{base}{}", day.href))
            .done();
        calendar.push(event);
    }
    file(headers, "text/calendar; charset=utf-8", "", calendar.to_string().into_bytes())
}
