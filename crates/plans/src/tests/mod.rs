//! Stories through the verbs and the views, on both engines.

mod people;
mod shipped;
mod story;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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

/// The system's context at noon of a day; the keys are the same in all of them.
pub(crate) fn system(day: Date) -> Ctx {
    let now = Time::at_kst_midnight(day).plus_seconds(12 * 3600);
    static CONTEXTS: AtomicU64 = AtomicU64::new(0);
    let rng = Arc::new(SeededRng::new(&CONTEXTS.fetch_add(1, Ordering::Relaxed).to_be_bytes()));
    let keys = Arc::new(Keys::generate(&SeededRng::new(b"keys")));
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
