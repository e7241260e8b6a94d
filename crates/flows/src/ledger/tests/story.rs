//! Everything that people write on a site, on both engines: no leaf of the log holds any of it, and erasing a person's
//! data changes no leaf.

use std::collections::{BTreeMap, BTreeSet};

use madang_base::calendar::Calendar;
use madang_base::{FixedClock, Locale, LocalizedText, SharedRng};
use madang_cases::Cases;
use madang_cases::model::Channel;
use madang_cases::registry::Services;
use madang_cases::service::file::{FilingInput, Receipt, file as file_case};
use madang_cases::service::follow as case_follow;
use madang_cases::service::step::take;
use madang_cases::service::{
    apply, ask, assign, correct, merge, note, parties, personal, publish, rate, transfer, withdraw,
};
use madang_cases::support::{self, BatchInput, BatchKind, PaperLine, SupportInput};
use madang_db::{Tx, params};
use madang_form::steps::StepInput;
use madang_form::{Answer, Answers, FileAnswer, PersonAnswer};
use madang_identity::directory::{self, ContactDraft, ContactRole, ExpertDraft, ExpertKind};
use madang_identity::{Options, PersonalData, account, demo};
use madang_kernel::blob::{Blob, MediaType, Upload};
use madang_kernel::organisation::{self, Draft, OrganisationKind};
use madang_kernel::{Actor, Person, change, sequencer};
use madang_plans::import::{Format, read as read_plan};
use madang_plans::model::{Evidence, EvidenceKind, Rhythm, Side};
use madang_plans::rules::{Claim, Completion};
use madang_plans::service::assess::{AssessInput, assess};
use madang_plans::service::report::{ReportInput, correct as correct_report, report};
use madang_plans::service::{edit, follow, import, round};

use super::*;

/// What is personal and looks like a word of a program, so that looking for odd letters would not find it.
const WORDS: [&str; 8] = [
    "Hong-Gildong",
    "gildong.hong",
    "010-2345-6789",
    "Gildong-Junior",
    "hong-reads-mail",
    "900101-1234567",
    "Kim-Minji",
    "Jongno-12-401",
];

fn now() -> Time {
    Time::at_kst_midnight(date(2021, 6, 8)).plus_seconds(36_000)
}

fn rng() -> SharedRng {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    Arc::new(SeededRng::new(format!("story {}", COUNT.fetch_add(1, Ordering::SeqCst)).as_bytes()))
}

fn system() -> Ctx {
    Ctx::system(now(), rng(), Arc::new(Keys::generate(&SeededRng::new(b"keys"))))
}

fn options() -> Options {
    Options { site: "Madang".to_owned(), demo: true }
}

fn text(words: &str) -> LocalizedText {
    LocalizedText::new(words, words)
}

/// A file, and its digest.
fn upload(n: u8, name: &str) -> Upload {
    let blob =
        Blob { sha256: digest::sha256(&[n]), size: 10, media_type: MediaType::Png, width: Some(1), height: Some(1) };
    Upload { blob, name: name.to_owned() }
}

struct Site {
    db: TestDb,
    cases: Cases,
    people: BTreeMap<&'static str, Person>,
}

impl Site {
    async fn on(db: TestDb) -> Self {
        let cases = Cases::new(Services::new(), Calendar::korea())
            .with_leading(Some("mois".to_owned()))
            .with_targets(Arc::new(crate::Things))
            .with_officers(Arc::new(crate::Colleagues));
        let mut site = Self { db, cases, people: BTreeMap::new() };
        site.people = site.act(None, people).await;
        site
    }

