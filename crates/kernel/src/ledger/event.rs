//! An event before it is written, and the only ways in which something gets into one.

use jiff::civil::Date;
use madang_base::{Error, Result, Time};

use super::kind::{Is, Kind, Shown};
use crate::actor::AccountId;
use crate::digest;
use crate::object::Ref;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What: one of the kinds that its crate declares.
    pub kind: &'static Kind,
    pub object: Ref,
    /// Whether anybody may know of it. An event that is not public leaves an [opaque](super::opaque_entry) leaf.
    pub public: bool,
    pub fields: Vec<(&'static str, Field)>,
}

impl Event {
    /// A public event without fields.
    #[must_use]
    pub fn public(kind: &'static Kind, object: Ref) -> Self {
        Self { kind, object, public: true, fields: Vec::new() }
    }

    /// An event that is not public, without fields.
    #[must_use]
    pub fn private(kind: &'static Kind, object: Ref) -> Self {
        Self { kind, object, public: false, fields: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, field: impl Into<Field>) -> Self {
        self.fields.push((name, field.into()));
        self
    }

    /// The same, where there may be none.
    #[must_use]
    pub fn with_some(self, name: &'static str, field: Option<impl Into<Field>>) -> Self {
        match field {
            Some(field) => self.with(name, field),
            None => self,
        }
    }

    /// What of it its kind does not allow; none when it fits.
    pub(super) fn misfit(&self) -> Option<&'static str> {
        let kind = self.kind;
        if !kind.objects.contains(&self.object.kind) {
            return Some("object");
        }
        if kind.shown == Shown::Always && !self.public || kind.shown == Shown::Never && self.public {
            return Some("public");
        }
        for (at, (name, field)) in self.fields.iter().enumerate() {
            let Some(spec) = kind.fields.iter().find(|spec| spec.name == *name) else { return Some(name) };
            if spec.is != field.is() || self.fields[..at].iter().any(|(before, _)| before == name) {
                return Some(spec.name);
            }
        }
        let missing = |name: &str| !self.fields.iter().any(|(there, _)| *there == name);
        kind.fields.iter().find(|spec| spec.always && missing(spec.name)).map(|spec| spec.name)
    }
}

/// A value of an event. Text that somebody wrote fits only into `Salted`.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    Plain(Plain),
    /// Stands in the ledger as `sha256:` and the digest of a random salt and the text.
    Salted(String),
    /// The SHA-256 of files. Each stands like a salted text: the digest of a salt and the 64 hexadecimal digits.
    Files(Vec<[u8; 32]>),
    /// Stands as `nullifier:` and an HMAC of the account and the event's object: the same person is recognised within
    /// one object and across no two.
    Nullifier(AccountId),
    /// Stands as `nullifier:` and 64 hexadecimal digits: a keyed hash that a domain made under a key of its own.
    Keyed([u8; 32]),
}

/// What may stand in the ledger as it is: words of the program, numbers, times, references, and digests of what is public
/// and no person's.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    Code(&'static str),
    Number(i64),
    Date(Date),
    Time(Time),
    Object(Ref),
    Digest([u8; 32]),
}

impl Field {
    #[must_use]
    pub fn salted(text: impl Into<String>) -> Self {
        Self::Salted(text.into())
    }

    /// A SHA-256 of something public that is no person's, given as 64 hexadecimal digits.
    ///
    /// # Errors
    /// `Kind::Internal` when it is none.
    pub fn digest(hex: &str) -> Result<Self> {
        bytes(hex).map(|digest| Self::Plain(Plain::Digest(digest)))
    }

    /// Files by their SHA-256, each as 64 hexadecimal digits; none when there are no files. A file that is there twice
    /// stands once.
    ///
    /// # Errors
    /// `Kind::Internal` when one is none.
    pub fn files<'a>(hex: impl IntoIterator<Item = &'a str>) -> Result<Option<Self>> {
        let mut files = Vec::new();
        for hex in hex {
            let file = bytes(hex)?;
            if !files.contains(&file) {
                files.push(file);
            }
        }
        Ok((!files.is_empty()).then_some(Self::Files(files)))
    }

    /// What a kind calls it.
    pub(super) fn is(&self) -> Is {
        match self {
            Self::Plain(Plain::Code(_)) => Is::Code,
            Self::Plain(Plain::Number(_)) => Is::Number,
            Self::Plain(Plain::Date(_)) => Is::Date,
            Self::Plain(Plain::Time(_)) => Is::Time,
            Self::Plain(Plain::Object(_)) => Is::Object,
            Self::Plain(Plain::Digest(_)) => Is::Digest,
            Self::Salted(_) => Is::Salted,
            Self::Files(_) => Is::Files,
            Self::Nullifier(_) | Self::Keyed(_) => Is::Nullifier,
        }
    }
}

fn bytes(hex: &str) -> Result<[u8; 32]> {
    let bytes = digest::unhex(hex).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Error::internal("a digest that is none"))
}

macro_rules! plain_from {
    ($($from:ty, $v:ident => $to:expr;)*) => { $(
        impl From<$from> for Field {
            fn from($v: $from) -> Self {
                Self::Plain($to)
            }
        }
    )* };
}

plain_from! {
    &'static str, v => Plain::Code(v);
    i64, v => Plain::Number(v);
    Date, v => Plain::Date(v);
    Time, v => Plain::Time(v);
    Ref, v => Plain::Object(v);
    &Ref, v => Plain::Object(v.clone());
}
