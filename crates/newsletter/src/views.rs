//! What pages, feeds and mails show: newsletters with the names they need, issues without what is no longer public.

use std::collections::BTreeMap;

use madang_base::{Error, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Ref, Verb, organisation};
use serde::Serialize;

use crate::model::{Content, Issue, IssueId, IssueState, Item, Newsletter, NewsletterId};
use crate::period::Period;
use crate::ports::Contributor;
use crate::store;

/// Newsletters of a site that a list shows.
const MOST: u32 = 500;

/// An organisation as pages name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    pub id: OrganisationId,
    pub slug: String,
    pub name: LocalizedText,
}

/// A newsletter with its names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewsletterView {
    pub newsletter: Newsletter,
    pub organisation: Named,
    /// What it is narrowed to.
    pub agency: Option<Named>,
    /// Issues that were sent.
    pub issues: i64,
    pub last_sent: Option<Time>,
}

/// An issue with its newsletter, as everybody may see it, or as its officers do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IssueView {
    pub of: NewsletterView,
    /// Without what is no longer public; for everybody also without what was left out.
    pub issue: Issue,
}

fn named(tx: &mut Tx, id: OrganisationId) -> Result<Named> {
    let found = organisation::get(tx, id)?;
    Ok(Named { id, slug: found.slug, name: found.name })
}

fn view(tx: &mut Tx, newsletter: Newsletter) -> Result<NewsletterView> {
    let (issues, last_sent) = store::issue::sent_count(tx, newsletter.id)?;
    let agency = match newsletter.agency {
        Some(id) => Some(named(tx, id)?),
        None => None,
    };
    Ok(NewsletterView { organisation: named(tx, newsletter.organisation)?, agency, issues, last_sent, newsletter })
}

/// All newsletters, those that still come first. Ended ones without an issue are nobody's business.
///
/// # Errors
/// Those of the database.
pub fn newsletters(tx: &mut Tx) -> Result<Vec<NewsletterView>> {
    let all = store::newsletter::all(tx, MOST)?;
    let views = all.into_iter().map(|newsletter| view(tx, newsletter)).collect::<Result<Vec<_>>>()?;
    Ok(views.into_iter().filter(|v| v.newsletter.retired_at.is_none() || v.issues > 0).collect())
}

/// One newsletter by the word of its address.
///
/// # Errors
/// `newsletter.unknown`; those of the database.
pub fn newsletter(tx: &mut Tx, slug: &str) -> Result<NewsletterView> {
    let unknown = || Error::not_found("newsletter.unknown").arg("value", slug);
    let found = store::newsletter::by_slug(tx, slug)?.ok_or_else(unknown)?;
    view(tx, found)
}

/// What was sent of a newsletter, newest first, from before `before`; contents as they were sent: titles of items are not
/// for showing.
///
/// # Errors
/// Those of the database.
pub fn archive(tx: &mut Tx, newsletter: NewsletterId, before: Option<Time>, limit: u32) -> Result<Vec<Issue>> {
    store::issue::sent(tx, newsletter, before.unwrap_or(Time::from_micros(i64::MAX)), limit)
}

/// A sent issue, as everybody may see it now.
///
/// # Errors
/// `newsletter.unknown`, `newsletter.issue-unknown`; those of the database.
pub fn issue(tx: &mut Tx, there: &dyn Contributor, slug: &str, period: Period) -> Result<IssueView> {
    let of = newsletter(tx, slug)?;
    let unknown = || Error::not_found("newsletter.issue-unknown").arg("value", period);
    let found = store::issue::of_period(tx, of.newsletter.id, period)?;
    let mut issue = found.filter(|issue| issue.state == IssueState::Sent).ok_or_else(unknown)?;
    published(tx, there, &mut issue.content)?;
    Ok(IssueView { of, issue })
}

/// The same by its id, for mails; none when it has not been sent.
pub(crate) fn sent(tx: &mut Tx, there: &dyn Contributor, id: IssueId) -> Result<Option<IssueView>> {
    let found = store::issue::get(tx, id)?.filter(|issue| issue.state == IssueState::Sent);
    let Some(mut issue) = found else { return Ok(None) };
    let Some(newsletter) = store::newsletter::get(tx, issue.newsletter)? else { return Ok(None) };
    published(tx, there, &mut issue.content)?;
    Ok(Some(IssueView { of: view(tx, newsletter)?, issue }))
}

/// An issue for its officers, drafts too: what was left out is still in it, what is no longer public is not.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.unknown`, `newsletter.issue-unknown`; those of the database.
pub fn draft(tx: &mut Tx, ctx: &Ctx, there: &dyn Contributor, slug: &str, period: Period) -> Result<IssueView> {
    let of = newsletter(tx, slug)?;
    ctx.require(Verb::Edit, ObjectKind::Newsletter, Some(Owner::Organisation(of.newsletter.organisation)))?;
    let unknown = || Error::not_found("newsletter.issue-unknown").arg("value", period);
    let mut issue = store::issue::of_period(tx, of.newsletter.id, period)?.ok_or_else(unknown)?;
    refresh(tx, there, &mut issue.content)?;
    Ok(IssueView { of, issue })
}

/// A draft as it would be read: without what was left out.
#[must_use]
pub fn preview(mut view: IssueView) -> IssueView {
    for section in &mut view.issue.content.sections {
        section.items.retain(|item| !item.dropped);
    }
    view
}

fn published(tx: &mut Tx, there: &dyn Contributor, content: &mut Content) -> Result<()> {
    for section in &mut content.sections {
        section.items.retain(|item| !item.dropped);
    }
    refresh(tx, there, content)
}

