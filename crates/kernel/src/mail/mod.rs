//! Mail: a message is written into the transaction of the act and sent by a job.
//!
//! The body of a message may hold a sign-in link, so it is shown to nobody while it can still be sent or has been, and
//! it is deleted some days after ([`purge`]). In demo mode nothing leaves the house: the port keeps messages, and the
//! outbox page shows them ([`outbox`]).
//!
//! Sending is at least once: when the program dies between the server's "accepted" and our note of it, the message goes
//! out twice, with the same Message-ID, by which mail programs drop the second.

mod sender;
mod store;
#[cfg(test)]
mod tests;

use madang_base::{Error, Id, Result, Time};
use madang_db::Tx;
use serde_json::json;

pub use self::sender::SendMail;
use crate::BoxFuture;
use crate::coded;
use crate::ctx::Ctx;
use crate::job;
use crate::object::ObjectKind;
use crate::permission::Verb;

/// Marker of a message's id; never built.
#[derive(Debug)]
pub enum MailMarker {}
pub type MailId = Id<MailMarker>;

/// The kind of job that sends a message.
pub const SEND: &str = "mail.send";

/// The longest subject, in characters, and the longest address, in bytes (RFC 5321).
const MAX_SUBJECT: usize = 200;
const MAX_ADDRESS: usize = 254;

coded! {
    /// Where a message is.
    pub enum MailState("mail.state-unknown") {
        Queued = "queued",
        Sent = "sent",
        Failed = "failed",
        /// Demo mode: shown on the outbox page and not sent.
        Kept = "kept",
    }
}

/// A message to write; texts are ready, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// One address, without a name.
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    /// Further headers, for example `List-Unsubscribe`. ASCII.
    pub headers: Vec<(String, String)>,
}

/// A message as the port is given it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub headers: Vec<(String, String)>,
    pub at: Time,
}

/// What the port did with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// A server has accepted it.
    Sent,
    /// It stays here, for the outbox page.
    Kept,
}

/// The port: `adapters` fills it with SMTP, or with one that keeps everything.
pub trait Mailer: Send + Sync {
    /// # Errors
    /// `Unavailable` for what may pass (no connection, "try later"), `Invalid` for what will not (no such mailbox).
    fn send<'a>(&'a self, mail: &'a Outgoing) -> BoxFuture<'a, Result<Delivery>>;
}

/// A message in the administrator's list: nothing of what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub state: MailState,
    pub error: Option<String>,
    pub at: Time,
}

/// Newest first. `next` is the `before` of the following page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub mails: Vec<T>,
    pub next: Option<MailId>,
}

/// Writes a message and the job that sends it.
///
/// # Errors
/// `Kind::Invalid`: `mail.address`, `mail.subject` (empty, too long or with a line break), `mail.header` (a header that
/// is not one line of ASCII).
pub fn queue(tx: &mut Tx, ctx: &Ctx, mail: Mail) -> Result<MailId> {
    check(&mail)?;
    let id = Id::new(ctx.now, ctx.rng());
    let Mail { to, subject, text, html, headers } = mail;
    store::insert(tx, &Outgoing { id, to, subject, text, html, headers, at: ctx.now })?;
    job::enqueue(tx, ctx, SEND, json!({ "mail": id.to_string() }), None)?;
    Ok(id)
}

/// Messages for the administrator, newest first, without what they say.
///
/// # Errors
/// Those of [`Ctx::require`] and the database.
pub fn list(
    tx: &mut Tx,
    ctx: &Ctx,
    state: Option<MailState>,
    before: Option<MailId>,
    limit: u32,
) -> Result<Page<Summary>> {
    ctx.require(Verb::Read, ObjectKind::Mail, None)?;
    let mut mails = store::list(tx, state, before, limit.saturating_add(1))?;
    let more = mails.len() > limit as usize;
    mails.truncate(limit as usize);
    Ok(Page { next: mails.last().filter(|_| more).map(|mail| mail.id), mails })
}

/// Kept messages with all they say, newest first. Asks for no permission: only demo mode keeps messages, and there the
/// outbox is the visitor's own letter-box. The page exists in demo mode alone.
///
/// # Errors
/// Those of the database.
pub fn outbox(tx: &mut Tx, before: Option<MailId>, limit: u32) -> Result<Page<Outgoing>> {
    let mut mails = store::kept(tx, before, limit.saturating_add(1))?;
    let more = mails.len() > limit as usize;
    mails.truncate(limit as usize);
    Ok(Page { next: mails.last().filter(|_| more).map(|mail| mail.id), mails })
}

/// One kept message; see [`outbox`].
///
/// # Errors
/// `Kind::NotFound` with code `mail.unknown`, also for messages that are not kept.
pub fn outbox_one(tx: &mut Tx, id: MailId) -> Result<Outgoing> {
    store::kept_one(tx, id)?.ok_or_else(|| Error::not_found("mail.unknown").arg("value", id))
}

/// Blanks what messages say that were sent, or failed for good, before `bodies`, and deletes those from before `rows`;
/// at most a thousand each. Returns how many were touched.
///
/// # Errors
/// Those of the database.
pub fn purge(tx: &mut Tx, bodies: Time, rows: Time) -> Result<u64> {
    Ok(store::blank(tx, bodies)? + store::delete(tx, rows)?)
}

/// Deletes the messages to an address; for the deletion of an account.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx, address: &str) -> Result<u64> {
    store::forget(tx, address)
}

fn check(mail: &Mail) -> Result<()> {
    let to = &mail.to;
    let halves = to.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty());
    if halves.is_none() || to.len() > MAX_ADDRESS || to.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Error::invalid("mail.address"));
    }
    let subject = &mail.subject;
    if subject.trim().is_empty() || subject.chars().count() > MAX_SUBJECT || subject.chars().any(char::is_control) {
        return Err(Error::invalid("mail.subject"));
    }
    for (name, value) in &mail.headers {
        let name_ok = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !name_ok || value.is_empty() || !value.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) {
            return Err(Error::invalid("mail.header").arg("name", name));
        }
    }
    Ok(())
}
