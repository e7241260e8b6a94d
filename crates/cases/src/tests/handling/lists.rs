//! The desk: inbox, counts, workload, assignments.

use jiff::civil::date;

use super::*;
use crate::service::assign;
use crate::service::inbox::{self, DueWithin, Inbox, InboxFilter, Whose};
use crate::views::CaseFilter;

async fn look(site: &Site, ctx: &Ctx, whose: Whose, due: DueWithin, filter: CaseFilter) -> Inbox {
    let filter = InboxFilter { organisation: site.mois, whose, due, filter };
    site.act(ctx, move |tx, ctx, cases| inbox::inbox(tx, ctx, cases, &filter)).await.unwrap()
}

#[tokio::test]
pub(super) async fn the_inbox_has_what_is_due_first_on_top() {
    for site in Site::both().await {
        desk(&site).await;
    }
}

pub(super) async fn desk(site: &Site) {
    let author = citizen("author", at(DAY, 10));
    let petition = site.file(&author, "petition").await.number;
    let request = site.file(&author, "information-request").await.number;
    let officer = site.officer("officer", at(DAY, 11));
    let all = look(site, &officer, Whose::All, DueWithin::Any, CaseFilter::default()).await;
    let numbers: Vec<_> = all.page.lines.iter().map(|line| line.number.clone()).collect();
    assert_eq!(numbers, [request.clone(), petition.clone()], "ten business days come before fifteen");
    assert_eq!((all.counts.all, all.counts.unassigned, all.counts.mine, all.counts.overdue), (2, 2, 0, 0));
    let one = CaseFilter { limit: 1, ..CaseFilter::default() };
    let first = look(site, &officer, Whose::All, DueWithin::Any, one.clone()).await;
    let rest = CaseFilter { after: first.page.next.clone(), ..one };
    let rest = look(site, &officer, Whose::All, DueWithin::Any, rest).await;
    assert_eq!((rest.page.lines[0].number.as_str(), rest.page.next), (petition.as_str(), None));
    let only =
        CaseFilter { service: Some("petition".to_owned()), words: Some("음성".to_owned()), ..Default::default() };
    assert_eq!(look(site, &officer, Whose::All, DueWithin::Any, only).await.page.lines.len(), 1);

    let numbers = vec![petition.clone(), request.clone()];
    let to = |to: Option<AccountId>| {
        let numbers = numbers.clone();
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| assign::assign(tx, ctx, cases, &numbers, to)
    };
    let wrong = site.act(&officer, to(Some(account("other")))).await.unwrap_err();
    assert_eq!(wrong.code(), "case.assignee");
    assert_eq!(site.act(&officer, to(Some(account("officer")))).await.unwrap(), 2);
    assert_eq!(site.act(&officer, to(Some(account("officer")))).await.unwrap(), 0);
    let mine = look(site, &officer, Whose::Mine, DueWithin::Any, CaseFilter::default()).await;
    assert_eq!((mine.page.lines.len(), mine.counts.mine, mine.counts.unassigned), (2, 2, 0));
    assert_eq!(mine.assignees, [Some(account("officer")), Some(account("officer"))]);

    let last = site.officer("officer", at(date(2026, 6, 19), 9));
    let today = look(site, &last, Whose::All, DueWithin::Today, CaseFilter::default()).await;
    assert_eq!((today.page.lines.len(), today.counts.today), (1, 1));
    let late = site.officer("officer", at(date(2026, 6, 22), 9));
    let overdue = look(site, &late, Whose::All, DueWithin::Overdue, CaseFilter::default()).await;
    assert_eq!((overdue.page.lines.len(), overdue.counts.overdue), (1, 1));
    assert_eq!(look(site, &late, Whose::All, DueWithin::Week, CaseFilter::default()).await.page.lines.len(), 2);
    let mois = site.mois;
    let loads = site.act(&late, move |tx, ctx, cases| inbox::workload(tx, ctx, cases, mois)).await.unwrap();
    assert_eq!(
        loads.iter().map(|load| (load.account, load.open, load.overdue)).collect::<Vec<_>>(),
        [(Some(account("officer")), 2, 1)]
    );

    // Who left the agency has nothing in hand any more: at once when read, for good with the daily job.
    site.desk.0.lock().unwrap().retain(|(_, who)| *who != account("officer"));
    let second = site.officer("second", at(date(2026, 6, 22), 10));
    let all = look(site, &second, Whose::All, DueWithin::Any, CaseFilter::default()).await;
    assert_eq!(all.assignees, [None, None]);
    let loads = site.act(&second, move |tx, ctx, cases| inbox::workload(tx, ctx, cases, mois)).await.unwrap();
    assert_eq!(loads[0].account, None);
    assert_eq!(site.act(&second, |tx, _, cases| assign::sweep(tx, cases)).await.unwrap(), 1);
    assert_eq!(site.case(&petition).await.assignee, None);
    let foreign = site.officer("other", at(DAY, 12));
    let not = site.act(&foreign, move |tx, ctx, cases| inbox::workload(tx, ctx, cases, mois)).await.unwrap_err();
    assert_eq!(not.code(), "permission.denied");
    let officers = site.act(&second, move |tx, ctx, cases| assign::officers(tx, ctx, cases, mois)).await.unwrap();
    assert_eq!(officers.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [account("second")]);
    let waiting = site.act(&second, move |tx, ctx, _| inbox::waiting(tx, ctx, mois)).await.unwrap();
    assert!(waiting.is_empty());
    let first = person("first", &[(Role::Officer, Some(mois))], at(date(2026, 6, 22), 11));
    site.step(&first, &petition, "reject-private").await.unwrap();
    let waiting = site.act(&second, move |tx, ctx, _| inbox::waiting(tx, ctx, mois)).await.unwrap();
    assert_eq!(waiting.iter().map(|(_, number)| number.as_str()).collect::<Vec<_>>(), [petition.as_str()]);
    let own = site.act(&first, move |tx, ctx, _| inbox::counts(tx, ctx, mois)).await.unwrap();
    assert_eq!(own.waiting_approval, 0, "nobody approves the own");
}
