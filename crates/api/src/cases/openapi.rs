//! The API of one service, derived from its definition, and the words for the days of a count.

use madang_base::Locale;
use madang_base::calendar::{DayOff, Why};
use madang_form::{Definition, Party, schema};
use serde_json::{Map, Value, json};

/// An OpenAPI 3.1 document with the filing and every step that somebody takes.
pub fn of_service(def: &Definition, locale: Locale, base_url: &str) -> Value {
    let mut paths = Map::new();
    let problem = json!({ "description": "A problem document (RFC 9457)" });
    let body = |schema: Value| json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    let mut filing = schema::filing_schema(def, locale);
    if let Some(object) = filing.as_object_mut() {
        object.remove("$schema");
    }
    let whole = json!({ "type": "object", "required": ["answers"], "properties": { "answers": filing } });
    paths.insert(
        format!("/api/v1/services/{}/cases", def.id),
        json!({ "post": {
            "operationId": "file",
            "summary": def.name.get(locale),
            "description": def.summary.get(locale),
            "parameters": [{ "name": "Idempotency-Key", "in": "header", "schema": { "type": "string", "minLength": 16, "maxLength": 100 } }],
            "requestBody": body(whole),
            "responses": { "201": { "description": "Filed: number, and for those without account the secret code" }, "default": problem },
        } }),
    );
    for step in def.steps.iter().filter(|step| !step.by(&Party::System)) {
        let mut input = schema::step_schema(def, step, locale);
        if let Some(object) = input.as_object_mut() {
            object.remove("$schema");
        }
        let from: Vec<&str> =
            step.from.iter().filter_map(|id| def.state(id)).map(|state| state.name.get(locale)).collect();
        paths.insert(
            format!("/api/v1/cases/{{number}}/steps/{}", step.id),
            json!({ "post": {
                "operationId": step.id,
                "summary": step.name.get(locale),
                "description": format!("{} ({})", step.help.get(locale), from.join(", ")).trim(),
                "parameters": [{ "name": "number", "in": "path", "required": true, "schema": { "type": "string" } }],
                "requestBody": body(input),
                "responses": { "200": { "description": step.done.get(locale) }, "default": problem },
            } }),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": def.name.get(locale), "description": def.summary.get(locale), "version": "1" },
        "servers": [{ "url": base_url }],
        "paths": paths,
    })
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
