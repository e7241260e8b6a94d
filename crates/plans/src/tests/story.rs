//! One story that needs every verb, every view and every statement.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, date};
use madang_base::{FixedClock, Kind, Locale, LocalizedText, Result, Time};
use madang_db::testing::{self, TestDb};
use madang_db::{Db, Tx};
use madang_kernel::job::{self, Handler as _, JobState};
use madang_kernel::ledger::{Audit as _, Audited};
use madang_kernel::mail::{self, Mail};
use madang_kernel::sequencer::{drain_once, no_folds};
use madang_kernel::{AccountId, Actor, Ctx, ObjectKind, Ref, Role, history};

use super::people::{account, organisation, person, society};
use super::{imported, shipped_file, system};
use crate::audit::Plans;
use crate::id;
use crate::model::{DraftState, Evidence, EvidenceKind, Follow, News, NewsKind, Rhythm, RoundState, Side, Subscriber};
use crate::notify::{CONFIRM, DIGEST, NOTIFY, NoticeTexts, Notifier, Recipients};
use crate::rules::{Ambition, Claim, Completion, EarlyResults, State};
use crate::service::assess::{AssessInput, assess};
use crate::service::follow::{self, Purpose};
use crate::service::indicator::{ValueInput, value_add};
use crate::service::report::{ReportInput, correct, report};
use crate::service::{edit, import, round};
use crate::views;

const PLAN: &str = "kr-2021";
/// Connect the participation platforms: 2021-01-01 to 2021-10-31, led by the Ministry of the Interior and Safety.
const MILESTONE: &str = "kr-2021/3/1";
const COMMITMENT: &str = "kr-2021/3";

fn text(words: &str) -> LocalizedText {
    LocalizedText::new(words, words)
}

fn link(title: &str) -> Evidence {
    Evidence { kind: EvidenceKind::Link, title: title.to_owned(), target: "https://example.go.kr/a?b=1".to_owned() }
}

fn input(claim: Claim) -> ReportInput {
    ReportInput {
        commitment: COMMITMENT.to_owned(),
        milestone: Some(MILESTONE.to_owned()),
        period: Some(1),
        claim,
        percent: (claim != Claim::Completed).then_some(60),
        text: text("두 플랫폼을 연결했습니다."),
        delay_reason: String::new(),
        evidence: Vec::new(),
        uploads: Vec::new(),
    }
}

/// Plain texts in place of templates.
struct Texts;

impl NoticeTexts for Texts {
    fn confirm(&self, _: &Follow, followed: &LocalizedText, token: &str, locale: Locale) -> Mail {
        let subject = format!("confirm {}", followed.get(locale));
        Mail { subject, text: token.to_owned(), ..Mail::default() }
    }

    fn news(&self, news: &News, _: &Follow, followed: &LocalizedText, stop: &str, locale: Locale) -> Mail {
        let subject = format!("{} {} {}", news.kind, news.detail, followed.get(locale));
        Mail { subject, text: stop.to_owned(), ..Mail::default() }
    }

    fn digest(&self, news: &[News], stop: &str, _: Locale) -> Mail {
        Mail { subject: format!("digest of {}", news.len()), text: stop.to_owned(), ..Mail::default() }
    }
}

/// Every account has an address, but one.
struct Addresses;

impl Recipients for Addresses {
    fn address(&self, _: &mut Tx, who: AccountId) -> Result<Option<(String, Locale)>> {
        Ok((who != account("gone")).then(|| (format!("{}@example.kr", &who.to_string()[..8]), Locale::En)))
    }
}

fn notifier(db: &Db, day: Date) -> Notifier {
    let ctx = system(day);
    Notifier {
        db: db.clone(),
        clock: Arc::new(FixedClock::at(ctx.now)),
        rng: ctx.rng,
        keys: ctx.keys,
        texts: Arc::new(Texts),
        recipients: Arc::new(Addresses),
    }
}

/// Runs every queued job of a kind and says how many there were.
async fn run(db: &Db, kind: &'static str, day: Date) -> usize {
    let ctx = system(day);
    let filter = job::Filter { state: Some(JobState::Queued), kind: Some(kind.to_owned()), before: None };
    let jobs = db.read(move |tx| job::list(tx, &ctx, &filter, 500)).await.unwrap().jobs;
    for job in &jobs {
        notifier(db, day).run(job).await.unwrap();
    }
    jobs.len()
}

