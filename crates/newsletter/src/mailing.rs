//! The jobs: drafts of periods that are over, issues whose time has come, mails to readers, and the mail that asks for
//! confirmation.
//!
//! Readers are written to in the order of their words, some at a time. How far it has gone is kept with the issue, and is
//! moved on in the transaction that writes the mails: a job that is killed and runs again, or that two workers run at
//! once, writes to nobody twice and leaves nobody out. An issue is rendered once for each language and piece of readers,
//! with a random mark where each reader's own link for leaving belongs.

use std::collections::BTreeMap;
use std::sync::Arc;

use madang_base::{Error, Locale, Result, SharedClock, SharedRng, Time};
use madang_db::{Db, Tx};
use madang_kernel::job::{Handler, Job};
use madang_kernel::mail::{self, Mail};
use madang_kernel::{BoxFuture, Ctx, Keys};

use crate::compose;
use crate::model::{IssueId, Subscriber, Subscription, SubscriptionId};
use crate::ports::{Contributor, IssueTexts, Recipients};
use crate::service::send;
use crate::service::subscribe::{self, Purpose, token};
use crate::store;
use crate::views;

/// The kind of the recurring job that puts drafts together.
pub const COMPOSE: &str = "newsletter.compose";
/// The kind of job that sends an issue at the time that was chosen.
pub const SEND: &str = "newsletter.send";
/// The kind of job that writes to the readers of an issue.
pub const MAIL: &str = "newsletter.mail";
/// The kind of job that asks a mail address for confirmation.
pub const CONFIRM: &str = "newsletter.confirm";

/// The kinds of jobs that [`Post`] runs.
pub const KINDS: [&str; 4] = [COMPOSE, SEND, MAIL, CONFIRM];

/// Readers of one transaction.
pub(crate) const CHUNK: u32 = 100;

/// The handler of all jobs of newsletters.
#[derive(Clone)]
pub struct Post {
    pub db: Db,
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub keys: Arc<Keys>,
    pub there: Arc<dyn Contributor>,
    pub texts: Arc<dyn IssueTexts>,
    pub recipients: Arc<dyn Recipients>,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post").finish_non_exhaustive()
    }
}

impl Handler for Post {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match job.kind.as_str() {
                COMPOSE => self.compose().await,
                SEND => self.send(job.text("issue")?.parse()?).await,
                MAIL => self.mail(job.text("issue")?.parse()?).await,
                CONFIRM => self.confirm(job.text("subscription")?.parse()?).await,
                other => Err(Error::internal(format!("a job of kind {other} for newsletters"))),
            }
        })
    }
}

/// An issue in the words of one language, with a mark for each reader's link.
type Rendered = BTreeMap<Locale, Mail>;

impl Post {
    fn ctx(&self) -> Ctx {
        Ctx::system(self.clock.now(), self.rng.clone(), self.keys.clone())
    }

    async fn compose(&self) -> Result<()> {
        let ctx = self.ctx();
        let asked = ctx.clone();
        for (newsletter, period) in self.db.read(move |tx| compose::due(tx, &asked)).await? {
            let (own, asked, of) = (self.clone(), ctx.clone(), newsletter.clone());
            let content = self.db.read(move |tx| compose::gather(tx, &asked, &*own.there, &of, period)).await?;
            let asked = ctx.clone();
            let written = self.db.write(move |tx| compose::begin(tx, &asked, &newsletter, period, &content)).await;
            match written {
                // It ended meanwhile.
                Err(error) if error.code() == "newsletter.retired" => {}
                other => drop(other?),
            }
        }
        self.db.write(move |tx| subscribe::sweep(tx, ctx.now).map(|_| ())).await
    }

    async fn send(&self, id: IssueId) -> Result<()> {
        let (own, ctx) = (self.clone(), self.ctx());
        self.db.write(move |tx| send::due(tx, &ctx, &*own.there, id)).await
    }

    async fn mail(&self, id: IssueId) -> Result<()> {
        while self.some(id).await? {}
        Ok(())
    }

    /// Writes to the next readers; true when there may be more.
    pub(crate) async fn some(&self, id: IssueId) -> Result<bool> {
        let (own, ctx) = (self.clone(), self.ctx());
        let mark = ctx.rng().token();
        let view = self.db.read(move |tx| views::sent(tx, &*own.there, id)).await?;
        let Some(view) = view else { return Ok(false) };
        let rendered: Rendered =
            Locale::ALL.into_iter().map(|locale| (locale, self.texts.issue(&view, &mark, locale))).collect();
        let (newsletter, sent_at) = (view.of.newsletter.id, view.issue.sent_at.unwrap_or_default());
        let own = self.clone();
        self.db
            .write(move |tx| {
                let Some(reached) = store::issue::reached(tx, id)? else { return Ok(false) };
                if reached == store::issue::ALL {
                    return Ok(false);
                }
                let readers = store::subscription::readers(tx, newsletter, sent_at, &reached, CHUNK)?;
                let more = readers.len() == CHUNK as usize;
                let last = readers.last().filter(|_| more).map(|last| store::subscription::word(&last.subscriber));
                let upto = last.as_deref().unwrap_or(store::issue::ALL);
                if !store::issue::move_on(tx, id, &reached, upto)? {
                    // Another worker is at it.
                    return Ok(false);
                }
                for reader in &readers {
                    own.one(tx, &ctx, reader, &rendered, &mark)?;
                }
                Ok(more)
            })
            .await
    }

    fn one(&self, tx: &mut Tx, ctx: &Ctx, reader: &Subscription, rendered: &Rendered, mark: &str) -> Result<()> {
        let Some((to, locale)) = self.reach(tx, reader)? else { return Ok(()) };
        let Some(mail) = rendered.get(&locale) else { return Ok(()) };
        let leave = token(ctx, reader.id, Purpose::Leave);
        let own = |text: &str| text.replace(mark, &leave);
        let mail = Mail {
            to,
            subject: mail.subject.clone(),
            text: own(&mail.text),
            html: mail.html.as_deref().map(own),
            headers: mail.headers.iter().map(|(name, value)| (name.clone(), own(value))).collect(),
        };
        mail::queue(tx, ctx, mail)?;
        Ok(())
    }

    fn reach(&self, tx: &mut Tx, reader: &Subscription) -> Result<Option<(String, Locale)>> {
        match &reader.subscriber {
            Subscriber::Account(account) => self.recipients.address(tx, *account),
            Subscriber::Mail(address) => Ok(Some((address.clone(), reader.locale))),
        }
    }

    async fn confirm(&self, id: SubscriptionId) -> Result<()> {
        let (own, ctx) = (self.clone(), self.ctx());
        self.db
            .write(move |tx| {
                let found = store::subscription::get(tx, id)?.filter(|found| found.confirmed_at.is_none());
                let Some(found) = found else { return Ok(()) };
                let Some(newsletter) = store::newsletter::get(tx, found.newsletter)? else { return Ok(()) };
                let Some((to, locale)) = own.reach(tx, &found)? else { return Ok(()) };
                let token = token(&ctx, id, Purpose::Confirm);
                let mail = own.texts.confirm(&newsletter, &found, &token, locale);
                mail::queue(tx, &ctx, Mail { to, ..mail })?;
                Ok(())
            })
            .await
    }
}

/// The next eight o'clock in the morning in Korea that is at least an hour away: when issues are read.
#[must_use]
pub fn next_morning(now: Time) -> Time {
    let today = Time::at_kst_midnight(now.kst_date()).plus_seconds(8 * 3600);
    if today >= now.plus_seconds(3600) { today } else { today.plus_days(1) }
}
