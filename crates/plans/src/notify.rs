//! Mail to followers: at once, once a week, and the one that asks for confirmation.
//!
//! A verb writes a news item and a job in its own transaction; the job finds the followers in chunks and queues their
//! mails. What mails say is a port ([`NoticeTexts`]), filled where templates are; where an account's address is, is
//! another ([`Recipients`]), filled where accounts are.
//!
//! Jobs run at least once. How far a news item has been sent is kept with it, and up to when a digest reaches is kept
//! with the follow, in the same transaction as the mails: a job that runs again goes on where it stopped.

use std::sync::Arc;

use madang_base::{Error, Locale, LocalizedText, Result, SharedClock, SharedRng, Time};
use madang_db::{Db, Tx};
use madang_kernel::job::{Handler, Job};
use madang_kernel::mail::{self, Mail};
use madang_kernel::{AccountId, BoxFuture, Ctx, Keys};

use crate::model::{Follow, FollowId, News, NewsId, Subscriber};
use crate::service::follow::{self, Purpose, token};
use crate::store;

/// The kind of job that writes to the followers of a news item.
pub const NOTIFY: &str = "plans.notify";
/// The kind of job that asks a mail address to confirm a follow.
pub const CONFIRM: &str = "plans.confirm";
/// The kind of the recurring job that writes the weekly digests.
pub const DIGEST: &str = "plans.digest";

/// Followers of one transaction.
const CHUNK: u32 = 100;
/// News items of one digest.
const DIGEST_ITEMS: u32 = 50;
/// Nobody is written a digest twice within so many days: a little less than a week.
const DIGEST_DAYS: i64 = 6;

/// What mails say. The mail's `to` is filled in afterwards. Links to `unsubscribe` pages belong into the text and into
/// the headers `List-Unsubscribe` and `List-Unsubscribe-Post`.
pub trait NoticeTexts: Send + Sync {
    /// `followed` is the name of what is followed; `token` asks for confirmation by [`follow::confirm`].
    fn confirm(&self, follow: &Follow, followed: &LocalizedText, token: &str, locale: Locale) -> Mail;
    /// `stop` ends this follow by [`follow::unsubscribe`].
    fn news(&self, news: &News, follow: &Follow, followed: &LocalizedText, stop: &str, locale: Locale) -> Mail;
    /// News are the newest first; `stop` ends all weekly follows.
    fn digest(&self, news: &[News], stop: &str, locale: Locale) -> Mail;
}

/// Where an account is written to.
pub trait Recipients: Send + Sync {
    /// Address and language; none when the account has no address or is no more.
    ///
    /// # Errors
    /// Those of the database.
    fn address(&self, tx: &mut Tx, account: AccountId) -> Result<Option<(String, Locale)>>;
}

/// The handler of all three kinds of jobs.
#[derive(Clone)]
pub struct Notifier {
    pub db: Db,
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub keys: Arc<Keys>,
    pub texts: Arc<dyn NoticeTexts>,
    pub recipients: Arc<dyn Recipients>,
}

impl std::fmt::Debug for Notifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notifier").finish_non_exhaustive()
    }
}

impl Handler for Notifier {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match job.kind.as_str() {
                NOTIFY => self.notify(job.text("news")?.parse()?).await,
                CONFIRM => self.confirm(job.text("follow")?.parse()?).await,
                DIGEST => self.digest().await,
                other => Err(Error::internal(format!("a job of kind {other} for plans"))),
            }
        })
    }
}

impl Notifier {
    fn ctx(&self) -> Ctx {
        Ctx::system(self.clock.now(), self.rng.clone(), self.keys.clone())
    }

    async fn notify(&self, news: NewsId) -> Result<()> {
        loop {
            let (own, ctx) = (self.clone(), self.ctx());
            if self.db.write(move |tx| own.notify_chunk(tx, &ctx, news)).await? {
                return Ok(());
            }
        }
    }

