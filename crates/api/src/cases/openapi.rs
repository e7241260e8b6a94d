//! The API of one service, derived from its definition, and the words for the days of a count.

use madang_base::Locale;
use madang_base::calendar::{DayOff, Why};
use madang_form::{Definition, Field, FieldKind, Party, Step, schema};
use serde_json::{Map, Value, json};

use super::act::{MOST_FILES, takes_files};

/// Characters of a file's name on the wire.
const FILE_NAME: u32 = 255;

/// JSON Schema of the body of a filing: the answers as the definition has them, files beside them.
pub fn filing_body(def: &Definition, locale: Locale) -> Value {
    let mut answers = schema::filing_schema(def, locale);
    let (title, description) = (answers["title"].take(), answers["description"].take());
    let draft = answers["$schema"].take();
    let fields: Vec<&Field> = def.filing_fields().filter(|field| takes_files(field)).collect();
    let without = |list: &mut Value, gone: &dyn Fn(&Value) -> bool| {
        if let Some(list) = list.as_array_mut() {
            list.retain(|item| !gone(item));
        }
    };
    let mut rules = Vec::new();
    if let Some(object) = answers.as_object_mut() {
        for name in ["$schema", "title", "description"] {
            object.remove(name);
        }
        for field in &fields {
            if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
                properties.remove(&field.id);
            }
            if let Some(required) = object.get_mut("required") {
                without(required, &|name| name == field.id.as_str());
            }
            let condition = object.get("allOf").and_then(Value::as_array).and_then(|list| {
                list.iter()
                    .find(|rule| rule["else"]["properties"].get(&field.id).is_some())
                    .map(|rule| rule["if"].clone())
            });
            rules.extend(files_of(field, condition));
            if let Some(list) = object.get_mut("allOf") {
                without(list, &|rule| rule["else"]["properties"].get(&field.id).is_some());
            }
        }
        if object.get("allOf").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            object.remove("allOf");
        }
    }
    let ids: Vec<&str> = fields.iter().map(|field| field.id.as_str()).collect();
    let mut file = file_body();
    file["properties"]["field"] = json!({ "type": "string", "enum": ids });
    file["required"] = json!(["field", "name", "content"]);
    let files = if ids.is_empty() {
        json!({ "type": "array", "maxItems": 0 })
    } else {
        json!({ "type": "array", "items": file, "maxItems": MOST_FILES })
    };
    let mut body = json!({
        "$schema": draft,
        "title": title,
        "type": "object",
        "required": ["answers"],
        "properties": {
            "answers": answers,
            "name": { "type": "string", "maxLength": 100 },
            "mail": { "type": ["string", "null"], "maxLength": 254 },
            "public": { "type": "boolean" },
            "follow": { "type": "boolean" },
            "files": files,
        },
        "additionalProperties": false,
    });
    if description.is_string() {
        body["description"] = description;
    }
    if !rules.is_empty() {
        body["allOf"] = json!(rules);
    }
    body
}

fn file_body() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": { "type": "string", "minLength": 1, "maxLength": FILE_NAME },
            "content": { "type": "string", "contentEncoding": "base64", "pattern": "^\\s*[A-Za-z0-9+/]+={0,2}\\s*$" },
        },
        "required": ["name", "content"],
        "additionalProperties": false,
    })
}

/// How many files of a field there must and may be; with a condition, when it is asked at all.
fn files_of(field: &Field, condition: Option<Value>) -> Option<Value> {
    let (FieldKind::File { count } | FieldKind::Photo { count }) = &field.kind else { return None };
    let some = |min: u32, max: u32| {
        json!({ "properties": { "files": {
            "contains": { "properties": { "field": { "const": field.id } }, "required": ["field"] },
            "minContains": min,
            "maxContains": max,
        } } })
    };
    let least = if field.required { count.min.max(1) } else { 0 };
    let mut asked = some(least, count.max);
    if least > 0 {
        asked["required"] = json!(["files"]);
    }
    Some(match condition {
        None => asked,
        Some(when) => json!({
            "if": { "properties": { "answers": when }, "required": ["answers"] },
            "then": asked,
            "else": some(0, 0),
        }),
    })
}

