//! Witnesses that behave, and witnesses that do not.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use madang_base::{FixedClock, Time};
use madang_db::params;
use madang_db::testing::TestDb;
use madang_tlog::note::{Note, SigningKey};
use madang_tlog::tile::{Resource, tile_bytes};
use madang_tlog::witness::{AddCheckpoint, Seen, decide};
use madang_tlog::{Checkpoint, Edge, Hash, cosignature, leaf_hash};

use super::*;
use crate::log::state::Gate;
use crate::log::tiles::Tiles;
use crate::wake;

const ORIGIN: &str = "site.example/log";
const NAME: &str = "witness.example";
const NOW: i64 = 1_700_000_000;

/// How a witness answers instead of as it should.
enum Bad {
    Status(u16),
    Body(u16, Vec<u8>),
    OtherKey,
    OtherText,
    OtherTime(i64),
    Never,
}

/// A witness in this process.
struct FakeWitness {
    key: SigningKey,
    log: SigningKey,
    seen: Mutex<Option<Seen>>,
    bad: Mutex<VecDeque<Bad>>,
    asked: Mutex<Vec<String>>,
    status: Mutex<String>,
}

impl FakeWitness {
    fn sign(&self, key: &SigningKey, text: &str, at: i64) -> Reply {
        let line = cosignature::sign(key, text, u64::try_from(at).unwrap()).unwrap();
        Reply { status: 200, body: format!("{line}\n").into_bytes() }
    }

    fn answer(&self, body: &str) -> Result<Reply> {
        let request: AddCheckpoint = body.parse().expect("what we send is in order");
        let other = SigningKey::from_seed(NAME, Algorithm::Cosignature, [99; 32]).unwrap();
        match self.bad.lock().unwrap().pop_front() {
            Some(Bad::Status(status)) => return Ok(Reply { status, body: b"no\n".to_vec() }),
            Some(Bad::Body(status, body)) => return Ok(Reply { status, body }),
            Some(Bad::OtherKey) => return Ok(self.sign(&other, &request.checkpoint.text, NOW)),
            Some(Bad::OtherText) => {
                let text = Checkpoint::new(ORIGIN, 1, Hash([1; 32])).text().unwrap();
                return Ok(self.sign(&self.key, &text, NOW));
            }
            Some(Bad::OtherTime(at)) => return Ok(self.sign(&self.key, &request.checkpoint.text, at)),
            Some(Bad::Never) => return Err(Error::unavailable("witness.slow")),
            None => {}
        }
        let mut seen = self.seen.lock().unwrap();
        match decide(seen.as_ref(), &[self.log.verifier()], &request) {
            Ok(next) => {
                *seen = Some(next);
                Ok(self.sign(&self.key, &request.checkpoint.text, NOW))
            }
            Err(refusal) => Ok(Reply { status: refusal.status(), body: refusal.body().into_bytes() }),
        }
    }
}

impl WitnessCaller for FakeWitness {
    fn post<'a>(&'a self, url: &'a str, body: String, _: usize, _: Duration) -> BoxFuture<'a, Result<Reply>> {
        assert_eq!(url, "https://witness.example/w/add-checkpoint");
        self.asked.lock().unwrap().push(body.clone());
        Box::pin(async move { self.answer(&body) })
    }

    fn get<'a>(&'a self, url: &'a str, _: usize, _: Duration) -> BoxFuture<'a, Result<Reply>> {
        assert_eq!(url, "https://witness.example/w/status.json");
        let body = self.status.lock().unwrap().clone().into_bytes();
        Box::pin(async move { Ok(Reply { status: 200, body }) })
    }
}

struct World {
    db: Db,
    tiles: Tiles,
    gate: Gate,
    log_key: SigningKey,
    witness: Arc<FakeWitness>,
    _test: TestDb,
}

impl World {
    fn all() -> Vec<Self> {
        TestDb::both().into_iter().map(Self::new).collect()
    }