/// Subjects of the mails that were queued, the oldest first.
async fn subjects(db: &Db) -> Vec<String> {
    let ctx = system(super::TODAY);
    let mails = db.read(move |tx| mail::list(tx, &ctx, None, None, 500)).await.unwrap().mails;
    mails.into_iter().rev().map(|m| m.subject).collect()
}

async fn state(db: &Db, milestone: &'static str, today: Date) -> State {
    db.read(move |tx| views::milestone(tx, milestone, today)).await.unwrap().state
}

fn kind_of<T: std::fmt::Debug>(result: Result<T>) -> (Kind, &'static str) {
    let error = result.unwrap_err();
    (error.kind(), error.code())
}

/// An officer reports, is late, corrects and completes; followers are told; the history shows it.
async fn reporting(db: &Db) {
    let mois = organisation(db, "mois").await;
    let mpm = organisation(db, "mpm").await;
    let officer = |day| person("officer", &[(Role::Officer, Some(mois))], day);
    let follower = person("follower", &[], date(2021, 9, 1));
    let ctx = follower.clone();
    db.write(move |tx| {
        follow::follow(tx, &ctx, &id::plan_ref(PLAN), Rhythm::AtOnce)?;
        follow::follow(tx, &ctx, &id::commitment_ref(COMMITMENT), Rhythm::AtOnce)
    })
    .await
    .unwrap();
    let ctx = person("gone", &[], date(2021, 9, 1));
    db.write(move |tx| follow::follow(tx, &ctx, &id::commitment_ref(COMMITMENT), Rhythm::AtOnce)).await.unwrap();

    // Nobody else's officer, nobody without a second factor, nobody anonymous.
    let stranger = person("stranger", &[(Role::Officer, Some(mpm))], date(2021, 9, 1));
    let refused = db.write(move |tx| report(tx, &stranger, &input(Claim::UnderWay))).await;
    assert_eq!(kind_of(refused), (Kind::Forbidden, "permission.denied"));
    let nobody = system(date(2021, 9, 1)).with_actor(Actor::Anonymous);
    let refused = db.write(move |tx| report(tx, &nobody, &input(Claim::UnderWay))).await;
    assert_eq!(kind_of(refused), (Kind::Unauthenticated, "permission.sign-in"));

    assert_eq!(state(db, MILESTONE, date(2021, 9, 1)).await, State::UnderWay);
    let ctx = officer(date(2021, 9, 2));
    let first = db.write(move |tx| report(tx, &ctx, &input(Claim::UnderWay))).await.unwrap();
    assert_eq!(state(db, MILESTONE, date(2021, 9, 2)).await, State::UnderWay);
    assert_eq!(state(db, MILESTONE, date(2021, 11, 1)).await, State::Late, "its last word was that it is not finished");

    let ctx = officer(date(2021, 11, 2));
    let bare = ctx.clone();
    let refused = db.write(move |tx| report(tx, &bare, &input(Claim::Completed))).await.unwrap_err();
    assert_eq!(refused.fields()[0].code, "plan.evidence-required");
    let bare = ctx.clone();
    let half = ReportInput { percent: Some(60), ..input(Claim::Completed) };
    let refused = db.write(move |tx| report(tx, &bare, &half)).await.unwrap_err();
    assert_eq!(refused.fields()[0].code, "plan.percent-completed");
    let bare = ctx.clone();
    let refused = db.write(move |tx| report(tx, &bare, &input(Claim::UnderWay))).await.unwrap_err();
    assert_eq!(refused.fields()[0].code, "plan.delay-reason-required");
    let late = ReportInput { delay_reason: "연계 시험이 길어졌습니다.".to_owned(), ..input(Claim::Delayed) };
    let late = db.write(move |tx| report(tx, &ctx, &late)).await.unwrap();
    assert_eq!(state(db, MILESTONE, date(2021, 11, 2)).await, State::Late);

    let ctx = officer(date(2021, 11, 20));
    let done = ReportInput {
        evidence: vec![
            link("보도자료"),
            Evidence {
                kind: EvidenceKind::Object,
                title: "지표".to_owned(),
                target: "indicator:kr-2021/disabled-employment".to_owned(),
            },
        ],
        ..input(Claim::Completed)
    };
    let (again, content) = (ctx.clone(), done.clone());
    let fixed = db.write(move |tx| correct(tx, &again, late.id, &content)).await.unwrap();
    assert_eq!(fixed.corrects, Some(late.id));
    assert_eq!(state(db, MILESTONE, date(2021, 11, 20)).await, State::Completed);
    let (again, content) = (ctx.clone(), done.clone());
    let twice = db.write(move |tx| correct(tx, &again, late.id, &content)).await;
    assert_eq!(kind_of(twice), (Kind::Conflict, "plan.update-corrected"));
    let elsewhere = ReportInput { milestone: None, ..done.clone() };
    let wrong = db.write(move |tx| correct(tx, &ctx, fixed.id, &elsewhere)).await;
    assert_eq!(kind_of(wrong), (Kind::Invalid, "plan.update-elsewhere"));

    // Unknown things are refused before anything is written.
    for (wrong, code) in [
        (ReportInput { commitment: "kr-2021/99".to_owned(), ..done.clone() }, "plan.commitment-unknown"),
        (ReportInput { milestone: Some("kr-2021/4.1/1".to_owned()), ..done.clone() }, "plan.milestone-unknown"),
        (ReportInput { period: Some(9), ..done.clone() }, "plan.period-unknown"),
    ] {
        let ctx = officer(date(2021, 11, 21));
        let refused = db.write(move |tx| report(tx, &ctx, &wrong)).await;
        assert_eq!(kind_of(refused), (Kind::NotFound, code));
    }

    let view = db.read(|tx| views::commitment(tx, COMMITMENT, date(2021, 11, 21))).await.unwrap();
    assert_eq!(view.updates.len(), 3);
    assert_eq!(view.updates[0].evidence.len(), 2);
    assert_eq!(view.updates[1].corrected_by, Some(fixed.id));
    assert_eq!(view.updates[2].id, first.id);
    assert_eq!(view.progress.completed, 1);
    let standing = db.read(|tx| views::updates(tx, COMMITMENT)).await.unwrap();
    assert_eq!(standing.len(), 2);
    let history = db.read(|tx| history::history_of(tx, &id::commitment_ref(COMMITMENT), None, 50)).await.unwrap();
    let claims: Vec<_> =
        history.entries.iter().filter(|e| e.field == "claim").map(|e| e.after.clone().unwrap()).collect();
    assert_eq!(claims, ["completed", "delayed", "under-way"]);
    assert!(history.entries.iter().all(|e| e.account == Some(account("officer"))));

    // Plan and commitment are followed by one person: one mail for each report, none to who has no address.
    assert_eq!(run(db, NOTIFY, date(2021, 11, 21)).await, 4, "import and three reports");
    let told = subjects(db).await;
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().any(|s| s.starts_with("progress-corrected completed")), "{told:?}");
    run(db, NOTIFY, date(2021, 11, 21)).await;
    assert_eq!(subjects(db).await.len(), 3, "a job that runs twice writes once");
    let speed = db.read(|tx| views::agency(tx, "mois", date(2022, 1, 1))).await.unwrap().speed;
    assert!(speed.reported >= 1 && speed.median_days.is_some());
}

