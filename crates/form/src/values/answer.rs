//! The types of answers, and their JSON.
//!
//! In JSON an answer is a plain value: a text, a number, a list, an object. Which kind of answer it is stands in the
//! definition, so that [`Answers::from_json`] wants one. The parts of each type stand in the order of the alphabet, which is
//! that of the stored JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::{Error, FieldError, Result};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::{Definition, Field, FieldKind};

/// The answer to one field.
///
/// Read without its definition it is what it looks like: a text is [`Answer::Text`], though it may be a date. Use
/// [`Answers::typed`] then.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Text(String),
    Number(i64),
    /// The id of an option.
    Choice(String),
    /// Ids of options, in the definition's order.
    Choices(Vec<String>),
    Date(Date),
    Place(Place),
    Person(PersonAnswer),
    /// The slug of an organisation.
    Agency(String),
    Files(Vec<FileAnswer>),
    /// By column. A blank cell is not there.
    Rows(Vec<BTreeMap<String, Answer>>),
    /// The text agreed to, in the language it was read in.
    Consent(String),
}

/// An address, a point, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    #[serde(default)]
    pub address: String,
    /// What the public sees of it when the field is coarse: `서울특별시 종로구`.
    #[serde(default)]
    pub district: String,
    /// In 1e-7 degrees, WGS 84; together with the longitude or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<i64>,
    /// In 1e-7 degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonAnswer {
    /// An address, a telephone number: how to reach the person.
    pub contact: String,
    pub name: String,
}

/// A file that the site keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileAnswer {
    pub media_type: String,
    pub name: String,
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// In bytes.
    pub size: i64,
}

/// Answers by field id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

/// What an HTML form sends: every name with its values in order. Names are the field's id, or with what belongs to it:
/// `place.address`, `place.latitude` (degrees), `place.longitude`, `place.district`, `person.name`, `person.contact`,
/// `rows.0.amount`. A consent sends `yes` and, when it was read in another language than Korean, that as
/// `consent.language`. Choices repeat their name. `photos.remove` names the SHA-256 of a file that is to go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw(pub BTreeMap<String, Vec<String>>);

/// What came of filling in: every field is either good, blank, or reported, never two of these.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// What was there before with what is good now.
    pub answers: Answers,
    /// `field` is the name in the form (`rows.0.amount`) or the path in the JSON (the same words).
    pub errors: Vec<FieldError>,
}

impl Raw {
    /// The first value of a name, trimmed; empty when it is not there.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    /// All values of a name.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(value.into());
    }
}

impl FromIterator<(String, String)> for Raw {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let mut raw = Self::default();
        for (name, value) in pairs {
            raw.push(name, value);
        }
        raw
    }
}

impl Answers {
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Answer> {
        self.0.get(field)
    }

    /// As stored: a JSON object with sorted keys.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Reads what [`Self::to_json`] wrote, typed by the definition's fields.
    ///
    /// # Errors
    /// `Kind::Internal` when the text is not JSON, names a field that the definition lacks, or holds a value of another
    /// shape than its field.
    pub fn from_json(def: &Definition, json: &str) -> Result<Self> {
        let values: BTreeMap<String, Value> = serde_json::from_str(json).map_err(Error::internal)?;
        let typed = values.into_iter().map(|(id, value)| {
            let field = def.field(&id).ok_or_else(|| Error::internal(format!("no field {id} in {}", def.id)))?;
            let answer = Answer::typed(field, value)
                .ok_or_else(|| Error::internal(format!("the value of {id} is no {}", field.kind.code())))?;
            Ok((id, answer))
        });
        typed.collect::<Result<_>>().map(Self)
    }

    /// Answers that were read without their definition, with the right types.
    ///
    /// # Errors
    /// As [`Self::from_json`].
    pub fn typed(&self, def: &Definition) -> Result<Self> {
        Self::from_json(def, &self.to_json())
    }
}

impl Answer {
    /// The words that a `when` compares: a choice's id, chosen ids, an agency's slug, `yes` of a consent.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Choice(id) | Self::Agency(id) | Self::Text(id) => vec![id],
            Self::Choices(ids) => ids.iter().map(String::as_str).collect(),
            Self::Consent(_) => vec!["yes"],
            Self::Number(_) | Self::Date(_) | Self::Place(_) | Self::Person(_) | Self::Files(_) | Self::Rows(_) => {
                Vec::new()
            }
        }
    }

    /// A stored value as the answer of this field; nothing when its shape is another. Limits are not looked at.
    pub(crate) fn typed(field: &Field, value: Value) -> Option<Self> {
        fn read<T: serde::de::DeserializeOwned>(value: Value) -> Option<T> {
            serde_json::from_value(value).ok()
        }
        Some(match &field.kind {
            FieldKind::Line { .. } | FieldKind::Text { .. } => Self::Text(read(value)?),
            FieldKind::Choice { .. } => Self::Choice(read(value)?),
            FieldKind::MultiChoice { .. } => Self::Choices(read(value)?),
            FieldKind::Number { .. } | FieldKind::Money { .. } => Self::Number(read(value)?),
            FieldKind::Date { .. } => Self::Date(read(value)?),
            FieldKind::Place => Self::Place(read(value)?),
            FieldKind::Person => Self::Person(read(value)?),
            FieldKind::Agency => Self::Agency(read(value)?),
            FieldKind::File { .. } | FieldKind::Photo { .. } => Self::Files(read(value)?),
            FieldKind::Consent { .. } => Self::Consent(read(value)?),
            FieldKind::Table { columns, .. } => {
                let rows: Vec<BTreeMap<String, Value>> = read(value)?;
                let row = |cells: BTreeMap<String, Value>| -> Option<BTreeMap<String, Self>> {
                    let cell = |(id, value): (String, Value)| {
                        let column = columns.iter().find(|column| column.id == id)?;
                        Some((id, Self::typed(column, value)?))
                    };
                    cells.into_iter().map(cell).collect()
                };
                Self::Rows(rows.into_iter().map(row).collect::<Option<_>>()?)
            }
        })
    }

    /// The same answer with the type of its field, when it was read without.
    pub(crate) fn retyped(&self, field: &Field) -> Option<Self> {
        Self::typed(field, serde_json::to_value(self).ok()?)
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        guess(Value::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("this is no answer to a field"))
    }
}

/// What a value looks like.
fn guess(value: Value) -> Option<Answer> {
    match value {
        Value::String(text) => Some(Answer::Text(text)),
        Value::Number(number) => number.as_i64().map(Answer::Number),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            serde_json::from_value(items.into()).ok().map(Answer::Choices)
        }
        Value::Array(items) if items.iter().all(|item| item.get("sha256").is_some()) => {
            serde_json::from_value(items.into()).ok().map(Answer::Files)
        }
        Value::Array(items) => serde_json::from_value(items.into()).ok().map(Answer::Rows),
        Value::Object(_) if value.get("contact").is_some() => serde_json::from_value(value).ok().map(Answer::Person),
        Value::Object(_) => serde_json::from_value(value).ok().map(Answer::Place),
        Value::Null | Value::Bool(_) => None,
    }
}
