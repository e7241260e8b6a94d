//! The fold equals the recount, breakdowns equal totals, thresholds are reached once; and a recount finds what was changed.

use std::collections::BTreeMap;

use madang_base::Rng;
use madang_kernel::change;

use super::*;

/// The breakdowns of a case beside its total.
fn sums(site: &Site) -> BTreeMap<String, i64> {
    let rows = site
        .db
        .query("SELECT dimension, CAST(SUM(count) AS BIGINT) FROM support_count GROUP BY dimension", &[])
        .unwrap();
    rows.iter().map(|row| (row.at(0).unwrap(), row.at(1).unwrap())).collect()
}

#[tokio::test]
async fn whatever_is_done_the_fold_is_the_recount() {
    for site in sites().await {
        let rng = SeededRng::new(b"acts");
        let (mut now, mut batches) = (NOW, Vec::new());
        for round in 0..120 {
            let [what, who, region, age] = (&rng as &dyn Rng).bytes::<4>();
            now = now.plus_seconds(i64::from(what) * 300);
            let ctx = citizen(&format!("person {}", who % 12), now);
            let stated = input(
                ["", "kr-11", "kr-26", "abroad"][usize::from(region % 4)],
                ["", "0-19", "30-39"][usize::from(age % 3)],
                &format!("n{}", who % 3),
            );
            match what % 10 {
                0..=4 => drop(site.give(&ctx, &stated).await),
                5 | 6 => drop(site.withdraw(&ctx).await),
                7 => batches.push(super::batches::enter(&site, now, who).await.id),
                8 => super::bursts::flip(&site, now, age % 2 == 0).await,
                _ => match batches.pop() {
                    Some(id) if age % 2 == 0 => super::batches::undo(&site, now, id).await,
                    Some(_) | None => {}
                },
            }
            if region % 3 == 0 {
                drain_once(&site.db, &site.folds).await.unwrap();
                let verified = site.verify(None).await;
                assert_eq!(verified.differences, [], "round {round} on {}", site.db.engine());
            }
        }
        site.drain().await;
        let verified = site.verify(None).await;
        assert_eq!(verified.differences, []);
        let sums = sums(&site);
        assert_eq!(sums["total"], verified.supports);
        assert!(verified.supports > 3, "the acts must leave something: {}", verified.supports);
        assert!(["region", "age", "day"].iter().all(|dimension| sums[*dimension] == sums["total"]), "{sums:?}");
        let given = site.number_of("SELECT COUNT(*) FROM support WHERE status = 'given'");
        assert_eq!(given, verified.supports);
        assert!(site.verify(Some(10)).await.supports <= 10);
    }
}

