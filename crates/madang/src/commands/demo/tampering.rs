//! What is altered by hand in the demonstration's database or in its log's files is found and named, on both engines.
//!
//! The benchmark `script/bench ledger --only tampering` does the same a thousand times.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use madang_base::calendar::Calendar;
use madang_base::{FixedClock, SeededRng, SharedRng, Time};
use madang_cases::registry::Services;
use madang_cases::service::apply;
use madang_cases::{Cases, support};
use madang_db::testing::TestDb;
use madang_db::{Engine, Value};
use madang_flows::tampering::{self, Dice, Hand};
use madang_flows::verify::{Order, database};
use madang_identity::demo;
use madang_kernel::blob::Blobs;
use madang_kernel::ledger::Audited;
use madang_kernel::log::{Integrator, Tiles};
use madang_kernel::log_audit::Trust;
use madang_kernel::sequencer::{Folds, drain_once};
use madang_kernel::{Ctx, Keys};
use madang_plans::import::{self, Format};
use madang_tlog::note::{Algorithm, SigningKey};

use super::{LEADING, PLAN, cases, options, setup};

/// Alterations on each engine.
const MANY: usize = 75;

struct House {
    db: TestDb,
    cases: Cases,
    folder: tempfile::TempDir,
    blobs: Blobs,
    tiles: Tiles,
    /// The first checkpoint.
    old: String,
}

impl House {
    async fn new(db: TestDb) -> Self {
        let rng: SharedRng = Arc::new(SeededRng::new(b"tampering"));
        let keys = Arc::new(Keys::generate(&*rng));
        let now = Time::parse("2026-12-09T02:00:00Z").unwrap();
        let ctx = Ctx::system(now, Arc::clone(&rng), Arc::clone(&keys));
        let there = Cases::new(Services::new(), Calendar::korea()).with_leading(Some(LEADING.to_owned()));
        let plan = import::read(PLAN.as_bytes(), Format::Toml).unwrap();
        let (own, known) = (ctx.clone(), there.clone());
        db.write(move |tx| {
            madang_plans::service::import::apply(tx, &own, &plan)?;
            demo::create(tx, &own, &options(), &setup(&plan))?;
            apply::install(tx, &own, &known)
        })
        .await
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::local(folder.path()).unwrap();
        let tiles = blobs.tiles();
        let clock = Arc::new(FixedClock::at(now));
        let signer = SigningKey::from_seed("log.test", Algorithm::Ed25519, [3; 32]).unwrap();
        let fold = support::Fold::new(there.clone(), clock.clone(), Arc::clone(&rng), keys);
        let folds: Folds = Arc::new([Arc::new(fold) as Arc<_>]);
        let integrator =
            Integrator::open(db.clone(), tiles.clone(), Some(signer), clock, rng, Duration::from_secs(1)).await;
        let mut house = Self { db, cases: there, folder, blobs, tiles, old: String::new() };
        house.integrate(&integrator, &folds).await;
        house.old = house.tiles.checkpoint().await.unwrap().unwrap().0;
        let (own, known) = (ctx.clone(), house.cases.clone());
        house.db.write(move |tx| cases::fill(tx, &own, &known)).await.unwrap();
        house.integrate(&integrator, &folds).await;
        house.db.write(move |tx| tampering::on_plan(tx, &ctx)).await.unwrap();
        house.integrate(&integrator, &folds).await;
        house
    }

    async fn integrate(&self, integrator: &Integrator, folds: &Folds) {
        while drain_once(&self.db, folds).await.unwrap() > 0 {}
        while integrator.turn().await.unwrap().more {}
    }

    async fn audit(&self) -> madang_base::Result<Audited> {
        let trust = Trust { patience: Duration::ZERO, ..Trust::default() };
        let order = Order { trust, files: true };
        // Definitions are read anew: what is kept of them in memory is not what is in the rows.
        let fresh = Cases { services: Services::new(), ..self.cases.clone() };
        database(&self.db, &self.tiles, &self.blobs, &fresh, &order, &mut |_, _| ()).await
    }

    fn log(&self) -> &Path {
        self.folder.path()
    }
}

struct ByHand<'a>(&'a TestDb);

impl Hand for ByHand<'_> {
    fn run(&mut self, sql: &str) -> Result<(), String> {
        let free = match self.0.engine() {
            Engine::Sqlite => "PRAGMA foreign_keys = OFF",
            Engine::Postgres => "SET session_replication_role = replica",
        };
        self.0.raw(&format!("{free}; {sql}")).map_err(|error| format!("{sql}: {error:?}"))
    }

    fn rows(&mut self, sql: &str) -> Result<Vec<Vec<Option<String>>>, String> {
        let rows = self.0.query(sql, &[]).map_err(|error| format!("{sql}: {error:?}"))?;
        let text = |value: &Value| match value {
            Value::Null => None,
            Value::Int(n) => Some(n.to_string()),
            Value::Real(n) => Some(n.to_string()),
            Value::Text(text) => Some(text.clone()),
            Value::Bytes(bytes) => Some(madang_kernel::digest::hex(bytes)),
        };
        Ok(rows.iter().map(|row| row.values().iter().map(text).collect()).collect())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_alteration_is_found_and_named() {
    for (db, seed) in TestDb::both().into_iter().zip([1, 2]) {
        let house = House::new(db).await;
        let first = house.audit().await.unwrap();
        assert_eq!(first.differences, [], "{}: nothing was altered", house.db.engine());
        let (mut dice, mut done, mut missed) = (Dice::new(seed), 0, Vec::new());
        while done < MANY {
            let files = house.log().join("log");
            let mut hand = ByHand(&house.db);
            let Some(altered) = tampering::alter(&mut dice, &mut hand, &files, &house.old).unwrap() else { continue };
            match house.audit().await {
                Ok(found) if altered.named(&found.differences) => {}
                found => missed.push((altered.what.clone(), altered.names.clone(), found.map(|a| a.differences))),
            }
            altered.undo(&mut hand).unwrap();
            done += 1;
            if done % 25 == 0 {
                assert_eq!(house.audit().await.unwrap().differences, [], "{}: all was put back", house.db.engine());
            }
        }
        assert!(missed.is_empty(), "{}: {} of {MANY} were not named: {missed:#?}", house.db.engine(), missed.len());
    }
}
