//! One service: its versions and the cases on them, open or shut, and who is in its parties.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, LocalizedText, Result, Time};
use madang_cases::Cases;
use madang_cases::registry::ServiceVersion;
use madang_cases::service::{apply, parties};
use madang_db::Tx;
use madang_form::migration;
use madang_http::{Input, Outcome, Visit, status_of};
use madang_identity::account;
use madang_kernel::{AccountId, Ctx};
use serde_json::{Value, json};

use super::kit::{self, option, t};
use super::services::{origin, problems, runs, short, warnings};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form};
use crate::pages::services::shapes;

type Place = Path<(String, String)>;

/// A form of the page as it was typed.
#[derive(Default)]
struct Typed {
    address: String,
    party: String,
}

struct Found {
    version: Arc<ServiceVersion>,
    text: String,
    versions: Vec<(Arc<ServiceVersion>, Time, i64)>,
    members: Vec<(parties::Member, LocalizedText)>,
}

fn find(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: &str) -> Result<Found> {
    let version = cases.services.current(tx, id)?;
    let open: BTreeMap<String, i64> = apply::open_cases_by_version(tx, id)?.into_iter().collect();
    let mut versions = Vec::new();
    for (digest, at) in apply::versions(tx, id)? {
        let n = open.get(&digest).copied().unwrap_or(0);
        versions.push((cases.services.version(tx, &digest)?, at, n));
    }
    let mut members = Vec::new();
    for member in parties::members(tx, ctx, id)? {
        let name = account::party_name(tx, ctx, member.account)?;
        members.push((member, name));
    }
    Ok(Found { text: apply::text(tx, &version.digest)?, version, versions, members })
}

pub(super) async fn show(visit: Visit, Path((_, id)): Place) -> Outcome {
    page(&visit, &id, &Typed::default(), Vec::new(), StatusCode::OK).await
}

