//! Lists against a plain filter over everything, forwards, backwards and from a day on.

use jiff::ToSpan as _;
use jiff::civil::Date;
use madang_base::{Rng, SeededRng, Time};
use madang_form::Phase;
use madang_form::steps::StepInput;
use madang_kernel::Ctx;

use super::people::{account, organisation, person};
use super::{TODAY, act, input, look, system, villages};
use crate::model::{CaseEvent, CaseFile, EventBody, EventKind, Publication};
use crate::service::file::file;
use crate::service::{export, list, searched};
use crate::store;
use crate::views::{CaseFilter, Count, Order};
use crate::{Cases, service};

const KINDS: [&str; 3] = ["road", "park", "noise"];
const WORDS: [&str; 6] = ["가로등", "놀이터", "쓰레기", "버스", "나무", "신호등"];
const CASES: u32 = 120;

fn pick(rng: &SeededRng, most: usize) -> usize {
    let rng: &dyn Rng = rng;
    usize::from(rng.bytes::<1>()[0]) % most
}

/// Files many cases on many days and moves some of them on.
async fn fill(db: &madang_db::Db, cases: &Cases) {
    let rng = SeededRng::new(b"lists");
    for n in 0..CASES {
        let day = TODAY.checked_add((i64::from(n) / 10).days()).unwrap();
        let ctx = Ctx { now: system(day).now.plus_seconds(i64::from(n)), ..person("author", &[], day) };
        let title = format!("{} {} {n}", WORDS[pick(&rng, 6)], WORDS[pick(&rng, 6)]);
        let form = input(&title, KINDS[pick(&rng, 3)], pick(&rng, 4) > 0, &format!("list{n}"));
        let state = ["received", "received", "working", "answered"][pick(&rng, 4)];
        act(db, &ctx, cases, move |tx, ctx, cases| {
            let receipt = file(tx, ctx, cases, &form)?;
            let (mut case, version) = service::case_by_id(tx, cases, receipt.id)?;
            case.state = state.to_owned();
            case.phase = version.definition.state(state).unwrap().phase;
            case.answered_at = (state == "answered").then_some(ctx.now);
            case.closed_at = case.answered_at;
            store::case::save(tx, &mut case)?;
            store::case::set_due(tx, case.id, if state == "answered" { None } else { case.due_at })
        })
        .await
        .unwrap();
    }
}

/// Whether a case is among what is wanted, plainly.
fn fits(case: &CaseFile, filter: &CaseFilter, agency: Option<madang_kernel::OrganisationId>, now: Time) -> bool {
    let day = case.filed_at.kst_date();
    let value = |(field, value): &(String, String)| {
        case.answers.get(field).is_some_and(|answer| answer.words().contains(&value.as_str()))
    };
    case.publication == Publication::Published
        && filter.service.as_ref().is_none_or(|service| case.service == *service)
        && filter.agency.as_ref().is_none_or(|_| case.agency == agency)
        && filter.state.as_ref().is_none_or(|state| case.state == *state)
        && filter.phase.is_none_or(|phase| case.phase == phase)
        && filter.since.is_none_or(|since| day >= since)
        && filter.until.is_none_or(|until| day <= until)
        && (!filter.overdue || case.due_at.is_some_and(|due| due < now))
        && (filter.order != Order::Due || case.due_at.is_some())
        && filter.values.iter().all(value)
}

fn filters() -> Vec<CaseFilter> {
    let base = CaseFilter { limit: 7, ..CaseFilter::default() };
    let village = || Some("village".to_owned());
    let road = || vec![("kind".to_owned(), "road".to_owned())];
    let since = Some(TODAY.checked_add(3.days()).unwrap());
    let until = Some(TODAY.checked_add(8.days()).unwrap());
    let mut out = vec![
        base.clone(),
        CaseFilter { service: village(), ..base.clone() },
        CaseFilter { phase: Some(Phase::Deciding), ..base.clone() },
        CaseFilter { service: village(), phase: Some(Phase::Received), since, ..base.clone() },
        CaseFilter { service: village(), state: Some("answered".into()), ..base.clone() },
        CaseFilter { agency: Some("parks".into()), ..base.clone() },
        CaseFilter { agency: Some("roads".into()), state: Some("working".into()), service: village(), ..base.clone() },
        CaseFilter { agency: Some("roads".into()), phase: Some(Phase::Answered), until, ..base.clone() },
        CaseFilter { service: village(), values: road(), ..base.clone() },
        CaseFilter { service: village(), values: road(), state: Some("received".into()), since, until, ..base.clone() },
        CaseFilter { agency: Some("nowhere".into()), ..base.clone() },
    ];
    let old: Vec<_> = out.iter().map(|filter| CaseFilter { order: Order::Oldest, ..filter.clone() }).collect();
    out.extend(old);
    for filter in [base.clone(), CaseFilter { agency: Some("roads".into()), ..base }] {
        out.push(CaseFilter { order: Order::Due, ..filter.clone() });
        out.push(CaseFilter { overdue: true, ..filter.clone() });
        out.push(CaseFilter { overdue: true, service: village(), values: road(), ..filter });
    }
    out
}

