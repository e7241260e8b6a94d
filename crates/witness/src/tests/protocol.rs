//! The answers of `add-checkpoint`, one for each line of the specification.

use std::sync::Arc;

use madang_tlog::cosignature;
use madang_tlog::note::{Algorithm, Note, SigningKey};
use madang_tlog::witness::{AddCheckpoint, cosignatures};
use madang_tlog::{Checkpoint, Hash};
use proptest::prelude::*;

use super::world::{ORIGIN, Tree, World, ask, look, open, size};
use crate::alarm::AlarmKind;

#[tokio::test]
async fn a_log_that_grows_is_cosigned_and_the_signature_verifies() {
    let world = World::new();
    let witness = world.looked().await;
    let key = witness.key().verifier();
    let mut tree = Tree::new("a", 3);
    let mut old = 0;
    for grown in [3, 4, 255, 256, 257, 700] {
        tree = tree.grown("a", grown);
        let request = tree.request(old);
        let answer = ask(&witness, &request).await;
        assert_eq!((answer.status, answer.content_type), (200, "text/plain; charset=utf-8"), "{answer:?}");
        let [line] = cosignatures(&answer.body).unwrap().try_into().unwrap();
        let at = cosignature::verify(&key, &request.checkpoint.text, &line).unwrap();
        assert_eq!(at, 1_700_000_000);
        assert_eq!(size(&witness), Some(grown));
        old = grown;
    }
    // The same once more: another cosignature over the same, with the time of now.
    world.clock.advance_seconds(60);
    let answer = ask(&witness, &tree.request(700)).await;
    let [line] = cosignatures(&answer.body).unwrap().try_into().unwrap();
    assert_eq!(cosignature::verify(&key, &tree.note().text, &line).unwrap(), 1_700_000_060);
    // And a clock that was set back does not take it back.
    world.clock.advance_seconds(-3600);
    let answer = ask(&witness, &tree.request(700)).await;
    let [line] = cosignatures(&answer.body).unwrap().try_into().unwrap();
    assert_eq!(cosignature::verify(&key, &tree.note().text, &line).unwrap(), 1_700_000_060);
    let downloaded: Note = witness.checkpoint("test").unwrap().parse().unwrap();
    assert_eq!(downloaded.signatures.len(), 2);
    downloaded.verify(&[tree.key.verifier(), key]).unwrap();
}

#[tokio::test]
async fn every_refusal_has_its_status() {
    let world = World::new();
    let witness = world.looked().await;
    let tree = Tree::new("a", 10);
    assert_eq!(ask(&witness, &tree.request(0)).await.status, 200);
    let grown = tree.grown("a", 20);

    // 404: a log that is not followed.
    let other = SigningKey::from_seed("other.example", Algorithm::Ed25519, [1; 32]).unwrap();
    let text = Checkpoint::new("other.example", 20, grown.root).text().unwrap();
    let request = AddCheckpoint { checkpoint: Note::sign(text, &[&other]).unwrap(), ..grown.request(10) };
    assert_eq!(ask(&witness, &request).await.status, 404);

    // 403: the log's name under another key; and a key with the log's name and another seed.
    let text = grown.note().text;
    let request = AddCheckpoint { checkpoint: Note::sign(text.clone(), &[&other]).unwrap(), ..grown.request(10) };
    assert_eq!(ask(&witness, &request).await.status, 403);
    let thief = SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [8; 32]).unwrap();
    let request = AddCheckpoint { checkpoint: Note::sign(text, &[&thief]).unwrap(), ..grown.request(10) };
    assert_eq!(ask(&witness, &request).await.status, 403);

    // 409 with our size: too small, too large, none.
    for old in [0, 9, 11, 20] {
        let answer = ask(&witness, &grown.request(old)).await;
        let said = (answer.status, answer.content_type, answer.body.as_str());
        assert_eq!(said, (409, "text/x.tlog.size", "10\n"), "{old}");
    }

    // 400: an old size above the checkpoint's.
    let request = AddCheckpoint { old: 21, proof: Vec::new(), checkpoint: grown.note() };
    assert_eq!(ask(&witness, &request).await.status, 400);

    // 422: no proof, a wrong one, too long a one.
    for proof in [Vec::new(), vec![Hash([1; 32])], [grown.request(10).proof, vec![Hash([1; 32])]].concat()] {
        let request = AddCheckpoint { proof, ..grown.request(10) };
        assert_eq!(ask(&witness, &request).await.status, 422);
    }

    // 413 and 400: size and form.
    assert_eq!(witness.add_checkpoint(&vec![b'a'; 70_000]).await.status, 413);
    for bad in [&b""[..], b"\xff", b"old 1", b"old 1\n", b"old 01\n\n", b"new 1\n\n", b"old 10\nAAAA\n\n"] {
        assert_eq!(witness.add_checkpoint(bad).await.status, 400, "{}", String::from_utf8_lossy(bad));
    }
    let many = format!("old 10\n{}\n{}", format!("{}\n", Hash([1; 32])).repeat(64), grown.note());
    assert_eq!(witness.add_checkpoint(many.as_bytes()).await.status, 400);

    assert_eq!(size(&witness), Some(10), "nothing of this moved the head");
    assert_eq!(open(&witness), [], "and nothing of this is the log's fault");
    assert_eq!(ask(&witness, &grown.request(10)).await.status, 200);
}

