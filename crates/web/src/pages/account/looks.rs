//! Who of the staff looked at my data: role, organisation and reason, never a name.

use axum::extract::State;
use madang_base::Result;
use madang_db::Tx;
use madang_http::{App, Outcome, Visit};
use madang_identity::{Access, AccessId, access, account};
use madang_kernel::{AccountId, organisation};
use serde_json::{Value, json};

use crate::page::{Page, query_value, words};

/// Looks on one page.
const PAGE: u32 = 50;

/// A look with the word for who looked: a role and an organisation, never a name.
pub(crate) struct Looked {
    pub entry: Access,
    pub role: Option<(String, Value)>,
}

/// The role and the organisation's name of an account that acts for one.
pub(crate) fn label(tx: &mut Tx, id: AccountId) -> Result<Option<(String, Value)>> {
    let Some((role, organisation)) = account::public_label(tx, id)? else { return Ok(None) };
    Ok(Some((role.to_string(), json!(organisation::get(tx, organisation)?.name))))
}

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Outcome {
    let ctx = visit.ctx.clone();
    let before: Option<AccessId> = query_value(&visit.query, "before").map(|id| id.parse()).transpose()?;
    let (entries, next) = app
        .db
        .read(move |tx| {
            let page = access::of_me(tx, &ctx, before, PAGE)?;
            let mut looked = Vec::with_capacity(page.entries.len());
            for entry in page.entries {
                let role = entry.actor.map(|actor| label(tx, actor)).transpose()?.flatten();
                looked.push(Looked { entry, role });
            }
            Ok((looked, page.next))
        })
        .await?;
    let entries: Vec<Value> = entries.iter().map(|looked| of_look(&visit, looked)).collect();
    let here = visit.url("/me/looks");
    let context = json!({
        "entries": entries,
        "pager": {
            "first": before.map(|_| here.clone()),
            "previous": Value::Null,
            "next": next.map(|id| format!("{here}?before={id}")),
        },
    });
    Page::new(&visit, "me-looks.html").render(&context)
}

fn of_look(visit: &Visit, looked: &Looked) -> Value {
    let (role, organisation) = match (&looked.role, looked.entry.actor) {
        (Some((role, organisation)), _) => (role.as_str(), organisation.clone()),
        (None, Some(_)) => ("administrator", Value::Null),
        (None, None) => ("system", Value::Null),
    };
    json!({
        "time": looked.entry.at.rfc3339(),
        "who": words(visit, &format!("role-{role}"), &[]),
        "organisation": organisation,
        "what": words(visit, &what_key(&looked.entry.what), &[]),
        "reason": looked.entry.why,
    })
}

/// `account.view` is told by the message `look-account-view`.
pub(crate) fn what_key(what: &str) -> String {
    format!("look-{}", what.replace('.', "-"))
}
