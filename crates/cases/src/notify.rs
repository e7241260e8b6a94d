//! Notices: who is told of what by mail, at once or once a week; and the jobs of cases.
//!
//! An act writes a marker and a job in its own transaction ([`announce`]); the job goes through the people in a fixed
//! order, in chunks: the author, the officers of the agencies, the followers (supporters who asked and authors of merged
//! cases among them). The marker moves with the mails in one transaction, so that a job that runs again goes on where it
//! stopped and nobody is written to twice about the same event. Who is several of these is written to once.
//!
//! A mail says that something happened and where to read it, never what people wrote: mail is read by others on its way.
//! What mails say is a port ([`CaseTexts`]); where an account is written to is another ([`Recipients`]).

use std::sync::Arc;

use jiff::civil::Date;
use madang_base::{Error, Locale, LocalizedText, Result, SharedClock, SharedRng, Time};
use madang_db::{Db, Tx};
use madang_form::{Definition, Tells};
use madang_kernel::job::{self, Handler, Job};
use madang_kernel::mail::{self, Mail};
use madang_kernel::{AccountId, BoxFuture, Ctx, Keys};
use serde_json::json;

use crate::Cases;
use crate::model::{CaseEvent, CaseFile, CaseId, EventKind, Publication};
use crate::service::follow::{Follow, Reason, Rhythm, Stop, Subscriber, token};
use crate::service::{assign, case_by_id, clocks, tick};
use crate::store;

mod digest;
mod told;

pub use self::told::told;

/// The kind of job that writes to everybody whom an event concerns.
pub const NOTIFY: &str = "cases.notify";
/// The kind of the recurring job that writes weekly digests.
pub const DIGEST: &str = "cases.digest";

/// Followers, or clocks, of one transaction.
const CHUNK: u32 = 100;

/// As whom somebody is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Who filed it; `account`: reads it after signing in, otherwise with number and code.
    Author {
        account: bool,
    },
    Officer,
    Follower,
    Supporter,
    /// The author of a case that went into this one.
    Merged,
}

/// What a mail about one event may say.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub audience: Audience,
    pub number: String,
    pub service: LocalizedText,
    /// What one filed thing is called: "petition".
    pub case_name: LocalizedText,
    /// Only where the reader may see it.
    pub title: Option<String>,
    pub kind: EventKind,
    /// Of a step, in the timeline's words: "Refused".
    pub done: Option<LocalizedText>,
    /// Where the case stands, and what that means for its author.
    pub state: LocalizedText,
    pub state_help: LocalizedText,
    pub outcome: Option<LocalizedText>,
    /// The clock that ran out or was extended.
    pub clock: Option<LocalizedText>,
    /// The last day of the agency's clock that runs out next.
    pub due: Option<Date>,
    pub agency: Option<LocalizedText>,
    /// Of a threshold.
    pub count: Option<i64>,
    pub at: Time,
    /// Ends the follow, by [`crate::service::follow::unsubscribe`]; empty for those who do not follow.
    pub stop: String,
}

/// A followed case in a digest.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestCase {
    pub number: String,
    pub title: String,
    pub service: LocalizedText,
    pub state: LocalizedText,
    /// The newest first.
    pub items: Vec<DigestItem>,
}

/// Something that happened to a followed case.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestItem {
    pub kind: EventKind,
    pub done: Option<LocalizedText>,
    pub at: Time,
}

/// What mails say. The mail's `to` is filled in afterwards.
pub trait CaseTexts: Send + Sync {
    fn notice(&self, notice: &Notice, locale: Locale) -> Mail;
    /// `stop` ends all weekly follows.
    fn digest(&self, cases: &[DigestCase], stop: &str, locale: Locale) -> Mail;
}

/// Where an account is written to.
pub trait Recipients: Send + Sync {
    /// Address and language; none when the account has no address or is no more.
    ///
    /// # Errors
    /// Those of the database.
    fn address(&self, tx: &mut Tx, account: AccountId) -> Result<Option<(String, Locale)>>;
}

/// Has the people told whom an event concerns, in the event's own transaction.
///
/// # Errors
/// Those of the database.
pub fn announce(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile, event_no: i64) -> Result<()> {
    let Some(event) = store::event::get(tx, case.id, event_no)? else { return Ok(()) };
    let version = cases.services.version(tx, &case.version)?;
    if told(&version.definition, &event).is_empty() {
        return Ok(());
    }
    store::follow::notice_insert(tx, case.id, event_no)?;
    let payload = json!({ "case": case.id.to_string(), "no": event_no.to_string() });
    job::enqueue(tx, ctx, NOTIFY, payload, None)?;
    Ok(())
}

/// The handler of all jobs of cases but what they became.
#[derive(Clone)]
pub struct Notifier {
    pub db: Db,
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub keys: Arc<Keys>,
    pub cases: Cases,
    pub texts: Arc<dyn CaseTexts>,
    pub recipients: Arc<dyn Recipients>,
}

