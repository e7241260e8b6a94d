//! One pass through everything the kernel stores, on both engines.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use madang_base::{Error, FixedClock, Id, Kind, Locale, LocalizedText, Result, Time};
use madang_db::Db;
use madang_db::testing::{self, TestDb};
use serde_json::json;

use super::{NOW, account, act, admin, ctx, kind, organisation as organisation_id, person, rng};
use crate::actor::{Actor, Role};
use crate::ledger::{Event, Field, Is, always};
use crate::links::LinkType;
use crate::object::{ObjectKind, Ref};
use crate::{
    BoxFuture, Ctx, blob, change, history, job, key_check, ledger, links, log_audit, mail, organisation, receipt,
    sequencer,
};

struct Echo;

impl job::Handler for Echo {
    fn run<'a>(&'a self, job: &'a job::Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match job.text("say")? {
                "busy" => Err(Error::unavailable("test.busy")),
                "never" => Err(Error::invalid("test.never")),
                _ => Ok(()),
            }
        })
    }
}

struct Keep;

impl mail::Mailer for Keep {
    fn send<'a>(&'a self, mail: &'a mail::Outgoing) -> BoxFuture<'a, Result<mail::Delivery>> {
        let sent = if mail.subject.contains("kept") { mail::Delivery::Kept } else { mail::Delivery::Sent };
        Box::pin(async move { Ok(sent) })
    }
}

/// One pass through everything the kernel stores. A statement that is left out fails the test below.
async fn story(db: &Db) {
    let ctx = ctx();
    act(db, &ctx, |tx, ctx| key_check::check(tx, &ctx.keys)).await.unwrap();
    assert!(db.read(key_check::known).await.unwrap());

    organisations(db, &ctx).await;
    events(db, &ctx).await;
    what_the_log_says(db).await;
    threads(db, &ctx).await;
    job::tests::an_attempt_cut_off(db).await;
    jobs(db, &ctx).await;
    mails(db, &ctx).await;
    files(db, &ctx).await;
    crate::webhook::tests::story(db).await;
    crate::log::tests::story(db.engine()).await;
}