/// Civil society assesses beside the agency.
async fn assessing(db: &Db) {
    let (watch, mois) = (society(db).await, organisation(db, "mois").await);
    let day = date(2022, 7, 10);
    let civil = |completion| AssessInput {
        commitment: COMMITMENT.to_owned(),
        side: Side::Civil,
        organisation: None,
        period: "2022-H1".to_owned(),
        completion,
        ambition: Some(Ambition::Modest),
        early_results: Some(EarlyResults::Marginal),
        reasons: text("연결은 되었지만 쓰는 사람이 적습니다."),
    };
    let member = person("member", &[(Role::CivilSociety, Some(watch))], day);
    let officer = person("officer", &[(Role::Officer, Some(mois))], date(2022, 7, 11));
    let (ctx, first) = (member.clone(), civil(Completion::Limited));
    db.write(move |tx| assess(tx, &ctx, &first)).await.unwrap();
    let (ctx, second) = (member.clone(), civil(Completion::Substantial));
    db.write(move |tx| assess(tx, &ctx, &second)).await.unwrap();
    let own = AssessInput { side: Side::Agency, ..civil(Completion::Complete) };
    let ctx = officer.clone();
    db.write(move |tx| assess(tx, &ctx, &own)).await.unwrap();

    let (ctx, wrong) = (officer, civil(Completion::Complete));
    let refused = db.write(move |tx| assess(tx, &ctx, &wrong)).await;
    assert_eq!(kind_of(refused), (Kind::Forbidden, "permission.denied"));
    let (ctx, wrong) = (member.clone(), AssessInput { side: Side::Agency, ..civil(Completion::Complete) });
    let refused = db.write(move |tx| assess(tx, &ctx, &wrong)).await;
    assert_eq!(kind_of(refused), (Kind::Forbidden, "permission.denied"));
    let empty =
        AssessInput { reasons: LocalizedText::default(), period: "summer".to_owned(), ..civil(Completion::Limited) };
    let refused = db.write(move |tx| assess(tx, &member, &empty)).await.unwrap_err();
    assert_eq!(refused.fields().iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["reasons", "period"]);

    let view = db.read(move |tx| views::commitment(tx, COMMITMENT, day)).await.unwrap();
    let standing: Vec<_> = view.assessments.iter().map(|a| (a.side, a.completion)).collect();
    assert_eq!(standing, [(Side::Agency, Completion::Complete), (Side::Civil, Completion::Substantial)]);
}