    fn new(test: TestDb) -> Self {
        let log = SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [1; 32]).unwrap();
        let witness = FakeWitness {
            key: SigningKey::from_seed(NAME, Algorithm::Cosignature, [2; 32]).unwrap(),
            log: log.clone(),
            seen: Mutex::default(),
            bad: Mutex::default(),
            asked: Mutex::default(),
            status: Mutex::default(),
        };
        let gate = Gate::open();
        gate.set(LogState::Running);
        Self { db: test.clone(), tiles: Tiles::memory(), gate, log_key: log, witness: Arc::new(witness), _test: test }
    }

    /// The log has `size` leaves and has signed them.
    async fn publish(&self, size: u64) {
        let (mut edge, mut full) = (Edge::new(), Vec::new());
        for leaf in 0..size {
            edge.push(leaf_hash(format!("leaf {leaf}").as_bytes()), &mut full);
        }
        full.extend(edge.partial());
        for (tile, hashes) in full {
            self.tiles.put(&Resource::Tile(tile), Bytes::from(tile_bytes(&hashes))).await.unwrap();
        }
        let root = edge.root();
        let note = Note::sign(Checkpoint::new(ORIGIN, size, root).text().unwrap(), &[&self.log_key]).unwrap();
        let (size_sql, root, note) = (i64::try_from(size).unwrap(), root.hex(), note.to_string());
        self.db
            .write(move |tx| {
                tx.exec(
                    "INSERT INTO log_checkpoint (size, root, signed_at, note) VALUES ($1, $2, $3, $4)",
                    params![size_sql, &root, size_sql, &note],
                )
            })
            .await
            .unwrap();
        self.gate.reached(size);
    }

    fn cosign(&self) -> Cosign {
        let log = Log::new(self.db.clone(), self.tiles.clone(), self.gate.clone());
        let clock = Arc::new(FixedClock::at(Time::from_micros(NOW * 1_000_000)));
        let vkey = self.witness.key.verifier().to_string();
        let address = WitnessAddress::new(NAME, "https://witness.example/w/", &vkey).unwrap();
        let pace = Pace {
            every: Duration::from_millis(1),
            first_pause: Duration::from_millis(1),
            longest_pause: Duration::from_millis(5),
            audits: Duration::from_millis(5),
            ..Pace::default()
        };
        Cosign::new(self.db.clone(), log, clock, self.witness.clone(), vec![address]).with_pace(pace)
    }

    async fn ask(&self, known: &mut ask::Known) -> Result<bool> {
        let cosign = self.cosign();
        let address = cosign.witnesses[0].clone();
        cosign.ask(&address, known).await
    }

    async fn state(&self) -> crate::log::WitnessState {
        self.cosign().log.witnesses().await.unwrap().remove(0)
    }

    async fn lines(&self) -> Vec<(u64, String)> {
        let published = self.cosign().log.published().await.unwrap().unwrap();
        published.cosigned.into_iter().map(|cosigned| (published.size, cosigned.line)).collect()
    }

    fn asked(&self) -> usize {
        self.witness.asked.lock().unwrap().len()
    }
}

#[tokio::test]
pub(crate) async fn each_new_checkpoint_is_cosigned_and_stands_under_the_log_s_own() {
    for world in World::all() {
        let mut known = ask::Known::default();
        for size in [1, 2, 256, 300, 600] {
            world.publish(size).await;
            assert!(world.ask(&mut known).await.unwrap());
            assert!(!world.ask(&mut known).await.unwrap(), "once");
            let state = world.state().await;
            assert_eq!((state.witness.as_str(), state.size, state.error), (NAME, size, None));
            assert_eq!(state.cosigned_at.unwrap().micros(), NOW * 1_000_000);
            let (note, _) = world.tiles.checkpoint().await.unwrap().unwrap();
            let note: Note = note.parse().unwrap();
            let keys = [world.log_key.verifier(), world.witness.key.verifier()];
            assert_eq!(note.verify(&keys).unwrap(), [0, 1], "also in the stored file");
        }
        assert_eq!(world.asked(), 5, "one request each: the size was right");
        known.renew();
        assert!(world.ask(&mut known).await.unwrap());
        // A start remembers how far it was.
        world.publish(700).await;
        assert!(world.ask(&mut ask::Known::default()).await.unwrap());
        assert_eq!(world.asked(), 7);
    }
}