    async fn act<T, F>(&self, who: Option<&str>, f: F) -> T
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Ctx, &Cases) -> madang_base::Result<T> + Send + 'static,
    {
        let ctx = match who {
            None => system(),
            Some("nobody") => system().with_actor(Actor::Anonymous),
            Some(who) => system().with_actor(Actor::Person(self.people[who].clone())),
        };
        let cases = self.cases.clone();
        self.db.write(move |tx| f(tx, &ctx, &cases)).await.unwrap()
    }

    async fn file(&self, who: &str, title: &'static str, key: &'static str) -> Receipt {
        let papers = upload(u8::try_from(key.len()).unwrap(), "홍길동의 주민등록등본.png");
        let answers = [
            ("title", Answer::Text(title.to_owned())),
            ("kind", Answer::Choice("road".to_owned())),
            ("body", Answer::Text(format!("저는 홍길동입니다. {} {}", WORDS[5], WORDS[7]))),
            ("reach", Answer::Person(PersonAnswer { name: WORDS[0].to_owned(), contact: WORDS[2].to_owned() })),
            ("papers", Answer::Files(vec![answer_of(&papers)])),
        ];
        let input = FilingInput {
            service: "square".to_owned(),
            answers: Answers(answers.map(|(id, answer)| (id.to_owned(), answer)).into()),
            uploads: vec![papers],
            channel: Channel::Web,
            name: "홍길동".to_owned(),
            mail: (who == "nobody").then(|| "gildong.hong@example.org".to_owned()),
            wants_public: title.contains("공개"),
            request_key: format!("{key:0>20}"),
            proxy: None,
            follow: true,
        };
        self.act(Some(who), move |tx, ctx, cases| file_case(tx, ctx, cases, &input)).await
    }

    async fn step(&self, who: &str, number: &str, step: &'static str, input: StepInput, uploads: Vec<Upload>) {
        let number = number.to_owned();
        self.act(Some(who), move |tx, ctx, cases| take(tx, ctx, cases, &number, step, &input, &uploads, None)).await;
    }

    /// The leaves so far, in order.
    async fn leaves(&self) -> Vec<String> {
        let clock = Arc::new(FixedClock::at(now()));
        let keys = Arc::clone(&system().keys);
        let fold = support::Fold::new(self.cases.clone(), clock, rng(), keys);
        let folds: sequencer::Folds = Arc::new([Arc::new(fold) as Arc<dyn sequencer::Fold>]);
        while sequencer::drain_once(&self.db, &folds).await.unwrap() > 0 {}
        let rows = self.db.query("SELECT public, json, commitment FROM change ORDER BY position", &[]).unwrap();
        let leaf = |row: &madang_db::Row| {
            let (json, commitment): (String, Option<String>) =
                (row.get("json").unwrap(), row.get("commitment").unwrap());
            ledger::entry(row.get("public").unwrap(), &json, commitment.as_deref()).unwrap()
        };
        rows.iter().map(leaf).collect()
    }

    /// Every row is as its last event says: what records and bodies stand for can be made again from the rows.
    async fn audited(&self) {
        for audit in crate::verify::audits(&self.cases) {
            let (mut cursor, mut audited) = (Some(String::new()), ledger::Audited::default());
            while let Some(from) = cursor {
                let (audit, before) = (Arc::clone(&audit), audited.clone());
                (cursor, audited) = self
                    .db
                    .read(move |tx| {
                        let mut audited = before.clone();
                        let next = audit.check(tx, &from, &mut audited)?;
                        Ok((next, audited))
                    })
                    .await
                    .unwrap();
            }
            assert_eq!(audited.differences, [], "{} on {}", audit.name(), self.db.engine());
            assert!(!audited.rows.is_empty(), "{} looked at nothing", audit.name());
        }
    }

    /// Every text of every table but those of the log itself, and the pieces of those that are JSON.
    fn texts(&self) -> BTreeSet<String> {
        let own = ["change", "inbox", "salt", "folded_count", "migration", "madang_migration"];
        let mut out = BTreeSet::new();
        for (table, about) in &self.db.schema().unwrap().tables {
            if own.contains(&table.as_str()) {
                continue;
            }
            for column in about.columns.iter().map(|column| &column.name) {
                let sql = format!("SELECT CAST({column} AS TEXT) AS value FROM {table} WHERE {column} IS NOT NULL");
                // Bytes that are no text are not looked at.
                let Ok(rows) = self.db.query(&sql, &[]) else { continue };
                for row in rows {
                    let Ok(value) = row.get::<String>("value") else { continue };
                    if let Ok(json) = serde_json::from_str(&value) {
                        pieces(&json, &mut out);
                    }
                    out.insert(value);
                }
            }
        }
        out
    }
}

