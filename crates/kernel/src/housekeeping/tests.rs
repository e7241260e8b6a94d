//! One night of housekeeping.

use std::sync::Arc;

use madang_base::FixedClock;
use madang_db::testing::TestDb;
use serde_json::json;

use super::*;
use crate::job::{Every, Worker};
use crate::tests::{NOW, act, ctx, rng};

struct Nothing;

impl Handler for Nothing {
    fn run<'a>(&'a self, _job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

struct Sent;

impl mail::Mailer for Sent {
    fn send<'a>(&'a self, _mail: &'a mail::Outgoing) -> BoxFuture<'a, Result<mail::Delivery>> {
        Box::pin(async { Ok(mail::Delivery::Sent) })
    }
}

#[tokio::test]
async fn what_has_had_its_time_goes() {
    for db in TestDb::both() {
        let clock = Arc::new(FixedClock::at(NOW));
        let retention = Retention { jobs: 7, mail_bodies: 3, mails: 90 };
        let worker = Worker::new(db.clone(), clock.clone(), rng("worker"))
            .on("test.nothing", Nothing)
            .on(mail::SEND, mail::SendMail::new(db.clone(), clock.clone(), Arc::new(Sent)))
            .on(KIND, Housekeeping::new(db.clone(), clock.clone(), Blobs::memory(), retention))
            .every(KIND, Every::Day { hour: 4 });
        act(&db, &ctx(), |tx, ctx| {
            job::enqueue(tx, ctx, "test.nothing", json!({}), None)?;
            let letter =
                mail::Mail { to: "a@example.kr".into(), subject: "s".into(), text: "t".into(), ..Default::default() };
            mail::queue(tx, ctx, letter)
        })
        .await
        .unwrap();
        assert_eq!(worker.run_due().await.unwrap(), 2, "the first look only sets the time of housekeeping");

        let left = |days: i64| {
            let (db, worker, clock) = (&db, &worker, &clock);
            async move {
                clock.advance_seconds(days * 86_400);
                assert_eq!(worker.run_due().await.unwrap(), 1);
                let bodies = "SELECT COUNT(*) AS n FROM mail WHERE text <> ''";
                let number = |sql| db.query(sql, &[]).unwrap()[0].get::<i64>("n").unwrap();
                [
                    number("SELECT COUNT(*) AS n FROM job WHERE kind <> 'kernel.housekeeping'"),
                    number(bodies),
                    number("SELECT COUNT(*) AS n FROM mail"),
                ]
            }
        };
        assert_eq!(left(1).await, [2, 1, 1]);
        assert_eq!(left(3).await, [2, 0, 1]);
        assert_eq!(left(4).await, [0, 0, 1]);
        assert_eq!(left(90).await, [0, 0, 0]);
    }
}
