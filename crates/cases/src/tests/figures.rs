//! Random stories: after every few acts the figures equal a recount from the cases.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use madang_base::{LocalizedText, Rng, SeededRng, Time};
use madang_form::{Party, Raw};
use madang_kernel::sequencer::{drain_once, no_folds};
use madang_kernel::{Ctx, Role};

use super::handling::{DAY, Site, account, at, citizen, needed, nobody, person, system};
use crate::Cases;
use crate::figures::{self, Asked, Dashboard, Follower};
use crate::service::step::{Taken, take};
use crate::service::{apply, approve, ask, case_of, correct, extend, merge, personal, rate, tick, transfer, withdraw};

const SERVICES: [&str; 4] = ["petition", "complaint", "information-request", "proposal"];

struct Dice(SeededRng);

impl Dice {
    fn below(&self, n: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % u64::try_from(n.max(1)).unwrap()).unwrap()
    }

    fn one<'a, T>(&self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Everything in the feed, everything counted; twice, because doing it again must change nothing.
async fn settle(site: &Site) {
    while drain_once(&site.db, &no_folds()).await.unwrap() > 0 {}
    for _ in 0..2 {
        loop {
            let cases = site.cases.clone();
            if site.db.write(move |tx| figures::turn(tx, &cases, 7)).await.unwrap() == 0 {
                break;
            }
        }
    }
}

async fn shown(site: &Site, asked: &Asked) -> (Dashboard, Dashboard) {
    let (cases, asked) = (site.cases.clone(), asked.clone());
    let ctx = nobody(at(DAY, 10));
    site.db
        .read(move |tx| {
            let shown = figures::dashboard(tx, &ctx, &cases, &asked)?;
            Ok((shown, figures::recount(tx, &ctx, &cases, &asked)?))
        })
        .await
        .unwrap()
}

async fn compare(site: &Site, dice: &Dice, today: Date) -> Dashboard {
    settle(site).await;
    let cases = site.cases.clone();
    let differences = site.db.read(move |tx| figures::differences(tx, &cases)).await.unwrap();
    assert!(differences.is_empty(), "{differences:?}");
    let services = [None, None, Some("petition"), Some("complaint"), Some("information-request")];
    let agencies = [None, None, Some(site.mois), Some(site.molit)];
    let all = Asked { service: None, agency: None, since: DAY, until: today, area: None };
    for _ in 0..3 {
        let length = (today - DAY).get_days();
        let first = i64::try_from(dice.below(usize::try_from(length + 1).unwrap())).unwrap();
        let last = first + i64::try_from(dice.below(usize::try_from(length + 1).unwrap())).unwrap();
        let day = |n: i64| at(DAY, 10).plus_days(n).kst_date();
        let asked = Asked {
            service: dice.one(&services).map(str::to_owned),
            agency: *dice.one(&agencies),
            since: if dice.below(4) == 0 { day(first).first_of_month() } else { day(first) },
            until: if dice.below(4) == 0 { day(last).last_of_month() } else { day(last) },
            area: None,
        };
        let (shown, counted) = shown(site, &asked).await;
        assert_eq!(shown, counted, "{asked:?}");
    }
    let (shown, counted) = shown(site, &all).await;
    assert_eq!(shown, counted);
    shown
}

