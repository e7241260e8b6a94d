//! What goes into a statement and what comes out of a row: five kinds of value, the same on both engines.

use madang_base::{Error, Id, LocalizedText, Result, Time};

/// A value as it is stored. Booleans are 0 and 1, ids and JSON are text, instants are microseconds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// The name used in error messages.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Int(_) => "integer",
            Self::Real(_) => "real",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        }
    }

    /// Refuses what one of the engines cannot store as given: PostgreSQL has no NUL in text, SQLite turns NaN into NULL.
    pub(crate) fn storable(&self) -> Result<()> {
        match self {
            Self::Text(text) if text.as_bytes().contains(&0) => Err(Error::invalid("db.text-nul")),
            Self::Real(number) if number.is_nan() => Err(Error::invalid("db.real-nan")),
            _ => Ok(()),
        }
    }
}

macro_rules! value_from {
    ($($from:ty, $v:ident => $to:expr;)*) => { $(
        impl From<$from> for Value {
            fn from($v: $from) -> Self {
                $to
            }
        }
    )* };
}

value_from! {
    i64, v => Self::Int(v);
    i32, v => Self::Int(v.into());
    u32, v => Self::Int(v.into());
    u16, v => Self::Int(v.into());
    u8, v => Self::Int(v.into());
    bool, v => Self::Int(v.into());
    f64, v => Self::Real(v);
    &str, v => Self::Text(v.to_owned());
    String, v => Self::Text(v);
    &String, v => Self::Text(v.clone());
    Vec<u8>, v => Self::Bytes(v);
    &Vec<u8>, v => Self::Bytes(v.clone());
    &[u8], v => Self::Bytes(v.to_vec());
    Time, v => Self::Int(v.micros());
    &LocalizedText, v => Self::Text(v.to_json());
    LocalizedText, v => Self::Text(v.to_json());
    &serde_json::Value, v => Self::Text(v.to_string());
    serde_json::Value, v => Self::Text(v.to_string());
}

impl<T> From<Id<T>> for Value {
    fn from(v: Id<T>) -> Self {
        Self::Text(v.to_string())
    }
}

impl<T> From<&Id<T>> for Value {
    fn from(v: &Id<T>) -> Self {
        Self::Text(v.to_string())
    }
}

impl<V: Into<Self>> From<Option<V>> for Value {
    fn from(v: Option<V>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// Parameters of a statement, in the order of their numbers: `params![id, now, name]`.
#[macro_export]
macro_rules! params {
    ($($v:expr),* $(,)?) => { &[$($crate::Value::from($v)),*] as &[$crate::Value] };
}

/// What a column can be read as.
pub trait FromValue: Sized {
    /// # Errors
    /// `Kind::Internal` when the value is of another kind or out of range: the row was not written by this program.
    fn from_value(value: &Value) -> Result<Self>;
}

fn unexpected<T>(wanted: &'static str, value: &Value) -> Result<T> {
    Err(Error::internal(format!("{wanted} expected, {} found", value.kind())))
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Int(v) => Ok(*v),
            other => unexpected("integer", other),
        }
    }
}

macro_rules! from_value_narrow {
    ($($to:ty),*) => { $(
        impl FromValue for $to {
            fn from_value(value: &Value) -> Result<Self> {
                Self::try_from(i64::from_value(value)?).map_err(Error::internal)
            }
        }
    )* };
}

from_value_narrow!(i32, u32, u16, u8, u64, usize);

impl FromValue for bool {
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => unexpected("0 or 1", other),
        }
    }
}

impl FromValue for f64 {
    #[expect(clippy::cast_precision_loss, reason = "an integer in a real column was meant as a real")]
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Real(v) => Ok(*v),
            Value::Int(v) => Ok(*v as Self),
            other => unexpected("real", other),
        }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Text(v) => Ok(v.clone()),
            other => unexpected("text", other),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Bytes(v) => Ok(v.clone()),
            other => unexpected("bytes", other),
        }
    }
}

impl FromValue for Time {
    fn from_value(value: &Value) -> Result<Self> {
        i64::from_value(value).map(Self::from_micros)
    }
}

impl<T> FromValue for Id<T> {
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Text(text) => text.parse().map_err(|_| Error::internal(format!("not an id: {text:?}"))),
            other => unexpected("id", other),
        }
    }
}

impl FromValue for LocalizedText {
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Text(text) => Self::from_json(text),
            other => unexpected("text in languages", other),
        }
    }
}

impl FromValue for serde_json::Value {
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Text(text) => serde_json::from_str(text).map_err(Error::internal),
            other => unexpected("JSON", other),
        }
    }
}

impl FromValue for Value {
    fn from_value(value: &Value) -> Result<Self> {
        Ok(value.clone())
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Result<Self> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

#[cfg(test)]
mod tests;
