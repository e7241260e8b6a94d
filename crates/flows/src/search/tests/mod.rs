//! A real index over a real database, on both engines.

use std::sync::Arc;

use madang_base::calendar::Calendar;
use madang_base::{Id, Locale, LocalizedText, Result, Time};
use madang_cases::registry::Services;
use madang_cases::service::file::file;
use madang_cases::service::{apply, personal, publish, step, withdraw};
use madang_cases::{CaseId, Cases};
use madang_db::Tx;
use madang_db::testing::TestDb;
use madang_form::steps::StepInput;
use madang_form::{Answer, Place as Spot};
use madang_identity::directory::{self, ContactDraft, ContactRole};
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::sequencer::{drain_once, no_folds};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Ref};
use madang_search::{Follower, Index, Kind, Options, Order, Query, Reading};
use tokio::sync::watch;

use super::*;
use crate::testing::*;
use crate::{Colleagues, Things};

const STREET: &str = include_str!("street.toml");

struct Site {
    db: TestDb,
    search: Search,
    follower: Follower,
    offices: [OrganisationId; 3],
    _folder: tempfile::TempDir,
}

impl Site {
    async fn act<T, F>(&self, ctx: &Ctx, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Ctx, &Cases) -> Result<T> + Send + 'static,
    {
        let (ctx, cases) = (ctx.clone(), self.search.cases.clone());
        self.db.write(move |tx| f(tx, &ctx, &cases)).await
    }

    /// Everything that happened is in the index.
    async fn follow(&self) {
        while drain_once(&self.db, &no_folds()).await.unwrap() > 0 {}
        self.follower.catch_up().await.unwrap();
    }