fn pieces(json: &serde_json::Value, out: &mut BTreeSet<String>) {
    match json {
        serde_json::Value::String(text) => {
            out.insert(text.clone());
        }
        serde_json::Value::Array(list) => list.iter().for_each(|item| pieces(item, out)),
        serde_json::Value::Object(map) => map.values().for_each(|item| pieces(item, out)),
        _ => {}
    }
}

fn answer_of(upload: &Upload) -> FileAnswer {
    FileAnswer {
        media_type: upload.blob.media_type.code().to_owned(),
        name: upload.name.clone(),
        sha256: upload.blob.sha256.clone(),
        size: upload.blob.size,
    }
}

fn people(tx: &mut Tx, ctx: &Ctx, cases: &Cases) -> madang_base::Result<BTreeMap<&'static str, Person>> {
    let plan = read_plan(include_bytes!("../../../../../plans/kr-2021.toml"), Format::Toml)
        .map_err(|problems| Error::internal(format!("{problems:?}")))?;
    import::apply(tx, ctx, &plan)?;
    let forum = Draft {
        slug: "citizens".to_owned(),
        kind: OrganisationKind::CivilSociety,
        name: text("시민모임"),
        short: LocalizedText::default(),
        parent: None,
    };
    organisation::upsert(tx, ctx, &forum)?;
    apply::apply(tx, ctx, cases, "square.toml", include_str!("square.toml"))?;
    let setup = demo::Setup {
        agencies: vec!["mois".to_owned(), "molit".to_owned()],
        lead: "mois".to_owned(),
        civil_society: "citizens".to_owned(),
    };
    demo::create(tx, ctx, &options(), &setup)?;
    let mut people = BTreeMap::new();
    for key in ["citizen", "citizen-2", "citizen-3", "committee", "officer-mois", "lead", "civil-society"] {
        let person = demo::person(tx, ctx, &options(), key)?;
        let own = ctx.clone().with_actor(Actor::Person(person.clone()));
        let name = match key {
            "citizen" => WORDS[0],
            "citizen-2" => WORDS[6],
            "citizen-3" => WORDS[3],
            _ => "김민지",
        };
        account::edit(tx, &own, name, Locale::Ko)?;
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        demo::sign_in(tx, ctx, &options(), key, None, agent)?;
        people.insert(key, person);
    }
    let elders = ctx.clone().with_actor(Actor::Person(people["lead"].clone()));
    parties::add(tx, &elders, cases, "square", "elders", people["committee"].account)?;
    Ok(people)
}

