//! JSON Schema (draft 2020-12) of what the API takes: the answers of a filing, and what is given with each step.
//!
//! Whatever `values::fill_json` and `steps::check_input` accept matches. What a schema cannot say (a day of the past, an
//! organisation that exists) stands in the descriptions.

use madang_base::{Locale, LocalizedText};
use serde_json::{Map, Value, json};

use crate::steps::{ANSWER, FILES, LINK, REASON, fields, outcomes};
use crate::values::{ADDRESS, CONTACT, DISTRICT, FILE_NAME, LATITUDE, LONGITUDE, NAME, SLUG};
use crate::{Choice, Count, Definition, Field, FieldKind, Need, Step, When};

#[cfg(test)]
mod tests;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the answers of a filing, an object by field id.
#[must_use]
pub fn filing_schema(def: &Definition, locale: Locale) -> Value {
    let asked: Vec<&Field> = def.filing_fields().collect();
    let mut schema = object(&asked, locale, true);
    head(&mut schema, def.name.get(locale), def.summary.get(locale));
    Value::Object(schema)
}

/// The schema of what is given with a step.
#[must_use]
pub fn step_schema(def: &Definition, step: &Step, locale: Locale) -> Value {
    let text = |ko: &str, en: &str| LocalizedText::new(ko, en).get(locale).to_owned();
    let needs = |need: Need| step.needs(&need);
    let written = |title: String, max: u32, needed: bool| {
        let mut schema = json!({ "type": "string", "title": title, "maxLength": max });
        if needed {
            schema["minLength"] = json!(1);
        }
        schema
    };
    let grounds: Vec<Choice> =
        def.grounds.iter().map(|ground| Choice { id: ground.id.clone(), name: ground.name.clone() }).collect();
    let outcomes: Vec<Choice> = outcomes(def, step).into_iter().cloned().collect();
    let files = file_list(Count { min: u32::from(needs(Need::File)), max: u32::try_from(FILES).unwrap_or(u32::MAX) });
    let step_fields = fields(def, step);
    let mut properties = Map::new();
    let mut add = |name: &str, schema: Value| properties.insert(name.to_owned(), schema);
    add("answer", written(text("답변", "Answer"), ANSWER, needs(Need::Answer)));
    add("reason", written(text("이유", "Reason"), REASON, needs(Need::Reason)));
    let least = u32::from(needs(Need::Ground));
    let mut schema = json!({ "type": "array", "title": text("사유", "Grounds"), "minItems": least });
    // An enum of nothing is no schema.
    if grounds.is_empty() {
        schema["maxItems"] = json!(0);
    } else {
        schema["items"] = one_of(&grounds, locale);
    }
    add("grounds", schema);
    if !outcomes.is_empty() {
        let mut schema = one_of(&outcomes, locale);
        schema["title"] = json!(text("결과", "Outcome"));
        add("outcome", schema);
    }
    add("files", files);
    add("link", written(text("링크", "Link"), LINK, needs(Need::Link)));
    add("fields", Value::Object(object(&step_fields, locale, false)));
    let mut required: Vec<&str> = Vec::new();
    for (name, need) in [
        ("answer", Need::Answer),
        ("reason", Need::Reason),
        ("grounds", Need::Ground),
        ("outcome", Need::Outcome),
        ("files", Need::File),
        ("link", Need::Link),
    ] {
        if needs(need) {
            required.push(name);
        }
    }
    if step_fields.iter().any(|field| field.required && field.when.is_empty()) {
        required.push("fields");
    }
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("required".into(), json!(required));
    schema.insert("additionalProperties".into(), json!(false));
    let mut help = vec![step.help.get(locale).to_owned()];
    if !step.when.is_empty() {
        help.push(step_when_note(&step.when, locale));
    }
    help.retain(|text| !text.is_empty());
    head(&mut schema, step.name.get(locale), &help.join(" "));
    Value::Object(schema)
}

