//! From the domain's values to what templates read. The shapes are documented at the head of each template.

use jiff::civil::Date;
use madang_base::LocalizedText;
use madang_http::Visit;
use madang_kernel::Ref;
use madang_plans::file::{Budget, Every, Milestone};
use madang_plans::model::{AgencyName, AgencyRole, CommitmentAgency, News, NewsKind, PlanSummary};
use madang_plans::rules::{Progress, State};
use madang_plans::views::MilestoneView;
use serde_json::{Value, json};

use super::address;
use crate::i18n::{self, Arg};
use crate::wiring::Wiring;

/// The message with this key in the visitor's language.
pub fn t(visit: &Visit, key: &str, args: &[(&str, Arg)]) -> String {
    visit.app.own::<Wiring>().map_or_else(|_| key.to_owned(), |w| w.templates.catalogue().text(visit.locale, key, args))
}

/// Today in Korea.
pub fn today(visit: &Visit) -> Date {
    visit.ctx.now.kst_date()
}

/// Counts as progress bars read them.
pub fn counts(progress: &Progress) -> Value {
    json!({
        "total": progress.total, "done": progress.completed, "late": progress.late, "in_progress": progress.under_way,
        "ongoing": progress.continuing + progress.recurring, "upcoming": progress.upcoming,
        "unknown": progress.no_report + progress.not_known,
    })
}

/// `2021–2023`
pub fn period(plan: &PlanSummary) -> String {
    format!("{}–{}", plan.start.year(), plan.end.year())
}

pub fn plan_state(plan: &PlanSummary, today: Date) -> &'static str {
    if today > plan.end { "closed" } else { "open" }
}

/// `{id, title, href}`
pub fn plan_link(visit: &Visit, plan: &PlanSummary) -> Value {
    json!({ "id": plan.id, "title": plan.name, "href": address::plan(visit, &plan.id) })
}

/// The names of those that lead.
pub fn lead_names(agencies: &[CommitmentAgency]) -> Vec<&LocalizedText> {
    agencies.iter().filter(|a| a.role == AgencyRole::Lead).map(|a| &a.agency.name).collect()
}

/// Agencies in one role, each with its division and address.
pub fn agencies(visit: &Visit, agencies: &[CommitmentAgency], role: AgencyRole) -> Vec<Value> {
    agencies
        .iter()
        .filter(|a| a.role == role)
        .map(|a| {
            let division = (!a.division.is_empty()).then_some(&a.division);
            json!({ "name": a.agency.name, "division": division, "href": address::agency(visit, &a.agency.slug) })
        })
        .collect()
}

/// The codes of all states, for filters.
pub const STATES: [&str; 8] =
    ["late", "no-report", "under-way", "upcoming", "continuing", "recurring", "completed", "not-known"];

/// A day as a number, for keys.
pub fn day_key(day: Date) -> i64 {
    madang_plans::schedule::day_number(day)
}

pub fn state(state: State) -> &'static str {
    state.code()
}

/// A day and how many days it is from today; negative when it has passed.
pub fn due(date: Date, today: Date) -> Value {
    json!({ "date": date.to_string(), "days": (date - today).get_days() })
}

/// When a milestone runs, as `period` in `parts.html` reads it.
pub fn timing(visit: &Visit, milestone: &Milestone) -> Value {
    let single = milestone.periods.len() == 1;
    let (start, end) = match milestone.periods.as_slice() {
        [only] => (only.start.map(|d| d.to_string()), only.end.map(|d| d.to_string())),
        _ => (None, None),
    };
    let timing = if single && milestone.recurs.as_ref().is_none_or(|r| r.from.is_none()) {
        None
    } else {
        Some(spelled(visit, milestone))
    };
    json!({ "start": start, "end": end, "continues": milestone.continues, "timing": timing })
}

