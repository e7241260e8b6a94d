//! Cases that say nearly the same are found behind the acts, for the officers who handle them.

use madang_form::Raw;
use madang_kernel::OrganisationId;
use madang_kernel::sequencer::{drain_once, no_folds};

use super::handling::{DAY, Site, account, at, citizen, system};
use crate::alike::{self, Cluster};
use crate::service::inbox::{self, DueWithin, InboxFilter, Whose};
use crate::service::{correct, merge, personal};
use crate::views::CaseFilter;

async fn settle(site: &Site) {
    while drain_once(&site.db, &no_folds()).await.unwrap() > 0 {}
    loop {
        let cases = site.cases.clone();
        if site.db.write(move |tx| alike::turn(tx, &cases, 2)).await.unwrap() == 0 {
            break;
        }
    }
}

async fn clusters(site: &Site, name: &str, organisation: OrganisationId) -> Vec<Cluster> {
    let (ctx, cases) = (site.officer(name, at(DAY, 12)), site.cases.clone());
    let (found, count) = site.db.read(move |tx| alike::clusters(tx, &ctx, &cases, organisation, 0, 20)).await.unwrap();
    assert_eq!(found.len(), count);
    found
}

fn numbers(cluster: &Cluster) -> Vec<&str> {
    cluster.cases.iter().map(|member| member.line.number.as_str()).collect()
}

async fn rows(site: &Site) -> (usize, usize) {
    let count = |sql: &str| site.db.query(sql, &[]).unwrap().len();
    (count("SELECT band FROM case_band"), count("SELECT other FROM case_alike"))
}

#[tokio::test]
pub(super) async fn cases_that_say_the_same_are_together() {
    for site in Site::both().await {
        let mut filed = Vec::new();
        for (name, hour) in [("author", 7), ("neighbour", 8), ("friend", 9)] {
            filed.push(site.file(&citizen(name, at(DAY, hour)), "petition").await);
        }
        // The same words in another service are another thing.
        site.file(&citizen("author", at(DAY, 10)), "complaint").await;
        // Something else altogether.
        let other = site.file(&citizen("stranger", at(DAY, 10)), "petition").await.number;
        let raw: Raw = [
            ("title", "하천 산책로에 나무 그늘을 만들어 주세요"),
            ("request", "여름마다 너무 더워 걸을 수 없으니 느티나무를 심어 주세요."),
            ("why", "그늘이 없어 어르신들이 쓰러진 일이 있었습니다."),
        ]
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
        let own = other.clone();
        site.act(&citizen("stranger", at(DAY, 10)), move |tx, ctx, cases| {
            correct::correct(tx, ctx, cases, &own, &raw, "", None)
        })
        .await
        .unwrap();
        settle(&site).await;
        let found = clusters(&site, "officer", site.mois).await;
        assert_eq!(found.len(), 1, "{found:?}");
        let all: Vec<&str> = filed.iter().rev().map(|receipt| receipt.number.as_str()).collect();
        assert_eq!(numbers(&found[0]), all, "the newest first");
        assert_eq!((found[0].count, &found[0].main), (3, &filed[0].number), "the oldest stays");
        assert!(found[0].words.iter().any(|word| word == "음성"), "{:?}", found[0].words);
        assert!(found[0].cases.iter().all(|member| member.per_mille == 1000));
        assert!(clusters(&site, "other", site.molit).await.is_empty());
        let (ctx, cases, mois, number) =
            (site.officer("officer", at(DAY, 12)), site.cases.clone(), site.mois, filed[1].number.clone());
        let (one, none) = site
            .db
            .read(move |tx| {
                let one = alike::cluster_of(tx, &ctx, &cases, mois, &number)?;
                Ok((one, alike::cluster_of(tx, &ctx, &cases, mois, &other)?))
            })
            .await
            .unwrap();
        assert_eq!((one.map(|cluster| cluster.count), none), (Some(3), None));

        // The inbox says how many there are of each.
        let (ctx, cases) = (site.officer("officer", at(DAY, 12)), site.cases.clone());
        let filter = InboxFilter {
            organisation: site.mois,
            whose: Whose::All,
            due: DueWithin::Any,
            filter: CaseFilter { service: Some("petition".to_owned()), ..CaseFilter::default() },
        };
        let inbox = site.db.read(move |tx| inbox::inbox(tx, &ctx, &cases, &filter)).await.unwrap();
        let mut alike = inbox.alike.clone();
        alike.sort_unstable();
        assert_eq!(alike, [0, 2, 2, 2]);

        // One goes into another and comes out again.
        let officer = site.officer("officer", at(DAY, 13));
        let (into, from) = (filed[0].number.clone(), vec![filed[1].number.clone()]);
        site.act(&officer, move |tx, ctx, cases| merge::merge(tx, ctx, cases, &into, &from, "같은 뜻")).await.unwrap();
        assert_eq!(clusters(&site, "officer", site.mois).await[0].count, 2);
        let number = filed[1].number.clone();
        site.act(&officer, move |tx, ctx, cases| merge::split(tx, ctx, cases, &number, "다른 뜻", None)).await.unwrap();
        assert_eq!(clusters(&site, "officer", site.mois).await[0].count, 3);

        // Whoever says something else now is alone, and an erased case says nothing.
        let raw: Raw = [
            ("title".to_owned(), "도서관을 밤늦게까지 열어 주세요".to_owned()),
            ("request".to_owned(), "밤 열 시까지 열어 주시면 좋겠습니다.".to_owned()),
            ("why".to_owned(), "일을 마친 사람도 책을 읽고 싶습니다.".to_owned()),
        ]
        .into_iter()
        .collect();
        let number = filed[2].number.clone();
        site.act(&citizen("friend", at(DAY, 14)), move |tx, ctx, cases| {
            correct::correct(tx, ctx, cases, &number, &raw, "", None)
        })
        .await
        .unwrap();
        settle(&site).await;
        assert_eq!(numbers(&clusters(&site, "officer", site.mois).await[0]), [all[1], all[2]]);
        let before = rows(&site).await;
        let id = account("neighbour");
        site.act(&system(at(DAY, 15)), move |tx, ctx, cases| personal::erase_own(tx, ctx, cases, id)).await.unwrap();
        assert_eq!(rows(&site).await, (before.0 - 16, before.1 - 2), "gone with the act, not behind it");
        settle(&site).await;
        assert_eq!(rows(&site).await, (before.0 - 16, before.1 - 2));
        assert!(clusters(&site, "officer", site.mois).await.is_empty());
        // Looking at all of them again changes nothing.
        site.db.batch("DELETE FROM figure_head;\n");
        settle(&site).await;
        assert_eq!(rows(&site).await, (before.0 - 16, before.1 - 2));
    }
}
