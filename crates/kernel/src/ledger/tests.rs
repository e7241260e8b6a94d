//! What may never stand in the ledger, and the one spelling of what does.

mod spelling;

use std::path::Path;

use madang_base::{Kind, Time};
use madang_db::testing::TestDb;
use proptest::prelude::*;

use super::*;
use crate::object::ObjectKind;
use crate::tests::{NOW, account, act, ctx, kind};
use crate::{change, sequencer};

const TEXT: &[FieldSpec] = &[always("text", Is::Salted)];
const NUMBERED: &[FieldSpec] = &[always("n", Is::Number)];
const NUMBER: &[FieldSpec] = &[sometimes("n", Is::Number), sometimes("of", Is::Object)];

/// One of each type of field.
const ALL: &[FieldSpec] = &[
    always("code", Is::Code),
    always("number", Is::Number),
    always("date", Is::Date),
    always("time", Is::Time),
    always("object", Is::Object),
    always("digest", Is::Digest),
    always("salted", Is::Salted),
    always("files", Is::Files),
    always("nullifier", Is::Nullifier),
];

fn update() -> Ref {
    Ref::new(ObjectKind::Update, "u-1")
}

/// Appends an event to a fresh database and gives back its canonical JSON.
async fn stored(event: Event) -> Result<String> {
    let db = TestDb::sqlite();
    act(&db, &ctx(), move |tx, ctx| append(tx, ctx, event.clone())).await?;
    sequencer::drain_once(&db, &sequencer::no_folds()).await?;
    Ok(db.read(|tx| change::since(tx, 0, 1)).await?.remove(0).json)
}

#[tokio::test]
async fn one_spelling() {
    let date = jiff::civil::date(2026, 3, 1);
    let fields = &[
        always("when", Is::Date),
        always("number", Is::Number),
        always("at", Is::Time),
        always("of", Is::Object),
        always("state", Is::Code),
    ];
    let event = Event::public(kind("update.published", fields), update())
        .with("when", date)
        .with("number", -5)
        .with("at", Time::from_micros(7))
        .with("of", Ref::new(ObjectKind::Milestone, "kr-2021/2.1/3"))
        .with("state", "not-started");
    let json = stored(event).await.unwrap();
    let expected = concat!(
        r#"{"at":1772323200000000,"fields":{"at":7,"number":-5,"of":"milestone:kr-2021/2.1/3","state":"not-started","#,
        r#""when":"2026-03-01"},"kind":"update.published","object":"update:u-1","v":1}"#
    );
    assert_eq!(json, expected);
}

#[tokio::test]
async fn the_same_text_never_has_the_same_digest_twice() {
    let event = || Event::public(kind("update.published", TEXT), update()).with("text", Field::salted("같은 글"));
    let db = TestDb::sqlite();
    let both = [event(), event()];
    act(&db, &ctx(), move |tx, ctx| both.iter().try_for_each(|event| append(tx, ctx, event.clone()).map(drop)))
        .await
        .unwrap();
    sequencer::drain_once(&db, &sequencer::no_folds()).await.unwrap();
    let feed = db.read(|tx| change::since(tx, 0, 2)).await.unwrap();
    assert_ne!(feed[0].json, feed[1].json);
    assert!(!feed[0].json.contains(&digest::sha256("같은 글".as_bytes())));
}

#[tokio::test]
async fn a_nullifier_knows_a_person_within_one_object_only() {
    let ctx = ctx();
    let (here, there) = (update(), Ref::new(ObjectKind::Update, "u-2"));
    let mine = nullifier(&ctx, &here, account(1));
    assert_eq!(mine, nullifier(&ctx, &here, account(1)));
    assert_ne!(mine, nullifier(&ctx, &there, account(1)));
    assert_ne!(mine, nullifier(&ctx, &here, account(2)));
    let who = &[always("who", Is::Nullifier)];
    let event = Event::public(kind("update.published", who), here).with("who", Field::Nullifier(account(1)));
    let json = stored(event).await.unwrap();
    assert!(json.contains(&format!("\"who\":\"nullifier:{mine}\"")), "{json}");
    assert!(!json.contains(&account(1).to_string()));
}

