//! Every kind has its words and its line in the documentation, and no event of any kind lets a person's text through.

mod story;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::date;
use madang_base::{Error, Id, SeededRng, Time};
use madang_db::testing::TestDb;
use madang_kernel::ledger::{self, Counted, Event, Field, Is, Shown};
use madang_kernel::{AccountId, Ctx, Keys, ObjectKind, Ref, digest};

use super::*;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn every_declared_kind_is_in_the_list() {
    for (krate, listed) in [
        ("kernel", madang_kernel::kinds::KINDS),
        ("identity", madang_identity::kinds::KINDS),
        ("plans", madang_plans::kinds::KINDS),
        ("cases", madang_cases::kinds::KINDS),
        ("newsletter", madang_newsletter::kinds::KINDS),
    ] {
        let source = read(&format!("crates/{krate}/src/kinds.rs"));
        let declared = source.lines().filter(|line| line.starts_with("pub const ") && line.contains(": Kind")).count();
        assert_eq!(listed.len(), declared, "{krate}: KINDS lacks a kind");
    }
    let names: BTreeSet<_> = kinds().map(|kind| kind.name).collect();
    assert_eq!(names.len(), kinds().count(), "two kinds of one name");
    for found in kinds() {
        assert_eq!(kind(found.name).map(|kind| kind.name), Some(found.name));
        let fields: BTreeSet<_> = found.fields.iter().map(|field| field.name).collect();
        assert_eq!(fields.len(), found.fields.len(), "{}: two fields of one name", found.name);
        let personal = found.objects.iter().any(|object| object.personal());
        assert!(!personal || found.shown == Shown::Never || found.objects == ObjectKind::ALL, "{}", found.name);
    }
    assert_eq!(kind("nothing.done"), None);
}

#[test]
fn every_kind_and_field_has_its_words() {
    let mut keys = BTreeSet::from(["ledger-kind-opaque".to_owned()]);
    for kind in kinds() {
        keys.insert(format!("ledger-kind-{}", kind.name.replace('.', "-")));
        for field in kind.fields {
            keys.insert(format!("ledger-field-{}", field.name));
        }
    }
    let types =
        [Is::Code, Is::Number, Is::Date, Is::Time, Is::Object, Is::Digest, Is::Salted, Is::Files, Is::Nullifier];
    keys.extend(types.map(|is| format!("ledger-type-{}", is.code())));
    for locale in ["ko", "en"] {
        let text = read(&format!("locales/{locale}/ledger.ftl"));
        let there: BTreeMap<_, _> = text.lines().filter_map(|line| line.split_once(" = ")).collect();
        for key in &keys {
            assert!(there.get(key.as_str()).is_some_and(|text| !text.trim().is_empty()), "{locale}: {key} is missing");
        }
        for key in there.keys() {
            assert!(keys.contains(*key), "{locale}: nobody needs {key}");
        }
    }
}

/// The table of `docs/ledger.md`.
fn table() -> String {
    let mut out = String::from("| kind | about | seen | fields | counted |\n|---|---|---|---|---|\n");
    for kind in kinds() {
        let about = match kind.objects {
            all if all == ObjectKind::ALL => "anything that is no person’s".to_owned(),
            some => some.iter().map(|object| object.code()).collect::<Vec<_>>().join(", "),
        };
        let seen = match kind.shown {
            Shown::Always => "always",
            Shown::Never => "never",
            Shown::WithObject => "with its object",
        };
        let field = |field: &ledger::FieldSpec| {
            let sign = if field.always { "" } else { "?" };
            format!("`{}`{sign} {}", field.name, field.is.code())
        };
        let fields = kind.fields.iter().map(field).collect::<Vec<_>>().join(", ");
        let counted = match kind.counted {
            Counted::By(name) => format!("by `{name}`"),
            Counted::Not(why) => format!("no: {why}"),
        };
        let _ = writeln!(out, "| `{}` | {about} | {seen} | {fields} | {counted} |", kind.name);
    }
    out
}

#[test]
fn the_documentation_has_every_kind() {
    let made = table();
    let doc = read("docs/ledger.md");
    let found: Vec<&str> = doc.split("### Kinds of events").nth(1).unwrap_or_default().lines().collect();
    let found: Vec<&str> =
        found.into_iter().skip_while(|l| !l.starts_with('|')).take_while(|l| l.starts_with('|')).collect();
    let wanted: Vec<&str> = made.lines().collect();
    assert!(found == wanted, "docs/ledger.md, section \"Kinds of events\", must have this table:\n\n{made}");
}

const HOSTILE: [&str; 5] =
    ["홍길동", "gildong@example.org", "010-2345-6789", "\",\"who\":\"홍길동\"}", "Seoul 종로구 효자로 12, 3동 401호"];

fn account() -> AccountId {
    Id::new(Time::from_micros(1_700_000_000_000_000), &SeededRng::new(b"hostile"))
}

