//! The frame of a page: what `base.html` asks for, and the answer made of a template and a context.

use axum::response::{Html, IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::{HeaderValue, LOCATION};
use madang_base::{Error, LocalizedText};
use madang_http::{App, Failure, Outcome, Visit};
use madang_kernel::Role;
use madang_kernel::ledger::ReceiptCode;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::i18n::{Arg, FieldMessage};
use crate::wiring::Wiring;

/// What `base.html` reads as `page`.
#[derive(Debug, Serialize)]
pub struct Frame<'a> {
    path: &'a str,
    query: &'a str,
    plan: Option<String>,
    account: Option<AccountLine>,
    csrf: String,
    text: &'static str,
    mode: &'static str,
    demo: bool,
    site: SiteLine<'a>,
    flash: Vec<Flash>,
}

#[derive(Debug, Serialize)]
struct AccountLine {
    name: String,
    officer: bool,
    admin: bool,
}

#[derive(Debug, Serialize)]
struct SiteLine<'a> {
    name: &'a LocalizedText,
    government: &'a LocalizedText,
    official: bool,
}

/// A message on top of a page, once.
#[derive(Clone, Debug, Serialize)]
pub struct Flash {
    pub kind: &'static str,
    pub message: String,
    /// Where more of it is.
    pub more: Option<FlashLink>,
}

/// A link beside a message.
#[derive(Clone, Debug, Serialize)]
pub struct FlashLink {
    pub href: String,
    pub label: String,
}

/// What was done, told on the page that follows: `?done=followed` shows the message `done-followed`.
const DONE: &str = "done";
/// The receipt of what was done, beside the message.
const RECEIPT: &str = "receipt";

/// A page in the making.
#[derive(Debug)]
pub struct Page<'a> {
    visit: &'a Visit,
    template: &'static str,
    status: StatusCode,
    form: bool,
    flash: Vec<Flash>,
}

impl<'a> Page<'a> {
    #[must_use]
    pub fn new(visit: &'a Visit, template: &'static str) -> Self {
        Self { visit, template, status: StatusCode::OK, form: false, flash: Vec::new() }
    }

    /// The page has a form: give it a token.
    #[must_use]
    pub fn form(mut self) -> Self {
        self.form = true;
        self
    }

    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    #[must_use]
    pub fn flash(mut self, kind: &'static str, message: String) -> Self {
        self.flash.push(Flash { kind, message, more: None });
        self
    }

    /// Renders the template with this context. A context is an object; `page` is added to it.
    ///
    /// # Errors
    /// `Kind::Internal` when the template asks for what the context lacks.
    pub fn render(self, context: &impl Serialize) -> Outcome {
        let status = self.status;
        let html = self.html(context)?;
        Ok((status, Html(html)).into_response())
    }

    /// The page as text.
    ///
    /// # Errors
    /// As [`Page::render`].
    pub fn html(self, context: &impl Serialize) -> Result<String, Error> {
        let visit = self.visit;
        let wiring = visit.app.own::<Wiring>()?;
        let mut flash = self.flash;
        if let Some(code) = query_value(&visit.query, DONE) {
            let key = format!("done-{code}");
            if wiring.templates.catalogue().has(visit.locale, &key) {
                flash.push(Flash {
                    kind: "success",
                    message: wiring.templates.catalogue().text(visit.locale, &key, &[]),
                    more: receipt_link(visit),
                });
            }
        }
        let frame = Frame {
            path: &visit.path,
            query: &visit.query,
            plan: wiring.plan_in_force(),
            account: visit.person().map(|person| AccountLine {
                name: Some(visit.account_name())
                    .filter(|name| !name.is_empty())
                    .unwrap_or_else(|| words(visit, "me-title", &[])),
                officer: person
                    .grants
                    .iter()
                    .any(|g| matches!(g.role, Role::Officer | Role::Lead | Role::CivilSociety)),
                admin: person.grants.iter().any(|g| g.role == Role::Administrator),
            }),
            csrf: if self.form || visit.session.is_some() { visit.form_token() } else { String::new() },
            text: visit.preferences.text,
            mode: visit.preferences.mode,
            demo: visit.app.site.demo,
            site: SiteLine {
                name: &visit.app.site.name,
                government: &visit.app.site.government,
                official: visit.app.site.official,
            },
            flash,
        };
        let mut context = match serde_json::to_value(context).map_err(Error::internal)? {
            Value::Object(map) => map,
            Value::Null => Map::new(),
            other => return Err(Error::internal(format!("a page's context is an object, not {other}"))),
        };
        context.insert("page".into(), serde_json::to_value(frame).map_err(Error::internal)?);
        wiring.templates.render(self.template, visit.locale, &context)
    }
}

/// A message in the visitor's language.
#[must_use]
pub fn words(visit: &Visit, key: &str, args: &[(&str, Arg)]) -> String {
    visit.app.own::<Wiring>().map_or_else(|_| key.to_owned(), |w| w.templates.catalogue().text(visit.locale, key, args))
}

/// The value of one parameter of a query.
#[must_use]
pub fn query_value(query: &str, name: &str) -> Option<String> {
    serde_urlencoded::from_str::<Vec<(String, String)>>(query)
        .ok()?
        .into_iter()
        .find(|(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value)
}

/// After an act: to a page of this site, which says what was done.
#[must_use]
pub fn done(visit: &Visit, path: &str, code: &str) -> Response {
    let mark = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{}{mark}{DONE}={code}", visit.url(path))).into_response()
}

/// The same with the receipt of the act.
#[must_use]
pub fn with_receipt(mut response: Response, receipt: Option<ReceiptCode>) -> Response {
    let place = response.headers().get(LOCATION).and_then(|place| place.to_str().ok()).map(str::to_owned);
    if let (Some(place), Some(code)) = (place, receipt)
        && let Ok(place) = HeaderValue::from_str(&format!("{place}&{RECEIPT}={code}"))
    {
        response.headers_mut().insert(LOCATION, place);
    }
    response
}

/// Whoever writes another code into the address gets a link to another receipt, and nothing else.
fn receipt_link(visit: &Visit) -> Option<FlashLink> {
    let code: ReceiptCode = query_value(&visit.query, RECEIPT)?.parse().ok()?;
    Some(FlashLink { href: visit.url(&crate::pages::receipts::path(&code)), label: words(visit, "proof-see", &[]) })
}

/// The errors of a form, field by field, and the one that stands for all of it when no field is named.
#[must_use]
pub fn form_errors(app: &App, visit: &Visit, error: &Error) -> Vec<FieldMessage> {
    let Ok(wiring) = app.own::<Wiring>() else { return Vec::new() };
    let catalogue = wiring.templates.catalogue();
    let fields = catalogue.field_errors(visit.locale, error);
    if fields.is_empty() {
        return vec![FieldMessage { field: String::new(), message: catalogue.error(visit.locale, error) }];
    }
    fields
}

/// Whether an error belongs beside the form that caused it; others become error pages.
#[must_use]
pub fn belongs_to_form(error: &Error) -> bool {
    use madang_base::Kind::{Conflict, Invalid, RateLimited, Unauthenticated};
    matches!(error.kind(), Invalid | Conflict | RateLimited)
        || (error.kind() == Unauthenticated && !error.fields().is_empty())
}

/// Passes an error on unless it belongs to the form.
///
/// # Errors
/// The same error, when the form cannot show it.
pub fn keep_for_form(error: Error) -> Result<Error, Failure> {
    if belongs_to_form(&error) { Ok(error) } else { Err(Failure(error)) }
}
