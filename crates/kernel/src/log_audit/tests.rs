//! Every alteration of the log is found and named; without one, nothing is.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use madang_base::FixedClock;
use madang_db::testing::TestDb;
use madang_tlog::note::{Algorithm, SigningKey};
use madang_tlog::tile::{Bundle, Resource, Tile};
use madang_tlog::{Checkpoint, cosignature};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};

use super::*;
use crate::kinds::KINDS;
use crate::ledger::{self, Audit, Event, Field, Is, Kind, always, sometimes};
use crate::links::{LinkType, link_add, link_remove};
use crate::log::Integrator;
use crate::object::{ObjectKind, Ref};
use crate::sequencer::{drain_once, no_folds};
use crate::tests::{NOW, account, act, ctx, kind, rng};

const ORIGIN: &str = "log.test";

fn update(n: usize) -> Ref {
    Ref::new(ObjectKind::Update, format!("u-{n}"))
}

fn published() -> &'static Kind {
    kind("update.published", &[sometimes("record", Is::Salted), always("n", Is::Number)])
}

/// A log of 700 leaves in two steps, with links and private events.
struct Site {
    db: TestDb,
    store: Arc<InMemory>,
    tiles: Tiles,
    trust: Trust,
    integrator: Integrator,
}

impl Site {
    async fn new(db: TestDb) -> Self {
        let store = Arc::new(InMemory::new());
        let tiles = Tiles::new(Arc::clone(&store) as Arc<dyn ObjectStore>);
        let signer = SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [7; 32]).unwrap();
        let witness = SigningKey::from_seed("witness.test", Algorithm::Cosignature, [8; 32]).unwrap();
        let (keys, witnesses) = (vec![signer.verifier()], vec![witness.verifier()]);
        let trust = Trust { keys, witnesses, patience: Duration::ZERO };
        let clock = Arc::new(FixedClock::at(NOW));
        let open = Integrator::open(db.clone(), tiles.clone(), Some(signer), clock, rng("log"), Duration::ZERO);
        let site = Self { integrator: open.await, db, store, tiles, trust };
        site.put(0, 300).await;
        site.integrate().await;
        site.cosign(&witness).await;
        site.put(300, 390).await;
        site.linked().await;
        site.integrate().await;
        site
    }

    async fn put(&self, from: usize, many: usize) {
        act(&self.db, &ctx(), move |tx, ctx| {
            for n in from..from + many {
                let made = match n % 7 {
                    0 => Event::private(published(), update(n)),
                    _ => Event::public(published(), update(n)),
                };
                let made = made.with("n", i64::try_from(n).unwrap()).with("record", Field::salted(format!("face {n}")));
                ledger::append(tx, ctx, made)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    }

    async fn linked(&self) {
        act(&self.db, &ctx(), |tx, ctx| {
            for n in 0..5 {
                link_add(tx, ctx, &update(n), LinkType::Answers, &update(n + 1))?;
            }
            link_remove(tx, ctx, &update(0), LinkType::Answers, &update(1))
        })
        .await
        .unwrap();
    }

    async fn integrate(&self) {
        while drain_once(&self.db, &no_folds()).await.unwrap() > 0 {}
        self.integrator.turn().await.unwrap();
    }

    async fn cosign(&self, witness: &SigningKey) {
        let (note, _) = self.tiles.checkpoint().await.unwrap().unwrap();
        let note: madang_tlog::note::Note = note.parse().unwrap();
        let size = Checkpoint::of(&note).unwrap().size;
        let line = cosignature::sign(witness, &note.text, 1_772_323_201).unwrap();
        self.db.batch(&format!(
            "INSERT INTO log_cosignature (size, witness, at, line) VALUES ({size}, 'witness.test', 1772323201000000, '{line}')"
        ));
    }

    async fn audit(&self) -> Audited {
        let mut all = log(&self.db, &self.tiles, &self.trust, &mut |_, _| ()).await.unwrap();
        let audits: [Arc<dyn Audit>; 3] =
            [Arc::new(Feed::new(KINDS.iter().copied().chain([published()]))), Arc::new(Counts), Arc::new(Links)];
        for audit in audits {
            let mut cursor = String::new();
            loop {
                let (audit, from) = (Arc::clone(&audit), cursor.clone());
                let (part, next) = self
                    .db
                    .read(move |tx| {
                        let mut part = Audited::default();
                        let next = audit.check(tx, &from, &mut part)?;
                        Ok((part, next))
                    })
                    .await
                    .unwrap();
                all.add(part);
                match next {
                    Some(next) => cursor = next,
                    None => break,
                }
            }
        }
        all
    }

    /// Alters with `sql`, audits, and puts the table back as it was.
    async fn altered(&self, table: &str, sql: &str) -> Vec<Difference> {
        self.db.batch(&format!("CREATE TABLE kept AS SELECT * FROM {table}"));
        self.db.batch(sql);
        let found = self.audit().await.differences;
        self.db.batch(&format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept; DROP TABLE kept;"));
        found
    }

    async fn clean(&self) {
        assert_eq!(self.audit().await.differences, [], "{}", self.db.engine());
    }
}

async fn sites() -> Vec<Site> {
    let mut out = Vec::new();
    for db in TestDb::both() {
        out.push(Site::new(db).await);
    }
    out
}

/// The object or the file that a difference names.
fn names(found: &[Difference], what: &str) -> bool {
    found.iter().any(|d| d.object == what || d.name == what || d.name.starts_with(&format!("{what} ")))
}

#[tokio::test]
pub(crate) async fn nothing_is_found_where_nothing_was_altered() {
    for site in sites().await {
        let audited = site.audit().await;
        assert_eq!(audited.differences, []);
        let looked = |table: &str| audited.rows.get(table).copied().unwrap_or(0);
        assert_eq!((looked("change"), looked("log_checkpoint"), looked("log_cosignature")), (696, 2, 1));
        assert_eq!((looked("link"), looked("checkpoint"), looked("bundle")), (4, 1, 3));
        assert!(looked("salt") > 690 && looked("folded_count") > 690 && looked("tile") >= 4);
    }
}

#[tokio::test]
pub(crate) async fn what_waits_is_no_difference() {
    for site in sites().await {
        site.put(1000, 5).await;
        site.clean().await;
        while drain_once(&site.db, &no_folds()).await.unwrap() > 0 {}
        site.clean().await;
    }
}

/// As `madang ledger recover` puts lines back that were not public.
#[tokio::test]
pub(crate) async fn lines_that_were_put_back_are_not_covered_and_no_difference() {
    const PUT_BACK: &str = "UPDATE change SET kind = 'opaque', object = 'change:opaque', at = at + 5,
        json = substr(json, 1, 1) || '\"commitment\":\"sha256:' || commitment || '\",\"kind\":\"opaque\",\"v\":1' ||
          substr(json, length(json), 1) WHERE public = 0;";
    for site in sites().await {
        let of_feed = |found: Vec<Difference>| found.into_iter().filter(|d| d.by == "feed").collect::<Vec<_>>();
        assert_eq!(of_feed(site.altered("change", PUT_BACK).await), [], "{}", site.db.engine());
        let other = PUT_BACK.replace("|| commitment ||", "|| '00' ||");
        assert!(!of_feed(site.altered("change", &other).await).is_empty(), "of another commitment");
    }
}

#[tokio::test]
pub(crate) async fn altered_rows_of_the_feed() {
    const CASES: &[(&str, &str, &str)] = &[
        (
            "change",
            "UPDATE change SET json = REPLACE(json, '\"n\":10,', '\"n\":11,') WHERE object = 'update:u-10'",
            "update:u-10",
        ),
        ("change", "UPDATE change SET json = 'no json' WHERE object = 'update:u-10'", "update:u-10"),
        ("change", "UPDATE change SET at = at + 1 WHERE object = 'update:u-10'", "update:u-10"),
        ("change", "UPDATE change SET kind = 'update.corrected' WHERE object = 'update:u-10'", "update:u-10"),
        ("change", "UPDATE change SET object = 'update:u-999' WHERE object = 'update:u-10'", "update:u-10"),
        ("change", "UPDATE change SET public = 0 WHERE object = 'update:u-10'", "update:u-10"),
        ("change", "UPDATE change SET public = 2 WHERE object = 'update:u-10'", "update:u-10"),
        ("change", "UPDATE change SET public = 1 WHERE object = 'update:u-14'", "update:u-14"),
        ("change", "UPDATE change SET commitment = 'aa' WHERE object = 'update:u-10'", "update:u-10"),
        ("change", "UPDATE change SET commitment = NULL WHERE object = 'update:u-14'", "update:u-14"),
        (
            "change",
            "UPDATE change SET json = REPLACE(json, '\"n\":14,', '\"n\":15,') WHERE object = 'update:u-14'",
            "update:u-14",
        ),
        ("change", "DELETE FROM change WHERE object = 'update:u-10'", "update:u-10"),
        ("change", "DELETE FROM change WHERE position = 696", "change 696"),
        (
            "change",
            "UPDATE change SET position = -1 WHERE position = 20; UPDATE change SET position = 20 WHERE position = 21;
             UPDATE change SET position = 21 WHERE position = -1;",
            "change 20",
        ),
        ("change", "UPDATE change SET position = -5 WHERE position = 20", "change -5"),
        (
            "change",
            "INSERT INTO change SELECT 697, at, kind, object, public, json, commitment FROM change WHERE position = 12",
            "change 697",
        ),
        ("salt", "DELETE FROM salt WHERE object = 'update:u-10'", "update:u-10"),
        ("salt", "DELETE FROM salt WHERE object = 'update:u-14' AND field = 'event'", "update:u-14"),
        ("salt", "UPDATE salt SET object = 'update:u-11' WHERE object = 'update:u-10'", "update:u-10"),
        ("salt", "UPDATE salt SET field = 'text' WHERE object = 'update:u-10'", "update:u-10"),
        ("salt", "UPDATE salt SET salt = 'ab' WHERE object = 'update:u-10'", "update:u-10"),
        (
            "salt",
            "UPDATE salt SET salt = '00000000000000000000000000000000' WHERE object = 'update:u-14' AND field = 'event'",
            "update:u-14",
        ),
        ("folded_count", "UPDATE folded_count SET value = value + 1 WHERE object = 'update:u-10'", "update:u-10"),
        ("folded_count", "UPDATE folded_count SET position = 3 WHERE object = 'update:u-10'", "update:u-10"),
        ("folded_count", "DELETE FROM folded_count WHERE object = 'update:u-10'", "update:u-10"),
        ("folded_count", "INSERT INTO folded_count VALUES ('update:u-10', 'update.loved', 7, 3)", "update:u-10"),
        ("link", "DELETE FROM link WHERE source = 'update:u-2'", "update:u-2"),
        ("link", "UPDATE link SET target = 'update:u-9' WHERE source = 'update:u-2'", "update:u-2"),
        ("link", "UPDATE link SET type = 'became' WHERE source = 'update:u-2'", "update:u-2"),
        ("link", "UPDATE link SET created_at = 5 WHERE source = 'update:u-2'", "update:u-2"),
        ("link", "INSERT INTO link VALUES ('update:u-0', 'answers', 'update:u-1', 5, NULL)", "update:u-0"),
    ];
    for site in sites().await {
        for (table, sql, what) in CASES {
            let found = site.altered(table, sql).await;
            assert!(names(&found, what), "{}: {sql}: {found:#?}", site.db.engine());
        }
        site.clean().await;
    }
}

#[tokio::test]
pub(crate) async fn altered_heads_and_checkpoints() {
    const CASES: &[(&str, &str, &str)] = &[
        ("log_head", "UPDATE log_head SET size = 690", "log_head"),
        ("log_head", "DELETE FROM log_head", "log_head"),
        ("log_tree", "UPDATE log_tree SET size = 690", "log_tree"),
        ("log_tree", "UPDATE log_tree SET root = REPLACE(root, SUBSTR(root, 1, 4), 'abcd')", "log_tree"),
        ("log_tree", "UPDATE log_tree SET origin = 'log.other'", "origin"),
        ("log_tree", "UPDATE log_tree SET signed_at = 5", "log_tree"),
        ("log_tree", "DELETE FROM log_tree", "log_tree"),
        ("log_checkpoint", "DELETE FROM log_checkpoint WHERE size = 696", "log_tree"),
        ("log_checkpoint", "DELETE FROM log_checkpoint WHERE size = 300", "log_cosignature"),
        ("log_checkpoint", "UPDATE log_checkpoint SET root = REPLACE(root, SUBSTR(root, 1, 4), 'abcd')", "root"),
        ("log_checkpoint", "UPDATE log_checkpoint SET size = 301 WHERE size = 300", "note"),
        ("log_checkpoint", "UPDATE log_checkpoint SET note = REPLACE(note, '300', '200') WHERE size = 300", "note"),
        ("log_checkpoint", "UPDATE log_checkpoint SET signed_at = 5 WHERE size = 696", "log_tree"),
        ("log_cosignature", "UPDATE log_cosignature SET size = 696", "log_cosignature"),
        ("log_cosignature", "UPDATE log_cosignature SET at = 5", "log_cosignature"),
        ("log_cosignature", "UPDATE log_cosignature SET witness = 'other.test'", "log_cosignature"),
        ("log_cosignature", "UPDATE log_cosignature SET line = 'no line'", "log_cosignature"),
        ("log_key", "DELETE FROM log_key", "log_key"),
        ("log_key", "UPDATE log_key SET vkey = 'log.test+00000000+AAAA'", "log_key"),
        ("log_key", "UPDATE log_key SET first_size = 500", "signature"),
        ("log_key", "UPDATE log_key SET last_size = 400", "signature"),
    ];
    for site in sites().await {
        for (table, sql, what) in CASES {
            let found = site.altered(table, sql).await;
            assert!(found.iter().any(|d| d.what.contains(what)), "{}: {sql}: {found:#?}", site.db.engine());
        }
        site.clean().await;
    }
}

fn flipped(bytes: &Bytes, at: usize) -> Bytes {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1;
    bytes.into()
}

#[tokio::test]
pub(crate) async fn altered_files() {
    for site in sites().await {
        let tile = |level, index, width| Resource::Tile(Tile { level, index, width });
        let bundle = |index, width| Resource::Bundle(Bundle { index, width });
        let all = [
            tile(0, 0, 256),
            tile(0, 1, 256),
            tile(0, 2, 184),
            tile(1, 0, 2),
            bundle(0, 256),
            bundle(1, 256),
            bundle(2, 184),
        ];
        for resource in &all {
            let name = format!("log/{resource}");
            let path = Path::from(name.as_str());
            let kept = site.tiles.stored(resource).await.unwrap().unwrap();
            let other = site.tiles.stored(&all[1]).await.unwrap().unwrap();
            let last = kept.len() - 1;
            for altered in [
                Some(flipped(&kept, 0)),
                Some(flipped(&kept, last)),
                Some(flipped(&kept, last / 2)),
                Some(kept.slice(..last)),
                Some(kept.slice(..0)),
                Some([&kept[..], &kept[..32]].concat().into()),
                Some(other).filter(|other| *other != kept),
                None,
            ] {
                match altered {
                    Some(bytes) => drop(site.store.put(&path, bytes.into()).await.unwrap()),
                    None => site.store.delete(&path).await.unwrap(),
                }
                let found = site.audit().await.differences;
                assert!(names(&found, &name), "{}: {name}: {found:#?}", site.db.engine());
                site.store.put(&path, kept.clone().into()).await.unwrap();
            }
        }
        site.clean().await;
        site.store.put(&Path::from("log/tile/0/099"), vec![0; 256 * 32].into()).await.unwrap();
        assert!(names(&site.audit().await.differences, "log/tile/0/099"));
    }
}

#[tokio::test]
pub(crate) async fn an_old_or_another_checkpoint() {
    for site in sites().await {
        let path = Path::from("log/checkpoint");
        let (kept, _) = site.tiles.checkpoint().await.unwrap().unwrap();
        let old = site.db.query("SELECT note FROM log_checkpoint WHERE size = 300", &[]).unwrap();
        let old: String = old[0].at(0).unwrap();
        let cut = kept[..kept.len() / 2].to_owned();
        let other = kept.replace("696", "697");
        for (bytes, what) in [
            (Some(old), "old checkpoint"),
            (Some(cut), "checkpoint"),
            (Some(other), "checkpoint"),
            (None, "checkpoint"),
        ] {
            match bytes {
                Some(bytes) => drop(site.store.put(&path, bytes.into_bytes().into()).await.unwrap()),
                None => site.store.delete(&path).await.unwrap(),
            }
            let found = site.audit().await.differences;
            assert!(found.iter().any(|d| d.what == what && d.name == "log/checkpoint"), "{found:#?}");
        }
        site.store.put(&path, kept.into_bytes().into()).await.unwrap();
        site.clean().await;
    }
}

#[tokio::test]
pub(crate) async fn a_salt_is_only_gone_when_an_act_erased_it() {
    for site in sites().await {
        let erased = kind("account.deleted", &[]);
        act(&site.db, &ctx(), move |tx, ctx| {
            let made = Event::private(published(), Ref::new(ObjectKind::Account, account(3)));
            ledger::append(tx, ctx, made.with("n", 1).with("record", Field::salted("a person")))
        })
        .await
        .unwrap();
        site.integrate().await;
        act(&site.db, &ctx(), move |tx, ctx| {
            let object = Ref::new(ObjectKind::Account, account(3));
            ledger::erase(tx, &object, None)?;
            ledger::append(tx, ctx, Event::private(erased, object))
        })
        .await
        .unwrap();
        site.clean().await;
        site.integrate().await;
        site.clean().await;
        let found = site.altered("salt", &format!("DELETE FROM salt WHERE object = 'account:{}'", account(3))).await;
        assert!(found.iter().any(|d| d.what == "salt"), "the salt of the erasing event itself: {found:?}");
    }
}
