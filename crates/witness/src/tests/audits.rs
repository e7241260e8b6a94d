//! Every file of a log is altered in every way, and named.

use super::world::{Tree, World, look, open, read_all, tile_path};
use crate::Witness;
use crate::alarm::AlarmKind;
use crate::audit::{Finding, Wrong};

async fn found(world: &World) -> Vec<Finding> {
    let audited = Witness::audit(&world.config, world.folder.path(), "test", &world.ports()).await.unwrap();
    audited.findings
}

fn bundle_path(index: u64, size: u64) -> String {
    tile_path(0, index, size).replacen("tile/0/", "tile/entries/", 1)
}

fn short(finding: &Finding) -> (&str, Option<u64>, Wrong, u64) {
    (finding.path.as_str(), finding.index, finding.wrong, finding.leaf)
}

#[tokio::test]
async fn a_sound_log_of_any_size_is_sound() {
    let tree = Tree::new("a", 66_000);
    for size in [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 66_000] {
        let world = World::new();
        world.served.show(&Tree::of(tree.entries[..size].to_vec()));
        assert_eq!(found(&world).await, [], "{size}");
    }
}

#[tokio::test]
async fn an_altered_entry_is_named_by_file_and_number() {
    let tree = Tree::new("a", 700);
    // A byte of entry 3 of the second bundle; of the last, partial one; of the very first.
    for (bundle, entry) in [(1, 3), (2, 187), (0, 0)] {
        let world = World::new();
        world.served.show(&tree);
        let path = bundle_path(bundle, 700);
        let before: usize =
            (0..entry).map(|at| 2 + tree.entries[usize::try_from(bundle * 256 + at).unwrap()].len()).sum();
        world.served.edit(&path, |bytes| bytes[before + 2] ^= 1);
        let findings = found(&world).await;
        assert_eq!(
            findings.iter().map(short).collect::<Vec<_>>(),
            [(path.as_str(), Some(entry), Wrong::EntryAltered, bundle * 256 + entry)]
        );
    }
}

#[tokio::test]
async fn an_altered_hash_is_named_on_every_level() {
    let size = 66_000;
    let tree = Tree::new("a", size);
    for (level, index, at) in [(0, 0, 0), (0, 1, 255), (0, 257, 5), (1, 0, 17), (1, 1, 0), (2, 0, 0)] {
        let world = World::new();
        world.served.show(&tree);
        let path = tile_path(level, index, size);
        world.served.edit(&path, |bytes| bytes[at * 32 + 7] ^= 0x80);
        let findings = found(&world).await;
        let below = 256_u64.pow(u32::from(level));
        let leaf = index * below * 256 + at as u64 * below;
        let expected = (path.as_str(), Some(at as u64), Wrong::TileAltered, leaf);
        assert_eq!(findings.iter().map(short).collect::<Vec<_>>(), [expected], "level {level}, tile {index}");
    }
}

#[tokio::test]
async fn cut_dropped_repeated_and_swapped_things_are_named() {
    let size = 1300;
    let tree = Tree::new("a", size);
    let frame = |entry: &[u8]| [&u16::try_from(entry.len()).unwrap().to_be_bytes()[..], entry].concat();
    let length = |n: usize| frame(&tree.entries[n]).len();
    let bundle = bundle_path(1, size);
    let other = bundle_path(2, size);
    let check = async |name: &str, change: &dyn Fn(&World), expected: &[(&str, Wrong)]| {
        let world = World::new();
        world.served.show(&tree);
        change(&world);
        let findings = found(&world).await;
        for (path, wrong) in expected {
            assert!(findings.iter().any(|f| f.path == *path && f.wrong == *wrong), "{name}: {findings:?}");
        }
        assert!(findings.iter().all(|f| expected.iter().any(|(path, _)| f.path == *path)), "{name}: {findings:?}");
    };
    check("cut", &|w| w.served.edit(&bundle, |b| b.truncate(b.len() - 3)), &[(&bundle, Wrong::BundleMalformed)]).await;
    check(
        "dropped",
        &|w| w.served.edit(&bundle, |b| drop(b.drain(..length(256)))),
        &[(&bundle, Wrong::BundleMalformed)],
    )
    .await;
    let repeated = |w: &World| {
        w.served.edit(&bundle, |b| {
            let first = b[..length(256)].to_vec();
            b.splice(0..0, first);
        });
    };
    check("repeated", &repeated, &[(&bundle, Wrong::BundleMalformed)]).await;
    let swapped = |w: &World| {
        w.served.edit(&bundle, |b| {
            let (first, second) = (length(256), length(257));
            b[..first + second].rotate_left(first);
        });
    };
    check("entries swapped", &swapped, &[(&bundle, Wrong::EntryAltered)]).await;
    let in_place = |w: &World| {
        w.served.edit(&bundle, |b| {
            let (first, second) = (length(256), length(257));
            assert_eq!(first, second);
            b.copy_within(..first, first);
        });
    };
    check("one repeated in place of another", &in_place, &[(&bundle, Wrong::EntryAltered)]).await;
    let files_swapped = |w: &World| {
        let mut files = w.served.files.lock().unwrap();
        let (a, b) = (files[&bundle].clone(), files[&other].clone());
        files.insert(bundle.clone(), b);
        files.insert(other.clone(), a);
    };
    check("files swapped", &files_swapped, &[(&bundle, Wrong::EntryAltered), (&other, Wrong::EntryAltered)]).await;
    let gone = |w: &World| drop(w.served.files.lock().unwrap().remove(&bundle));
    check("bundle gone", &gone, &[(&bundle, Wrong::BundleMissing)]).await;
    let tile = tile_path(0, 3, size);
    let cut = |w: &World| w.served.edit(&tile, |b| b.truncate(320));
    check("tile cut", &cut, &[(&tile, Wrong::TileMalformed)]).await;
    let gone = |w: &World| drop(w.served.files.lock().unwrap().remove(&tile));
    check("tile gone", &gone, &[(&tile, Wrong::TileMissing)]).await;
    let edge = tile_path(1, 0, size);
    let gone = |w: &World| drop(w.served.files.lock().unwrap().remove(&edge));
    check("edge gone", &gone, &[(&edge, Wrong::TileMissing)]).await;
}

