//! Handling on both engines: what officers, authors and the engine do to a case.

mod approvals;
mod clocks;
mod every_step;
mod lists;
mod notices;
mod story;
mod together;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::civil::{Date, date};
use madang_base::calendar::Calendar;
use madang_base::{Id, Locale, LocalizedText, Result, SeededRng, SharedRng, Time};
use madang_db::Tx;
use madang_db::testing::TestDb;
use madang_form::steps::{StepInput, fields, outcomes};
use madang_form::values::{self, Answer, Answers, PersonAnswer, Place};
use madang_form::{Definition, Field, FieldKind, Need, Step};
use madang_kernel::blob::{Blob, MediaType, Upload};
use madang_kernel::organisation::{self, Draft, OrganisationKind};
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Grant, Keys, OrganisationId, Person, PersonKeys, Role};

use crate::Cases;
use crate::model::{CaseFile, Channel};
use crate::registry::Services;
use crate::service::assign::Officers;
use crate::service::file::{FilingInput, Receipt, file};
use crate::service::step::{Taken, file_answer, take};
use crate::service::{apply, case_of};

/// Monday, ten in the morning.
pub(super) const DAY: Date = date(2026, 6, 8);

pub(super) fn at(day: Date, hour: i64) -> Time {
    Time::at_kst_midnight(day).plus_seconds(hour * 3600)
}

fn rng() -> SharedRng {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    Arc::new(SeededRng::new(format!("handling {}", COUNT.fetch_add(1, Ordering::SeqCst)).as_bytes()))
}

fn keys() -> Arc<Keys> {
    Arc::new(Keys::generate(&SeededRng::new(b"keys")))
}

pub(super) fn system(now: Time) -> Ctx {
    Ctx::system(now, rng(), keys())
}

pub(super) fn nobody(now: Time) -> Ctx {
    system(now).with_actor(Actor::Anonymous)
}

/// An account that is the same whenever it is asked for by this name.
pub(super) fn account(name: &str) -> AccountId {
    Id::new(Time::from_micros(0), &SeededRng::new(name.as_bytes()))
}

pub(super) fn person(name: &str, grants: &[(Role, Option<OrganisationId>)], now: Time) -> Ctx {
    let grants = grants.iter().map(|(role, organisation)| Grant { role: *role, organisation: *organisation }).collect();
    system(now).with_actor(Actor::Person(Person {
        account: account(name),
        assurance: Assurance::Verified,
        grants,
        second_factor: true,
        scopes: None,
        keys: PersonKeys::default(),
    }))
}

pub(super) fn citizen(name: &str, now: Time) -> Ctx {
    person(name, &[], now)
}

/// The officers that tests know of.
#[derive(Debug, Default)]
pub(super) struct Desk(pub Mutex<Vec<(OrganisationId, AccountId)>>);

impl Officers for Desk {
    fn of(&self, _: &mut Tx, organisation: OrganisationId) -> Result<Vec<(AccountId, String)>> {
        let desk = self.0.lock().unwrap();
        Ok(desk.iter().filter(|(own, _)| *own == organisation).map(|(_, id)| (*id, id.to_string())).collect())
    }
}

/// A database with the shipped services, two ministries and their officers.
pub(super) struct Site {
    pub db: TestDb,
    pub cases: Cases,
    pub desk: Arc<Desk>,
    pub mois: OrganisationId,
    pub molit: OrganisationId,
}

impl Site {
    pub(super) async fn on(db: TestDb) -> Self {
        let desk = Arc::new(Desk::default());
        let cases = Cases::new(Services::new(), Calendar::korea())
            .with_leading(Some("mois".to_owned()))
            .with_officers(Arc::clone(&desk) as Arc<dyn Officers>);
        let own = cases.clone();
        let (mois, molit) = db
            .write(move |tx| {
                let ctx = system(at(DAY, 1));
                let mut make = |slug: &str, ko: &str, en: &str| {
                    let draft = Draft {
                        slug: slug.to_owned(),
                        kind: OrganisationKind::Agency,
                        name: LocalizedText::new(ko, en),
                        short: LocalizedText::default(),
                        parent: None,
                    };
                    Ok::<_, madang_base::Error>(organisation::upsert(tx, &ctx, &draft)?.id)
                };
                let ids = (make("mois", "행정안전부", "Interior and Safety")?, make("molit", "국토교통부", "Land")?);
                apply::install(tx, &ctx, &own)?;
                Ok(ids)
            })
            .await
            .unwrap();
        desk.0.lock().unwrap().extend([
            (mois, account("officer")),
            (mois, account("second")),
            (molit, account("other")),
        ]);
        Self { db, cases, desk, mois, molit }
    }

    pub(super) async fn sqlite() -> Self {
        Self::on(TestDb::sqlite()).await
    }

    pub(super) async fn both() -> Vec<Self> {
        let mut sites = Vec::new();
        for db in TestDb::both() {
            sites.push(Self::on(db).await);
        }
        sites
    }

    pub(super) fn officer(&self, name: &str, now: Time) -> Ctx {
        let organisation = if name == "other" { self.molit } else { self.mois };
        person(name, &[(Role::Officer, Some(organisation))], now)
    }

    /// Does something in a writing transaction.
    pub(super) async fn act<T, F>(&self, ctx: &Ctx, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Ctx, &Cases) -> Result<T> + Send + 'static,
    {
        let (ctx, cases) = (ctx.clone(), self.cases.clone());
        self.db.write(move |tx| f(tx, &ctx, &cases)).await
    }

