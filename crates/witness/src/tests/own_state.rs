//! Somebody puts the witness's own files back to how they were.

use madang_tlog::note::Note;

use super::world::{Tree, World, ask, look, open, raised, size};
use crate::alarm::AlarmKind;

/// The log's note with the witness's cosignature, as a Madang serves it.
fn with_cosignature(tree: &Tree, line: &str) -> Vec<u8> {
    let mut note: Note = tree.note();
    note.add(line.trim().parse().unwrap());
    note.to_string().into_bytes()
}

/// A witness that cosigned 10 and then 20, and whose memory was then set back to 10 (or nothing at all).
async fn set_back(forget: bool) -> (World, Tree, Vec<u8>) {
    let world = World::new();
    let witness = world.looked().await;
    let tree = Tree::new("a", 10);
    assert_eq!(ask(&witness, &tree.request(0)).await.status, 200);
    let old = std::fs::read(world.state_file()).unwrap();
    let grown = tree.grown("a", 20);
    let line = ask(&witness, &grown.request(10)).await.body;
    drop(witness);
    if forget {
        std::fs::remove_file(world.state_file()).unwrap();
    } else {
        std::fs::write(world.state_file(), old).unwrap();
    }
    let cosigned = with_cosignature(&grown, &line);
    (world, grown, cosigned)
}

#[tokio::test]
async fn it_says_so_and_goes_on_from_its_own_newest_cosignature() {
    for forget in [false, true] {
        let (world, grown, cosigned) = set_back(forget).await;
        world.served.show(&grown);
        world.served.put("checkpoint", cosigned);
        let witness = world.start();
        // Before it has compared, it cosigns nothing, least of all another branch.
        let known = if forget { 0 } else { 10 };
        let branch = Tree::of(grown.entries[..10].to_vec()).grown("b", 20);
        let answer = ask(&witness, &branch.request(known)).await;
        assert_eq!(answer.status, 503, "{answer:?}");
        look(&witness).await;
        assert_eq!(size(&witness), Some(20));
        assert_eq!(open(&witness), [], "it is over");
        assert_eq!(raised(&witness), 1, "but it was told");
        assert_eq!(witness.status().logs[0].alarms[0].kind, AlarmKind::OwnState);
        witness.tell_now().await;
        let told = world.told.messages.lock().unwrap().len();
        assert_eq!(told, 4, "by mail and webhook, its beginning and its end");
        assert_eq!(ask(&witness, &branch.request(20)).await.status, 409);
        assert_eq!(ask(&witness, &grown.grown("a", 25).request(20)).await.status, 200);
    }
}

#[tokio::test]
async fn it_stops_when_its_cosignature_and_its_memory_contradict_each_other() {
    let world = World::new();
    let witness = world.looked().await;
    let (tree, other) = (Tree::new("a", 10), Tree::new("b", 20));
    // Its key cosigned another branch, somewhere.
    let line = ask(&witness, &other.request(0)).await.body;
    drop(witness);
    std::fs::remove_file(world.state_file()).unwrap();
    let witness = world.looked().await;
    assert_eq!(ask(&witness, &tree.request(0)).await.status, 200);
    world.served.show(&other);
    world.served.put("checkpoint", with_cosignature(&other, &line));
    look(&witness).await;
    look(&witness).await;
    assert_eq!(size(&witness), Some(10));
    assert!(open(&witness).contains(&AlarmKind::Fork) && open(&witness).contains(&AlarmKind::OwnState));
    assert_eq!(ask(&witness, &tree.grown("a", 12).request(10)).await.status, 503);
    drop(witness);
    // Also after a start, until a person has looked.
    world.served.show(&tree);
    let witness = world.looked().await;
    assert!(witness.status().logs[0].held.is_some());
    assert_eq!(ask(&witness, &tree.grown("a", 12).request(10)).await.status, 503);
    drop(witness);
    std::fs::remove_file(world.state_file().with_file_name("held")).unwrap();
    let witness = world.looked().await;
    assert_eq!(ask(&witness, &tree.grown("a", 12).request(10)).await.status, 200);
}

#[tokio::test]
async fn a_request_that_carries_its_own_larger_cosignature_is_not_believed_before_a_look() {
    let (world, grown, cosigned) = set_back(false).await;
    // The log does not show the cosignature any more, but a client brings it along.
    world.served.show(&Tree::of(grown.entries[..10].to_vec()));
    let witness = world.looked().await;
    assert_eq!(size(&witness), Some(10));
    let mut request = grown.request(10);
    request.checkpoint = String::from_utf8(cosigned).unwrap().parse().unwrap();
    assert_eq!(ask(&witness, &request).await.status, 503);
    assert!(!witness.status().logs[0].confirmed);
    // The log answers with what it has; it is compared again, and then the true continuation is cosigned.
    world.served.show(&grown);
    look(&witness).await;
    assert_eq!(size(&witness), Some(20));
}
