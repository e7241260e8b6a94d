//! The same for machines: JSON, CSV and Atom.

use http::HeaderMap;
use madang_base::{Result, Time};
use madang_http::{Outcome, Visit};
use madang_newsletter::model::Issue;
use madang_newsletter::views::{self, IssueView, NewsletterView};
use serde_json::{Value, json};

use super::public::{Narrowed, all, archive, with_frame};
use super::shape::{path, place};
use crate::export::{self, FeedEntry};
use crate::i18n::iso_time;
use crate::page::words;

/// Entries of a feed, and rows of an export.
const ENTRIES: u32 = 50;
const ROWS: u32 = 10_000;

fn summary(visit: &Visit, of: &NewsletterView) -> Value {
    let news = &of.newsletter;
    json!({
        "slug": news.slug, "name": news.name, "about": news.about, "topic": news.topic, "area": news.area,
        "agency": of.agency.as_ref().map(|agency| &agency.slug), "organisation": of.organisation.slug,
        "rhythm": news.rhythm.code(), "issues": of.issues, "created_at": news.created_at.rfc3339(),
        "retired_at": news.retired_at.map(Time::rfc3339),
        "href": format!("{}{}", visit.app.site.base_url, visit.url(&path(&news.slug))),
    })
}

pub async fn list_json(visit: Visit, headers: HeaderMap) -> Outcome {
    let narrowed = Narrowed::of(&visit);
    let all = all(&visit).await?;
    let found: Vec<Value> = all.iter().filter(|of| narrowed.passes(of)).map(|of| summary(&visit, of)).collect();
    Ok(export::json(&headers, &json!({ "count": found.len(), "newsletters": found }))?)
}

pub async fn list_csv(visit: Visit, headers: HeaderMap) -> Outcome {
    let narrowed = Narrowed::of(&visit);
    let heads = ["slug", "name_ko", "name_en", "organisation", "rhythm", "topic", "agency", "area", "issues"];
    let rows: Vec<Vec<String>> = all(&visit)
        .await?
        .iter()
        .filter(|of| narrowed.passes(of))
        .map(|of| {
            let news = &of.newsletter;
            vec![
                news.slug.clone(),
                news.name.exact("ko").unwrap_or_default().to_owned(),
                news.name.exact("en").unwrap_or_default().to_owned(),
                of.organisation.slug.clone(),
                news.rhythm.code().to_owned(),
                news.topic.clone(),
                of.agency.as_ref().map(|agency| agency.slug.clone()).unwrap_or_default(),
                news.area.clone().unwrap_or_default(),
                of.issues.to_string(),
            ]
        })
        .collect();
    Ok(export::csv(&headers, "newsletters.csv", &heads.map(str::to_owned), &rows)?)
}

fn entry(visit: &Visit, of: &NewsletterView, issue: &Issue) -> Result<FeedEntry> {
    let name = of.newsletter.name.get(visit.locale);
    let (title, counts) = with_frame(visit, |frame| {
        let line = frame.line(&of.newsletter.slug, issue);
        (frame.period(issue.period), line["counts"].as_str().unwrap_or_default().to_owned())
    })?;
    let intro = issue.content.intro.get(visit.locale);
    let text: Vec<&str> = [intro, &counts].into_iter().filter(|text| !text.is_empty()).collect();
    Ok(FeedEntry {
        id: format!("newsletter/{}", issue.id),
        at: issue.changed_at,
        title: format!("{name} · {title}"),
        text: text.join("\n\n"),
        href: visit.url(&format!("{}/{}", path(&of.newsletter.slug), issue.period)),
        by: of.organisation.name.get(visit.locale).to_owned(),
    })
}

pub async fn all_atom(visit: Visit, headers: HeaderMap) -> Outcome {
    let narrowed = Narrowed::of(&visit);
    let shown: Vec<NewsletterView> = all(&visit).await?.into_iter().filter(|of| narrowed.passes(of)).collect();
    let ids: Vec<_> = shown.iter().map(|of| of.newsletter.id).collect();
    let issues = visit.app.db.read(move |tx| {
        let mut issues = Vec::new();
        for id in &ids {
            issues.extend(views::archive(tx, *id, None, ENTRIES)?);
        }
        Ok(issues)
    });
    let mut issues = issues.await?;
    issues.sort_by_key(|issue| std::cmp::Reverse((issue.sent_at, issue.id)));
    issues.truncate(ENTRIES as usize);
    let mut entries = Vec::new();
    for issue in &issues {
        if let Some(of) = shown.iter().find(|of| of.newsletter.id == issue.newsletter) {
            entries.push(entry(&visit, of, issue)?);
        }
    }
    Ok(export::atom(&headers, &visit, &words(&visit, "newsletters-title", &[]), &entries)?)
}

