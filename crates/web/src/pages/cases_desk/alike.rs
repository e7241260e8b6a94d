//! Open cases of an agency that say nearly the same: which they are, and putting them together.

use axum::extract::State;
use http::StatusCode;
use madang_base::{Error, Result};
use madang_cases::Cases;
use madang_cases::alike::{self, Cluster, Member};
use madang_cases::service::merge;
use madang_db::Tx;
use madang_http::{App, Input, Outcome, Visit, status_of};
use madang_kernel::Ctx;
use madang_kernel::organisation::{self, Organisation};
use serde_json::{Value, json};

use super::inbox::here;
use super::kit::{self, t};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, query_value};

/// Clusters of a page.
const CLUSTERS: usize = 20;
/// How far one can leaf through them.
const FARTHEST: usize = 10_000;

const PATH: &str = "/desk/cases/alike";

/// What an officer chose.
#[derive(Clone, Debug, Default)]
struct Chosen {
    into: String,
    list: Vec<String>,
    text: String,
}

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Outcome {
    let said = |name: &str| query_value(&visit.query, name).unwrap_or_default();
    let (slug, number) = (said("organisation"), said("number"));
    if !number.is_empty() {
        return cluster(&app, &visit, &slug, &number, None, Vec::new(), StatusCode::OK).await;
    }
    let skip = said("skip").parse().unwrap_or(0).min(FARTHEST);
    let (ctx, cases, ids) = (visit.ctx.clone(), kit::cases(&visit)?, kit::agencies(&visit));
    let (own, here, found, count) = app
        .db
        .read(move |tx| {
            let (own, here) = place(tx, &ids, &slug)?;
            let (found, count) = alike::clusters(tx, &ctx, &cases, here.id, skip, CLUSTERS)?;
            Ok((own, here, found, count))
        })
        .await?;
    let at = |skip: usize| {
        let skip = if skip == 0 { String::new() } else { skip.to_string() };
        visit.url(&kit::address(PATH, &[("organisation", &here.slug), ("skip", &skip)]))
    };
    let context = json!({
        "organisation": here.name, "organisations": organisations(&visit, &own, &here), "count": count,
        "rows": found.iter().map(|cluster| line(&visit, &here, cluster)).collect::<Vec<_>>(),
        "inbox": inbox_href(&visit, &here),
        "pager": {
            "previous": (skip > 0).then(|| at(skip.saturating_sub(CLUSTERS))),
            "next": (skip + CLUSTERS < count).then(|| at(skip + CLUSTERS)),
        },
    });
    Page::new(&visit, "cases-desk/alike.html").render(&context)
}

fn place(tx: &mut Tx, ids: &[madang_kernel::OrganisationId], slug: &str) -> Result<(Vec<Organisation>, Organisation)> {
    let own = ids.iter().map(|id| organisation::get(tx, *id)).collect::<Result<Vec<_>>>()?;
    let here = here(&own, slug)?;
    Ok((own, here))
}

fn organisations(visit: &Visit, own: &[Organisation], here: &Organisation) -> Vec<Value> {
    if own.len() < 2 {
        return Vec::new();
    }
    let one = |o: &Organisation| {
        let href = visit.url(&kit::address(PATH, &[("organisation", &o.slug)]));
        json!({ "label": o.name, "current": o.id == here.id, "href": href })
    };
    own.iter().map(one).collect()
}

fn inbox_href(visit: &Visit, here: &Organisation) -> String {
    visit.url(&kit::address("/desk/cases", &[("organisation", &here.slug)]))
}

/// The address of the cluster of a case.
pub(super) fn href(visit: &Visit, organisation: &str, number: &str) -> String {
    visit.url(&kit::address(PATH, &[("organisation", organisation), ("number", number)]))
}

fn line(visit: &Visit, here: &Organisation, cluster: &Cluster) -> Value {
    let main = cluster.cases.iter().find(|member| member.line.number == cluster.main).or(cluster.cases.first());
    let newest = cluster.cases.first();
    json!({
        "title": main.map(|m| m.line.title.as_str()).unwrap_or_default(), "count": cluster.count,
        "service": main.map(|m| &m.line.service_name), "words": cluster.words.join(", "),
        "newest": newest.map(|m| m.line.filed_at.micros()), "href": href(visit, &here.slug, &cluster.main),
    })
}