#[tokio::test]
pub(crate) async fn a_witness_that_knows_another_size_is_asked_again_with_that() {
    for world in World::all() {
        for size in [10, 300, 700] {
            world.publish(size).await;
            assert!(world.ask(&mut ask::Known::default()).await.unwrap());
        }
        // Our table was lost: from 0 on.
        world.db.write(|tx| tx.exec("DELETE FROM log_witness", params![])).await.unwrap();
        world.publish(900).await;
        let before = world.asked();
        assert!(world.ask(&mut ask::Known::default()).await.unwrap());
        assert_eq!(world.asked() - before, 2, "0 was wrong, the size that it named was right");
        // It knows more than we have: said, and nothing happens.
        *world.witness.seen.lock().unwrap() = Some(Seen { size: 5000, root: Hash([3; 32]) });
        world.publish(901).await;
        let error = world.ask(&mut ask::Known::default()).await.unwrap_err();
        assert_eq!(error.code(), "witness.ahead");
        assert_eq!(world.state().await.error.unwrap(), "witness.ahead: 5000");
        assert_eq!(world.state().await.size, 900);
    }
}

#[tokio::test]
pub(crate) async fn nothing_that_a_witness_says_is_believed_unless_it_verifies() {
    let other_line = {
        let key = SigningKey::from_seed("other.example", Algorithm::Cosignature, [3; 32]).unwrap();
        let text = Checkpoint::new(ORIGIN, 10, Hash([0; 32])).text().unwrap();
        format!("{}\n", cosignature::sign(&key, &text, 5).unwrap()).into_bytes()
    };
    for world in World::all() {
        world.publish(10).await;
        let cases: Vec<(Bad, &str)> = vec![
            (Bad::OtherKey, "witness.signature"),
            (Bad::OtherText, "witness.signature"),
            (Bad::OtherTime(NOW + 90_000), "witness.clock"),
            (Bad::OtherTime(5), "witness.clock"),
            (Bad::OtherTime(i64::MAX), "witness.clock"),
            (Bad::Body(200, other_line.clone()), "witness.signature"),
            (Bad::Body(200, Vec::new()), "witness.answer"),
            (Bad::Body(200, b"<html>".to_vec()), "witness.answer"),
            (Bad::Body(200, vec![0xff; 9000]), "witness.answer"),
            (Bad::Body(409, b"x".to_vec()), "witness.conflict"),
            (Bad::Body(409, b"0\n".to_vec()), "witness.conflict"),
            (Bad::Body(409, b"99999999999999999999999\n".to_vec()), "witness.conflict"),
            (Bad::Body(409, b"11\n".to_vec()), "witness.ahead"),
            (Bad::Status(422), "witness.status"),
            (Bad::Status(503), "witness.status"),
            (Bad::Status(302), "witness.status"),
            (Bad::Never, "witness.slow"),
        ];
        for (bad, code) in cases {
            world.witness.bad.lock().unwrap().push_back(bad);
            let error = world.ask(&mut ask::Known::default()).await.unwrap_err();
            assert_eq!(error.code(), code);
            assert_eq!(world.lines().await, []);
            assert!(world.state().await.error.unwrap().starts_with(code));
        }
        // One that leads us about by sizes is left soon.
        for n in 1..=9 {
            world.witness.bad.lock().unwrap().push_back(Bad::Body(409, format!("{n}\n").into_bytes()));
        }
        let before = world.asked();
        assert_eq!(world.ask(&mut ask::Known::default()).await.unwrap_err().code(), "witness.conflict");
        assert_eq!(world.asked() - before, 4);
        // And once it behaves, it counts.
        world.witness.bad.lock().unwrap().clear();
        assert!(world.ask(&mut ask::Known::default()).await.unwrap());
        assert_eq!((world.lines().await.len(), world.state().await.error), (1, None));
    }
}

