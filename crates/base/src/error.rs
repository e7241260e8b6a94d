//! The one error type that crosses crate borders.
//!
//! An error has a kind (what a delivery layer turns into a status), a stable code (what a client branches on and what
//! the message catalogue is keyed by), arguments for that message, errors of single fields, and a private source that
//! is logged and never shown.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;

/// `Result` with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of failure it is. The list is closed: delivery layers match on it without a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The input cannot be accepted as it is; the code and the fields say why.
    Invalid,
    /// Nobody is signed in, or the proof of identity does not hold.
    Unauthenticated,
    /// Somebody is signed in who may not do this.
    Forbidden,
    /// There is no such object, or its existence is nobody's business.
    NotFound,
    /// The state of the object does not allow this (any more).
    Conflict,
    /// It was here once and is no longer.
    Gone,
    /// Too many attempts; try later.
    RateLimited,
    /// A part of the system is busy or away; try again.
    Unavailable,
    /// A defect or a broken machine. The source is in the log.
    Internal,
}

/// One field's error: `field` is the name in the form or the JSON path, `code` is a message key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub code: &'static str,
    pub args: BTreeMap<&'static str, String>,
}

struct Inner {
    kind: Kind,
    code: &'static str,
    args: BTreeMap<&'static str, String>,
    fields: Vec<FieldError>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// A failure with a stable code. See the module's text.
pub struct Error(Box<Inner>);

impl Error {
    /// A new error. `code` is dotted and lower-case (`plan.milestone-unknown`); the message key is `error-` and the
    /// code with its dots turned into dashes.
    #[must_use]
    pub fn new(kind: Kind, code: &'static str) -> Self {
        Self(Box::new(Inner { kind, code, args: BTreeMap::new(), fields: Vec::new(), source: None }))
    }

    #[must_use]
    pub fn invalid(code: &'static str) -> Self {
        Self::new(Kind::Invalid, code)
    }

    #[must_use]
    pub fn unauthenticated(code: &'static str) -> Self {
        Self::new(Kind::Unauthenticated, code)
    }

    #[must_use]
    pub fn forbidden(code: &'static str) -> Self {
        Self::new(Kind::Forbidden, code)
    }

    #[must_use]
    pub fn not_found(code: &'static str) -> Self {
        Self::new(Kind::NotFound, code)
    }

    #[must_use]
    pub fn conflict(code: &'static str) -> Self {
        Self::new(Kind::Conflict, code)
    }

    #[must_use]
    pub fn gone(code: &'static str) -> Self {
        Self::new(Kind::Gone, code)
    }

    #[must_use]
    pub fn rate_limited(code: &'static str) -> Self {
        Self::new(Kind::RateLimited, code)
    }

    #[must_use]
    pub fn unavailable(code: &'static str) -> Self {
        Self::new(Kind::Unavailable, code)
    }

    /// A defect or a broken machine: `code` stays `internal`, the source goes to the log only.
    #[must_use]
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::Internal, "internal").source(source)
    }

    /// Adds an argument for the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.0.args.insert(name, value.to_string());
        self
    }

    /// Adds the error of one field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>, code: &'static str) -> Self {
        self.0.fields.push(FieldError { field: field.into(), code, args: BTreeMap::new() });
        self
    }

    /// Adds the error of one field with its arguments.
    #[must_use]
    pub fn field_error(mut self, error: FieldError) -> Self {
        self.0.fields.push(error);
        self
    }

    /// Adds the private cause.
    #[must_use]
    pub fn source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    #[must_use]
    pub fn args(&self) -> &BTreeMap<&'static str, String> {
        &self.0.args
    }

    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        &self.0.fields
    }

    /// The key of the message in the catalogues: `error-plan-milestone-unknown`.
    #[must_use]
    pub fn message_key(&self) -> String {
        format!("error-{}", self.0.code.replace('.', "-"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.code)?;
        for (name, value) in &self.0.args {
            write!(f, " {name}={value}")?;
        }
        for field in &self.0.fields {
            write!(f, " [{}: {}]", field.field, field.code)?;
        }
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {self}", self.0.kind)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|s| s as _)
    }
}
