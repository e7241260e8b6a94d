//! Writing: the screens of a filing form. Everything typed is kept as a draft, right or wrong, at every press of a button;
//! a form whose session ended in between is shown again as it was typed.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use madang_base::{Error, FieldError, Result};
use madang_cases::registry::ServiceVersion;
use madang_cases::service::draft::{self, Draft};
use madang_form::{Answers, Definition, Party, Raw};
use madang_http::{Input, Outcome, Sent, Visit};
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use serde::Deserialize;
use serde_json::json;

use super::fields::{self, Form};
use super::uploads::{self, Uploads};
use super::{address, alike, cases, current, drafts, review, shapes};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, words};

type Place = Path<(String, String, u8)>;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Show what is still missing.
    #[serde(default)]
    check: String,
}

/// Where writing begins: the screen that was written last, or the first.
pub async fn begin(visit: Visit, Path((_, id)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let version = current(&visit, &id).await?;
    drafts::adopt(&visit, &headers).await?;
    let draft = match drafts::known(&visit, &headers) {
        Some(owner) => drafts::get(&visit, &owner, &version.definition.id).await?,
        None => None,
    };
    let screen = draft.map_or(1, |draft| draft.screen.clamp(1, version.definition.screens() - 1));
    Ok(Redirect::to(&address::screen(&visit, &version.definition.id, screen)).into_response())
}

/// A screen; the last one is the review.
pub async fn show(
    visit: Visit,
    Path((_, id, screen)): Place,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Outcome {
    let version = current(&visit, &id).await?;
    let def = &version.definition;
    open_for_filing(&visit, &version)?;
    if screen == 0 || screen > def.screens() {
        return Err(Error::not_found("page.unknown").into());
    }
    drafts::adopt(&visit, &headers).await?;
    let draft = match drafts::known(&visit, &headers) {
        Some(owner) => drafts::get(&visit, &owner, &def.id).await?,
        None => None,
    };
    if screen == def.screens() {
        return review::show(&visit, &version, draft).await;
    }
    let mut screen = Screen::new(version.clone(), screen);
    if let Some(draft) = draft {
        screen.take(&draft);
        if !asked.check.is_empty() {
            screen.errors = missing(def, screen.no, &draft.answers, visit.ctx.now.kst_date());
        }
    }
    screen.page(&visit).await
}

/// What keeps the screen from being sent on.
pub fn missing(def: &Definition, screen: u8, answers: &Answers, today: jiff::civil::Date) -> Vec<FieldError> {
    let faults = madang_form::values::complete(def, &Party::Author, answers, today);
    let of = |error: &FieldError| error.field.split('.').next().and_then(|id| def.field(id)).map(|field| field.screen);
    faults.into_iter().filter(|error| of(error) == Some(screen)).collect()
}

/// # Errors
/// `case.filing-shut`, with the page of the service saying the rest.
pub fn open_for_filing(visit: &Visit, version: &ServiceVersion) -> Result<()> {
    if shapes::open(version, visit.ctx.now.kst_date()) { Ok(()) } else { Err(Error::conflict("case.filing-shut")) }
}

/// A press of one of the buttons.
pub async fn act(visit: Visit, Path((_, id, no)): Place, headers: HeaderMap, sent: Sent) -> Outcome {
    let version = current(&visit, &id).await?;
    let def = &version.definition;
    open_for_filing(&visit, &version)?;
    if no == 0 || no > def.screens() {
        return Err(Error::not_found("page.unknown").into());
    }
    if no == def.screens() {
        return review::act(&visit, &version, &headers, sent).await;
    }
    let own = drafts::own(&visit, &headers);
    let before = drafts::get(&visit, &own.owner, &def.id).await?;
    let mut screen = Screen::new(version.clone(), no);
    if let Some(draft) = &before {
        screen.take(draft);
    }
    let input = &sent.input;
    let go = input.text("go").to_owned();
    screen.typed(input);
    let mut wrong = Vec::new();
    let empty = Uploads::new();
    let asked = screen.form(&visit, &[], &empty);
    let names: Vec<_> = asked.fields().into_iter().cloned().collect();
    let fresh = uploads::of_fields(&visit, input, &names.iter().collect::<Vec<_>>(), &mut wrong).await?;
    if !sent.holds() {
        screen.held = fresh;
        screen.ended = true;
        return screen.page(&visit).await;
    }
    if go == "discard" {
        let (owner, service) = (own.owner.clone(), def.id.clone());
        visit.app.db.write(move |tx| draft::discard(tx, &owner, &service)).await?;
        return Ok(done(&visit, "/services", "filing-discarded"));
    }
    screen.row(&go);
    let saved = save(&visit, &own.owner, &version, no, &screen.raw, fresh).await?;
    screen.saved(&saved);
    let mut response = match alike::pressed(&visit, &own.owner, def, input, no).await? {
        Some(response) => response,
        None => screen.next(&visit, &go, wrong, &saved).await?,
    };
    own.remember(&visit, &mut response);
    Ok(response)
}

async fn save(
    visit: &Visit,
    owner: &draft::DraftOwner,
    version: &ServiceVersion,
    no: u8,
    raw: &Raw,
    files: Uploads,
) -> Result<Draft> {
    let (ctx, cases, owner) = (visit.ctx.clone(), cases(visit)?, owner.clone());
    let (service, raw) = (version.definition.id.clone(), raw.clone());
    visit.app.db.write(move |tx| draft::save(tx, &ctx, &cases, &owner, &service, no, &raw, &files)).await
}

/// A screen with what stands in it.
struct Screen {
    version: Arc<ServiceVersion>,
    no: u8,
    raw: Raw,
    answers: Answers,
    held: Uploads,
    rows: BTreeMap<String, usize>,
    errors: Vec<FieldError>,
    saved_at: Option<i64>,
    ended: bool,
}

impl Screen {
    fn new(version: Arc<ServiceVersion>, no: u8) -> Self {
        Self {
            version,
            no,
            raw: Raw::default(),
            answers: Answers::default(),
            held: Uploads::new(),
            rows: BTreeMap::new(),
            errors: Vec::new(),
            saved_at: None,
            ended: false,
        }
    }

    fn take(&mut self, draft: &Draft) {
        self.raw = draft.raw.clone();
        self.answers = draft.answers.clone();
        self.saved_at = Some(draft.updated_at.micros());
    }

    /// What came with the form stands in the place of what was there; other screens keep theirs.
    fn typed(&mut self, input: &Input) {
        let here: Vec<&str> =
            self.version.definition.fields.iter().filter(|f| f.screen == self.no).map(|f| f.id.as_str()).collect();
        self.raw = Raw::default();
        for (name, value) in input.fields() {
            let id = name.split('.').next().unwrap_or(name);
            if here.contains(&id) && !name.ends_with(".held") {
                self.raw.push(name, value);
            }
        }
        if let Some((field, sha256)) = input.text("go").strip_prefix("drop:").and_then(|rest| rest.split_once(':')) {
            self.raw.push(format!("{field}.remove"), sha256);
        }
    }

    /// One row of a table more or less.
    fn row(&mut self, go: &str) {
        if let Some(table) = go.strip_prefix("more:") {
            self.rows.insert(table.to_owned(), fields::typed_rows(&self.raw, table) + 1);
        }
        if let Some((table, at)) = go.strip_prefix("less:").and_then(|rest| rest.split_once(':'))
            && let Ok(at) = at.parse()
        {
            self.raw = fields::without_row(&self.raw, table, at);
        }
    }

    fn saved(&mut self, draft: &Draft) {
        self.answers = draft.answers.clone();
        self.saved_at = Some(draft.updated_at.micros());
    }

    /// Where a button leads once everything is kept.
    async fn next(
        mut self,
        visit: &Visit,
        go: &str,
        wrong: Vec<FieldError>,
        draft: &Draft,
    ) -> Result<Response, madang_http::Failure> {
        let service = self.version.definition.id.clone();
        let to = |screen: u8| Ok(Redirect::to(&address::screen(visit, &service, screen)).into_response());
        let files_only = !wrong.is_empty();
        self.errors = wrong;
        if go == "next" {
            self.errors.extend(draft.errors.iter().cloned());
            let known: Vec<String> = self.errors.iter().map(|error| error.field.clone()).collect();
            let today = visit.ctx.now.kst_date();
            let more = missing(&self.version.definition, self.no, &draft.answers, today);
            self.errors.extend(more.into_iter().filter(|error| !known.contains(&error.field)));
            if self.errors.is_empty() {
                return match alike::detour(visit, &self.version, self.no, draft).await {
                    Some(href) => Ok(Redirect::to(&href).into_response()),
                    None => to(self.no + 1),
                };
            }
            return self.page(visit).await;
        }
        if files_only || !self.rows.is_empty() {
            return self.page(visit).await;
        }
        match go {
            "back" => to(self.no.saturating_sub(1).max(1)),
            "save" => Ok(done(visit, &format!("/services/{service}/new/{}", self.no), "filing-saved")),
            _ => {
                let field = go.split(':').nth(1).unwrap_or("");
                let mark = if field.is_empty() { String::new() } else { format!("#f-{field}") };
                Ok(Redirect::to(&format!("{}{mark}", address::screen(visit, &service, self.no))).into_response())
            }
        }
    }

    fn form<'a>(&'a self, visit: &'a Visit, agencies: &'a [Organisation], held: &'a Uploads) -> Form<'a> {
        Form {
            visit,
            def: &self.version.definition,
            by: Party::Author,
            screen: Some(self.no),
            raw: &self.raw,
            answers: &self.answers,
            agencies,
            held,
            rows: self.rows.clone(),
            files_at: visit.url(&format!("/services/{}/new/files", self.version.definition.id)),
            today: visit.ctx.now.kst_date(),
        }
    }

    async fn page(self, visit: &Visit) -> Outcome {
        let def = &self.version.definition;
        let agencies = agencies(visit).await?;
        let form = self.form(visit, &agencies, &self.held);
        let errors = match self.errors.is_empty() {
            true => Vec::new(),
            false => {
                let error = self.errors.iter().cloned().fold(Error::invalid("case.filing-invalid"), Error::field_error);
                form_errors(&visit.app, visit, &error)
            }
        };
        let status = match (self.ended, errors.is_empty()) {
            (true, _) => StatusCode::FORBIDDEN,
            (false, true) => StatusCode::OK,
            (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let context = json!({
            "service": { "name": def.name, "href": address::service(visit, &def.id) },
            "action": address::screen(visit, &def.id, self.no), "screen": self.no, "screens": screens(visit, def),
            "fields": form.shown(), "summary": summary(visit, def, &errors), "errors": errors, "max_bytes": mega(visit.app.blobs.limits().bytes),
            "saved_at": self.saved_at, "held": self.ended, "note": "",
            "back_href": if self.no > 1 { address::screen(visit, &def.id, self.no - 1) } else { String::new() },
            "alike": alike::asks(visit, def, self.no),
            "before": (self.no == 1 && !def.filing.before.is_empty()).then_some(&def.filing.before),
            "discard": self.saved_at.is_some(),
        });
        Page::new(visit, "services/form.html").form().status(status).render(&context)
    }
}

/// The same errors with the names of their fields: out of their place they say nothing.
fn summary(visit: &Visit, def: &Definition, errors: &[FieldMessage]) -> Vec<FieldMessage> {
    let named = |error: &FieldMessage| {
        let field = def.field(error.field.split('.').next().unwrap_or(""));
        let message = field.map_or_else(
            || error.message.clone(),
            |field| {
                let args = [("field", field.name.get(visit.locale).into()), ("message", error.message.as_str().into())];
                words(visit, "filing-error-at", &args)
            },
        );
        FieldMessage { field: error.field.clone(), message }
    };
    errors.iter().map(named).collect()
}

/// The names of the screens.
pub fn screens(visit: &Visit, def: &Definition) -> Vec<String> {
    let last = def.screens();
    (1..=last)
        .map(|no| {
            let key = match no {
                _ if no == last => "filing-screen-review",
                1 => "filing-screen-first",
                _ => "filing-screen-second",
            };
            words(visit, key, &[])
        })
        .collect()
}

/// Agencies that can be asked, by name.
///
/// # Errors
/// Those of the database.
pub async fn agencies(visit: &Visit) -> Result<Vec<Organisation>> {
    let mut all = visit.app.db.read(|tx| organisation::list(tx, Some(OrganisationKind::Agency))).await?;
    all.sort_by(|a, b| a.name.get(visit.locale).cmp(b.name.get(visit.locale)));
    Ok(all)
}

/// `20 MB`
pub fn mega(bytes: usize) -> String {
    format!("{} MB", bytes >> 20)
}
