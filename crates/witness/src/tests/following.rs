//! What the witness notices by itself.

use std::time::Duration;

use madang_tlog::note::{Algorithm, Note, SigningKey};
use madang_tlog::{Checkpoint, Hash};

use super::world::{ORIGIN, Tree, World, ask, look, open, raised, size, tile_path};
use crate::alarm::AlarmKind;
use crate::ports::Message;

#[tokio::test]
async fn a_log_that_never_asks_is_cosigned_all_the_same() {
    let world = World::new();
    let mut tree = Tree::new("a", 1);
    world.served.show(&tree);
    let witness = world.looked().await;
    for grown in [1, 2, 256, 300, 66_000, 66_001] {
        tree = tree.grown("a", grown);
        world.served.show(&tree);
        look(&witness).await;
        assert_eq!((size(&witness), open(&witness)), (Some(grown), vec![]));
        let note: Note = witness.checkpoint("test").unwrap().parse().unwrap();
        note.verify(&[witness.key().verifier()]).unwrap();
    }
    assert_eq!(witness.history("test").len(), 1, "one line an hour");
    world.clock.advance_seconds(3600);
    ask(&witness, &tree.request(66_001)).await;
    let history = witness.history("test");
    assert_eq!((history.len(), history[0].size, history[1].size), (2, 66_001, 1));
}

#[tokio::test]
async fn partial_tiles_that_were_removed_are_cut_from_full_ones() {
    let world = World::new();
    let tree = Tree::new("a", 300);
    world.served.show(&tree);
    let witness = world.looked().await;
    let grown = tree.grown("a", 600);
    world.served.show(&grown);
    // The checkpoint is older; of its partial tiles those that are full by now are gone.
    let shown = Tree::of(grown.entries[..500].to_vec());
    world.served.put("checkpoint", shown.note().to_string());
    let above = tile_path(1, 0, 500);
    world.served.put(&above, shown.files()[&above].clone());
    look(&witness).await;
    assert_eq!((size(&witness), open(&witness)), (Some(500), vec![]));
    super::world::read_all(&witness).await;
    assert!(witness.status().logs[0].audit.as_ref().unwrap().ok, "{:?}", witness.findings("test"));
}

#[tokio::test]
async fn a_fork_is_told_once_with_evidence_that_others_can_check() {
    for (first, second) in [(10, 10), (10, 300), (300, 700), (700, 256), (10, 4)] {
        let world = World::new();
        let (ours, theirs) = (Tree::new("a", first), Tree::new("b", second));
        world.served.show(&ours);
        let witness = world.looked().await;
        // Smaller than ours: the tiles must reach to ours for a proof.
        world.served.show(&theirs);
        if second < first {
            let mut files = ours.files();
            files.insert("checkpoint".to_owned(), theirs.note().to_string().into_bytes());
            *world.served.files.lock().unwrap() = files;
        }
        for _ in 0..3 {
            look(&witness).await;
        }
        assert_eq!(open(&witness), [AlarmKind::Fork], "{first} {second}");
        assert_eq!((raised(&witness), size(&witness)), (1, Some(first)));
        let evidence = world.evidence();
        let part = |end: &str| evidence.iter().find(|(name, _)| name.ends_with(end)).unwrap().1.clone();
        assert_eq!(part("shown.checkpoint"), theirs.note().to_string());
        assert!(part("cosigned.checkpoint").starts_with(&ours.note().to_string()));
        // The proof of the file holds: the larger tree has another root at the smaller size.
        let proof: serde_json::Value = serde_json::from_str(&part("proof.json")).unwrap();
        let there: Hash = proof["root_of_smaller_size_in_larger_tree"].as_str().unwrap().parse().unwrap();
        let hashes = proof["consistency_proof"]["hashes"].as_array().unwrap();
        let hashes: Vec<Hash> = hashes.iter().map(|hash| hash.as_str().unwrap().parse().unwrap()).collect();
        let (small, large) = if first <= second { (&ours, &theirs) } else { (&theirs, &ours) };
        madang_tlog::proof::verify_consistency(small.size(), &there, large.size(), &large.root, &hashes).unwrap();
        assert_ne!(there, small.root);
        // Nothing of the other branch is cosigned, and our own goes on.
        assert_eq!(ask(&witness, &ours.grown("a", 800).request(first)).await.status, 200);
    }
}