#[tokio::test]
async fn defects_are_refused() {
    let public = |kind: &'static super::Kind, object| Event::public(kind, object);
    let any = kind("update.published", NUMBER);
    let of_updates: &'static super::Kind = Box::leak(Box::new(super::Kind {
        name: "update.published",
        objects: &[ObjectKind::Update],
        shown: Shown::Always,
        fields: NUMBERED,
        counted: Counted::Not("of a test"),
    }));
    let never: &'static super::Kind = Box::leak(Box::new(super::Kind {
        name: "account.deleted",
        objects: &[ObjectKind::Account],
        shown: Shown::Never,
        fields: &[],
        counted: Counted::Not("of a test"),
    }));
    let text = kind("update.published", TEXT);
    let account = || Ref::new(ObjectKind::Account, "a");
    for event in [
        public(any, account()),
        public(any, Ref::new(ObjectKind::Update, "홍길동")),
        public(any, update()).with("of", Ref::new(ObjectKind::Session, "s")),
        public(any, update()).with("of", Ref::new(ObjectKind::Plan, "서울 시민")),
        public(any, update()).with("n", 1 << 53),
        public(any, update()).with("n", i64::MIN),
        public(any, update()).with("n", 1).with("n", 2),
        public(any, update()).with("unknown", 1),
        public(any, update()).with("n", "one"),
        public(any, update()).with("n", Field::salted("1")),
        public(kind("update.published", &[sometimes("이름", Is::Number)]), update()).with("이름", 1),
        public(kind("", &[]), update()),
        public(kind("이름", &[]), update()),
        public(text, update()),
        public(of_updates, Ref::new(ObjectKind::Plan, "p")).with("n", 1),
        public(of_updates, update()),
        Event::private(of_updates, update()).with("n", 1),
        public(never, account()),
    ] {
        let refused = stored(event.clone()).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::Internal, "{event:?}");
    }
    let largest = public(any, update()).with("n", (1 << 53) - 1);
    assert!(stored(largest).await.unwrap().contains("9007199254740991"));
    assert!(stored(Event::private(never, account())).await.is_ok());
    assert!(stored(public(of_updates, update()).with("n", 1)).await.is_ok());
}

#[tokio::test]
async fn a_leaf_is_small() {
    let files = |n: u8| Field::Files((0..n).map(|n| [n; 32]).collect());
    let kind = kind("update.published", &[always("files", Is::Files)]);
    let fits = stored(Event::public(kind, update()).with("files", files(200))).await.unwrap();
    assert!(fits.len() < 16 << 10, "{}", fits.len());
    let refused = stored(Event::public(kind, update()).with("files", files(250))).await.unwrap_err();
    assert_eq!(refused.kind(), Kind::Internal);
}

fn one_of_each() -> Event {
    Event::private(kind("update.published", ALL), update())
        .with("code", "done")
        .with("number", 5)
        .with("date", jiff::civil::date(2026, 3, 1))
        .with("time", NOW)
        .with("object", Ref::new(ObjectKind::Plan, "kr-2021"))
        .with("digest", Field::digest(&"ab".repeat(32)).unwrap())
        .with("salted", Field::salted("글"))
        .with_some("files", Field::files(["cd".repeat(32).as_str(), &"ef".repeat(32), &"cd".repeat(32)]).unwrap())
        .with("nullifier", Field::Keyed([1; 32]))
}

