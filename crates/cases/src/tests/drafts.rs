//! Drafts: kept also when wrong, with and without an account, adopted, filed, swept.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use madang_form::Raw;
use madang_kernel::{Ref, blob};

use super::people::{account, anybody, person};
use super::{TODAY, act, filed, input, look, system, villages};
use crate::Cases;
use crate::service::draft::{self, Draft, DraftOwner};

fn raw(pairs: &[(&str, &str)]) -> Raw {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

async fn save(db: &madang_db::Db, cases: &Cases, owner: &DraftOwner, screen: u8, raw: Raw) -> Draft {
    let owner = owner.clone();
    act(db, &anybody(TODAY), cases, move |tx, ctx, cases| {
        draft::save(tx, ctx, cases, &owner, "village", screen, &raw, &BTreeMap::new())
    })
    .await
    .unwrap()
}

async fn get(db: &madang_db::Db, cases: &Cases, owner: &DraftOwner) -> Option<Draft> {
    let owner = owner.clone();
    look(db, &anybody(TODAY), cases, move |tx, _, cases| draft::get(tx, cases, &owner, "village")).await.unwrap()
}

#[tokio::test]
pub(super) async fn nothing_that_was_typed_is_lost() {
    for (db, cases) in villages().await {
        let browser = DraftOwner::Browser("abc".into());
        let long = "가".repeat(100);
        let typed = raw(&[("title", &long), ("kind", "road"), ("body", "이야기"), ("other", "x")]);
        let first = save(&db, &cases, &browser, 1, typed).await;
        assert_eq!(first.errors.len(), 1, "{:?}", first.errors);
        assert_eq!(first.errors[0].field, "title");
        let kept = get(&db, &cases, &browser).await.unwrap();
        assert_eq!(kept.raw.one("title"), long);
        assert!(!kept.raw.0.contains_key("other"), "no field of the form");
        assert!(kept.answers.get("title").is_none() && kept.answers.get("kind").is_some());
        let second = save(&db, &cases, &browser, 2, raw(&[("reach.name", "이웃"), ("reach.contact", "옆집")])).await;
        assert_eq!((second.screen, second.request_key.as_str()), (2, first.request_key.as_str()));
        assert_eq!(second.raw.one("title"), long);

        // What was found different is remembered, once each, through every further screen.
        let numbers = ["VL-1".to_owned(), "VL-1".to_owned(), "VL-2".to_owned(), "9".repeat(41)];
        let from = browser.clone();
        act(&db, &anybody(TODAY), &cases, move |tx, _, _| draft::different(tx, &from, "village", &numbers))
            .await
            .unwrap();
        save(&db, &cases, &browser, 2, raw(&[("reach.name", "이웃"), ("reach.contact", "옆집")])).await;
        assert_eq!(get(&db, &cases, &browser).await.unwrap().different(), ["VL-1", "VL-2"]);
        let nobody = DraftOwner::Browser("nobody".into());
        act(&db, &anybody(TODAY), &cases, move |tx, _, _| draft::different(tx, &nobody, "village", &["VL-1".into()]))
            .await
            .unwrap();

        // After signing in it is the account's; of two the newer words stand.
        let to = account("author");
        let own = DraftOwner::Account(to);
        let from = browser.clone();
        let adopted =
            act(&db, &anybody(TODAY), &cases, move |tx, ctx, _| draft::adopt(tx, ctx, &from, to)).await.unwrap();
        assert_eq!(adopted, 1);
        assert!(get(&db, &cases, &browser).await.is_none());
        assert_eq!(get(&db, &cases, &own).await.unwrap().raw.one("reach.name"), "이웃");
        let later = DraftOwner::Browser("def".into());
        save(&db, &cases, &later, 1, raw(&[("title", "다른 이야기")])).await;
        act(&db, &anybody(TODAY), &cases, move |tx, ctx, _| draft::adopt(tx, ctx, &later, to)).await.unwrap();
        let kept = get(&db, &cases, &own).await.unwrap();
        assert_eq!(kept.raw.one("title"), "다른 이야기");
        assert_eq!(kept.raw.one("reach.name"), "이웃", "what only the older one has stays");

        // What is filed is a draft no more.
        let mut form = input("다른 이야기", "road", false, "drafts");
        form.request_key = kept.request_key;
        filed(&db, &person("author", &[], TODAY), &cases, form).await;
        assert!(get(&db, &cases, &own).await.is_none());
        save(&db, &cases, &own, 1, raw(&[("title", "또")])).await;
        let owner = own.clone();
        assert!(
            act(&db, &anybody(TODAY), &cases, move |tx, _, _| draft::discard(tx, &owner, "village")).await.unwrap()
        );
        assert!(get(&db, &cases, &own).await.is_none());
        let huge = raw(&[("body", &"가".repeat(200_000))]);
        let nobody = anybody(TODAY);
        let refused = act(&db, &nobody, &cases, move |tx, ctx, cases| {
            draft::save(tx, ctx, cases, &own, "village", 1, &huge, &BTreeMap::new())
        });
        assert_eq!(refused.await.unwrap_err().code(), "case.draft-too-large");
    }
}

#[tokio::test]
pub(super) async fn files_of_drafts_go_to_the_case_or_with_the_draft() {
    for (db, cases) in villages().await {
        let blobs = blob::Blobs::memory();
        let upload = blobs.put("지도".as_bytes().to_vec().into(), "지도.txt").await.unwrap();
        let owner = DraftOwner::Browser("files".into());
        let (there, files) = (owner.clone(), BTreeMap::from([("papers".to_owned(), vec![upload.clone()])]));
        let typed = raw(&[("title", "지도가 있어요"), ("kind", "road"), ("body", "이야기")]);
        let made = act(&db, &anybody(TODAY), &cases, move |tx, ctx, cases| {
            draft::save(tx, ctx, cases, &there, "village", 1, &typed, &files)
        })
        .await
        .unwrap();
        assert!(made.errors.is_empty(), "{:?}", made.errors);
        let mut form = input("", "road", true, "");
        (form.answers, form.request_key) = (made.answers, made.request_key.clone());
        let receipt = filed(&db, &anybody(TODAY), &cases, form).await;
        let hanging = |reference: Ref| async {
            let there = reference;
            db.read(move |tx| blob::attachments(tx, &there)).await.unwrap().len()
        };
        assert_eq!(hanging(Ref::new(madang_kernel::ObjectKind::Case, receipt.id)).await, 1);
        assert_eq!(hanging(draft::reference(&made.request_key)).await, 0);

        save(&db, &cases, &owner, 1, raw(&[("title", "오래된 것")])).await;
        let month = system(TODAY.checked_add(31.days()).unwrap());
        let gone = act(&db, &month, &cases, |tx, ctx, _| draft::sweep(tx, ctx.now)).await.unwrap();
        assert_eq!((gone, get(&db, &cases, &owner).await.is_none()), (1, true));
    }
}