fn head(schema: &mut Map<String, Value>, title: &str, description: &str) {
    schema.insert("$schema".into(), json!(DRAFT));
    describe(schema, title, description);
}

fn describe(schema: &mut Map<String, Value>, title: &str, description: &str) {
    schema.insert("title".into(), json!(title));
    if !description.is_empty() {
        schema.insert("description".into(), json!(description));
    }
}

/// An object with a property for each field. With `conditions`, a field with a `when` is required, or not allowed, as its
/// conditions say; without, it may be left out, and its description says when it is asked.
fn object(fields: &[&Field], locale: Locale, conditions: bool) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut all_of = Vec::new();
    for field in fields {
        let mut schema = value(field, locale);
        let mut help = vec![field.help.get(locale).to_owned(), note(&field.kind, locale)];
        if !field.when.is_empty() {
            help.push(when_note(field, locale));
            if conditions {
                all_of.push(condition(field, fields));
            }
        }
        help.retain(|text| !text.is_empty());
        describe(&mut schema, field.name.get(locale), &help.join(" "));
        if !field.example.is_empty() && matches!(field.kind, FieldKind::Line { .. } | FieldKind::Text { .. }) {
            schema.insert("examples".into(), json!([field.example.get(locale)]));
        }
        properties.insert(field.id.clone(), Value::Object(schema));
    }
    let required = fields.iter().filter(|field| field.required && field.when.is_empty());
    let required: Vec<&str> = required.map(|field| field.id.as_str()).collect();
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("required".into(), json!(required));
    schema.insert("additionalProperties".into(), json!(false));
    if !all_of.is_empty() {
        schema.insert("allOf".into(), json!(all_of));
    }
    schema
}

/// If all conditions of a field hold, it may be there and must when it is required; else it must not.
fn condition(field: &Field, fields: &[&Field]) -> Value {
    let mut properties = Map::new();
    let mut present: Vec<&str> = Vec::new();
    for when in &field.when {
        let kind = fields.iter().find(|other| other.id == when.field).map(|other| &other.kind);
        let is = match kind {
            Some(FieldKind::MultiChoice { .. }) => json!({ "contains": { "enum": when.is } }),
            Some(FieldKind::Consent { .. }) if when.is.iter().any(|word| word == "yes") => json!({}),
            Some(FieldKind::Consent { .. }) | None => json!(false),
            Some(_) => json!({ "enum": when.is }),
        };
        properties.insert(when.field.clone(), is);
        present.push(&when.field);
    }
    let then = if field.required { json!({ "required": [field.id] }) } else { json!({}) };
    let not_asked = Map::from_iter([(field.id.clone(), json!(false))]);
    json!({
        "if": { "properties": properties, "required": present },
        "then": then,
        "else": { "properties": not_asked }
    })
}

fn when_note(field: &Field, locale: Locale) -> String {
    match locale {
        Locale::Ko => format!("{}일 때만 묻습니다.", conditions(&field.when)),
        Locale::En => format!("Only asked if {}.", conditions(&field.when)),
    }
}

fn step_when_note(whens: &[When], locale: Locale) -> String {
    match locale {
        Locale::Ko => format!("{}일 때만 할 수 있습니다.", conditions(whens)),
        Locale::En => format!("Only open if {}.", conditions(whens)),
    }
}

fn conditions(whens: &[When]) -> String {
    whens.iter().map(|when| format!("{} = {}", when.field, when.is.join(" | "))).collect::<Vec<_>>().join(", ")
}