fn file() -> [u8; 32] {
    digest::unhex(&digest::sha256(HOSTILE[0].as_bytes())).unwrap().try_into().unwrap()
}

fn harmless(kind: &'static Kind, hostile: &str) -> Event {
    let object = Ref::new(kind.objects[0], "0198-a");
    let event = match kind.shown {
        Shown::Always | Shown::WithObject => Event::public(kind, object),
        Shown::Never => Event::private(kind, object),
    };
    kind.fields.iter().fold(event, |event, field| match field.is {
        Is::Code => event.with(field.name, "web"),
        Is::Number => event.with(field.name, 7),
        Is::Date => event.with(field.name, date(2026, 3, 1)),
        Is::Time => event.with(field.name, Time::from_micros(7)),
        Is::Object => event.with(field.name, Ref::new(ObjectKind::Plan, "kr-2021")),
        Is::Digest => event.with(field.name, Field::digest(&"ab".repeat(32)).unwrap()),
        Is::Salted => event.with(field.name, Field::salted(hostile)),
        Is::Files => event.with(field.name, Field::Files(vec![file()])),
        Is::Nullifier => event.with(field.name, Field::Nullifier(account())),
    })
}

/// The leaf of an event, as it would stand in the log.
async fn leaf(db: &TestDb, event: Event) -> Result<String, Error> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let rng = Arc::new(SeededRng::new(&COUNT.fetch_add(1, Ordering::SeqCst).to_be_bytes()));
    let ctx = Ctx::system(Time::from_micros(7), rng, Arc::new(Keys::generate(&SeededRng::new(b"keys"))));
    db.write(move |tx| ledger::append(tx, &ctx, event.clone())).await?;
    let rows = db.query("SELECT public, json, commitment FROM inbox ORDER BY id DESC LIMIT 1", &[]).unwrap();
    let json: String = rows[0].get("json")?;
    let commitment: Option<String> = rows[0].get("commitment")?;
    ledger::entry(rows[0].get("public")?, &json, commitment.as_deref())
}

#[tokio::test]
async fn no_event_of_any_kind_lets_a_persons_text_through() {
    let db = TestDb::sqlite();
    for kind in kinds() {
        for hostile in HOSTILE {
            let leaf = leaf(&db, harmless(kind, hostile)).await.unwrap();
            for piece in HOSTILE.iter().flat_map(|text| text.split([' ', '"', ','])).filter(|piece| piece.len() > 5) {
                assert!(!leaf.contains(piece), "{}: {leaf}", kind.name);
            }
            assert!(!leaf.contains(&account().to_string()), "{}: {leaf}", kind.name);
            assert!(!leaf.contains(&digest::hex(&file())), "{}: the file's own digest", kind.name);
            assert!(!leaf.contains(&digest::sha256(hostile.as_bytes())), "{}: a digest without salt", kind.name);
            if kind.shown == Shown::Never {
                assert!(leaf.contains(r#""kind":"opaque""#) && !leaf.contains(kind.name), "{leaf}");
            }
        }
    }
}

/// What looks like a word or a name of the program and is none is refused, whatever field it is put into.
#[tokio::test]
async fn no_plain_field_of_any_kind_takes_written_text() {
    let db = TestDb::sqlite();
    for kind in kinds() {
        for (at, spec) in kind.fields.iter().enumerate() {
            for hostile in HOSTILE {
                let text: &'static str = hostile;
                let mut others: Vec<Field> = vec![Ref::new(ObjectKind::Plan, hostile).into()];
                match spec.is {
                    Is::Code if hostile.is_ascii() && !hostile.contains(['@', '"']) => {}
                    Is::Salted => others.push(text.into()),
                    _ => others.extend([text.into(), Field::salted(hostile)]),
                }
                if spec.is == Is::Object && hostile.is_ascii() && !hostile.contains(['@', '"']) {
                    others.remove(0);
                }
                for other in others {
                    let mut event = harmless(kind, "글");
                    event.fields[at].1 = other;
                    assert!(leaf(&db, event.clone()).await.is_err(), "{event:?}");
                }
            }
        }
        let object = Event { object: Ref::new(kind.objects[0], "홍길동"), ..harmless(kind, "글") };
        assert!(leaf(&db, object).await.is_err(), "{}", kind.name);
        let personal =
            Event { object: Ref::new(ObjectKind::Account, account()), public: true, ..harmless(kind, "글") };
        assert!(leaf(&db, personal).await.is_err(), "{}", kind.name);
        let more = harmless(kind, "글").with("name", Field::salted("홍길동"));
        assert!(leaf(&db, more).await.is_err(), "{}: a field that is not declared", kind.name);
        for left_out in kind.fields.iter().filter(|field| field.always) {
            let mut event = harmless(kind, "글");
            event.fields.retain(|(name, _)| *name != left_out.name);
            assert!(leaf(&db, event).await.is_err(), "{} without {}", kind.name, left_out.name);
        }
    }
}