async fn of_cases(site: &Site) -> String {
    let open = site.file("citizen", "공개: 홍길동이 바라는 횡단보도", "open-case").await;
    let shut = site.file("citizen", "남에게 말 못 할 일", "shut").await;
    let other = site.file("citizen-2", "공개: 같은 횡단보도", "other-case-x").await;
    let bearer = site.file("nobody", "공개: 이름 없이 씁니다", "bearer-case-xyz").await;
    let secret = bearer.secret.clone().unwrap();

    for (who, region) in [("citizen-2", "kr-11"), ("citizen-3", "kr-26")] {
        let number = open.number.clone();
        site.act(Some(who), move |tx, ctx, cases| {
            let input = SupportInput {
                region: Some(region.to_owned()),
                age_band: Some("30-39".to_owned()),
                follow: true,
                channel: Channel::Web,
                network: "network-of-hong".to_owned(),
            };
            support::give(tx, ctx, cases, &number, &input).map(drop)
        })
        .await;
    }
    let (number, hidden, gone, free) =
        (open.number.clone(), shut.number.clone(), other.number.clone(), bearer.number.clone());
    site.act(Some("citizen-3"), move |tx, ctx, cases| {
        case_follow::follow(tx, ctx, cases, &number, case_follow::Rhythm::Weekly, None)?;
        support::withdraw(tx, ctx, cases, &number).map(drop)
    })
    .await;
    let number = open.number.clone();
    let officer = site.people["officer-mois"].account;
    site.act(Some("officer-mois"), move |tx, ctx, cases| {
        let line = PaperLine {
            name: "김서명".to_owned(),
            birth: Some(date(1990, 1, 1)),
            mark: WORDS[7].to_owned(),
            claim: None,
            region: Some("kr-11".to_owned()),
            age_band: None,
        };
        let batch = BatchInput {
            kind: BatchKind::Paper,
            protocol: "동장 김민지가 세었습니다.".to_owned(),
            sheets: 1,
            lines: vec![line],
        };
        let entered = support::batch::enter(tx, ctx, cases, &number, &batch)?;
        support::batch::undo(tx, ctx, cases, entered.id, "김민지가 잘못 세었습니다.")?;
        assign::assign(tx, ctx, cases, std::slice::from_ref(&number), Some(officer))?;
        note::add(tx, ctx, cases, &number, "홍길동 씨는 전에도 물었다.")?;
        ask::ask(tx, ctx, cases, &number, "홍길동 님, 어느 길입니까?")?;
        publish::hide(tx, ctx, cases, &hidden, "남의 이름").unwrap_err();
        transfer::invite(tx, ctx, cases, &hidden, "molit", "김민지 과장이 아는 일")?;
        merge::merge(tx, ctx, cases, &number, std::slice::from_ref(&gone), "홍길동 씨와 같은 말")?;
        publish::hide(tx, ctx, cases, &free, "홍길동 씨의 전화번호가 있습니다.")?;
        publish::show(tx, ctx, cases, &free, "지웠습니다, 홍길동 씨.").map(drop)
    })
    .await;
    let (number, free) = (open.number.clone(), bearer.number.clone());
    site.act(Some("citizen"), move |tx, ctx, cases| {
        ask::reply(tx, ctx, cases, &number, "우리 집 앞입니다. 홍길동.", &[upload(77, "홍길동 집.png")], None)?;
        let raw = [("title".to_owned(), "공개: 고친 제목, 홍길동".to_owned())].into_iter().collect();
        correct::correct(tx, ctx, cases, &number, &raw, "홍길동이 잘못 적음", None).map(drop)
    })
    .await;
    site.act(Some("nobody"), move |tx, ctx, cases| {
        withdraw::withdraw(tx, ctx, cases, &free, "이사 갑니다. 홍길동", Some(&secret)).map(drop)
    })
    .await;
    let advice = StepInput { reason: "어르신 김민지의 말씀".to_owned(), ..StepInput::default() };
    site.step("committee", &open.number, "advise", advice, Vec::new()).await;
    let answer =
        StepInput { answer: "홍길동 님께 알립니다. 길을 놓습니다.".to_owned(), ..StepInput::default() };
    site.step("officer-mois", &open.number, "answer", answer.clone(), vec![upload(99, "답변 홍길동.png")]).await;
    site.step("officer-mois", &shut.number, "answer", answer, Vec::new()).await;
    let number = open.number.clone();
    site.act(Some("citizen"), move |tx, ctx, cases| {
        rate::rate(tx, ctx, cases, &number, 4, "고맙습니다. 홍길동", None).map(drop)
    })
    .await;
    open.number
}

