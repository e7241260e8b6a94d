//! What a newsletter gets out of cases and plans, on both engines.

use std::collections::BTreeSet;

use jiff::civil::date;
use madang_base::calendar::Calendar;
use madang_base::{Id, LocalizedText, SeededRng, Time};
use madang_cases::registry::Services;
use madang_cases::service::file::file;
use madang_cases::service::{apply, publish, step};
use madang_db::testing::{self, TestDb};
use madang_form::steps::StepInput;
use madang_kernel::{OrganisationId, organisation};
use madang_newsletter::model::Place;
use madang_plans::import::{Format, read};
use madang_plans::rules::Claim;
use madang_plans::service::import;
use madang_plans::service::report::{ReportInput, report};

use super::topic::Topic;
use super::*;
use crate::testing::{self as ours, filing};

const SUGGESTION: &str = include_str!("../tests/idea.toml");

/// After the plan's first milestones.
fn now() -> Time {
    Time::at_kst_midnight(date(2021, 9, 8)).plus_seconds(36_000)
}

fn system() -> Ctx {
    Ctx { now: now(), ..ours::system() }
}

fn person(name: &str, office: Option<OrganisationId>) -> Ctx {
    Ctx { now: now(), ..ours::person(name, office) }
}

struct Site {
    db: TestDb,
    cases: Cases,
    mois: OrganisationId,
}

impl Site {
    async fn all() -> Vec<Self> {
        let mut sites = Vec::new();
        for db in TestDb::both() {
            let cases = Cases::new(Services::new(), Calendar::korea()).with_leading(Some("mois".to_owned()));
            let (ctx, there) = (system(), cases.clone());
            let mois = db
                .write(move |tx| {
                    let plan = read(include_bytes!("../../../../plans/kr-2021.toml"), Format::Toml)
                        .map_err(|problems| madang_base::Error::internal(format!("{problems:?}")))?;
                    import::apply(tx, &ctx, &plan)?;
                    apply::apply(tx, &ctx, &there, "idea.toml", SUGGESTION)?;
                    let mois = organisation::by_slug(tx, "mois")?;
                    Ok(mois.map(|mois| mois.id))
                })
                .await
                .unwrap()
                .unwrap();
            sites.push(Self { db, cases, mois });
        }
        sites
    }

    async fn write<T: Send + 'static>(
        &self,
        ctx: Ctx,
        f: impl Fn(&mut Tx, &Ctx, &Cases) -> Result<T> + Send + 'static,
    ) -> T {
        let cases = self.cases.clone();
        self.db.write(move |tx| f(tx, &ctx, &cases)).await.unwrap()
    }

    async fn filed(&self, title: &'static str) -> String {
        self.write(person(title, None), move |tx, ctx, cases| {
            let input = filing("idea", [("title", madang_form::Answer::Text(title.to_owned()))]);
            Ok(file(tx, ctx, cases, &input)?.number)
        })
        .await
    }

    async fn answered(&self, number: &str, text: &'static str) {
        let number = number.to_owned();
        self.write(person("officer", Some(self.mois)), move |tx, ctx, cases| {
            let input = StepInput { answer: text.to_owned(), ..StepInput::default() };
            step::take(tx, ctx, cases, &number, "answer", &input, &[], None).map(drop)
        })
        .await;
        self.db.batch("UPDATE case_event SET public = 1 WHERE kind = 'step';");
    }

    async fn gather(&self, section: SectionKind, wanted: &Wanted) -> Gathered {
        let (there, wanted) = (Contributions { cases: self.cases.clone() }, wanted.clone());
        self.db.read(move |tx| there.gather(tx, &system(), section, &wanted)).await.unwrap()
    }
}

fn wanted() -> Wanted {
    Wanted {
        from: now().plus_days(-30),
        until: now().plus_days(1),
        topic: String::new(),
        agency: None,
        area: None,
        limit: 20,
    }
}

