//! What is no message, what happens when the server is away, and that a sent body cannot be read.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use madang_base::{FixedClock, Kind};
use madang_db::Db;
use madang_db::testing::TestDb;

use super::*;
use crate::actor::{Actor, Role};
use crate::job::{JobState, Worker};
use crate::tests::{NOW, act, admin, ctx, person, rng};

fn message() -> Mail {
    Mail {
        to: "citizen@example.kr".into(), subject: "로그인 링크".into(), text: "링크".into(), ..Mail::default()
    }
}

/// Answers what it is told, and counts.
#[derive(Default)]
struct Server {
    answers: Mutex<Vec<Result<Delivery>>>,
    asked: AtomicUsize,
}

impl Mailer for Server {
    fn send<'a>(&'a self, _mail: &'a Outgoing) -> BoxFuture<'a, Result<Delivery>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers.lock().unwrap().pop().unwrap_or(Ok(Delivery::Sent));
        Box::pin(async { answer })
    }
}

async fn state(db: &Db) -> Summary {
    act(db, &admin(), |tx, ctx| list(tx, ctx, None, None, 1)).await.unwrap().mails.remove(0)
}

#[tokio::test]
async fn away_then_there_then_done() {
    for db in TestDb::both() {
        let clock = Arc::new(FixedClock::at(NOW));
        let server = Arc::new(Server::default());
        server.answers.lock().unwrap().push(Err(Error::unavailable("mail.server")));
        let sender = SendMail::new(db.clone(), clock.clone(), server.clone());
        let worker = Worker::new(db.clone(), clock.clone(), rng("worker")).on(SEND, sender.clone());
        let id = act(&db, &ctx(), |tx, ctx| queue(tx, ctx, message())).await.unwrap();
        assert_eq!(worker.run_due().await.unwrap(), 1);
        let waiting = state(&db).await;
        assert_eq!((waiting.id, waiting.state), (id, MailState::Queued));
        assert_eq!(waiting.error.as_deref(), Some("mail.server"));
        clock.advance_seconds(10);
        assert_eq!(worker.run_due().await.unwrap(), 1);
        let sent = state(&db).await;
        assert_eq!((sent.state, sent.error), (MailState::Sent, None));
        // The same job once more, as after a lost answer: nothing is sent again.
        let done = job::Filter { state: Some(JobState::Done), ..job::Filter::default() };
        let again = act(&db, &admin(), move |tx, ctx| job::list(tx, ctx, &done, 1)).await.unwrap().jobs.remove(0);
        job::Handler::run(&sender, &again).await.unwrap();
        assert_eq!(server.asked.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn a_refused_message_has_failed_and_can_be_retried() {
    let db = TestDb::sqlite();
    let clock = Arc::new(FixedClock::at(NOW));
    let server = Arc::new(Server::default());
    server.answers.lock().unwrap().push(Err(Error::invalid("mail.refused")));
    let sender = SendMail::new(db.clone(), clock.clone(), server);
    let worker = Worker::new(db.clone(), clock, rng("worker")).on(SEND, sender);
    act(&db, &ctx(), |tx, ctx| queue(tx, ctx, message())).await.unwrap();
    worker.run_due().await.unwrap();
    assert_eq!(state(&db).await.state, MailState::Failed);
    let failed = act(&db, &admin(), |tx, ctx| job::list(tx, ctx, &job::Filter::default(), 1)).await.unwrap();
    assert_eq!(failed.jobs[0].state, JobState::Failed);
    let id = failed.jobs[0].id;
    act(&db, &admin(), move |tx, ctx| job::retry(tx, ctx, id)).await.unwrap();
    worker.run_due().await.unwrap();
    assert_eq!(state(&db).await.state, MailState::Sent);
}

/// A failed message whose body is gone is not sent empty.
#[tokio::test]
async fn nothing_is_sent_that_says_nothing() {
    let db = TestDb::sqlite();
    let clock = Arc::new(FixedClock::at(NOW));
    let server = Arc::new(Server::default());
    server.answers.lock().unwrap().push(Err(Error::invalid("mail.refused")));
    let sender = SendMail::new(db.clone(), clock.clone(), server.clone());
    let worker = Worker::new(db.clone(), clock, rng("worker")).on(SEND, sender);
    act(&db, &ctx(), |tx, ctx| queue(tx, ctx, message())).await.unwrap();
    worker.run_due().await.unwrap();
    act(&db, &ctx(), |tx, _| purge(tx, NOW.plus_seconds(1), NOW)).await.unwrap();
    let jobs = act(&db, &admin(), |tx, ctx| job::list(tx, ctx, &job::Filter::default(), 1)).await.unwrap();
    let id = jobs.jobs[0].id;
    act(&db, &admin(), move |tx, ctx| job::retry(tx, ctx, id)).await.unwrap();
    worker.run_due().await.unwrap();
    assert_eq!((server.asked.load(Ordering::SeqCst), state(&db).await.state), (1, MailState::Failed));
}

#[tokio::test]
async fn what_is_no_message_is_refused() {
    let db = TestDb::sqlite();
    let refused = async |mail: Mail| {
        let outcome = act(&db, &ctx(), move |tx, ctx| queue(tx, ctx, mail.clone())).await;
        outcome.map_or_else(|error| error.code(), |_| "queued")
    };
    let long = format!("{}@example.kr", "a".repeat(250));
    for to in ["", "@", "a@", "@b", "citizen", "a b@example.kr", "a@example.kr\r\nBcc: b@example.kr", &long] {
        assert_eq!(refused(Mail { to: to.into(), ..message() }).await, "mail.address", "{to:?}");
    }
    for subject in ["", "  ", "a\nb", "a\rBcc: x", &"가".repeat(201)] {
        assert_eq!(refused(Mail { subject: subject.into(), ..message() }).await, "mail.subject", "{subject:?}");
    }
    for (name, value) in [("", "x"), ("A B", "x"), ("A:", "x"), ("A", ""), ("A", "x\r\ny"), ("A", "가")] {
        let headers = vec![(name.to_owned(), value.to_owned())];
        assert_eq!(refused(Mail { headers, ..message() }).await, "mail.header", "{name:?} {value:?}");
    }
    assert_eq!(refused(Mail { subject: "가".repeat(200), ..message() }).await, "queued");
}

#[tokio::test]
async fn the_list_is_the_administrators_and_queued_bodies_are_nobodys() {
    let db = TestDb::sqlite();
    let id = act(&db, &ctx(), |tx, ctx| queue(tx, ctx, message())).await.unwrap();
    let officer = ctx().with_actor(Actor::Person(person(Role::Officer, None)));
    let refused = act(&db, &officer, |tx, ctx| list(tx, ctx, None, None, 1)).await.unwrap_err();
    assert_eq!(refused.kind(), Kind::Forbidden);
    assert!(db.read(|tx| outbox(tx, None, 10)).await.unwrap().mails.is_empty());
    assert_eq!(db.read(move |tx| outbox_one(tx, id)).await.unwrap_err().kind(), Kind::NotFound);
}
