//! The OpenAPI 3.1 document, made from the table of operations.

use madang_http::Access;
use madang_kernel::Role;
use madang_kernel::permission::allowed;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::operation::{Body, Operation, Place};

/// The document for these operations, served by the site at `base_url`.
#[must_use]
pub fn document(operations: &[Operation], base_url: &str) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let entry = paths.entry(operation.path).or_insert_with(|| json!({}));
        entry[operation.method.as_str().to_ascii_lowercase()] = describe(operation, &mut generator);
    }
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".into(), problem_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Madang API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Services and cases, plans, commitments, milestones, indicators and assessments as data. Lists are paged by \
                            cursor: follow `next` until it is null. Every answer carries an ETag. Errors are problem \
                            documents (RFC 9457) with a stable `code`.",
        },
        "servers": [{ "url": base_url }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "apiKey": { "type": "http", "scheme": "bearer", "description": "An API key made on the page of one's own account." } },
        },
    })
}

fn describe(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let parameters: Vec<Value> = operation
        .parameters
        .iter()
        .map(|p| {
            let place = match p.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
            };
            let mut parameter = json!({
                "name": p.name,
                "in": place,
                "required": p.place == Place::Path,
                "description": p.what,
                "schema": { "type": "string" },
            });
            if !p.example.is_empty() {
                parameter["example"] = json!(p.example);
            }
            parameter
        })
        .collect();
    let mut out = json!({
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "parameters": parameters,
        "responses": {
            operation.status.to_string(): done(operation.response.as_ref(), generator),
            "default": {
                "description": "A problem document",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            },
        },
    });
    if let Some(request) = &operation.request {
        out["requestBody"] = json!({ "required": !operation.bare, "content": content(request, generator) });
    }
    if operation.again {
        out["responses"]["200"] = done(operation.response.as_ref(), generator);
    }
    match operation.access {
        Access::Public => {}
        // What anyone may do is more with a key: the case is then one's own.
        Access::May(verb, object) if allowed(Role::Anyone, verb, object) => {
            out["security"] = json!([{}, { "apiKey": [] }]);
        }
        _ => out["security"] = json!([{ "apiKey": [] }]),
    }
    out
}

fn done(response: Option<&Body>, generator: &mut SchemaGenerator) -> Value {
    match response {
        Some(body) => json!({ "description": "Done", "content": content(body, generator) }),
        None => json!({ "description": "Done" }),
    }
}

fn content(body: &Body, generator: &mut SchemaGenerator) -> Value {
    let schema = body.schema.map(|make| make(generator));
    json!({ body.media_type: { "schema": schema.map_or_else(|| json!({}), schemars::Schema::to_value) } })
}

pub(crate) fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "type": "string", "description": "stable; branch on this" },
            "detail": { "type": "string", "description": "what went wrong and what to do, in the language asked for" },
            "errors": { "type": "array", "items": { "type": "object", "required": ["field", "code", "detail"], "properties": {
                "field": { "type": "string" }, "code": { "type": "string" }, "detail": { "type": "string" } } } },
        },
    })
}