fn titles(found: &Gathered) -> BTreeSet<&str> {
    found.items.iter().map(|item| item.title.get(madang_base::Locale::Ko)).collect()
}

#[test]
fn a_topic_is_met_in_whatever_form_it_is_written() {
    let topic = Topic::new("어린이 보호구역, 통학로 ,, bus");
    for met in
        ["어린이보호구역에 신호등을", "어린이 보호 구역", "통학로가 어둡습니다", "The bus is late", "버스 (BUS) 시간표"]
    {
        assert!(topic.met(&[met]), "{met}");
    }
    for missed in ["어린이 도서관", "보호구역", "busy streets", "", "가로등"] {
        assert!(!topic.met(&[missed]), "{missed}");
    }
    assert!(Topic::new(" , ,").is_all() && Topic::new("").met(&["무엇이든"]));
}

#[test]
fn the_first_sentence_is_the_first_that_says_something() {
    let first = sentence::first;
    assert_eq!(first("안녕하십니까? 행정안전부입니다. 신호를 5초 늘렸습니다."), "행정안전부입니다.");
    assert_eq!(
        first("귀하의 의견에 감사드립니다.\n\n신호를 2.5초 늘렸습니다. 더 살피겠습니다."),
        "신호를 2.5초 늘렸습니다."
    );
    assert_eq!(first("감사합니다."), "감사합니다.");
    assert_eq!(first(" \n … \n"), "");
    let long = first(&"아주 긴 문장입니다 ".repeat(40));
    assert!(long.chars().count() <= 160 && long.ends_with('…'), "{long}");
}

#[tokio::test]
async fn cases_of_a_period_are_asked_answered_and_late_and_gone_when_they_are_hidden() {
    for site in Site::all().await {
        let lamp = site.filed("가로등을 고쳐 주세요").await;
        let bus = site.filed("버스 안내판에 음성 안내를").await;
        let asked = site.gather(SectionKind::Asked, &wanted()).await;
        assert_eq!((asked.count, asked.items.len()), (2, 2));
        let topic = Wanted { topic: "가로등, 통학로".to_owned(), ..wanted() };
        let narrow = site.gather(SectionKind::Asked, &topic).await;
        assert_eq!((narrow.count, titles(&narrow)), (1, BTreeSet::from(["가로등을 고쳐 주세요"])));
        let other = Wanted { agency: Some(Id::new(now(), &SeededRng::new(b"other"))), ..wanted() };
        assert_eq!(site.gather(SectionKind::Asked, &other).await.count, 0);
        let own = Wanted { agency: Some(site.mois), ..wanted() };
        assert_eq!(site.gather(SectionKind::Asked, &own).await.count, 2);
        let before = Wanted { from: now().plus_days(-60), until: now().plus_days(-30), ..wanted() };
        assert_eq!(site.gather(SectionKind::Asked, &before).await.count, 0);
        let elsewhere = Wanted { area: Some("서울특별시".to_owned()), ..wanted() };
        assert_eq!(site.gather(SectionKind::Asked, &elsewhere).await.count, 0);
        let few = Wanted { limit: 1, ..wanted() };
        let few = site.gather(SectionKind::Asked, &few).await;
        assert_eq!((few.count, few.items.len()), (2, 1));

        site.answered(&lamp, "안녕하세요. 가로등을 모두 갈았습니다. 고맙습니다.").await;
        let answered = site.gather(SectionKind::Answered, &wanted()).await;
        assert_eq!((answered.count, answered.items[0].text.as_str()), (1, "가로등을 모두 갈았습니다."));
        assert_eq!(answered.items[0].place, Place::Case { number: lamp.clone() });

        site.db
            .batch(&format!("UPDATE case_file SET due_at = {} WHERE number = '{bus}';", now().plus_days(-3).micros()));
        let late = site.gather(SectionKind::Late, &wanted()).await;
        assert!(titles(&late).contains("버스 안내판에 음성 안내를"), "{late:?}");

        let items: Vec<Item> = asked.items.iter().chain(&answered.items).cloned().collect();
        let there = Contributions { cases: site.cases.clone() };
        let (own, told) = (there.clone(), items.clone());
        let shown = site.db.read(move |tx| own.shown(tx, &told.iter().collect::<Vec<_>>())).await.unwrap();
        assert!(shown.iter().all(Option::is_some), "{shown:?}");
        assert_eq!(shown.last().unwrap().as_ref().unwrap().text, "가로등을 모두 갈았습니다.");
        let number = lamp.clone();
        site.write(person("officer", Some(site.mois)), move |tx, ctx, cases| {
            publish::hide(tx, ctx, cases, &number, "다른 사람의 이름이 있습니다.").map(drop)
        })
        .await;
        let shown = site.db.read(move |tx| there.shown(tx, &items.iter().collect::<Vec<_>>())).await.unwrap();
        assert_eq!(shown.iter().filter(|words| words.is_some()).count(), 1, "only the other one is left");
        assert_eq!(site.gather(SectionKind::Asked, &wanted()).await.count, 1);
        assert_eq!(site.gather(SectionKind::Answered, &wanted()).await.count, 0);
        every_statement_ran(&site.db);
    }
}