/// Does something at random; what is not allowed is not done.
async fn act(site: &Site, dice: &Dice, numbers: &mut Vec<(String, String)>, now: Time) {
    let authors = ["author", "neighbour", "friend"];
    if numbers.is_empty() || dice.below(5) == 0 {
        let author = *dice.one(&authors);
        let receipt = site.file(&citizen(author, now), SERVICES[dice.below(4)]).await;
        numbers.push((receipt.number, author.to_owned()));
        return;
    }
    let (number, author) = dice.one(numbers).clone();
    // Only cases of one service go into one another; their numbers begin alike.
    let same: Vec<&(String, String)> = numbers.iter().filter(|(other, _)| other[..2] == number[..2]).collect();
    let other = dice.one(&same).0.clone();
    let case = site.case(&number).await;
    let name = if case.agency == Some(site.molit) { "other" } else { "officer" };
    let (officer, writer) = (site.officer(name, now), citizen(&author, now));
    let stars = i64::try_from(dice.below(5) + 1).unwrap();
    let to = if dice.below(2) == 0 { "mois" } else { "molit" };
    let dies = dice.below(100);
    let choice = dice.below(1000);
    match dies {
        0..=54 => step(site, dice, &number, &officer, &writer, choice).await,
        55..=62 => {
            let done =
                site.act(&officer, move |tx, ctx, cases| transfer::transfer(tx, ctx, cases, &number, to, "이송"));
            drop(done.await);
        }
        63..=68 => {
            let done = site.act(&writer, move |tx, ctx, cases| rate::rate(tx, ctx, cases, &number, stars, "", None));
            drop(done.await);
        }
        69..=71 => {
            let done = site.act(&writer, move |tx, ctx, cases| withdraw::withdraw(tx, ctx, cases, &number, "", None));
            drop(done.await);
        }
        72..=77 => {
            let from = vec![other];
            let done =
                site.act(&officer, move |tx, ctx, cases| merge::merge(tx, ctx, cases, &number, &from, "같은 뜻"));
            drop(done.await);
        }
        78..=80 => {
            let done = site.act(&officer, move |tx, ctx, cases| merge::split(tx, ctx, cases, &number, "다른 뜻", None));
            drop(done.await);
        }
        81..=84 => {
            let done = site.act(&officer, move |tx, ctx, cases| ask::ask(tx, ctx, cases, &number, "어디인가요?"));
            drop(done.await);
        }
        85..=87 => {
            let done = site.act(&writer, move |tx, ctx, cases| ask::reply(tx, ctx, cases, &number, "여기", &[], None));
            drop(done.await);
        }
        88..=92 => {
            let done = site.act(&officer, move |tx, ctx, cases| {
                let (_, version) = case_of(tx, cases, &number)?;
                let clocks: Vec<_> =
                    version.definition.clocks.iter().filter(|clock| clock.extension.is_some()).collect();
                let clock = clocks.get(choice % clocks.len().max(1)).map(|clock| clock.id.clone()).unwrap_or_default();
                extend::extend(tx, ctx, cases, &number, &clock, "더 걸립니다.", false)
            });
            drop(done.await);
        }
        93..=95 => {
            let raw: Raw = [("title".to_owned(), format!("고친 제목 {choice}"))].into_iter().collect();
            let done =
                site.act(&writer, move |tx, ctx, cases| correct::correct(tx, ctx, cases, &number, &raw, "", None));
            drop(done.await);
        }
        96 => {
            let id = account(&author);
            site.act(&system(now), move |tx, ctx, cases| personal::erase_own(tx, ctx, cases, id)).await.unwrap();
            numbers.retain(|(_, of)| *of != author);
        }
        _ => {
            let service = case.service.clone();
            site.act(&person("admin", &[(Role::Administrator, None)], now), move |tx, ctx, cases| {
                let old = cases.services.current(tx, &service)?;
                let text = format!("{}\n# {choice}\n", apply::text(tx, &old.digest)?);
                apply::apply(tx, ctx, cases, "v", &text)?;
                apply::migrate(tx, ctx, cases, &service, &old.digest, &BTreeMap::new())
            })
            .await
            .unwrap();
        }
    }
}

async fn step(site: &Site, dice: &Dice, number: &str, officer: &Ctx, writer: &Ctx, choice: usize) {
    let pick = number.to_owned();
    let found = site
        .act(officer, move |tx, _, cases| {
            let (case, version) = case_of(tx, cases, &pick)?;
            let steps: Vec<_> = version
                .definition
                .steps
                .iter()
                .filter(|step| step.from.contains(&case.state) && !step.by(&Party::System))
                .map(|step| (step.id.clone(), step.by(&Party::Agency)))
                .collect();
            Ok(steps)
        })
        .await
        .unwrap();
    if found.is_empty() {
        return;
    }
    let (id, agency) = dice.one(&found).clone();
    let who = if agency { officer } else { writer };
    let own = number.to_owned();
    let done = site
        .act(who, move |tx, ctx, cases| {
            let (_, version) = case_of(tx, cases, &own)?;
            let def = &version.definition;
            let (mut input, uploads) =
                def.step(&id).map(|step| needed(def, step, ctx.now.kst_date())).unwrap_or_default();
            if !input.grounds.is_empty() {
                input.grounds = vec![def.grounds[choice % def.grounds.len()].id.clone()];
            }
            take(tx, ctx, cases, &own, &id, &input, &uploads, None)
        })
        .await;
    if let Ok(Taken::Submitted(approval)) = done {
        let second = site.officer("second", officer.now);
        drop(site.act(&second, move |tx, ctx, cases| approve::approve(tx, ctx, cases, approval, "좋습니다.")).await);
    }
}

