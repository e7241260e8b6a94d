//! The pages and files: who is meant, which days, and the answer in the form that was asked for.

use std::sync::Arc;

use axum::extract::Path;
use http::{HeaderMap, StatusCode};
use madang_base::{Error, Result};
use madang_cases::Cases;
use madang_cases::figures::{self, Asked, Dashboard};
use madang_cases::registry::ServiceVersion;
use madang_db::Tx;
use madang_http::{Outcome, Visit};
use madang_kernel::Ctx;
use madang_kernel::organisation::{self, Organisation};
use serde_json::json;

use super::super::plans::address::{Format, split};
use super::super::receipts::check::{self, Check};
use super::super::services::cases;
use super::map::{self, Province};
use super::range::{self, Range};
use super::{tables, view};
use crate::export;
use crate::page::{Page, form_errors, query_value};

/// Whose figures: of all, of a service, of an agency, of a service at an agency.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub service: Option<Arc<ServiceVersion>>,
    pub agency: Option<Organisation>,
}

impl Scope {
    /// # Errors
    /// `service.unknown`, `organisation.unknown`; those of the database.
    fn read(tx: &mut Tx, cases: &Cases, service: Option<&str>, agency: Option<&str>) -> Result<Self> {
        let service = service.map(|id| cases.services.current(tx, id)).transpose()?;
        let agency = match agency {
            None => None,
            Some(slug) => {
                let unknown = || Error::not_found("organisation.unknown").arg("value", slug);
                Some(organisation::by_slug(tx, slug)?.ok_or_else(unknown)?)
            }
        };
        Ok(Self { service, agency })
    }

    fn asked(&self, range: &Range, area: Option<String>) -> Asked {
        Asked {
            service: self.service.as_ref().map(|version| version.definition.id.clone()),
            agency: self.agency.as_ref().map(|agency| agency.id),
            since: range.since,
            until: range.until,
            area,
        }
    }

    /// The page's path without language and query.
    #[must_use]
    pub fn path(&self) -> String {
        match (&self.agency, &self.service) {
            (Some(agency), _) => format!("/figures/agencies/{}", agency.slug),
            (None, Some(version)) => format!("/figures/services/{}", version.definition.id),
            (None, None) => "/figures".to_owned(),
        }
    }

    /// What the path does not say: the service on an agency's page.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        match (&self.agency, &self.service) {
            (Some(_), Some(version)) => vec![("service".to_owned(), version.definition.id.clone())],
            _ => Vec::new(),
        }
    }
}

/// What was read for a page.
#[derive(Debug)]
pub struct Found {
    pub scope: Scope,
    pub board: Dashboard,
    /// Some area is too small to tell.
    pub few: bool,
    /// What is inside the province that was chosen.
    pub inside: Option<Inside>,
}

/// The districts of a province.
#[derive(Debug)]
pub struct Inside {
    pub province: &'static Province,
    pub areas: Vec<(String, Option<i64>)>,
    /// Some district is too small to tell.
    pub few: bool,
}

pub async fn all(visit: Visit, headers: HeaderMap) -> Outcome {
    answer(visit, headers, None, None, Format::Page).await
}

pub async fn all_csv(visit: Visit, headers: HeaderMap) -> Outcome {
    answer(visit, headers, None, None, Format::Csv).await
}

pub async fn all_json(visit: Visit, headers: HeaderMap) -> Outcome {
    answer(visit, headers, None, None, Format::Json).await
}

