//! Answers from an HTML form.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::{FieldError, Locale};

use super::asked::{holds, missing, prune};
use super::check::{fault, faults, range_fault};
use super::parse::{self, Unread};
use super::{Answer, Answers, FileAnswer, Filled, PersonAnswer, Place, Raw};
use crate::{Definition, Field, FieldKind, Party};

/// What was read for one field.
pub(super) enum Read {
    Good(Answer),
    Blank,
    Bad(Vec<FieldError>),
}

/// Reads what a form sent for these fields and puts it into what was answered before.
///
/// All fields of a screen can be given: those whose `when` does not hold for the new answers are dropped, with their
/// errors. A field that is blank, wrong or not asked loses its former answer; only files stay until `photos.remove` names
/// them. `files` are those that came with this form, by field, stored already. Fields of another party are left alone.
#[must_use]
pub fn fill(
    def: &Definition,
    by: &Party,
    fields: &[&Field],
    raw: &Raw,
    files: &BTreeMap<String, Vec<FileAnswer>>,
    before: &Answers,
    today: Date,
) -> Filled {
    let none = Vec::new();
    let read = fields.iter().filter(|field| field.by == *by).map(|field| {
        let new = files.get(&field.id).unwrap_or(&none);
        (*field, read(field, raw, new, before.get(&field.id), today))
    });
    settle(def, read.collect(), before)
}

/// Puts what was read into the answers: good ones in, the others out, what is not asked dropped.
pub(super) fn settle(def: &Definition, read: Vec<(&Field, Read)>, before: &Answers) -> Filled {
    let mut answers = before.clone();
    for (field, result) in &read {
        match result {
            Read::Good(answer) => answers.0.insert(field.id.clone(), answer.clone()),
            Read::Blank | Read::Bad(_) => answers.0.remove(&field.id),
        };
    }
    prune(def, &mut answers);
    let mut errors = Vec::new();
    for (field, result) in read {
        match result {
            Read::Bad(found) if holds(field, &answers) => errors.extend(found),
            Read::Blank if field.required && holds(field, &answers) => errors.push(missing(&field.id, field)),
            _ => {}
        }
    }
    Filled { answers, errors }
}

fn read(field: &Field, raw: &Raw, new: &[FileAnswer], before: Option<&Answer>, today: Date) -> Read {
    let name = &field.id;
    match &field.kind {
        FieldKind::MultiChoice { options, .. } => {
            let given: Vec<&str> = raw.all(name).iter().map(|id| id.trim()).filter(|id| !id.is_empty()).collect();
            if given.is_empty() {
                return Read::Blank;
            }
            if given.iter().any(|id| !options.iter().any(|option| option.id == *id)) {
                return Read::Bad(vec![fault(name, "form.value-choice")]);
            }
            let chosen = options.iter().filter(|option| given.contains(&option.id.as_str()));
            checked(field, Answer::Choices(chosen.map(|option| option.id.clone()).collect()), today)
        }
        FieldKind::Place => place(field, raw, today),
        FieldKind::Person => {
            let name_given = parse::line(raw.one(&format!("{name}.name")));
            let contact = parse::line(raw.one(&format!("{name}.contact")));
            if name_given.is_empty() && contact.is_empty() {
                return Read::Blank;
            }
            checked(field, Answer::Person(PersonAnswer { name: name_given, contact }), today)
        }
        FieldKind::File { .. } | FieldKind::Photo { .. } => {
            let removed = raw.all(&format!("{name}.remove"));
            let kept = match before {
                Some(Answer::Files(files)) => files.as_slice(),
                _ => &[],
            };
            let mut files: Vec<FileAnswer> = Vec::new();
            for file in kept.iter().filter(|file| !removed.contains(&file.sha256)).chain(new) {
                if !files.iter().any(|other| other.sha256 == file.sha256) {
                    files.push(file.clone());
                }
            }
            if files.is_empty() { Read::Blank } else { checked(field, Answer::Files(files), today) }
        }
        FieldKind::Table { columns, .. } => table(field, columns, raw, today),
        FieldKind::Consent { text } => {
            if raw.one(name) != "yes" {
                return Read::Blank;
            }
            let language = raw.one(&format!("{name}.language"));
            let agreed = text.exact(language).unwrap_or_else(|| text.get(Locale::Ko));
            checked(field, Answer::Consent(agreed.to_owned()), today)
        }
        _ => simple(name, field, raw.all(name).first().map_or("", String::as_str), today),
    }
}

