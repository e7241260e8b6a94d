//! Several agencies, several cases: passing on, handling together, merging and splitting.

use jiff::civil::date;

use super::*;
use crate::model::{EventKind, Publication};
use crate::service::follow::{Reason, Subscriber};
use crate::service::{merge, transfer};
use crate::store;
use crate::store::agency::AgencyRole;

#[tokio::test]
pub(super) async fn a_case_is_passed_on_and_handled_together() {
    for site in Site::both().await {
        passed(&site).await;
    }
}

pub(super) async fn passed(site: &Site) {
    let number = site.file(&citizen("author", at(DAY, 10)), "petition").await.number;
    let officer = site.officer("officer", at(DAY, 11));
    for (to, reason, code) in [
        ("nowhere", "소관", "case.agency-unknown"),
        ("mois", "소관", "case.transfer-self"),
        ("molit", "", "case.text-missing"),
    ] {
        let own = number.clone();
        let wrong =
            site.act(&officer, move |tx, ctx, cases| transfer::transfer(tx, ctx, cases, &own, to, reason)).await;
        assert_eq!(wrong.unwrap_err().code(), code);
    }
    let own = number.clone();
    let invite = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
        transfer::invite(tx, ctx, cases, &own, "molit", "도로도 관련됩니다.")
    };
    site.act(&officer, invite.clone()).await.unwrap();
    assert_eq!(site.act(&officer, invite).await.unwrap_err().code(), "case.joint-already");
    // The joint agency takes steps, but neither passes the case on nor stays against its will.
    let other = site.officer("other", at(DAY, 12));
    let own = number.clone();
    let not = site.act(&other, move |tx, ctx, cases| transfer::transfer(tx, ctx, cases, &own, "mois", "x")).await;
    assert_eq!(not.unwrap_err().code(), "case.handling-only");
    let own = number.clone();
    let stays = site.act(&officer, move |tx, ctx, cases| transfer::leave(tx, ctx, cases, &own, "x")).await;
    assert_eq!(stays.unwrap_err().code(), "case.leave-handling");
    let own = number.clone();
    site.act(&other, move |tx, ctx, cases| transfer::leave(tx, ctx, cases, &own, "소관이 아닙니다.")).await.unwrap();

    let later = site.officer("officer", at(date(2026, 6, 15), 9));
    let own = number.clone();
    site.act(&later, move |tx, ctx, cases| transfer::transfer(tx, ctx, cases, &own, "molit", "소관입니다."))
        .await
        .unwrap();
    let case = site.case(&number).await;
    assert_eq!((case.agency, case.delivered_at), (Some(site.molit), None));
    let held = site.db.read(move |tx| store::agency::of_case(tx, case.id)).await.unwrap();
    let held: Vec<_> = held.iter().map(|held| (held.agency.slug.as_str(), held.role, held.from, held.until)).collect();
    let (day, week) = (at(DAY, 10), at(date(2026, 6, 15), 9));
    assert_eq!(
        held,
        [
            ("mois", AgencyRole::Handling, day, Some(week)),
            ("molit", AgencyRole::Joint, at(DAY, 11), Some(at(DAY, 12))),
            ("molit", AgencyRole::Handling, week, None),
        ]
    );
    let rows = site.db.read(move |tx| store::clock::of_case(tx, case.id)).await.unwrap();
    let decide = rows.iter().find(|row| row.clock == "decide").unwrap();
    assert_eq!((decide.agency, decide.started_at), (Some(site.molit), week), "restarts on transfer");
}

#[tokio::test]
pub(super) async fn merging_keeps_everybodys_rights_and_splitting_undoes_it() {
    for site in Site::both().await {
        merged(&site).await;
    }
}