async fn of_plans(site: &Site) {
    site.act(Some("lead"), |tx, ctx, _| {
        let proof = upload(55, "홍길동 회의록.png");
        let evidence = Evidence {
            kind: EvidenceKind::File,
            title: "홍길동 위원의 회의록".to_owned(),
            target: proof.blob.sha256.clone(),
        };
        let input = ReportInput {
            commitment: "kr-2021/3".to_owned(),
            milestone: Some("kr-2021/3/1".to_owned()),
            period: Some(1),
            claim: Claim::UnderWay,
            percent: Some(60),
            text: text("홍길동 과장이 두 플랫폼을 이었습니다."),
            delay_reason: String::new(),
            evidence: vec![evidence],
            uploads: vec![proof],
        };
        let first = report(tx, ctx, &input)?;
        correct_report(tx, ctx, first.id, &ReportInput { percent: Some(70), ..input })?;
        let draft = edit::begin(tx, ctx, "kr-2021/3")?;
        let mut content = draft.content.clone();
        content.notes = text("홍길동 과장이 덧붙임");
        edit::save(tx, ctx, draft.id, &content)?;
        edit::publish(tx, ctx, draft.id)?;
        edit::undo(tx, ctx, draft.id)?;
        let round = round::open(tx, ctx, "kr-2021", "2021-H1", &text("상반기 점검"), date(2021, 7, 1))?;
        round::answer(tx, ctx, round.id, &text("김민지 과장의 답"))?;
        round::close(tx, ctx, round.id)?;
        round::publish(tx, ctx, round.id, &text("홍길동 위원의 맺음말"))
    })
    .await;
    site.act(Some("civil-society"), |tx, ctx, _| {
        let input = AssessInput {
            commitment: "kr-2021/3".to_owned(),
            side: Side::Civil,
            organisation: None,
            period: "2021-H1".to_owned(),
            completion: Completion::Limited,
            ambition: None,
            early_results: None,
            reasons: text("홍길동 활동가가 보았습니다."),
        };
        assess(tx, ctx, &input).map(drop)
    })
    .await;
    site.act(Some("citizen"), |tx, ctx, _| {
        let plan = Ref::new(ObjectKind::Plan, "kr-2021");
        follow::follow(tx, ctx, &plan, Rhythm::Weekly)?;
        let address = format!("{}@example.org", WORDS[4]);
        follow::follow_by_mail(tx, ctx, &plan, &address, Rhythm::AtOnce, Locale::Ko)
    })
    .await;
    // What mail and phone an account has comes from providers of identity.
    let (id, mail) = (site.people["citizen"].account, format!("{}@example.org", WORDS[1]));
    site.db
        .write(move |tx| tx.exec("UPDATE account SET email = $2 WHERE id = $1", params![id, &mail]).map(drop))
        .await
        .unwrap();
}

/// Whether a text could not be a word of the program: it has a letter that no word has.
async fn of_the_directory(site: &Site) {
    let draft = ContactDraft {
        role: ContactRole::Officer,
        office: "열린정부 지원과".to_owned(),
        name: WORDS[6].to_owned(),
        title: "열린정부 책임관".to_owned(),
        phone: WORDS[2].to_owned(),
        mail: "minji.kim@mois.example.go.kr".to_owned(),
        topics: "정보공개 청구\n참여 예산".to_owned(),
        areas: "서울특별시 종로구".to_owned(),
    };
    let own = draft.clone();
    let made = site
        .act(Some("officer-mois"), move |tx, ctx, _| {
            let mois = organisation::by_slug(tx, "mois")?.ok_or_else(|| Error::not_found("organisation.unknown"))?;
            directory::contact_put(tx, ctx, mois.id, None, &own)
        })
        .await;
    let (id, at) = (made.id, made.organisation);
    site.act(Some("officer-mois"), move |tx, ctx, _| directory::contact_put(tx, ctx, at, Some(id), &draft)).await;
    site.act(Some("officer-mois"), move |tx, ctx, _| directory::contact_confirm(tx, ctx, id)).await;
    let expert = ExpertDraft {
        kind: ExpertKind::Person,
        name: WORDS[0].to_owned(),
        introduction: format!("저는 홍길동이고 {}에 삽니다.", WORDS[7]),
        topics: "가로등 밝기".to_owned(),
        areas: String::new(),
        web: "https://gildong.hong.example.org/?나=홍길동".to_owned(),
        consent: true,
    };
    site.act(Some("citizen"), move |tx, ctx, _| directory::expert_put(tx, ctx, &expert)).await;
}

fn written(text: &str) -> bool {
    text.chars().count() > 1
        && !text.starts_with(['{', '['])
        && text.chars().any(|c| !c.is_ascii() || " @,!?'".contains(c))
}

struct Filed(Cases);

impl PersonalData for Filed {
    fn name(&self) -> &'static str {
        "cases"
    }

    fn export(&self, tx: &mut Tx, _: &Ctx, account: AccountId) -> madang_base::Result<serde_json::Value> {
        personal::export_own(tx, &self.0, account)
    }

    fn erase(&self, tx: &mut Tx, ctx: &Ctx, account: AccountId) -> madang_base::Result<()> {
        personal::erase_own(tx, ctx, &self.0, account)
    }
}