    async fn file(&self, title: &str, body: &str, place: Option<&str>, agency: &str, at: Time) -> (CaseId, String) {
        let mut answers: Vec<(&'static str, Answer)> = [("title", title), ("body", body)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(id, text)| (id, Answer::Text(text.to_owned())))
            .collect();
        if let Some(district) = place {
            let address = format!("{district} 세종대로 1");
            let place = Spot { address, district: district.to_owned(), ..Spot::default() };
            answers.push(("place", Answer::Place(place)));
        }
        answers.push(("agency", Answer::Agency(agency.to_owned())));
        let input = filing("street", answers);
        let mut ctx = person("author", None);
        ctx.now = at;
        let receipt = self.act(&ctx, move |tx, ctx, cases| file(tx, ctx, cases, &input)).await.unwrap();
        (receipt.id, receipt.number)
    }

    async fn ask(&self, query: &Query) -> Results {
        self.search.find(&self.db, &system(), query, 0, 20).await.unwrap()
    }

    async fn find(&self, words: &str) -> Results {
        self.ask(&Query { words: words.to_owned(), ..Query::default() }).await
    }
}

async fn sites() -> Vec<Site> {
    let mut sites = Vec::new();
    for db in TestDb::both() {
        let cases = Cases::new(Services::new(), Calendar::korea())
            .with_leading(Some("mois".to_owned()))
            .with_targets(Arc::new(Things))
            .with_officers(Arc::new(Colleagues));
        let folder = tempfile::tempdir().unwrap();
        let options = Options { memory_bytes: 30 << 20, threads: 1, dictionary: None };
        let index = Index::open(folder.path(), options).unwrap();
        let search = Search { index: index.clone(), cases: cases.clone() };
        let follower = Follower { db: (*db).clone(), index, sources: sources(&cases), position: watch::channel(0).1 };
        let nobody: OrganisationId = Id::new(now(), &*rng());
        let mut site = Site { db, search, follower, offices: [nobody; 3], _folder: folder };
        let ctx = system();
        let offices = site.act(&ctx, |tx, ctx, cases| {
            let mut ids = Vec::new();
            for (slug, ko, en) in
                [("mois", "행정안전부", "Ministry"), ("jongno", "종로구청", "Jongno"), ("mapo", "마포구청", "Mapo")]
            {
                let draft = organisation::Draft {
                    slug: slug.to_owned(),
                    kind: OrganisationKind::Agency,
                    name: LocalizedText::new(ko, en),
                    short: LocalizedText::default(),
                    parent: None,
                };
                ids.push(organisation::upsert(tx, ctx, &draft)?.id);
            }
            apply::apply(tx, ctx, cases, "street.toml", STREET)?;
            Ok([ids[0], ids[1], ids[2]])
        });
        let offices = offices.await.unwrap();
        site.offices = offices;
        sites.push(site);
    }
    sites
}

fn numbers(results: &Results) -> Vec<String> {
    results.hits.iter().filter_map(|hit| hit.place.clone().number()).collect()
}

fn marked(marked: &Marked) -> Vec<&str> {
    marked.marks.iter().map(|range| &marked.text[range.clone()]).collect()
}

#[tokio::test]
async fn people_find_what_they_typed_their_way() {
    for site in sites().await {
        let (_, number) =
            site.file("어린이 보호구역에 가로등을", "밤에 공원에서 학교까지 어둡습니다.", None, "mois", now()).await;
        site.file("버스 안내판", "노선이 적혀 있지 않습니다.", None, "mois", now()).await;
        site.follow().await;
        for words in ["어린이보호구역", "보호 구역", "가로등이", "ㅇㄹㅇ", "공원", "rkfhemd", "\u{1100}\u{1161}로등"]
        {
            let found = site.find(words).await;
            assert_eq!(numbers(&found), std::slice::from_ref(&number), "{words}");
            assert_eq!((found.count, found.counted, found.next), (1, true, None), "{words}");
            let keys = found.read == Reading::Keyboard("가로등".to_owned());
            assert_eq!(keys, words == "rkfhemd", "{words}: {:?}", found.read);
        }
        let found = site.find("가로등이").await;
        assert_eq!(marked(&found.hits[0].title), ["가로등"], "the noun and not its particle");
        let found = site.find("rkfhemd").await;
        assert_eq!(marked(&found.hits[0].title), ["가로등"], "marked as it was read");
        let found = site.find("공원").await;
        let snippet = found.hits[0].snippet.as_ref().unwrap();
        assert_eq!(marked(snippet), ["공원"]);
        assert!(!found.hits[0].in_answer && found.hits[0].title.marks.is_empty());
        let found = site.find("가로등").await;
        assert!(
            found.hits[0].snippet.as_ref().unwrap().text.starts_with("밤에"),
            "the beginning, when only the title has it"
        );
        for words in ["이 가 을", "!!! ???", &"가로등 ".repeat(2_500), "\u{0}"] {
            let _ = site.find(words).await;
        }
    }
}

#[tokio::test]
async fn what_became_private_is_not_shown_though_the_index_still_has_it() {
    for site in sites().await {
        let mut all = Vec::new();
        for n in 0..5 {
            all.push(site.file(&format!("가로등 이야기 {n}"), "", None, "mois", now().plus_seconds(n)).await);
        }
        site.follow().await;
        assert_eq!(site.find("가로등").await.hits.len(), 5);
        let author = person("author", None);
        let officer = person("officer", Some(site.offices[0]));
        let number = all[0].1.clone();
        let hide = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| publish::hide(tx, ctx, cases, &number, "잘못 공개");
        site.act(&officer, hide).await.unwrap();
        let number = all[1].1.clone();
        let withdraw = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
            withdraw::withdraw(tx, ctx, cases, &number, "", None).map(drop)
        };
        site.act(&author, withdraw).await.unwrap();
        let id = all[2].0;
        site.db.batch(&format!("UPDATE case_file SET erased_at = 1 WHERE id = '{id}'"));
        let found = site.find("가로등").await;
        let mut left = numbers(&found);
        left.sort();
        let mut wanted = [all[3].1.clone(), all[4].1.clone()];
        wanted.sort();
        assert_eq!((left.as_slice(), found.count), (&wanted[..], 2), "the index was told nothing yet");
        let listed = site.search.suggest(&site.db, &system(), "가로", 10).await.unwrap();
        assert_eq!(listed.len(), 2);
        let alike = site.search.similar(&site.db, &system(), "street", "가로등 이야기", "", 10).await.unwrap();
        assert_eq!(alike.len(), 2);
        let newest = Query { words: "가로등".to_owned(), order: Order::Newest, ..Query::default() };
        let first = site.search.find(&site.db, &system(), &newest, 0, 1).await.unwrap();
        assert_eq!(numbers(&first), [all[4].1.clone()]);
        let second = site.search.find(&site.db, &system(), &newest, first.next.unwrap(), 1).await.unwrap();
        assert_eq!(numbers(&second), [all[3].1.clone()]);
        let third = site.search.find(&site.db, &system(), &newest, second.next.unwrap(), 1).await.unwrap();
        assert_eq!((third.hits.len(), third.next), (0, None), "what is behind is not public");
        site.act(&author, |tx, ctx, cases| personal::erase_own(tx, ctx, cases, account("author"))).await.unwrap();
        site.follow().await;
        assert_eq!(site.find("가로등").await.count, 0);
        let left = site.search.index.search(&newest, 0, 9).unwrap().count;
        assert_eq!(left, 1, "nobody told the index of the one that was erased beside the program");
    }
}

