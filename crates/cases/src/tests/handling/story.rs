//! One story that needs every statement of handling, and the verbs that the other tests leave out.

use std::collections::BTreeSet;
use std::path::Path;

use madang_db::testing;
use madang_form::Raw;
use madang_kernel::links::LinkType;
use madang_kernel::{ObjectKind, Ref, history};

use super::*;
use super::{approvals, clocks, lists, notices, together};
use crate::model::{CitizenSays, EventKind, Publication};
use crate::service::{correct, link, note, parties, publish, rate, withdraw};
use crate::store;

fn raw(pairs: &[(&str, &str)]) -> Raw {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Corrected, looked at, published, taken back, shown again.
async fn published(site: &Site) {
    let choices: &[_] = &[("kind", "law"), ("publicity", "open")];
    let number = site.file_with(&citizen("author", at(DAY, 10)), "petition", choices).await.number;
    let author = citizen("author", at(DAY, 11));
    let fix = |pairs: &'static [(&'static str, &'static str)]| {
        let number = number.clone();
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
            correct::correct(tx, ctx, cases, &number, &raw(pairs), "잘못 적었습니다.", None)
        }
    };
    let wrong = site.act(&author, fix(&[("title", "")])).await.unwrap_err();
    assert_eq!((wrong.code(), wrong.fields().len()), ("case.correct-invalid", 1));
    let revision = site.act(&author, fix(&[("title", "정류장 안내판도 말하게")])).await.unwrap().revision;
    assert_eq!(site.act(&author, fix(&[("title", "정류장 안내판도 말하게")])).await.unwrap().revision, revision);
    let case = site.case(&number).await;
    assert_eq!((case.title.as_str(), case.revision), ("정류장 안내판도 말하게", revision));
    let object = crate::service::act::reference(case.id);
    let past = site.db.read(move |tx| history::history_of(tx, &object, None, 10)).await.unwrap();
    assert_eq!(past.entries.iter().map(|entry| entry.field.as_str()).collect::<Vec<_>>(), ["title"]);

    let officer = site.officer("officer", at(DAY, 12));
    let more =
        site.act(&officer, fix(&[("why", "모든 안내판이 소리로도 알려 주기를 바랍니다. 꼭!")])).await.unwrap_err();
    assert_eq!(more.code(), "case.correct-redaction");
    site.act(&officer, fix(&[("why", "모든 █이 소리로도 알려 주기를 바랍니다.")])).await.unwrap();
    site.step(&officer, &number, "start-review").await.unwrap();
    assert_eq!(site.act(&author, fix(&[("title", "늦은 말")])).await.unwrap_err().code(), "case.correct-not");

    let look = |fields: &'static [&'static str]| {
        let number = number.clone();
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
            let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
            publish::review(tx, ctx, cases, &number, &fields)
        }
    };
    assert_eq!(site.act(&officer, look(&["title"])).await.unwrap_err().code(), "case.review-field");
    site.act(&officer, look(&["why"])).await.unwrap();
    site.act(&officer, look(&["request", "why"])).await.unwrap();
    let own = number.clone();
    let hide = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| publish::hide(tx, ctx, cases, &own, "개인정보가 있습니다.");
    let own = number.clone();
    let show = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| publish::show(tx, ctx, cases, &own, "가렸습니다.");
    assert_eq!(site.act(&officer, hide.clone()).await.unwrap_err().code(), "case.hide-not");
    let target = Ref::new(ObjectKind::Commitment, "kr-2021/3");
    let tie = |target: Ref| {
        let number = number.clone();
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| link::link(tx, ctx, cases, &number, LinkType::Became, &target)
    };
    assert_eq!(site.act(&officer, tie(target.clone())).await.unwrap_err().code(), "case.link-private");
    site.step(&officer, &number, "open").await.unwrap();
    assert!(site.act(&officer, tie(target.clone())).await.unwrap());
    assert!(!site.act(&officer, tie(target.clone())).await.unwrap());
    let account_ref = Ref::new(ObjectKind::Account, "x");
    assert_eq!(site.act(&officer, tie(account_ref)).await.unwrap_err().code(), "case.link-unknown");
    let own = number.clone();
    let gone =
        site.act(&officer, move |tx, ctx, cases| link::unlink(tx, ctx, cases, &own, LinkType::Became, &target)).await;
    assert!(gone.unwrap());
    site.act(&officer, hide).await.unwrap();
    assert_eq!(site.case(&number).await.publication, Publication::Hidden);
    let reader = citizen("reader", at(DAY, 13));
    assert_eq!(site.step(&reader, &number, "give-opinion").await.unwrap_err().code(), "case.unknown");
    site.act(&officer, show.clone()).await.unwrap();
    assert_eq!(site.act(&officer, show).await.unwrap_err().code(), "case.show-not");
    let revision = site.case(&number).await.revision;
    site.step(&reader, &number, "give-opinion").await.unwrap();
    assert_eq!(site.case(&number).await.revision, revision, "an opinion does not change the case");
}

