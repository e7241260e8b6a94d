//! Stories through the verbs and the views, on both engines.

mod alike;
mod drafts;
mod figures;
mod filing;
mod handling;
mod lists;
pub(crate) mod people;
mod sight;
mod story;
mod versions;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use madang_base::calendar::Calendar;
use madang_base::{LocalizedText, Result, SeededRng, Time};
use madang_db::testing::TestDb;
use madang_db::{Db, Tx};
use madang_form::{Answer, Answers};
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{Ctx, Keys};

use crate::registry::Services;
use crate::service::apply;
use crate::service::file::{FilingInput, Receipt, file};
use crate::{Cases, Channel};

/// The day on which the stories begin: a Tuesday.
pub(crate) const TODAY: Date = Date::constant(2026, 3, 10);

pub(crate) const VILLAGE: &str = include_str!("village.toml");

/// The system's context at noon of a day; the keys are the same in all of them.
pub(crate) fn system(day: Date) -> Ctx {
    static CONTEXTS: AtomicU64 = AtomicU64::new(0);
    let now = Time::at_kst_midnight(day).plus_seconds(12 * 3600);
    let rng = Arc::new(SeededRng::new(&CONTEXTS.fetch_add(1, Ordering::Relaxed).to_be_bytes()));
    let keys = Arc::new(Keys::generate(&SeededRng::new(b"keys")));
    Ctx::system(now, rng, keys)
}

/// Runs a closure in a write with the context and the definitions.
pub(crate) async fn act<T, F>(db: &Db, ctx: &Ctx, cases: &Cases, work: F) -> Result<T>
where
    T: Send + 'static,
    F: Fn(&mut Tx, &Ctx, &Cases) -> Result<T> + Send + 'static,
{
    let (ctx, cases) = (ctx.clone(), cases.clone());
    db.write(move |tx| work(tx, &ctx, &cases)).await
}

/// The same in a read.
pub(crate) async fn look<T, F>(db: &Db, ctx: &Ctx, cases: &Cases, work: F) -> Result<T>
where
    T: Send + 'static,
    F: Fn(&mut Tx, &Ctx, &Cases) -> Result<T> + Send + 'static,
{
    let (ctx, cases) = (ctx.clone(), cases.clone());
    db.read(move |tx| work(tx, &ctx, &cases)).await
}

/// Two agencies and the village's service in a fresh database.
pub(crate) async fn village(db: &Db) -> Cases {
    let cases = Cases::new(Services::new(), Calendar::korea());
    act(db, &system(TODAY), &cases, |tx, ctx, cases| {
        for (slug, ko, en) in [("roads", "도로과", "Roads"), ("parks", "공원과", "Parks")] {
            let draft = organisation::Draft {
                slug: slug.to_owned(),
                kind: OrganisationKind::Agency,
                name: LocalizedText::new(ko, en),
                short: LocalizedText::default(),
                parent: None,
            };
            organisation::upsert(tx, ctx, &draft)?;
        }
        apply::apply(tx, ctx, cases, "village.toml", VILLAGE)
    })
    .await
    .unwrap();
    cases
}

/// Fresh databases of both engines with the village in them.
pub(crate) async fn villages() -> Vec<(TestDb, Cases)> {
    let mut out = Vec::new();
    for db in TestDb::both() {
        let cases = village(&db).await;
        out.push((db, cases));
    }
    out
}

/// What somebody files in the village.
pub(crate) fn input(title: &str, kind: &str, public: bool, key: &str) -> FilingInput {
    let answers = [
        ("title", Answer::Text(title.to_owned())),
        ("kind", Answer::Choice(kind.to_owned())),
        ("body", Answer::Text(format!("{title}. 자세한 이야기입니다."))),
        ("reach", Answer::Person(madang_form::PersonAnswer { name: "이웃".into(), contact: "동사무소 옆".into() })),
    ];
    FilingInput {
        service: "village".to_owned(),
        answers: Answers(answers.map(|(id, answer)| (id.to_owned(), answer)).into()),
        uploads: Vec::new(),
        channel: Channel::Web,
        name: "강○○".to_owned(),
        mail: None,
        wants_public: public,
        request_key: format!("{key:0>20}"),
        proxy: None,
        follow: true,
    }
}

pub(crate) async fn filed(db: &Db, ctx: &Ctx, cases: &Cases, input: FilingInput) -> Receipt {
    act(db, ctx, cases, move |tx, ctx, cases| file(tx, ctx, cases, &input)).await.unwrap()
}