/// Values of indicators, and who falls short.
async fn measuring(db: &Db) {
    let (mpm, moef) = (organisation(db, "mpm").await, organisation(db, "moef").await);
    let value = |agency: Option<&str>, value| ValueInput {
        plan: PLAN.to_owned(),
        indicator: "disabled-employment".to_owned(),
        agency: agency.map(str::to_owned),
        date: "2022-06".parse().unwrap(),
        value,
        note: LocalizedText::default(),
    };
    let day = date(2022, 7, 10);
    let lead = person("mpm", &[(Role::Officer, Some(mpm))], day);
    let other = person("moef", &[(Role::Officer, Some(moef))], day);
    for (ctx, input) in [
        (lead.clone(), value(None, 3.6)),
        (lead.clone(), value(Some("mois"), 3.5)),
        (other.clone(), value(Some("moef"), 2.0)),
        (other.clone(), value(Some("moef"), 2.9)),
    ] {
        db.write(move |tx| value_add(tx, &ctx, &input)).await.unwrap();
    }
    let (ctx, input) = (other.clone(), value(Some("mois"), 1.0));
    assert_eq!(kind_of(db.write(move |tx| value_add(tx, &ctx, &input)).await), (Kind::Forbidden, "permission.denied"));
    let wrong = ValueInput { date: "2022-12".parse().unwrap(), ..value(Some("moef"), 120.0) };
    let refused = db.write(move |tx| value_add(tx, &other, &wrong)).await.unwrap_err();
    assert_eq!(refused.fields().len(), 2);

    let view = db.read(|tx| views::indicator(tx, "kr-2021/disabled-employment", date(2022, 7, 10))).await.unwrap();
    assert_eq!(view.line.latest.unwrap().value.to_string(), "3.6");
    let agencies: Vec<_> = view.agencies.iter().map(|a| (a.agency.slug.as_str(), a.standing.code())).collect();
    assert_eq!(agencies, [("moef", "short"), ("mois", "met")]);
    let all = db.read(|tx| views::indicators(tx, PLAN, date(2022, 7, 10))).await.unwrap();
    assert_eq!(all.len(), 15);
    let file = db.read(|tx| views::load::plan_file(tx, PLAN)).await.unwrap().unwrap();
    let exported = crate::export::to_toml(&file).unwrap();
    assert!(crate::import::read(exported.as_bytes(), crate::import::Format::Toml).is_ok());
}

/// An inspection round from opening to publication.
async fn inspecting(db: &Db) {
    let (mois, acrc) = (organisation(db, "mois").await, organisation(db, "acrc").await);
    let day = date(2022, 7, 1);
    let lead = person("lead", &[(Role::Lead, Some(mois))], day);
    let officer = person("acrc", &[(Role::Officer, Some(acrc))], day);
    let (ctx, title) = (lead.clone(), text("2022년 상반기 점검"));
    let opened = db.write(move |tx| round::open(tx, &ctx, PLAN, "2022-H1", &title, date(2022, 7, 31))).await.unwrap();
    let (ctx, title) = (lead.clone(), text("또"));
    let again = db.write(move |tx| round::open(tx, &ctx, PLAN, "2022-H1", &title, date(2022, 7, 31))).await;
    assert_eq!(kind_of(again), (Kind::Conflict, "plan.round-exists"));
    let id = opened.id;
    let ctx = officer.clone();
    let waiting = db.read(move |tx| views::waiting(tx, &[acrc])).await.unwrap();
    assert_eq!(waiting.len(), 1);
    db.write(move |tx| round::answer(tx, &ctx, id, &text("계획대로 하고 있습니다."))).await.unwrap();
    let ctx = officer.clone();
    let own = db.read(move |tx| round::own_answer(tx, &ctx, id)).await.unwrap().unwrap();
    assert!(own.answered_at.is_some());
    let hidden = db.read(move |tx| views::round(tx, id, false)).await.unwrap();
    assert_eq!(hidden.answered, 1);
    assert!(hidden.answers.iter().all(|a| a.text.is_empty()), "nothing is shown before publication");

    let ctx = officer.clone();
    assert_eq!(kind_of(db.write(move |tx| round::close(tx, &ctx, id)).await), (Kind::Forbidden, "permission.denied"));
    let ctx = lead.clone();
    let early = db.write(move |tx| round::publish(tx, &ctx, id, &text("결과"))).await;
    assert_eq!(kind_of(early), (Kind::Conflict, "plan.round-not-closed"));
    let ctx = lead.clone();
    db.write(move |tx| round::close(tx, &ctx, id)).await.unwrap();
    let after = db.write(move |tx| round::answer(tx, &officer, id, &text("늦은 답"))).await;
    assert_eq!(kind_of(after), (Kind::Conflict, "plan.round-closed"));
    db.write(move |tx| round::publish(tx, &lead, id, &text("결과"))).await.unwrap();
    let shown = db.read(move |tx| views::round(tx, id, false)).await.unwrap();
    assert_eq!(shown.round.state, RoundState::Published);
    assert_eq!(shown.answers.iter().filter(|a| !a.text.is_empty()).count(), 1);
    assert_eq!(db.read(|tx| views::rounds(tx, PLAN)).await.unwrap().len(), 1);
}

