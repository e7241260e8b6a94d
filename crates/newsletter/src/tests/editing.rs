//! Newsletters begin and end, drafts are put together and edited.

use madang_base::{Clock as _, Kind, LocalizedText};

use super::{House, case, job, monthly, now, person, text};
use crate::mailing::COMPOSE;
use crate::model::{Issue, IssueState, Rhythm, SectionKind, Settings};
use crate::period::Period;
use crate::service::issue::{Act, Edit, edit, undo};
use crate::service::{send, settings};
use crate::{Contributor as _, compose, views};
use madang_kernel::job::Handler as _;

fn titles(issue: &Issue) -> Vec<String> {
    let asked = issue.content.sections.iter().find(|section| section.kind == SectionKind::Asked).unwrap();
    asked.items.iter().map(|item| format!("{}{}", if item.dropped { "-" } else { "" }, item.object.id)).collect()
}

fn act(act: Act, name: &str) -> Edit {
    Edit { act: Some((act, SectionKind::Asked, case(name))), ..Edit::default() }
}

#[tokio::test]
async fn settings_are_checked_and_two_officers_do_not_overwrite_each_other() {
    for house in House::all(&[]).await {
        let office = house.office;
        for (slug, code) in [
            ("a", "newsletter.slug"),
            ("Ab", "newsletter.slug"),
            ("소식", "newsletter.slug"),
            ("-ab", "newsletter.slug"),
            ("leave", "newsletter.slug-taken"),
        ] {
            let made =
                house.write(&house.officer(), move |tx, ctx| settings::create(tx, ctx, office, slug, &monthly()));
            assert_eq!(made.await.unwrap_err().code(), code, "{slug}");
        }
        let first = house.newsletter("madang-news").await;
        let again =
            house.write(&house.officer(), move |tx, ctx| settings::create(tx, ctx, office, "madang-news", &monthly()));
        assert_eq!(again.await.unwrap_err().code(), "newsletter.slug-taken");
        let wrong: [(Settings, &str); 5] = [
            (Settings { name: LocalizedText::default(), ..monthly() }, "newsletter.name"),
            (Settings { name: text(&"가".repeat(81)), ..monthly() }, "newsletter.name-long"),
            (Settings { name: text("한 줄\n두 줄"), ..monthly() }, "newsletter.name-long"),
            (Settings { topic: "가".repeat(201), ..monthly() }, "newsletter.topic"),
            (Settings { rhythm: None, ..monthly() }, "newsletter.rhythm"),
        ];
        for (settings_of, code) in wrong {
            let id = first.id;
            let done = house.write(&house.officer(), move |tx, ctx| settings::edit(tx, ctx, id, 1, &settings_of));
            assert_eq!(done.await.unwrap_err().fields()[0].code, code);
        }
        let id = first.id;
        let new = Settings {
            topic: " 안전 , , 어린이 보호구역 ".to_owned(),
            area: " 서울특별시  종로구".to_owned(),
            ..monthly()
        };
        let told = new.clone();
        let done = house.write(&house.officer(), move |tx, ctx| settings::edit(tx, ctx, id, 1, &told)).await.unwrap();
        assert_eq!((done.topic.as_str(), done.area.as_deref()), ("안전, 어린이 보호구역", Some("서울특별시 종로구")));
        let late = house.write(&house.officer(), move |tx, ctx| settings::edit(tx, ctx, id, 1, &new)).await;
        assert_eq!(late.unwrap_err().code(), "newsletter.overtaken");
        let stranger = person("stranger", None);
        let refused = house.write(&stranger, move |tx, ctx| settings::retire(tx, ctx, id)).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::Forbidden);
    }
}

#[tokio::test]
async fn a_draft_is_put_together_once_however_often_it_is_tried() {
    for house in House::all(&["a", "b"]).await {
        let news = house.newsletter("news").await;
        let post = house.post();
        post.run(&job(COMPOSE, "{}")).await.unwrap();
        let of = news.id;
        let open = |house: &House| {
            let db = (*house.db).clone();
            async move { db.read(move |tx| crate::store::issue::open(tx, of)).await.unwrap() }
        };
        assert_eq!(open(&house).await, [], "the month was over before the newsletter began");
        house.clock.advance_seconds(20 * 86_400);
        let (one, two) = (house.post(), house.post());
        let (first, second) = (job(COMPOSE, "{}"), job(COMPOSE, "{}"));
        let (a, b) = tokio::join!(one.run(&first), two.run(&second));
        a.and(b).unwrap();
        post.run(&job(COMPOSE, "{}")).await.unwrap();
        let drafts = open(&house).await;
        assert_eq!(drafts.len(), 1);
        assert_eq!(drafts[0].period.to_string(), "2026-11");
        assert_eq!(titles(&drafts[0]), ["a", "b"]);
        let asked = house.told.asked.lock().unwrap().last().unwrap().clone();
        let period: Period = "2026-11".parse().unwrap();
        assert_eq!((asked.from, asked.until), (period.from_at(), period.until_at()));
        // By hand it is the same draft.
        let again = house.draft(&news).await;
        assert_ne!(again.period, drafts[0].period, "the officer's clock stands before it");
    }
}