#[tokio::test]
async fn going_back_is_an_alarm_and_its_end_is_noted() {
    let world = World::new();
    let (old, new) = (Tree::new("a", 300), Tree::new("a", 700));
    world.served.show(&new);
    let witness = world.looked().await;
    world.served.show(&old);
    look(&witness).await;
    assert_eq!(open(&witness), [], "once may be a cache");
    for _ in 0..5 {
        look(&witness).await;
    }
    assert_eq!((open(&witness), raised(&witness)), (vec![AlarmKind::Rollback], 1));
    assert_eq!(size(&witness), Some(700));
    // It is not cosigned, whatever proof comes with it.
    assert_eq!(ask(&witness, &old.request(0)).await.status, 409);
    drop(witness);
    let witness = world.looked().await;
    look(&witness).await;
    look(&witness).await;
    assert_eq!((open(&witness), raised(&witness)), (vec![AlarmKind::Rollback], 1), "not again after a start");
    world.clock.advance_seconds(60);
    world.served.show(&new.grown("a", 701));
    look(&witness).await;
    assert_eq!((open(&witness), size(&witness)), (vec![], Some(701)));
    let alarm = &witness.status().logs[0].alarms[0];
    assert_eq!(alarm.ended_at.unwrap().seconds_since(alarm.raised_at), 60);
}

#[tokio::test]
async fn wrong_tiles_are_told_from_a_fork() {
    let world = World::new();
    let tree = Tree::new("a", 300);
    world.served.show(&tree);
    let witness = world.looked().await;
    let grown = tree.grown("a", 700);
    for path in [tile_path(0, 1, 700), tile_path(0, 2, 700), tile_path(1, 0, 700)] {
        world.served.show(&grown);
        world.served.edit(&path, |bytes| bytes[0] ^= 1);
        look(&witness).await;
        let alarms = open(&witness);
        assert!(alarms.is_empty() || alarms == [AlarmKind::WrongTile], "{path}: {alarms:?}");
        if alarms.is_empty() {
            assert_eq!(size(&witness), Some(700), "{path} was not needed");
            return;
        }
        assert_eq!(size(&witness), Some(300));
        world.served.show(&tree);
        look(&witness).await;
        assert_eq!(open(&witness), [], "over");
    }
}

#[tokio::test]
async fn a_missing_or_cut_tile_is_a_wrong_one_and_too_large_answers_are_not_read() {
    let world = World::new();
    let tree = Tree::new("a", 300);
    world.served.show(&tree);
    let witness = world.looked().await;
    let grown = tree.grown("a", 700);
    let path = tile_path(0, 1, 700);
    let spoils: [fn(&mut Vec<u8>); 4] =
        [|bytes| bytes.truncate(100), |bytes| bytes.clear(), |bytes| bytes.resize(1 << 20, 0), |bytes| bytes.push(0)];
    for spoil in spoils {
        world.served.show(&grown);
        world.served.edit(&path, spoil);
        look(&witness).await;
        assert_eq!((open(&witness), size(&witness)), (vec![AlarmKind::WrongTile], Some(300)));
        assert_eq!(witness.status().logs[0].alarms[0].detail["path"], path);
    }
    world.served.files.lock().unwrap().remove(&path);
    look(&witness).await;
    assert_eq!((raised(&witness), size(&witness)), (1, Some(300)), "one alarm for all of it");
}

#[tokio::test]
async fn what_is_no_checkpoint_of_the_log_is_told() {
    let other = SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [9; 32]).unwrap();
    let tree = Tree::new("a", 10);
    let under_other_key = Note::sign(tree.note().text, &[&other]).unwrap().to_string();
    let renamed = Checkpoint::new("other.example", 10, tree.root).text().unwrap();
    let of_other_log = Note::sign(renamed, &[&tree.key]).unwrap().to_string();
    for shown in [under_other_key, of_other_log, String::new(), "<html>".to_owned(), "x".repeat(100_000)] {
        let world = World::new();
        world.served.show(&tree);
        let witness = world.looked().await;
        world.served.put("checkpoint", shown.clone());
        look(&witness).await;
        look(&witness).await;
        assert_eq!((open(&witness), raised(&witness)), (vec![AlarmKind::BadSignature], 1));
        if !shown.is_empty() && shown.len() < 1000 {
            assert!(world.evidence().values().any(|kept| *kept == shown));
        }
        world.served.show(&tree.grown("a", 11));
        look(&witness).await;
        assert_eq!((open(&witness), size(&witness)), (vec![], Some(11)));
    }
}

