//! Killed at any point, with any operation of the store failing, with two at once: the log goes on, without a gap and
//! without a fork.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use super::*;

/// Runs `work` until it has waited `waits` times, then drops it: the process is killed there. What it had asked of the
/// database may still happen, as it may when a process is killed.
async fn killed<T>(work: impl Future<Output = T>, waits: usize) -> Option<T> {
    let mut work = pin!(work);
    let mut left = waits;
    poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn killed_at_every_point_it_goes_on() {
    for world in worlds() {
        let mut size = 0;
        let mut finished = 0;
        for round in 0..400 {
            world.act(40 + round % 7).await;
            world.drain().await;
            size += 40 + round as u64 % 7;
            let node = world.node().await;
            if killed(node.turn(), round).await.is_some() {
                finished += 1;
                if finished == 3 {
                    break;
                }
            }
        }
        assert_eq!(finished, 3, "a turn has an end");
        let node = world.node().await;
        assert_eq!(world.integrate(&node).await, size);
        world.check(size, &[key(1)]).await;
    }
}

#[tokio::test]
async fn any_operation_of_the_store_may_fail() {
    for world in worlds() {
        let mut size = 0;
        let mut whole = 0;
        let mut node = world.node().await;
        for round in 0..300 {
            world.act(150).await;
            world.drain().await;
            size += 150;
            if round % 3 == 0 {
                node = world.node().await;
            }
            world.store.fail(round, 1 + round % 2);
            let turned = node.turn().await;
            let untouched = world.store.heal();
            if turned.is_err() || node.state().is_held() {
                assert!(!untouched);
            }
            if untouched {
                whole += 1;
                if whole == 6 {
                    break;
                }
            }
            if round % 5 == 0 {
                node.turn().await.unwrap();
                assert_eq!(world.integrate(&node).await, size, "round {round}");
            }
        }
        assert_eq!(whole, 6, "a turn has an end");
        node.turn().await.unwrap();
        world.integrate(&node).await;
        world.check(size, &[key(1)]).await;
    }
}

#[tokio::test]
async fn a_full_disk_signs_nothing_and_loses_nothing() {
    for world in worlds() {
        let node = world.node().await;
        world.act(100).await;
        world.drain().await;
        assert_eq!(world.integrate(&node).await, 100);
        let published = world.store.checkpoints().len();
        world.store.fail(0, i64::MAX);
        for _ in 0..5 {
            world.act(100).await;
            world.drain().await;
            assert_eq!(node.turn().await.unwrap_err().code(), "log.store");
        }
        let tree = world.db.read(super::super::store::tree).await.unwrap().unwrap();
        assert_eq!((tree.size, world.store.checkpoints().len()), (100, published), "nothing is signed");
        world.store.heal();
        node.turn().await.unwrap();
        assert_eq!(world.integrate(&node).await, 600);
        world.check(600, &[key(1)]).await;
    }
}

#[tokio::test]
async fn of_two_nodes_one_works() {
    for world in worlds() {
        let (one, two) = (world.node().await, world.node_with(Some(key(1)), &Arc::clone(&world.clock)).await);
        world.act(10).await;
        world.drain().await;
        assert_eq!(one.turn().await.unwrap().added, 10);
        world.act(10).await;
        world.drain().await;
        assert_eq!(two.turn().await.unwrap().added, 0);
        assert!(matches!(two.state(), LogState::Following));
        assert_eq!(*two.gate().published().borrow(), 10);
        world.clock.advance_seconds(7);
        assert_eq!(two.turn().await.unwrap().added, 10);
        assert!(matches!(two.state(), LogState::Running));
        world.act(1).await;
        world.drain().await;
        assert_eq!(one.turn().await.unwrap().added, 0);
        assert!(matches!(one.state(), LogState::Following));
        world.check(20, &[key(1)]).await;
    }
}

/// Their clocks are so far apart that each takes the lease from the other whenever it looks.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_at_once_write_the_same_log() {
    for world in worlds() {
        let world = Arc::new(world);
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..3 {
            let world = Arc::clone(&world);
            tasks.spawn(async move {
                let clock = Arc::new(FixedClock::at(NOW.plus_seconds(n * 1000)));
                let node = world.node_with(Some(key(1)), &clock).await;
                let mut done = 0;
                for _ in 0..60 {
                    clock.advance_seconds(10);
                    match node.turn().await {
                        Ok(turn) => done += turn.added,
                        Err(error) => assert!(matches!(error.code(), "log.fenced" | "db.contention"), "{error:?}"),
                    }
                    assert!(!node.state().is_held(), "{:?}", node.state());
                    tokio::task::yield_now().await;
                }
                done
            });
        }
        for _ in 0..40 {
            world.act(9).await;
            world.drain().await;
        }
        let mut done = 0;
        while let Some(added) = tasks.join_next().await {
            done += added.unwrap();
        }
        let node = world.node_with(Some(key(1)), &Arc::new(FixedClock::at(NOW.plus_days(9)))).await;
        let size = world.integrate(&node).await;
        assert_eq!(size, 360);
        assert!(done <= 360, "no leaf is added twice");
        let newest: Note = world.store.checkpoints().last().unwrap().parse().unwrap();
        assert_eq!(Checkpoint::of(&newest).unwrap().size, 360, "an old checkpoint never stays");
        world.check(360, &[key(1)]).await;
    }
}