#[tokio::test]
pub(crate) async fn what_a_witness_has_read_is_noted_and_rubbish_is_not() {
    for world in World::all() {
        world.publish(10).await;
        let cosign = world.cosign();
        let address = cosign.witnesses[0].clone();
        let say = |text: &str| text.clone_into(&mut world.witness.status.lock().unwrap());
        for bad in
            ["", "[1]", "{\"logs\":[{}]}", "{\"logs\":[{\"origin\":\"site.example/log\",\"audit\":{\"size\":-1}}]}"]
        {
            say(bad);
            assert!(cosign.read_audit(&address).await.is_err(), "{bad}");
        }
        say("{\"logs\":[{\"origin\":\"other\",\"audit\":{\"size\":1,\"at\":\"2026-01-01T00:00:00Z\",\"ok\":true}}]}");
        assert!(!cosign.read_audit(&address).await.unwrap());
        let of = |rest: &str| {
            format!(
                "{{\"logs\":[{{\"origin\":\"{ORIGIN}\",\"audit\":{{\"size\":9,\"at\":\"2026-01-01T00:00:00Z\",{rest}}}}}]}}"
            )
        };
        say(&of("\"ok\":true,\"finding\":null"));
        assert!(cosign.read_audit(&address).await.unwrap());
        let state = world.state().await;
        assert_eq!((state.audited_size, state.audit.as_deref()), (Some(9), Some("ok")));
        assert_eq!(state.audited_at, Some(Time::parse("2026-01-01T00:00:00Z").unwrap()));
        say(&of("\"ok\":false,\"finding\":{\"path\":\"tile/entries/000\"}"));
        cosign.read_audit(&address).await.unwrap();
        assert!(world.state().await.audit.unwrap().contains("tile/entries/000"));
        say(&of(&format!("\"ok\":false,\"finding\":\"{}\"", "가".repeat(5000))));
        cosign.read_audit(&address).await.unwrap();
        assert!(world.state().await.audit.unwrap().chars().count() <= 500);
    }
}

#[tokio::test]
pub(crate) async fn the_loop_goes_on_behind_a_bad_witness_and_only_where_the_log_is_built() {
    let world = World::new(TestDb::sqlite());
    world.gate.set(LogState::Following);
    world.publish(5).await;
    for _ in 0..3 {
        world.witness.bad.lock().unwrap().push_back(Bad::Status(500));
    }
    let (stopper, stop) = wake::stop();
    let cosign = world.cosign();
    let ended = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&ended);
    let running = tokio::spawn(async move {
        cosign.run(stop).await;
        flag.store(true, Ordering::SeqCst);
    });
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert_eq!(world.asked(), 0, "another node builds the log");
    world.gate.set(LogState::Running);
    for size in [6, 7, 300] {
        world.publish(size).await;
        let mut cosigned = 0;
        for _ in 0..200 {
            tokio::time::sleep(Duration::from_millis(10)).await;
            cosigned = world.cosign().log.witnesses().await.unwrap().first().map_or(0, |state| state.size);
            if cosigned == size {
                break;
            }
        }
        assert_eq!(cosigned, size);
    }
    stopper.set();
    tokio::time::timeout(Duration::from_secs(5), running).await.unwrap().unwrap();
    assert!(ended.load(Ordering::SeqCst));
}

#[test]
fn an_address_has_the_key_that_it_says() {
    let key = SigningKey::from_seed(NAME, Algorithm::Cosignature, [2; 32]).unwrap().verifier().to_string();
    let log = SigningKey::from_seed(NAME, Algorithm::Ed25519, [2; 32]).unwrap().verifier().to_string();
    assert_eq!(WitnessAddress::new(NAME, "https://a.example/", &key).unwrap().url, "https://a.example");
    for (name, vkey, code) in
        [(NAME, log.as_str(), "witness.key"), (NAME, "x", "witness.key"), ("b", &key, "witness.name")]
    {
        assert_eq!(WitnessAddress::new(name, "https://a.example", vkey).unwrap_err().code(), code);
    }
}