#[tokio::test]
async fn entries_altered_along_with_their_tiles_are_named_too() {
    let size = 700;
    let tree = Tree::new("a", size);
    let mut entries = tree.entries.clone();
    entries[300] = b"something else".to_vec();
    let forged = Tree::of(entries).files();
    let world = World::new();
    world.served.show(&tree);
    for path in [bundle_path(1, size), tile_path(0, 1, size)] {
        world.served.put(&path, forged[&path].clone());
    }
    let findings = found(&world).await;
    assert_eq!(
        findings.iter().map(short).collect::<Vec<_>>(),
        [(bundle_path(1, size).as_str(), None, Wrong::Rewritten, 256)]
    );
    // All of it, up to the top: only the signature stands against it.
    let world = World::new();
    world.served.show(&tree);
    for (path, bytes) in forged {
        if path != "checkpoint" {
            world.served.put(&path, bytes);
        }
    }
    let findings = found(&world).await;
    assert!(findings.iter().any(|f| f.wrong == Wrong::RootDiffers && f.path == "checkpoint"), "{findings:?}");
}

#[tokio::test]
async fn an_old_checkpoint_put_back_is_found_by_a_reading_on_request() {
    let world = World::new();
    let (old, new) = (Tree::new("a", 300), Tree::new("a", 700));
    world.served.show(&new);
    drop(world.looked().await);
    world.served.put("checkpoint", old.note().to_string());
    let findings = found(&world).await;
    assert_eq!(findings.iter().map(|f| f.wrong).collect::<Vec<_>>(), [Wrong::Checkpoint]);
    world.served.show(&Tree::new("b", 900));
    assert!(found(&world).await.iter().any(|f| f.wrong == Wrong::Checkpoint));
}

#[tokio::test]
async fn what_is_new_is_read_as_it_comes_and_all_of_it_every_day() {
    let world = World::new();
    let tree = Tree::new("a", 600);
    world.served.show(&tree);
    let witness = world.looked().await;
    read_all(&witness).await;
    let grown = tree.grown("a", 700);
    world.served.show(&grown);
    look(&witness).await;
    world.served.asked.lock().unwrap().clear();
    read_all(&witness).await;
    let asked = world.served.asked.lock().unwrap().clone();
    assert!(asked.contains(&bundle_path(2, 700)) && !asked.contains(&bundle_path(0, 700)), "{asked:?}");
    // Something old is altered: not seen until the day is over or somebody asks.
    world.served.edit(&bundle_path(0, 700), |bytes| bytes[2] ^= 1);
    read_all(&witness).await;
    assert_eq!(open(&witness), []);
    world.clock.advance_seconds(86_400);
    look(&witness).await;
    read_all(&witness).await;
    assert_eq!(open(&witness), [AlarmKind::Audit]);
    let status = witness.status().logs[0].audit.clone().unwrap();
    let finding = status.finding.unwrap();
    assert!(!status.ok && status.size == 700);
    assert_eq!((finding.path, finding.index), (bundle_path(0, 700), Some(0)));
    // What is added meanwhile does not make it good.
    world.served.show(&grown.grown("a", 800));
    world.served.edit(&bundle_path(0, 800), |bytes| bytes[2] ^= 1);
    look(&witness).await;
    read_all(&witness).await;
    assert_eq!((open(&witness), witness.findings("test").len()), (vec![AlarmKind::Audit], 1));
    // Mended, and read again within the hour.
    world.served.show(&grown.grown("a", 800));
    world.clock.advance_seconds(3600);
    read_all(&witness).await;
    assert_eq!(open(&witness), []);
}

#[tokio::test]
async fn a_reading_on_request_asks_the_witness_that_runs() {
    let world = World::new();
    world.served.show(&Tree::new("a", 700));
    let witness = world.looked().await;
    read_all(&witness).await;
    world.served.edit(&bundle_path(0, 700), |bytes| bytes[2] ^= 1);
    let audited = Witness::audit(&world.config, world.folder.path(), "test", &world.ports()).await.unwrap();
    assert!(audited.asked && audited.findings.len() == 1);
    read_all(&witness).await;
    assert_eq!(open(&witness), [AlarmKind::Audit]);
    let wrong = Witness::audit(&world.config, world.folder.path(), "other", &world.ports()).await.unwrap_err();
    assert!(wrong.advice.contains("test"));
}
