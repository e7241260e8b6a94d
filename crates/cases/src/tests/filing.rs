//! Filing: who may, what is refused, sending twice, where it goes.

use std::collections::BTreeSet;

use madang_db::testing::TestDb;
use madang_form::Answer;
use madang_kernel::{Assurance, Role, blob};

use super::people::{anybody, organisation, person};
use super::{TODAY, act, filed, input, look, system, villages};
use crate::service::file::{ProxyInput, file};
use crate::service::{apply, lookup};
use crate::{Channel, Publication};

#[tokio::test]
pub(super) async fn somebody_without_an_account_gets_number_and_code() {
    for (db, cases) in villages().await {
        let ctx = anybody(TODAY);
        let receipt = filed(&db, &ctx, &cases, input("가로등이 꺼졌어요", "road", false, "one")).await;
        assert!(receipt.number.starts_with("VM-2026-"), "{}", receipt.number);
        let secret = receipt.secret.clone().unwrap();
        assert!(!receipt.again);
        assert_eq!(receipt.clocks.len(), 1);
        // Seven business days from the day after: 19 March.
        assert_eq!(receipt.clocks[0].due_on.unwrap().to_string(), "2026-03-19");
        let (number, code) = (receipt.number.clone(), secret.to_lowercase().replace('-', " "));
        let view = look(&db, &ctx, &cases, move |tx, ctx, cases| lookup::open(tx, ctx, cases, &number, Some(&code)));
        let view = view.await.unwrap();
        assert!(view.standing.author && view.standing.bearer);
        assert_eq!(view.case.title, "가로등이 꺼졌어요");
        assert_eq!(view.agency.unwrap().slug, "roads");
        assert_eq!(view.case.due_at, receipt.clocks[0].overdue_from);
        for wrong in [None, Some("0000-0000-0000-0000-0000"), Some("")] {
            let number = receipt.number.clone();
            let refused =
                look(&db, &ctx, &cases, move |tx, ctx, cases| lookup::open(tx, ctx, cases, &number, wrong)).await;
            assert_eq!(refused.unwrap_err().code(), "case.unknown");
        }
    }
}

#[tokio::test]
pub(super) async fn what_is_sent_twice_is_one_case() {
    for (db, cases) in villages().await {
        let mut sending = Vec::new();
        for _ in 0..20 {
            let (db, cases) = ((*db).clone(), cases.clone());
            sending.push(tokio::spawn(async move {
                let ctx = anybody(TODAY);
                act(&db, &ctx, &cases, |tx, ctx, cases| {
                    file(tx, ctx, cases, &input("같은 이야기", "park", true, "same"))
                })
                .await
                .unwrap()
            }));
        }
        let mut receipts = Vec::new();
        for task in sending {
            receipts.push(task.await.unwrap());
        }
        let numbers: BTreeSet<_> = receipts.iter().map(|receipt| receipt.number.clone()).collect();
        let secrets: BTreeSet<_> = receipts.iter().map(|receipt| receipt.secret.clone().unwrap()).collect();
        assert_eq!((numbers.len(), secrets.len()), (1, 1));
        assert_eq!(receipts.iter().filter(|receipt| !receipt.again).count(), 1);
        // Somebody else with the same key is somebody else.
        let other = person("other", &[], TODAY);
        let receipt = filed(&db, &other, &cases, input("같은 이야기", "park", true, "same")).await;
        assert!(!receipt.again && receipt.secret.is_none());
    }
}

#[tokio::test]
pub(super) async fn what_cannot_be_filed_is_refused() {
    for db in TestDb::both() {
        let cases = super::village(&db).await;
        refusals(&db, &cases).await;
    }
}

