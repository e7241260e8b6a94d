//! Keeping up: nothing is missed, nothing stays that is not public.

use std::sync::Arc;
use std::time::Duration;

use madang_db::testing::TestDb;
use madang_kernel::wake;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::{World, case, document, follower};
use crate::{Query, generation};

#[tokio::test]
async fn what_happens_is_found_and_what_vanished_is_not() {
    for db in TestDb::both() {
        let world = World::on(db, generation::disk());
        world.follower.catch_up().await.unwrap();
        assert_eq!(world.index.status().documents, 0);
        world.publish(document(1, "가로등 고장", "어둡습니다")).await;
        world.publish(document(2, "보도 정비", "울퉁불퉁합니다")).await;
        world.follower.catch_up().await.unwrap();
        assert_eq!(world.find("가로등"), [case(1)]);
        world.publish(document(1, "신호등 고장", "어둡습니다")).await;
        world.follower.catch_up().await.unwrap();
        assert_eq!((world.find("가로등"), world.find("신호등")), (vec![], vec![case(1)]));
        world.withdraw(&case(1)).await;
        world.follower.catch_up().await.unwrap();
        assert_eq!((world.find("신호등"), world.find("보도")), (vec![], vec![case(2)]));
        let status = world.index.status();
        assert_eq!((status.documents, status.position, status.error), (1, 4, None));
        assert!(status.bytes > 0 && status.building.is_none());
    }
}

#[tokio::test]
async fn what_was_not_committed_is_done_again_after_a_kill() {
    let world = World::with(vec![document(1, "가로등", "")]).await;
    world.publish(document(2, "보도", "")).await;
    // A writer that never comes to commit, as when the program is killed.
    let generation = world.index.0.current().unwrap();
    generation.add(1, 32 << 20, &[document(2, "보도", ""), document(3, "유령", "")]).unwrap();
    drop(generation);
    let world = world.reopen();
    assert_eq!(world.find("보도"), []);
    world.follower.catch_up().await.unwrap();
    assert_eq!((world.find("보도"), world.find("유령")), (vec![case(2)], vec![]));
    assert_eq!(world.find("가로등"), [case(1)]);
}

#[tokio::test]
async fn a_building_that_was_killed_begins_again() {
    let world = World::new();
    for n in 0..50 {
        world.put(document(n, "가로등", ""));
    }
    let generation = world.index.0.current().unwrap();
    generation.add(1, 32 << 20, &[document(77, "유령", "")]).unwrap();
    generation.show(1, 32 << 20, generation::Mark::default()).unwrap();
    assert_eq!(world.find("유령"), [case(77)]);
    drop(generation);
    let world = world.reopen();
    assert_eq!(world.index.status().documents, 0);
    world.follower.catch_up().await.unwrap();
    assert_eq!((world.index.status().documents, world.find("유령")), (50, vec![]));
}

#[tokio::test]
async fn it_answers_while_it_is_built_anew() {
    let world = World::with((0..3000).map(|n| document(n, "가로등 고장", "어둡습니다")).collect()).await;
    let before = world.index.status().generation;
    world.withdraw(&case(0)).await;
    world.index.rebuild();
    let (index, done) = (world.index.clone(), Arc::new(std::sync::atomic::AtomicBool::new(false)));
    let stop = Arc::clone(&done);
    let asking = std::thread::spawn(move || {
        let query = Query { words: "가로등".to_owned(), ..Query::default() };
        let mut asked = 0;
        while !stop.load(std::sync::atomic::Ordering::SeqCst) {
            assert!(index.search(&query, 0, 10).unwrap().count >= 2999);
            asked += 1;
        }
        asked
    });
    world.follower.catch_up().await.unwrap();
    done.store(true, std::sync::atomic::Ordering::SeqCst);
    assert!(asking.join().unwrap() > 0);
    let after = world.index.status();
    assert_ne!(after.generation, before);
    assert_eq!((after.documents, after.building), (2999, None));
    let folders =
        std::fs::read_dir(world.path()).unwrap().filter(|entry| entry.as_ref().unwrap().file_type().unwrap().is_dir());
    assert_eq!(folders.count(), 1);
}

#[tokio::test]
async fn an_index_of_another_database_is_built_anew() {
    let world = World::with(vec![document(1, "가로등", "")]).await;
    world.publish(document(2, "보도", "")).await;
    world.follower.catch_up().await.unwrap();
    let before = world.index.status().generation;
    let db = TestDb::sqlite();
    let (_sender, position) = watch::channel(0);
    let other = follower(&db, &world.index, &world.site, position);
    other.catch_up().await.unwrap();
    other.catch_up().await.unwrap();
    let status = world.index.status();
    assert_ne!(status.generation, before);
    assert_eq!((status.position, status.documents), (0, 2));
}

#[tokio::test]
async fn a_second_process_answers_and_does_not_write() {
    let world = World::with(vec![document(1, "가로등", "")]).await;
    let second = crate::Index::open(&world.path(), super::options()).unwrap();
    let (_sender, position) = watch::channel(0);
    let reader = follower(&world.db, &second, &world.site, position);
    let query = Query { words: "보도".to_owned(), ..Query::default() };
    assert!(!second.status().writes && world.index.status().writes);
    let take_up = async || assert_eq!(reader.catch_up().await.unwrap_err().code(), "search.locked");
    assert_eq!(second.search(&query, 0, 10).unwrap().count, 0);
    world.publish(document(2, "보도", "")).await;
    take_up().await;
    assert_eq!(second.search(&query, 0, 10).unwrap().count, 0);
    world.follower.catch_up().await.unwrap();
    take_up().await;
    assert_eq!(second.search(&query, 0, 10).unwrap().count, 1);
    // A generation that the other one built.
    world.index.rebuild();
    world.follower.catch_up().await.unwrap();
    take_up().await;
    assert_eq!(second.status().generation, world.index.status().generation);
    // Asked by this one, built by the other.
    second.rebuild();
    take_up().await;
    world.follower.catch_up().await.unwrap();
    assert_ne!(second.status().generation, world.index.status().generation);
    take_up().await;
    assert_eq!(second.status().generation, world.index.status().generation);
    // The other one goes: this one takes over.
    let _world = world.closed();
    reader.catch_up().await.unwrap();
    assert!(second.status().writes && second.status().error.is_none());
}

#[tokio::test]
async fn a_new_case_is_found_within_two_seconds() {
    let world = World::with(vec![document(1, "가로등", "")]).await;
    let (stopper, stop) = wake::stop();
    let running = tokio::spawn(world.follower.clone().run(stop));
    sleep(Duration::from_millis(50)).await;
    world.publish(document(2, "보도", "")).await;
    let filed = Instant::now();
    while world.find("보도").is_empty() {
        assert!(filed.elapsed() < Duration::from_secs(2), "not found in time");
        sleep(Duration::from_millis(20)).await;
    }
    stopper.set();
    running.await.unwrap();
}

#[tokio::test]
async fn many_small_commits_do_not_pile_up() {
    let world = World::with(vec![document(1, "가로등", "")]).await;
    for n in 2..60 {
        world.publish(document(n, "보도", "")).await;
        world.follower.catch_up().await.unwrap();
    }
    assert_eq!(world.find("보도").len(), 50);
    world.index.0.current().unwrap().settle().unwrap();
    let segments = world.index.0.current().unwrap().searcher().segment_readers().len();
    assert!(segments < 20, "{segments} segments");
}
