//! A log that grows, the witness that follows it, and every request that the witness must refuse.

use madang_tlog::note::{Algorithm, Note, SigningKey, VerifierKey};
use madang_tlog::proof::consistency;
use madang_tlog::witness::{AddCheckpoint, Refusal, Seen, decide, decide_for};
use madang_tlog::{Checkpoint, Error, Hash, TileSet, empty_root};

use crate::naive::{Grown, Naive};

const ORIGIN: &str = "log.example/one";

struct Log {
    tree: Naive,
    tiles: TileSet,
    key: SigningKey,
}

impl Log {
    fn new() -> Self {
        let tree = Naive::new(1000);
        let tiles = Grown::to(&tree.leaves).tiles();
        Self { tree, tiles, key: SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [1; 32]).unwrap() }
    }

    fn root(&self, size: usize) -> Hash {
        if size == 0 { empty_root() } else { self.tree.hash(0, size) }
    }

    fn keys(&self) -> Vec<VerifierKey> {
        let other = SigningKey::from_seed("log.example/other", Algorithm::Ed25519, [3; 32]).unwrap();
        vec![other.verifier(), self.key.verifier()]
    }

    fn sign(&self, size: usize, root: Hash) -> Note {
        Note::sign(Checkpoint::new(ORIGIN, size as u64, root).text().unwrap(), &[&self.key]).unwrap()
    }

    fn request(&self, old: usize, new: usize) -> AddCheckpoint {
        let proof = consistency(old as u64, new as u64, &Grown::to(&self.tree.leaves[..new]).tiles()).unwrap();
        AddCheckpoint { old: old as u64, proof, checkpoint: self.sign(new, self.root(new)) }
    }

    fn seen(&self, size: usize) -> Seen {
        Seen { size: size as u64, root: self.root(size) }
    }
}

#[test]
fn a_witness_follows_a_log_that_only_grows() {
    let (log, mut seen) = (Log::new(), None);
    for (old, new) in [(0, 0), (0, 1), (1, 1), (1, 2), (2, 255), (255, 256), (256, 257), (257, 999), (999, 1000)] {
        let request: AddCheckpoint = log.request(old, new).to_string().parse().unwrap();
        let next = decide(seen.as_ref(), &log.keys(), &request).unwrap();
        assert_eq!(next, log.seen(new));
        seen = Some(next);
    }
    assert!(log.tiles.get(&madang_tlog::tile::Tile { level: 0, index: 0, width: 256 }).is_some());
}

#[test]
fn what_the_protocol_refuses_is_refused_with_its_status() {
    let log = Log::new();
    let (seen, keys) = (log.seen(100), log.keys());
    let ask = |request: &AddCheckpoint| decide(Some(&seen), &keys, request).unwrap_err();

    let mut request = log.request(100, 200);
    assert_eq!(decide(Some(&seen), &keys[..1], &request).unwrap_err().status(), 404, "unknown log");
    let stranger = SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [9; 32]).unwrap();
    assert_eq!(decide(Some(&seen), &[stranger.verifier()], &request).unwrap_err().status(), 403, "unknown key");
    request.checkpoint.text = request.checkpoint.text.replace("200", "201");
    assert_eq!(ask(&request).status(), 403, "signature of another text");
    request.checkpoint.text = "no checkpoint\n".to_owned();
    assert_eq!(decide_for("no checkpoint", Some(&seen), &keys, &request).unwrap_err().status(), 400);

    let smaller = AddCheckpoint { old: 100, ..log.request(50, 50) };
    assert_eq!(ask(&smaller), Refusal::Malformed(Error::Shrunk { old: 100, new: 50 }));
    assert_eq!(ask(&smaller).status(), 400);

    for old in [0, 50, 99, 101] {
        let refusal = ask(&log.request(old, 200));
        assert_eq!(refusal, Refusal::Conflict { size: 100 });
        assert_eq!(
            (refusal.status(), refusal.body().as_str(), refusal.content_type()),
            (409, "100\n", "text/x.tlog.size")
        );
    }
    assert_eq!(decide(None, &keys, &log.request(1, 200)), Err(Refusal::Conflict { size: 0 }));

    let fork = AddCheckpoint { old: 100, proof: Vec::new(), checkpoint: log.sign(100, log.root(99)) };
    let refusal = ask(&fork);
    assert!(matches!(refusal, Refusal::Forked { size: 100, .. }), "{refusal}");
    assert_eq!((refusal.status(), refusal.content_type()), (409, "text/plain; charset=utf-8"));

    let mut wrong = log.request(100, 200);
    wrong.proof.pop();
    assert_eq!(ask(&wrong).status(), 422, "a proof too short");
    let forked = AddCheckpoint { checkpoint: log.sign(200, log.root(199)), ..log.request(100, 200) };
    assert_eq!(ask(&forked).status(), 422, "another tree");
    let extra = AddCheckpoint { proof: vec![log.root(1)], ..log.request(100, 100) };
    assert_eq!(ask(&extra).status(), 422, "a proof where none belongs");
    let from_nothing = AddCheckpoint { proof: vec![log.root(1)], ..log.request(0, 100) };
    assert_eq!(decide(None, &keys, &from_nothing).unwrap_err().status(), 422);
    let empty = AddCheckpoint { checkpoint: log.sign(0, log.root(1)), ..log.request(0, 0) };
    assert_eq!(decide(None, &keys, &empty).unwrap_err().status(), 422, "the empty tree has one root");
}

#[test]
fn a_key_counts_only_for_its_own_log() {
    let log = Log::new();
    let other = SigningKey::from_seed("log.example/other", Algorithm::Ed25519, [3; 32]).unwrap();
    let text = Checkpoint::new(ORIGIN, 100, log.root(100)).text().unwrap();
    let request = AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: Note::sign(text, &[&other]).unwrap() };
    assert_eq!(decide(None, &log.keys(), &request).unwrap_err().status(), 403);
    assert!(decide_for(ORIGIN, None, &[other.verifier()], &request).is_ok(), "a key of another name, told so");
    assert_eq!(decide_for("another", None, &[other.verifier()], &request).unwrap_err().status(), 404);
}