async fn refusals(db: &TestDb, cases: &crate::Cases) {
    let ctx = anybody(TODAY);
    let refused = |change: fn(&mut crate::service::file::FilingInput)| {
        let (db, ctx, cases) = ((**db).clone(), ctx.clone(), cases.clone());
        async move {
            let mut input = input("이야기", "road", true, "refused");
            change(&mut input);
            act(&db, &ctx, &cases, move |tx, ctx, cases| file(tx, ctx, cases, &input)).await.unwrap_err()
        }
    };
    assert_eq!(refused(|input| input.service = "none".into()).await.code(), "service.unknown");
    assert_eq!(refused(|input| input.request_key = "short".into()).await.code(), "case.request-key");
    assert_eq!(refused(|input| input.channel = Channel::Counter).await.code(), "case.proxy-consent");
    assert_eq!(refused(|input| input.mail = Some("nobody".into())).await.code(), "case.mail");
    let missing = refused(|input| drop(input.answers.0.remove("title"))).await;
    assert_eq!((missing.code(), missing.fields()[0].field.as_str()), ("case.filing-invalid", "title"));
    let blank = refused(|input| {
        input.answers.0.insert("title".into(), Answer::Text("\u{200b}\u{3164} ".into()));
    });
    assert_eq!(blank.await.fields()[0].field, "title");
    let shape = refused(|input| {
        input.answers.0.insert("kind".into(), Answer::Number(3));
    });
    assert_eq!(shape.await.fields()[0].code, "case.answer-shape");
    let agency = refused(|input| {
        input.answers.0.insert("agency".into(), Answer::Agency("nowhere".into()));
    });
    assert_eq!(agency.await.fields()[0].code, "case.filing-agency");
    let stolen = refused(|input| {
        let file = madang_form::FileAnswer {
            sha256: "0".repeat(64),
            name: "a.pdf".into(),
            size: 10,
            media_type: "application/pdf".into(),
        };
        input.answers.0.insert("papers".into(), Answer::Files(vec![file]));
    });
    assert_eq!(stolen.await.fields()[0].code, "case.file-unknown");

    act(db, &system(TODAY), cases, |tx, ctx, cases| apply::shut(tx, ctx, cases, "village")).await.unwrap();
    assert_eq!(refused(|_| ()).await.code(), "case.filing-shut");
    act(db, &system(TODAY), cases, |tx, ctx, cases| apply::open(tx, ctx, cases, "village")).await.unwrap();
    let closed = super::VILLAGE.replace("[filing]\n", "[filing]\nopens = 2026-04-01\ncloses = 2026-04-30\n");
    let narrow =
        closed.replace(", \"pseudonymous\", \"verified\", \"proxy\"", "").replace("\"anonymous\"", "\"verified\"");
    act(db, &system(TODAY), cases, move |tx, ctx, cases| apply::apply(tx, ctx, cases, "v", &closed)).await.unwrap();
    assert_eq!(refused(|_| ()).await.code(), "case.filing-not-open");
    let narrow = narrow.replace("opens = 2026-04-01\n", "");
    act(db, &system(TODAY), cases, move |tx, ctx, cases| apply::apply(tx, ctx, cases, "v", &narrow)).await.unwrap();
    assert_eq!(refused(|_| ()).await.code(), "case.filing-who");
    let late = person("late", &[], jiff::civil::date(2026, 5, 1));
    let over = act(db, &late, cases, |tx, ctx, cases| file(tx, ctx, cases, &input("늦음", "road", true, "late"))).await;
    assert_eq!(over.unwrap_err().code(), "case.filing-over");
}

#[tokio::test]
pub(super) async fn a_clerk_files_for_somebody_and_finds_it_again() {
    for (db, cases) in villages().await {
        let parks = organisation(&db, "parks").await;
        let clerk = person("clerk", &[(Role::Clerk, Some(parks))], TODAY);
        let mut form = input("의자가 부서졌어요", "park", false, "proxy");
        form.channel = Channel::Counter;
        form.name = "손님".into();
        let without = form.clone();
        form.proxy = Some(ProxyInput { how: "spoken".into(), note: "신분증을 보았음".into() });
        let refused = act(&db, &clerk, &cases, move |tx, ctx, cases| file(tx, ctx, cases, &without)).await;
        assert_eq!(refused.unwrap_err().code(), "case.proxy-consent");
        let stranger = person("stranger", &[], TODAY);
        let theirs = form.clone();
        let refused = act(&db, &stranger, &cases, move |tx, ctx, cases| file(tx, ctx, cases, &theirs)).await;
        assert_eq!(refused.unwrap_err().code(), "permission.denied");

        let receipt = filed(&db, &clerk, &cases, form).await;
        let secret = receipt.secret.clone().unwrap();
        let number = receipt.number.clone();
        let nobody = anybody(TODAY);
        let view =
            look(&db, &nobody, &cases, move |tx, ctx, cases| lookup::open(tx, ctx, cases, &number, Some(&secret)));
        let view = view.await.unwrap();
        assert_eq!((view.case.author, view.case.assurance), (None, Assurance::Proxy));
        assert_eq!(view.case.consent.unwrap().how, "spoken");
        assert_eq!(view.agency.unwrap().slug, "parks", "by the rule");
        let (number, secret) = (receipt.number.clone(), receipt.secret.clone().unwrap());
        let (alone, shown, named) = look(&db, &clerk, &cases, move |tx, ctx, cases| {
            Ok((
                lookup::open(tx, ctx, cases, &number, None).is_err(),
                lookup::open(tx, ctx, cases, &number, Some(&secret))?,
                lookup::by_name(tx, ctx, "손님", TODAY, TODAY)?,
            ))
        })
        .await
        .unwrap();
        assert!(alone, "a clerk sees nothing without the code");
        assert!(shown.standing.clerk && shown.standing.staff_reads && shown.standing.author);
        assert_eq!(named, [receipt.number]);
    }
}

#[tokio::test]
pub(super) async fn files_sent_along_hang_on_the_case() {
    for (db, cases) in villages().await {
        let blobs = blob::Blobs::memory();
        let upload = blobs.put("증거입니다".as_bytes().to_vec().into(), "증거.txt").await.unwrap();
        let mut form = input("자료가 있어요", "road", true, "files");
        form.answers.0.insert("papers".into(), Answer::Files(vec![crate::service::draft::file_answer(&upload)]));
        form.uploads = vec![upload];
        let receipt = filed(&db, &person("author", &[], TODAY), &cases, form).await;
        let reference = madang_kernel::Ref::new(madang_kernel::ObjectKind::Case, receipt.id);
        let hanging = db.read(move |tx| blob::attachments(tx, &reference)).await.unwrap();
        assert_eq!(hanging.len(), 1);
        let number = receipt.number.clone();
        let nobody = anybody(TODAY);
        let seen = look(&db, &nobody, &cases, move |tx, ctx, cases| lookup::open(tx, ctx, cases, &number, None));
        let seen = seen.await.unwrap();
        assert_eq!(seen.case.publication, Publication::Published);
        assert!(seen.case.answers.get("papers").is_none());
    }
}