    pub(super) async fn file(&self, ctx: &Ctx, service: &'static str) -> Receipt {
        self.file_with(ctx, service, &[]).await
    }

    /// Files something whose choices are these.
    pub(super) async fn file_with(
        &self,
        ctx: &Ctx,
        service: &'static str,
        choices: &'static [(&'static str, &'static str)],
    ) -> Receipt {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let key = format!("request-key-{:08}", COUNT.fetch_add(1, Ordering::SeqCst));
        self.act(ctx, move |tx, ctx, cases| {
            let version = cases.services.current(tx, service)?;
            let input = FilingInput {
                service: service.to_owned(),
                answers: answers(&version.definition, choices),
                uploads: Vec::new(),
                channel: Channel::Web,
                name: "김민지".to_owned(),
                mail: ctx.account().is_none().then(|| "author@example.kr".to_owned()),
                wants_public: true,
                request_key: key.clone(),
                proxy: None,
                follow: false,
            };
            file(tx, ctx, cases, &input)
        })
        .await
        .unwrap()
    }

    pub(super) async fn case(&self, number: &str) -> CaseFile {
        let number = number.to_owned();
        self.act(&system(at(DAY, 10)), move |tx, _, cases| Ok(case_of(tx, cases, &number)?.0)).await.unwrap()
    }

    /// Takes a step with whatever it needs.
    pub(super) async fn step(&self, ctx: &Ctx, number: &str, step: &'static str) -> Result<Taken> {
        let number = number.to_owned();
        self.act(ctx, move |tx, ctx, cases| {
            let (_, version) = case_of(tx, cases, &number)?;
            let def = &version.definition;
            let (input, uploads) = def.step(step).map(|step| needed(def, step, ctx.now.kst_date())).unwrap_or_default();
            take(tx, ctx, cases, &number, step, &input, &uploads, None)
        })
        .await
    }
}

/// Something that is right for a field, `day` being today.
pub(super) fn sample(field: &Field, day: Date) -> Answer {
    match &field.kind {
        FieldKind::Line { .. } => Answer::Text("버스 안내판에 음성 안내를".to_owned()),
        FieldKind::Text { .. } => Answer::Text("모든 안내판이 소리로도 알려 주기를 바랍니다.".to_owned()),
        FieldKind::Choice { options } => Answer::Choice(options[0].id.clone()),
        FieldKind::MultiChoice { options, .. } => Answer::Choices(vec![options[0].id.clone()]),
        FieldKind::Number { min, .. } | FieldKind::Money { min, .. } => Answer::Number(*min),
        FieldKind::Date { .. } => Answer::Date(day),
        FieldKind::Place => Answer::Place(Place { address: "세종로 1".to_owned(), ..Place::default() }),
        FieldKind::Person => Answer::Person(PersonAnswer { name: "가".to_owned(), contact: "나".to_owned() }),
        FieldKind::Agency => Answer::Agency("mois".to_owned()),
        FieldKind::File { .. } | FieldKind::Photo { .. } => Answer::Files(vec![file_answer(&upload())]),
        FieldKind::Table { columns, .. } => {
            let cells = columns.iter().map(|column| (column.id.clone(), sample(column, day)));
            Answer::Rows(vec![cells.collect::<BTreeMap<_, _>>()])
        }
        FieldKind::Consent { text } => Answer::Consent(text.get(Locale::Ko).to_owned()),
    }
}

fn answers(def: &Definition, choices: &[(&str, &str)]) -> Answers {
    let fields = def.filing_fields().filter(|field| field.required || matches!(field.kind, FieldKind::Choice { .. }));
    let fields = fields.filter(|field| !matches!(field.kind, FieldKind::File { .. } | FieldKind::Photo { .. }));
    let mut answers = Answers(fields.map(|field| (field.id.clone(), sample(field, DAY))).collect());
    for (field, choice) in choices {
        answers.0.insert((*field).to_owned(), Answer::Choice((*choice).to_owned()));
    }
    values::prune(def, &mut answers);
    answers
}

/// A picture.
pub(super) fn upload() -> Upload {
    let blob = Blob { sha256: "0".repeat(64), size: 10, media_type: MediaType::Png, width: Some(1), height: Some(1) };
    Upload { blob, name: "사진.png".to_owned() }
}

/// What a step needs, and the files that come with it.
pub(super) fn needed(def: &Definition, step: &Step, day: Date) -> (StepInput, Vec<Upload>) {
    let given = |need: Need, text: &str| if step.needs(&need) { text.to_owned() } else { String::new() };
    let fields = fields(def, step);
    let pictures = fields.iter().any(|field| matches!(field.kind, FieldKind::File { .. } | FieldKind::Photo { .. }));
    let input = StepInput {
        answer: given(Need::Answer, "음성 안내를 넣겠습니다."),
        reason: given(Need::Reason, "그렇게 정했습니다."),
        grounds: def.grounds.iter().filter(|_| step.needs(&Need::Ground)).take(1).map(|g| g.id.clone()).collect(),
        outcome: outcomes(def, step).first().filter(|_| step.needs(&Need::Outcome)).map(|outcome| outcome.id.clone()),
        files: Vec::new(),
        link: step.needs(&Need::Link).then(|| "https://example.go.kr/hearing".to_owned()),
        fields: Answers(fields.iter().map(|field| (field.id.clone(), sample(field, day))).collect()),
    };
    let uploads = if pictures || step.needs(&Need::File) { vec![upload()] } else { Vec::new() };
    (input, uploads)
}