#[tokio::test]
async fn answers_filters_and_places_are_found() {
    for site in sites().await {
        let place = Some("서울특별시 종로구");
        let (_, one) = site.file("골목이 어둡습니다", "밤길이 무섭습니다.", place, "jongno", now()).await;
        let (_, two) = site.file("골목에 의자를", "", Some("서울특별시 마포구"), "mapo", now().plus_days(3)).await;
        let number = one.clone();
        let answer = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
            let input =
                StepInput { answer: "보안등 세 개를 새로 달았습니다.".to_owned(), ..StepInput::default() };
            step::take(tx, ctx, cases, &number, "answer", &input, &[], None).map(drop)
        };
        site.act(&person("officer", Some(site.offices[1])), answer).await.unwrap();
        site.follow().await;
        let found = site.find("보안등").await;
        assert_eq!(numbers(&found), std::slice::from_ref(&one));
        let hit = &found.hits[0];
        assert!(hit.in_answer);
        assert_eq!(marked(hit.snippet.as_ref().unwrap()), ["보안등"]);
        assert_eq!(hit.area.as_deref(), place, "the district and no address");
        assert_eq!(hit.state.as_ref().unwrap().0, "answered");
        let base = Query { words: "골목".to_owned(), ..Query::default() };
        assert_eq!(site.ask(&base).await.count, 2);
        for (query, wanted) in [
            (Query { area: Some("서울특별시".into()), ..base.clone() }, 2),
            (Query { area: Some("서울특별시 종로구".into()), ..base.clone() }, 1),
            (Query { agency: Some(site.offices[2]), ..base.clone() }, 1),
            (Query { phase: Some("answered".into()), ..base.clone() }, 1),
            (Query { state: Some("received".into()), ..base.clone() }, 1),
            (Query { service: Some("other".into()), ..base.clone() }, 0),
            (Query { kinds: vec![Kind::Plan], ..base.clone() }, 0),
            (Query { answers: true, ..base.clone() }, 0),
            (Query { since: Some(now().plus_days(1)), ..base.clone() }, 1),
        ] {
            assert_eq!(site.ask(&query).await.count, wanted, "{query:?}");
        }
        let newest = site.ask(&Query { order: Order::Newest, ..base }).await;
        assert_eq!(numbers(&newest), [two, one]);
        assert_eq!(site.find("세종대로").await.count, 0, "what is coarse is not found by its address");
        assert_eq!(site.find("마포구청").await.hits[0].kind, Kind::Agency);
    }
}

#[tokio::test]
async fn alike_cases_are_those_of_the_service_and_its_days() {
    for site in sites().await {
        let nothing = site.search.similar(&site.db, &system(), "street", "신호등 고장", "", 5).await.unwrap();
        assert!(nothing.is_empty(), "no index yet, and nobody's filing waits for it");
        site.file("초등학교 앞 신호등이 꺼졌어요", "", None, "mois", now().plus_days(-10)).await;
        site.file("초등학교 앞 신호등이 꺼졌습니다", "", None, "mois", now().plus_days(-200)).await;
        site.file("공원 의자가 부서졌어요", "", None, "mois", now()).await;
        site.follow().await;
        let text = "초등학교 앞 신호등이 고장 났습니다";
        let found = site.search.similar(&site.db, &system(), "street", "학교 앞 신호등 고장", text, 5).await.unwrap();
        let titles: Vec<_> = found.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["초등학교 앞 신호등이 꺼졌어요"], "the other one is older than ninety days");
        assert!(found[0].shared.contains(&"신호등".to_owned()), "{:?}", found[0].shared);
        let unknown = site.search.similar(&site.db, &system(), "nothing", "신호등", "", 5).await;
        assert_eq!(unknown.unwrap_err().code(), "service.unknown");
    }
}