pub(super) async fn merged(site: &Site) {
    let choices: &[_] = &[("kind", "law"), ("publicity", "open")];
    let main = site.file_with(&citizen("author", at(DAY, 10)), "petition", choices).await.number;
    let other = site.file_with(&citizen("neighbour", at(DAY, 10)), "petition", choices).await.number;
    let strange = site.file(&citizen("author", at(DAY, 10)), "complaint").await.number;
    let officer = site.officer("officer", at(DAY, 11));
    let put = |into: &str, from: &str| {
        let (into, from) = (into.to_owned(), vec![from.to_owned()]);
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| merge::merge(tx, ctx, cases, &into, &from, "같은 청원입니다.")
    };
    assert_eq!(site.act(&officer, put(&main, &main)).await.unwrap_err().code(), "case.merge-self");
    assert_eq!(site.act(&officer, put(&main, &strange)).await.unwrap_err().code(), "case.merge-service");
    let before = site.case(&other).await;
    assert_eq!(site.act(&officer, put(&main, &other)).await.unwrap(), 1);
    assert_eq!(site.act(&officer, put(&main, &other)).await.unwrap_err().code(), "case.merge-merged");
    assert_eq!(site.act(&officer, put(&other, &main)).await.unwrap_err().code(), "case.closed");
    let case = site.case(&other).await;
    let into = site.case(&main).await;
    assert_eq!((case.state.as_str(), case.merged_into), ("merged", Some(into.id)));
    assert!(case.closed_at.is_some() && case.due_at.is_none(), "{case:?}");
    let neighbour = Subscriber::Account(account("neighbour"));
    let (id, who) = (into.id, neighbour.clone());
    let follow = site.db.read(move |tx| store::follow::find(tx, id, &who)).await.unwrap().unwrap();
    assert_eq!(follow.reason, Reason::Merged);
    let own = main.clone();
    let listed = site.act(&officer, move |tx, _, cases| merge::merged(tx, cases, &own)).await.unwrap();
    assert!(listed.is_empty(), "what is not public is not named");

    let own = other.clone();
    let stranger = citizen("stranger", at(DAY, 12));
    let not = site.act(&stranger, move |tx, ctx, cases| merge::split(tx, ctx, cases, &own, "x", None)).await;
    assert_eq!(not.unwrap_err().code(), "case.unknown");
    let own = other.clone();
    let neighbour_acts = citizen("neighbour", at(DAY, 13));
    site.act(&neighbour_acts, move |tx, ctx, cases| merge::split(tx, ctx, cases, &own, "다른 청원입니다.", None))
        .await
        .unwrap();
    let after = site.case(&other).await;
    assert_eq!((after.state, after.merged_into, after.closed_at), (before.state.clone(), None, None));
    assert_eq!(after.due_at, before.due_at, "the clocks run as if it had never been merged");
    let who = neighbour.clone();
    assert!(site.db.read(move |tx| store::follow::find(tx, id, &who)).await.unwrap().is_none());
    let own = other.clone();
    let twice = site.act(&officer, move |tx, ctx, cases| merge::split(tx, ctx, cases, &own, "x", None)).await;
    assert_eq!(twice.unwrap_err().code(), "case.split-not");
    let events = site.db.read(move |tx| store::event::of_case(tx, id)).await.unwrap();
    let kinds: Vec<_> = events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::Filed, EventKind::Absorbed, EventKind::Split]);

    // Public ones: the link is seen from both ends, and goes with the split.
    for number in [&main, &other] {
        site.step(&officer, number, "start-review").await.unwrap();
        site.step(&officer, number, "open").await.unwrap();
        assert_eq!(site.case(number).await.publication, Publication::Published);
    }
    site.act(&officer, put(&main, &other)).await.unwrap();
    let own = main.clone();
    let listed = site.act(&officer, move |tx, _, cases| merge::merged(tx, cases, &own)).await.unwrap();
    assert_eq!(listed, std::slice::from_ref(&other));
    let links = site.db.read(move |tx| madang_kernel::links::links_of(tx, &crate::service::act::reference(id))).await;
    assert_eq!(links.unwrap().len(), 1);
    let own = other.clone();
    site.act(&officer, move |tx, ctx, cases| merge::split(tx, ctx, cases, &own, "다릅니다.", None)).await.unwrap();
    assert_eq!(site.case(&other).await.state, "opinions");
    let links = site.db.read(move |tx| madang_kernel::links::links_of(tx, &crate::service::act::reference(id))).await;
    assert!(links.unwrap().is_empty());
}
