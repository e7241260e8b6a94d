//! Bursts are marked by the rule alone, leave and come back by decisions alone, and networks are forgotten.

use madang_db::Tx;

use super::*;

async fn run<T: Send + 'static>(
    site: &Site,
    ctx: Ctx,
    work: impl Fn(&mut Tx, &Ctx, &Cases) -> Result<T> + Send + 'static,
) -> Result<T> {
    let cases = site.cases.clone();
    site.db.write(move |tx| work(tx, &ctx, &cases)).await
}

async fn detect(site: &Site, now: Time) -> u64 {
    run(site, system(now), move |tx, ctx, _| {
        let found = burst::find(tx, ctx, now.plus_seconds(-600), now)?;
        burst::mark(tx, &found)
    })
    .await
    .unwrap()
}

async fn bursts(site: &Site) -> Vec<Burst> {
    let case = site.case;
    site.db.read(move |tx| burst::list(tx, case)).await.unwrap()
}

async fn decide(site: &Site, now: Time, id: BurstId, exclude: bool) -> Result<()> {
    let decided = run(site, officer(now), move |tx, ctx, cases| {
        burst::decide(tx, ctx, cases, id, exclude, "같은 곳에서 자동으로 보낸 것으로 확인했습니다.")
    })
    .await;
    if decided.is_ok() {
        while run(site, system(now), move |tx, ctx, _| burst::apply(tx, ctx, id)).await.unwrap() {}
    }
    decided
}

/// Marks everything of the last hours as a burst of network `n1`, or decides on one that there is; for acts at random.
pub(super) async fn flip(site: &Site, now: Time, exclude: bool) {
    match bursts(site).await.into_iter().next_back() {
        Some(known) if known.state == BurstState::Excluded || exclude => {
            drop(decide(site, now, known.id, known.state != BurstState::Excluded).await);
        }
        _ => {
            let burst = Burst {
                id: Id::new(now, &*rng()),
                case: site.case,
                kind: BurstKind::Network,
                from: now.plus_seconds(-100_000),
                until: now.plus_seconds(1),
                size: 1,
                network: Some("n1".into()),
                state: BurstState::Marked,
                decided_at: None,
                decided_by: None,
                reason: String::new(),
                excluded: 0,
            };
            run(site, system(now), move |tx, _, _| burst::mark(tx, std::slice::from_ref(&burst))).await.unwrap();
        }
    }
}

async fn crowd(site: &Site, from: usize, many: usize, network: &str, at: Time) {
    for n in from..from + many {
        site.give(&citizen(&format!("p{n}"), at), &input("", "", network)).await.unwrap();
    }
    site.drain().await;
}

#[tokio::test]
async fn the_rule_marks_what_stands_out_and_nothing_else() {
    for site in sites().await {
        let at = |minute: i64| NOW.plus_seconds(minute * 60 + 5);
        crowd(&site, 0, 19, "school", at(0)).await;
        crowd(&site, 100, 20, "office", at(1)).await;
        crowd(&site, 200, 20, "carrier", at(2)).await;
        for n in 0..61 {
            crowd(&site, 300 + n, 1, &format!("home {n}"), at(2)).await;
        }
        assert_eq!(detect(&site, at(3)).await, 2);
        assert_eq!(detect(&site, at(3)).await, 0);
        let found: Vec<_> = bursts(&site).await.into_iter().map(|b| (b.kind, b.size, b.network)).collect();
        let expected = [(BurstKind::Network, 20, Some("office".to_owned())), (BurstKind::Minute, 81, None)];
        assert_eq!(found, expected);
        assert_eq!(site.count().await, 120, "a mark changes no count");
    }
}

#[tokio::test]
async fn a_busy_case_is_measured_by_its_own_days() {
    for site in sites().await {
        crowd(&site, 0, 25, "office", NOW).await;
        let day = NOW.kst_date();
        // A hundred a minute since yesterday.
        let minutes = 24 * 60 + 9 * 60;
        let sql = format!(
            "UPDATE support_count SET count = {} WHERE dimension = 'day' AND value = '{day}';",
            100 * minutes + 25
        );
        site.db.batch(&sql);
        assert_eq!(detect(&site, NOW.plus_seconds(120)).await, 0);
        site.db.batch(&format!(
            "UPDATE support_count SET count = {} WHERE dimension = 'day' AND value = '{day}';",
            24 * minutes + 25
        ));
        assert_eq!(detect(&site, NOW.plus_seconds(120)).await, 1);
    }
}