#[tokio::test]
async fn who_answers_follows_from_what_is_declared_and_what_was_handled() {
    for site in sites().await {
        let declare = |n: usize, role: ContactRole, office: &'static str, topics: &'static str, areas: &'static str| {
            let (site, organisation) = (&site, site.offices[n]);
            let officer = person("officer", Some(organisation));
            let put = move |tx: &mut Tx, ctx: &Ctx, _: &Cases| {
                let draft = ContactDraft {
                    role,
                    office: office.to_owned(),
                    name: String::new(),
                    title: "담당자".to_owned(),
                    phone: "02-1234-5678".to_owned(),
                    mail: String::new(),
                    topics: topics.to_owned(),
                    areas: areas.to_owned(),
                };
                directory::contact_put(tx, ctx, organisation, None, &draft)
            };
            async move { site.act(&officer, put).await }
        };
        declare(1, ContactRole::Office, "도로조명팀", "가로등\n보안등", "서울특별시 종로구").await.unwrap();
        declare(1, ContactRole::Officer, "열린정부 담당", "정보공개", "").await.unwrap();
        declare(2, ContactRole::Office, "공원녹지과", "공원\n가로등", "서울특별시 마포구").await.unwrap();
        for n in 0..3 {
            site.file("놀이터 그네가 부서졌습니다", "놀이터를 고쳐 주세요.", None, "mapo", now().plus_seconds(n)).await;
        }
        site.follow().await;
        let ask = |words: &'static str, area: Option<&'static str>| {
            let site = &site;
            async move { site.search.offices(&site.db, &system(), words, area, 5).await.unwrap() }
        };
        let found = ask("고장난 가로등을 고쳐 주세요", Some("서울특별시 종로구")).await;
        assert_eq!(found.agencies[0].agency.slug, "jongno", "{found:?}");
        let offices: Vec<_> = found.agencies[0].contacts.iter().map(|one| one.office.as_str()).collect();
        assert_eq!(offices, ["도로조명팀", "열린정부 담당"], "the office and the officer for open government");
        assert_eq!(found.agencies[0].declared, 1);
        let found = ask("가로등", Some("서울특별시 마포구")).await;
        assert_eq!(found.agencies[0].agency.slug, "mapo");
        let found = ask("놀이터 그네", None).await;
        assert_eq!(found.agencies[0].agency.slug, "mapo", "by what it handled");
        assert_eq!((found.agencies[0].declared, found.agencies[0].examples.is_empty()), (0, false));
        assert!(found.agencies[0].handled >= 3);
        assert_eq!(ask("  ", None).await, Offices::default());
        let entry = site.find("도로조명팀").await;
        assert!(matches!(&entry.hits[0].place, Place::Contact { agency, .. } if agency == "jongno"));
    }
}

#[tokio::test]
async fn plans_are_found_with_their_commitments_and_milestones() {
    for site in sites().await {
        site.act(&system(), |tx, ctx, _| {
            let plan = madang_plans::import::read(
                include_bytes!("../../../../../plans/kr-2021.toml"),
                madang_plans::import::Format::Toml,
            )
            .map_err(|problems| madang_base::Error::internal(format!("{problems:?}")))?;
            madang_plans::service::import::apply(tx, ctx, &plan).map(drop)
        })
        .await
        .unwrap();
        site.follow().await;
        for kind in [Kind::Plan, Kind::Commitment, Kind::Milestone, Kind::Agency] {
            let query = Query { kinds: vec![kind], ..Query::default() };
            let found = site.ask(&query).await;
            assert!(found.count > 0 && found.hits.iter().all(|hit| hit.kind == kind), "{kind}");
        }
        let title = site.db.read(|tx| {
            let id = Ref::new(ObjectKind::Commitment, "kr-2021/3");
            Ok(madang_plans::views::searched::of(tx, &[id])?.remove(0).title)
        });
        let title = title.await.unwrap();
        for locale in Locale::ALL {
            let found = site.find(title.get(locale)).await;
            let place = Place::Commitment { id: "kr-2021/3".to_owned() };
            assert!(found.hits.iter().take(3).any(|hit| hit.place == place), "{locale}: {:?}", found.hits.first());
        }
    }
}