async fn organisations(db: &Db, ctx: &Ctx) {
    let draft = organisation::Draft {
        slug: "mois".into(),
        kind: organisation::OrganisationKind::Agency,
        name: LocalizedText::new("행정안전부", "Ministry of the Interior and Safety"),
        short: LocalizedText::new("행안부", "MOIS"),
        parent: None,
    };
    let first = draft.clone();
    let made = act(db, ctx, move |tx, ctx| organisation::upsert(tx, ctx, &first)).await.unwrap();
    let child = organisation::Draft { slug: "nis-lab".into(), parent: Some(made.id), ..draft.clone() };
    act(db, ctx, move |tx, ctx| organisation::upsert(tx, ctx, &child)).await.unwrap();
    let loops = organisation::Draft { parent: Some(made.id), ..draft.clone() };
    let refused = act(db, ctx, move |tx, ctx| organisation::upsert(tx, ctx, &loops)).await.unwrap_err();
    assert_eq!(refused.code(), "organisation.parent");

    let renamed = organisation::Draft { name: LocalizedText::new("행정자치부", "Other"), ..draft.clone() };
    let changed = act(db, ctx, move |tx, ctx| organisation::upsert(tx, ctx, &renamed)).await.unwrap();
    assert_eq!(changed.id, made.id);
    let (all, agencies, schools, found) = db
        .read(move |tx| {
            Ok((
                organisation::list(tx, None)?,
                organisation::list(tx, Some(organisation::OrganisationKind::Agency))?,
                organisation::list(tx, Some(organisation::OrganisationKind::School))?,
                organisation::get(tx, made.id)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(all.iter().map(|o| o.slug.as_str()).collect::<Vec<_>>(), ["mois", "nis-lab"]);
    assert_eq!((agencies.len(), schools.len()), (2, 0));
    assert_eq!(found.name.get(Locale::Ko), "행정자치부");
    assert_eq!(all[1].parent, Some(made.id));
    let past = db.read(move |tx| history::history_of(tx, &found.reference(), None, 10)).await.unwrap();
    // Both at the same instant of the standing clock, hence in no order.
    let fields: BTreeSet<_> = past.entries.iter().map(|e| (e.field.as_str(), e.before.is_some())).collect();
    assert_eq!(fields, BTreeSet::from([("name", true), ("name", false)]));

    for slug in ["", "-a", "행안부", "A", "a b"] {
        let bad = organisation::Draft { slug: slug.into(), ..draft.clone() };
        let refused = act(db, ctx, move |tx, ctx| organisation::upsert(tx, ctx, &bad)).await.unwrap_err();
        assert_eq!(refused.code(), "organisation.slug", "{slug:?}");
    }
    let unknown = db.read(|tx| organisation::get(tx, organisation_id(9))).await.unwrap_err();
    assert_eq!(unknown.kind(), Kind::NotFound);
}

async fn events(db: &Db, ctx: &Ctx) {
    // What the organisations left.
    let sequencer = sequencer::Sequencer::new(db.clone(), sequencer::no_folds());
    sequencer.turn().await.unwrap();
    let begin = db.read(change::head).await.unwrap();
    let organisations = db.read(|tx| change::since(tx, 0, 10)).await.unwrap();
    let kinds: Vec<_> = organisations.iter().map(|change| change.kind.as_str()).collect();
    assert_eq!(kinds, ["organisation.created", "organisation.created", "organisation.changed"]);
    let update = Ref::new(ObjectKind::Update, "u-1");
    let fields = &[always("state", Is::Code), always("text", Is::Salted), always("who", Is::Nullifier)];
    let event = Event::public(kind("update.published", fields), update.clone())
        .with("state", "done")
        .with("text", Field::salted("도로를 고쳤습니다"))
        .with("who", Field::Nullifier(account(7)));
    act(db, ctx, move |tx, ctx| ledger::append(tx, ctx, event.clone())).await.unwrap();
    act(db, ctx, |tx, ctx| {
        ledger::append(tx, ctx, Event::private(kind("account.deleted", &[]), Ref::new(ObjectKind::Account, account(7))))
    })
    .await
    .unwrap();
    let waiting = db.read(ledger::inbox_depth).await.unwrap();
    let here = update.clone();
    let pending = db.read(move |tx| ledger::pending(tx, &here)).await.unwrap();
    assert_eq!(pending.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["update.published"]);
    sequencer.turn().await.unwrap();
    assert_eq!(*sequencer.position().borrow(), begin + 2);
    assert_eq!((waiting, db.read(ledger::inbox_depth).await.unwrap()), (2, 0));

    let here = update.clone();
    let (all, public, head, count) = db
        .read(move |tx| {
            Ok((
                change::since(tx, begin, 10)?,
                change::since_public(tx, begin, 10)?,
                change::head(tx)?,
                change::count(tx, &here, "update.published")?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(all.iter().map(|c| c.position).collect::<Vec<_>>(), [begin + 1, begin + 2]);
    assert_eq!(public.len(), 1);
    assert_eq!((head, count), (begin + 2, change::Count { value: 1, position: begin + 2 }));
    let here = update.clone();
    assert_eq!(db.read(move |tx| change::recount(tx, &here, "update.published", begin + 2)).await.unwrap(), 1);

    let here = update.clone();
    let (objects, with, of) = db
        .read(move |tx| {
            let objects = (change::objects(tx, begin, begin + 2)?, change::objects(tx, begin, begin + 1)?);
            let with = change::objects_with(tx, "update.published", "", 10)?;
            let between = change::objects_of(tx, begin, begin + 2, "update.published", "update.published!")?;
            assert_eq!(between, [here.to_string()]);
            Ok((objects, with, change::of_object(tx, &here, 0, begin + 2, 10)?))
        })
        .await
        .unwrap();
    assert_eq!((objects.0.len(), objects.1), (2, vec![update.to_string()]));
    assert_eq!((with, of), (vec![update.to_string()], all[..1].to_vec()));
    let newest = |above, upto| db.read(move |tx| change::newest_of(tx, "update.published", above, upto, 10));
    assert_eq!(newest(begin, begin + 2).await.unwrap(), [begin + 1]);
    assert!(newest(begin + 1, begin + 2).await.unwrap().is_empty());

    let digest = all[0].json.split("sha256:").nth(1).unwrap()[..64].to_owned();
    let open = |text: &'static str| {
        let digest = digest.clone();
        db.read(move |tx| ledger::opens(tx, &digest, text))
    };
    assert_eq!(open("도로를 고쳤습니다").await.unwrap(), Some(true));
    assert_eq!(open("도로를 고치지 않았습니다").await.unwrap(), Some(false));
    assert_eq!(act(db, ctx, move |tx, _| ledger::erase(tx, &update, Some("text"))).await.unwrap(), 1);
    assert_eq!(open("도로를 고쳤습니다").await.unwrap(), None);
}

async fn threads(db: &Db, ctx: &Ctx) {
    let refs = [
        Ref::new(ObjectKind::Commitment, "kr-2021/2.1"),
        Ref::new(ObjectKind::Milestone, "kr-2021/2.1/3"),
        Ref::new(ObjectKind::Indicator, "kr-2021/women"),
    ];
    let [commitment, milestone, indicator] = refs.clone();
    let added = act(db, ctx, move |tx, ctx| {
        Ok([
            links::link_add(tx, ctx, &milestone, LinkType::Implements, &commitment)?,
            links::link_add(tx, ctx, &indicator, LinkType::Measures, &milestone)?,
            links::link_add(tx, ctx, &indicator, LinkType::Measures, &milestone)?,
        ])
    })
    .await
    .unwrap();
    assert_eq!(added, [true, true, false]);
    let [commitment, milestone, indicator] = refs.clone();
    let (near, far, cut) = db
        .read(move |tx| {
            Ok((
                links::links_of(tx, &milestone)?,
                links::thread(tx, &commitment, 50)?,
                links::thread(tx, &commitment, 2)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(near.len(), 2);
    assert!(!near.iter().find(|l| l.link_type == LinkType::Measures).unwrap().outgoing(&refs[1]));
    assert_eq!(far.objects, [(refs[0].clone(), 0), (refs[1].clone(), 1), (indicator, 2)]);
    assert_eq!((far.links.len(), cut.objects.len(), cut.links.len()), (2, 2, 1));
    let [commitment, milestone, _] = refs.clone();
    let removed = act(db, ctx, move |tx, ctx| {
        Ok([
            links::link_remove(tx, ctx, &milestone, LinkType::Implements, &commitment)?,
            links::link_remove(tx, ctx, &milestone, LinkType::Implements, &commitment)?,
        ])
    })
    .await
    .unwrap();
    assert_eq!(removed, [true, false]);
    let selves = refs[0].clone();
    let refused = act(db, ctx, move |tx, ctx| links::link_add(tx, ctx, &selves, LinkType::Answers, &selves)).await;
    assert_eq!(refused.unwrap_err().code(), "link.self");

    let [commitment, milestone, _] = refs;
    let officer = ctx.clone().with_actor(Actor::Person(person(Role::Officer, Some(organisation_id(1)))));
    let (topic, object) = (commitment.clone(), milestone.clone());
    act(db, &officer, move |tx, ctx| {
        for n in 0..3 {
            let (before, after) = (Some(n.to_string()), Some((n + 1).to_string()));
            history::record_in(tx, ctx, &object, &topic, "progress", before, after)?;
        }
        history::record(tx, ctx, &topic, "title", Some("같다".into()), Some("같다".into()))
    })
    .await
    .unwrap();
    let topic = commitment.clone();
    let first = db.read(move |tx| history::history_of(tx, &topic, None, 2)).await.unwrap();
    assert_eq!(first.entries.len(), 2);
    let plan = Ref::new(ObjectKind::Plan, "kr-2021");
    let below = db.read(move |tx| history::history_below(tx, &plan, None, 10)).await.unwrap();
    assert_eq!(below.entries.len(), 3, "what is below the plan is in the plan's history");
    let (topic, next) = (commitment.clone(), first.next);
    let second = db.read(move |tx| history::history_of(tx, &topic, next, 2)).await.unwrap();
    assert_eq!((second.entries.len(), second.next), (1, None));
    assert_eq!(second.entries[0].account, Some(account(7)));
    assert_eq!(second.entries[0].topic, commitment);
    let mine = db.read(|tx| history::history_by(tx, account(7), None, 10)).await.unwrap();
    assert_eq!(mine.entries.len(), 3);
    let erased = act(db, ctx, move |tx, _| history::erase(tx, &milestone, Some("progress"))).await.unwrap();
    assert_eq!(erased, 3);
    let blank = db.read(move |tx| history::history_of(tx, &commitment, None, 10)).await.unwrap();
    assert!(blank.entries.iter().all(|entry| entry.before.is_none() && entry.after.is_none()));
}

async fn jobs(db: &Db, ctx: &Ctx) {
    let clock = Arc::new(FixedClock::at(NOW));
    let worker = job::Worker::new(db.clone(), clock.clone(), rng("worker"))
        .on("test.echo", Echo)
        .every("test.echo", job::Every::Seconds(3600));
    let ids = act(db, ctx, |tx, ctx| {
        let mut put = |say: &str, at| job::enqueue(tx, ctx, "test.echo", json!({ "say": say }), at);
        Ok([put("well", None)?, put("busy", None)?, put("never", None)?, put("later", Some(NOW.plus_seconds(60)))?])
    })
    .await
    .unwrap();
    assert_eq!(worker.run_due().await.unwrap(), 3);
    let totals = db.read(job::totals).await.unwrap();
    let state = |wanted| totals.iter().find(|(state, _)| *state == wanted).map(|(_, n)| *n);
    assert_eq!((state(job::JobState::Done), state(job::JobState::Queued)), (Some(2), Some(2)));
    assert_eq!(state(job::JobState::Failed), Some(1));

    let admin = admin();
    let done = ids[0];
    let refused = act(db, &admin, move |tx, ctx| job::retry(tx, ctx, done)).await.unwrap_err();
    assert_eq!(refused.code(), "job.not-retryable");
    let missing = act(db, &admin, |tx, ctx| job::retry(tx, ctx, Id::new(ctx.now, ctx.rng()))).await.unwrap_err();
    assert_eq!(missing.code(), "job.unknown");
    let failed = ids[2];
    act(db, &admin, move |tx, ctx| job::retry(tx, ctx, failed)).await.unwrap();
    assert_eq!(worker.run_due().await.unwrap(), 1);
    let filter = job::Filter { state: Some(job::JobState::Failed), kind: Some("test.echo".into()), before: None };
    let page = act(db, &admin, move |tx, ctx| job::list(tx, ctx, &filter, 10)).await.unwrap();
    assert_eq!(page.jobs.len(), 1);
    assert_eq!((page.jobs[0].id, page.jobs[0].attempts), (failed, 1));
    assert_eq!(page.jobs[0].last_error.as_deref(), Some("test.never"));

    let gone = act(db, &admin, move |tx, ctx| {
        job::delete(tx, ctx, failed)?;
        job::delete(tx, ctx, failed)
    });
    assert_eq!(gone.await.unwrap_err().code(), "job.unknown");

    // The hour is over: one more comes, the waiting ones are due, and it is not joined by a second.
    clock.advance_seconds(3601);
    act(db, &admin, move |tx, ctx| job::retry(tx, ctx, ids[1])).await.unwrap();
    assert_eq!(worker.run_due().await.unwrap(), 2);
    let later = clock_now(&clock).plus_seconds(7 * 86_400);
    assert!(act(db, ctx, move |tx, _| job::purge(tx, later)).await.unwrap() >= 2);
}

fn clock_now(clock: &FixedClock) -> Time {
    madang_base::Clock::now(clock)
}

async fn mails(db: &Db, ctx: &Ctx) {
    let clock = Arc::new(FixedClock::at(NOW));
    let sender = mail::SendMail::new(db.clone(), clock.clone(), Arc::new(Keep));
    let worker = job::Worker::new(db.clone(), clock.clone(), rng("mail worker")).on(mail::SEND, sender);
    let message = |subject: &str| mail::Mail {
        to: "citizen@example.kr".into(),
        subject: subject.into(),
        text: "본문".into(),
        html: Some("<p>본문</p>".into()),
        headers: vec![("List-Unsubscribe".into(), "<https://example.kr/u>".into())],
    };
    let (sent, kept) = (message("sent"), message("kept"));
    act(db, ctx, move |tx, ctx| mail::queue(tx, ctx, sent.clone())).await.unwrap();
    clock.advance_seconds(1);
    let later = Ctx { now: clock_now(&clock), ..ctx.clone() };
    let kept_id = act(db, &later, move |tx, ctx| mail::queue(tx, ctx, kept.clone())).await.unwrap();
    assert!(worker.run_due().await.unwrap() >= 2);
    let box_page = db.read(|tx| mail::outbox(tx, None, 10)).await.unwrap();
    assert_eq!(box_page.mails.len(), 1);
    assert_eq!(box_page.mails[0].headers[0].0, "List-Unsubscribe");
    assert_eq!(db.read(move |tx| mail::outbox_one(tx, kept_id)).await.unwrap().text, "본문");
    let page = act(db, &admin(), |tx, ctx| mail::list(tx, ctx, None, None, 1)).await.unwrap();
    assert_eq!(page.mails[0].state, mail::MailState::Kept);
    let next = page.next;
    let page = act(db, &admin(), move |tx, ctx| mail::list(tx, ctx, None, next, 1)).await.unwrap();
    assert_eq!((page.mails[0].state, page.next), (mail::MailState::Sent, None));
    let sent_id = page.mails[0].id;
    let hidden = db.read(move |tx| mail::outbox_one(tx, sent_id)).await.unwrap_err();
    assert_eq!(hidden.code(), "mail.unknown");

    let later = NOW.plus_seconds(2);
    assert_eq!(act(db, ctx, move |tx, _| mail::purge(tx, later, NOW)).await.unwrap(), 1);
    assert_eq!(act(db, ctx, move |tx, _| mail::purge(tx, later, NOW)).await.unwrap(), 0);
    assert_eq!(act(db, ctx, move |tx, _| mail::purge(tx, later, later)).await.unwrap(), 2);
    let again = message("forget me");
    act(db, ctx, move |tx, ctx| mail::queue(tx, ctx, again.clone())).await.unwrap();
    assert_eq!(act(db, ctx, |tx, _| mail::forget(tx, "citizen@example.kr")).await.unwrap(), 1);
    assert_eq!(worker.run_due().await.unwrap(), 1);
}

/// What audits and receipts ask of an object.
async fn what_the_log_says(db: &Db) {
    let update = Ref::new(ObjectKind::Update, "u-1");
    let asked = db.read(move |tx| {
        let said = log_audit::last_with(tx, &update, "state")?;
        let objects = log_audit::objects(tx, ObjectKind::Update, "", 10)?;
        let salts = ledger::salts_of(tx, &update, "text")?;
        let mut audited = ledger::Audited::default();
        let row = log_audit::Row { by: "story", table: "update", object: &update, name: "" };
        row.missing(tx, &mut audited)?;
        let times = (receipt::provable_since(tx, 0)?, receipt::signed_at(tx, 1)?);
        Ok((
            said.and_then(|said| said.text("state").map(str::to_owned)),
            objects,
            salts.len(),
            audited.differences,
            times,
        ))
    });
    let (state, objects, salts, missing, times) = asked.await.unwrap();
    assert_eq!((state.as_deref(), objects), (Some("done"), vec!["update:u-1".to_owned()]));
    assert_eq!(salts, 0, "its salts were erased above");
    assert_eq!((missing.len(), missing[0].what.as_str(), missing[0].leaf), (1, "row", Some(3)));
    assert_eq!(times, (None, None), "nothing has been signed");
}

async fn files(db: &Db, ctx: &Ctx) {
    let blobs = blob::Blobs::memory();
    let upload = blobs.put("날짜,건수\n".into(), "자료.csv").await.unwrap();
    let update = Ref::new(ObjectKind::Update, "u-1");
    let (here, file) = (update.clone(), upload.clone());
    act(db, ctx, move |tx, ctx| blob::attach(tx, ctx, &file, &here)).await.unwrap();
    let here = update.clone();
    let all = db.read(move |tx| blob::attachments(tx, &here)).await.unwrap();
    assert_eq!(all.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["자료.csv"]);
    let (here, sha256) = (update.clone(), upload.blob.sha256.clone());
    assert_eq!(db.read(move |tx| blob::attachment(tx, &sha256, &here)).await.unwrap().blob, upload.blob);
    let sha256 = upload.blob.sha256.clone();
    let by_kind = db.read(move |tx| blob::attachment_of_kind(tx, &sha256, ObjectKind::Update)).await.unwrap();
    assert_eq!(by_kind.blob, upload.blob);
    let sha256 = upload.blob.sha256.clone();
    assert_eq!(db.read(move |tx| blob::users(tx, &sha256)).await.unwrap(), std::slice::from_ref(&update));
    let mut audited = ledger::Audited::default();
    log_audit::files(db, &blobs, &mut audited).await.unwrap();
    assert_eq!((audited.rows["file"], audited.differences.len()), (1, 0));
    let (here, sha256) = (update.clone(), upload.blob.sha256.clone());
    assert!(act(db, ctx, move |tx, _| blob::detach(tx, &sha256, &here)).await.unwrap());
    // The files in memory have the machine's date, so that the sweep's day is over a long time from now.
    let far = Time::from_micros(i64::MAX / 4);
    assert_eq!(blob::sweep(db, &blobs, far).await.unwrap(), blob::Swept { rows: 1, files: 1 });
    let sha256 = upload.blob.sha256;
    let gone = db.read(move |tx| blob::attachment(tx, &sha256, &update)).await.unwrap_err();
    assert_eq!(gone.code(), "blob.unknown");
}

/// The lines of this crate at which statements run.
fn statements() -> BTreeSet<(String, u32)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = BTreeSet::new();
    for file in testing::sources(&folder).unwrap() {
        let inside = file.strip_prefix(&folder).unwrap().display().to_string();
        if !inside.ends_with("store.rs") {
            continue;
        }
        for (number, line) in (1..).zip(std::fs::read_to_string(&file).unwrap().lines()) {
            if ["tx.exec(", "tx.rows(", "tx.row(", "tx.one("].iter().any(|call| line.contains(call)) {
                out.insert((inside.clone(), number));
            }
        }
    }
    out
}

/// Tests beside their modules that run what no other story does; each makes its own databases, on both engines.
const OTHER_STORIES: &[fn()] = &[
    crate::log::cosign::tests::each_new_checkpoint_is_cosigned_and_stands_under_the_log_s_own,
    crate::log::cosign::tests::a_witness_that_knows_another_size_is_asked_again_with_that,
    crate::log::cosign::tests::nothing_that_a_witness_says_is_believed_unless_it_verifies,
    crate::log::cosign::tests::what_a_witness_has_read_is_noted_and_rubbish_is_not,
    crate::log::cosign::tests::the_loop_goes_on_behind_a_bad_witness_and_only_where_the_log_is_built,
    crate::log_audit::tests::nothing_is_found_where_nothing_was_altered,
    crate::log_audit::tests::what_waits_is_no_difference,
    crate::log_audit::tests::altered_rows_of_the_feed,
    crate::log_audit::tests::altered_heads_and_checkpoints,
    crate::log_audit::tests::altered_files,
    crate::log_audit::tests::an_old_or_another_checkpoint,
    crate::log_audit::tests::a_salt_is_only_gone_when_an_act_erased_it,
    crate::receipt::tests::a_receipt_leads_from_the_inbox_to_its_leaf,
    crate::receipt::tests::the_receipt_of_an_act_is_found_again_before_and_after_it_is_in_the_log,
    crate::receipt::tests::an_opening_opens_the_leaf_until_it_is_erased,
    crate::receipt::tests::a_file_is_found_by_its_digest_and_no_other_is,
];

#[tokio::test]
async fn every_statement_runs() {
    for story in OTHER_STORIES {
        std::thread::spawn(story).join().expect("its own test says more");
    }
    let wanted = statements();
    assert!(wanted.len() > 50, "{} statements found", wanted.len());
    for db in TestDb::both() {
        story(&db).await;
        let ran: BTreeSet<_> = testing::ran(db.engine())
            .into_iter()
            .filter_map(|(file, line)| Some((file.split_once("kernel/src/")?.1.to_owned(), line)))
            .collect();
        let missed: Vec<_> = wanted.difference(&ran).collect();
        assert!(missed.is_empty(), "{}: the story leaves out {missed:?}", db.engine());
    }
}

/// SQL stands in `store.rs` and nowhere else.
#[test]
fn sql_is_in_stores_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in testing::sources(&folder).unwrap() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name == "store.rs" || name == "tests.rs" || file.components().any(|part| part.as_os_str() == "tests") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}
