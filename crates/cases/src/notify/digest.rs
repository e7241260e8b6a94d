//! The weekly digest of followed cases.

use madang_base::{Result, Time};
use madang_db::Tx;
use madang_form::Tells;
use madang_kernel::Ctx;
use madang_kernel::mail::{self, Mail};

use super::{CHUNK, DigestCase, DigestItem, Notifier, told};
use crate::model::Publication;
use crate::service::case_by_id;
use crate::service::follow::{Follow, Stop, Subscriber, token};
use crate::store;

/// Cases of one digest, and things that happened to one of them.
const DIGEST_CASES: u32 = 50;
const DIGEST_ITEMS: usize = 10;
/// Nobody is written a digest twice within so many days: a little less than a week.
const DIGEST_DAYS: i64 = 6;

impl Notifier {
    pub(super) async fn digest(&self) -> Result<()> {
        let until = self.clock.now();
        let mut after = String::new();
        loop {
            let (own, ctx, from) = (self.clone(), self.ctx(), after.clone());
            match self.db.write(move |tx| own.digest_chunk(tx, &ctx, &from, until)).await? {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }

    /// Writes the next digests; gives the last subscriber, or none when there are no more.
    fn digest_chunk(&self, tx: &mut Tx, ctx: &Ctx, after: &str, until: Time) -> Result<Option<String>> {
        let due = until.plus_days(-DIGEST_DAYS);
        let subscribers = store::follow::digest_subscribers(tx, due, after, CHUNK)?;
        for subscriber in &subscribers {
            self.digest_one(tx, ctx, subscriber, until)?;
        }
        let more = subscribers.len() == CHUNK as usize;
        Ok(subscribers.last().filter(|_| more).map(ToString::to_string))
    }

    fn digest_one(&self, tx: &mut Tx, ctx: &Ctx, subscriber: &Subscriber, until: Time) -> Result<()> {
        let follows = store::follow::weekly_of(tx, subscriber, DIGEST_CASES)?;
        let mut news = Vec::new();
        for follow in &follows {
            news.extend(self.digest_case(tx, follow, until)?);
        }
        store::follow::digested(tx, subscriber, until)?;
        let Some(first) = follows.first().filter(|_| !news.is_empty()) else { return Ok(()) };
        let reach = match subscriber {
            Subscriber::Account(account) => self.recipients.address(tx, *account)?,
            Subscriber::Mail(address) => Some((address.clone(), first.locale)),
        };
        let Some((to, locale)) = reach else { return Ok(()) };
        let mail = self.texts.digest(&news, &token(ctx, first.id, Stop::Weekly), locale);
        mail::queue(tx, ctx, Mail { to, ..mail })?;
        Ok(())
    }

    fn digest_case(&self, tx: &mut Tx, follow: &Follow, until: Time) -> Result<Option<DigestCase>> {
        let (case, version) = case_by_id(tx, &self.cases, follow.case)?;
        if case.publication != Publication::Published {
            return Ok(None);
        }
        let def = &version.definition;
        let events = store::event::of_case(tx, case.id)?;
        let news = events.iter().rev().filter(|event| event.at >= follow.digested_at && event.at < until);
        let news = news.filter(|event| told(def, event).contains(&Tells::Followers));
        let items: Vec<DigestItem> = news
            .take(DIGEST_ITEMS)
            .map(|event| DigestItem {
                kind: event.kind,
                done: event.step.as_deref().and_then(|id| def.step(id)).map(|step| step.done.clone()),
                at: event.at,
            })
            .collect();
        Ok((!items.is_empty()).then(|| DigestCase {
            number: case.number,
            title: case.title,
            service: def.name.clone(),
            state: def.state(&case.state).map(|state| state.name.clone()).unwrap_or_default(),
            items,
        }))
    }
}