pub async fn service(visit: Visit, Path((_, word)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let (id, format) = split(&word);
    answer(visit, headers, Some(id.to_owned()), None, format).await
}

pub async fn agency(visit: Visit, Path((_, word)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let (slug, format) = split(&word);
    let service = query_value(&visit.query, "service");
    answer(visit, headers, service, Some(slug.to_owned()), format).await
}

async fn answer(
    visit: Visit,
    headers: HeaderMap,
    service: Option<String>,
    agency: Option<String>,
    format: Format,
) -> Outcome {
    let range = range::read(&visit.query, visit.ctx.now.kst_date());
    match format {
        Format::Page => {
            let range = match range {
                Ok(range) => range,
                Err(error) => return wrong(&visit, service, agency, &error).await,
            };
            let found = read(&visit, service, agency, range).await?;
            let mut context = view::page(&visit, &found, &range);
            let data_href = view::link(&visit, &found.scope, &range, ".json", &[]);
            let position = Some(found.board.position);
            context["check"] = check::of(&visit, Check { key: "figures", position, object: None, data_href }).await;
            Page::new(&visit, "figures/show.html").render(&context)
        }
        Format::Csv => {
            let (range, word) = (range?, query_value(&visit.query, "table"));
            let table = tables::asked(word.as_deref())?;
            let mut found = read(&visit, service, agency, range).await?;
            if let Some(inside) = found.inside.take() {
                found.board.areas = inside.areas;
            }
            let (heads, rows) = tables::table(&found.board, table);
            let name = file_name(&found.scope, table.code());
            Ok(export::csv(&headers, &name, &heads, &rows)?)
        }
        Format::Json => {
            let range = range?;
            let found = read(&visit, service, agency, range).await?;
            Ok(export::json(
                &headers,
                &json!({
                    "service": found.scope.service.as_ref().map(|version| &version.definition.id),
                    "agency": found.scope.agency.as_ref().map(|agency| &agency.slug),
                    "since": range.since.to_string(), "until": range.until.to_string(),
                    "figures": found.board, "inside": found.inside.map(|inside| inside.areas),
                }),
            )?)
        }
        Format::Xlsx | Format::Atom | Format::Ics => Err(Error::not_found("page.unknown").into()),
    }
}

fn file_name(scope: &Scope, table: &str) -> String {
    let agency = scope.agency.as_ref().map(|agency| agency.slug.as_str());
    let service = scope.service.as_ref().map(|version| version.definition.id.as_str());
    let parts: Vec<&str> = [Some("figures"), agency, service, Some(table)].into_iter().flatten().collect();
    format!("{}.csv", parts.join("-"))
}

async fn read(visit: &Visit, service: Option<String>, agency: Option<String>, range: Range) -> Result<Found> {
    let (there, ctx) = (cases(visit)?, visit.ctx.clone());
    let province = query_value(&visit.query, "province").as_deref().and_then(map::by_key);
    visit
        .app
        .db
        .read(move |tx| {
            let scope = Scope::read(tx, &there, service.as_deref(), agency.as_deref())?;
            let mut board = figures::dashboard(tx, &ctx, &there, &scope.asked(&range, None))?;
            let inside = match province {
                None => None,
                Some(province) => Some(inside(tx, &ctx, &there, &scope, &range, &board, province)?),
            };
            let (areas, few) = map::told(std::mem::take(&mut board.areas));
            board.areas = areas;
            Ok(Found { scope, board, few, inside })
        })
        .await
}

/// What is inside a province, however people wrote its name.
fn inside(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    scope: &Scope,
    range: &Range,
    board: &Dashboard,
    province: &'static Province,
) -> Result<Inside> {
    let mut areas = Vec::new();
    let written = board.areas.iter().filter(|(area, _)| map::split(area).0 == Some(province));
    for (area, _) in written {
        areas.extend(figures::dashboard(tx, ctx, cases, &scope.asked(range, Some(area.clone())))?.areas);
    }
    let (areas, few) = map::told(areas);
    Ok(Inside { province, areas, few })
}

/// The form again with what was typed, and what is wrong with it.
async fn wrong(visit: &Visit, service: Option<String>, agency: Option<String>, error: &Error) -> Outcome {
    let there = cases(visit)?;
    let scope = visit.app.db.read(move |tx| Scope::read(tx, &there, service.as_deref(), agency.as_deref())).await?;
    let errors = form_errors(&visit.app, visit, error);
    Page::new(visit, "figures/show.html").status(StatusCode::UNPROCESSABLE_ENTITY).render(&view::wrong(
        visit,
        &scope,
        &json!(errors),
    ))
}
