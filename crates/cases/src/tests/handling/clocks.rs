//! Clocks through the verbs: dates of the law, running out once, standing still, restarting.

use jiff::civil::date;

use super::*;
use crate::model::EventKind;
use crate::service::{ask, extend, overdue, tick, transfer};
use crate::store;

async fn due(site: &Site, number: &str, clock: &'static str) -> Option<Date> {
    let case = site.case(number).await;
    let rows = site.db.read(move |tx| store::clock::of_case(tx, case.id)).await.unwrap();
    rows.into_iter().find(|row| row.clock == clock).and_then(|row| row.due_on)
}

async fn count(site: &Site, number: &str, kind: EventKind) -> usize {
    let case = site.case(number).await;
    let events = site.db.read(move |tx| store::event::of_case(tx, case.id)).await.unwrap();
    events.iter().filter(|event| event.kind == kind).count()
}

/// Petition Act art. 13 (1), 21 (2), 22 (1).
#[tokio::test]
pub(super) async fn a_petition_is_overdue_on_the_right_day_once_and_opens_the_objection() {
    for site in Site::both().await {
        let author = citizen("author", at(DAY, 10));
        let number = site.file_with(&author, "petition", &[("kind", "relief")]).await.number;
        // 90 days from Monday 2026-06-08, the first not counted: Sunday 09-06, hence Monday 09-07.
        assert_eq!(due(&site, &number, "decide").await, Some(date(2026, 9, 7)));
        assert_eq!(due(&site, &number, "review").await, Some(date(2026, 6, 23)));
        site.step(&site.officer("officer", at(date(2026, 6, 10), 9)), &number, "take-up").await.unwrap();

        let before = system(at(date(2026, 9, 7), 23));
        assert_eq!(site.act(&before, |tx, ctx, cases| tick::tick(tx, ctx, cases, 100)).await.unwrap(), 0);
        let none = site.step(&citizen("author", at(date(2026, 9, 7), 23)), &number, "object").await.unwrap_err();
        assert_eq!(none.code(), "case.step-late");

        let after = system(at(date(2026, 9, 8), 0).plus_seconds(40));
        assert_eq!(site.act(&after, |tx, ctx, cases| tick::tick(tx, ctx, cases, 100)).await.unwrap(), 1);
        assert_eq!(site.act(&after, |tx, ctx, cases| tick::tick(tx, ctx, cases, 100)).await.unwrap(), 0, "once");
        assert_eq!(count(&site, &number, EventKind::RanOut).await, 1);

        let now = at(date(2026, 9, 10), 9);
        let agencies = site.db.read(move |tx| overdue::agencies(tx, now)).await.unwrap();
        let mois = agencies.iter().find(|line| line.agency.slug == "mois").unwrap();
        assert_eq!((mois.overdue, mois.longest_days), (1, 3));
        let cases = site.cases.clone();
        let page = site.db.read(move |tx| overdue::cases(tx, &cases, now, "mois", None)).await.unwrap();
        assert_eq!(page.lines.len(), 1);
        let line = &page.lines[0];
        assert_eq!(
            (line.number.as_ref(), line.title.as_ref(), line.clock.as_str(), line.days),
            (None, None, "decide", 3)
        );

        // The silence opens the objection, and an extension comes too late.
        site.step(&citizen("author", at(date(2026, 9, 10), 9)), &number, "object").await.unwrap();
        let own = number.clone();
        let late = site
            .act(&site.officer("officer", at(date(2026, 9, 11), 9)), move |tx, ctx, cases| {
                extend::extend(tx, ctx, cases, &own, "decide", "자료가 많습니다.", false)
            })
            .await;
        assert_eq!(late.unwrap_err().code(), "case.extend-not");
    }
}

#[tokio::test]
pub(super) async fn whoever_acts_after_a_clock_ran_out_acts_on_what_followed() {
    for site in Site::both().await {
        let author = citizen("author", at(DAY, 10));
        let choices: &[_] = &[("kind", "law"), ("publicity", "open")];
        let number = site.file_with(&author, "petition", choices).await.number;
        let officer = site.officer("officer", at(DAY, 11));
        site.step(&officer, &number, "start-review").await.unwrap();
        site.step(&officer, &number, "open").await.unwrap();
        let case = site.case(&number).await;
        assert_eq!((case.state.as_str(), case.publication), ("opinions", crate::model::Publication::Published));
        let last = due(&site, &number, "opinions").await.unwrap();
        // Nobody ticked for a week; an officer looks in.
        let later = site.officer("officer", at(last, 10).plus_days(7));
        let shut = site.step(&later, &number, "give-opinion").await.unwrap_err();
        assert_eq!(shut.code(), "case.step-shut");
        assert_eq!(site.act(&later, |tx, ctx, cases| tick::tick(tx, ctx, cases, 100)).await.unwrap_or(0), 1);
        let case = site.case(&number).await;
        assert_eq!(case.state, "deciding");
        let events = site.db.read(move |tx| store::event::of_case(tx, case.id)).await.unwrap();
        let closed = events.iter().find(|event| event.step.as_deref() == Some("close-opinions")).unwrap();
        assert_eq!(closed.at, Time::at_kst_midnight(last.tomorrow().unwrap()), "at the moment the time was over");
        assert_eq!(count(&site, &number, EventKind::RanOut).await, 1);
    }
}