/// One cluster with the form; `chosen`: what was sent and refused.
async fn cluster(
    app: &App,
    visit: &Visit,
    slug: &str,
    number: &str,
    chosen: Option<Chosen>,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let (ctx, cases, ids) = (visit.ctx.clone(), kit::cases(visit)?, kit::agencies(visit));
    let (slug, wanted) = (slug.to_owned(), number.to_owned());
    let (here, found) = app
        .db
        .read(move |tx| {
            let (_, here) = place(tx, &ids, &slug)?;
            let found = alike::cluster_of(tx, &ctx, &cases, here.id, &wanted)?;
            Ok((here, found))
        })
        .await?;
    let rows = |cluster: &Cluster| -> Vec<Value> {
        cluster.cases.iter().map(|member| row(visit, cluster, member, chosen.as_ref())).collect()
    };
    let context = json!({
        "organisation": here.name, "slug": here.slug, "number": number, "case": kit::href(visit, number),
        "all": visit.url(&kit::address(PATH, &[("organisation", &here.slug)])), "inbox": inbox_href(visit, &here),
        "count": found.as_ref().map_or(0, |cluster| cluster.count),
        "words": found.as_ref().map(|cluster| cluster.words.join(", ")).unwrap_or_default(),
        "rows": found.as_ref().map(rows).unwrap_or_default(),
        "text": chosen.as_ref().map(|chosen| chosen.text.as_str()).unwrap_or_default(),
        "errors": errors,
    });
    Page::new(visit, "cases-desk/cluster.html").form().status(status).render(&context)
}

fn row(visit: &Visit, cluster: &Cluster, member: &Member, chosen: Option<&Chosen>) -> Value {
    let line = &member.line;
    let into = chosen.map_or(cluster.main == line.number, |chosen| chosen.into == line.number);
    let picked = chosen.is_none_or(|chosen| chosen.list.contains(&line.number));
    json!({
        "number": line.number, "title": line.title, "href": kit::href(visit, &line.number), "begins": member.begins,
        "state": kit::state(line.phase, &line.state_name), "filed_at": line.filed_at.micros(),
        "share": (member.per_mille + 5) / 10, "supports": line.supports, "into": into, "picked": picked,
    })
}

pub(super) async fn act(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let chosen = Chosen {
        into: input.text("into").to_owned(),
        list: input.list("list").into_iter().map(str::to_owned).collect(),
        text: input.text("text").to_owned(),
    };
    let (ctx, cases, sent) = (visit.ctx.clone(), kit::cases(&visit)?, chosen.clone());
    let outcome = app.db.write(move |tx| put_together(tx, &ctx, &cases, &sent)).await;
    let Err(error) = outcome else { return Ok(done(&visit, &kit::path(&chosen.into), "case-merged")) };
    let error = keep_for_form(error)?;
    let mut errors = form_errors(&app, &visit, &error);
    for error in &mut errors {
        if error.field == "reason" {
            "text".clone_into(&mut error.field);
            error.message = t(
                &visit,
                "filing-error-at",
                &[("field", t(&visit, "desk-text-reason", &[]).into()), ("message", error.message.as_str().into())],
            );
        }
    }
    let (slug, number) = (input.text("organisation"), input.text("number"));
    cluster(&app, &visit, slug, number, Some(chosen), errors, status_of(error.kind())).await
}

/// The others go into the chosen one. Whoever else acted on one of them meanwhile is told by the verb.
fn put_together(tx: &mut Tx, ctx: &Ctx, cases: &Cases, chosen: &Chosen) -> Result<()> {
    let missing = |field: &'static str| Err(Error::invalid("desk.choose").field(field, "desk.choose"));
    if chosen.into.is_empty() {
        return missing("into");
    }
    let from: Vec<String> = chosen.list.iter().filter(|number| **number != chosen.into).cloned().collect();
    if from.is_empty() {
        return missing("list");
    }
    merge::merge(tx, ctx, cases, &chosen.into, &from, &chosen.text).map(drop)
}
