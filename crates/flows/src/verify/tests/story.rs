//! A site on both engines: filed, supported, taken back, answered; exported, verified; then its database lies.

use std::sync::Arc;
use std::time::Duration;

use madang_base::calendar::Calendar;
use madang_base::{FixedClock, Id, SeededRng, SharedRng, Time};
use madang_cases::registry::Services;
use madang_cases::service::file::{FilingInput, file as file_case};
use madang_cases::service::{apply, step};
use madang_cases::support::{self, SupportInput};
use madang_cases::{Cases, Channel};
use madang_db::testing::TestDb;
use madang_db::{Tx, params};
use madang_kernel::blob::Blobs;
use madang_kernel::log::Integrator;
use madang_kernel::sequencer::{Folds, drain_once};
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Grant, Keys, OrganisationId, Person, PersonKeys, Role, digest};

use super::paper::{DEFINITION, key};
use super::*;
use crate::export::manifest::{claims_file, openings_file, service_file};
use crate::export::{Page, Source};

const NOW: Time = Time::from_micros(1_795_132_800_000_000);

fn rng() -> SharedRng {
    static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let n = COUNT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    Arc::new(SeededRng::new(format!("verify {n}").as_bytes()))
}

fn keys() -> Arc<Keys> {
    Arc::new(Keys::generate(&SeededRng::new(b"keys")))
}

fn agency() -> OrganisationId {
    Id::new(Time::from_micros(0), &SeededRng::new(b"mois"))
}

fn person(name: &str, now: Time, office: Option<OrganisationId>) -> Ctx {
    let key = digest::hmac_hex(&keys().person, &[b"person", name.as_bytes()]);
    let account: AccountId = Id::new(Time::from_micros(0), &SeededRng::new(name.as_bytes()));
    let grants = office.map(|office| Grant { role: Role::Officer, organisation: Some(office) });
    Ctx::system(now, rng(), keys()).with_actor(Actor::Person(Person {
        account,
        assurance: Assurance::Verified,
        grants: grants.into_iter().collect(),
        second_factor: true,
        scopes: None,
        keys: PersonKeys { first: Some(key.clone()), verified: Some(key) },
    }))
}

struct Site {
    db: TestDb,
    cases: Cases,
    clock: Arc<FixedClock>,
    folds: Folds,
    integrator: Integrator,
    numbers: Vec<String>,
}

impl Site {
    async fn new(db: TestDb) -> Self {
        let cases = Cases::new(Services::new(), Calendar::korea());
        let clock = Arc::new(FixedClock::at(NOW));
        let fold = support::Fold::new(cases.clone(), Arc::clone(&clock) as _, rng(), keys());
        let folds: Folds = Arc::new([Arc::new(fold) as Arc<_>]);
        let tiles = Blobs::memory().tiles();
        let integrator = Integrator::open(
            (*db).clone(),
            tiles,
            Some(key()),
            Arc::clone(&clock) as _,
            rng(),
            Duration::from_millis(1),
        );
        let integrator = integrator.await;
        let mut site = Self { db, cases, clock, folds, integrator, numbers: Vec::new() };
        site.db
            .write(|tx| {
                tx.exec(
                    "INSERT INTO organisation (id, slug, kind, name, short, created_at, updated_at)
                     VALUES ($1, 'mois', 'agency', $2, $2, $3, $3)",
                    params![agency(), r#"{"ko":"행정안전부"}"#, NOW],
                )
            })
            .await
            .unwrap();
        site.act(Ctx::system(NOW, rng(), keys()), |tx, ctx, cases| {
            apply::apply(tx, ctx, cases, "petition.toml", DEFINITION).map(drop)
        })
        .await;
        for n in 0..3_usize {
            let author = person(&format!("author {n}"), NOW, None);
            let number = site.act(author, move |tx, ctx, cases| {
                let title = ("title".to_owned(), madang_form::Answer::Text(format!("신호등을 달아 주세요 {n}")));
                let input = FilingInput {
                    service: "petition".to_owned(),
                    answers: madang_form::Answers([title].into()),
                    uploads: Vec::new(),
                    channel: Channel::Web,
                    name: "김민지".to_owned(),
                    mail: None,
                    wants_public: true,
                    request_key: format!("request-key-000000{n}"),
                    proxy: None,
                    follow: false,
                };
                Ok(file_case(tx, ctx, cases, &input)?.number)
            });
            site.numbers.push(number.await);
        }
        site
    }

    async fn act<T, F>(&self, ctx: Ctx, f: F) -> T
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Ctx, &Cases) -> madang_base::Result<T> + Send + 'static,
    {
        let cases = self.cases.clone();
        self.db.write(move |tx| f(tx, &ctx, &cases)).await.unwrap()
    }

