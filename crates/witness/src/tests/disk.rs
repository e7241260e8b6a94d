//! The power goes at every step between the decision and the answer.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::world::{Tree, World, ask, look, open, size};
use crate::durable::{Disk, Step, write_secret};

/// A disk that stops before this step of the next write of the memory, once it is armed.
fn stops_at(step: Step) -> (Disk, Arc<AtomicBool>) {
    let armed = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&armed);
    let disk = Disk::probed(move |at, path| {
        let ours = at == step && path.ends_with("state.json");
        if ours && seen.load(Ordering::SeqCst) { Err(io::Error::other("power cut")) } else { Ok(()) }
    });
    (disk, armed)
}

#[tokio::test]
async fn no_cosignature_leaves_before_it_is_on_disk() {
    for step in Step::ALL {
        let mut world = World::new();
        let (disk, armed) = stops_at(step);
        world.disk = disk;
        let tree = Tree::new("a", 10);
        let witness = world.looked().await;
        assert_eq!(ask(&witness, &tree.request(0)).await.status, 200);
        armed.store(true, Ordering::SeqCst);
        let (left, right) = (tree.grown("left", 20), tree.grown("right", 20));
        let answer = ask(&witness, &left.request(10)).await;
        assert_eq!(answer.status, 500, "{step:?}");
        assert!(!answer.body.contains('—'), "{step:?}: a signature left");

        // The same process, with the disk back, must not be surprised by what is there now.
        armed.store(false, Ordering::SeqCst);
        let renamed = matches!(step, Step::SyncFolder | Step::Done);
        let expected = if renamed { 20 } else { 10 };
        let answer = ask(&witness, &right.request(0)).await;
        assert_eq!((answer.status, answer.body), (409, format!("{expected}\n")), "{step:?}");
        drop(witness);

        // After a start the memory is the old one or the new one, never something between; and the other branch is
        // cosigned only where this one never was.
        world.served.show(&tree);
        let witness = world.looked().await;
        assert_eq!(size(&witness), Some(expected), "{step:?}");
        let answer = ask(&witness, &right.request(10)).await;
        assert_eq!(answer.status, if renamed { 409 } else { 200 }, "{step:?}");
    }
}

#[tokio::test]
async fn a_full_disk_stops_cosigning_and_nothing_else() {
    let mut world = World::new();
    let full = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&full);
    world.disk = Disk::probed(move |_, _| {
        if seen.load(Ordering::SeqCst) { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
    });
    let witness = world.looked().await;
    let tree = Tree::new("a", 10);
    assert_eq!(ask(&witness, &tree.request(0)).await.status, 200);
    full.store(true, Ordering::SeqCst);
    assert_eq!(ask(&witness, &tree.grown("a", 12).request(10)).await.status, 500);
    // An alarm is still raised and told, from memory.
    world.served.show(&Tree::new("b", 10));
    look(&witness).await;
    assert_eq!(open(&witness).len(), 1);
    witness.tell_now().await;
    assert_eq!(world.told.messages.lock().unwrap().len(), 2);
    full.store(false, Ordering::SeqCst);
    assert_eq!(ask(&witness, &tree.grown("a", 12).request(10)).await.status, 200);
}

#[test]
fn two_witnesses_with_one_memory_are_refused_and_so_are_an_open_key_and_a_broken_memory() {
    let world = World::new();
    let witness = world.start();
    let start = || crate::Witness::open(world.config.clone(), world.folder.path(), world.ports());
    assert!(start().unwrap_err().what.contains("another witness"));
    drop(witness);

    use std::os::unix::fs::PermissionsExt as _;
    let key = world.folder.path().join("witness.key");
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(start().unwrap_err().why.contains("others may read it"));
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(write_secret(&key, "x").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    drop(start().unwrap());

    for broken in ["", "{}", "{\"v\":1}", "\0\0\0\0"] {
        std::fs::write(world.state_file(), broken).unwrap();
        let fault = start().unwrap_err();
        assert!(fault.what.contains("remembers"), "{broken:?}: {fault}");
    }
}