impl std::fmt::Debug for Notifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notifier").finish_non_exhaustive()
    }
}

/// The kinds of jobs that [`Notifier`] runs.
pub const KINDS: [&str; 5] = [NOTIFY, DIGEST, tick::TICK, tick::REFOLD, tick::ASSIGNEES];

impl Handler for Notifier {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match job.kind.as_str() {
                NOTIFY => {
                    let no = job.text("no")?.parse().map_err(|_| Error::invalid("job.payload"))?;
                    self.notify(job.text("case")?.parse()?, no).await
                }
                DIGEST => self.digest().await,
                tick::TICK => self.tick().await,
                tick::REFOLD => self.refold().await,
                tick::ASSIGNEES => self.assignees().await,
                other => Err(Error::internal(format!("a job of kind {other} for cases"))),
            }
        })
    }
}

/// The author comes first, then officers, then followers; each is one place in this order.
const AUTHOR: &str = "1";
const OFFICERS: &str = "2";
const FOLLOWERS: &str = "3:";

impl Notifier {
    fn ctx(&self) -> Ctx {
        Ctx::system(self.clock.now(), self.rng.clone(), self.keys.clone())
    }

    async fn tick(&self) -> Result<()> {
        loop {
            let (own, ctx) = (self.clone(), self.ctx());
            if self.db.write(move |tx| tick::tick(tx, &ctx, &own.cases, CHUNK)).await? < u64::from(CHUNK) {
                return Ok(());
            }
        }
    }

