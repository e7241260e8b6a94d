//! Mails: to whom, once, and how they end.

use jiff::civil::date;
use madang_base::FixedClock;
use madang_kernel::job::{self, Handler as _, JobState};
use madang_kernel::mail::{self, Mail};

use super::*;
use crate::notify::{Audience, CaseTexts, DIGEST, DigestCase, NOTIFY, Notice, Notifier, Recipients};
use crate::service::follow::{self, Rhythm, Stop};
use crate::service::tick::{ASSIGNEES, REFOLD, TICK};
use crate::service::withdraw;

/// Plain texts in place of templates.
struct Texts;

fn mail(subject: String, text: String) -> Mail {
    Mail { subject, text, ..Mail::default() }
}

impl CaseTexts for Texts {
    fn notice(&self, notice: &Notice, locale: Locale) -> Mail {
        let what = notice.done.as_ref().map_or_else(|| notice.kind.to_string(), |done| done.get(locale).to_owned());
        mail(format!("{:?} {what}", notice.audience), notice.stop.clone())
    }

    fn digest(&self, cases: &[DigestCase], stop: &str, _: Locale) -> Mail {
        let items: usize = cases.iter().map(|case| case.items.len()).sum();
        mail(format!("digest {} {items}", cases.len()), stop.to_owned())
    }
}

struct Book;

impl Recipients for Book {
    fn address(&self, _: &mut Tx, account: AccountId) -> Result<Option<(String, Locale)>> {
        Ok(Some((format!("{account}@example.kr"), Locale::Ko)))
    }
}

fn notifier(site: &Site, now: Time) -> Notifier {
    Notifier {
        db: (*site.db).clone(),
        clock: Arc::new(FixedClock::at(now)),
        rng: rng(),
        keys: keys(),
        cases: site.cases.clone(),
        texts: Arc::new(Texts),
        recipients: Arc::new(Book),
    }
}

async fn jobs(site: &Site, kind: &'static str) -> Vec<job::Job> {
    let filter = job::Filter { state: Some(JobState::Queued), kind: Some(kind.to_owned()), before: None };
    let mut jobs =
        site.act(&system(at(DAY, 1)), move |tx, ctx, _| job::list(tx, ctx, &filter, 200)).await.unwrap().jobs;
    jobs.reverse();
    jobs
}

/// Runs what waits, all of it twice, and gives who was written what.
async fn sent(site: &Site) -> Vec<(String, String)> {
    let notifier = notifier(site, at(DAY, 20));
    for job in jobs(site, NOTIFY).await {
        notifier.run(&job).await.unwrap();
        notifier.run(&job).await.unwrap();
    }
    mails(site).await
}

async fn mails(site: &Site) -> Vec<(String, String)> {
    let ctx = system(at(DAY, 1));
    let page = site.act(&ctx, |tx, ctx, _| mail::list(tx, ctx, None, None, 500)).await.unwrap();
    let mut mails: Vec<_> = page.mails.into_iter().map(|mail| (mail.subject, mail.to)).collect();
    mails.sort();
    mails
}

fn to(name: &str) -> String {
    format!("{}@example.kr", account(name))
}

#[tokio::test]
pub(super) async fn everybody_whom_it_concerns_is_written_to_once() {
    for site in Site::both().await {
        written(&site).await;
    }
}

pub(super) async fn written(site: &Site) {
    let choices: &[_] = &[("kind", "law"), ("publicity", "open")];
    let number = site.file_with(&citizen("author", at(DAY, 10)), "petition", choices).await.number;
    let filed = sent(site).await;
    assert_eq!(filed.len(), 3, "{filed:?}");
    assert!(filed.contains(&("Author { account: true } filed".to_owned(), to("author"))), "{filed:?}");
    assert!(filed.contains(&("Officer filed".to_owned(), to("second"))), "{filed:?}");

    let officer = site.officer("officer", at(DAY, 11));
    site.step(&officer, &number, "start-review").await.unwrap();
    let own = number.clone();
    let early = site
        .act(&citizen("reader", at(DAY, 11)), move |tx, ctx, cases| {
            follow::follow(tx, ctx, cases, &own, Rhythm::AtOnce, None)
        })
        .await;
    assert_eq!(early.unwrap_err().code(), "case.unknown", "nobody follows what they may not see");
    site.step(&officer, &number, "open").await.unwrap();
    for (name, rhythm) in [("reader", Rhythm::AtOnce), ("weekly", Rhythm::Weekly), ("author", Rhythm::AtOnce)] {
        let own = number.clone();
        let reader = citizen(name, at(DAY, 12));
        site.act(&reader, move |tx, ctx, cases| {
            follow::follow(tx, ctx, cases, &own, Rhythm::Weekly, None)?;
            follow::follow(tx, ctx, cases, &own, rhythm, None)
        })
        .await
        .unwrap();
    }
    sent(site).await;
    let before = mails(site).await;
    let later = site.officer("officer", at(DAY, 13));
    site.step(&later, &number, "call-hearing").await.unwrap();
    let mut after = sent(site).await;
    for old in &before {
        let at = after.iter().position(|new| new == old).unwrap();
        after.remove(at);
    }
    assert_eq!(after.iter().map(|(_, to)| to.as_str()).collect::<Vec<_>>(), [to("author"), to("reader")], "{after:?}");

    digest(site, &number).await;
}

