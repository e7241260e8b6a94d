//! The offices of one agency: whom to ask, when it last said that this is right, what it handles most.

use axum::extract::Path;
use http::HeaderMap;
use jiff::ToSpan as _;
use madang_base::Error;
use madang_cases::Cases;
use madang_cases::figures::{Asked, dashboard};
use madang_http::{Outcome, Visit};
use madang_identity::directory;
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{ObjectKind, Owner, Verb};
use serde_json::{Value, json};

use super::answer::address_of;
use super::shape;
use crate::export;
use crate::page::Page;
use crate::pages::plans::{Format, address};

/// Services that an agency handles most.
const HANDLES: usize = 6;

pub(super) async fn show(visit: Visit, Path((_, word)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let (slug, format) = address::split(&word);
    let slug = slug.to_owned();
    let cases = visit.app.own::<Cases>()?.clone();
    let (own, ctx, today) = (cases.clone(), visit.ctx.clone(), visit.ctx.now.kst_date());
    let since = today.checked_sub(1.year()).map_err(Error::internal)?;
    let (agency, contacts, services, handled) = visit
        .app
        .db
        .read(move |tx| {
            let unknown = || Error::not_found("organisation.unknown").arg("value", &slug);
            let agency = organisation::by_slug(tx, &slug)?.filter(|found| found.kind == OrganisationKind::Agency);
            let agency = agency.ok_or_else(unknown)?;
            let contacts = directory::contacts(tx, Some(agency.id))?;
            let asked = Asked { service: None, agency: Some(agency.id), since, until: today, area: None };
            let handled = dashboard(tx, &ctx, &own, &asked)?.services;
            Ok((agency, contacts, shape::definitions(tx, &own)?, handled))
        })
        .await?;
    match format {
        Format::Csv => {
            let rows = shape::rows(&agency.slug, &agency.name, &contacts);
            let name = format!("offices-{}.csv", agency.slug);
            return Ok(export::csv(&headers, &name, &shape::HEADS.map(str::to_owned), &rows)?);
        }
        Format::Json => return Ok(export::json(&headers, &shape::data(&agency.slug, &agency.name, &contacts))?),
        _ => {}
    }
    let handles: Vec<Value> = handled
        .iter()
        .filter(|line| line.counts.received > 0)
        .take(HANDLES)
        .map(|line| {
            let href = address_of(&visit.url("/cases"), &[("agency", &agency.slug), ("service", &line.slug)]);
            json!({ "name": line.name, "n": line.counts.received, "href": href })
        })
        .collect();
    let (officers, offices): (Vec<_>, Vec<_>) =
        contacts.iter().partition(|contact| contact.role == directory::ContactRole::Officer);
    let card = |contact: &&directory::Contact| shape::office(contact, visit.ctx.now, &[]);
    let confirmed = contacts.iter().map(|contact| contact.confirmed_at.micros()).min();
    let edits = visit.ctx.may(Verb::Edit, ObjectKind::Contact, Some(Owner::Organisation(agency.id)));
    let page = |path: &str| visit.url(&format!("{path}/{}", agency.slug));
    Page::new(&visit, "offices/agency.html").render(&json!({
        "agency": { "name": agency.name, "href": page("/offices"), "about_href": page("/agencies") },
        "officers": officers.iter().map(card).collect::<Vec<Value>>(),
        "offices": offices.iter().map(card).collect::<Vec<Value>>(),
        "confirmed": confirmed,
        "services": shape::services(&visit, &cases, &services, &agency.slug),
        "handles": handles, "figures_href": page("/figures/agencies"),
        "cases_href": address_of(&visit.url("/cases"), &[("agency", &agency.slug)]),
        "edit_href": if edits { address_of(&visit.url("/desk/offices"), &[("agency", &agency.slug)]) } else { String::new() },
    }))
}