/// Without an account, by number and code: withdrawn, rated, confirmed and disputed.
async fn author_says(site: &Site) {
    let officer = site.officer("officer", at(DAY, 11));
    let anonymous = nobody(at(DAY, 12));
    let receipt = site.file(&citizen("author", at(DAY, 10)), "complaint").await;
    let number = receipt.number.clone();
    let author = citizen("author", at(DAY, 12));
    let rating = |stars: i64| {
        let number = number.clone();
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| rate::rate(tx, ctx, cases, &number, stars, "고맙습니다.", None)
    };
    assert_eq!(site.act(&author, rating(6)).await.unwrap_err().code(), "case.rate-stars");
    assert_eq!(site.act(&author, rating(4)).await.unwrap_err().code(), "case.rate-early");
    site.step(&officer, &number, "accept").await.unwrap();
    let done = site.step(&officer, &number, "answer").await.unwrap();
    assert!(matches!(done, Taken::Done { ref state, .. } if state == "answered"), "{done:?}");
    site.act(&author, rating(4)).await.unwrap();
    assert_eq!(site.act(&officer, rating(1)).await.unwrap_err().code(), "case.author-only");
    let answered = site.case(&number).await;
    assert_eq!((answered.satisfaction, answered.citizen_says), (Some(4), None));
    site.step(&author, &number, "dispute").await.unwrap();
    let case = site.case(&number).await;
    assert_eq!((case.citizen_says, case.state.as_str()), (Some(CitizenSays::Disputed), "answered"));
    assert_eq!(case.outcome, answered.outcome, "what the citizen says leaves state and outcome alone");
    let own = number.clone();
    let closed = site.act(&author, move |tx, ctx, cases| withdraw::withdraw(tx, ctx, cases, &own, "", None)).await;
    assert_eq!(closed.is_err(), case.closed_at.is_some());

    let number = site.file(&citizen("author", at(DAY, 10)), "complaint").await.number;
    let leave = |code: Option<&'static str>| {
        let number = number.clone();
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
            withdraw::withdraw(tx, ctx, cases, &number, "해결되었습니다.", code)
        }
    };
    let stranger = site.act(&anonymous, leave(Some("0000-0000-0000-0000-0000"))).await;
    assert_eq!(stranger.unwrap_err().code(), "case.author-only", "the case is public, its code is another");
    site.act(&author, leave(None)).await.unwrap();
    assert_eq!(site.act(&author, leave(None)).await.unwrap_err().code(), "case.closed");
    let case = site.case(&number).await;
    assert_eq!((case.state.as_str(), case.due_at), ("withdrawn", None));
    let events = site.db.read(move |tx| store::event::of_case(tx, case.id)).await.unwrap();
    assert_eq!(events.last().unwrap().kind, EventKind::Withdrawn);
}