/// An officer edits a commitment, publishes and takes it back.
async fn editing(db: &Db) {
    let mois = organisation(db, "mois").await;
    let day = date(2022, 8, 1);
    let officer = person("officer", &[(Role::Officer, Some(mois))], day);
    let ctx = officer.clone();
    let draft = db.write(move |tx| edit::begin(tx, &ctx, COMMITMENT)).await.unwrap();
    let ctx = officer.clone();
    let same = db.write(move |tx| edit::begin(tx, &ctx, COMMITMENT)).await.unwrap();
    assert_eq!(draft.id, same.id);
    let ctx = officer.clone();
    let empty = db.write(move |tx| edit::publish(tx, &ctx, draft.id)).await;
    assert_eq!(kind_of(empty), (Kind::Conflict, "plan.draft-empty"));

    let mut content = draft.content.clone();
    content.name = text("국민의 정책 참여");
    content.milestone.pop();
    content.others = vec!["acrc".to_owned()];
    let mut wrong = content.clone();
    wrong.lead[0].agency = "no-such".to_owned();
    wrong.name = LocalizedText::default().with("ko", "한국어만");
    let ctx = officer.clone();
    let refused = db.write(move |tx| edit::save(tx, &ctx, draft.id, &wrong)).await.unwrap_err();
    let fields: Vec<_> = refused.fields().iter().map(|f| (f.field.as_str(), f.code)).collect();
    assert_eq!(fields, [("name", "import-language-missing"), ("lead[1].agency", "import-agency-unknown")]);
    let (ctx, good) = (officer.clone(), content.clone());
    db.write(move |tx| edit::save(tx, &ctx, draft.id, &good)).await.unwrap();
    let ctx = officer.clone();
    let preview = db.read(move |tx| edit::preview(tx, &ctx, draft.id)).await.unwrap();
    assert!(!preview.outdated);
    assert_eq!((preview.diff.changed.len(), preview.diff.removed.len()), (1, 1));
    let ctx = officer.clone();
    db.write(move |tx| edit::publish(tx, &ctx, draft.id)).await.unwrap();
    let view = db.read(move |tx| views::commitment(tx, COMMITMENT, day)).await.unwrap();
    assert_eq!(view.milestones.len(), 5);
    assert_eq!(view.name.name.get(Locale::Ko), "국민의 정책 참여");
    assert!(db.read(|tx| edit::undoable(tx, COMMITMENT)).await.unwrap().is_some());
    let ctx = officer.clone();
    db.write(move |tx| edit::undo(tx, &ctx, draft.id)).await.unwrap();
    let view = db.read(move |tx| views::commitment(tx, COMMITMENT, day)).await.unwrap();
    assert_eq!(view.milestones.len(), 6);
    assert_eq!(view.milestones[0].state, State::Completed, "reports outlive edits");
    let ctx = officer.clone();
    let twice = db.write(move |tx| edit::undo(tx, &ctx, draft.id)).await;
    assert_eq!(kind_of(twice), (Kind::Conflict, "plan.undo-outdated"));

    let ctx = officer.clone();
    let other = db.write(move |tx| edit::begin(tx, &ctx, COMMITMENT)).await.unwrap();
    assert_eq!(other.state, DraftState::Draft);
    let ctx = officer.clone();
    db.write(move |tx| edit::discard(tx, &ctx, other.id)).await.unwrap();
    let closed = db.write(move |tx| edit::save(tx, &officer, other.id, &content)).await;
    assert_eq!(kind_of(closed), (Kind::Conflict, "plan.draft-closed"));
}

