//! Steps that need a second officer.

use super::*;
use crate::model::EventKind;
use crate::service::approve::{self, ApprovalState};
use crate::service::transfer;
use crate::store;

async fn deciding(site: &Site) -> String {
    let author = citizen("author", at(DAY, 10));
    let receipt = site.file_with(&author, "petition", &[("kind", "relief")]).await;
    receipt.number
}

#[tokio::test]
pub(super) async fn a_refusal_needs_two_officers_and_never_one_twice() {
    for site in Site::both().await {
        let number = deciding(&site).await;
        let (first, second) = (site.officer("officer", at(DAY, 11)), site.officer("second", at(DAY, 12)));
        let Taken::Submitted(id) = site.step(&first, &number, "reject-private").await.unwrap() else {
            panic!("it happened at once")
        };
        assert_eq!(site.case(&number).await.state, "received");
        let again = site.step(&second, &number, "reject-private").await.unwrap_err();
        assert_eq!(again.code(), "case.approval-waiting");
        let own = site.act(&first, move |tx, ctx, cases| approve::approve(tx, ctx, cases, id, "")).await.unwrap_err();
        assert_eq!(own.code(), "case.approval-same");
        let other = site.officer("other", at(DAY, 12));
        let foreign =
            site.act(&other, move |tx, ctx, cases| approve::approve(tx, ctx, cases, id, "")).await.unwrap_err();
        assert_eq!(foreign.code(), "case.approval-unknown");

        let back = site.act(&second, move |tx, ctx, cases| approve::give_back(tx, ctx, cases, id, " ")).await;
        assert_eq!(back.unwrap_err().code(), "case.text-missing");
        site.act(&second, move |tx, ctx, cases| approve::give_back(tx, ctx, cases, id, "근거를 더 적어 주세요."))
            .await
            .unwrap();
        let returned = site.act(&first, move |tx, ctx, cases| approve::get(tx, ctx, cases, id)).await.unwrap();
        assert_eq!((returned.state, returned.note.as_str()), (ApprovalState::Returned, "근거를 더 적어 주세요."));
        let late = site.act(&second, move |tx, ctx, cases| approve::approve(tx, ctx, cases, id, "")).await;
        assert_eq!(late.unwrap_err().code(), "case.approval-decided");
        let not_own = site.act(&second, move |tx, ctx, cases| approve::submit(tx, ctx, cases, id)).await;
        assert_eq!(not_own.unwrap_err().code(), "case.approval-own");
        site.act(&first, move |tx, ctx, cases| approve::submit(tx, ctx, cases, id)).await.unwrap();
        let done = site.act(&second, move |tx, ctx, cases| approve::approve(tx, ctx, cases, id, "좋습니다.")).await;
        assert!(matches!(done.unwrap(), Taken::Done { state, .. } if state == "rejected"));

        let case = site.case(&number).await;
        assert!(case.answered_at.is_some() && case.closed_at.is_some());
        let id = case.id;
        let events = site.db.read(move |tx| store::event::of_case(tx, id)).await.unwrap();
        let names: Vec<_> = events.iter().map(|event| (event.kind, event.account)).collect();
        assert!(names.contains(&(EventKind::Submitted, Some(account("officer")))), "{names:?}");
        assert_eq!(names.last().unwrap(), &(EventKind::Step, Some(account("second"))), "{names:?}");
    }
}

#[tokio::test]
pub(super) async fn a_draft_waits_is_thrown_away_or_overtaken() {
    for site in Site::both().await {
        let number = deciding(&site).await;
        let officer = site.officer("officer", at(DAY, 11));
        let half = StepInput { reason: "아직".to_owned(), ..StepInput::default() };
        let own = number.clone();
        let draft = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
            approve::save_draft(tx, ctx, cases, &own, "reject-private", &half)
        };
        let id = site.act(&officer, draft.clone()).await.unwrap();
        assert_eq!(site.act(&officer, draft.clone()).await.unwrap(), id, "one for a case and a step");
        let incomplete = site.act(&officer, move |tx, ctx, cases| approve::submit(tx, ctx, cases, id)).await;
        assert_eq!(incomplete.unwrap_err().code(), "case.step-invalid");
        site.act(&officer, move |tx, ctx, cases| approve::discard(tx, ctx, cases, id)).await.unwrap();
        let gone = site.act(&officer, move |tx, ctx, cases| approve::submit(tx, ctx, cases, id)).await;
        assert_eq!(gone.unwrap_err().code(), "case.approval-decided");

        let next = site.act(&officer, draft.clone()).await.unwrap();
        assert_ne!(next, id);
        site.step(&officer, &number, "take-up").await.unwrap();
        let case = site.case(&number).await;
        assert_eq!(case.state, "deciding");
        let left = site.db.read(move |tx| approve::of_case(tx, case.id)).await.unwrap();
        assert_eq!(left.len(), 1, "the refusal is open in this state too");
        let own = number.clone();
        let pass = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
            transfer::transfer(tx, ctx, cases, &own, "molit", "국토교통부 소관입니다.")
        };
        site.act(&officer, pass).await.unwrap();
        let left = site.db.read(move |tx| approve::of_case(tx, case.id)).await.unwrap();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[tokio::test]
pub(super) async fn of_two_officers_at_once_one_is_told_that_the_case_has_changed() {
    for site in Site::both().await {
        let number = deciding(&site).await;
        let revision = site.case(&number).await.revision;
        let one = |name: &'static str| {
            let (ctx, number, cases) = (site.officer(name, at(DAY, 11)), number.clone(), site.cases.clone());
            site.db.write(move |tx| {
                crate::service::step::unchanged(tx, &number, revision)?;
                let (_, version) = case_of(tx, &cases, &number)?;
                let step = version.definition.step("take-up").unwrap();
                let (input, uploads) = needed(&version.definition, step, ctx.now.kst_date());
                take(tx, &ctx, &cases, &number, "take-up", &input, &uploads, None)
            })
        };
        let (a, b) = tokio::join!(one("officer"), one("second"));
        let codes: Vec<_> = [a, b].into_iter().filter_map(Result::err).map(|error| error.code()).collect();
        assert_eq!(codes, ["case.changed"]);
        let revision = site.case(&number).await.revision;
        let stale = number.clone();
        let second = site.officer("second", at(DAY, 12));
        let shut = site.step(&second, &stale, "take-up").await.unwrap_err();
        assert_eq!(shut.code(), "case.step-shut");
        assert_eq!(site.case(&number).await.revision, revision);
    }
}
