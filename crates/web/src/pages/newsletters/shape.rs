//! From an issue to what templates read: the same for the page, the preview and the mail, which differ in their addresses.

use madang_base::{Locale, LocalizedText, Time};
use madang_newsletter::model::{Issue, Item, Place, Rhythm, SectionKind};
use madang_newsletter::period::Period;
use madang_newsletter::views::{IssueView, Named, NewsletterView};
use serde_json::{Value, json};

use crate::i18n::{Arg, Catalogue, date};

/// Words of one language, and what stands before a path of this site: nothing on pages, the site's address in mails.
pub(crate) struct Frame<'a> {
    pub catalogue: &'a Catalogue,
    pub locale: Locale,
    pub base: &'a str,
}

impl Frame<'_> {
    pub fn words(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.catalogue.text(self.locale, key, args)
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/{}{path}", self.base, self.locale)
    }

    /// `2026년 10월`, `2026년 10월 19일(월) ~ 25일`.
    pub fn period(&self, period: Period) -> String {
        match period {
            Period::Month { year, month } => {
                self.words(&format!("newsletter-month-{month}"), &[("year", Arg::Text(year.to_string()))])
            }
            Period::Week { .. } => {
                let day = |day: jiff::civil::Date| Arg::Text(date(&day.to_string(), self.locale));
                self.words("newsletter-week", &[("from", day(period.first())), ("to", day(period.last()))])
            }
        }
    }

    pub fn rhythm(&self, rhythm: Rhythm) -> String {
        self.words(&format!("newsletter-rhythm-{rhythm}"), &[])
    }

    /// `{name, about, href, organisation, rhythm, scope: [text], ended: bool}`
    pub fn newsletter(&self, of: &NewsletterView) -> Value {
        let news = &of.newsletter;
        let mut scope = Vec::new();
        if !news.topic.is_empty() {
            scope.push(self.words("newsletter-scope-topic", &[("topic", news.topic.as_str().into())]));
        }
        if let Some(agency) = &of.agency {
            scope.push(self.words("newsletter-scope-agency", &[("agency", agency.name.get(self.locale).into())]));
        }
        if let Some(area) = &news.area {
            scope.push(self.words("newsletter-scope-area", &[("area", area.as_str().into())]));
        }
        json!({
            "slug": news.slug, "name": news.name, "about": news.about, "href": self.url(&path(&news.slug)),
            "organisation": of.organisation.name, "rhythm": self.rhythm(news.rhythm), "scope": scope,
            "ended": news.retired_at.is_some(), "issues": of.issues, "last": of.last_sent.map(Time::micros),
            "subscribe_href": self.url(&format!("{}/subscribe", path(&news.slug))),
        })
    }

    /// A line of the archive.
    pub fn line(&self, slug: &str, issue: &Issue) -> Value {
        json!({
            "title": self.period(issue.period), "href": self.url(&format!("{}/{}", path(slug), issue.period)),
            "sent": issue.sent_at.map(Time::micros), "items": issue.content.kept().count(),
            "counts": self.counts(issue),
        })
    }

    /// `물음 12 · 답변 5`, of what there is.
    fn counts(&self, issue: &Issue) -> String {
        let of = |kind: &SectionKind| {
            let n = issue.content.count(*kind);
            (n > 0).then(|| self.words(&format!("newsletter-count-{kind}"), &[("n", n.into())]))
        };
        SectionKind::ALL.iter().filter_map(of).collect::<Vec<_>>().join(" · ")
    }

    /// What `newsletters/parts.html` and `mail/newsletter.html` read.
    pub fn issue(&self, view: &IssueView) -> Value {
        let issue = &view.issue;
        let content = &issue.content;
        let sections: Vec<Value> = content
            .sections
            .iter()
            .filter(|section| section.items.iter().any(|item| !item.dropped))
            .map(|section| {
                let kept: Vec<Value> =
                    section.items.iter().filter(|item| !item.dropped).map(|i| self.item(section.kind, i)).collect();
                let rest = section.count - i64::try_from(kept.len()).unwrap_or(0);
                let more = (rest > 0).then(|| self.words("newsletter-more", &[("n", rest.into())]));
                json!({
                    "kind": section.kind.code(), "title": self.words(&format!("newsletter-section-{}", section.kind), &[]),
                    "items": kept, "more": more.unwrap_or_default(),
                })
            })
            .collect();
        let figures: Vec<Value> = SectionKind::ALL
            .iter()
            .map(|kind| {
                let name = self.words(&format!("newsletter-figure-{kind}"), &[]);
                json!({ "kind": kind.code(), "name": name, "n": content.count(*kind) })
            })
            .collect();
        let corrections: Vec<Value> =
            content.corrections.iter().map(|c| json!({ "time": c.at.micros(), "text": c.text })).collect();
        json!({
            "title": self.period(issue.period), "period": issue.period.to_string(),
            "from": issue.period.first().to_string(), "until": issue.period.last().to_string(),
            "sent": issue.sent_at.map(Time::micros), "intro": some(&content.intro), "figures": figures,
            "sections": sections, "corrections": corrections,
        })
    }

    /// `{title, href, over, text, note, what, date, supports}`
    pub fn item(&self, section: SectionKind, item: &Item) -> Value {
        let by = item.by.get(self.locale);
        let mut over: Vec<&str> = vec![item.of.get(self.locale)];
        over.extend(Some(by).filter(|by| !by.is_empty()));
        // What is late has passed at the end of its last day.
        let day = if section == SectionKind::Late { item.at.plus_seconds(-1) } else { item.at };
        let day = Arg::Text(date(&day.kst_date().to_string(), self.locale));
        let supports = item.supports.filter(|n| *n > 0);
        json!({
            "title": item.title, "href": self.url(&place(&item.place)), "over": over.join(" · "), "text": item.text,
            "note": some(&item.note), "what": self.what(section, item),
            "date": self.words(&format!("newsletter-date-{section}"), &[("date", day)]),
            "supports": supports.map(|n| self.words("newsletter-supports", &[("n", n.into())])).unwrap_or_default(),
        })
    }

    /// What happened to it, in a few words; empty where the section says it.
    fn what(&self, section: SectionKind, item: &Item) -> String {
        if section != SectionKind::Moved {
            return item.state.get(self.locale).to_owned();
        }
        let code = match item.what.as_str() {
            "progress-reported" | "progress-corrected" => format!("claim-{}", item.detail),
            "assessed" => format!("completion-{}", item.detail),
            _ => String::new(),
        };
        let detail = if code.is_empty() { String::new() } else { self.words(&code, &[]) };
        self.words(&format!("notice-{}", item.what), &[("detail", detail.into())])
    }
}

/// The path of a newsletter's page.
pub(crate) fn path(slug: &str) -> String {
    format!("/newsletters/{slug}")
}

/// The path of an item's page.
pub(crate) fn place(place: &Place) -> String {
    match place {
        Place::Case { number } => format!("/cases/{number}"),
        Place::Commitment { id } => commitment(id),
        Place::Milestone { id } => {
            let (of, number) = id.rsplit_once('/').unwrap_or((id, ""));
            format!("{}#m{number}", commitment(of))
        }
    }
}

fn commitment(id: &str) -> String {
    let (plan, number) = id.split_once('/').unwrap_or((id, ""));
    format!("/plans/{plan}/commitments/{number}")
}

/// A text, or none when nothing is written.
pub(crate) fn some(text: &LocalizedText) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

/// `{id, slug, name}` for a choice of organisations.
pub(crate) fn named(of: &Named) -> Value {
    json!({ "id": of.id.to_string(), "slug": of.slug, "name": of.name })
}