async fn story(site: &Site, seed: &str, acts: usize) -> Dashboard {
    let dice = Dice(SeededRng::new(seed.as_bytes()));
    let mut now = at(DAY, 10);
    let mut numbers = Vec::new();
    for n in 0..acts {
        act(site, &dice, &mut numbers, now).await;
        now = match dice.below(10) {
            0 => now.plus_days(i64::try_from(dice.below(20)).unwrap()),
            1..=4 => now.plus_seconds(3600 * 7),
            _ => now.plus_seconds(60),
        };
        if dice.below(3) == 0 {
            site.act(&system(now), |tx, ctx, cases| tick::tick(tx, ctx, cases, 100)).await.unwrap();
        }
        if n % 20 == 19 {
            compare(site, &dice, now.kst_date()).await;
        }
    }
    compare(site, &dice, now.kst_date()).await
}

#[tokio::test]
async fn figures_equal_a_recount_whatever_happens() {
    for site in Site::both().await {
        let last = story(&site, "figures 1", 240).await;
        let counts = last.counts;
        assert!(last.complete && counts.received > 20 && counts.answered > 0, "{counts:?}");
        assert!(counts.merged > 0 && counts.transferred_away > 0 && counts.withdrawn > 0, "{counts:?}");
        assert!(last.services.len() == 4 && last.agencies.len() == 2 && last.trend.len() > 1, "{last:?}");
        // A database that is older than its figures: all is counted in the background, with the same outcome.
        forgotten(&site);
        let everything = Asked { service: None, agency: None, since: DAY, until: Date::MAX, area: None };
        assert_eq!(shown(&site, &everything).await.0.counts, figures::Counts::default());
        let (_sender, position) = tokio::sync::watch::channel(0);
        let follower = Follower { db: (*site.db).clone(), cases: site.cases.clone(), position };
        let again = Follower { db: (*site.db).clone(), cases: site.cases.clone(), position: follower.position.clone() };
        let (one, two) = tokio::join!(follower.catch_up(), again.catch_up());
        one.unwrap();
        two.unwrap();
        let (now, counted) = shown(&site, &everything).await;
        assert_eq!(now, counted);
        assert_eq!((now.counts, now.days, now.trend), (last.counts, last.days, last.trend));
    }
}

/// A few acts: enough to run every statement.
#[tokio::test]
async fn short_stories() {
    for site in Site::both().await {
        story(&site, "short", 40).await;
        for _ in 0..20 {
            site.file(&citizen("author", at(DAY, 10)), "complaint").await;
        }
        forgotten(&site);
        let (_sender, position) = tokio::sync::watch::channel(0);
        Follower { db: (*site.db).clone(), cases: site.cases.clone(), position }.catch_up().await.unwrap();
        let cases = site.cases.clone();
        let differences = site.db.read(move |tx| figures::differences(tx, &cases)).await.unwrap();
        assert!(differences.is_empty(), "{differences:?}");
    }
}

fn forgotten(site: &Site) {
    site.db.batch("DELETE FROM case_fact;\nDELETE FROM case_figure;\nDELETE FROM figure_head;\n");
}

#[tokio::test]
#[ignore = "slow: twenty random stories on both engines"]
async fn figures_equal_a_recount_in_many_stories() {
    for seed in 0..10 {
        for site in Site::both().await {
            story(&site, &format!("many {seed}"), 200).await;
        }
    }
}

/// A date that a later holiday moves is no event, and is counted all the same.
#[tokio::test]
pub(super) async fn a_date_that_moves_is_noticed() {
    use madang_base::calendar::Calendar;
    for mut site in Site::both().await {
        let now = at(DAY, 10);
        let number = site.file_with(&citizen("author", now), "complaint", &[("kind", "query")]).await.number;
        site.step(&site.officer("officer", now), &number, "accept").await.unwrap();
        let over = now.plus_days(20);
        site.act(&system(over), |tx, ctx, cases| tick::tick(tx, ctx, cases, 100)).await.unwrap();
        settle(&site).await;
        let all = Asked { service: None, agency: None, since: DAY, until: Date::MAX, area: None };
        assert_eq!(shown(&site, &all).await.0.counts.overdue, 1);
        let days = std::iter::successors(Some(DAY), |day| day.tomorrow().ok()).take(30);
        let mut calendar = Calendar::korea();
        for day in days {
            calendar = calendar.with_temporary(day, LocalizedText::new("쉬는 날", "Day off"));
        }
        site.cases = Cases { calendar: Arc::new(calendar), ..site.cases.clone() };
        site.act(&system(over), |tx, ctx, cases| tick::refold_some(tx, ctx, cases, "", 100)).await.unwrap();
        settle(&site).await;
        let (shown, counted) = shown(&site, &all).await;
        assert_eq!((shown.counts.overdue, &shown), (0, &counted));
    }
}

