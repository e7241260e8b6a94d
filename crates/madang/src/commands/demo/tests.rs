//! The story of the demonstration fits the shipped services, whatever day it is told on.

use std::collections::BTreeSet;
use std::sync::Arc;

use madang_base::calendar::Calendar;
use madang_base::{SeededRng, SharedRng, Time};
use madang_cases::Cases;
use madang_cases::registry::Services;
use madang_cases::service::{apply, inbox};
use madang_db::params;
use madang_db::testing::TestDb;
use madang_identity::demo;
use madang_kernel::{Actor, Ctx, Keys, organisation};
use madang_plans::import::{self, Format};

use super::{LEADING, PLAN, cases, options, setup};

struct House {
    db: TestDb,
    ctx: Ctx,
    cases: Cases,
}

impl House {
    async fn at(db: TestDb, now: &str) -> Self {
        let rng: SharedRng = Arc::new(SeededRng::new(now.as_bytes()));
        let keys = Arc::new(Keys::generate(&*rng));
        let ctx = Ctx::system(Time::parse(now).unwrap(), rng, keys);
        let cases = Cases::new(Services::new(), Calendar::korea()).with_leading(Some(LEADING.to_owned()));
        let house = Self { db, ctx, cases };
        let (ctx, there) = (house.ctx.clone(), house.cases.clone());
        let plan = import::read(PLAN.as_bytes(), Format::Toml).unwrap();
        house
            .db
            .write(move |tx| {
                madang_plans::service::import::apply(tx, &ctx, &plan)?;
                demo::create(tx, &ctx, &options(), &setup(&plan))?;
                apply::install(tx, &ctx, &there)
            })
            .await
            .unwrap();
        house
    }

    async fn fill(&self) -> Vec<(String, String)> {
        let (ctx, there) = (self.ctx.clone(), self.cases.clone());
        self.db.write(move |tx| cases::fill(tx, &ctx, &there)).await.unwrap().0
    }

    /// Service and state of every case.
    fn states(&self) -> Vec<(String, String)> {
        let rows = self.db.query("SELECT service, state FROM case_file ORDER BY number", params![]).unwrap();
        rows.iter().map(|row| (row.get("service").unwrap(), row.get("state").unwrap())).collect()
    }

    fn count(&self, sql: &'static str) -> i64 {
        self.db.query(sql, params![]).unwrap()[0].at(0).unwrap()
    }
}

#[tokio::test]
async fn every_state_of_every_open_service_has_a_case_and_a_second_start_adds_nothing() {
    for db in TestDb::both() {
        let house = House::at(db, "2026-12-09T02:00:00Z").await;
        let receipts = house.fill().await;
        assert_eq!(receipts.len(), 3, "the counter gave two papers, and one was filed without an account");
        let there = house.states();
        let found: BTreeSet<_> = there.iter().cloned().collect();
        let own = house.cases.clone();
        let services = house.db.read(move |tx| own.services.list(tx)).await.unwrap();
        let mut missing = Vec::new();
        for version in services {
            let def = &version.definition;
            for state in def.states.iter().filter(|state| !state.built_in) {
                if !found.contains(&(def.id.clone(), state.id.clone())) {
                    missing.push(format!("{} {}", def.id, state.id));
                }
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
        for state in ["withdrawn", "merged"] {
            assert!(found.iter().any(|(_, there)| there == state), "{state}");
        }
        let acts = house.count("SELECT COUNT(*) FROM case_event");
        assert_eq!(house.fill().await, receipts, "numbers and codes stay the same");
        assert_eq!(house.states(), there);
        assert_eq!(house.count("SELECT COUNT(*) FROM case_event"), acts);
    }
}

/// Days on which it may be told: a Monday, a Sunday, in the days off of the lunar new year, long after the call for
/// suggestions, early in the morning.
const DAYS: [&str; 5] = [
    "2026-12-07T05:00:00Z",
    "2026-11-22T12:00:00Z",
    "2027-02-08T03:00:00Z",
    "2028-07-19T08:00:00Z",
    "2027-03-01T15:05:00Z",
];

#[tokio::test]
async fn on_any_day_something_is_due_overdue_waits_for_approval_and_was_handed_on() {
    for day in DAYS {
        let house = House::at(TestDb::sqlite(), day).await;
        house.fill().await;
        let (ctx, now) = (house.ctx.clone(), house.ctx.now);
        let counts = house.db.write(move |tx| {
            let officer = demo::person(tx, &ctx, &options(), "officer-mois-2")?;
            let mois = organisation::by_slug(tx, "mois")?.expect("the ministry").id;
            let ctx = ctx.clone().with_actor(Actor::Person(officer));
            inbox::counts(tx, &ctx, mois)
        });
        let counts = counts.await.unwrap();
        assert!(counts.overdue >= 2 && counts.waiting_approval >= 3 && counts.unassigned > 5, "{day}: {counts:?}");
        assert!(counts.mine >= 1 && counts.all > 20, "{day}: {counts:?}");
        if house.cases.calendar.is_business_day(now.kst_date()) {
            assert!(counts.today >= 2, "{day}: {counts:?}");
        }
        let kinds =
            "SELECT COUNT(DISTINCT kind) FROM case_event WHERE kind IN ('transferred', 'asked', 'replied', 'merged',
             'absorbed', 'withdrawn', 'extended', 'rated', 'ran-out', 'threshold', 'assigned', 'submitted')";
        assert_eq!(house.count(kinds), 12, "{day}");
        assert!(house.count("SELECT COUNT(*) FROM link WHERE type = 'became'") >= 2, "{day}");
        assert!(house.count("SELECT COUNT(*) FROM case_file WHERE citizen_says = 'disputed'") >= 1, "{day}");
        assert!(
            house.count("SELECT COUNT(*) FROM case_file WHERE secret_hash IS NOT NULL AND author IS NULL") == 3,
            "{day}"
        );
        let late = "SELECT COUNT(*) FROM case_event WHERE at > $1";
        let late: i64 = house.db.query(late, params![now]).unwrap()[0].at(0).unwrap();
        assert_eq!(late, 0, "{day}: nothing happens after now");
        let told = house.count("SELECT COUNT(*) FROM job WHERE kind = 'cases.notify'");
        assert_eq!(told, 0, "{day}: no mail tells of what was before");
    }
}
