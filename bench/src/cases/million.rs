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

pub const CASES: usize = 1_000_000;
pub const AGENCIES: usize = 40;
const CHUNK: usize = 5000;
/// 2021-01-01 and 2026-01-01 in UTC: the cases are filed between them.
const FROM: i64 = 1_609_459_200_000_000;
const UNTIL: i64 = 1_767_225_600_000_000;
/// What a database is remade for: its tables, and this file.
const MADE_FROM: [&str; 2] = [include_str!("../../../crates/db/migrations/0005_cases.sql"), include_str!("million.rs")];

const PLACES: [&str; 12] = [
    "세종시 나성동",
    "서울 종로구",
    "부산 해운대구",
    "대구 수성구",
    "인천 연수구",
    "광주 북구",
    "대전 유성구",
    "울산 남구",
    "수원 영통구",
    "춘천 석사동",
    "전주 완산구",
    "제주 연동",
];
const THINGS: [&str; 16] = [
    "어린이 보호구역",
    "버스 정류장",
    "횡단보도",
    "가로등",
    "자전거 도로",
    "공원 화장실",
    "지하철 승강기",
    "하천 산책로",
    "공영 주차장",
    "도서관 열람실",
    "보건소 예약",
    "쓰레기 수거",
    "골목길 포장",
    "학교 앞 인도",
    "저상버스 배차",
    "빗물받이",
];
const WISHES: [&str; 12] = [
    "신호등을 달아 주세요",
    "고쳐 주세요",
    "운영 시간을 늘려 주세요",
    "점검 결과를 공개해 주세요",
    "더 밝게 해 주세요",
    "안내판을 세워 주세요",
    "소음을 줄여 주세요",
    "예산 쓰임을 알려 주세요",
    "휠체어가 다닐 수 있게 해 주세요",
    "정비 계획을 알려 주세요",
    "불법 주차를 막아 주세요",
    "물이 고이지 않게 해 주세요",
];

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
        let name = format!(r#"{{"ko":"{} 담당 기관"}}"#, PLACES[n % PLACES.len()]);
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
    for n in chunk * CHUNK..(chunk + 1) * CHUNK {
        let pick = u64::from_be_bytes((&rng as &dyn Rng).bytes());
        case(tx, services, &rng, n, usize::try_from(pick >> 16).unwrap_or(0))?;
    }
    Ok(())
}

fn case(
    tx: &mut Tx,
    services: &[Arc<ServiceVersion>],
    rng: &SeededRng,
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
    let title = format!(
        "{} {} {}",
        PLACES[pick / 256 % PLACES.len()],
        THINGS[pick / 4096 % THINGS.len()],
        WISHES[pick / 65_536 % WISHES.len()]
    );
    let mut answers = serde_json::Map::new();
    answers.insert(definition.public.title.clone(), title.clone().into());
    let text = definition.fields.iter().find(|f| f.by == Party::Author && matches!(f.kind, FieldKind::Text { .. }));
    if let Some(field) = text {
        answers.insert(field.id.clone(), format!("{title}. 지난달에도 두 번 다친 사람이 있었습니다.").into());
    }
    let done = matches!(state.phase, Phase::Answered | Phase::Refused | Phase::Closed);
    let closed = done.then(|| filed.plus_days(20));
    let due = (!done).then(|| filed.plus_days(30));
    let publication = if pick.is_multiple_of(8) { "unpublished" } else { "published" };
    tx.exec(
        "INSERT INTO case_file (id, number, service, version, state, phase, title, agency, author_name, locale, assurance,
           channel, publication, published_at, wants_public, delivery, answers, reviewed, filed_at, updated_at, answered_at,
           closed_at, due_at, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 'ko', 'verified', 'web', $9, $10, 1, 'seen', $11, '[]', $10, $10, $12,
           $12, $13, 1)",
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
            due
        ],
    )?;
    Ok(())
}
