//! Stories through the verbs and the views, on both engines.

mod shipped;

use std::sync::Arc;

use jiff::civil::Date;
use madang_base::{SeededRng, Time};
use madang_db::testing::TestDb;
use madang_db::{Db, Tx};
use madang_kernel::{Ctx, Keys};

use crate::file::PlanFile;
use crate::import::{Format, read};

/// The day on which the stories begin: within the plan's term.
pub(crate) const TODAY: Date = Date::constant(2021, 9, 1);

pub(crate) fn shipped_file() -> PlanFile {
    read(include_bytes!("../../../../plans/kr-2021.toml"), Format::Toml).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// The system's context at noon of a day.
pub(crate) fn system(day: Date) -> Ctx {
    let now = Time::at_kst_midnight(day).plus_seconds(12 * 3600);
    let rng = Arc::new(SeededRng::new(day.to_string().as_bytes()));
    let keys = Arc::new(Keys::generate(&*rng));
    Ctx::system(now, rng, keys)
}

/// Runs a closure in a write and gives what it made.
pub(crate) async fn write<T, F>(db: &Db, f: F) -> madang_base::Result<T>
where
    T: Send + 'static,
    F: Fn(&mut Tx) -> madang_base::Result<T> + Send + 'static,
{
    db.write(f).await
}

/// The plan imported into fresh databases of both engines.
pub(crate) async fn imported() -> Vec<TestDb> {
    let all = TestDb::both();
    for db in &all {
        let ctx = system(TODAY);
        let file = shipped_file();
        write(db, move |tx| crate::service::import::apply(tx, &ctx, &file)).await.unwrap();
    }
    all
}
