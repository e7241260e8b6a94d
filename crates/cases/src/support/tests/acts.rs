//! Giving and taking back: one person is one support, in whatever order and however often at once.

use super::*;

#[tokio::test]
async fn a_person_counts_once_and_may_change_their_mind() {
    for site in sites().await {
        let kim = citizen("kim", NOW);
        assert!(!site.give(&kim, &plain()).await.unwrap().again);
        assert!(site.give(&kim, &plain()).await.unwrap().again);
        assert_eq!(site.count().await, 1);
        assert!(site.view(&kim).await.given_by_me && !site.view(&citizen("lee", NOW)).await.given_by_me);
        site.withdraw(&kim).await.unwrap();
        assert_eq!(site.withdraw(&kim).await.unwrap_err().code(), "support.not-given");
        assert_eq!(site.count().await, 0);
        assert!(!site.view(&kim).await.given_by_me);
        let tomorrow = citizen("kim", NOW.plus_days(1));
        assert!(!site.give(&tomorrow, &plain()).await.unwrap().again);
        let view = {
            site.drain().await;
            site.view(&kim).await
        };
        assert_eq!((view.count, view.position), (1, 3));
        assert_eq!(view.days, [(jiff::civil::date(2026, 3, 4), 1)]);
        assert_eq!(site.rows("SELECT status FROM support"), ["given"]);
        assert_eq!(site.verify(None).await.differences, []);
    }
}

#[tokio::test]
async fn who_does_not_prove_enough_may_not() {
    for site in sites().await {
        let mut mail_only = citizen("park", NOW);
        if let Actor::Person(person) = &mut mail_only.actor {
            person.assurance = Assurance::Pseudonymous;
        }
        assert_eq!(site.give(&mail_only, &plain()).await.unwrap_err().code(), "support.who");
        let mut nobody = citizen("park", NOW);
        if let Actor::Person(person) = &mut nobody.actor {
            person.keys.verified = None;
        }
        assert_eq!(site.give(&nobody, &plain()).await.unwrap_err().code(), "support.who");
        let anonymous = system(NOW).with_actor(Actor::Anonymous);
        assert_eq!(site.give(&anonymous, &plain()).await.unwrap_err().code(), "permission.sign-in");
        assert_eq!(
            site.give(&citizen("a", NOW), &input("kr-99", "", "")).await.unwrap_err().code(),
            "support.region-unknown"
        );
        assert_eq!(site.give(&citizen("a", NOW), &input("", "7", "")).await.unwrap_err().code(), "support.age-unknown");
        assert_eq!(site.count().await, 0);
    }
}

#[tokio::test]
async fn only_open_and_public_cases_are_supported() {
    for mut site in sites().await {
        let kim = citizen("kim", NOW);
        site.give(&kim, &plain()).await.unwrap();
        site.db.batch("UPDATE case_file SET state = 'answered';");
        assert_eq!(site.give(&citizen("lee", NOW), &plain()).await.unwrap_err().code(), "support.closed");
        assert_eq!(site.withdraw(&kim).await.unwrap_err().code(), "support.closed");
        assert!(!site.view(&kim).await.open);
        assert_eq!(site.count().await, 1);
        site.number = file(&site.db, "unpublished").await.1;
        assert_eq!(site.give(&kim, &plain()).await.unwrap_err().code(), "case.unknown");
        site.number = "PT-2026-0000-0000".into();
        assert_eq!(site.give(&kim, &plain()).await.unwrap_err().code(), "case.unknown");
    }
}

#[tokio::test]
async fn two_cases_cannot_be_joined_and_a_destroyed_key_opens_nothing() {
    for mut site in sites().await {
        let (kim, first) = (citizen("kim", NOW), site.case);
        site.give(&kim, &plain()).await.unwrap();
        (site.case, site.number) = file(&site.db, "published").await;
        site.give(&kim, &plain()).await.unwrap();
        let nullifiers = site.rows("SELECT nullifier FROM support ORDER BY case_id");
        assert_ne!(nullifiers[0], nullifiers[1]);
        site.drain().await;
        let json = site.rows("SELECT json FROM change ORDER BY position").join("\n");
        let person = kim.actor.person().unwrap();
        assert!(nullifiers.iter().all(|nullifier| json.contains(nullifier.as_str())));
        assert!(
            !json.contains(&person.account.to_string()) && !json.contains(person.keys.verified.as_deref().unwrap())
        );
        assert!(site.db.write(move |tx| destroy_key(tx, first)).await.unwrap());
        assert!(!site.db.write(move |tx| destroy_key(tx, first)).await.unwrap());
        assert_eq!(site.verify(None).await.differences, []);
    }
}

#[tokio::test]
async fn what_a_supporter_states_is_committed_and_never_written() {
    for site in sites().await {
        site.give(&citizen("kim", NOW), &input("kr-11", "30-39", "n1")).await.unwrap();
        site.drain().await;
        let json = site.rows("SELECT json FROM change").join("");
        assert!(json.contains("\"stated\":\"sha256:"), "{json}");
        assert!(!json.contains("kr-11") && !json.contains("30-39") && !json.contains("n1"), "{json}");
        let digest = json.split("\"stated\":\"sha256:").nth(1).unwrap()[..64].to_owned();
        let opened = site.db.read(move |tx| madang_kernel::ledger::opens(tx, &digest, "kr-11 30-39")).await.unwrap();
        assert_eq!(opened, Some(true));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_and_one_person_many_times() {
    for site in sites().await {
        let site = Arc::new(site);
        let mut work = tokio::task::JoinSet::new();
        for n in 0..60 {
            let site = Arc::clone(&site);
            work.spawn(async move {
                let name = if n % 2 == 0 { "kim".to_owned() } else { format!("person {}", n / 3) };
                site.give(&citizen(&name, NOW), &input("kr-11", "", "n")).await.unwrap()
            });
        }
        let mut fresh = 0;
        while let Some(given) = work.join_next().await {
            fresh += i64::from(!given.unwrap().again);
        }
        let persons =
            1 + (0..60).filter(|n| n % 2 == 1).map(|n| n / 3).collect::<std::collections::BTreeSet<_>>().len();
        assert_eq!(fresh, i64::try_from(persons).unwrap(), "{}", site.db.engine());
        assert_eq!(site.number_of("SELECT COUNT(*) FROM support"), fresh);
        assert_eq!(site.number_of("SELECT COUNT(*) FROM inbox"), fresh);
        assert_eq!(site.number_of("SELECT COUNT(*) FROM case_key"), 1);
        assert_eq!(site.count().await, fresh);
        assert_eq!(site.verify(None).await.differences, []);
    }
}
