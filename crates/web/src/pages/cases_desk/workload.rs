//! How much each officer of an agency has in hand.

use axum::extract::State;
use madang_cases::service::inbox;
use madang_http::{App, Outcome, Visit};
use madang_kernel::organisation;
use serde_json::{Value, json};

use super::inbox::here;
use super::kit;
use super::names::Names;
use crate::page::{Page, query_value};

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Outcome {
    let (ctx, cases, ids) = (visit.ctx.clone(), kit::cases(&visit)?, kit::agencies(&visit));
    let slug = query_value(&visit.query, "organisation").unwrap_or_default();
    let (organisation, loads, names) = app
        .db
        .read(move |tx| {
            let own = ids.iter().map(|id| organisation::get(tx, *id)).collect::<madang_base::Result<Vec<_>>>()?;
            let here = here(&own, &slug)?;
            let loads = inbox::workload(tx, &ctx, &cases, here.id)?;
            let names = Names::of(tx, &ctx, &cases, &[here.id])?;
            Ok((here, loads, names))
        })
        .await?;
    let most = loads.iter().map(|load| load.open).max().unwrap_or(0).max(1);
    let rows: Vec<Value> = loads
        .iter()
        .map(|load| {
            let mine = load.account.is_some() && load.account == visit.ctx.account();
            let tab = match load.account {
                None => "unassigned",
                Some(_) if mine => "mine",
                Some(_) => "",
            };
            let href = kit::address("/desk/cases", &[("tab", tab), ("organisation", &organisation.slug)]);
            json!({
                "name": match load.account {
                    None => kit::t(&visit, "desk-nobody", &[]),
                    some => names.get(&visit, some),
                },
                "nobody": load.account.is_none(), "open": load.open, "overdue": load.overdue, "rest": load.open - load.overdue,
                "href": if tab.is_empty() { String::new() } else { visit.url(&href) },
            })
        })
        .collect();
    let sum = |of: fn(&inbox::Load) -> i64| loads.iter().map(of).sum::<i64>();
    let context = json!({
        "organisation": organisation.name, "most": most, "rows": rows,
        "total": { "open": sum(|l| l.open), "overdue": sum(|l| l.overdue) },
    });
    Page::new(&visit, "cases-desk/workload.html").render(&context)
}