async fn digest(site: &Site, number: &str) {
    let weekly = |now: Time| {
        let notifier = notifier(site, now);
        async move {
            let job = job::Job {
                id: Id::new(now, &*rng()),
                kind: DIGEST.to_owned(),
                payload: serde_json::json!({}),
                state: JobState::Running,
                attempts: 1,
                run_at: now,
                locked_until: None,
                last_error: None,
                created_at: now,
                updated_at: now,
            };
            for kind in [DIGEST, TICK, REFOLD, ASSIGNEES] {
                notifier.run(&job::Job { kind: kind.to_owned(), ..job.clone() }).await.unwrap();
            }
        }
    };
    weekly(at(date(2026, 6, 15), 8)).await;
    weekly(at(date(2026, 6, 15), 9)).await;
    let mails = mails(site).await;
    let digests: Vec<_> = mails.iter().filter(|(subject, _)| subject.starts_with("digest")).collect();
    assert_eq!(digests, [&("digest 1 1".to_owned(), to("weekly"))]);

    let case = site.case(number).await;
    for (name, stop) in [("reader", Stop::One), ("weekly", Stop::Weekly)] {
        let who = follow::Subscriber::Account(account(name));
        let id = case.id;
        let own = site.db.read(move |tx| crate::store::follow::find(tx, id, &who)).await.unwrap().unwrap();
        let token = follow::token(&system(at(DAY, 1)), own.id, stop);
        let other = token.replace(stop_word(stop), stop_word(if stop == Stop::One { Stop::Weekly } else { Stop::One }));
        let bad = site.act(&nobody(at(DAY, 14)), move |tx, ctx, _| follow::unsubscribe(tx, ctx, &other)).await;
        assert_eq!(bad.unwrap_err().code(), "case.follow-token");
        let link = token.clone();
        let peeked = site.act(&nobody(at(DAY, 14)), move |tx, ctx, _| follow::peek(tx, ctx, &link)).await.unwrap();
        assert_eq!(peeked, Some((number.to_owned(), stop)));
        for _ in 0..2 {
            let link = token.clone();
            site.act(&nobody(at(DAY, 14)), move |tx, ctx, _| follow::unsubscribe(tx, ctx, &link)).await.unwrap();
        }
        let (id, who) = (case.id, follow::Subscriber::Account(account(name)));
        assert!(site.db.read(move |tx| crate::store::follow::find(tx, id, &who)).await.unwrap().is_none());
    }
    let own = number.to_owned();
    let author = citizen("author", at(DAY, 15));
    site.act(&author, move |tx, ctx, cases| {
        follow::unfollow(tx, ctx, cases, &own, None)?;
        follow::unfollow(tx, ctx, cases, &own, None)?;
        follow::forget(tx, account("author"))
    })
    .await
    .unwrap();
}

const fn stop_word(stop: Stop) -> &'static str {
    match stop {
        Stop::One => "case-stop",
        Stop::Weekly => "case-digest",
    }
}

#[tokio::test]
pub(super) async fn a_notice_to_people_without_account_goes_to_their_address() {
    for site in Site::both().await {
        let village = crate::tests::VILLAGE;
        let ctx = system(at(DAY, 9));
        site.act(&ctx, move |tx, ctx, cases| apply::apply(tx, ctx, cases, "village.toml", village)).await.unwrap();
        let receipt = site.file(&nobody(at(DAY, 10)), "village").await;
        let mails = sent(&site).await;
        let filed = format!("{:?} filed", Audience::Author { account: false });
        assert_eq!(mails[0], (filed, "author@example.kr".to_owned()));
        assert!(mails[1..].iter().all(|(subject, _)| subject == "Officer filed"), "{mails:?}");
        // With the code that the receipt had, and with nothing else.
        let (number, secret) = (receipt.number.clone(), receipt.secret.unwrap());
        let leave = |code: Option<String>| {
            let number = number.clone();
            move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
                withdraw::withdraw(tx, ctx, cases, &number, "", code.as_deref())
            }
        };
        assert_eq!(site.act(&nobody(at(DAY, 11)), leave(None)).await.unwrap_err().code(), "case.author-only");
        site.act(&nobody(at(DAY, 11)), leave(Some(secret))).await.unwrap();
    }
}