/// Several periods, or what recurs, in words.
fn spelled(visit: &Visit, milestone: &Milestone) -> String {
    if !milestone.periods.is_empty() && milestone.recurs.is_none() {
        let range = |p: &madang_plans::file::Period| {
            let date = |d: Option<madang_base::calendar::PartialDate>| {
                d.map(|d| i18n::date(&d.to_string(), visit.locale)).unwrap_or_default()
            };
            if p.start == p.end { date(p.start) } else { format!("{} – {}", date(p.start), date(p.end)) }
        };
        return milestone.periods.iter().map(range).collect::<Vec<_>>().join(", ");
    }
    recurrence(visit, milestone)
}

/// How a milestone comes again, in words; empty when it does not.
pub fn recurrence(visit: &Visit, milestone: &Milestone) -> String {
    let Some(recurs) = &milestone.recurs else { return String::new() };
    if recurs.throughout {
        return t(visit, "recurs-throughout", &[]);
    }
    let every = match recurs.every {
        Every::Year => "recurs-year",
        Every::HalfYear => "recurs-half-year",
        Every::TwoYears => "recurs-two-years",
    };
    let every = t(visit, every, &[]);
    let month = |m: Option<madang_plans::file::Month>| m.map(|m| i64::from(m.number()));
    match (month(recurs.from), month(recurs.to)) {
        (None, None) => every,
        (Some(from), None) => {
            t(visit, "recurs-month", &[("every", every.into()), ("month", month_name(visit, from).into())])
        }
        (None, Some(to)) => {
            t(visit, "recurs-until", &[("every", every.into()), ("month", month_name(visit, to).into())])
        }
        (Some(from), Some(to)) => {
            let key =
                if recurs.from_year.is_some() || recurs.to_year.is_some() { "recurs-across" } else { "recurs-months" };
            t(
                visit,
                key,
                &[
                    ("every", every.into()),
                    ("from", month_name(visit, from).into()),
                    ("to", month_name(visit, to).into()),
                ],
            )
        }
    }
}

fn month_name(visit: &Visit, month: i64) -> String {
    t(visit, &format!("month-{month}"), &[])
}

/// A milestone as the commitment's page reads it.
pub fn milestone(
    visit: &Visit,
    view: &MilestoneView,
    evidence: usize,
    delay: Option<&str>,
    report_href: String,
) -> Value {
    let content = &view.content;
    let mut out = timing(visit, content);
    let deliverable = (!content.deliverable.is_empty()).then_some(&content.deliverable);
    let more = json!({
        "n": content.number, "title": content.title, "state": state(view.state), "deliverable": deliverable,
        "recurrence": if out["timing"].is_null() { recurrence(visit, content) } else { String::new() },
        "delay": delay, "report_href": report_href, "evidence": evidence,
        "group": (!content.group.is_empty()).then_some(&content.group),
        "note": (!content.note.is_empty()).then_some(&content.note),
    });
    if let (Value::Object(out), Value::Object(more)) = (&mut out, more) {
        out.extend(more);
    }
    out
}

/// An amount in words: `2,400,000,000원 (2021년)`.
pub fn money(visit: &Visit, budget: &Budget) -> String {
    let amount = if budget.currency == "KRW" {
        t(visit, "money-krw", &[("amount", i18n::large_number(budget.amount, visit.locale).into())])
    } else {
        format!("{} {}", budget.currency, i18n::number(budget.amount))
    };
    budget.year.map_or_else(
        || amount.clone(),
        |year| t(visit, "money-year", &[("amount", amount.clone().into()), ("year", year.to_string().into())]),
    )
}

/// Where the page of an object is; empty when it has none.
pub fn href(visit: &Visit, object: &Ref) -> String {
    use madang_kernel::ObjectKind::{Commitment, Indicator, Milestone, Plan};
    match object.kind {
        Plan => address::plan(visit, &object.id),
        Commitment => address::commitment(visit, &object.id),
        Milestone => address::milestone(visit, &object.id),
        Indicator => address::indicator(visit, &object.id),
        _ => String::new(),
    }
}

/// What moved, in words: title, what it is about, by whom, where to read on.
pub struct Moved {
    pub title: String,
    pub over: String,
    pub by: String,
    pub href: String,
    pub state: &'static str,
}

