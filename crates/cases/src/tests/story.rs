//! Every SQL statement of the domain runs on both engines in these tests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::ToSpan as _;
use madang_db::Db;
use madang_db::testing::{self, TestDb};
use madang_form::Answers;

use super::people::{account, anybody, person};
use super::{TODAY, act, drafts, filed, filing, input, lists, look, sight, system, versions, villages};
use crate::model::{CaseEvent, CaseFile, EventBody, EventKind};
use crate::service::draft::{self, DraftOwner};
use crate::service::{lookup, personal};
use crate::store;
use crate::{Cases, service};

/// What is about persons goes with the account and after retention; the case stays.
#[tokio::test]
pub(super) async fn persons_are_forgotten_and_cases_stay() {
    for (db, cases) in villages().await {
        let author = person("author", &[], TODAY);
        let mut form = input("나무가 쓰러졌어요", "park", true, "personal");
        form.mail = Some("author@example.kr".into());
        let one = filed(&db, &author, &cases, form).await;
        let two = filed(&db, &anybody(TODAY), &cases, input("의자", "park", false, "closed")).await;
        let owner = DraftOwner::Account(account("author"));
        act(&db, &author, &cases, move |tx, ctx, cases| {
            let raw = [("title".to_owned(), "또".to_owned())].into_iter().collect();
            draft::save(tx, ctx, cases, &owner, "village", 1, &raw, &BTreeMap::new())?;
            assert_eq!(draft::list(tx, cases, &owner)?.len(), 1);
            Ok(())
        })
        .await
        .unwrap();
        let own = look(&db, &author, &cases, |tx, _, cases| personal::export_own(tx, cases, account("author")));
        let own = own.await.unwrap();
        assert_eq!(own["filed"][0]["mail"], "author@example.kr");
        assert_eq!(own["drafts"].as_array().unwrap().len(), 1);
        let id = one.id;
        act(&db, &author, &cases, move |tx, ctx, _| {
            let event = CaseEvent {
                case: id,
                no: 0,
                at: ctx.now,
                kind: EventKind::Replied,
                step: None,
                from_state: None,
                to_state: None,
                party: "author".into(),
                account: ctx.account(),
                organisation: None,
                public: false,
                body: EventBody { text: "동사무소 옆에 삽니다".into(), ..EventBody::default() },
            };
            store::event::append(tx, &event)
        })
        .await
        .unwrap();
        act(&db, &author, &cases, |tx, ctx, cases| personal::erase_own(tx, ctx, cases, account("author")))
            .await
            .unwrap();
        let left = case(&db, &cases, &one.number).await;
        assert!(left.erased_at.is_some() && left.author.is_none() && left.mail.is_none());
        assert_eq!((left.author_name.as_str(), left.title.as_str()), ("", "나무가 쓰러졌어요"));
        assert!(left.answers.get("reach").is_none() && left.answers.get("body").is_some());

        let events = db.read(move |tx| store::event::of_case(tx, id)).await.unwrap();
        assert!(events.iter().all(|event| event.body.text.is_empty()));

        // The other one is closed; a year later it goes too.
        let id = two.id;
        act(&db, &system(TODAY), &cases, move |tx, ctx, cases| {
            let (mut case, _) = service::case_by_id(tx, cases, id)?;
            case.closed_at = Some(ctx.now);
            store::case::save(tx, &mut case)
        })
        .await
        .unwrap();
        for (days, gone) in [(300, 0), (400, 1), (500, 0)] {
            let later = system(TODAY.checked_add(i64::from(days).days()).unwrap());
            let swept =
                act(&db, &later, &cases, |tx, ctx, cases| personal::sweep_personal(tx, ctx, cases, ctx.now, 10));
            assert_eq!(swept.await.unwrap(), gone, "after {days} days");
        }
        assert!(case(&db, &cases, &two.number).await.answers.get("reach").is_none());
        let (number, secret) = (two.number, two.secret.unwrap());
        let nobody = anybody(TODAY);
        let closed =
            look(&db, &nobody, &cases, move |tx, ctx, cases| lookup::open(tx, ctx, cases, &number, Some(&secret)))
                .await;
        assert_eq!(closed.unwrap_err().code(), "case.unknown", "the code opens nothing any more");
    }
}

