//! An issue goes: at once, or at a time until which it can be taken back. What is sent stays as it is; what was wrong in it
//! is said beside it, with its day.

use madang_base::{Error, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field, ReceiptCode};
use madang_kernel::{Ctx, ObjectKind, Ref, Verb, job};
use serde_json::json;

use super::issue::drafted;
use super::{overtaken, own};
use crate::mailing::{MAIL, SEND};
use crate::model::{Content, Correction, Issue, IssueId, IssueState, Newsletter};
use crate::ports::Contributor;
use crate::rules::{INTRO, too_long};
use crate::{kinds, store, views};

/// Sends a draft: it becomes public, and mails to its readers are written. What officers left out and what is no longer
/// public is taken out of it for good.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.overtaken`; `newsletter.sent`; `newsletter.empty`; `newsletter.retired`.
pub fn send(tx: &mut Tx, ctx: &Ctx, there: &dyn Contributor, id: IssueId, revision: i64) -> Result<ReceiptCode> {
    let (newsletter, issue) = own(tx, ctx, id, Verb::Publish)?;
    if issue.state == IssueState::Sent {
        return Err(Error::conflict("newsletter.sent"));
    }
    if issue.revision != revision {
        return Err(overtaken());
    }
    publish(tx, ctx, there, &newsletter, &issue)
}

/// Has a draft sent at a later time; until then it can be taken back.
///
/// # Errors
/// As [`send`]; `newsletter.waiting` when it waits already; `newsletter.past` for a time that is over.
pub fn schedule(tx: &mut Tx, ctx: &Ctx, there: &dyn Contributor, id: IssueId, revision: i64, at: Time) -> Result<()> {
    let (_, issue) = own(tx, ctx, id, Verb::Publish)?;
    drafted(&issue)?;
    if at <= ctx.now {
        return Err(Error::invalid("newsletter.past"));
    }
    if public_part(tx, there, &issue)?.is_empty() {
        return Err(Error::invalid("newsletter.empty"));
    }
    if !store::issue::schedule(tx, id, IssueState::Waiting, Some(at), ctx.account(), revision)? {
        return Err(overtaken());
    }
    job::enqueue(tx, ctx, SEND, json!({ "issue": id.to_string() }), Some(at))?;
    Ok(())
}

/// Takes back what waits: it is a draft again.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.overtaken`; `newsletter.sent` when it has gone.
pub fn take_back(tx: &mut Tx, ctx: &Ctx, id: IssueId, revision: i64) -> Result<()> {
    let (_, issue) = own(tx, ctx, id, Verb::Publish)?;
    if issue.state == IssueState::Sent {
        return Err(Error::conflict("newsletter.sent"));
    }
    if !store::issue::schedule(tx, id, IssueState::Draft, None, ctx.account(), revision)? {
        return Err(overtaken());
    }
    Ok(())
}

/// The time of an issue that waits has come. Nothing happens when it was taken back, was put off or has gone. An issue of
/// which nothing is left is a draft again.
pub(crate) fn due(tx: &mut Tx, ctx: &Ctx, there: &dyn Contributor, id: IssueId) -> Result<()> {
    let Some(issue) = store::issue::get(tx, id)? else { return Ok(()) };
    let come = issue.send_at.is_some_and(|at| at <= ctx.now);
    if issue.state != IssueState::Waiting || !come {
        return Ok(());
    }
    let newsletter = store::newsletter::get(tx, issue.newsletter)?.filter(|n| n.retired_at.is_none());
    let left = !public_part(tx, there, &issue)?.is_empty();
    match newsletter.filter(|_| left) {
        Some(newsletter) => publish(tx, ctx, there, &newsletter, &issue).map(|_| ()),
        None => {
            store::issue::schedule(tx, id, IssueState::Draft, None, issue.account, issue.revision)?;
            Ok(())
        }
    }
}

/// Says something about an issue that has gone: a correction, with today's date.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.not-sent`; `newsletter.correction`, `newsletter.intro-long`;
/// `newsletter.overtaken`.
pub fn correct(tx: &mut Tx, ctx: &Ctx, id: IssueId, revision: i64, text: &LocalizedText) -> Result<()> {
    let (_, issue) = own(tx, ctx, id, Verb::Publish)?;
    if issue.state != IssueState::Sent {
        return Err(Error::conflict("newsletter.not-sent"));
    }
    if text.is_empty() {
        return Err(Error::invalid("newsletter.correction").field("text", "newsletter.correction"));
    }
    if too_long(text, INTRO) {
        return Err(Error::invalid("newsletter.intro-long").field("text", "newsletter.intro-long"));
    }
    let mut content = issue.content.clone();
    content.corrections.push(Correction { at: ctx.now, text: text.clone() });
    if !store::issue::correct(tx, id, &content, ctx.now, revision)? {
        return Err(overtaken());
    }
    let event = Event::public(&kinds::NEWSLETTER_CORRECTED, Ref::new(ObjectKind::Newsletter, issue.newsletter))
        .with("from", issue.period.first())
        .with("text", Field::salted(text.to_json()));
    ledger::append(tx, ctx, event).map(|_| ())
}

/// What would go: without what was left out and what is no longer public.
fn public_part(tx: &mut Tx, there: &dyn Contributor, issue: &Issue) -> Result<Content> {
    let mut content = issue.content.clone();
    for section in &mut content.sections {
        section.items.retain(|item| !item.dropped);
    }
    views::refresh(tx, there, &mut content)?;
    Ok(content)
}

fn publish(
    tx: &mut Tx,
    ctx: &Ctx,
    there: &dyn Contributor,
    newsletter: &Newsletter,
    issue: &Issue,
) -> Result<ReceiptCode> {
    let content = public_part(tx, there, issue)?;
    if content.is_empty() {
        return Err(Error::invalid("newsletter.empty"));
    }
    if !store::issue::send(tx, issue.id, &content, ctx.now, issue.revision)? {
        return Err(overtaken());
    }
    job::enqueue(tx, ctx, MAIL, json!({ "issue": issue.id.to_string() }), None)?;
    let items = i64::try_from(content.kept().count()).unwrap_or(i64::MAX);
    let event = Event::public(&kinds::NEWSLETTER_SENT, newsletter.reference())
        .with("organisation", Ref::new(ObjectKind::Organisation, newsletter.organisation))
        .with("from", issue.period.first())
        .with("until", issue.period.last())
        .with("items", items)
        .with("record", Field::salted(content.to_json()?));
    ledger::append(tx, ctx, event)
}
