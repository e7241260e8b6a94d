//! An issue goes: once, to everybody, whatever dies in between.

use std::collections::BTreeSet;

use madang_base::{Kind, Locale, LocalizedText};
use madang_db::params;
use madang_kernel::job::Handler as _;
use serde_json::json;

use super::{House, account, case, job, now, person, system, text};
use crate::mailing::{CHUNK, MAIL, SEND};
use crate::model::{Issue, IssueState, Newsletter, SectionKind};
use crate::service::issue::{Act, Edit, edit};
use crate::service::{send, settings, subscribe};
use crate::views;

/// So many readers by mail, confirmed.
async fn readers(house: &House, of: &Newsletter, many: usize) {
    let id = of.id;
    for n in 0..many {
        let ctx = system();
        let address = format!("reader{n:04}@example.kr");
        let locale = if n % 2 == 0 { Locale::Ko } else { Locale::En };
        house
            .write(&ctx, move |tx, ctx| {
                subscribe::subscribe_by_mail(tx, ctx, id, &address, locale)?;
                Ok(())
            })
            .await
            .unwrap();
    }
    house.db.batch("UPDATE newsletter_subscription SET confirmed_at = created_at;");
    house.db.batch("DELETE FROM job;");
}

async fn go(house: &House, issue: &Issue) -> madang_base::Result<()> {
    let (told, id, revision) = (house.told.clone(), issue.id, issue.revision);
    house.write(&house.officer(), move |tx, ctx| send::send(tx, ctx, &*told, id, revision).map(|_| ())).await
}

#[tokio::test]
async fn a_program_that_dies_in_the_middle_writes_to_nobody_twice_and_to_everybody_once() {
    for house in House::all(&["a"]).await {
        let news = house.newsletter("news").await;
        let draft = house.draft(&news).await;
        let many = CHUNK as usize * 2 + 7;
        readers(&house, &news, many).await;
        let (kim, nowhere, id) = (person("kim", None), person("nowhere", None), news.id);
        house.write(&kim, move |tx, ctx| subscribe::subscribe(tx, ctx, id)).await.unwrap();
        house.write(&nowhere, move |tx, ctx| subscribe::subscribe(tx, ctx, id)).await.unwrap();
        go(&house, &draft).await.unwrap();
        let ended = house.write(&house.officer(), move |tx, ctx| settings::retire(tx, ctx, id)).await;
        assert_eq!(ended.unwrap_err().code(), "newsletter.mailing");
        // The first piece is written; then the program is gone, and two others take the job up at once.
        let dying = house.post();
        assert!(dying.some(draft.id).await.unwrap());
        drop(dying);
        assert_eq!(house.mails().len() + 1, CHUNK as usize, "one has no address");
        let payload = json!({ "issue": draft.id.to_string() }).to_string();
        let (one, two, first, second) = (house.post(), house.post(), job(MAIL, &payload), job(MAIL, &payload));
        let (a, b) = tokio::join!(one.run(&first), two.run(&second));
        a.unwrap();
        b.unwrap();
        house.post().run(&job(MAIL, &payload)).await.unwrap();
        let mails = house.mails();
        let to: BTreeSet<&str> = mails.iter().map(|(to, ..)| to.as_str()).collect();
        assert_eq!((mails.len(), to.len()), (many + 1, many + 1));
        assert!(to.contains(format!("{}@example.kr", account("kim")).as_str()));
        assert!(mails.iter().any(|(to, subject, _)| to == "reader0000@example.kr" && subject == "ko 2026-10"));
        assert!(mails.iter().any(|(to, subject, _)| to == "reader0001@example.kr" && subject == "en 2026-10"));
        // Each has a link of its own, in the header too, and it works.
        let links: BTreeSet<&str> = mails.iter().map(|(_, _, text)| text.lines().last().unwrap()).collect();
        assert_eq!(links.len(), many + 1);
        let link =
            mails.iter().find(|(to, ..)| to == "reader0003@example.kr").unwrap().2.lines().last().unwrap().to_owned();
        let rows = house
            .db
            .query("SELECT headers, html FROM mail WHERE recipient = 'reader0003@example.kr'", params![])
            .unwrap();
        assert!(rows[0].get::<String>("headers").unwrap().contains(&format!("<https://example.kr/{link}>")));
        assert!(rows[0].get::<String>("html").unwrap().contains(&link));
        house.write(&system(), move |tx, ctx| subscribe::leave(tx, ctx, &link)).await.unwrap();
        let left = house
            .db
            .query("SELECT id FROM newsletter_subscription WHERE subscriber = 'mail:reader0003@example.kr'", params![]);
        assert_eq!(left.unwrap().len(), 0);
        house.write(&house.officer(), move |tx, ctx| settings::retire(tx, ctx, id)).await.unwrap();
        assert_eq!(house.db.query("SELECT id FROM newsletter_subscription", params![]).unwrap().len(), 0);
    }
}