/// What is not public leaves one leaf like all others, which its author can open and erasing shuts for ever.
#[tokio::test]
async fn what_is_not_public_leaves_a_commitment() {
    for db in TestDb::both() {
        let event = one_of_each();
        let code = act(&db, &ctx(), move |tx, ctx| append(tx, ctx, event.clone())).await.unwrap();
        let row = db.query("SELECT json, commitment, public FROM inbox", &[]).unwrap().remove(0);
        let (json, commitment): (String, String) = (row.at(0).unwrap(), row.at(1).unwrap());
        assert_eq!(row.at::<i64>(2).unwrap(), 0);
        let leaf = entry(false, &json, Some(&commitment)).unwrap();
        assert_eq!(leaf, format!(r#"{{"commitment":"sha256:{commitment}","kind":"opaque","v":1}}"#));
        assert!(code.is_of(NOW, &leaf) && !code.is_of(NOW, &json));
        let find = commitment.clone();
        let salt = db.read(move |tx| salt_of(tx, &find)).await.unwrap().unwrap();
        assert!(opens_entry(&leaf, &json, &salt).unwrap());
        assert!(!opens_entry(&leaf, &json.replace("done", "gone"), &salt).unwrap());
        assert!(!opens_entry(&leaf, &json, &"0".repeat(32)).unwrap());
        assert_eq!(commitment_of(&json, "xx").unwrap_err().code(), "ledger.salt");
        let files = db.read(|tx| salts_of(tx, &update(), FILE)).await.unwrap();
        assert_eq!(files.len(), 2, "a file twice stands once");
        let there = files.iter().all(|(digest, _)| json.contains(&format!("\"sha256:{digest}\"")));
        assert!(there && json.contains(r#""files":["sha256:"#), "{json}");
        let file = files[0].0.clone();
        let (one, other) = db
            .read(move |tx| Ok((opens(tx, &file, &"cd".repeat(32))?, opens(tx, &file, &"ef".repeat(32))?)))
            .await
            .unwrap();
        assert!(one != other && one.is_some());
        act(&db, &ctx(), |tx, _| erase(tx, &update(), None)).await.unwrap();
        assert_eq!(db.read(move |tx| salt_of(tx, &commitment)).await.unwrap(), None);
    }
}

#[test]
fn only_what_is_public_stands_as_it_is() {
    assert_eq!(entry(true, "{}", None).unwrap(), "{}");
    assert_eq!(entry(true, "{}", Some("ab")).unwrap(), "{}");
    assert_eq!(entry(false, "{}", None).unwrap_err().kind(), Kind::Internal);
}

#[tokio::test]
async fn a_receipt_names_its_leaf() {
    let db = TestDb::sqlite();
    let event = Event::public(kind("update.published", TEXT), update()).with("text", Field::salted("글"));
    let code = act(&db, &ctx(), move |tx, ctx| append(tx, ctx, event.clone())).await.unwrap();
    sequencer::drain_once(&db, &sequencer::no_folds()).await.unwrap();
    let change = db.read(|tx| change::since(tx, 0, 1)).await.unwrap().remove(0);
    assert!(code.is_of(change.at, &change.json));
    assert_eq!(code.at, NOW);
    let hash = digest::sha256(&[b"\0", change.json.as_bytes()].concat());
    assert_eq!(code.to_string(), format!("{:014x}-{}", NOW.micros(), &hash[..16]));
    assert_eq!(code.to_string().parse::<ReceiptCode>().unwrap(), code);
}

#[test]
fn a_receipt_code_has_one_spelling() {
    let code: ReceiptCode = "0064a8b1c2d3e4-0123456789abcdef".parse().unwrap();
    assert_eq!(code.to_string(), "0064a8b1c2d3e4-0123456789abcdef");
    assert_eq!(code.hash, [1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]);
    for bad in [
        "",
        "-",
        "0064a8b1c2d3e40123456789abcdef",
        "064a8b1c2d3e4-0123456789abcdef",
        "0064a8b1c2d3e4-0123456789abcde",
        "0064a8b1c2d3e4-0123456789abcdef0",
        "0064A8b1c2d3e4-0123456789abcdef",
        "0064a8b1c2d3e4-0123456789abcdeg",
        "+064a8b1c2d3e4-0123456789abcdef",
        " 064a8b1c2d3e4-0123456789abcdef",
        "0064a8b1c2d3e4-0123456789abcdef\n",
        "0064a8b1c2d3e4-0123-56789abcdef",
    ] {
        assert_eq!(bad.parse::<ReceiptCode>().unwrap_err().code(), "ledger.receipt-code", "{bad:?}");
    }
    assert_eq!(ReceiptCode::of(Time::from_micros(-1), "{}"), None);
    assert_eq!(ReceiptCode::of(Time::from_micros(1 << 56), "{}"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever somebody writes: no part of it is in what is stored.
    #[test]
    fn written_text_never_stands_in_plain(text in "[가-힣]{2,12}( [가-힣]{1,9}){0,3}|[A-Z][a-z]{5,12} [A-Z][a-z]{5,12}") {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let event = Event::public(kind("update.published", TEXT), update()).with("text", Field::salted(text.as_str()));
        let json = runtime.block_on(stored(event)).unwrap();
        for word in text.split(' ').filter(|word| word.chars().count() > 1) {
            prop_assert!(!json.contains(word), "{json}");
        }
    }
}

/// The types of the variants are read from the source: a variant that could hold a person's text does not get past.
#[test]
fn no_field_can_carry_written_text_in_plain() {
    const HARMLESS: [&str; 6] = ["& 'static str", "i64", "Date", "Time", "Ref", "[u8]"];
    let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ledger/event.rs")).unwrap();
    let file = syn::parse_file(&source).unwrap();
    let types = |name: &str| -> Vec<(String, String)> {
        let found = file.items.iter().find_map(|item| match item {
            syn::Item::Enum(found) if found.ident == name => Some(found),
            _ => None,
        });
        found
            .unwrap()
            .variants
            .iter()
            .flat_map(|variant| variant.fields.iter().map(|field| (variant.ident.to_string(), type_text(&field.ty))))
            .collect()
    };
    let plain = types("Plain");
    assert_eq!(plain.len(), 6);
    for (variant, held) in &plain {
        assert!(HARMLESS.contains(&held.as_str()), "Plain::{variant} holds {held}");
    }
    let expected = [
        ("Plain", "Plain"),
        ("Salted", "String"),
        ("Files", "Vec<[u8]>"),
        ("Nullifier", "AccountId"),
        ("Keyed", "[u8]"),
    ];
    assert_eq!(types("Field"), expected.map(|(variant, held)| (variant.to_owned(), held.to_owned())));
}

fn type_text(found: &syn::Type) -> String {
    match found {
        syn::Type::Reference(reference) => {
            let lifetime = reference.lifetime.as_ref().map(|l| format!("'{} ", l.ident)).unwrap_or_default();
            format!("& {lifetime}{}", type_text(&reference.elem))
        }
        syn::Type::Path(path) => {
            let segment = |segment: &syn::PathSegment| match &segment.arguments {
                syn::PathArguments::AngleBracketed(inner) => {
                    let inner = inner.args.iter().map(|inner| match inner {
                        syn::GenericArgument::Type(inner) => type_text(inner),
                        other => format!("{other:?}"),
                    });
                    format!("{}<{}>", segment.ident, inner.collect::<Vec<_>>().join(", "))
                }
                _ => segment.ident.to_string(),
            };
            path.path.segments.iter().map(segment).collect::<Vec<_>>().join("::")
        }
        syn::Type::Array(array) => format!("[{}]", type_text(&array.elem)),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn an_act_that_fails_leaves_nothing() {
    for db in TestDb::both() {
        let refused = act(&db, &ctx(), |tx, ctx| {
            append(tx, ctx, Event::public(kind("update.published", TEXT), update()).with("text", Field::salted("글")))?;
            Err::<(), _>(Error::conflict("test.undone"))
        })
        .await;
        assert_eq!(refused.unwrap_err().code(), "test.undone");
        assert_eq!(sequencer::drain_once(&db, &sequencer::no_folds()).await.unwrap(), 0);
        assert_eq!(act(&db, &ctx(), |tx, _| erase(tx, &update(), None)).await.unwrap(), 0);
    }
}