#[tokio::test]
async fn a_decision_leaves_out_and_another_counts_again() {
    for site in sites().await {
        crowd(&site, 0, 30, "office", NOW).await;
        crowd(&site, 50, 4, "home", NOW).await;
        assert_eq!(detect(&site, NOW.plus_seconds(90)).await, 1);
        let later = NOW.plus_seconds(100);
        let id = bursts(&site).await[0].id;
        let refused =
            run(&site, citizen("x", later), move |tx, ctx, cases| burst::decide(tx, ctx, cases, id, true, "왜")).await;
        assert_eq!(refused.unwrap_err().code(), "permission.denied");
        let refused =
            run(&site, officer(later), move |tx, ctx, cases| burst::decide(tx, ctx, cases, id, true, "")).await;
        assert_eq!(refused.unwrap_err().code(), "support.reason");
        decide(&site, later, id, true).await.unwrap();
        assert_eq!(site.count().await, 4);
        let view = site.view(&citizen("p0", later)).await;
        assert_eq!((view.excluded, view.given_by_me, view.bursts[0].excluded), (30, false, 30));
        assert!(!view.bursts[0].reason.is_empty());
        assert_eq!(site.give(&citizen("p0", later), &plain()).await.unwrap_err().code(), "support.excluded");
        assert_eq!(site.withdraw(&citizen("p0", later)).await.unwrap_err().code(), "support.excluded");
        assert_eq!(decide(&site, later, id, true).await.unwrap_err().code(), "support.burst-decided");
        assert_eq!(site.verify(None).await.differences, []);
        let said = site.rows("SELECT body FROM case_event WHERE kind = 'excluded'");
        assert!(said.len() == 1 && said[0].contains("자동으로"), "{said:?}");
        decide(&site, later, id, false).await.unwrap();
        assert_eq!(site.count().await, 34);
        let view = site.view(&citizen("p0", later)).await;
        assert_eq!((view.excluded, view.given_by_me, view.bursts[0].state), (0, true, BurstState::Restored));
        assert_eq!(
            site.rows("SELECT kind FROM change WHERE kind LIKE 'case.burst%' ORDER BY position"),
            ["case.burst-excluded", "case.burst-restored"]
        );
        assert_eq!(site.verify(None).await.differences, []);
    }
}

#[tokio::test]
async fn many_are_left_out_in_steps() {
    for site in sites().await {
        let case = site.case;
        let supports: Vec<String> = (0..1100).map(|n| format!("{n:064x}")).collect();
        run(&site, system(NOW), move |tx, ctx, _| {
            for hex in &supports {
                let new = store::New {
                    case,
                    nullifier: hex,
                    at: ctx.now,
                    channel: Channel::Web,
                    batch: None,
                    region: None,
                    age_band: None,
                    network: Some("office"),
                };
                assert!(store::insert(tx, &new)?);
            }
            Ok(())
        })
        .await
        .unwrap();
        assert_eq!(detect(&site, NOW.plus_seconds(90)).await, 2);
        let network = bursts(&site).await.into_iter().find(|burst| burst.kind == BurstKind::Network).unwrap();
        decide(&site, NOW.plus_seconds(90), network.id, true).await.unwrap();
        assert_eq!(site.number_of("SELECT COUNT(*) FROM support WHERE status = 'excluded'"), 1100);
        assert_eq!(site.number_of("SELECT COUNT(*) FROM job WHERE kind = 'cases.burst-apply'"), 1);
        assert_eq!(bursts(&site).await.iter().map(|burst| burst.excluded).sum::<i64>(), 1100);
    }
}

#[tokio::test]
async fn networks_are_forgotten_after_thirty_days() {
    for site in sites().await {
        crowd(&site, 0, 25, "office", NOW).await;
        crowd(&site, 30, 2, "office", NOW.plus_days(2)).await;
        detect(&site, NOW.plus_seconds(120)).await;
        let now = NOW.plus_days(31);
        let jobs = Jobs {
            db: site.db.clone(),
            cases: site.cases.clone(),
            clock: Arc::new(FixedClock::at(now)),
            rng: rng(),
            keys: keys(),
        };
        jobs.tidy().await.unwrap();
        assert_eq!(site.number_of("SELECT COUNT(*) FROM support WHERE network IS NOT NULL"), 2);
        let burst = bursts(&site).await.remove(0);
        assert_ne!(burst.network.as_deref(), Some("office"));
        assert_eq!(decide(&site, now, burst.id, true).await.unwrap_err().code(), "support.burst-old");
        decide(&site, now, burst.id, false).await.unwrap();
        assert_eq!(site.verify(None).await.differences, []);
    }
}