/// A field, or the cell of a table, that is one text in the form.
fn simple(name: &str, field: &Field, typed: &str, today: Date) -> Read {
    let number = |units: &[&str], min: i64, max: i64| match parse::number(typed, units) {
        Ok(value) => Ok(Answer::Number(value)),
        Err(Unread::Range) => Err(range_fault(name, min, max)),
        Err(Unread::Shape) => Err(fault(name, "form.value-number")),
    };
    if typed.chars().all(|c| c.is_whitespace() || c.is_control()) {
        return Read::Blank;
    }
    let read = match &field.kind {
        FieldKind::Text { .. } => Ok(Answer::Text(parse::lines(typed))),
        FieldKind::Choice { .. } => Ok(Answer::Choice(typed.trim().to_owned())),
        FieldKind::Number { min, max, unit } => {
            let units: Vec<&str> = unit.iter().map(|(_, unit)| unit).collect();
            number(&units, *min, *max)
        }
        FieldKind::Money { min, max } => number(&["원", "won", "KRW"], *min, *max),
        FieldKind::Date { .. } => parse::date(typed).map(Answer::Date).ok_or_else(|| fault(name, "form.value-date")),
        FieldKind::Agency => Ok(Answer::Agency(typed.trim().to_owned())),
        _ => Ok(Answer::Text(parse::line(typed))),
    };
    match read {
        Ok(answer) => named(name, field, answer, today),
        Err(error) => Read::Bad(vec![error]),
    }
}

fn checked(field: &Field, answer: Answer, today: Date) -> Read {
    named(&field.id, field, answer, today)
}

pub(super) fn named(name: &str, field: &Field, answer: Answer, today: Date) -> Read {
    let found = faults(name, field, &answer, today);
    if found.is_empty() { Read::Good(answer) } else { Read::Bad(found) }
}

fn place(field: &Field, raw: &Raw, today: Date) -> Read {
    let part = |part: &str| raw.one(&format!("{}.{part}", field.id));
    let (address, latitude, longitude) = (parse::line(part("address")), part("latitude"), part("longitude"));
    if address.is_empty() && latitude.is_empty() && longitude.is_empty() {
        return Read::Blank;
    }
    let point = match (latitude, longitude) {
        ("", "") => (None, None),
        (latitude, longitude) => match (parse::degrees(latitude, 90), parse::degrees(longitude, 180)) {
            (Some(latitude), Some(longitude)) => (Some(latitude), Some(longitude)),
            _ => return Read::Bad(vec![fault(format!("{}.latitude", field.id), "form.value-place-point")]),
        },
    };
    let typed = parse::line(part("district"));
    let district = if typed.is_empty() { parse::district(&address) } else { typed };
    checked(field, Answer::Place(Place { address, latitude: point.0, longitude: point.1, district }), today)
}

fn table(field: &Field, columns: &[Field], raw: &Raw, today: Date) -> Read {
    // Rows by their number in the form, which errors name; rows that are blank all over are not there.
    let mut typed: BTreeMap<u32, BTreeMap<&str, &str>> = BTreeMap::new();
    let prefix = format!("{}.", field.id);
    for (name, values) in &raw.0 {
        let Some((row, column)) = name.strip_prefix(&prefix).and_then(|rest| rest.split_once('.')) else { continue };
        let Ok(row) = row.parse::<u32>() else { continue };
        let value = values.first().map_or("", String::as_str);
        if columns.iter().any(|known| known.id == column) && !value.trim().is_empty() {
            typed.entry(row).or_default().insert(column, value);
        }
    }
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for (at, cells) in &typed {
        let mut row = BTreeMap::new();
        for column in columns {
            let name = format!("{}.{at}.{}", field.id, column.id);
            match simple(&name, column, cells.get(column.id.as_str()).unwrap_or(&""), today) {
                Read::Good(answer) => {
                    row.insert(column.id.clone(), answer);
                }
                Read::Bad(found) => errors.extend(found),
                Read::Blank if column.required => errors.push(fault(name, "form.value-required")),
                Read::Blank => {}
            }
        }
        rows.push(row);
    }
    rows.retain(|row| !row.is_empty());
    if !errors.is_empty() {
        Read::Bad(errors)
    } else if rows.is_empty() {
        Read::Blank
    } else {
        checked(field, Answer::Rows(rows), today)
    }
}