/// Notes and parties.
async fn among_themselves(site: &Site) {
    let number = site.file(&citizen("author", at(DAY, 10)), "petition").await.number;
    let add = |text: &'static str| {
        let number = number.clone();
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| note::add(tx, ctx, cases, &number, text)
    };
    site.act(&site.officer("officer", at(DAY, 11)), add("전화로 물었습니다.")).await.unwrap();
    assert!(site.act(&citizen("author", at(DAY, 11)), add("나도")).await.is_err());
    let case = site.case(&number).await;
    let notes = site.db.read(move |tx| note::of_case(tx, case.id)).await.unwrap();
    assert_eq!(notes.len(), 1);
    let lead = person("lead", &[(Role::Lead, Some(site.mois))], at(DAY, 10));
    let member = account("member");
    let join = move |party: &'static str| {
        move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| parties::add(tx, ctx, cases, "petition", party, member)
    };
    assert_eq!(site.act(&lead, join("cooks")).await.unwrap_err().code(), "case.party-unknown");
    assert!(site.act(&lead, join("petition-committee")).await.unwrap());
    assert!(!site.act(&lead, join("petition-committee")).await.unwrap());
    let not = site.act(&citizen("member", at(DAY, 11)), join("petition-committee")).await.unwrap_err();
    assert_eq!(not.code(), "permission.denied");
    let members = site.act(&lead, |tx, ctx, _| parties::members(tx, ctx, "petition")).await.unwrap();
    assert_eq!(members.len(), 1);
    let leave = move |tx: &mut Tx, ctx: &Ctx, cases: &Cases| {
        parties::remove(tx, ctx, cases, "petition", "petition-committee", member)
    };
    assert!(site.act(&lead, leave).await.unwrap());
    assert!(!site.act(&lead, leave).await.unwrap());
    site.act(&lead, move |tx, _, _| parties::forget(tx, member)).await.unwrap();
}

#[tokio::test]
async fn what_is_published_can_be_taken_back() {
    for site in Site::both().await {
        published(&site).await;
    }
}

#[tokio::test]
async fn authors_have_their_say() {
    for site in Site::both().await {
        author_says(&site).await;
    }
}

#[tokio::test]
async fn officers_and_parties_are_among_themselves() {
    for site in Site::both().await {
        among_themselves(&site).await;
    }
}

/// The stores of handling; the others are in the story of filing.
const STORES: [&str; 9] = ["agency", "approval", "clock", "follow", "inbox", "note", "overdue", "party", "question"];

fn statements() -> BTreeSet<(String, u32)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut out = BTreeSet::new();
    for store in STORES {
        let text = std::fs::read_to_string(folder.join(store).with_extension("rs")).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            if ["tx.exec(", "tx.rows(", "tx.row(", "tx.one("].iter().any(|call| line.contains(call)) {
                out.insert((format!("store/{store}.rs"), number));
            }
        }
    }
    out
}

/// Runs the stories once more, one after the other, and looks which statements they have run in this process.
#[test]
fn every_statement_of_handling_runs() {
    let wanted = statements();
    assert!(wanted.len() > 40, "{} statements found", wanted.len());
    approvals::a_refusal_needs_two_officers_and_never_one_twice();
    approvals::a_draft_waits_is_thrown_away_or_overtaken();
    clocks::a_petition_is_overdue_on_the_right_day_once_and_opens_the_objection();
    clocks::a_question_stops_the_clock_an_extension_moves_it_and_a_transfer_starts_it_anew();
    clocks::clocks_are_computed_anew_after_the_calendar_has_changed();
    lists::the_inbox_has_what_is_due_first_on_top();
    notices::everybody_whom_it_concerns_is_written_to_once();
    together::a_case_is_passed_on_and_handled_together();
    together::merging_keeps_everybodys_rights_and_splitting_undoes_it();
    what_is_published_can_be_taken_back();
    authors_have_their_say();
    officers_and_parties_are_among_themselves();
    for db in TestDb::both() {
        erased(&db);
        let ran: BTreeSet<_> = testing::ran(db.engine())
            .into_iter()
            .filter_map(|(file, line)| Some((file.split_once("cases/src/")?.1.to_owned(), line)))
            .collect();
        let missed: Vec<_> = wanted.difference(&ran).collect();
        assert!(missed.is_empty(), "{}: the stories leave out {missed:?}", db.engine());
    }
}

/// What erasure and moving to another version need of these stores.
fn erased(db: &TestDb) {
    let case = crate::model::CaseId::new(at(DAY, 1), &SeededRng::new(b"no case"));
    let work = db.write(move |tx| {
        store::question::blank(tx, case)?;
        assert!(store::question::of_case(tx, case)?.is_empty());
        store::note::delete(tx, case)?;
        store::approval::delete(tx, case)?;
        store::clock::delete(tx, case, "none")
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(work).unwrap();
}