#[tokio::test]
async fn an_ended_newsletter_has_no_further_issue() {
    for house in House::all(&["a"]).await {
        let news = house.newsletter("news").await;
        let draft = house.draft(&news).await;
        let id = news.id;
        house.write(&house.officer(), move |tx, ctx| settings::retire(tx, ctx, id)).await.unwrap();
        house.write(&house.officer(), move |tx, ctx| settings::retire(tx, ctx, id)).await.unwrap();
        house.clock.advance_seconds(40 * 86_400);
        house.post().run(&job(COMPOSE, "{}")).await.unwrap();
        let open = house.db.read(move |tx| crate::store::issue::open(tx, id)).await.unwrap();
        assert_eq!(open.len(), 1);
        let told = house.told.clone();
        let sent = house.write(&house.officer(), move |tx, ctx| send::send(tx, ctx, &*told, draft.id, 1)).await;
        assert_eq!(sent.unwrap_err().code(), "newsletter.retired");
        let edited =
            house.write(&house.officer(), move |tx, ctx| edit(tx, ctx, draft.id, 1, &act(Act::Drop, "a"))).await;
        assert_eq!(edited.unwrap_err().code(), "newsletter.retired");
        let (period, of) = (Period::last_over(Rhythm::Monthly, now()), news.clone());
        let begun = house.write(&house.officer(), move |tx, ctx| {
            compose::begin(tx, ctx, &of, period, &crate::model::Content::default())
        });
        assert_eq!(begun.await.unwrap_err().code(), "newsletter.retired");
        let list = house.db.read(views::newsletters).await.unwrap();
        assert_eq!(list, [], "ended, and nothing was ever sent");
    }
}

#[tokio::test]
async fn items_are_left_out_moved_annotated_and_taken_back() {
    for house in House::all(&["a", "b", "c"]).await {
        let news = house.newsletter("news").await;
        let draft = house.draft(&news).await;
        let id = draft.id;
        let officer = house.officer();
        let run = |revision: i64, what: Edit| house.write(&officer, move |tx, ctx| edit(tx, ctx, id, revision, &what));
        let issue = run(1, act(Act::Up, "c")).await.unwrap();
        assert_eq!(titles(&issue), ["a", "c", "b"]);
        let issue = run(issue.revision, act(Act::Drop, "c")).await.unwrap();
        assert_eq!(titles(&issue), ["a", "-c", "b"]);
        let issue = run(issue.revision, act(Act::Up, "b")).await.unwrap();
        assert_eq!(titles(&issue), ["b", "-c", "a"], "past what was left out");
        let issue = run(issue.revision, act(Act::Restore, "c")).await.unwrap();
        assert_eq!(titles(&issue), ["b", "a", "c"]);
        let noted = Edit {
            intro: text("안녕하세요 <b>"),
            notes: vec![(SectionKind::Asked, case("a"), text("새로 생긴 <script>"))],
            act: Some((Act::Down, SectionKind::Asked, case("b"))),
        };
        let issue = run(issue.revision, noted.clone()).await.unwrap();
        assert_eq!(titles(&issue), ["a", "b", "c"]);
        assert_eq!(issue.content.kept().next().unwrap().note, text("새로 생긴 <script>"));
        // The same again changes nothing but the order; nothing at all is no edit.
        let still = run(issue.revision, Edit { act: None, ..noted.clone() }).await.unwrap();
        assert_eq!(still.revision, issue.revision);
        let late = run(1, act(Act::Drop, "a")).await.unwrap_err();
        assert_eq!((late.kind(), late.code()), (Kind::Conflict, "newsletter.overtaken"));
        let long = Edit { notes: vec![(SectionKind::Asked, case("a"), text(&"가".repeat(401)))], ..noted };
        assert_eq!(run(issue.revision, long).await.unwrap_err().code(), "newsletter.note-long");
        let mut revision = issue.revision;
        for expected in [["b", "a", "c"], ["b", "-c", "a"], ["a", "-c", "b"], ["a", "c", "b"], ["a", "b", "c"]] {
            let back = house.write(&officer, move |tx, ctx| undo(tx, ctx, id, revision)).await.unwrap();
            assert_eq!(titles(&back), expected);
            revision = back.revision;
        }
        let none = house.write(&officer, move |tx, ctx| undo(tx, ctx, id, revision)).await.unwrap_err();
        assert_eq!(none.code(), "newsletter.nothing-to-undo");
        let stranger = person("stranger", None);
        let refused = house.write(&stranger, move |tx, ctx| undo(tx, ctx, id, revision)).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::Forbidden);
    }
}

#[tokio::test]
async fn what_is_no_longer_public_is_not_shown_and_two_edits_at_once_are_one() {
    for house in House::all(&["a", "b"]).await {
        let news = house.newsletter("news").await;
        let draft = house.draft(&news).await;
        house.told.hide("a");
        house.told.say("b", "고친 제목", "");
        let (told, period) = (house.told.clone(), draft.period);
        let seen =
            house.write(&house.officer(), move |tx, ctx| views::draft(tx, ctx, &*told, "news", period)).await.unwrap();
        assert_eq!(titles(&seen.issue), ["b"]);
        assert_eq!(seen.issue.content.kept().next().unwrap().title.get(madang_base::Locale::Ko), "고친 제목");
        let id = draft.id;
        let (one, two) = (house.officer(), person("other", Some(house.office)));
        let (a, b) = tokio::join!(
            house.write(&one, move |tx, ctx| edit(tx, ctx, id, 1, &act(Act::Drop, "b"))),
            house.write(&two, move |tx, ctx| edit(tx, ctx, id, 1, &act(Act::Up, "b"))),
        );
        let lost = [a.err(), b.err()].into_iter().flatten().collect::<Vec<_>>();
        assert!(lost.len() == 1 && lost[0].code() == "newsletter.overtaken", "{lost:?}");
        let told = house.told.clone();
        let public = house.write(&house.officer(), move |tx, _| views::issue(tx, &*told, "news", period)).await;
        assert_eq!(public.unwrap_err().code(), "newsletter.issue-unknown", "a draft is nobody else's business");
        assert_eq!(draft.state, IssueState::Draft);
        assert!(house.clock.now() == now());
        let shown = house.told.clone();
        let none = house.db.read(move |tx| shown.shown(tx, &[])).await.unwrap();
        assert_eq!(none, []);
    }
}