/// A new version of the plan: something added, something changed, something gone.
async fn importing(db: &Db) {
    let mut file = db.read(|tx| views::load::plan_file(tx, PLAN)).await.unwrap().unwrap();
    let gone = file.theme.pop().unwrap();
    file.indicator.pop();
    file.plan.name = text("제5차 계획");
    let last = file.theme[1].commitment[0].milestone.pop().unwrap();
    let numbers: BTreeSet<String> = gone.commitment.iter().map(|c| c.number.clone()).collect();
    file.indicator.retain(|i| i.commitment.as_ref().is_none_or(|n| !numbers.contains(n)));
    let ctx = system(date(2022, 9, 1));
    let (again, planned) = (ctx.clone(), file.clone());
    let expected = db.read(move |tx| import::preview(tx, &again, &planned)).await.unwrap();
    let found = db.write(move |tx| import::apply(tx, &ctx, &file)).await.unwrap();
    assert_eq!(found, expected);
    assert!(found.removed.iter().any(|i| i.id.ends_with(&format!("/{}", last.number))));
    let id = id::commitment(PLAN, &gone.commitment[0].number);
    let retired = db.read(move |tx| views::commitment(tx, &id, date(2022, 9, 1))).await;
    assert_eq!(kind_of(retired), (Kind::Gone, "plan.commitment-retired"));
    let ctx = system(date(2022, 9, 2));
    db.write(move |tx| import::apply(tx, &ctx, &shipped_file())).await.unwrap();
    let counts = db.read(|tx| views::plan(tx, PLAN, date(2022, 9, 2), 0)).await.unwrap().counts;
    assert_eq!(counts, shipped_file().counts(), "what was retired is back");
}