#[tokio::test]
async fn silence_is_an_alarm_after_a_while_and_quiet_only_where_it_was_asked_for() {
    let mut world = World::new();
    let tree = Tree::new("a", 10);
    world.served.show(&tree);
    let witness = world.looked().await;
    world.clock.advance_seconds(400_000);
    look(&witness).await;
    assert_eq!(open(&witness), [], "a quiet log is no fault");
    world.served.set_away(true);
    look(&witness).await;
    world.clock.advance_seconds(299);
    look(&witness).await;
    assert_eq!(open(&witness), []);
    world.clock.advance_seconds(1);
    look(&witness).await;
    look(&witness).await;
    assert_eq!((open(&witness), raised(&witness)), (vec![AlarmKind::Unreachable], 1));
    assert!(witness.status().logs[0].away_since.is_some());
    world.served.set_away(false);
    look(&witness).await;
    assert_eq!(open(&witness), []);
    drop(witness);

    world.config.logs[0].stall = Some(Duration::from_secs(3600));
    let witness = world.looked().await;
    assert_eq!(open(&witness), [AlarmKind::Stall]);
    world.served.show(&tree.grown("a", 11));
    look(&witness).await;
    look(&witness).await;
    assert_eq!(open(&witness), []);
}

#[tokio::test]
async fn alarms_are_told_to_everybody_until_they_are_taken() {
    let world = World::new();
    world.served.show(&Tree::new("a", 10));
    let witness = world.looked().await;
    world.served.show(&Tree::new("b", 10));
    *world.told.refuse.lock().unwrap() = 3;
    look(&witness).await;
    assert_eq!(witness.messages_waiting(), 2);
    witness.tell_now().await;
    witness.tell_now().await;
    assert_eq!(witness.messages_waiting(), 2, "not before the pause is over");
    drop(witness);
    // A start does not lose them.
    let witness = world.start();
    assert_eq!(witness.messages_waiting(), 2);
    world.clock.advance_seconds(10);
    witness.tell_now().await;
    assert_eq!(witness.messages_waiting(), 1);
    world.clock.advance_seconds(20);
    witness.tell_now().await;
    assert_eq!(witness.messages_waiting(), 0);
    let messages = world.told.messages.lock().unwrap().clone();
    assert_eq!(messages.len(), 2);
    for message in messages {
        match message {
            Message::Mail { to, subject, text, .. } => {
                assert_eq!((to.as_str(), subject.as_str()), ("a@example.org", "fork ko"));
                assert!(text.contains("\"seen\": \"10\""), "{text}");
            }
            Message::Webhook { url, body, .. } => {
                assert_eq!(url, "https://hooks.example/x");
                let body: serde_json::Value = serde_json::from_str(&body).unwrap();
                assert_eq!(body["type"], "witness.alarm.raised");
                assert_eq!(body["data"]["kind"], "fork");
                assert_eq!(body["data"]["page"], "https://witness.example/ko/logs/test");
                assert_eq!(body["data"]["evidence"].as_array().unwrap().len(), 3);
            }
        }
    }
}

#[tokio::test]
async fn the_loops_follow_and_end_when_told() {
    let world = World::new();
    let tree = Tree::new("a", 10);
    world.served.show(&tree);
    let witness = world.start();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn({
        let witness = witness.clone();
        async move { witness.run(stopped).await }
    });
    for grown in [10, 300] {
        world.served.show(&tree.grown("a", grown));
        for _ in 0..200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let audited = witness.status().logs[0].audit.as_ref().map(|audit| audit.size);
            if audited == Some(grown) {
                break;
            }
        }
        let status = witness.status();
        assert_eq!(status.logs[0].size, Some(grown));
        assert_eq!(status.logs[0].audit.as_ref().unwrap().size, grown);
    }
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(5), running).await.unwrap().unwrap();
}
