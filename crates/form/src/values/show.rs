//! Answers as text, and as a form shows them again.

use jiff::civil::Date;
use madang_base::Locale;

use super::parse::{degrees_text, separated};
use super::{Answer, Answers, Place, Raw};
use crate::{Choice, Definition, Field, FieldKind};

/// What a form would have sent for these answers, to show it again. Files are not in it: no form can send them back.
#[must_use]
pub fn raw_of(def: &Definition, answers: &Answers) -> Raw {
    let mut raw = Raw::default();
    for (id, answer) in &answers.0 {
        match answer {
            Answer::Choices(ids) => {
                for chosen in ids {
                    raw.push(id, chosen);
                }
            }
            Answer::Place(place) => {
                raw.push(format!("{id}.address"), &place.address);
                raw.push(format!("{id}.district"), &place.district);
                for (part, value) in [("latitude", place.latitude), ("longitude", place.longitude)] {
                    if let Some(value) = value {
                        raw.push(format!("{id}.{part}"), degrees_text(value));
                    }
                }
            }
            Answer::Person(person) => {
                raw.push(format!("{id}.name"), &person.name);
                raw.push(format!("{id}.contact"), &person.contact);
            }
            Answer::Consent(agreed) => {
                raw.push(id, "yes");
                if let Some(FieldKind::Consent { text }) = def.field(id).map(|field| &field.kind)
                    && let Some((language, _)) = text.iter().find(|(_, text)| text == agreed)
                    && agreed != text.get(Locale::Ko)
                {
                    raw.push(format!("{id}.language"), language);
                }
            }
            Answer::Rows(rows) => {
                for (at, row) in rows.iter().enumerate() {
                    for (column, cell) in row {
                        raw.push(format!("{id}.{at}.{column}"), plain(cell));
                    }
                }
            }
            Answer::Files(_) => {}
            _ => raw.push(id, plain(answer)),
        }
    }
    raw
}

/// An answer that is one text in a form.
fn plain(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) | Answer::Choice(text) | Answer::Agency(text) => text.clone(),
        Answer::Number(value) => value.to_string(),
        Answer::Date(day) => day.to_string(),
        _ => String::new(),
    }
}

/// An answer as one plain text, for pages, mails and CSV: `1,234원`, `2026년 12월 3일`, the names of choices. An agency
/// is its slug; rows stand on lines of their own.
#[must_use]
pub fn display(field: &Field, answer: &Answer, locale: Locale) -> String {
    match answer {
        Answer::Text(text) => match &field.kind {
            FieldKind::Number { .. } | FieldKind::Money { .. } => with_unit(text, &field.kind, locale),
            FieldKind::Date { .. } if locale == Locale::Ko => format!("{text}년"),
            FieldKind::Choice { options } => name_of(options, text, locale),
            _ => text.clone(),
        },
        Answer::Number(value) => with_unit(&separated(*value), &field.kind, locale),
        Answer::Choice(id) => match &field.kind {
            FieldKind::Choice { options } => name_of(options, id, locale),
            _ => id.clone(),
        },
        Answer::Choices(ids) => match &field.kind {
            FieldKind::MultiChoice { options, .. } => {
                let names: Vec<String> = ids.iter().map(|id| name_of(options, id, locale)).collect();
                names.join(", ")
            }
            _ => ids.join(", "),
        },
        Answer::Date(day) => date(*day, locale),
        Answer::Place(place) => place_text(place),
        Answer::Person(person) if person.contact.is_empty() => person.name.clone(),
        Answer::Person(person) => format!("{} ({})", person.name, person.contact),
        Answer::Agency(slug) => slug.clone(),
        Answer::Files(files) => files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", "),
        Answer::Rows(rows) => {
            let FieldKind::Table { columns, .. } = &field.kind else { return String::new() };
            let row = |row: &std::collections::BTreeMap<String, Answer>| {
                let cells = columns.iter().filter_map(|column| {
                    let cell = row.get(&column.id)?;
                    Some(format!("{}: {}", column.name.get(locale), display(column, cell, locale)))
                });
                cells.collect::<Vec<_>>().join(", ")
            };
            rows.iter().map(row).collect::<Vec<_>>().join("\n")
        }
        Answer::Consent(_) => match locale {
            Locale::Ko => "동의함".to_owned(),
            Locale::En => "Agreed".to_owned(),
        },
    }
}

fn name_of(options: &[Choice], id: &str, locale: Locale) -> String {
    options.iter().find(|option| option.id == id).map_or(id, |option| option.name.get(locale)).to_owned()
}

/// `3명`, `5%`, `3 people`, `1,234원`, `1,234 won`.
fn with_unit(number: &str, kind: &FieldKind, locale: Locale) -> String {
    let unit = match (kind, locale) {
        (FieldKind::Money { .. }, Locale::Ko) => "원",
        (FieldKind::Money { .. }, Locale::En) => "won",
        (FieldKind::Number { unit, .. }, _) => unit.get(locale),
        _ => "",
    };
    let space = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
    format!("{number}{space}{unit}")
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn date(day: Date, locale: Locale) -> String {
    let (year, month, day) = (day.year(), day.month(), day.day());
    match locale {
        Locale::Ko => format!("{year}년 {month}월 {day}일"),
        Locale::En => {
            let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("");
            format!("{day} {name} {year}")
        }
    }
}

fn place_text(place: &Place) -> String {
    match (place.latitude, place.longitude) {
        _ if !place.address.is_empty() => place.address.clone(),
        (Some(latitude), Some(longitude)) => {
            let point = format!("{}, {}", degrees_text(latitude), degrees_text(longitude));
            if place.district.is_empty() { point } else { format!("{} ({point})", place.district) }
        }
        _ => place.district.clone(),
    }
}

/// What heads a case: the answer to the definition's title field, else what such a case is called in Korean.
#[must_use]
pub fn title(def: &Definition, answers: &Answers) -> String {
    let name = || def.case_name.get(Locale::Ko).to_owned();
    match (def.field(&def.public.title), answers.get(&def.public.title)) {
        (Some(field), Some(answer)) => display(field, answer, Locale::Ko),
        _ => name(),
    }
}
