//! An operation of the REST API, declared once: route, guard and description come from the same value.

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse as _;
use axum::routing::MethodRouter;
use http::{Method, StatusCode};
use madang_base::Error;
use madang_http::{Access, App, Failure, Route};
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
}

/// A parameter of an operation; all are strings on the wire.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: &'static str,
    pub place: Place,
    pub what: &'static str,
    pub example: &'static str,
}

/// What a body is, or an answer: its media type and, for JSON, its schema.
#[derive(Debug)]
pub struct Body {
    pub media_type: &'static str,
    pub schema: Option<fn(&mut SchemaGenerator) -> Schema>,
}

/// One row of the REST API.
pub struct Operation {
    pub method: Method,
    pub path: &'static str,
    /// `operationId`, unique.
    pub id: &'static str,
    /// The section of the document: plans, agencies, …
    pub tag: &'static str,
    pub summary: &'static str,
    pub parameters: Vec<Parameter>,
    pub request: Option<Body>,
    /// Whether the body may be left out.
    pub bare: bool,
    /// None: an answer without a body.
    pub response: Option<Body>,
    pub status: u16,
    /// Of what was done before and is answered again (200), where that is another one.
    pub again: bool,
    /// Bytes; none: what is usual.
    pub body_limit: Option<usize>,
    pub access: Access,
    pub handler: MethodRouter<App>,
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({})", self.method, self.path, self.id)
    }
}

impl Operation {
    /// Something that is read by everybody and answers with a JSON document of type `T`.
    pub fn read<T: JsonSchema>(
        path: &'static str,
        id: &'static str,
        summary: &'static str,
        handler: MethodRouter<App>,
    ) -> Self {
        Self {
            method: Method::GET,
            path,
            id,
            tag: path.trim_start_matches("/api/v1/").split('/').next().unwrap_or("general"),
            summary,
            parameters: path_parameters(path),
            request: None,
            bare: false,
            response: Some(Body { media_type: "application/json", schema: Some(SchemaGenerator::subschema_for::<T>) }),
            status: 200,
            again: false,
            body_limit: None,
            access: Access::Public,
            handler,
        }
    }

    /// Something that is done: takes a `B`, answers with a `T`, for those whom `access` lets through.
    pub fn act<B: JsonSchema, T: JsonSchema>(
        path: &'static str,
        id: &'static str,
        summary: &'static str,
        access: Access,
        handler: MethodRouter<App>,
    ) -> Self {
        Self {
            method: Method::POST,
            request: Some(Body { media_type: "application/json", schema: Some(SchemaGenerator::subschema_for::<B>) }),
            status: 201,
            access,
            ..Self::read::<T>(path, id, summary, handler)
        }
    }

    /// Something that is taken away: answers with nothing.
    pub fn remove(
        path: &'static str,
        id: &'static str,
        summary: &'static str,
        access: Access,
        handler: MethodRouter<App>,
    ) -> Self {
        Self {
            method: Method::DELETE,
            response: None,
            status: 204,
            access,
            ..Self::read::<serde_json::Value>(path, id, summary, handler)
        }
    }

    /// The body may be left out.
    #[must_use]
    pub fn or_bare(self) -> Self {
        Self { bare: true, ..self }
    }

    /// Takes a `B`.
    #[must_use]
    pub fn taking<B: JsonSchema>(self) -> Self {
        let request = Body { media_type: "application/json", schema: Some(SchemaGenerator::subschema_for::<B>) };
        Self { request: Some(request), ..self }
    }

    #[must_use]
    pub fn with_method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    /// The status of success, where it is not the usual one.
    #[must_use]
    pub fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Only for those whom `access` lets through.
    #[must_use]
    pub fn for_whom(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// Room for files, in bytes.
    #[must_use]
    pub fn with_body_limit(self, bytes: usize) -> Self {
        Self { body_limit: Some(bytes), ..self }
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(mut self, name: &'static str, what: &'static str, example: &'static str) -> Self {
        self.parameters.push(Parameter { name, place: Place::Query, what, example });
        self
    }

    /// Adds a header that may be left out.
    #[must_use]
    pub fn header(mut self, name: &'static str, what: &'static str, example: &'static str) -> Self {
        self.parameters.push(Parameter { name, place: Place::Header, what, example });
        self
    }

    /// Doing it twice is doing it once, and the second time is answered with 200.
    #[must_use]
    pub fn or_again(self) -> Self {
        Self { again: true, ..self }
    }

    /// The row of the route table. A query parameter that the operation does not know is refused: a misspelt filter would
    /// give everything.
    #[must_use]
    pub fn into_route(self) -> Route {
        let known: Vec<&'static str> =
            self.parameters.iter().filter(|p| p.place == Place::Query).map(|p| p.name).collect();
        let handler = self.handler.layer(from_fn(move |request: Request, next: Next| {
            let unknown = unknown(request.uri().query().unwrap_or_default(), &known);
            async move {
                match unknown {
                    None => next.run(request).await,
                    Some(error) => (StatusCode::BAD_REQUEST, Failure(error)).into_response(),
                }
            }
        }));
        let route = Route::api(self.method, self.path, self.access, handler);
        match self.body_limit {
            Some(bytes) => route.with_body_limit(bytes),
            None => route,
        }
    }
}

/// The error of the first parameter that is not known.
fn unknown(query: &str, known: &[&'static str]) -> Option<Error> {
    let code = "api.parameter-unknown";
    let given = serde_urlencoded::from_str::<Vec<(String, String)>>(query);
    let Ok(given) = given else { return Some(Error::invalid("api.query")) };
    let (name, _) = given.into_iter().find(|(name, _)| !known.contains(&name.as_str()))?;
    let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
    Some(Error::invalid(code).arg("name", &name).arg("known", known).field(name, code))
}

fn path_parameters(path: &'static str) -> Vec<Parameter> {
    let case = path.starts_with("/api/v1/cases/");
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            let (what, example) = match name {
                "number" if case => ("number of the case", "PT-2026-7K3F-9Q2X"),
                "service" => ("id of the channel", "petition"),
                "step" => ("id of the step in the channel's definition", "answer"),
                "clock" => ("id of the clock in the channel's definition", "decide"),
                "webhook" => ("id of the webhook", "019ca6b1-dc00-7000-9aab-371b5c198eaf"),
                "approval" => ("id of the prepared step", "019ca6b1-dc00-7000-9aab-371b5c198eaf"),
                "delivery" => ("id of the delivery", "019ca6b1-dc00-7000-b301-6616294fcbdc"),
                "plan" => ("id of the plan", "kr-2021"),
                "number" => ("number of the commitment or part", "2.1"),
                "milestone" => ("number of the milestone within its commitment", "3"),
                "agency" => ("id of the agency", "mois"),
                "indicator" => ("id of the indicator", "women-senior-civil-service"),
                _ => ("id", "1"),
            };
            Parameter { name, place: Place::Path, what, example }
        })
        .collect()
}