#[tokio::test]
pub(super) async fn a_question_stops_the_clock_an_extension_moves_it_and_a_transfer_starts_it_anew() {
    for site in Site::both().await {
        let author = citizen("author", at(DAY, 10));
        let number = site.file(&author, "information-request").await.number;
        let officer = site.officer("officer", at(DAY, 11));
        let first = due(&site, &number, "decide").await;
        assert_eq!(first, Some(date(2026, 6, 19)), "ten business days, the first counted (art. 29 (2))");
        let own = number.clone();
        let wrong = site.act(&officer, move |tx, ctx, cases| ask::ask(tx, ctx, cases, &own, "  ")).await;
        assert_eq!(wrong.unwrap_err().code(), "case.text-missing");
        let own = number.clone();
        site.act(&officer, move |tx, ctx, cases| ask::ask(tx, ctx, cases, &own, "어느 해의 자료인가요?"))
            .await
            .unwrap();
        let own = number.clone();
        let twice = site.act(&officer, move |tx, ctx, cases| ask::ask(tx, ctx, cases, &own, "그리고요?")).await;
        assert_eq!(twice.unwrap_err().code(), "case.question-open");
        let own = number.clone();
        let stranger = citizen("stranger", at(DAY, 12));
        let foreign =
            site.act(&stranger, move |tx, ctx, cases| ask::reply(tx, ctx, cases, &own, "2025년", &[], None)).await;
        assert_eq!(foreign.unwrap_err().code(), "case.unknown");
        let own = number.clone();
        let back = citizen("author", at(date(2026, 6, 10), 9));
        site.act(&back, move |tx, ctx, cases| ask::reply(tx, ctx, cases, &own, "2025년", &[upload()], None))
            .await
            .unwrap();
        let own = number.clone();
        let none = site.act(&back, move |tx, ctx, cases| ask::reply(tx, ctx, cases, &own, "또", &[], None)).await;
        assert_eq!(none.unwrap_err().code(), "case.question-none");
        let replied = due(&site, &number, "decide").await;
        assert!(replied >= first, "{replied:?}");

        let officer = site.officer("officer", at(date(2026, 6, 11), 9));
        for (reason, code) in [("", "case.text-missing"), ("자료가 많습니다.", ""), ("더 많습니다.", "case.extend-not")]
        {
            let own = number.clone();
            let extended = site
                .act(&officer, move |tx, ctx, cases| extend::extend(tx, ctx, cases, &own, "decide", reason, false))
                .await;
            assert_eq!(extended.map_or_else(|error| error.code(), |_| ""), code);
        }
        let extended = due(&site, &number, "decide").await;
        assert!(extended > replied, "{extended:?}");
        let own = number.clone();
        site.act(&officer, move |tx, ctx, cases| transfer::transfer(tx, ctx, cases, &own, "molit", "소관입니다."))
            .await
            .unwrap();
        let gone = site.step(&officer, &number, "accept").await.unwrap_err();
        assert_eq!(gone.code(), "case.unknown", "the case is another agency's business");
    }
}

#[tokio::test]
pub(super) async fn clocks_are_computed_anew_after_the_calendar_has_changed() {
    for mut site in Site::both().await {
        let author = citizen("author", at(DAY, 10));
        let number = site.file(&author, "information-request").await.number;
        let before = due(&site, &number, "decide").await.unwrap();
        let name = LocalizedText::new("임시공휴일", "Temporary holiday");
        site.cases.calendar = Arc::new(Calendar::korea().with_temporary(date(2026, 6, 12), name));
        let ctx = system(at(DAY, 12));
        let last = site.act(&ctx, |tx, ctx, cases| tick::refold_some(tx, ctx, cases, "", 10)).await.unwrap();
        assert_eq!(last, None);
        assert_eq!(due(&site, &number, "decide").await, Some(before.checked_add(jiff::Span::new().days(3)).unwrap()));
    }
}