#[tokio::test]
pub(super) async fn lists_are_what_a_plain_filter_gives() {
    for (db, cases) in villages().await {
        fill(&db, &cases).await;
        let parks = organisation(&db, "parks").await;
        let roads = organisation(&db, "roads").await;
        let now = TODAY.checked_add(14.days()).unwrap();
        let ctx = system(now);
        let everything = look(&db, &ctx, &cases, |tx, _, _| {
            let ids = store::personal::of_author(tx, account("author"))?;
            store::list::exported(tx, &ids)?;
            let cases = ids.iter().map(|id| store::case::by_id(tx, *id)).collect::<madang_base::Result<Vec<_>>>()?;
            Ok(cases.into_iter().flatten().collect())
        });
        let everything: Vec<CaseFile> = everything.await.unwrap();
        assert_eq!(everything.len(), CASES as usize);
        for filter in filters() {
            let agency = if filter.agency.as_deref() == Some("parks") { parks } else { roads };
            let agency = Some(agency).filter(|_| filter.agency.as_deref() != Some("nowhere"));
            let mut wanted: Vec<&CaseFile> =
                everything.iter().filter(|case| fits(case, &filter, agency, ctx.now)).collect();
            if filter.agency.as_deref() == Some("nowhere") {
                wanted.clear();
            }
            let by_due = filter.overdue || filter.order == Order::Due;
            wanted.sort_by_key(|case| if by_due { (case.due_at, case.id) } else { (Some(case.filed_at), case.id) });
            if !by_due && filter.order == Order::Newest {
                wanted.reverse();
            }
            let wanted: Vec<String> = wanted.into_iter().map(|case| case.number.clone()).collect();
            let asked = filter.clone();
            let (forwards, backwards, count) =
                look(&db, &ctx, &cases, move |tx, ctx, cases| walk(tx, ctx, cases, &asked)).await.unwrap();
            assert_eq!(forwards, wanted, "{filter:?}");
            assert_eq!(backwards, wanted, "{filter:?}");
            assert_eq!(count, Count::Exact(wanted.len().try_into().unwrap()), "{filter:?}");
            if filter.order != Order::Due {
                let asked = filter.clone();
                let mut rows =
                    look(&db, &ctx, &cases, move |tx, ctx, cases| rows(tx, ctx, cases, &asked)).await.unwrap();
                let mut wanted = wanted.clone();
                rows.sort();
                wanted.sort();
                assert_eq!(rows, wanted, "{filter:?}");
            }
        }
    }
}

/// All numbers of a list: page by page forwards, then back from the last page.
fn walk(
    tx: &mut madang_db::Tx,
    ctx: &Ctx,
    cases: &Cases,
    filter: &CaseFilter,
) -> madang_base::Result<(Vec<String>, Vec<String>, Count)> {
    let (mut filter, mut forwards) = (filter.clone(), Vec::new());
    let count = list::public(tx, ctx, cases, &filter)?.count;
    let last = loop {
        let page = list::public(tx, ctx, cases, &filter)?;
        forwards.extend(page.lines.iter().map(|line| line.number.clone()));
        match &page.next {
            Some(next) => filter.after = Some(next.clone()),
            None => break page,
        }
    };
    let mut page = last;
    let mut backwards: Vec<Vec<String>> = Vec::new();
    loop {
        backwards.push(page.lines.iter().map(|line| line.number.clone()).collect());
        let Some(previous) = page.previous.clone() else { break };
        filter.after = Some(previous);
        page = list::public(tx, ctx, cases, &filter)?;
    }
    backwards.reverse();
    Ok((forwards, backwards.concat(), count))
}

fn rows(tx: &mut madang_db::Tx, ctx: &Ctx, cases: &Cases, filter: &CaseFilter) -> madang_base::Result<Vec<String>> {
    let (mut filter, mut out) = (filter.clone(), Vec::new());
    loop {
        let page = export::export(tx, ctx, cases, &filter, 11)?;
        out.extend(page.rows.iter().map(|row| row.line.number.clone()));
        assert!(page.rows.iter().all(|row| row.answers.get("reach").is_none()));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(out),
        }
    }
}