    async fn support(&self, n: usize, who: usize, by: i64, now: Time) {
        let number = self.numbers[n].clone();
        let ctx = person(&format!("person {who}"), now, None);
        self.act(ctx, move |tx, ctx, cases| {
            if by < 0 {
                return support::withdraw(tx, ctx, cases, &number).map(drop);
            }
            let region = Some(["kr-11", "kr-26"][who % 2].to_owned());
            let (age_band, channel) = (Some("20-29".to_owned()), Channel::Web);
            let input = SupportInput { region, age_band, follow: false, channel, network: String::new() };
            support::give(tx, ctx, cases, &number, &input).map(drop)
        })
        .await;
    }

    /// Everything gets its place under a checkpoint signed now.
    async fn settle(&self) {
        while drain_once(&self.db, &self.folds).await.unwrap() > 0 {}
        while self.integrator.turn().await.unwrap().more {}
    }

    fn source(&self) -> Source {
        let ctx = Ctx::system(NOW, rng(), keys());
        let clock = Arc::clone(&self.clock) as _;
        let site = "https://example.kr".to_owned();
        Source::new((*self.db).clone(), self.integrator.log(), self.cases.clone(), ctx, clock, site)
    }

    /// The export, as the program writes it.
    async fn export(&self) -> Memory {
        let (source, mut files) = (self.source(), Memory::default());
        let manifest = source.manifest(None).await.unwrap();
        for digest in &manifest.services {
            files.0.insert(service_file(digest), source.service(digest).await.unwrap().into_bytes());
        }
        for part in &manifest.claims {
            let (mut bytes, mut cursor) = (Vec::new(), Some(String::new()));
            while let Some(from) = cursor {
                let page = source.claims(&part.name, &part.month, &from).await.unwrap();
                bytes.extend(page.bytes);
                cursor = page.next;
            }
            files.0.insert(claims_file(&part.name, &part.month), bytes);
        }
        for month in &manifest.months {
            let (mut bytes, mut openings) = (Vec::new(), Vec::new());
            let (mut from, mut opened) = (Some(month.first), Some(month.first));
            let next = |page: &Page| page.next.as_ref().map(|next| next.parse::<u64>().unwrap());
            while let Some(first) = from {
                let page = source.leaves(first, month.end).await.unwrap();
                from = next(&page);
                bytes.extend(page.bytes);
            }
            while let Some(first) = opened {
                let page = source.openings(first, month.end).await.unwrap();
                opened = next(&page);
                openings.extend(page.bytes);
            }
            files.0.insert(month.file(), bytes);
            files.0.insert(openings_file(&month.month), openings);
        }
        let note = source.checkpoint().await.unwrap().unwrap().note;
        files.0.insert("checkpoint".to_owned(), note.into_bytes());
        files.0.insert("manifest.json".to_owned(), manifest.write().unwrap().into_bytes());
        files
    }
}