#[tokio::test]
async fn what_moved_and_what_is_late_in_the_plan() {
    for site in Site::all().await {
        assert_eq!(site.gather(SectionKind::Moved, &wanted()).await.count, 0, "an import is no news for readers");
        let text = |words: &str| LocalizedText::new(words, words);
        site.write(person("officer", Some(site.mois)), move |tx, ctx, _| {
            let input = ReportInput {
                commitment: "kr-2021/3".to_owned(),
                milestone: Some("kr-2021/3/1".to_owned()),
                period: Some(1),
                claim: Claim::UnderWay,
                percent: Some(60),
                text: text("두 플랫폼을 연결하고 있습니다."),
                delay_reason: String::new(),
                evidence: Vec::new(),
                uploads: Vec::new(),
            };
            report(tx, ctx, &input).map(drop)
        })
        .await;
        let moved = site.gather(SectionKind::Moved, &wanted()).await;
        assert_eq!((moved.count, moved.items[0].object.to_string().as_str()), (1, "milestone:kr-2021/3/1"));
        assert_eq!((moved.items[0].what.as_str(), moved.items[0].detail.as_str()), ("progress-reported", "under-way"));
        let mut later = wanted();
        (later.from, later.until) = (now().plus_days(40), now().plus_days(80));
        assert_eq!(site.gather(SectionKind::Moved, &later).await.count, 0);
        let area = Wanted { area: Some("서울특별시".to_owned()), ..wanted() };
        assert_eq!(site.gather(SectionKind::Moved, &area).await.count, 0, "plans have no area");
        let late = site.gather(SectionKind::Late, &wanted()).await;
        assert!(late.count > 0 && late.items.iter().all(|item| item.at <= wanted().until), "{late:?}");
        assert!(late.items.windows(2).all(|pair| pair[0].at >= pair[1].at), "what became late last comes first");
    }
}

/// Where statements are called in the store: each was run by the story.
fn every_statement_ran(db: &TestDb) {
    let source = include_str!("store.rs");
    let wanted: BTreeSet<u32> =
        (1..).zip(source.lines()).filter(|(_, line)| line.contains("tx.rows(")).map(|(number, _)| number).collect();
    let ran: BTreeSet<u32> = testing::ran(db.engine())
        .into_iter()
        .filter(|(file, _)| file.ends_with("flows/src/newsletter/store.rs"))
        .map(|(_, line)| line)
        .collect();
    assert_eq!(wanted.difference(&ran).collect::<Vec<_>>(), Vec::<&u32>::new(), "{}", db.engine());
}
