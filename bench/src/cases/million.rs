//! A database with a million cases, made once and kept beside the build, named by what it was made from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use madang_adapters::{OsRng, keys};
use madang_base::calendar::Calendar;
use madang_base::{Id, Rng, SeededRng, SharedRng, Time};
use madang_cases::Cases;
use madang_cases::registry::{ServiceVersion, Services};
use madang_cases::service::apply;
use madang_db::{Db, Options, Tx, params};
use madang_form::{FieldKind, Party, Phase};
use madang_kernel::{Ctx, digest};

use crate::Failure;
use crate::search::corpus::{self, Picks, places};

pub const CASES: usize = 1_000_000;
pub const AGENCIES: usize = 40;
const CHUNK: usize = 5000;
/// 2021-01-01 and 2026-01-01 in UTC: the cases are filed between them.
const FROM: i64 = 1_609_459_200_000_000;
const UNTIL: i64 = 1_767_225_600_000_000;
/// What a database is remade for: its tables, and this file.
const MADE_FROM: [&str; 3] = [
    include_str!("../../../crates/db/migrations/0005_cases.sql"),
    include_str!("million.rs"),
    include_str!("../../data/search/topics.toml"),
];

const PROVINCES: [&str; 6] = ["서울특별시", "경기도", "부산광역시", "전라남도", "제주특별자치도", "충청북도"];

/// The slug of an agency.
pub fn agency(n: usize) -> String {
    format!("agency-{n:02}")
}

/// What verbs on cases are given.
pub fn cases() -> Cases {
    Cases::new(Services::new(), Calendar::korea())
}

/// The folder of the database, made when it is not there.
pub async fn folder() -> Result<PathBuf, Failure> {
    let digest = digest::sha256(MADE_FROM.concat().as_bytes());
    let folder = std::env::current_exe()?.with_file_name(format!("bench-cases-{}", &digest[..12]));
    if folder.join("ready").exists() {
        return Ok(folder);
    }
    let _ = std::fs::remove_dir_all(&folder);
    let keys = keys::load_or_create(&folder, &OsRng)?;
    let db = Db::open(&url(&folder), Options { durable: false, ..Options::default() }).await?;
    let ctx = Ctx::system(Time::from_micros(UNTIL), Arc::new(OsRng) as SharedRng, Arc::new(keys));
    let there = cases();
    db.write(move |tx| {
        apply::install(tx, &ctx, &there)?;
        agencies(tx)
    })
    .await?;
    let there = cases();
    let services = db.read(move |tx| there.services.list(tx)).await?;
    for chunk in 0..CASES / CHUNK {
        let services = services.clone();
        db.write(move |tx| fill(tx, &services, chunk)).await?;
    }
    // Which of a million made-up texts are alike is not asked here, and would keep a processor busy for hours.
    db.write(|tx| {
        tx.exec("INSERT INTO figure_head (id, position, version, after) VALUES (2, 0, 1, NULL)", params![]).map(drop)
    })
    .await?;
    db.close().await?;
    std::fs::write(folder.join("ready"), "")?;
    Ok(folder)
}

pub fn url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("madang.db").display())
}

fn agency_id(n: usize) -> Id<()> {
    Id::new(Time::from_micros(FROM), &SeededRng::new(agency(n).as_bytes()))
}

fn agencies(tx: &mut Tx) -> madang_base::Result<()> {
    for n in 0..AGENCIES {
        let name = format!(r#"{{"ko":"{} 담당 기관"}}"#, places()[n % places().len()]);
        tx.exec(
            "INSERT INTO organisation (id, slug, kind, name, short, created_at, updated_at)
             VALUES ($1, $2, 'agency', $3, $3, $4, $4)",
            params![agency_id(n), agency(n), name, FROM],
        )?;
    }
    Ok(())
}

fn fill(tx: &mut Tx, services: &[Arc<ServiceVersion>], chunk: usize) -> madang_base::Result<()> {
    let rng = SeededRng::new(&chunk.to_be_bytes());
    let picks = Picks::new(&format!("million {chunk}"));
    for n in chunk * CHUNK..(chunk + 1) * CHUNK {
        let pick = u64::from_be_bytes((&rng as &dyn Rng).bytes());
        case(tx, services, &rng, &picks, n, usize::try_from(pick >> 16).unwrap_or(0))?;
    }
    Ok(())
}

fn case(
    tx: &mut Tx,
    services: &[Arc<ServiceVersion>],
    rng: &SeededRng,
    picks: &Picks,
    n: usize,
    pick: usize,
) -> madang_base::Result<()> {
    let version = &services[pick % services.len()];
    let definition = &version.definition;
    let states: Vec<_> = definition.states.iter().filter(|state| !state.built_in).collect();
    let state = states[pick / 16 % states.len()];
    let filed = FROM + (UNTIL - FROM) / i64::try_from(CASES).unwrap_or(1) * i64::try_from(n).unwrap_or(0);
    let filed = Time::from_micros(filed);
    let year = filed.kst_date().year();
    let text = corpus::long(picks);
    let title = text.title;
    let mut answers = serde_json::Map::new();
    answers.insert(definition.public.title.clone(), title.clone().into());
    let body = definition.fields.iter().find(|f| f.by == Party::Author && matches!(f.kind, FieldKind::Text { .. }));
    let mut reviewed = Vec::new();
    if let Some(field) = body {
        answers.insert(field.id.clone(), text.body.into());
        reviewed.push(field.id.as_str());
    }
    let done = matches!(state.phase, Phase::Answered | Phase::Refused | Phase::Closed);
    let closed = done.then(|| filed.plus_days(20));
    let due = (!done).then(|| filed.plus_days(30));
    let publication = if pick.is_multiple_of(8) { "unpublished" } else { "published" };
    tx.exec(
        "INSERT INTO case_file (id, number, service, version, state, phase, title, agency, author_name, locale, assurance,
           channel, publication, published_at, wants_public, delivery, answers, reviewed, filed_at, updated_at, answered_at,
           closed_at, due_at, area, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 'ko', 'verified', 'web', $9, $10, 1, 'seen', $11, $15, $10, $10, $12,
           $12, $13, $14, 1)",
        params![
            Id::<()>::new(filed, rng),
            madang_form::number::number(&definition.number, year, rng),
            &definition.id,
            &version.digest,
            &state.id,
            state.phase.code(),
            title,
            agency_id(pick / 1024 % AGENCIES),
            publication,
            filed,
            serde_json::Value::Object(answers).to_string(),
            closed,
            due,
            format!("{} {}", picks.one(&PROVINCES), text.place),
            serde_json::to_string(&reviewed).unwrap_or_default()
        ],
    )?;
    Ok(())
}