    async fn refold(&self) -> Result<()> {
        let mut after = String::new();
        loop {
            let (own, ctx, from) = (self.clone(), self.ctx(), after.clone());
            match self.db.write(move |tx| tick::refold_some(tx, &ctx, &own.cases, &from, CHUNK)).await? {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }

    async fn assignees(&self) -> Result<()> {
        let own = self.clone();
        self.db.write(move |tx| assign::sweep(tx, &own.cases).map(|_| ())).await
    }

    async fn notify(&self, case: CaseId, no: i64) -> Result<()> {
        loop {
            let (own, ctx) = (self.clone(), self.ctx());
            if self.db.write(move |tx| own.chunk(tx, &ctx, case, no)).await? {
                return Ok(());
            }
        }
    }

    /// Writes to the next people; true when there are no more.
    fn chunk(&self, tx: &mut Tx, ctx: &Ctx, id: CaseId, no: i64) -> Result<bool> {
        let Some(reached) = store::follow::notice(tx, id, no)? else { return Ok(true) };
        let (case, version) = case_by_id(tx, &self.cases, id)?;
        let Some(event) = store::event::get(tx, id, no)? else { return Ok(true) };
        let tells = told(&version.definition, &event);
        let story = Story { case: &case, def: &version.definition, event: &event };
        if reached.as_str() < AUTHOR {
            if tells.contains(&Tells::Author) {
                self.author(tx, ctx, &story)?;
            }
            store::follow::notice_reached(tx, id, no, AUTHOR)?;
            return Ok(false);
        }
        if reached.as_str() < OFFICERS {
            if tells.contains(&Tells::Agency) {
                self.officers(tx, ctx, &story, &tells)?;
            }
            store::follow::notice_reached(tx, id, no, OFFICERS)?;
            return Ok(false);
        }
        let after = reached.strip_prefix(FOLLOWERS).unwrap_or("");
        let follows = if tells.contains(&Tells::Followers) || tells.contains(&Tells::Supporters) {
            store::follow::of_case(tx, id, event.at, after, CHUNK)?
        } else {
            Vec::new()
        };
        for follow in follows.iter().filter(|follow| wants(follow, &tells)) {
            self.follower(tx, ctx, &story, follow)?;
        }
        match follows.last().filter(|_| follows.len() == CHUNK as usize) {
            Some(last) => {
                store::follow::notice_reached(tx, id, no, &format!("{FOLLOWERS}{}", last.subscriber))?;
                Ok(false)
            }
            None => {
                store::follow::notice_delete(tx, id, no)?;
                Ok(true)
            }
        }
    }

    fn author(&self, tx: &mut Tx, ctx: &Ctx, story: &Story<'_>) -> Result<()> {
        let case = story.case;
        // Nobody is told what they did themselves, but for the filing, of which the mail is a receipt.
        let own = story.event.party == "author" && story.event.kind != EventKind::Filed;
        if own {
            return Ok(());
        }
        let reach = match (case.author, &case.mail) {
            (Some(account), _) => self.recipients.address(tx, account)?,
            (None, Some(mail)) => Some((mail.clone(), case.locale)),
            (None, None) => None,
        };
        let Some((to, locale)) = reach else { return Ok(()) };
        let audience = Audience::Author { account: case.author.is_some() };
        let notice = self.notice_of(tx, ctx, story, audience, Some(case.title.clone()), String::new())?;
        mail::queue(tx, ctx, Mail { to, ..self.texts.notice(&notice, locale) })?;
        Ok(())
    }

    /// The one who has the case in hand, or everybody of the handling agency; of joint agencies everybody.
    fn officers(&self, tx: &mut Tx, ctx: &Ctx, story: &Story<'_>, tells: &[Tells]) -> Result<()> {
        let case = story.case;
        let Some(port) = &self.cases.officers else { return Ok(()) };
        let mut accounts: Vec<AccountId> = Vec::new();
        for (organisation, _) in store::agency::now(tx, case.id)? {
            let officers = port.of(tx, organisation)?;
            let hands = case.assignee.filter(|hands| officers.iter().any(|(officer, _)| officer == hands));
            // A second officer is somebody else than whoever has it in hand.
            let everybody = story.event.kind == EventKind::Submitted;
            match hands.filter(|_| case.agency == Some(organisation) && !everybody) {
                Some(hands) => accounts.push(hands),
                None => accounts.extend(officers.into_iter().map(|(officer, _)| officer)),
            }
        }
        accounts.sort_unstable();
        accounts.dedup();
        let author = case.author.filter(|_| tells.contains(&Tells::Author));
        for account in accounts {
            if Some(account) == author || Some(account) == story.event.account {
                continue;
            }
            let Some((to, locale)) = self.recipients.address(tx, account)? else { continue };
            let title = Some(case.title.clone());
            let notice = self.notice_of(tx, ctx, story, Audience::Officer, title, String::new())?;
            mail::queue(tx, ctx, Mail { to, ..self.texts.notice(&notice, locale) })?;
        }
        Ok(())
    }

    fn follower(&self, tx: &mut Tx, ctx: &Ctx, story: &Story<'_>, follow: &Follow) -> Result<()> {
        let case = story.case;
        let public = case.publication == Publication::Published;
        if !public && follow.reason != Reason::Merged {
            return Ok(());
        }
        let reach = match &follow.subscriber {
            // The author has been told, or did it.
            Subscriber::Account(account) if case.author == Some(*account) => None,
            Subscriber::Account(account) if story.event.account == Some(*account) => None,
            Subscriber::Account(account) => self.recipients.address(tx, *account)?,
            Subscriber::Mail(address) => Some((address.clone(), follow.locale)),
        };
        let Some((to, locale)) = reach else { return Ok(()) };
        let audience = match follow.reason {
            Reason::Asked => Audience::Follower,
            Reason::Supported => Audience::Supporter,
            Reason::Merged => Audience::Merged,
        };
        let title = Some(case.title.clone()).filter(|_| public);
        let notice = self.notice_of(tx, ctx, story, audience, title, token(ctx, follow.id, Stop::One))?;
        mail::queue(tx, ctx, Mail { to, ..self.texts.notice(&notice, locale) })?;
        Ok(())
    }

    fn notice_of(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        story: &Story<'_>,
        audience: Audience,
        title: Option<String>,
        stop: String,
    ) -> Result<Notice> {
        let Story { case, def, event } = *story;
        let state = def.state(&case.state);
        let outcome = case.outcome.as_deref().and_then(|id| {
            let choice = state.and_then(|state| state.outcomes.iter().find(|choice| choice.id == id));
            choice.map(|choice| choice.name.clone())
        });
        let agency = match case.agency {
            Some(id) => madang_kernel::organisation::get(tx, id).ok().map(|found| found.name),
            None => None,
        };
        let about = def.clock(&event.body.about);
        let due = clocks::runs(tx, ctx, &self.cases, case)?;
        let due = due
            .iter()
            .filter(|run| run.stopped_at.is_none())
            .filter(|run| def.clock(&run.clock).is_some_and(|clock| clock.who == madang_form::Party::Agency));
        Ok(Notice {
            audience,
            number: case.number.clone(),
            service: def.name.clone(),
            case_name: def.case_name.clone(),
            title,
            kind: event.kind,
            done: event.step.as_deref().and_then(|id| def.step(id)).map(|step| step.done.clone()),
            state: state.map(|state| state.name.clone()).unwrap_or_default(),
            state_help: state.map(|state| state.help.clone()).unwrap_or_default(),
            outcome,
            clock: about.map(|clock| clock.name.clone()),
            due: due.filter_map(|run| run.due_on).min(),
            agency,
            count: event.body.count.filter(|_| event.kind == EventKind::Threshold),
            at: event.at,
            stop,
        })
    }
}

/// One event with its case.
#[derive(Clone, Copy)]
struct Story<'a> {
    case: &'a CaseFile,
    def: &'a Definition,
    event: &'a CaseEvent,
}

/// Whether a follower is written to at once about what tells these.
fn wants(follow: &Follow, tells: &[Tells]) -> bool {
    let meant = match follow.reason {
        // Whose case went into this one is told all that anybody is told.
        Reason::Merged => true,
        Reason::Supported => tells.contains(&Tells::Supporters) || tells.contains(&Tells::Followers),
        Reason::Asked => tells.contains(&Tells::Followers),
    };
    meant && follow.rhythm == Rhythm::AtOnce
}
