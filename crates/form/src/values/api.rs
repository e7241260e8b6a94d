//! Answers from JSON, as the API takes them. What is accepted here matches `schema::filing_schema`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::{FieldError, Locale};
use serde_json::{Map, Value};

use super::asked::holds;
use super::check::{fault, fault_with, too_long};
use super::fill::{Read, named, settle};
use super::{Answer, Answers, Filled, parse};
use crate::{Definition, Field, FieldKind, Party};

/// Reads an object of answers by field id. Stricter than a form: types are those of the schema, a field that is not asked
/// is an error, texts are measured as they came. A consent is `true` or the text itself; coordinates are whole numbers of
/// 1e-7 degrees; an optional text may be empty, anything else that is not answered is left out.
#[must_use]
pub fn fill_json(def: &Definition, by: &Party, fields: &[&Field], json: &Value, today: Date) -> Filled {
    let fields: Vec<&Field> = fields.iter().copied().filter(|field| field.by == *by).collect();
    read_fields(def, &fields, json, &Answers::default(), today)
}

/// The same for fields of any party, with what was answered before.
pub(crate) fn read_fields(def: &Definition, fields: &[&Field], json: &Value, before: &Answers, today: Date) -> Filled {
    let Value::Object(given) = json else {
        return Filled { answers: Answers::default(), errors: vec![wrong("", "object")] };
    };
    let read = fields.iter().map(|field| {
        let result = given.get(&field.id).map_or(Read::Blank, |value| read(&field.id, field, value, today));
        (*field, result)
    });
    let mut filled = settle(def, read.collect(), before);
    let wrong: Vec<String> = filled.errors.iter().map(|error| error.field.clone()).collect();
    for id in given.keys() {
        match fields.iter().find(|field| field.id == *id) {
            None => filled.errors.push(fault(id, "form.value-unknown-field")),
            // Whether it is asked is not known while what it depends on is wrong.
            Some(field) if field.when.iter().any(|when| wrong.contains(&when.field)) => {}
            Some(field) if !holds(field, &filled.answers) => filled.errors.push(fault(id, "form.value-not-asked")),
            Some(_) => {}
        }
    }
    filled
}

pub(crate) fn wrong(name: &str, expected: &str) -> FieldError {
    fault_with(name, "form.value-type", [("expected", expected.to_owned())])
}

fn bad(error: FieldError) -> Read {
    Read::Bad(vec![error])
}

fn read(name: &str, field: &Field, value: &Value, today: Date) -> Read {
    match &field.kind {
        FieldKind::Line { max } | FieldKind::Text { max } => {
            let Value::String(text) = value else { return bad(wrong(name, "string")) };
            if let Some(error) = too_long(name, text, *max) {
                return bad(error);
            }
            let multi = matches!(field.kind, FieldKind::Text { .. });
            let text = if multi { parse::lines(text) } else { parse::line(text) };
            if text.is_empty() { Read::Blank } else { named(name, field, Answer::Text(text), today) }
        }
        FieldKind::Date { .. } => {
            let Value::String(text) = value else { return bad(wrong(name, "date")) };
            match text.parse::<Date>().ok().filter(|day| day.to_string() == *text) {
                Some(day) => named(name, field, Answer::Date(day), today),
                None => bad(fault(name, "form.value-date")),
            }
        }
        FieldKind::Consent { text } => {
            let agreed = match value {
                Value::Bool(true) => Some(text.get(Locale::Ko)),
                Value::String(given) => text.iter().map(|(_, text)| text).find(|text| text == given),
                _ => None,
            };
            match agreed {
                Some(agreed) => named(name, field, Answer::Consent(agreed.to_owned()), today),
                None => bad(fault(name, "form.value-consent")),
            }
        }
        FieldKind::Table { columns, .. } => table(name, field, columns, value, today),
        FieldKind::MultiChoice { options, .. } => match Answer::typed(field, value.clone()) {
            Some(Answer::Choices(ids)) => {
                let chosen = options.iter().filter(|option| ids.contains(&option.id));
                let chosen: Vec<String> = chosen.map(|option| option.id.clone()).collect();
                if chosen.len() == ids.len() {
                    named(name, field, Answer::Choices(chosen), today)
                } else {
                    bad(fault(name, "form.value-choice"))
                }
            }
            _ => bad(wrong(name, "array")),
        },
        _ => match Answer::typed(field, value.clone()) {
            Some(answer) => match named(name, field, answer, today) {
                Read::Good(answer) => named(name, field, tidy(answer), today),
                other => other,
            },
            None => bad(wrong(name, json_type(&field.kind))),
        },
    }
}

/// Without what a form would not let through either.
fn tidy(answer: Answer) -> Answer {
    match answer {
        Answer::Place(mut place) => {
            place.address = parse::line(&place.address);
            place.district = parse::line(&place.district);
            if place.district.is_empty() {
                place.district = parse::district(&place.address);
            }
            Answer::Place(place)
        }
        Answer::Person(mut person) => {
            person.name = parse::line(&person.name);
            person.contact = parse::line(&person.contact);
            Answer::Person(person)
        }
        other => other,
    }
}

const fn json_type(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Number { .. } | FieldKind::Money { .. } => "integer",
        FieldKind::MultiChoice { .. } | FieldKind::File { .. } | FieldKind::Photo { .. } | FieldKind::Table { .. } => {
            "array"
        }
        FieldKind::Place | FieldKind::Person => "object",
        _ => "string",
    }
}

fn table(name: &str, field: &Field, columns: &[Field], value: &Value, today: Date) -> Read {
    let Value::Array(items) = value else { return bad(wrong(name, "array")) };
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        let Value::Object(cells) = item else {
            errors.push(wrong(&format!("{name}.{at}"), "object"));
            continue;
        };
        rows.push(row(&format!("{name}.{at}"), columns, cells, today, &mut errors));
    }
    if errors.is_empty() { named(name, field, Answer::Rows(rows), today) } else { Read::Bad(errors) }
}

fn row(
    name: &str,
    columns: &[Field],
    cells: &Map<String, Value>,
    today: Date,
    errors: &mut Vec<FieldError>,
) -> BTreeMap<String, Answer> {
    let mut row = BTreeMap::new();
    for column in columns {
        let cell = format!("{name}.{}", column.id);
        match cells.get(&column.id).map_or(Read::Blank, |value| read(&cell, column, value, today)) {
            Read::Good(answer) => {
                row.insert(column.id.clone(), answer);
            }
            Read::Bad(found) => errors.extend(found),
            Read::Blank if column.required => errors.push(fault(cell, "form.value-required")),
            Read::Blank => {}
        }
    }
    let unknown = cells.keys().filter(|id| !columns.iter().any(|column| column.id == **id));
    errors.extend(unknown.map(|id| fault(format!("{name}.{id}"), "form.value-unknown-field")));
    row
}