/// Acts in two months.
async fn lived(db: TestDb) -> Site {
    let site = Site::new(db).await;
    for who in 0..9 {
        site.support(0, who, 1, NOW).await;
        if who % 2 == 0 {
            site.support(1, who, 1, NOW).await;
        }
    }
    site.support(0, 3, -1, NOW).await;
    site.settle().await;
    let later = NOW.plus_days(20);
    site.clock.advance_seconds(20 * 86_400);
    site.support(0, 3, 1, later).await;
    site.support(0, 10, 1, later).await;
    let number = site.numbers[1].clone();
    site.act(person("officer", later, Some(agency())), move |tx, ctx, cases| {
        let input =
            madang_form::StepInput { answer: "달겠습니다".to_owned(), ..madang_form::StepInput::default() };
        step::take(tx, ctx, cases, &number, "answer", &input, &[], None).map(drop)
    })
    .await;
    site.settle().await;
    site
}

#[tokio::test]
async fn a_site_verifies_and_what_its_database_says_wrongly_is_named() {
    for db in TestDb::both() {
        let site = lived(db).await;
        let export = site.export().await;
        let report = export.verify().unwrap();
        assert_eq!(report.differences, [], "{}", site.db.engine());
        assert!(report.unknown_kinds.is_empty() && report.unknown_fields.is_empty(), "{report:?}");
        assert_eq!((report.months, report.recounts[0].counts["cases"]), (2, 3));
        assert_eq!(report.recounts[0].counts["supports"], 10 + 5);
        assert_eq!(report.recounts[0].counts["thresholds"], 3);
        // The months stay what they are while the log goes on.
        let first = manifest(&export).unwrap().months[0].clone();
        site.support(2, 1, 1, NOW.plus_days(20)).await;
        site.settle().await;
        let later = site.export().await;
        assert_eq!(later.verify().unwrap().differences, []);
        assert_eq!(manifest(&later).unwrap().months[0], first);
        let since = String::from_utf8(export.0["checkpoint"].clone()).unwrap();
        let trust = Trust { keys: vec![key().verifier()], since: Some(since), ..Trust::default() };
        assert_eq!(later.verify_with(trust, None).unwrap().differences, []);
        // Salts open what the supporters stated.
        let salts = crate::export::salts(&site.db, "").await.unwrap();
        let report = later.verify_with(Trust::default(), Some(String::from_utf8(salts.bytes).unwrap())).unwrap();
        assert_eq!((report.differences, report.audited), (Vec::new(), true));
        assert_eq!(report.recounts[0].counts["salts"], 9 + 5 + 2 + 1);

        for (lie, what) in [
            ("UPDATE support_count SET count = count + 1 WHERE dimension = 'total'", "total"),
            ("UPDATE support_count SET count = count + 1 WHERE dimension = 'day'", "day"),
            ("UPDATE threshold_reached SET position = position + 1", "threshold"),
            ("DELETE FROM threshold_reached WHERE threshold = 'second'", "threshold"),
            ("UPDATE case_event SET to_state = 'open' WHERE to_state = 'answered'", "history"),
            ("UPDATE case_event SET at = at - 1 WHERE kind = 'step'", "history"),
            ("UPDATE case_file SET state = 'open' WHERE state = 'answered'", "state"),
            ("UPDATE case_file SET publication = 'hidden' WHERE state = 'open'", "claim"),
        ] {
            let site = lived(if site.db.engine() == madang_db::Engine::Sqlite {
                TestDb::sqlite()
            } else {
                TestDb::both().pop().unwrap()
            })
            .await;
            site.db.batch(lie);
            let found = site.export().await.verify().unwrap().differences;
            assert!(found.iter().any(|found| found.difference.what == what), "{lie}: {found:#?}");
            assert!(found.iter().all(|found| found.difference.object.starts_with("case:")), "{lie}: {found:#?}");
        }
        // A line of the log itself that was changed or is gone.
        for lie in [
            "UPDATE change SET json = REPLACE(json, '\"day\":\"2026-11-20\"', '\"day\":\"2026-11-21\"') WHERE position = 6",
            "UPDATE change SET public = 0, commitment = 'x' WHERE position = 6",
        ] {
            site.db.batch(lie);
            let found = site.export().await.verify().unwrap().differences;
            assert!(found[0].difference.what.starts_with("root of"), "{lie}: {found:#?}");
            assert!(found[0].file.is_some());
        }
    }
}
