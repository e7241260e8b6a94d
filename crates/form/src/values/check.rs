//! The limits of one answer.

use jiff::civil::Date;
use madang_base::FieldError;

use super::parse::separated;
use super::{Answer, FileAnswer, PersonAnswer, Place};
use crate::{Count, Field, FieldKind};

/// Characters of a person's name, of how to reach somebody, of an address, of a district, of a file's name.
pub(crate) const NAME: u32 = 100;
pub(crate) const CONTACT: u32 = 200;
pub(crate) const ADDRESS: u32 = 300;
pub(crate) const DISTRICT: u32 = 100;
pub(crate) const FILE_NAME: u32 = 255;
/// Of an organisation's slug.
pub(crate) const SLUG: u32 = 100;
/// The greatest latitude and longitude in 1e-7 degrees.
pub(crate) const LATITUDE: i64 = 900_000_000;
pub(crate) const LONGITUDE: i64 = 1_800_000_000;

pub(crate) fn fault(field: impl Into<String>, code: &'static str) -> FieldError {
    FieldError { field: field.into(), code, args: std::collections::BTreeMap::new() }
}

pub(crate) fn fault_with<const N: usize>(
    field: impl Into<String>,
    code: &'static str,
    args: [(&'static str, String); N],
) -> FieldError {
    FieldError { field: field.into(), code, args: args.into_iter().collect() }
}

/// What is wrong with an answer of this field; `name` is what the errors call it. Nothing: it is good.
pub(crate) fn faults(name: &str, field: &Field, answer: &Answer, today: Date) -> Vec<FieldError> {
    let mut found = Vec::new();
    match (&field.kind, answer) {
        (FieldKind::Line { max } | FieldKind::Text { max }, Answer::Text(text)) => {
            found.extend(text_fault(name, text, *max));
        }
        (FieldKind::Choice { options }, Answer::Choice(id)) => {
            if !options.iter().any(|option| option.id == *id) {
                found.push(fault(name, "form.value-choice"));
            }
        }
        (FieldKind::MultiChoice { options, count }, Answer::Choices(ids)) => {
            if ids.iter().any(|id| !options.iter().any(|option| option.id == *id)) {
                found.push(fault(name, "form.value-choice"));
            }
            found.extend(count_fault(name, *count, ids.len()));
        }
        (FieldKind::Number { min, max, .. } | FieldKind::Money { min, max }, Answer::Number(value)) => {
            if !(min..=max).contains(&value) {
                found.push(range_fault(name, *min, *max));
            }
        }
        (FieldKind::Date { past, future }, Answer::Date(day)) => {
            if day.year() < 1000 {
                found.push(fault(name, "form.value-date"));
            } else if !past && *day < today {
                found.push(fault(name, "form.value-date-past"));
            } else if !future && *day > today {
                found.push(fault(name, "form.value-date-future"));
            }
        }
        (FieldKind::Place, Answer::Place(place)) => found.extend(place_faults(name, place)),
        (FieldKind::Person, Answer::Person(person)) => found.extend(person_faults(name, person)),
        (FieldKind::Agency, Answer::Agency(slug)) => {
            if !is_slug(slug) {
                found.push(fault(name, "form.value-agency"));
            }
        }
        (FieldKind::File { count } | FieldKind::Photo { count }, Answer::Files(files)) => {
            if !files.iter().all(is_file) {
                found.push(fault(name, "form.value-file"));
            }
            found.extend(count_fault(name, *count, files.len()));
        }
        (FieldKind::Table { columns, count }, Answer::Rows(rows)) => {
            found.extend(count_fault(name, *count, rows.len()));
            for (at, row) in rows.iter().enumerate() {
                for column in columns {
                    let cell = format!("{name}.{at}.{}", column.id);
                    match row.get(&column.id) {
                        Some(answer) => found.extend(faults(&cell, column, answer, today)),
                        None if column.required => found.push(fault(cell, "form.value-required")),
                        None => {}
                    }
                }
            }
        }
        (FieldKind::Consent { .. }, Answer::Consent(text)) => {
            if text.trim().is_empty() {
                found.push(fault(name, "form.value-consent"));
            }
        }
        _ => found.push(fault(name, "form.value-type")),
    }
    found
}

pub(crate) fn range_fault(name: &str, min: i64, max: i64) -> FieldError {
    fault_with(name, "form.value-number-range", [("min", separated(min)), ("max", separated(max))])
}

/// A text that is blank or too long.
pub(crate) fn text_fault(name: impl Into<String>, text: &str, max: u32) -> Option<FieldError> {
    if text.trim().is_empty() {
        return Some(fault(name, "form.value-required"));
    }
    too_long(name, text, max)
}

pub(crate) fn too_long(name: impl Into<String>, text: &str, max: u32) -> Option<FieldError> {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    (length > i64::from(max)).then(|| {
        let args = [("max", separated(max.into())), ("length", separated(length))];
        fault_with(name, "form.value-too-long", args)
    })
}

pub(crate) fn count_fault(name: &str, count: Count, found: usize) -> Option<FieldError> {
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    (!(count.min..=count.max).contains(&found)).then(|| {
        let args = [("min", count.min.to_string()), ("max", count.max.to_string()), ("count", found.to_string())];
        fault_with(name, "form.value-count", args)
    })
}

fn place_faults(name: &str, place: &Place) -> Vec<FieldError> {
    let mut found = Vec::new();
    let inside = |value: i64, most: i64| (-most..=most).contains(&value);
    match (place.latitude, place.longitude) {
        (None, None) if place.address.trim().is_empty() => {
            found.push(fault(format!("{name}.address"), "form.value-required"));
        }
        (None, None) => {}
        (Some(latitude), Some(longitude)) if inside(latitude, LATITUDE) && inside(longitude, LONGITUDE) => {}
        _ => found.push(fault(format!("{name}.latitude"), "form.value-place-point")),
    }
    found.extend(too_long(format!("{name}.address"), &place.address, ADDRESS));
    found.extend(too_long(format!("{name}.district"), &place.district, DISTRICT));
    found
}

fn person_faults(name: &str, person: &PersonAnswer) -> Vec<FieldError> {
    let parts = [("name", &person.name, NAME), ("contact", &person.contact, CONTACT)];
    parts.into_iter().filter_map(|(part, text, max)| text_fault(format!("{name}.{part}"), text, max)).collect()
}

/// Lower-case letters, digits and dashes.
fn is_slug(slug: &str) -> bool {
    !slug.is_empty()
        && slug.len() <= SLUG as usize
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(crate) fn is_file(file: &FileAnswer) -> bool {
    file.sha256.len() == 64
        && file.sha256.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
        && !file.name.trim().is_empty()
        && file.name.chars().count() <= FILE_NAME as usize
        && file.size >= 0
        && file.media_type.len() <= 255
}