#[tokio::test]
async fn breakdowns_equal_the_total_at_every_position() {
    for site in sites().await {
        for n in 0..12 {
            site.give(&citizen(&format!("p{n}"), NOW), &input(["kr-11", "", "kr-26"][n % 3], "20-29", ""))
                .await
                .unwrap();
            if n % 4 == 3 {
                site.withdraw(&citizen(&format!("p{}", n - 2), NOW)).await.unwrap();
            }
        }
        let inbox = site.number_of("SELECT COUNT(*) FROM inbox");
        for position in 1..=inbox {
            // One event at a time: everything else waits.
            site.db.batch("CREATE TABLE IF NOT EXISTS held (id BIGINT PRIMARY KEY, at BIGINT, kind TEXT, object TEXT, public BIGINT, json TEXT);
                INSERT INTO held SELECT id, at, kind, object, public, json FROM inbox WHERE id > (SELECT MIN(id) FROM inbox);
                DELETE FROM inbox WHERE id > (SELECT MIN(id) FROM inbox);");
            assert_eq!(drain_once(&site.db, &site.folds).await.unwrap(), 1);
            site.db.batch("INSERT INTO inbox (id, at, kind, object, public, json) SELECT id, at, kind, object, public, json FROM held;
                DELETE FROM held;");
            let sums = sums(&site);
            assert!(sums.values().all(|sum| *sum == sums["total"]), "position {position}: {sums:?}");
            let verified = site.verify(None).await;
            assert_eq!((verified.position, verified.supports), (position, sums["total"]));
            assert_eq!(verified.differences, []);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_threshold_is_reached_once_whoever_races_and_stays() {
    for site in sites().await {
        let site = Arc::new(site);
        let mut work = tokio::task::JoinSet::new();
        for n in 0..24 {
            let site = Arc::clone(&site);
            work.spawn(async move {
                let ctx = citizen(&format!("p{}", n % 12), NOW);
                drop(site.give(&ctx, &plain()).await);
                let _ = drain_once(&site.db, &site.folds).await;
                if n % 4 == 0 {
                    drop(site.withdraw(&ctx).await);
                }
                let _ = drain_once(&site.db, &site.folds).await;
            });
        }
        while let Some(done) = work.join_next().await {
            done.unwrap();
        }
        site.drain().await;
        for n in 0..12 {
            drop(site.give(&citizen(&format!("p{n}"), NOW), &plain()).await);
        }
        site.drain().await;
        assert_eq!(site.rows("SELECT threshold FROM threshold_reached ORDER BY threshold"), ["first", "second"]);
        assert_eq!(site.number_of("SELECT COUNT(*) FROM job WHERE kind = 'cases.threshold'"), 2);
        assert_eq!(site.verify(None).await.differences, []);
        let before = site.rows("SELECT CAST(position AS TEXT) FROM threshold_reached ORDER BY threshold");
        for n in 0..12 {
            site.withdraw(&citizen(&format!("p{n}"), NOW)).await.unwrap();
        }
        assert_eq!(site.count().await, 0);
        for n in 0..12 {
            site.give(&citizen(&format!("p{n}"), NOW), &plain()).await.unwrap();
        }
        site.drain().await;
        assert_eq!(site.rows("SELECT CAST(position AS TEXT) FROM threshold_reached ORDER BY threshold"), before);
        assert_eq!(site.number_of("SELECT COUNT(*) FROM job WHERE kind = 'cases.threshold'"), 2);
        let view = site.view(&citizen("p0", NOW)).await;
        assert!(view.thresholds.iter().all(|threshold| threshold.reached_at == Some(NOW)), "{:?}", view.thresholds);
        assert_eq!(site.verify(None).await.differences, []);
    }
}

#[tokio::test]
async fn the_position_of_a_threshold_is_the_first_that_has_it() {
    for site in sites().await {
        for n in 0..9 {
            site.give(&citizen(&format!("p{n}"), NOW), &plain()).await.unwrap();
        }
        site.drain().await;
        let reached = site.view(&citizen("p0", NOW)).await.thresholds;
        let positions: Vec<_> = reached.iter().map(|threshold| threshold.reached_position.unwrap()).collect();
        assert_eq!(positions, [3, 8]);
        let supports = [site.verify(Some(2)).await.supports, site.verify(Some(3)).await.supports];
        assert_eq!(supports, [2, 3]);
        assert_eq!(site.db.read(change::head).await.unwrap(), 9);
        let cases = site.cases.clone();
        let beyond = site.db.read(move |tx| verify(tx, &cases, Some(10))).await.unwrap_err();
        assert_eq!(beyond.code(), "support.position");
    }
}

#[tokio::test]
async fn a_recount_names_what_was_changed() {
    let lies = [
        ("UPDATE support_count SET count = count + 1 WHERE dimension = 'total';", "total", "9", "10"),
        (
            "UPDATE support_count SET count = count - 1 WHERE dimension = 'region' AND value = 'kr-11';",
            "region",
            "9",
            "8",
        ),
        ("UPDATE support_count SET value = '2026-03-04' WHERE dimension = 'day';", "day", "0", "9"),
        ("DELETE FROM support_count WHERE dimension = 'age';", "age", "9", "none"),
        ("DELETE FROM support WHERE nullifier = (SELECT MIN(nullifier) FROM support);", "row", "given", "none"),
        (
            "UPDATE support SET status = 'withdrawn' WHERE nullifier = (SELECT MAX(nullifier) FROM support);",
            "row",
            "given",
            "withdrawn",
        ),
        (
            "UPDATE support SET nullifier = 'ffffffffffffffff' WHERE nullifier = (SELECT MAX(nullifier) FROM support);",
            "row",
            "none",
            "given",
        ),
        (
            "UPDATE support SET region = 'kr-26' WHERE nullifier = (SELECT MAX(nullifier) FROM support);",
            "region",
            "8",
            "9",
        ),
        (
            "UPDATE threshold_reached SET position = 2 WHERE threshold = 'first';",
            "threshold",
            "3 at position 3",
            "3 at position 2",
        ),
        ("DELETE FROM threshold_reached WHERE threshold = 'second';", "threshold", "8 at position 8", "none"),
        ("DELETE FROM change WHERE position = 9;", "row", "none", "given"),
    ];
    for (lie, what, expected, found) in lies {
        for site in sites().await {
            for n in 0..9 {
                site.give(&citizen(&format!("p{n}"), NOW), &input("kr-11", "30-39", "")).await.unwrap();
            }
            site.drain().await;
            assert_eq!(site.verify(None).await.differences, []);
            site.db.batch(lie);
            let differences = site.verify(None).await.differences;
            let named = differences.iter().any(|d| {
                d.what == what
                    && d.number == site.number
                    && d.expected.starts_with(expected)
                    && d.found.starts_with(found)
            });
            assert!(named, "{lie}: {differences:#?}");
        }
    }
}