#[tokio::test]
async fn what_was_sent_stays_and_is_corrected_beside_it() {
    for house in House::all(&["a", "b", "c"]).await {
        let news = house.newsletter("news").await;
        let draft = house.draft(&news).await;
        let id = draft.id;
        let officer = house.officer();
        let drop_b = Edit { act: Some((Act::Drop, SectionKind::Asked, case("b"))), ..Edit::default() };
        let issue = house.write(&officer, move |tx, ctx| edit(tx, ctx, id, 1, &drop_b)).await.unwrap();
        house.told.hide("c");
        go(&house, &issue).await.unwrap();
        assert_eq!(go(&house, &issue).await.unwrap_err().code(), "newsletter.sent", "it goes once");
        let again = house.write(&officer, move |tx, ctx| edit(tx, ctx, id, 3, &Edit::default())).await;
        assert_eq!(again.unwrap_err().code(), "newsletter.sent");
        house.told.say("b", "다시", "");
        house.told.say("c", "다시", "");
        let see = |house: &House| {
            let (told, period) = (house.told.clone(), draft.period);
            let db = (*house.db).clone();
            async move { db.read(move |tx| views::issue(tx, &*told, "news", period)).await.unwrap() }
        };
        let seen = see(&house).await;
        let left: Vec<&str> = seen.issue.content.kept().map(|item| item.object.id.as_str()).collect();
        assert_eq!(left, ["a"], "what was left out or hidden when it went does not come back");
        let revision = seen.issue.revision;
        let none =
            house.write(&officer, move |tx, ctx| send::correct(tx, ctx, id, revision, &LocalizedText::default())).await;
        assert_eq!(none.unwrap_err().code(), "newsletter.correction");
        house
            .write(&officer, move |tx, ctx| send::correct(tx, ctx, id, revision, &text("날짜를 바로잡습니다.")))
            .await
            .unwrap();
        let late = house.write(&officer, move |tx, ctx| send::correct(tx, ctx, id, revision, &text("둘"))).await;
        assert_eq!(late.unwrap_err().code(), "newsletter.overtaken");
        house.told.hide("a");
        let seen = see(&house).await;
        assert_eq!(seen.issue.content.kept().count(), 0, "what became private is gone from the page");
        assert_eq!(seen.issue.content.corrections[0].at, now());
        let public = house
            .db
            .query("SELECT kind FROM inbox WHERE public = 1 AND kind LIKE 'newsletter.%' ORDER BY id", params![])
            .unwrap();
        let kinds: Vec<String> = public.iter().map(|row| row.get("kind").unwrap()).collect();
        assert_eq!(kinds, ["newsletter.created", "newsletter.sent", "newsletter.corrected"]);
        let told = house.told.clone();
        let found = house.db.read(move |tx| views::page(tx, &*told, None, 10)).await.unwrap();
        assert!(found.len() == 1 && found[0].text == "날짜를 바로잡습니다.\n날짜를 바로잡습니다.", "{found:?}");
        let of = news.reference();
        assert_eq!(house.db.read(move |tx| views::touched(tx, &of)).await.unwrap(), [found[0].reference()]);
        let told = house.told.clone();
        let ids = [found[0].issue.to_string(), "x".to_owned()];
        let one = house.db.read(move |tx| views::searched(tx, &*told, &ids.each_ref().map(String::as_str))).await;
        assert_eq!(one.unwrap(), found);
    }
}