/// Takes out what is no longer public, and gives the rest the words of today.
pub(crate) fn refresh(tx: &mut Tx, there: &dyn Contributor, content: &mut Content) -> Result<()> {
    let items: Vec<&Item> = content.sections.iter().flat_map(|section| &section.items).collect();
    let mut words = there.shown(tx, &items)?.into_iter();
    for section in &mut content.sections {
        let mut kept = Vec::with_capacity(section.items.len());
        for mut item in section.items.drain(..) {
            if let Some(words) = words.next().flatten() {
                item.title = words.title;
                item.text = words.text;
                kept.push(item);
            }
        }
        section.items = kept;
    }
    Ok(())
}

/// A newsletter at its organisation's desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskLine {
    pub of: NewsletterView,
    pub readers: i64,
    /// What is not sent yet, the newest period first; contents are not for showing.
    pub open: Vec<Issue>,
    /// The newest period that is over, when it has no issue.
    #[serde(skip)]
    pub next: Option<Period>,
}

/// The newsletters of the organisations whose newsletters the actor may edit, and the names of these organisations.
///
/// # Errors
/// Those of the database.
pub fn desk(tx: &mut Tx, ctx: &Ctx, organisations: &[OrganisationId]) -> Result<(Vec<DeskLine>, Vec<Named>)> {
    let mut lines = Vec::new();
    let mut names = BTreeMap::new();
    for id in organisations {
        if !ctx.may(Verb::Edit, ObjectKind::Newsletter, Some(Owner::Organisation(*id))) || names.contains_key(id) {
            continue;
        }
        names.insert(*id, named(tx, *id)?);
        for newsletter in store::newsletter::of_organisation(tx, *id)? {
            lines.push(desk_line(tx, ctx, newsletter)?);
        }
    }
    Ok((lines, names.into_values().collect()))
}

/// One newsletter at the desk.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.unknown`; those of the database.
pub fn desk_one(tx: &mut Tx, ctx: &Ctx, slug: &str) -> Result<DeskLine> {
    let unknown = || Error::not_found("newsletter.unknown").arg("value", slug);
    let found = store::newsletter::by_slug(tx, slug)?.ok_or_else(unknown)?;
    ctx.require(Verb::Edit, ObjectKind::Newsletter, Some(Owner::Organisation(found.organisation)))?;
    desk_line(tx, ctx, found)
}

fn desk_line(tx: &mut Tx, ctx: &Ctx, newsletter: Newsletter) -> Result<DeskLine> {
    let period = Period::last_over(newsletter.rhythm, ctx.now);
    let there = store::issue::of_period(tx, newsletter.id, period)?;
    let next = (there.is_none() && newsletter.retired_at.is_none()).then_some(period);
    Ok(DeskLine {
        readers: store::subscription::count(tx, newsletter.id)?,
        open: store::issue::open(tx, newsletter.id)?,
        next,
        of: view(tx, newsletter)?,
    })
}

/// A sent issue as an index takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Searched {
    pub issue: IssueId,
    pub slug: String,
    pub period: Period,
    pub name: LocalizedText,
    /// Greeting, notes, corrections, and the titles of what is public in it.
    pub text: String,
    pub organisation: OrganisationId,
    pub agency: Option<OrganisationId>,
    pub area: Option<String>,
    pub sent_at: Time,
}

impl Searched {
    /// How an index names it.
    #[must_use]
    pub fn reference(&self) -> Ref {
        Ref::new(ObjectKind::Newsletter, self.issue)
    }
}

/// Sent issues by the ids that an index has, in their order, without those that are not there.
///
/// # Errors
/// Those of the database.
pub fn searched(tx: &mut Tx, there: &dyn Contributor, ids: &[&str]) -> Result<Vec<Searched>> {
    let mut out = Vec::new();
    for id in ids {
        let Ok(id) = id.parse() else { continue };
        if let Some(view) = sent(tx, there, id)? {
            out.extend(for_index(view));
        }
    }
    Ok(out)
}

/// Sent issues of all newsletters in the order of their ids, from after one of them; for building an index.
///
/// # Errors
/// Those of the database.
pub fn page(tx: &mut Tx, there: &dyn Contributor, after: Option<&str>, limit: u32) -> Result<Vec<Searched>> {
    let ids: Vec<String> = store::issue::sent_by_id(tx, after.unwrap_or_default(), limit)?
        .iter()
        .map(|issue| issue.id.to_string())
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    searched(tx, there, &ids)
}

/// The names in an index of what an event of the log touches: all sent issues of the newsletter that it is about.
///
/// # Errors
/// Those of the database.
pub fn touched(tx: &mut Tx, newsletter: &Ref) -> Result<Vec<Ref>> {
    let Ok(id) = newsletter.id.parse() else { return Ok(Vec::new()) };
    let issues = store::issue::sent(tx, id, Time::from_micros(i64::MAX), MOST)?;
    Ok(issues.iter().map(|issue| Ref::new(ObjectKind::Newsletter, issue.id)).collect())
}

fn for_index(view: IssueView) -> Option<Searched> {
    let (of, content) = (view.of.newsletter, &view.issue.content);
    let mut text: Vec<&str> = Vec::new();
    text.extend(content.intro.iter().map(|(_, text)| text));
    for item in content.kept() {
        text.extend(item.title.iter().map(|(_, text)| text));
        text.extend(item.note.iter().map(|(_, text)| text));
    }
    text.extend(content.corrections.iter().flat_map(|correction| correction.text.iter().map(|(_, text)| text)));
    Some(Searched {
        issue: view.issue.id,
        period: view.issue.period,
        text: text.join("\n"),
        sent_at: view.issue.sent_at?,
        slug: of.slug,
        name: of.name,
        organisation: of.organisation,
        agency: of.agency,
        area: of.area,
    })
}
