//! The kinds of events, declared once as data.
//!
//! What may stand in the ledger, how it is written, what the log's pages call it, how it is counted again and the table
//! in `docs/ledger.md` follow from these declarations; [`append`](super::append) refuses an event that does not fit its
//! kind.

use crate::object::ObjectKind;

/// One kind of event.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Object and past participle: `update.published`.
    pub name: &'static str,
    /// The kinds of object that it is about.
    pub objects: &'static [ObjectKind],
    /// Who may know of it.
    pub shown: Shown,
    /// All fields that it may have.
    pub fields: &'static [FieldSpec],
    pub counted: Counted,
}

/// Who may know of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Everybody: its leaf is its JSON.
    Always,
    /// Nobody but those whom it concerns: its leaf is [opaque](super::opaque_entry).
    Never,
    /// Everybody when its object is public.
    WithObject,
}

/// A field of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    pub name: &'static str,
    pub is: Is,
    /// Whether every event of the kind has it.
    pub always: bool,
}

/// What a field holds. None of them can hold a person's text or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// A word of the program.
    Code,
    /// An integer below 2⁵³.
    Number,
    /// `2026-11-22`.
    Date,
    /// Microseconds since 1970 UTC.
    Time,
    /// A reference to something that is no person's.
    Object,
    /// `sha256:` of something public that is no person's, such as a service's definition.
    Digest,
    /// `sha256:` of a random salt and a text. Deleting the salt leaves a number that says nothing.
    Salted,
    /// A list of salted digests, each of the SHA-256 of a file.
    Files,
    /// `nullifier:` of a person within one object: the same person is recognised there and nowhere else.
    Nullifier,
}

impl Is {
    /// The word for it in documents, and in `ledger-type-…` of the messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::Object => "object",
            Self::Digest => "digest",
            Self::Salted => "salted",
            Self::Files => "files",
            Self::Nullifier => "nullifier",
        }
    }
}

/// How what an event says is counted again from the log alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// By the recount of this name.
    By(&'static str),
    /// It is not part of any count; why.
    Not(&'static str),
}

/// A field that every event of the kind has.
#[must_use]
pub const fn always(name: &'static str, is: Is) -> FieldSpec {
    FieldSpec { name, is, always: true }
}

/// A field that some events of the kind have.
#[must_use]
pub const fn sometimes(name: &'static str, is: Is) -> FieldSpec {
    FieldSpec { name, is, always: false }
}
