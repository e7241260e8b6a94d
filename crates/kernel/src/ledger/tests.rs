//! What may never stand in the ledger, and the one spelling of what does.

use std::path::Path;

use madang_base::Kind;
use madang_db::testing::TestDb;
use proptest::prelude::*;

use super::*;
use crate::object::ObjectKind;
use crate::tests::{account, act, ctx};
use crate::{change, sequencer};

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
    let event = Event::public("update.published", update())
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

#[test]
fn text_is_escaped_as_rfc_8785_says() {
    let text = "\u{8}\t\n\u{c}\r\"\\\u{1}\u{1f}/€😂\u{7f}가";
    let json = canonical::write(&Json::Text(text.into())).unwrap();
    assert_eq!(json, "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0001\\u001f/€😂\u{7f}가\"");
}

#[tokio::test]
async fn the_same_text_never_has_the_same_digest_twice() {
    let event = || Event::public("update.published", update()).with("text", Field::salted("같은 글"));
    let db = TestDb::sqlite();
    let both = [event(), event()];
    act(&db, &ctx(), move |tx, ctx| both.iter().try_for_each(|event| append(tx, ctx, event.clone()))).await.unwrap();
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
    let event = Event::public("update.published", here).with("who", Field::Nullifier(account(1)));
    let json = stored(event).await.unwrap();
    assert!(json.contains(&format!("\"who\":\"nullifier:{mine}\"")), "{json}");
    assert!(!json.contains(&account(1).to_string()));
}

#[tokio::test]
async fn defects_are_refused() {
    let public = |kind, object| Event::public(kind, object);
    for event in [
        public("update.published", Ref::new(ObjectKind::Account, "a")),
        public("update.published", Ref::new(ObjectKind::Update, "홍길동")),
        public("update.published", update()).with("who", Ref::new(ObjectKind::Session, "s")),
        public("update.published", update()).with("of", Ref::new(ObjectKind::Plan, "서울 시민")),
        public("update.published", update()).with("n", 1 << 53),
        public("update.published", update()).with("n", i64::MIN),
        public("update.published", update()).with("n", 1).with("n", 2),
        public("update.published", update()).with("이름", 1),
        public("", update()),
    ] {
        let refused = stored(event.clone()).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::Internal, "{event:?}");
    }
    let largest = public("update.published", update()).with("n", (1 << 53) - 1);
    assert!(stored(largest).await.unwrap().contains("9007199254740991"));
    assert!(stored(Event::private("account.deleted", Ref::new(ObjectKind::Account, "a"))).await.is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever somebody writes: no part of it is in what is stored.
    #[test]
    fn written_text_never_stands_in_plain(text in "[가-힣]{2,12}( [가-힣]{1,9}){0,3}|[A-Z][a-z]{5,12} [A-Z][a-z]{5,12}") {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let event = Event::public("update.published", update()).with("text", Field::salted(text.as_str()));
        let json = runtime.block_on(stored(event)).unwrap();
        for word in text.split(' ').filter(|word| word.chars().count() > 1) {
            prop_assert!(!json.contains(word), "{json}");
        }
    }
}

/// The types of the variants are read from the source: a variant that could hold a person's text does not get past.
#[test]
fn no_field_can_carry_written_text_in_plain() {
    const HARMLESS: [&str; 5] = ["& 'static str", "i64", "Date", "Time", "Ref"];
    let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ledger/mod.rs")).unwrap();
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
    assert_eq!(plain.len(), 5);
    for (variant, held) in &plain {
        assert!(HARMLESS.contains(&held.as_str()), "Plain::{variant} holds {held}");
    }
    let expected = [("Plain", "Plain"), ("Salted", "String"), ("Nullifier", "AccountId"), ("Keyed", "[u8]")];
    assert_eq!(types("Field"), expected.map(|(variant, held)| (variant.to_owned(), held.to_owned())));
}

fn type_text(found: &syn::Type) -> String {
    match found {
        syn::Type::Reference(reference) => {
            let lifetime = reference.lifetime.as_ref().map(|l| format!("'{} ", l.ident)).unwrap_or_default();
            format!("& {lifetime}{}", type_text(&reference.elem))
        }
        syn::Type::Path(path) => {
            path.path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>().join("::")
        }
        syn::Type::Array(array) => format!("[{}]", type_text(&array.elem)),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn an_act_that_fails_leaves_nothing() {
    for db in TestDb::both() {
        let refused = act(&db, &ctx(), |tx, ctx| {
            append(tx, ctx, Event::public("update.published", update()).with("text", Field::salted("글")))?;
            Err::<(), _>(Error::conflict("test.undone"))
        })
        .await;
        assert_eq!(refused.unwrap_err().code(), "test.undone");
        assert_eq!(sequencer::drain_once(&db, &sequencer::no_folds()).await.unwrap(), 0);
        assert_eq!(act(&db, &ctx(), |tx, _| erase(tx, &update(), None)).await.unwrap(), 0);
    }
}
