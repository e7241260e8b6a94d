//! Acts on several cases of the inbox at once, and taking the last one back.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use madang_base::{Error, Result};
use madang_cases::service::{assign, note};
use madang_http::{App, Input, Outcome, Visit, status_of};
use madang_kernel::AccountId;
use serde_json::{Value, json};

use super::inbox::{self, Asked};
use super::kit;
use crate::page::{form_errors, keep_for_form, query_value};

/// Cases of one act; a page has no more.
const MOST: usize = 200;

/// Who had which cases before, as one parameter: `account:number,number;…`, an account of `-` for nobody's.
const WAS: &str = "was";

pub(super) async fn act(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let asked = Asked::read(input.text("query"));
    let back = visit.url(&asked.path());
    match perform(&visit, &input).await {
        Ok(Done::To(path)) => Ok(Redirect::to(&visit.url(&path)).into_response()),
        Ok(Done::Here(said)) => {
            let mark = if back.contains('?') { '&' } else { '?' };
            let query = serde_urlencoded::to_string(said).unwrap_or_default();
            Ok(Redirect::to(&format!("{back}{mark}{query}")).into_response())
        }
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&app, &visit, &error);
            inbox::page(&app, &visit, asked, errors, status_of(error.kind())).await
        }
    }
}

enum Done {
    To(String),
    Here(Vec<(&'static str, String)>),
}

async fn perform(visit: &Visit, input: &Input) -> Result<Done> {
    let go = input.text("go");
    if go == "undo" {
        return undone(visit, input.text(WAS)).await;
    }
    let numbers: Vec<String> = input.list("number").into_iter().take(MOST).map(str::to_owned).collect();
    if numbers.is_empty() {
        return Err(Error::invalid("desk.none-chosen"));
    }
    let (ctx, cases) = (visit.ctx.clone(), kit::cases(visit)?);
    match go {
        "mine" | "assign" | "release" => {
            let to = match go {
                "mine" => visit.ctx.account(),
                "assign" => Some(
                    kit::account(input.text("to"))?
                        .ok_or_else(|| Error::invalid("desk.choose").field("to", "desk.choose"))?,
                ),
                _ => None,
            };
            let was = was(input, &numbers);
            visit.app.db.write(move |tx| assign::assign(tx, &ctx, &cases, &numbers, to)).await?;
            Ok(Done::Here(vec![("done", "cases-assigned".to_owned()), (WAS, was)]))
        }
        "note" => {
            let text = input.text("text").to_owned();
            visit
                .app
                .db
                .write(move |tx| {
                    numbers.iter().try_for_each(|number| note::add(tx, &ctx, &cases, number, &text).map(drop))
                })
                .await?;
            Ok(Done::Here(vec![("done", "cases-noted".to_owned())]))
        }
        "merge" => {
            let [first, rest @ ..] = &numbers[..] else { return Err(Error::invalid("desk.none-chosen")) };
            if rest.is_empty() {
                return Err(Error::invalid("desk.two-to-merge"));
            }
            Ok(Done::To(kit::address(&format!("{}/merge", kit::path(first)), &[("with", &rest.join(","))])))
        }
        _ => Err(Error::invalid("form.unreadable")),
    }
}

/// Who has the chosen cases now, as the page said.
fn was(input: &Input, numbers: &[String]) -> String {
    let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pair in input.list(WAS) {
        let Some((number, account)) = pair.split_once('=') else { continue };
        if numbers.iter().any(|chosen| chosen == number) {
            by.entry(if account.is_empty() { "-" } else { account }).or_default().push(number);
        }
    }
    by.into_iter().map(|(account, numbers)| format!("{account}:{}", numbers.join(","))).collect::<Vec<_>>().join(";")
}

fn groups(text: &str) -> Vec<(Option<AccountId>, Vec<String>)> {
    let group = |part: &str| {
        let (account, numbers) = part.split_once(':')?;
        let account = if account == "-" { None } else { Some(account.parse().ok()?) };
        Some((account, numbers.split(',').map(str::to_owned).collect()))
    };
    text.split(';').filter_map(group).collect()
}

async fn undone(visit: &Visit, text: &str) -> Result<Done> {
    let (ctx, cases, groups) = (visit.ctx.clone(), kit::cases(visit)?, groups(text));
    visit
        .app
        .db
        .write(move |tx| {
            groups.iter().try_for_each(|(to, numbers)| assign::assign(tx, &ctx, &cases, numbers, *to).map(drop))
        })
        .await?;
    Ok(Done::Here(vec![("done", "cases-undone".to_owned())]))
}

/// What the page offers to take back: `{value, count}`, or null.
pub(super) fn undo(query: &str) -> Value {
    let Some(text) = query_value(query, WAS) else { return Value::Null };
    let count: usize = groups(&text).iter().map(|(_, numbers)| numbers.len()).sum();
    if count == 0 { Value::Null } else { json!({ "value": text, "count": count }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_is_read_again() {
        let id = "0198c5a0-0000-7000-8000-000000000001";
        let read = groups(&format!("-:A-1,A-2;{id}:A-3;rubbish;x:B"));
        assert_eq!(read.len(), 2);
        assert_eq!(read[0], (None, vec!["A-1".to_owned(), "A-2".to_owned()]));
        assert_eq!(read[1].0.map(|id| id.to_string()).as_deref(), Some(id));
        assert!(undo("was=").is_null());
    }
}