/// What the schema itself cannot say.
fn note(kind: &FieldKind, locale: Locale) -> String {
    let text = match kind {
        FieldKind::Date { past: false, .. } => ("오늘이나 그 뒤의 날.", "Today or later."),
        FieldKind::Date { future: false, .. } => ("오늘이나 그 전의 날.", "Today or earlier."),
        FieldKind::Agency => ("이 사이트에 있는 기관의 id.", "The id of an organisation of this site."),
        FieldKind::Place => (
            "주소나 좌표, 또는 둘 다. 좌표의 단위는 1e-7도.",
            "An address, a point, or both. The point is in 1e-7 degrees.",
        ),
        FieldKind::File { .. } | FieldKind::Photo { .. } => ("먼저 올린 파일.", "Files that were uploaded before."),
        FieldKind::Money { .. } => ("단위는 원.", "In won."),
        FieldKind::Number { unit, .. } => return unit.get(locale).to_owned(),
        _ => return String::new(),
    };
    LocalizedText::new(text.0, text.1).get(locale).to_owned()
}

fn one_of(options: &[Choice], locale: Locale) -> Value {
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    let names: Vec<String> =
        options.iter().map(|option| format!("{}: {}", option.id, option.name.get(locale))).collect();
    json!({ "type": "string", "enum": ids, "$comment": names.join("; ") })
}

fn count(schema: &mut Value, count: Count) {
    schema["minItems"] = json!(count.min);
    schema["maxItems"] = json!(count.max);
}

fn file_list(allowed: Count) -> Value {
    let file = json!({
        "type": "object",
        "properties": {
            "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
            "name": { "type": "string", "minLength": 1, "maxLength": FILE_NAME },
            "size": { "type": "integer", "minimum": 0 },
            "media_type": { "type": "string", "maxLength": 255 }
        },
        "required": ["sha256", "name", "size", "media_type"],
        "additionalProperties": false
    });
    let mut schema = json!({ "type": "array", "items": file });
    count(&mut schema, allowed);
    schema
}

/// The schema of one field's value.
fn value(field: &Field, locale: Locale) -> Map<String, Value> {
    let schema = match &field.kind {
        FieldKind::Line { max } | FieldKind::Text { max } => {
            let mut schema = json!({ "type": "string", "maxLength": max });
            if field.required {
                schema["minLength"] = json!(1);
            }
            schema
        }
        FieldKind::Choice { options } => one_of(options, locale),
        FieldKind::MultiChoice { options, count: allowed } => {
            let mut schema = json!({ "type": "array", "items": one_of(options, locale), "uniqueItems": true });
            count(&mut schema, *allowed);
            schema
        }
        FieldKind::Number { min, max, .. } | FieldKind::Money { min, max } => {
            json!({ "type": "integer", "minimum": min, "maximum": max })
        }
        FieldKind::Date { .. } => {
            json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
        }
        FieldKind::Place => json!({
            "type": "object",
            "properties": {
                "address": { "type": "string", "maxLength": ADDRESS },
                "latitude": { "type": "integer", "minimum": -LATITUDE, "maximum": LATITUDE },
                "longitude": { "type": "integer", "minimum": -LONGITUDE, "maximum": LONGITUDE },
                "district": { "type": "string", "maxLength": DISTRICT }
            },
            "anyOf": [
                { "properties": { "address": { "minLength": 1 } }, "required": ["address"] },
                { "required": ["latitude", "longitude"] }
            ],
            "dependentRequired": { "latitude": ["longitude"], "longitude": ["latitude"] },
            "additionalProperties": false
        }),
        FieldKind::Person => json!({
            "type": "object",
            "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": NAME },
                "contact": { "type": "string", "minLength": 1, "maxLength": CONTACT }
            },
            "required": ["name", "contact"],
            "additionalProperties": false
        }),
        FieldKind::Agency => json!({ "type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": SLUG }),
        FieldKind::File { count } | FieldKind::Photo { count } => file_list(*count),
        FieldKind::Table { columns, count: allowed } => {
            let columns: Vec<&Field> = columns.iter().collect();
            let mut schema = json!({ "type": "array", "items": object(&columns, locale, false) });
            count(&mut schema, *allowed);
            schema
        }
        FieldKind::Consent { text } => {
            let texts: Vec<Value> =
                std::iter::once(json!(true)).chain(text.iter().map(|(_, text)| json!(text))).collect();
            json!({ "enum": texts })
        }
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}
