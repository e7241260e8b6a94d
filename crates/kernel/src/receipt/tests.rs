//! Receipts from the act to the leaf and back, on both engines.

use madang_db::testing::TestDb;

use super::*;
use crate::digest;
use crate::ledger::{Event, Field, FieldSpec, Is, append, erase, opens_entry, sometimes};
use crate::object::ObjectKind;
use crate::sequencer;
use crate::tests::{act, ctx, kind};

const FIELDS: &[FieldSpec] =
    &[sometimes("no", Is::Number), sometimes("text", Is::Salted), sometimes("files", Is::Files)];

fn object() -> Ref {
    Ref::new(ObjectKind::Update, "u-1")
}

fn event(public: bool) -> Event {
    let kind = kind("update.tested", FIELDS);
    if public { Event::public(kind, object()) } else { Event::private(kind, object()) }
}

async fn put(db: &TestDb, event: Event) -> ReceiptCode {
    act(db, &ctx(), move |tx, ctx| append(tx, ctx, event.clone())).await.unwrap()
}

async fn drain(db: &TestDb) {
    while sequencer::drain_once(db, &sequencer::no_folds()).await.unwrap() > 0 {}
}

async fn at(db: &TestDb, code: ReceiptCode) -> Place {
    db.read(move |tx| place(tx, &code)).await.unwrap()
}

async fn opened(db: &TestDb, index: u64) -> Opening {
    db.read(move |tx| opening(tx, index)).await.unwrap().unwrap()
}

#[tokio::test]
pub(crate) async fn a_receipt_leads_from_the_inbox_to_its_leaf() {
    for db in TestDb::both() {
        let public = put(&db, event(true).with("no", 1)).await;
        let private = put(&db, event(false).with("no", 2)).await;
        assert_ne!(public, private);
        assert_eq!((at(&db, public).await, at(&db, private).await), (Place::Waiting, Place::Waiting));
        drain(&db).await;
        assert_eq!((at(&db, public).await, at(&db, private).await), (Place::Leaf(0), Place::Leaf(1)));
        for other in [
            ReceiptCode { hash: [0; 8], ..public },
            ReceiptCode { at: Time::from_micros(public.at.micros() + 1), ..public },
            ReceiptCode { at: Time::from_micros(0), hash: [0xff; 8] },
        ] {
            assert_eq!(at(&db, other).await, Place::Unknown, "{other}");
        }
    }
}

#[tokio::test]
pub(crate) async fn the_receipt_of_an_act_is_found_again_before_and_after_it_is_in_the_log() {
    for db in TestDb::both() {
        let code = put(&db, event(false).with("no", 7)).await;
        put(&db, event(false).with("no", 8)).await;
        let find = |no: i64, at: Time| {
            let object = object();
            db.read(move |tx| of_act(tx, &object, at, |event| event["fields"]["no"] == no))
        };
        for _ in 0..2 {
            assert_eq!(find(7, code.at).await.unwrap(), Some(code));
            assert_eq!(find(9, code.at).await.unwrap(), None);
            assert_eq!(find(7, Time::from_micros(code.at.micros() + 1)).await.unwrap(), None);
            drain(&db).await;
        }
    }
}

#[tokio::test]
pub(crate) async fn an_opening_opens_the_leaf_until_it_is_erased() {
    for db in TestDb::both() {
        put(&db, event(false).with("text", Field::salted("비밀"))).await;
        put(&db, event(true).with("text", Field::salted("공개"))).await;
        drain(&db).await;
        let closed = opened(&db, 0).await;
        assert!(!closed.entry.contains("update"), "{}", closed.entry);
        assert!(opens_entry(&closed.entry, &closed.event, closed.salt.as_deref().unwrap()).unwrap());
        assert!(!closed.erased() && closed.salts.len() == 1);
        let (digest, salt) = &closed.salts[0];
        assert!(closed.event.contains(digest));
        let salted = [digest::unhex(salt).unwrap().as_slice(), "비밀".as_bytes()].concat();
        assert_eq!(digest::sha256(&salted), *digest);
        let public = opened(&db, 1).await;
        assert_eq!((public.entry == public.event, public.salt, public.salts.len()), (true, None, 1));
        assert!(db.read(|tx| opening(tx, 2)).await.unwrap().is_none());
        assert!(db.read(|tx| opening(tx, u64::MAX)).await.unwrap().is_none());

        act(&db, &ctx(), |tx, _| erase(tx, &object(), None)).await.unwrap();
        let erased = opened(&db, 0).await;
        assert!(erased.erased() && erased.salts.is_empty());
        assert_eq!(erased.entry, closed.entry, "the leaf stays");
        assert!(!opened(&db, 1).await.erased());
    }
}

#[tokio::test]
pub(crate) async fn a_file_is_found_by_its_digest_and_no_other_is() {
    for db in TestDb::both() {
        let (one, two) = (digest::sha256(b"one"), digest::sha256(b"two"));
        let bytes = |hex: &str| <[u8; 32]>::try_from(digest::unhex(hex).unwrap()).unwrap();
        let code = put(&db, event(true).with("files", Field::Files(vec![bytes(&two), bytes(&one)]))).await;
        drain(&db).await;
        let find = |sha256: &str| {
            let sha256 = sha256.to_owned();
            db.read(move |tx| file(tx, &object(), &sha256))
        };
        let found = find(&one).await.unwrap().unwrap();
        assert_eq!((found.code, found.at), (code, code.at));
        let salted = [digest::unhex(&found.salt).unwrap().as_slice(), one.as_bytes()].concat();
        assert_eq!(digest::sha256(&salted), found.digest);
        assert!(opened(&db, 0).await.entry.contains(&found.digest));
        assert!(find(&two).await.unwrap().is_some());
        assert!(find(&digest::sha256(b"three")).await.unwrap().is_none());
        act(&db, &ctx(), |tx, _| erase(tx, &object(), None)).await.unwrap();
        assert!(find(&one).await.unwrap().is_none(), "without its salt the digest says nothing");
    }
}