    /// Writes to the next followers; true when there are no more.
    fn notify_chunk(&self, tx: &mut Tx, ctx: &Ctx, id: NewsId) -> Result<bool> {
        let Some(after) = store::news::notified(tx, id)? else { return Ok(true) };
        let followers = store::follow::followers(tx, id, &after, CHUNK)?;
        let Some((last, _)) = followers.last() else { return Ok(true) };
        store::news::set_notified(tx, id, last)?;
        let Some(news) = store::news::get(tx, id)? else { return Ok(true) };
        for (_, follow) in &followers {
            let Some((to, locale)) = self.reach(tx, follow)? else { continue };
            let followed = follow::followed(tx, &follow.object)?;
            let stop = token(ctx, follow.id, Purpose::Stop);
            let mail = self.texts.news(&news, follow, &followed, &stop, locale);
            mail::queue(tx, ctx, Mail { to, ..mail })?;
        }
        Ok(followers.len() < CHUNK as usize)
    }

    fn reach(&self, tx: &mut Tx, follow: &Follow) -> Result<Option<(String, Locale)>> {
        match &follow.subscriber {
            Subscriber::Account(account) => self.recipients.address(tx, *account),
            Subscriber::Mail(address) => Ok(Some((address.clone(), follow.locale))),
        }
    }

    async fn confirm(&self, id: FollowId) -> Result<()> {
        let (own, ctx) = (self.clone(), self.ctx());
        self.db
            .write(move |tx| {
                let Some(follow) = store::follow::get(tx, id)?.filter(|f| f.confirmed_at.is_none()) else {
                    return Ok(());
                };
                let Some((to, locale)) = own.reach(tx, &follow)? else { return Ok(()) };
                let followed = follow::followed(tx, &follow.object)?;
                let mail = own.texts.confirm(&follow, &followed, &token(&ctx, id, Purpose::Confirm), locale);
                mail::queue(tx, &ctx, Mail { to, ..mail })?;
                Ok(())
            })
            .await
    }

    async fn digest(&self) -> Result<()> {
        let until = self.clock.now();
        let mut after = String::new();
        loop {
            let (own, ctx, from) = (self.clone(), self.ctx(), after.clone());
            match self.db.write(move |tx| own.digest_chunk(tx, &ctx, &from, until)).await? {
                Some(last) => after = last,
                None => break,
            }
        }
        self.db.write(move |tx| follow::sweep(tx, until).map(|_| ())).await
    }

    /// Writes the next digests; gives the last subscriber, or none when there are no more.
    fn digest_chunk(&self, tx: &mut Tx, ctx: &Ctx, after: &str, until: Time) -> Result<Option<String>> {
        let due = until.plus_days(-DIGEST_DAYS);
        let subscribers = store::follow::digest_subscribers(tx, due, after, CHUNK)?;
        for (_, subscriber) in &subscribers {
            self.digest_one(tx, ctx, subscriber, until)?;
        }
        let more = subscribers.len() == CHUNK as usize;
        Ok(subscribers.into_iter().next_back().filter(|_| more).map(|(word, _)| word))
    }

    fn digest_one(&self, tx: &mut Tx, ctx: &Ctx, subscriber: &Subscriber, until: Time) -> Result<()> {
        let news = digest_items(tx, subscriber, until)?;
        store::follow::digested(tx, subscriber, until)?;
        let follows = store::follow::of_subscriber(tx, subscriber)?;
        let Some(follow) = follows.iter().find(|f| f.rhythm == crate::model::Rhythm::Weekly) else { return Ok(()) };
        if news.is_empty() {
            return Ok(());
        }
        let Some((to, locale)) = self.reach(tx, follow)? else { return Ok(()) };
        let mail = self.texts.digest(&news, &token(ctx, follow.id, Purpose::StopDigest), locale);
        mail::queue(tx, ctx, Mail { to, ..mail })?;
        Ok(())
    }
}

/// What a weekly follower's next digest says, newest first.
///
/// # Errors
/// Those of the database.
pub fn digest_items(tx: &mut Tx, subscriber: &Subscriber, until: Time) -> Result<Vec<News>> {
    store::news::for_digest(tx, subscriber, until, DIGEST_ITEMS)
}