#[tokio::test]
async fn an_issue_with_nothing_in_it_does_not_go() {
    for house in House::all(&[]).await {
        let news = house.newsletter("news").await;
        let draft = house.draft(&news).await;
        assert!(draft.content.is_empty());
        let refused = go(&house, &draft).await.unwrap_err();
        assert_eq!((refused.kind(), refused.code()), (Kind::Invalid, "newsletter.empty"));
        let (told, id) = (house.told.clone(), draft.id);
        let at = now().plus_days(1);
        let later = house.write(&house.officer(), move |tx, ctx| send::schedule(tx, ctx, &*told, id, 1, at)).await;
        assert_eq!(later.unwrap_err().code(), "newsletter.empty");
        // A greeting is something.
        let words = Edit { intro: text("이달에는 새 소식이 없습니다."), ..Edit::default() };
        let issue = house.write(&house.officer(), move |tx, ctx| edit(tx, ctx, id, 1, &words)).await.unwrap();
        go(&house, &issue).await.unwrap();
    }
}

#[tokio::test]
async fn what_waits_can_be_taken_back_until_its_time_comes() {
    for house in House::all(&["a"]).await {
        let news = house.newsletter("news").await;
        let draft = house.draft(&news).await;
        readers(&house, &news, 3).await;
        let (id, officer, morning) = (draft.id, house.officer(), crate::mailing::next_morning(now()));
        let state = |house: &House| {
            let db = (*house.db).clone();
            async move { db.read(move |tx| crate::store::issue::get(tx, id)).await.unwrap().unwrap() }
        };
        let wait = |revision: i64, at| {
            let told = house.told.clone();
            house.write(&officer, move |tx, ctx| send::schedule(tx, ctx, &*told, id, revision, at))
        };
        assert_eq!(wait(1, now()).await.unwrap_err().code(), "newsletter.past");
        wait(1, morning).await.unwrap();
        let edited = house.write(&officer, move |tx, ctx| edit(tx, ctx, id, 2, &Edit::default())).await;
        assert_eq!(edited.unwrap_err().code(), "newsletter.waiting");
        assert_eq!(wait(2, morning).await.unwrap_err().code(), "newsletter.waiting");
        let stale = house.write(&officer, move |tx, ctx| send::take_back(tx, ctx, id, 1)).await;
        assert_eq!(stale.unwrap_err().code(), "newsletter.overtaken");
        house.write(&officer, move |tx, ctx| send::take_back(tx, ctx, id, 2)).await.unwrap();
        let payload = json!({ "issue": id.to_string() }).to_string();
        house.clock.advance_seconds(morning.seconds_since(now()));
        house.post().run(&job(SEND, &payload)).await.unwrap();
        assert_eq!(state(&house).await.state, IssueState::Draft, "what was taken back does not go");
        wait(3, morning.plus_days(1)).await.unwrap();
        house.post().run(&job(SEND, &payload)).await.unwrap();
        assert_eq!(state(&house).await.state, IssueState::Waiting, "not before its time");
        house.told.hide("a");
        house.clock.advance_seconds(86_400);
        house.post().run(&job(SEND, &payload)).await.unwrap();
        assert_eq!(state(&house).await.state, IssueState::Draft, "nothing is left of it");
        house.told.say("a", "다시 공개", "");
        let revision = state(&house).await.revision;
        wait(revision, morning.plus_days(2)).await.unwrap();
        house.clock.advance_seconds(86_400);
        house.post().run(&job(SEND, &payload)).await.unwrap();
        house.post().run(&job(SEND, &payload)).await.unwrap();
        house.jobs().await;
        let sent = state(&house).await;
        assert!(sent.state == IssueState::Sent && !sent.mailing);
        assert_eq!(house.mails().len(), 3);
        let taken = house.write(&officer, move |tx, ctx| send::take_back(tx, ctx, id, sent.revision)).await;
        assert_eq!(taken.unwrap_err().code(), "newsletter.sent");
    }
}