#[tokio::test]
async fn another_root_at_our_size_is_a_fork_with_evidence() {
    let world = World::new();
    let witness = world.looked().await;
    let (ours, theirs) = (Tree::new("a", 10), Tree::new("b", 10));
    assert_eq!(ask(&witness, &ours.request(0)).await.status, 200);
    for (old, kind) in [(10, "text/plain; charset=utf-8"), (0, "text/x.tlog.size")] {
        let request = AddCheckpoint { old, proof: Vec::new(), checkpoint: theirs.note() };
        let answer = ask(&witness, &request).await;
        assert_eq!((answer.status, answer.content_type), (409, kind), "{answer:?}");
    }
    assert_eq!(open(&witness), [AlarmKind::Fork], "once");
    let evidence = world.evidence();
    let shown = evidence.iter().find(|(name, _)| name.ends_with("shown.checkpoint")).unwrap().1;
    assert_eq!(*shown, theirs.note().to_string());
    let cosigned = evidence.iter().find(|(name, _)| name.ends_with("cosigned.checkpoint")).unwrap().1;
    let note: Note = cosigned.parse().unwrap();
    note.verify(&[ours.key.verifier(), witness.key().verifier()]).unwrap();
    let names: Vec<_> = witness.status().logs[0].alarms[0].evidence.clone();
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|name| witness.evidence_file("test", name).is_some()));
    for bad in ["../state.json", "state.json", "..", "", "fork"] {
        assert!(witness.evidence_file("test", bad).is_none(), "{bad}");
    }
}

#[tokio::test]
async fn a_bad_proof_of_a_forked_log_is_looked_into() {
    let world = World::new();
    let witness = world.looked().await;
    let (ours, theirs) = (Tree::new("a", 10), Tree::new("b", 300));
    assert_eq!(ask(&witness, &ours.request(0)).await.status, 200);
    assert_eq!(ask(&witness, &theirs.request(10)).await.status, 422);
    assert_eq!(open(&witness), [], "a proof may be wrong for other reasons");
    // The log's own tiles tell: they bear out the other checkpoint.
    let mut files = theirs.files();
    files.insert("checkpoint".to_owned(), ours.note().to_string().into_bytes());
    *world.served.files.lock().unwrap() = files;
    look(&witness).await;
    assert_eq!(open(&witness), [AlarmKind::Fork]);
    assert_eq!(size(&witness), Some(10));
}

#[tokio::test]
async fn requests_at_once_never_lead_back() {
    let world = World::new();
    let witness = world.looked().await;
    let tree = Tree::new("a", 400);
    let steps: Vec<Arc<Tree>> = (1..=40).map(|n| Arc::new(Tree::of(tree.entries[..n * 10].to_vec()))).collect();
    let mut tasks = tokio::task::JoinSet::new();
    for step in steps {
        let witness = witness.clone();
        tasks.spawn(async move {
            let mut old = 0;
            // As a log does: asks again from the size it is told, until it is not the newest any more.
            for _ in 0..100 {
                if old > step.size() {
                    return None;
                }
                let answer = ask(&witness, &step.request(old)).await;
                match answer.status {
                    200 => return Some((step.size(), old)),
                    409 => old = answer.body.trim().parse().unwrap(),
                    other => panic!("{other}: {}", answer.body),
                }
            }
            panic!("no end");
        });
    }
    let mut signed: Vec<(u64, u64)> = tasks.join_all().await.into_iter().flatten().collect();
    signed.sort_unstable();
    assert_eq!(signed.last().unwrap().0, 400);
    for pair in signed.windows(2) {
        assert_eq!(pair[1].1, pair[0].0, "each follows the one before: {signed:?}");
    }
    assert_eq!(size(&witness), Some(400));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is sent, the answer is one of the protocol's refusals and the head stays.
    #[test]
    fn garbage_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0usize..400, flip in any::<u8>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = World::new();
            let witness = world.looked().await;
            let tree = Tree::new("a", 5);
            assert_eq!(ask(&witness, &tree.request(0)).await.status, 200);
            let answer = witness.add_checkpoint(&bytes).await;
            assert_eq!(answer.status, 400, "{answer:?}");
            // A good request with one byte changed: never a cosignature over something else.
            let good = tree.grown("a", 9).request(5).to_string().into_bytes();
            let mut bad = good.clone();
            let at = cut % bad.len();
            bad[at] ^= flip;
            let answer = witness.add_checkpoint(&bad).await;
            if bad == good {
                assert_eq!(answer.status, 200);
            } else {
                assert!([400, 403, 404, 409, 422].contains(&answer.status), "{answer:?}");
                assert_eq!(size(&witness), Some(5));
            }
        });
    }
}