async fn case(db: &Db, cases: &Cases, number: &str) -> CaseFile {
    let number = number.to_owned();
    look(db, &system(TODAY), cases, move |tx, _, cases| Ok(service::case_of(tx, cases, &number)?.0)).await.unwrap()
}

#[test]
fn personal_data_in_texts_is_found() {
    let loaded = madang_form::load(madang_form::Source { name: "village", text: super::VILLAGE }).unwrap();
    let answers: Answers = serde_json::from_value(serde_json::json!({
        "title": "010-1234-5678로 전화 주세요", "body": "900101-1234567",
    }))
    .unwrap();
    let found = personal::findings(&loaded.definition, &answers, true);
    let kinds: Vec<_> = found.iter().map(|found| (found.field.as_str(), found.kind.as_str())).collect();
    assert_eq!(kinds, [("title", "mobile-phone"), ("body", "resident-number")]);
    assert_eq!((found[0].start, found[0].end), (0, 13));
    assert!(!found[0].masked.contains('1'));
}

#[tokio::test]
pub(super) async fn numbers_and_events_are_found_by_id() {
    for (db, cases) in villages().await {
        let receipt = filed(&db, &anybody(TODAY), &cases, input("이야기", "road", true, "ids")).await;
        let id = receipt.id;
        let (number, first, second) = db
            .read(move |tx| {
                Ok((store::case::number(tx, id)?, store::event::get(tx, id, 1)?, store::event::get(tx, id, 2)?))
            })
            .await
            .unwrap();
        assert_eq!(number, Some(receipt.number));
        assert_eq!((first.map(|event| event.kind), second), (Some(EventKind::Filed), None));
    }
}

/// The stores of filing and reading; `handling::story` and the tests of supports look after theirs.
const STORES: [&str; 9] = ["case", "draft", "event", "list", "list/", "personal", "service", "term", "value"];

/// Where statements are called: file below `src` and line.
fn statements() -> BTreeSet<(String, u32)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = BTreeSet::new();
    for store in STORES {
        let path = source.join("store").join(store);
        let files = match store.strip_suffix('/') {
            Some(_) => testing::sources(&path).unwrap(),
            None => vec![path.with_extension("rs")],
        };
        for file in files {
            let name = file.strip_prefix(&source).unwrap().display().to_string();
            for (number, line) in (1..).zip(std::fs::read_to_string(&file).unwrap().lines()) {
                if ["tx.exec(", "tx.rows(", "tx.row(", "tx.one("].iter().any(|call| line.contains(call)) {
                    out.insert((name.clone(), number));
                }
            }
        }
    }
    out
}

/// Runs the stories once more, one after the other, and looks which statements they have run in this process.
#[test]
fn every_statement_runs() {
    let wanted = statements();
    assert!(wanted.len() > 60, "{} statements found", wanted.len());
    drafts::nothing_that_was_typed_is_lost();
    drafts::files_of_drafts_go_to_the_case_or_with_the_draft();
    filing::somebody_without_an_account_gets_number_and_code();
    filing::what_cannot_be_filed_is_refused();
    filing::a_clerk_files_for_somebody_and_finds_it_again();
    lists::lists_are_what_a_plain_filter_gives();
    lists::a_list_is_entered_at_a_day_and_own_cases_are_listed();
    lists::searches_read_what_is_public_and_nothing_else();
    lists::what_most_support_comes_first();
    sight::everybody_sees_what_is_theirs_to_see();
    sight::the_first_look_of_an_officer_is_noted();
    versions::shipped_services_are_put_in_once_and_never_over_the_operators();
    versions::a_case_stays_on_its_version_until_it_is_moved();
    persons_are_forgotten_and_cases_stay();
    numbers_and_events_are_found_by_id();
    crate::recount::tests::claims_are_of_public_cases_as_of_the_head();
    for db in TestDb::both() {
        let engine = db.engine();
        let ran: BTreeSet<_> = testing::ran(engine)
            .into_iter()
            .filter_map(|(file, line)| Some((file.split_once("cases/src/")?.1.to_owned(), line)))
            .collect();
        let missed: Vec<_> = wanted.difference(&ran).collect();
        assert!(missed.is_empty(), "{engine}: the stories leave out {missed:?}");
    }
}

/// SQL stands in the stores and nowhere else.
#[test]
fn sql_is_in_the_stores_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in testing::sources(&folder).unwrap() {
        if file.components().any(|part| matches!(part.as_os_str().to_str(), Some("store" | "tests" | "store.rs"))) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}