/// Following by mail, confirming, the weekly digest, unsubscribing.
async fn following(db: &Db) {
    let day = date(2022, 10, 3);
    let ctx = system(day).with_actor(Actor::Anonymous);
    let object = id::commitment_ref(COMMITMENT);
    for address in ["not an address", "a@b", "<a@b.kr>"] {
        let (ctx, object) = (ctx.clone(), object.clone());
        let refused =
            db.write(move |tx| follow::follow_by_mail(tx, &ctx, &object, address, Rhythm::Weekly, Locale::Ko)).await;
        assert_eq!(kind_of(refused), (Kind::Invalid, "plan.mail-address"));
    }
    for _ in 0..2 {
        let (ctx, object) = (ctx.clone(), object.clone());
        db.write(move |tx| follow::follow_by_mail(tx, &ctx, &object, "Reader@Example.kr", Rhythm::Weekly, Locale::Ko))
            .await
            .unwrap();
    }
    assert_eq!(run(db, CONFIRM, day).await, 2, "asking again sends the mail again");
    let confirming: Vec<_> = subjects(db).await.into_iter().filter(|s| s.starts_with("confirm")).collect();
    assert_eq!(confirming.len(), 2);
    let (reader, asked) = (Subscriber::Mail("reader@example.kr".to_owned()), object.clone());
    let who = reader.clone();
    let waiting = db.read(move |tx| crate::store::follow::find(tx, &who, &asked)).await.unwrap().unwrap();
    let token = follow::token(&ctx, waiting.id, Purpose::Confirm);
    let mut forged = token.clone();
    forged.pop();
    let (own, bad) = (ctx.clone(), forged + "0");
    let refused = db.write(move |tx| follow::confirm(tx, &own, &bad)).await;
    assert!(refused.is_err() || token.ends_with('0'));
    let (own, late) = (system(date(2022, 10, 20)), token.clone());
    assert_eq!(
        kind_of(db.write(move |tx| follow::confirm(tx, &own, &late)).await),
        (Kind::Gone, "plan.follow-expired")
    );
    let (own, good) = (ctx.clone(), token.clone());
    db.write(move |tx| follow::confirm(tx, &own, &good)).await.unwrap();

    // A report within the week, then the digest: once, and not again.
    let mois = organisation(db, "mois").await;
    let officer = person("officer", &[(Role::Officer, Some(mois))], date(2022, 10, 5));
    let done = ReportInput { milestone: None, period: None, evidence: vec![link("기록")], ..input(Claim::UnderWay) };
    db.write(move |tx| report(tx, &officer, &done)).await.unwrap();
    let who = reader.clone();
    let until = Time::at_kst_midnight(date(2022, 10, 10));
    assert_eq!(db.read(move |tx| crate::notify::digest_items(tx, &who, until)).await.unwrap().len(), 1);
    for day in [date(2022, 10, 10), date(2022, 10, 10), date(2022, 10, 17)] {
        let ctx = system(day);
        db.write(move |tx| job::enqueue(tx, &ctx, DIGEST, serde_json::json!({}), None).map(|_| ())).await.unwrap();
        let jobs = job::Filter { state: Some(JobState::Queued), kind: Some(DIGEST.to_owned()), before: None };
        let ctx = system(day);
        let last = db.read(move |tx| job::list(tx, &ctx, &jobs, 1)).await.unwrap().jobs.remove(0);
        notifier(db, day).run(&last).await.unwrap();
    }
    let digests: Vec<_> = subjects(db).await.into_iter().filter(|s| s.starts_with("digest")).collect();
    assert_eq!(digests, ["digest of 1"]);

    let (own, confirm) = (ctx.clone(), token);
    let misused = db.write(move |tx| follow::unsubscribe(tx, &own, &confirm)).await;
    assert_eq!(kind_of(misused), (Kind::NotFound, "plan.follow-token"));
    let stop = follow::token(&ctx, waiting.id, Purpose::StopDigest);
    let (own, looked) = (ctx.clone(), stop.clone());
    let (_, purpose, _) = db.read(move |tx| follow::peek(tx, &own, &looked)).await.unwrap();
    assert_eq!(purpose, Purpose::StopDigest);
    for _ in 0..2 {
        let (own, stop) = (ctx.clone(), stop.clone());
        db.write(move |tx| follow::unsubscribe(tx, &own, &stop)).await.unwrap();
    }
    let follower = person("follower", &[], day);
    let own = follower.clone();
    let named = db.read(move |tx| follow::own(tx, &own)).await.unwrap();
    assert_eq!(named.len(), 2);
    let (own, plan) = (follower.clone(), id::plan_ref(PLAN));
    let again = db.write(move |tx| follow::follow(tx, &own, &plan, Rhythm::Weekly)).await.unwrap();
    assert_eq!(again.rhythm, Rhythm::Weekly);
    let (other, target) = (person("somebody", &[], day), named[0].0.id);
    assert_eq!(
        kind_of(db.write(move |tx| follow::unfollow(tx, &other, target)).await),
        (Kind::NotFound, "plan.follow-unknown")
    );
    let (own, plan) = (follower.clone(), id::plan_ref(PLAN));
    assert!(db.read(move |tx| follow::find(tx, &own, &plan)).await.unwrap().is_some());
    let own = follower.clone();
    db.write(move |tx| follow::unfollow(tx, &own, target)).await.unwrap();
    assert_eq!(db.write(|tx| follow::forget(tx, account("follower"))).await.unwrap(), 1);
}

/// What pages read beside the rest.
async fn reading(db: &Db) {
    let today = date(2022, 3, 1);
    assert_eq!(db.read(views::in_force).await.unwrap().as_deref(), Some(PLAN));
    assert_eq!(db.read(move |tx| views::plans(tx, today)).await.unwrap().len(), 1);
    assert_eq!(db.read(move |tx| views::plan(tx, PLAN, today, 3)).await.unwrap().moved.len(), 3);
    let filter = |state, agency: Option<&str>, year| views::Filter {
        state,
        agency: agency.map(str::to_owned),
        year,
        ..views::Filter::default()
    };
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let all = filter(None, None, None);
        let page = db.read(move |tx| views::milestones(tx, PLAN, &all, after, 20, today)).await.unwrap();
        assert_eq!(page.total, 77);
        seen.extend(page.items.into_iter().map(|m| m.milestone.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 77);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 77, "no milestone twice");
    let late = filter(Some(State::NoReport), Some("msit"), Some(2021));
    let some = db.read(move |tx| views::milestones(tx, PLAN, &late, None, 100, today)).await.unwrap();
    assert!(some.total > 0 && some.items.iter().all(|m| m.milestone.state == State::NoReport));
    let over = db.read(move |tx| views::late(tx, PLAN, today)).await.unwrap();
    assert!(over.windows(2).all(|two| two[0].period.due <= two[1].period.due));
    let month =
        db.read(move |tx| views::calendar(tx, None, date(2021, 10, 1), date(2021, 10, 31), today)).await.unwrap();
    assert!(month.iter().any(|d| d.milestone == MILESTONE));
    assert!(!db.read(move |tx| views::agencies(tx, today)).await.unwrap().is_empty());
    let id = db.read(|tx| views::commitment_id(tx, PLAN, "whistleblowers")).await.unwrap();
    assert_eq!(id, "kr-2021/6");
    assert_eq!(db.read(|tx| views::followers(tx, &id::commitment_ref(COMMITMENT))).await.unwrap(), 2);
    let news = db.read(|tx| views::news(tx, &id::plan_ref(PLAN), None, 2)).await.unwrap();
    assert_eq!(news.items.len(), 2);
    let rest = db.read(move |tx| views::news(tx, &id::plan_ref(PLAN), news.next, 50)).await.unwrap();
    assert_eq!(rest.items.last().unwrap().kind, NewsKind::PlanImported);
}

