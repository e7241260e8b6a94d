//! Supports as a case's page shows them: the number, how far to the next threshold, the breakdown.

use madang_cases::support::{Burst, SupportView};
use madang_cases::views::CaseView;
use madang_http::Visit;
use serde_json::{Value, json};

use super::{address, shapes};
use crate::page::words;

pub fn shown(visit: &Visit, view: &CaseView, supports: &SupportView, check: &Value) -> Value {
    let number = &view.case.number;
    let word = shapes::word(supports.word);
    // Nothing is left to be reached once supports are no longer taken.
    let open = supports.thresholds.iter().filter(|_| supports.taken);
    let goal = open.map(|t| t.count).filter(|goal| *goal > supports.count).min();
    let goal = goal.map(|goal| {
        let args = [("goal", goal.into()), ("n", (goal - supports.count).into())];
        json!({ "count": supports.count, "goal": goal, "words": words(visit, "support-to-goal", &args) })
    });
    let named = |prefix: &str, rows: &[(String, Option<i64>)]| -> Vec<Value> {
        rows.iter()
            .map(|(code, count)| {
                let key = if code.is_empty() { "support-not-stated".to_owned() } else { format!("{prefix}{code}") };
                json!({ "name": words(visit, &key, &[]), "count": count })
            })
            .collect()
    };
    let burst = |burst: &Burst| {
        json!({
            "from": burst.from.micros(), "size": burst.size, "reason": burst.reason,
            "state": words(visit, &format!("burst-{}", burst.state), &[]),
        })
    };
    let threshold = |t: &madang_cases::support::ThresholdView| json!({ "name": t.name, "count": t.count, "reached": t.reached_at.map(madang_base::Time::micros), "done": t.reached_at.is_some() });
    let mut days: Vec<Value> =
        supports.days.iter().map(|(day, n)| json!({ "date": day.to_string(), "count": n })).collect();
    days.reverse();
    let excluded = match supports.excluded {
        0 => String::new(),
        n => words(visit, "support-excluded", &[("n", n.into())]),
    };
    json!({
        "word": word, "words": words(visit, &format!("support-count-{word}"), &[("n", supports.count.into())]),
        "position": supports.position, "given": supports.given_by_me, "goal": goal,
        "count_href": format!("/cases/{number}/count.json"),
        "events_href": if supports.taken { format!("/cases/{number}/events") } else { String::new() },
        "receipt_href": if supports.given_by_me { address::under(visit, number, "support/receipt") } else { String::new() },
        "check": check,
        "back_href": if view.may.unsupport { address::under(visit, number, "support") } else { String::new() },
        "thresholds": supports.thresholds.iter().map(threshold).collect::<Vec<_>>(),
        "regions": named("region-", &supports.regions), "ages": named("age-", &supports.ages),
        "smallest": supports.smallest, "days": days, "excluded": excluded,
        "bursts": supports.bursts.iter().map(burst).collect::<Vec<_>>(),
    })
}
