//! All channels: what do you want to say?

use std::sync::Arc;

use http::HeaderMap;
use madang_base::Result;
use madang_cases::registry::ServiceVersion;
use madang_form::{CasePublicity, Definition};
use madang_http::{Outcome, Visit};
use serde_json::{Value, json};

use super::{address, cases, drafts, shapes};
use crate::page::Page;

/// The groups of the list, in order.
const GROUPS: [&str; 4] = ["tell", "propose", "ask", "call"];

/// What a channel is for, from what it does: calls have an end; what others support or what is public from the start is a
/// proposal; what the agency publishes step by step is asked of it; the rest tells of something.
fn group(def: &Definition) -> &'static str {
    if def.filing.closes.is_some() {
        "call"
    } else if def.support.is_some() || matches!(def.public.case, CasePublicity::WhenFiled) {
        "propose"
    } else if matches!(def.public.case, CasePublicity::ByStep) {
        "ask"
    } else {
        "tell"
    }
}

/// Whether anything can be filed today; the front page has a door then.
///
/// # Errors
/// Those of the database.
pub async fn open_now(visit: &Visit) -> Result<bool> {
    Ok(!list(visit).await?.is_empty())
}

async fn list(visit: &Visit) -> Result<Vec<Arc<ServiceVersion>>> {
    let (cases, today) = (cases(visit)?, visit.ctx.now.kst_date());
    let all = visit.app.db.read(move |tx| cases.services.list(tx)).await?;
    Ok(all.into_iter().filter(|version| shapes::open(version, today)).collect())
}

pub async fn show(visit: Visit, headers: HeaderMap) -> Outcome {
    let all = list(&visit).await?;
    let line = |version: &Arc<ServiceVersion>| -> Value {
        let def = &version.definition;
        json!({
            "id": def.id, "name": def.name, "summary": def.summary, "href": address::service(&visit, &def.id),
            "who": shapes::who(&visit, def).join(", "), "term": shapes::longest_term(&visit, def),
        })
    };
    let groups: Vec<Value> = GROUPS
        .iter()
        .map(|key| (key, all.iter().filter(|v| group(&v.definition) == *key).map(line).collect::<Vec<_>>()))
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(key, services)| json!({ "key": key, "services": services }))
        .collect();
    let drafts = drafts::lines(&visit, &headers).await?;
    Page::new(&visit, "services/index.html").render(&json!({
        "drafts": drafts, "groups": groups, "lookup_href": visit.url("/lookup"),
    }))
}