/// JSON Schema of the body of a step: what the definition asks, files with their content, the revision that was read.
pub fn step_body(def: &Definition, step: &Step, locale: Locale) -> Value {
    let mut body = schema::step_schema(def, step, locale);
    body["properties"]["files"]["items"] = file_body();
    body["properties"]["files"]["maxItems"] = json!(MOST_FILES);
    body["properties"]["revision"] = json!({ "type": ["integer", "null"], "description": "The revision that was read; 409 when the case moved on." });
    body
}

/// An OpenAPI 3.1 document with the filing and every step that somebody takes.
pub fn of_service(def: &Definition, locale: Locale, base_url: &str) -> Value {
    let mut paths = Map::new();
    let problem = json!({
        "description": "A problem document (RFC 9457)",
        "content": { "application/problem+json": { "schema": crate::openapi::problem_schema() } },
    });
    let body = |schema: Value| json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    let header = |name: &str, schema: Value| json!({ "name": name, "in": "header", "schema": schema });
    let key = header("Idempotency-Key", json!({ "type": "string", "minLength": 16, "maxLength": 100 }));
    let code = header("X-Case-Code", json!({ "type": "string" }));
    paths.insert(
        format!("/api/v1/services/{}/cases", def.id),
        json!({ "post": {
            "operationId": "file",
            "summary": def.name.get(locale),
            "description": def.summary.get(locale),
            "parameters": [key],
            "requestBody": body(plain(filing_body(def, locale))),
            "responses": {
                "200": { "description": "Filed before with this Idempotency-Key: the same receipt" },
                "201": { "description": "Filed: number, and for those without account the secret code" },
                "default": problem,
            },
            "security": [{}, { "apiKey": [] }],
        } }),
    );
    for step in def.steps.iter().filter(|step| !step.by(&Party::System)) {
        let from: Vec<&str> =
            step.from.iter().filter_map(|id| def.state(id)).map(|state| state.name.get(locale)).collect();
        paths.insert(
            format!("/api/v1/cases/{{number}}/steps/{}", step.id),
            json!({ "post": {
                "operationId": step.id,
                "summary": step.name.get(locale),
                "description": format!("{} ({})", step.help.get(locale), from.join(", ")).trim(),
                "parameters": [
                    { "name": "number", "in": "path", "required": true, "schema": { "type": "string" } },
                    code,
                ],
                "requestBody": body(plain(step_body(def, step, locale))),
                "responses": { "200": { "description": step.done.get(locale) }, "default": problem },
                "security": [{}, { "apiKey": [] }],
            } }),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": def.name.get(locale), "description": def.summary.get(locale), "version": "1" },
        "servers": [{ "url": base_url }],
        "paths": paths,
        "components": { "securitySchemes": { "apiKey": { "type": "http", "scheme": "bearer" } } },
    })
}

/// A schema as a part of a document.
fn plain(mut schema: Value) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
    }
    schema
}

/// What a day of a count counted for, as an object with a `kind`.
pub fn reason(why: &Why) -> Value {
    let off = |day: &DayOff| match day {
        DayOff::Holiday(name) => json!({ "holiday": name }),
        DayOff::Saturday => json!("saturday"),
        DayOff::Sunday => json!("sunday"),
    };
    match why {
        Why::Counted(n) => json!({ "kind": "counted", "day": n }),
        Why::Hours(seconds) => json!({ "kind": "hours", "seconds": seconds }),
        Why::FirstDay => json!({ "kind": "first-day-not-counted" }),
        Why::Off(day) => json!({ "kind": "closed", "closed": off(day) }),
        Why::Paused => json!({ "kind": "paused" }),
        Why::RolledOver(day) => json!({ "kind": "end-moves-on", "closed": off(day) }),
        Why::RolledTo => json!({ "kind": "end" }),
        Why::AfterHours => json!({ "kind": "after-hours" }),
    }
}
