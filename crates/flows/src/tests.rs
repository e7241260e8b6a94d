//! A petition that became a commitment, on both engines.

use std::sync::Arc;

use madang_base::calendar::Calendar;
use madang_base::{FixedClock, Id, Result};
use madang_cases::Cases;
use madang_cases::registry::Services;
use madang_cases::service::file::{FilingInput, file};
use madang_cases::service::follow::{self as case_follow, Rhythm};
use madang_cases::service::{apply, link};
use madang_db::Tx;
use madang_db::testing::TestDb;
use madang_kernel::job::{self, Handler as _};
use madang_kernel::links::{self, LinkType};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Ref, organisation};
use madang_plans::import::{Format, read};
use madang_plans::service::{follow, import};

use super::*;
use crate::testing::*;

const SUGGESTION: &str = include_str!("tests/idea.toml");

fn commitment() -> Ref {
    Ref::new(ObjectKind::Commitment, "kr-2021/3")
}

struct Site {
    db: TestDb,
    cases: Cases,
}

impl Site {
    async fn act<T, F>(&self, ctx: &Ctx, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Ctx, &Cases) -> Result<T> + Send + 'static,
    {
        let (ctx, cases) = (ctx.clone(), self.cases.clone());
        self.db.write(move |tx| f(tx, &ctx, &cases)).await
    }
}

async fn sites() -> Vec<Site> {
    let mut sites = Vec::new();
    for db in TestDb::both() {
        let cases = Cases::new(Services::new(), Calendar::korea())
            .with_leading(Some("mois".to_owned()))
            .with_targets(Arc::new(Things))
            .with_officers(Arc::new(Colleagues));
        let site = Site { db, cases };
        site.act(&system(), |tx, ctx, cases| {
            let plan = read(include_bytes!("../../../plans/kr-2021.toml"), Format::Toml)
                .map_err(|problems| madang_base::Error::internal(format!("{problems:?}")))?;
            import::apply(tx, ctx, &plan)?;
            apply::apply(tx, ctx, cases, "idea.toml", SUGGESTION).map(drop)
        })
        .await
        .unwrap();
        sites.push(site);
    }
    sites
}

#[tokio::test]
async fn who_follows_a_case_follows_the_commitment_that_it_became() {
    for site in sites().await {
        let mois = site.db.read(|tx| organisation::by_slug(tx, "mois")).await.unwrap().unwrap().id;
        let author = person("author", None);
        let number = site.act(&author, |tx, ctx, cases| {
            let answers = [("title", madang_form::Answer::Text("버스 안내판에 음성 안내를".to_owned()))];
            let input = FilingInput { follow: true, ..filing("idea", answers) };
            Ok(file(tx, ctx, cases, &input)?.number)
        });
        let number = number.await.unwrap();
        let own = number.clone();
        site.act(&person("reader", None), move |tx, ctx, cases| {
            case_follow::follow(tx, ctx, cases, &own, Rhythm::Weekly, None)?;
            follow::follow(tx, ctx, &commitment(), madang_plans::model::Rhythm::AtOnce).map(drop)
        })
        .await
        .unwrap();
        let officer = person("officer", Some(mois));
        let own = number.clone();
        let nowhere = site.act(&officer, move |tx, ctx, cases| became(tx, ctx, cases, &own, "kr-2021/999")).await;
        assert_eq!(nowhere.unwrap_err().code(), "case.link-unknown");
        let own = number.clone();
        let done = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| became(tx, ctx, cases, &own, "kr-2021/3");
        assert!(site.act(&officer, done.clone()).await.unwrap());
        assert!(!site.act(&officer, done).await.unwrap(), "once");

        let filter = job::Filter { kind: Some(link::BECAME.to_owned()), ..job::Filter::default() };
        let jobs = site.act(&system(), move |tx, ctx, _| job::list(tx, ctx, &filter, 10)).await.unwrap().jobs;
        assert_eq!(jobs.len(), 1);
        let handler =
            Became { db: (*site.db).clone(), clock: Arc::new(FixedClock::at(now())), rng: rng(), keys: keys() };
        for _ in 0..2 {
            handler.run(&jobs[0]).await.unwrap();
        }
        for (name, rhythm) in [("author", "at-once"), ("reader", "at-once")] {
            let ctx = person(name, None);
            let found = site.act(&ctx, |tx, ctx, _| follow::find(tx, ctx, &commitment())).await.unwrap().unwrap();
            assert_eq!(found.rhythm.to_string(), rhythm, "{name}: what was chosen before stays");
        }
        // Both ends show it.
        let links = site.db.read(|tx| links::links_of(tx, &commitment())).await.unwrap();
        let found: Vec<_> = links.iter().filter(|link| link.link_type == LinkType::Became).collect();
        assert_eq!((found.len(), found[0].source.kind), (1, ObjectKind::Case));
    }
}

#[tokio::test]
async fn only_what_is_there_can_be_linked_to() {
    for site in sites().await {
        let there = |kind: ObjectKind, id: &'static str| {
            site.db.read(move |tx| link::Targets::exists(&Things, tx, &Ref::new(kind, id)))
        };
        assert!(there(ObjectKind::Plan, "kr-2021").await.unwrap());
        assert!(there(ObjectKind::Milestone, "kr-2021/3/1").await.unwrap());
        assert!(!there(ObjectKind::Milestone, "kr-2021/3/99").await.unwrap());
        assert!(!there(ObjectKind::Indicator, "nothing").await.unwrap());
        assert!(!there(ObjectKind::Account, "nothing").await.unwrap());
        let nobody: OrganisationId = Id::new(now(), &*rng());
        let none = site.act(&system(), move |tx, _, cases| cases.officers.as_ref().unwrap().of(tx, nobody)).await;
        assert!(none.unwrap().is_empty());
    }
}