pub async fn one_atom(visit: &Visit, headers: &HeaderMap, slug: &str) -> Outcome {
    let (of, issues) = archive(visit, slug, None, ENTRIES).await?;
    let entries = issues.iter().map(|issue| entry(visit, &of, issue)).collect::<Result<Vec<_>>>()?;
    Ok(export::atom(headers, visit, of.newsletter.name.get(visit.locale), &entries)?)
}

pub async fn one_json(visit: &Visit, headers: &HeaderMap, slug: &str) -> Outcome {
    let (of, issues) = archive(visit, slug, None, ROWS).await?;
    let issue = |issue: &Issue| {
        json!({
            "period": issue.period.to_string(), "from": issue.period.first().to_string(),
            "until": issue.period.last().to_string(), "sent_at": issue.sent_at.map(Time::rfc3339),
            "href": format!("{}{}", visit.app.site.base_url, visit.url(&format!("{}/{}", path(slug), issue.period))),
        })
    };
    let mut value = summary(visit, &of);
    value["archive"] = issues.iter().map(issue).collect();
    Ok(export::json(headers, &value)?)
}

pub async fn one_csv(visit: &Visit, headers: &HeaderMap, slug: &str) -> Outcome {
    let (of, issues) = archive(visit, slug, None, ROWS).await?;
    let heads = ["period", "from", "until", "sent_at", "asked", "answered", "moved", "late"].map(str::to_owned);
    let row = |issue: &Issue| {
        let mut row = vec![
            issue.period.to_string(),
            issue.period.first().to_string(),
            issue.period.last().to_string(),
            issue.sent_at.map(iso_time).unwrap_or_default(),
        ];
        let kinds = madang_newsletter::model::SectionKind::ALL;
        row.extend(kinds.iter().map(|kind| issue.content.count(*kind).to_string()));
        row
    };
    let rows: Vec<Vec<String>> = issues.iter().map(row).collect();
    Ok(export::csv(headers, &format!("{}-issues.csv", of.newsletter.slug), &heads, &rows)?)
}

pub fn issue_json(visit: &Visit, headers: &HeaderMap, view: &IssueView) -> Outcome {
    let issue = &view.issue;
    let base = &visit.app.site.base_url;
    let sections: Vec<Value> = issue
        .content
        .sections
        .iter()
        .map(|section| {
            let items: Vec<Value> = section
                .items
                .iter()
                .map(|item| {
                    json!({
                        "object": item.object, "href": format!("{base}{}", visit.url(&place(&item.place))),
                        "title": item.title, "text": item.text, "of": item.of, "by": item.by, "what": item.what,
                        "detail": item.detail, "at": item.at.rfc3339(), "supports": item.supports, "note": item.note,
                    })
                })
                .collect();
            json!({ "kind": section.kind.code(), "count": section.count, "items": items })
        })
        .collect();
    let corrections: Vec<Value> =
        issue.content.corrections.iter().map(|c| json!({ "at": c.at.rfc3339(), "text": c.text })).collect();
    let value = json!({
        "newsletter": summary(visit, &view.of), "period": issue.period.to_string(),
        "from": issue.period.first().to_string(), "until": issue.period.last().to_string(),
        "sent_at": issue.sent_at.map(Time::rfc3339), "intro": issue.content.intro, "sections": sections,
        "corrections": corrections,
    });
    Ok(export::json(headers, &value)?)
}

pub fn issue_csv(visit: &Visit, headers: &HeaderMap, view: &IssueView) -> Outcome {
    let heads = ["section", "object", "title", "text", "of", "by", "at", "supports", "note"].map(str::to_owned);
    let mut rows = Vec::new();
    for section in &view.issue.content.sections {
        for item in &section.items {
            rows.push(vec![
                section.kind.code().to_owned(),
                item.object.to_string(),
                item.title.get(visit.locale).to_owned(),
                item.text.clone(),
                item.of.get(visit.locale).to_owned(),
                item.by.get(visit.locale).to_owned(),
                iso_time(item.at),
                item.supports.map(|n| n.to_string()).unwrap_or_default(),
                item.note.get(visit.locale).to_owned(),
            ]);
        }
    }
    let name = format!("{}-{}.csv", view.of.newsletter.slug, view.issue.period);
    Ok(export::csv(headers, &name, &heads, &rows)?)
}