#[tokio::test]
pub(super) async fn a_list_is_entered_at_a_day_and_own_cases_are_listed() {
    for (db, cases) in villages().await {
        fill(&db, &cases).await;
        let ctx = person("author", &[], TODAY.checked_add(20.days()).unwrap());
        let day: Date = TODAY.checked_add(5.days()).unwrap();
        for order in [Order::Newest, Order::Oldest] {
            let filter = CaseFilter { jump: Some(day), order, limit: 5, ..CaseFilter::default() };
            let page = look(&db, &ctx, &cases, move |tx, ctx, cases| list::public(tx, ctx, cases, &filter));
            let page = page.await.unwrap();
            let first = page.lines[0].filed_at.kst_date();
            assert!(if order == Order::Newest { first <= day } else { first == day }, "{order}: {first}");
            assert!(page.previous.is_some());
        }
        let (mut mine, mut after) = (Vec::new(), None);
        loop {
            let from: Option<String> = after.take();
            let page = look(&db, &ctx, &cases, move |tx, ctx, cases| list::mine(tx, ctx, cases, from.as_deref()));
            let page = page.await.unwrap();
            mine.extend(page.lines);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(mine.len(), CASES as usize);
        assert!(mine.windows(2).all(|pair| pair[0].filed_at >= pair[1].filed_at));
        for after in ["x", "n1", "q1.2", "n1.abc"] {
            let filter = CaseFilter { after: Some(after.to_owned()), ..CaseFilter::default() };
            let refused = look(&db, &ctx, &cases, move |tx, ctx, cases| list::public(tx, ctx, cases, &filter)).await;
            assert_eq!(refused.unwrap_err().code(), "case.filter");
        }
        let filter = CaseFilter { words: Some("나무".to_owned()), ..CaseFilter::default() };
        let refused = look(&db, &ctx, &cases, move |tx, ctx, cases| list::public(tx, ctx, cases, &filter)).await;
        assert_eq!(refused.unwrap_err().code(), "case.words", "words are searched for, lists do not have them");
    }
}

#[tokio::test]
pub(super) async fn searches_read_what_is_public_and_nothing_else() {
    for (db, cases) in villages().await {
        let ctx = person("author", &[], TODAY);
        let mut ids = Vec::new();
        for (n, public) in [(0, true), (1, false), (2, true), (3, true), (4, true), (5, true)] {
            let form = input(&format!("이야기 {n}"), "road", public, &format!("searched{n}"));
            ids.push(super::filed(&db, &ctx, &cases, form).await.id);
        }
        for (n, change) in [(3, "publication = 'hidden'"), (4, "state = 'withdrawn'"), (5, "erased_at = 1")] {
            db.batch(&format!("UPDATE case_file SET {change} WHERE id = '{}'", ids[n]));
        }
        db.batch(&format!("UPDATE case_file SET reviewed = '[\"body\"]' WHERE id = '{}'", ids[0]));
        db.batch(&format!("UPDATE case_file SET answered_at = 1 WHERE id = '{}'", ids[2]));
        for (party, public, said) in [("agency", true, "고쳤습니다"), ("agency", false, "안"), ("author", true, "글")]
        {
            let input = StepInput { answer: said.to_owned(), ..StepInput::default() };
            let event = CaseEvent {
                case: ids[2],
                no: 0,
                at: ctx.now,
                kind: EventKind::Step,
                step: None,
                from_state: None,
                to_state: None,
                party: party.to_owned(),
                account: None,
                organisation: None,
                public,
                body: EventBody { input: Some(input), ..EventBody::default() },
            };
            act(&db, &ctx, &cases, move |tx, _, _| store::event::append(tx, &event)).await.unwrap();
        }
        let all = ids.clone();
        let of = look(&db, &ctx, &cases, move |tx, _, cases| searched::of(tx, cases, &all)).await.unwrap();
        assert_eq!(of.iter().map(|case| case.id).collect::<Vec<_>>(), [ids[0], ids[2]]);
        assert_eq!((of[0].title.as_str(), of[0].supports), ("이야기 0", Some(0)));
        assert_eq!(of[0].body, ["이야기 0. 자세한 이야기입니다."], "the title is no paragraph, and no person is named");
        assert!(of[1].body.is_empty(), "nobody has looked at it yet");
        assert_eq!((of[0].answer.len(), of[1].answer.as_slice()), (0, &["고쳤습니다".to_owned()][..]));
        assert_eq!(of[0].agencies.first(), of[0].agency.as_ref().map(|agency| &agency.id));
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = look(&db, &ctx, &cases, move |tx, _, cases| searched::page(tx, cases, after, 1)).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            seen.extend(page.into_iter().map(|case| case.id));
        }
        let mut in_order = [ids[0], ids[2]];
        in_order.sort();
        assert_eq!(seen, in_order);
    }
}

#[tokio::test]
pub(super) async fn what_most_support_comes_first() {
    for (db, cases) in villages().await {
        let ctx = person("author", &[], TODAY);
        let mut numbers = Vec::new();
        for (n, public) in [(0, true), (1, true), (2, false), (3, true), (4, true)] {
            let title = format!("이야기 {n}");
            let receipt = super::filed(&db, &ctx, &cases, input(&title, "road", public, &format!("top{n}"))).await;
            if n < 4 {
                db.batch(&format!(
                    "INSERT INTO support_count (case_id, dimension, value, count, position)
                     VALUES ('{}', 'total', '', {}, 1)",
                    receipt.id,
                    (n + 1) * 10
                ));
            }
            numbers.push(receipt.number);
        }
        let filter = CaseFilter { order: Order::Supported, limit: 2, ..CaseFilter::default() };
        let (forwards, backwards, _) =
            look(&db, &ctx, &cases, move |tx, ctx, cases| walk(tx, ctx, cases, &filter)).await.unwrap();
        assert_eq!(forwards, [3, 1, 0].map(|n: usize| numbers[n].clone()), "what nobody has supported is not in it");
        assert_eq!(backwards, forwards);
    }
}
