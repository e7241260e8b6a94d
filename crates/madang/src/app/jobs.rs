//! The worker with a handler for every kind of job.

use std::sync::Arc;

use jiff::civil::Weekday;
use madang_base::{Result, SharedClock};
use madang_cases::notify::{self as case_notify, Notifier as CaseNotifier};
use madang_cases::service::{link, tick};
use madang_cases::{Cases, support};
use madang_db::Db;
use madang_flows::Became;
use madang_flows::newsletter::Contributions;
use madang_http::Site as Face;
use madang_kernel::job::{Every, Handler, Job, Worker};
use madang_kernel::mail::{self, SendMail};
use madang_kernel::webhook::{self, Deliver};
use madang_kernel::{BoxFuture, housekeeping};
use madang_newsletter::mailing::{self, Post};
use madang_plans::notify::{self, Notifier};
use madang_web::notices::{AccountRecipients, SiteNotices};
use madang_web::view::Templates;

use super::cases;
use super::mail::mailer;
use crate::config::Config;
use crate::exit::Outcome;
use crate::site::Site;

const UPKEEP: &str = "identity.upkeep";

/// `face` and `templates` make the words of notices.
pub(crate) fn worker(
    site: &Site,
    config: &Config,
    face: &Face,
    templates: &Arc<Templates>,
    there: &Cases,
) -> Outcome<Worker> {
    let (db, clock) = (site.db.clone(), Arc::clone(&site.clock));
    let send = SendMail::new(db.clone(), Arc::clone(&clock), mailer(config, face.demo)?);
    let retention = housekeeping::Retention::default();
    let tidy = housekeeping::Housekeeping::new(db.clone(), Arc::clone(&clock), site.blobs.clone(), retention);
    let notifier = Notifier {
        db: db.clone(),
        clock: Arc::clone(&clock),
        rng: Arc::clone(&site.rng),
        keys: Arc::clone(&site.keys),
        texts: Arc::new(SiteNotices::new(Arc::clone(templates), face.clone())),
        recipients: Arc::new(AccountRecipients),
    };
    let deliver = Deliver {
        db: db.clone(),
        clock: Arc::clone(&clock),
        keys: Arc::clone(&site.keys),
        caller: super::caller(site, face.demo)?,
    };
    let told = CaseNotifier {
        db: db.clone(),
        clock: Arc::clone(&clock),
        rng: Arc::clone(&site.rng),
        keys: Arc::clone(&site.keys),
        cases: there.clone(),
        texts: Arc::new(SiteNotices::new(Arc::clone(templates), face.clone())),
        recipients: Arc::new(AccountRecipients),
    };
    let became =
        Became { db: db.clone(), clock: Arc::clone(&clock), rng: Arc::clone(&site.rng), keys: Arc::clone(&site.keys) };
    let supports = super::supports::jobs(site, there);
    let post = Post {
        db: db.clone(),
        clock: Arc::clone(&clock),
        rng: Arc::clone(&site.rng),
        keys: Arc::clone(&site.keys),
        there: Arc::new(Contributions { cases: there.clone() }),
        texts: Arc::new(SiteNotices::new(Arc::clone(templates), face.clone())),
        recipients: Arc::new(AccountRecipients),
    };
    let worker = Worker::new(db.clone(), Arc::clone(&clock), Arc::clone(&site.rng))
        .at_once(config.job_workers)
        .on(mail::SEND, send)
        .on(notify::NOTIFY, notifier.clone())
        .on(notify::CONFIRM, notifier.clone())
        .on(notify::DIGEST, notifier)
        .every(notify::DIGEST, Every::Week { day: Weekday::Monday, hour: 8 })
        .on(housekeeping::KIND, tidy)
        .every(housekeeping::KIND, Every::Day { hour: 4 })
        .on(webhook::DELIVER, deliver)
        .on(
            cases::UPKEEP,
            cases::Upkeep { db: db.clone(), clock: Arc::clone(&clock), ctx: site.ctx(), cases: there.clone() },
        )
        .every(cases::UPKEEP, Every::Day { hour: 3 })
        .on(support::THRESHOLD, supports.clone())
        .on(support::burst::APPLY, supports.clone())
        .on(support::BURSTS, supports.clone())
        .every(support::BURSTS, Every::Seconds(60))
        .on(support::TIDY, supports)
        .every(support::TIDY, Every::Day { hour: 5 })
        .on(UPKEEP, Upkeep { db, clock })
        .every(UPKEEP, Every::Seconds(3600));
    let worker = case_notify::KINDS
        .into_iter()
        .fold(worker, |worker, kind| worker.on(kind, told.clone()))
        .on(link::BECAME, became)
        .every(case_notify::DIGEST, Every::Week { day: Weekday::Monday, hour: 8 })
        .every(tick::TICK, Every::Seconds(60))
        .every(tick::REFOLD, Every::Day { hour: 1 })
        .every(tick::ASSIGNEES, Every::Day { hour: 2 });
    let worker = mailing::KINDS.into_iter().fold(worker, |worker, kind| worker.on(kind, post.clone()));
    Ok(worker.every(mailing::COMPOSE, Every::Day { hour: 6 }))
}

/// Throws away what has run out in identity.
struct Upkeep {
    db: Db,
    clock: SharedClock,
}

impl Handler for Upkeep {
    fn run<'a>(&'a self, _job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async {
            let now = self.clock.now();
            let gone = self.db.write(move |tx| madang_identity::upkeep::purge(tx, now)).await?;
            tracing::debug!(rows = gone, "identity's upkeep is done");
            Ok(())
        })
    }
}
