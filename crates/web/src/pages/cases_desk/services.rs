//! The services of the site for those who run them: which version is in force, whether it is open, what is on it.

use axum::extract::State;
use madang_base::Result;
use madang_cases::registry::ServiceVersion;
use madang_cases::service::apply;
use madang_form::{Problem, Problems, Source, load};
use madang_http::{App, Outcome, Visit};
use madang_kernel::{ObjectKind, Verb};
use serde_json::{Value, json};

use super::kit::{self, t};
use crate::page::Page;

/// Whether the visitor runs services, and not only says who is in their parties.
pub(super) fn runs(visit: &Visit) -> bool {
    visit.may_somewhere(Verb::Manage, ObjectKind::Service).is_ok()
}

/// The beginning of a digest, enough to tell two versions apart.
pub(super) fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Outcome {
    let cases = kit::cases(&visit)?;
    let found = app
        .db
        .read(move |tx| {
            let mut found = Vec::new();
            for version in cases.services.list(tx)? {
                let open = apply::open_cases_by_version(tx, &version.definition.id)?;
                let text = apply::text(tx, &version.digest)?;
                found.push((version, open, text));
            }
            Ok(found)
        })
        .await?;
    let rows: Vec<Value> = found
        .iter()
        .map(|(version, open, text)| {
            let def = &version.definition;
            let all: i64 = open.iter().map(|(_, n)| n).sum();
            let old: i64 = open.iter().filter(|(digest, _)| *digest != version.digest).map(|(_, n)| n).sum();
            json!({
                "id": def.id, "name": def.name, "href": visit.url(&format!("/admin/services/{}", def.id)),
                "digest": short(&version.digest), "origin": origin(&visit, version), "open": version.open,
                "cases": all, "old": old, "warnings": warnings(version, text).len(), "parties": def.parties.len(),
                "door": visit.url(&format!("/admin/services/{}/door", def.id)),
            })
        })
        .collect();
    let context = json!({
        "services": rows, "runs": runs(&visit), "new_href": visit.url("/admin/services/new/definition"),
    });
    Page::new(&visit, "cases-desk/services.html").form().render(&context)
}

pub(super) fn origin(visit: &Visit, version: &ServiceVersion) -> String {
    t(visit, &format!("service-origin-{}", version.origin), &[])
}

/// What is allowed in the definition and perhaps not meant.
pub(super) fn warnings(version: &ServiceVersion, text: &str) -> Vec<Problem> {
    let name = format!("{}.toml", version.definition.id);
    load(Source { name: &name, text }).map(|loaded| loaded.warnings.list).unwrap_or_default()
}

/// Problems of a definition in the visitor's language, with the line they stand on.
pub(super) fn problems(visit: &Visit, list: &[Problem]) -> Vec<Value> {
    list.iter()
        .map(|problem| {
            let args: Vec<(&str, crate::i18n::Arg)> =
                problem.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
            json!({
                "line": problem.line, "column": problem.column, "path": problem.path, "source": problem.source,
                "error": t(visit, &problem.error_key(), &args), "help": t(visit, &problem.help_key(), &args),
            })
        })
        .collect()
}

/// The same of a whole file.
pub(super) fn all_problems(visit: &Visit, problems_of: &Problems) -> Vec<Value> {
    problems(visit, &problems_of.list)
}

/// The version in force.
///
/// # Errors
/// `service.unknown`.
pub(super) async fn current(visit: &Visit, id: &str) -> Result<std::sync::Arc<ServiceVersion>> {
    let (cases, id) = (kit::cases(visit)?, id.to_owned());
    visit.app.db.read(move |tx| cases.services.current(tx, &id)).await
}
