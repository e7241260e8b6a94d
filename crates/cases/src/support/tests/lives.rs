//! Counts in memory follow the feed, tell their listeners, and let them go at the end.

use std::time::Duration;

use madang_kernel::sequencer::Sequencer;
use madang_kernel::wake;

use super::*;

#[tokio::test]
async fn without_a_follower_a_count_is_always_read() {
    for site in sites().await {
        let live = site.cases.live.clone();
        assert_eq!(live.get(&site.db, &site.cases, &site.number).await.unwrap().count, 0);
        site.give(&citizen("kim", NOW), &plain()).await.unwrap();
        site.drain().await;
        let snapshot = live.get(&site.db, &site.cases, &site.number).await.unwrap();
        assert_eq!((snapshot.count, snapshot.position), (1, 1));
        let json: serde_json::Value = serde_json::from_str(&snapshot.json).unwrap();
        assert_eq!((&json["count"], &json["position"], &json["open"]), (&1.into(), &1.into(), &true.into()));
        assert_eq!(json["thresholds"][1]["count"], 8);
        let (_, hidden) = file(&site.db, "unpublished").await;
        assert_eq!(live.get(&site.db, &site.cases, &hidden).await.unwrap_err().code(), "case.unknown");
    }
}

#[tokio::test]
async fn listeners_hear_of_every_change_and_are_let_go() {
    for site in sites().await {
        let sequencer = Arc::new(Sequencer::new(site.db.clone(), Arc::clone(&site.folds)));
        let (stopper, stop) = wake::stop();
        let live = site.cases.live.clone();
        let running = [
            tokio::spawn({
                let (live, db, cases, position) =
                    (live.clone(), site.db.clone(), site.cases.clone(), sequencer.position());
                let stop = stop.clone();
                async move { live.run(db, cases, position, stop).await }
            }),
            tokio::spawn(async move { sequencer.run(stop).await }),
        ];
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut listener = live.listen(&site.db, &site.cases, &site.number).await.unwrap();
        assert_eq!(listener.next().await.unwrap().count, 0);
        for n in 0..5 {
            site.give(&citizen(&format!("p{n}"), NOW), &plain()).await.unwrap();
        }
        let last = tokio::time::timeout(Duration::from_secs(5), async {
            loop {
                let snapshot = listener.next().await.unwrap();
                if snapshot.count == 5 {
                    break snapshot;
                }
            }
        });
        assert!(last.await.unwrap().json.contains("\"count\":5"));
        assert_eq!(live.get(&site.db, &site.cases, &site.number).await.unwrap().count, 5);
        stopper.set();
        assert!(tokio::time::timeout(Duration::from_secs(2), listener.next()).await.unwrap().is_none());
        for task in running {
            task.await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_number_of_listeners_is_bounded() {
    let site = sites().await.remove(0);
    let live = site.cases.live.clone();
    let mut listeners = Vec::new();
    for _ in 0..live::MOST_LISTENERS {
        listeners.push(live.listen(&site.db, &site.cases, &site.number).await.unwrap());
    }
    let refused = live.listen(&site.db, &site.cases, &site.number).await.unwrap_err();
    assert_eq!(refused.code(), "support.listeners");
    listeners.pop();
    assert!(live.listen(&site.db, &site.cases, &site.number).await.is_ok());
}