pub fn moved(visit: &Visit, news: &News) -> Moved {
    let lt = |text: &LocalizedText| text.get(visit.locale).to_owned();
    let what = news.milestone_title.as_ref().or(news.commitment_name.as_ref()).map(lt).unwrap_or_default();
    let title = match news.kind {
        NewsKind::ProgressReported | NewsKind::ProgressCorrected => {
            let claim = t(visit, &format!("claim-{}", news.detail), &[]);
            t(visit, &format!("news-{}", news.kind), &[("what", what.into()), ("claim", claim.into())])
        }
        NewsKind::Assessed => {
            let completion = t(visit, &format!("completion-{}", news.detail), &[]);
            t(visit, "news-assessed", &[("what", what.into()), ("completion", completion.into())])
        }
        kind => t(visit, &format!("news-{kind}"), &[("what", what.into()), ("detail", news.detail.clone().into())]),
    };
    let over = news
        .commitment_number
        .as_ref()
        .map(|n| t(visit, "commitment-n", &[("n", n.clone().into())]))
        .unwrap_or_default();
    let by = news.agency.as_ref().map(|a: &AgencyName| lt(&a.name)).unwrap_or_default();
    let href = match (&news.milestone, &news.commitment) {
        (Some(id), _) => address::milestone(visit, id),
        (None, Some(id)) => address::commitment(visit, id),
        (None, None) if news.object.kind == madang_kernel::ObjectKind::Round => {
            visit.url(&format!("/plans/{}/rounds/{}", news.plan, news.object.id))
        }
        (None, None) if news.object.kind == madang_kernel::ObjectKind::Indicator => {
            address::indicator(visit, &news.object.id)
        }
        (None, None) => address::plan(visit, &news.plan),
    };
    let state = match news.detail.as_str() {
        "completed" => "completed",
        "under-way" => "under-way",
        "delayed" => "late",
        _ => "",
    };
    Moved { title, over, by, href, state }
}

/// News as the time line reads it.
pub fn timeline(visit: &Visit, news: &[News]) -> Vec<Value> {
    news.iter()
        .map(|item| {
            let m = moved(visit, item);
            json!({ "time": item.at.micros(), "title": m.title, "href": m.href, "by": m.by, "detail": m.over, "over": m.over, "state": m.state })
        })
        .collect()
}

/// An option of a filter.
pub fn option(value: &str, label: String, selected: bool) -> Value {
    json!({ "value": value, "label": label, "selected": selected })
}

/// The address without one parameter of its query.
pub fn without(visit: &Visit, name: &str) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
    let kept: Vec<_> =
        pairs.into_iter().filter(|(key, value)| key != name && key != "after" && !value.is_empty()).collect();
    with_query(&visit.url(&visit.path), &kept)
}

/// The address with one parameter of its query set.
pub fn with(visit: &Visit, name: &str, value: &str) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
    let mut kept: Vec<_> = pairs.into_iter().filter(|(key, value)| key != name && !value.is_empty()).collect();
    kept.push((name.to_owned(), value.to_owned()));
    with_query(&visit.url(&visit.path), &kept)
}

fn with_query(path: &str, pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    }
}

/// A figure without digits that nobody wrote: `77`, `3.56`.
pub fn number(value: f64) -> String {
    let text = format!("{value}");
    match text.split_once('.') {
        Some((whole, rest)) => format!("{}.{rest}", separated(whole)),
        None => separated(&text),
    }
}

fn separated(whole: &str) -> String {
    whole.parse::<i64>().map_or_else(|_| whole.to_owned(), i18n::number)
}

/// A number that a plan states: `{name, value, unit, note, date}`.
pub fn figure(f: &madang_plans::file::Figure) -> Value {
    json!({
        "name": f.name, "value": number(f.value), "unit": f.unit, "note": (!f.note.is_empty()).then_some(&f.note),
        "date": f.date.map(|d| d.to_string()),
    })
}