/// Of each shipped service the clocks that give the time for an answer.
#[test]
fn every_shipped_service_has_its_time_for_an_answer() {
    let clocks: BTreeMap<String, Vec<String>> = crate::registry::shipped()
        .iter()
        .map(|(name, text)| {
            let def = madang_form::load(madang_form::Source { name, text }).unwrap().definition;
            let clocks = figures::rules::Means::of(&[&def]).clocks.into_iter().collect();
            (def.id, clocks)
        })
        .collect();
    assert_eq!(clocks["petition"], ["decide"]);
    assert!(clocks["information-request"].contains(&"decide".to_owned()), "{clocks:?}");
    assert!(clocks["complaint"].contains(&"answer-7".to_owned()), "{clocks:?}");
    assert!(!clocks["complaint"].iter().any(|clock| clock == "accept" || clock == "pass-on"), "{clocks:?}");
    assert!(!clocks["petition"].iter().any(|clock| clock == "review"), "{clocks:?}");
}

/// Small areas are not shown, and what is inside one that is not shown is not either.
#[tokio::test]
pub(super) async fn small_areas_are_hidden() {
    for site in Site::both().await {
        let now = at(DAY, 10);
        let places =
            [("서울특별시 종로구", 6), ("서울특별시 중구", 5), ("부산광역시 영도구", 7), ("세종특별자치시", 2)];
        for (area, count) in places {
            for _ in 0..count {
                let id = site.file(&citizen("author", now), "complaint").await.id;
                site.db.batch(&format!("UPDATE case_file SET area = '{area}' WHERE id = '{id}';\n"));
            }
        }
        settle(&site).await;
        let mut asked = Asked { service: None, agency: None, since: DAY, until: DAY, area: None };
        let (first, counted) = shown(&site, &asked).await;
        assert_eq!(first, counted);
        // Sejong is small, and Seoul is hidden with it: otherwise the total would tell.
        let of = |areas: &[(String, Option<i64>)]| areas.iter().map(|(_, count)| *count).collect::<Vec<_>>();
        assert_eq!(of(&first.areas), [Some(7), None, None], "{:?}", first.areas);
        asked.area = Some("부산광역시".to_owned());
        let (busan, counted) = shown(&site, &asked).await;
        assert_eq!((of(&busan.areas), &busan), (vec![Some(7)], &counted));
        asked.area = Some("서울특별시".to_owned());
        assert_eq!(of(&shown(&site, &asked).await.0.areas), [None, None]);
    }
}

/// Runs the stories of figures and alike cases once more and looks which of their statements they have run.
#[test]
fn every_statement_of_figures_runs() {
    use madang_db::testing::{self, TestDb};
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = testing::sources(&source.join("figures/store")).unwrap();
    files.push(source.join("alike/store.rs"));
    let mut wanted = std::collections::BTreeSet::new();
    for file in files {
        let name = file.strip_prefix(&source).unwrap().display().to_string();
        for (number, line) in (1..).zip(std::fs::read_to_string(&file).unwrap().lines()) {
            if ["tx.exec(", "tx.rows(", "tx.row(", "tx.one("].iter().any(|call| line.contains(call)) {
                wanted.insert((name.clone(), number));
            }
        }
    }
    assert!(wanted.len() > 35, "{} statements found", wanted.len());
    short_stories();
    a_date_that_moves_is_noticed();
    super::alike::cases_that_say_the_same_are_together();
    for db in TestDb::both() {
        let engine = db.engine();
        let ran: std::collections::BTreeSet<_> = testing::ran(engine)
            .into_iter()
            .filter_map(|(file, line)| Some((file.split_once("cases/src/")?.1.to_owned(), line)))
            .collect();
        let missed: Vec<_> = wanted.difference(&ran).collect();
        assert!(missed.is_empty(), "{engine}: the stories leave out {missed:?}");
    }
}
