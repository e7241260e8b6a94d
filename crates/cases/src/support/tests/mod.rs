//! Supports on both engines: what must hold whoever acts at the same time, and whatever is done in which order.

mod acts;
mod batches;
mod bursts;
mod folding;
mod lives;
mod restored;
mod small_cells;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use madang_base::calendar::Calendar;
use madang_base::{FixedClock, Id, Result, SeededRng, SharedRng, Time};
use madang_db::testing::TestDb;
use madang_db::{Db, params};
use madang_kernel::sequencer::{Folds, drain_once};
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Grant, Keys, OrganisationId, Person, PersonKeys, Role, digest};

use super::*;
use crate::context::Cases;
use crate::model::{CaseFile, CaseId, Channel};
use crate::registry::Services;
use crate::service::case_of;

/// 2026-03-03T09:00:00 in Korea, a Tuesday.
pub(super) const NOW: Time = Time::from_micros(1_772_496_000_000_000);

pub(super) fn rng() -> SharedRng {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    Arc::new(SeededRng::new(format!("support {}", COUNT.fetch_add(1, Ordering::SeqCst)).as_bytes()))
}

pub(super) fn keys() -> Arc<Keys> {
    Arc::new(Keys::generate(&SeededRng::new(b"keys")))
}

pub(super) fn system(now: Time) -> Ctx {
    Ctx::system(now, rng(), keys())
}

fn account(name: &str) -> AccountId {
    Id::new(Time::from_micros(0), &SeededRng::new(name.as_bytes()))
}

pub(super) fn agency() -> OrganisationId {
    Id::new(Time::from_micros(0), &SeededRng::new(b"mois"))
}

/// Somebody who is proved; the same name is the same person.
pub(super) fn citizen(name: &str, now: Time) -> Ctx {
    let key = digest::hmac_hex(&keys().person, &[b"person", b"ci", name.as_bytes()]);
    system(now).with_actor(Actor::Person(Person {
        account: account(name),
        assurance: Assurance::Verified,
        grants: Vec::new(),
        second_factor: true,
        scopes: None,
        keys: PersonKeys { first: Some(key.clone()), verified: Some(key) },
    }))
}

pub(super) fn officer(now: Time) -> Ctx {
    let mut ctx = citizen("officer", now);
    if let Actor::Person(person) = &mut ctx.actor {
        person.grants.push(Grant { role: Role::Officer, organisation: Some(agency()) });
    }
    ctx
}

/// A database with the service and one open case, and the folds of a site over it.
pub(super) struct Site {
    pub db: TestDb,
    pub cases: Cases,
    pub number: String,
    pub case: CaseId,
    pub folds: Folds,
}

pub(super) async fn sites() -> Vec<Site> {
    let mut sites = Vec::new();
    for db in TestDb::both() {
        sites.push(site(db).await);
    }
    sites
}

async fn site(db: TestDb) -> Site {
    let cases = Cases::new(Services::new(), Calendar::korea());
    let clock = Arc::new(FixedClock::at(NOW));
    let folds: Folds = Arc::new([Arc::new(Fold::new(cases.clone(), clock, rng(), keys())) as Arc<_>]);
    db.write(|tx| {
        tx.exec(
            "INSERT INTO organisation (id, slug, kind, name, short, created_at, updated_at)
             VALUES ($1, 'mois', 'agency', $2, $2, $3, $3)",
            params![agency(), r#"{"ko":"행정안전부"}"#, NOW],
        )?;
        tx.exec(
            "INSERT INTO service_version (digest, service, text, created_at) VALUES ('d1', 'petition', $1, $2)",
            params![include_str!("petition.toml"), NOW],
        )?;
        tx.exec(
            "INSERT INTO service (id, digest, origin, open, updated_at) VALUES ('petition', 'd1', 'operator', 1, $1)",
            params![NOW],
        )
    })
    .await
    .unwrap();
    let (case, number) = file(&db, "published").await;
    Site { db, cases, number, case, folds }
}

/// Another open case.
pub(super) async fn file(db: &Db, publication: &'static str) -> (CaseId, String) {
    let rng = rng();
    let case: CaseId = Id::new(NOW, &*rng);
    let number = madang_form::number::number("PT-{year}-{code}", 2026, &*rng);
    let stored = number.clone();
    db.write(move |tx| {
        tx.exec(
            "INSERT INTO case_file (id, number, service, version, state, phase, title, agency, author_name, locale,
               assurance, channel, publication, wants_public, delivery, answers, reviewed, filed_at, updated_at, revision)
             VALUES ($1, $2, 'petition', 'd1', 'open', 'open', '횡단보도에 신호등을 달아 주세요', $3, '', 'ko', 'verified', 'web',
               $4, 1, 'delivered', '{}', '[]', $5, $5, 1)",
            params![case, &stored, agency(), publication, NOW],
        )?;
        tx.exec(
            "INSERT INTO case_agency (case_id, organisation, role, from_at) VALUES ($1, $2, 'handling', $3)",
            params![case, agency(), NOW],
        )
    })
    .await
    .unwrap();
    (case, number)
}

pub(super) fn input(region: &str, age: &str, network: &str) -> SupportInput {
    SupportInput {
        region: Some(region.to_owned()),
        age_band: Some(age.to_owned()),
        follow: false,
        channel: Channel::Web,
        network: network.to_owned(),
    }
}

pub(super) fn plain() -> SupportInput {
    input("", "", "")
}

impl Site {
    pub async fn give(&self, ctx: &Ctx, input: &SupportInput) -> Result<Given> {
        let (ctx, cases, number, input) = (ctx.clone(), self.cases.clone(), self.number.clone(), input.clone());
        self.db.write(move |tx| give(tx, &ctx, &cases, &number, &input)).await
    }

    pub async fn withdraw(&self, ctx: &Ctx) -> Result<()> {
        let (ctx, cases, number) = (ctx.clone(), self.cases.clone(), self.number.clone());
        self.db.write(move |tx| withdraw(tx, &ctx, &cases, &number)).await.map(drop)
    }

    pub async fn drain(&self) {
        while drain_once(&self.db, &self.folds).await.unwrap() > 0 {}
    }

    pub async fn case_file(&self) -> CaseFile {
        let (cases, number) = (self.cases.clone(), self.number.clone());
        self.db.read(move |tx| Ok(case_of(tx, &cases, &number)?.0)).await.unwrap()
    }

    pub async fn view(&self, ctx: &Ctx) -> SupportView {
        let case = self.case_file().await;
        let (ctx, cases) = (ctx.clone(), self.cases.clone());
        self.db.read(move |tx| view(tx, &ctx, &cases, &case)).await.unwrap().unwrap()
    }

    /// The total after everything was drained.
    pub async fn count(&self) -> i64 {
        self.drain().await;
        self.view(&citizen("nobody in particular", NOW)).await.count
    }

    pub async fn verify(&self, position: Option<i64>) -> Verified {
        let cases = self.cases.clone();
        self.db.read(move |tx| verify(tx, &cases, position)).await.unwrap()
    }

    /// Rows of a statement, each as text.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let rows = self.db.query(sql, &[]).unwrap();
        rows.iter().map(|row| row.at::<String>(0).unwrap()).collect()
    }

    pub fn number_of(&self, sql: &str) -> i64 {
        self.db.query(sql, &[]).unwrap()[0].at(0).unwrap()
    }
}