#[tokio::test]
async fn nothing_that_people_wrote_is_in_a_leaf_and_erasing_changes_none() {
    for db in TestDb::both() {
        let site = Site::on(db).await;
        let number = of_cases(&site).await;
        of_plans(&site).await;
        of_the_directory(&site).await;
        let leaves = site.leaves().await;
        site.audited().await;
        let texts = site.texts();

        let seen: BTreeSet<&str> =
            leaves.iter().filter_map(|leaf| leaf.split("\"kind\":\"").nth(1)?.split('"').next()).collect();
        assert!(seen.len() > 25 && seen.contains("opaque"), "{seen:?}");
        let all = leaves.join("\n");
        let odd: Vec<&String> = texts.iter().filter(|text| written(text)).collect();
        assert!(odd.len() > 200, "only {} texts", odd.len());
        for text in odd {
            assert!(!all.contains(text.as_str()), "{}: a leaf holds {text:?}", site.db.engine());
        }
        for word in WORDS {
            assert!(texts.iter().any(|text| text.contains(word)), "{word} is not even stored");
            assert!(!all.contains(word), "{}: a leaf holds {word}", site.db.engine());
        }
        // What names a person, a case or a file of a person without being text.
        for sql in [
            "SELECT id AS value FROM account",
            "SELECT id AS value FROM session",
            "SELECT id AS value FROM follow",
            "SELECT number AS value FROM case_file",
            "SELECT sha256 AS value FROM blob",
            "SELECT token_hash AS value FROM session",
        ] {
            let rows = site.db.query(sql, &[]).unwrap();
            assert!(!rows.is_empty(), "{sql}");
            for row in rows {
                let value: String = row.get("value").unwrap();
                assert!(!all.contains(&value), "{}: a leaf holds {value} of {sql}", site.db.engine());
            }
        }
        // Unsalted digests of anything that is short are not there either.
        for text in &texts {
            assert!(
                !all.contains(&digest::sha256(text.as_bytes())) || text.contains("[[field]]"),
                "a digest of {text:?}"
            );
        }
        erased(&site, &leaves, number).await;
    }
}

async fn erased(site: &Site, leaves: &[String], number: String) {
    let salts = |object: &Ref| {
        let object = object.clone();
        site.db.read(move |tx| {
            let mut all = BTreeSet::new();
            for field in ["title", "answers", "record", "body", "text", "reason", "answer", "event", ledger::FILE] {
                all.extend(ledger::salts_of(tx, &object, field)?);
            }
            Ok(all)
        })
    };
    let normal = site.db.query("SELECT id FROM case_file WHERE number = $1", params![&number]).unwrap();
    let object = Ref::new(ObjectKind::Case, normal[0].get::<String>("id").unwrap());
    let before = salts(&object).await.unwrap();
    assert!(before.len() > 20, "{before:?}");
    let others: Vec<Arc<dyn PersonalData>> = vec![Arc::new(Filed(site.cases.clone()))];
    let head = site.db.read(change::head).await.unwrap();
    site.act(Some("citizen"), move |tx, ctx, _| account::delete(tx, ctx, &others)).await;
    let after = site.leaves().await;
    assert_eq!(after[..leaves.len()], *leaves, "a leaf has changed");
    assert!(after.len() > leaves.len());
    site.audited().await;
    let left = salts(&object).await.unwrap();
    assert!(before.is_disjoint(&left), "salts from before are still there");
    let new = site.db.read(move |tx| change::since(tx, head, 100)).await.unwrap();
    let of_case = new.iter().find(|change| change.object == object).unwrap();
    assert!(of_case.kind == "case.erased" && of_case.public);
    // The file of the answer is put on record anew.
    let digest = of_case.json.split("\"files\":[\"sha256:").nth(1).unwrap()[..64].to_owned();
    let opened = site.db.read(move |tx| ledger::opens(tx, &digest, &self::digest::sha256(&[99]))).await.unwrap();
    assert!(opened.is_some());
}