async fn story(db: &TestDb) {
    reporting(db).await;
    reading(db).await;
    assessing(db).await;
    measuring(db).await;
    inspecting(db).await;
    editing(db).await;
    importing(db).await;
    following(db).await;
    searched(db).await;
}

/// What searches are told of all that is public, and of what a change touches.
async fn searched(db: &Db) {
    let (all, again, below, none) = db
        .read(|tx| {
            let mut all = Vec::new();
            loop {
                let page = views::searched::page(tx, all.last().map(|one: &views::searched::Searched| &one.id), 7)?;
                if page.is_empty() {
                    break;
                }
                all.extend(page);
            }
            let ids: Vec<Ref> = all.iter().map(|one| one.id.clone()).collect();
            let again = views::searched::of(tx, &ids)?.len();
            let commitment = ids.iter().find(|id| id.kind == ObjectKind::Commitment).cloned().unwrap();
            let below = views::searched::touched(tx, &commitment)?;
            let none = views::searched::touched(tx, &Ref::new(ObjectKind::Indicator, "nothing"))?;
            Ok((all, again, below, none))
        })
        .await
        .unwrap();
    assert!(all.is_sorted_by(|a, b| (a.id.kind, &a.id.id) < (b.id.kind, &b.id.id)), "each once and in order");
    assert_eq!(again, all.len());
    assert!(below.len() > 1 && below[0].kind == ObjectKind::Commitment);
    assert!(none.is_empty());
}

/// What was done through the verbs is what the log says.
async fn audited(db: &Db) {
    while drain_once(db, &no_folds()).await.unwrap() > 0 {}
    let differences = db.read(|tx| {
        let (mut audited, mut cursor) = (Audited::default(), String::new());
        while let Some(next) = Plans.check(tx, &cursor, &mut audited)? {
            cursor = next;
        }
        Ok(audited.differences)
    });
    assert_eq!(differences.await.unwrap(), []);
}

/// Where statements are called: file below `src` and line.
fn statements() -> BTreeSet<(String, u32)> {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut out = BTreeSet::new();
    for file in testing::sources(&store).unwrap() {
        let name = format!("store/{}", file.file_name().unwrap().to_string_lossy());
        for (number, line) in (1..).zip(std::fs::read_to_string(&file).unwrap().lines()) {
            if ["tx.exec(", "tx.rows(", "tx.row(", "tx.one("].iter().any(|call| line.contains(call)) {
                out.insert((name.clone(), number));
            }
        }
    }
    out
}

#[tokio::test]
async fn every_statement_runs() {
    let wanted = statements();
    assert!(wanted.len() > 70, "{} statements found", wanted.len());
    for db in imported().await {
        story(&db).await;
        audited(&db).await;
        let ran: BTreeSet<_> = testing::ran(db.engine())
            .into_iter()
            .filter_map(|(file, line)| Some((file.split_once("plans/src/")?.1.to_owned(), line)))
            .collect();
        let missed: Vec<_> = wanted.difference(&ran).collect();
        assert!(missed.is_empty(), "{}: the story leaves out {missed:?}", db.engine());
    }
}

/// SQL stands in the store and nowhere else.
#[test]
fn sql_is_in_the_store_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in testing::sources(&folder).unwrap() {
        if file.components().any(|part| matches!(part.as_os_str().to_str(), Some("store" | "store.rs" | "tests"))) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}

/// The same seed gives the same context, so that a test can speak of what another made.
#[test]
fn accounts_of_the_stories_are_stable() {
    assert_eq!(account("officer"), account("officer"));
    assert_ne!(account("officer"), account("member"));
    let _: &Ctx = &system(super::TODAY);
}
