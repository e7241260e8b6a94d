//! The body of a request, and what is wrong with it in words that a problem document can translate. What was sent is
//! never repeated: it may be personal.

use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use madang_base::Error;
use madang_http::{App, Failure, status_of};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

/// A JSON body read as a `T`.
#[derive(Debug)]
pub struct Sent<T>(pub T);

/// The same where the body may be left out.
#[derive(Debug)]
pub struct Perhaps<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (headers, bytes) = taken(request, app).await?;
        read(&headers, &bytes).map(Sent).map_err(refused)
    }
}

impl<T: DeserializeOwned + Default> FromRequest<App> for Perhaps<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (headers, bytes) = taken(request, app).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        read(&headers, &bytes).map(Perhaps).map_err(refused)
    }
}

async fn taken(request: Request, app: &App) -> Result<(HeaderMap, Bytes), Response> {
    let headers = request.headers().clone();
    let bytes = Bytes::from_request(request, app).await.map_err(unread)?;
    Ok((headers, bytes))
}

fn unread(rejection: BytesRejection) -> Response {
    let status = rejection.into_response().status();
    let code = if status == StatusCode::PAYLOAD_TOO_LARGE { "api.body-size" } else { "api.body-cut" };
    (status, Failure(Error::invalid(code))).into_response()
}

fn refused((status, error): (StatusCode, Error)) -> Response {
    (status, Failure(error)).into_response()
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Reads the bytes: first as JSON at all (400), then as a `T` (422).
fn read<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, (StatusCode, Error)> {
    if !is_json(headers) {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, Error::invalid("api.body-type")));
    }
    let mut value: Value = serde_json::from_slice(bytes).map_err(|e| {
        let code = if e.classify() == Category::Eof { "api.body-ends" } else { "api.body-syntax" };
        (StatusCode::BAD_REQUEST, Error::invalid(code).arg("line", e.line()).arg("column", e.column()))
    })?;
    plain(&mut value, "").and_then(|()| typed(value)).map_err(|error| (status_of(error.kind()), error))
}

/// What forms of other services hold, read by their own rules.
const FREE: &[&str] = &["answers", "fields"];

/// Whole numbers written with a point become whole numbers, as JSON Schema has them. Objects are objects: serde would take
/// a list in the place of one, by position.
fn plain(value: &mut Value, path: &str) -> Result<(), Error> {
    match value {
        Value::Number(number) => {
            // Whole below 2^53, where a float counts every one.
            let whole = number.as_f64().filter(|n| number.is_f64() && n.fract() == 0.0 && n.abs() < 9e15);
            if let Some(Ok(whole)) = whole.map(|n| format!("{n:.0}").parse::<i64>()) {
                *value = whole.into();
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                let here = format!("{path}.{at}");
                let free = FREE.iter().any(|name| path.split('.').any(|part| part == *name));
                if item.is_array() && !free {
                    let field = here.trim_start_matches('.').to_owned();
                    return Err(Error::invalid("api.field-type").arg("field", &field).field(field, "api.field-type"));
                }
                plain(item, &here)?;
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                plain(field, &format!("{path}.{name}"))?;
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
    Ok(())
}

/// Reads JSON as a `T`.
fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    if !value.is_object() {
        return Err(Error::invalid("api.body-object"));
    }
    serde_path_to_error::deserialize(value).map_err(|found| {
        let path = match found.path().to_string() {
            whole if whole == "." => String::new(),
            path => path.replace('[', ".").replace(']', ""),
        };
        let said = found.inner().to_string();
        let quoted = |lead: &str| Some(said.strip_prefix(lead)?.split_once('`')?.0.to_owned());
        // Where serde's own path ends at the object, the field is named in what it says.
        let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let at = |code, field: String| Error::invalid(code).arg("field", &field).field(field, code);
        if let Some(name) = quoted("unknown field `") {
            let path = path.rsplit_once('.').map_or("", |(before, _)| before).to_owned();
            at("api.field-unknown", if path.is_empty() { name } else { format!("{path}.{name}") })
        } else if let Some(name) = quoted("missing field `") {
            at("api.field-missing", inside(&name))
        } else if said.starts_with("invalid value") || said.starts_with("unknown variant") {
            at("api.field-value", path)
        } else if path.is_empty() {
            Error::invalid("api.body-object")
        } else {
            at("api.field-type", path)
        }
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Inner {
        name: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        stars: i64,
        #[serde(default)]
        files: Vec<Inner>,
        #[serde(default)]
        small: u8,
    }

    #[test]
    fn an_error_names_its_field_and_repeats_nothing() {
        for (given, code, field) in [
            (json!({ "stars": 1, "colour": "secret" }), "api.field-unknown", "colour"),
            (
                json!({ "stars": 1, "files": [{ "name": "a" }, { "nom": "secret" }] }),
                "api.field-unknown",
                "files.1.nom",
            ),
            (json!({}), "api.field-missing", "stars"),
            (json!({ "stars": "secret" }), "api.field-type", "stars"),
            (json!({ "stars": 1, "files": [{ "name": 7 }] }), "api.field-type", "files.0.name"),
            (json!({ "stars": 1, "small": 700 }), "api.field-value", "small"),
            (json!("secret"), "api.body-object", ""),
        ] {
            let error = typed::<Outer>(given.clone()).unwrap_err();
            assert_eq!(error.code(), code, "{given}");
            let named = error.fields().first().map_or("", |at| at.field.as_str());
            assert_eq!(named, field, "{given}");
            assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        }
        let good: Outer = typed(json!({ "stars": 1 })).unwrap();
        assert_eq!((good.stars, good.small, good.files.len()), (1, 0, 0));
    }

    #[test]
    fn json_is_told_by_its_type() {
        let headers = |kind: &'static str| HeaderMap::from_iter([(CONTENT_TYPE, kind.parse().unwrap())]);
        for good in
            ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/merge+json"]
        {
            assert!(read::<Outer>(&headers(good), b"{\"stars\":1}").is_ok(), "{good}");
        }
        let json = headers("application/json");
        assert_eq!(read::<Outer>(&json, b"{\"stars\":3.0}").unwrap().stars, 3);
        for (body, code) in [
            (&b"[1,[],2]"[..], "api.field-type"),
            (b"[1]", "api.body-object"),
            (b"{\"stars\":3.5}", "api.field-type"),
            (b"{\"stars\":1,\"files\":[[\"a\"]]}", "api.field-type"),
        ] {
            let (status, error) = read::<Outer>(&json, body).unwrap_err();
            assert_eq!((status.as_u16(), error.code()), (422, code));
        }
        let (status, error) = read::<Outer>(&headers("text/plain"), b"{\"stars\":1}").unwrap_err();
        assert_eq!((status.as_u16(), error.code()), (415, "api.body-type"));
        let (status, error) = read::<Outer>(&headers("application/json"), b"{\"stars\":").unwrap_err();
        assert_eq!((status.as_u16(), error.code()), (400, "api.body-ends"));
        let (status, error) = read::<Outer>(&headers("application/json"), b"{stars:1}").unwrap_err();
        assert_eq!((status.as_u16(), error.code()), (400, "api.body-syntax"));
    }
}