async fn page(visit: &Visit, id: &str, typed: &Typed, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let (ctx, cases, wanted) = (visit.ctx.clone(), kit::cases(visit)?, id.to_owned());
    let found = visit.app.db.read(move |tx| find(tx, &ctx, &cases, &wanted)).await?;
    let (version, def) = (&found.version, &found.version.definition);
    let under = |what: &str| visit.url(&format!("/admin/services/{}/{what}", def.id));
    let parties: Vec<Value> = def
        .parties
        .iter()
        .map(|party| {
            let of = found.members.iter().filter(|(member, _)| member.party == party.id);
            json!({
                "id": party.id, "name": party.name, "help": shapes::some(&party.help),
                "members": of.map(|(member, name)| json!({
                    "account": member.account.to_string(), "since": member.since.micros(),
                    "name": Some(name.get(visit.locale)).filter(|n| !n.is_empty()).map_or_else(|| t(visit, "service-no-name", &[]), str::to_owned),
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let context = json!({
        "service": {
            "id": def.id, "name": def.name, "summary": def.summary, "digest": version.digest, "short": short(&version.digest),
            "origin": origin(visit, version), "open": version.open, "public_href": visit.url(&format!("/services/{}", def.id)),
        },
        "runs": runs(visit), "door": under("door"), "definition_href": under("definition"), "migrate": under("migrate"),
        "parties_action": under("parties"),
        "versions": found.versions.iter().map(|(old, at, open)| version_row(visit, version, old, *at, *open)).collect::<Vec<_>>(),
        "warnings": problems(visit, &warnings(version, &found.text)),
        "parties": parties,
        "party_options": def.parties.iter().map(|p| option(&p.id, p.name.get(visit.locale), p.id == typed.party)).collect::<Vec<_>>(),
        "values": { "address": typed.address }, "errors": errors,
    });
    Page::new(visit, "cases-desk/service.html").form().status(status).render(&context)
}

/// A version with the cases on it; when it is not in force, where the states go that the new one lacks.
fn version_row(visit: &Visit, current: &ServiceVersion, old: &ServiceVersion, at: Time, open: i64) -> Value {
    let here = old.digest == current.digest;
    let gone = if here { Vec::new() } else { migration(&old.definition, &current.definition).gone };
    let targets = |from: &str| -> Vec<Value> {
        let mut all = vec![option("", t(visit, "service-stays", &[]), true)];
        let phase = old.definition.state(from).map(|state| state.phase);
        all.extend(current.definition.states.iter().filter(|s| !s.built_in).map(|state| {
            let alike = if Some(state.phase) == phase { " ·" } else { "" };
            option(&state.id, format!("{}{alike}", state.name.get(visit.locale)), false)
        }));
        all
    };
    json!({
        "digest": old.digest, "short": short(&old.digest), "at": at.micros(), "open": open, "current": here,
        "gone": gone.iter().map(|id| json!({
            "id": id, "name": old.definition.state(id).map(|state| &state.name), "targets": targets(id),
        })).collect::<Vec<_>>(),
    })
}

pub(super) async fn door(visit: Visit, Path((_, id)): Place, input: Input) -> Outcome {
    let (ctx, cases, wanted, open) = (visit.ctx.clone(), kit::cases(&visit)?, id.clone(), input.text("go") == "open");
    visit
        .app
        .db
        .write(move |tx| match open {
            true => apply::open(tx, &ctx, &cases, &wanted),
            false => apply::shut(tx, &ctx, &cases, &wanted),
        })
        .await?;
    let path =
        if input.text("back") == "list" { "/admin/services".to_owned() } else { format!("/admin/services/{id}") };
    if open { Ok(done(&visit, &path, "service-opened")) } else { Ok(done(&visit, &path, "service-shut")) }
}

pub(super) async fn migrate(visit: Visit, Path((_, id)): Place, input: Input) -> Outcome {
    let digest = input.text("digest").to_owned();
    let states: BTreeMap<String, String> = input
        .fields()
        .filter_map(|(name, value)| Some((name.strip_prefix("state.")?.to_owned(), value.trim().to_owned())))
        .filter(|(_, to)| !to.is_empty())
        .collect();
    let (ctx, cases, wanted) = (visit.ctx.clone(), kit::cases(&visit)?, id.clone());
    let outcome = visit.app.db.write(move |tx| apply::migrate(tx, &ctx, &cases, &wanted, &digest, &states)).await;
    match outcome {
        Ok(_) => Ok(done(&visit, &format!("/admin/services/{id}"), "service-migrated")),
        Err(error) => wrong(&visit, &id, &Typed::default(), error).await,
    }
}

async fn wrong(visit: &Visit, id: &str, typed: &Typed, error: Error) -> Outcome {
    // An address without an account is told beside the form, and so is a group that is gone.
    let error = match error.code() {
        "identity.account-unknown" => {
            Error::invalid("service.member-unknown").field("address", "service.member-unknown")
        }
        _ => keep_for_form(error)?,
    };
    let errors = form_errors(&visit.app, visit, &error);
    page(visit, id, typed, errors, status_of(error.kind())).await
}

pub(super) async fn party(visit: Visit, Path((_, id)): Place, input: Input) -> Outcome {
    let typed = Typed { address: input.text("address").to_owned(), party: input.text("party").to_owned() };
    let (ctx, cases, service) = (visit.ctx.clone(), kit::cases(&visit)?, id.clone());
    let (party, address) = (typed.party.clone(), typed.address.clone());
    let gone = input.optional("remove").map(str::to_owned);
    let path = format!("/admin/services/{id}");
    let removes = gone.is_some();
    let outcome = visit
        .app
        .db
        .write(move |tx| match &gone {
            Some(account) => {
                let account: AccountId = account.parse()?;
                parties::remove(tx, &ctx, &cases, &service, &party, account)
            }
            None => {
                let account = account::for_party(tx, &ctx, &address).map_err(at_address)?;
                parties::add(tx, &ctx, &cases, &service, &party, account)
            }
        })
        .await;
    match outcome {
        Ok(_) if removes => Ok(done(&visit, &path, "member-removed")),
        Ok(_) => Ok(done(&visit, &path, "member-added")),
        Err(error) => wrong(&visit, &id, &typed, error).await,
    }
}

/// What is wrong with an address stands at its field.
fn at_address(error: Error) -> Error {
    if error.code() == "identity.email" && error.fields().is_empty() {
        return error.field("address", "identity.email");
    }
    error
}
