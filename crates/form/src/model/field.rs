//! Fields: what a form asks and what an answer to it can be.

use madang_base::LocalizedText;
use serde::Serialize;

use super::Party;

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Lower-case letters, digits and dashes.
    pub id: String,
    pub name: LocalizedText,
    /// Below the name: what is meant, in one or two sentences.
    pub help: LocalizedText,
    /// A good answer, shown beside the field.
    pub example: LocalizedText,
    pub kind: FieldKind,
    pub required: bool,
    /// All of these must hold, or the field is neither asked nor kept.
    pub when: Vec<When>,
    /// Who fills it in: the author when filing; another party, and the author of a field that a step needs, in that step.
    pub by: Party,
    /// The screen of the filing form, 1 or 2 (the last one is always the review).
    pub screen: u8,
    pub public: Publicity,
    /// The states in which the public sees it; empty: in all.
    pub public_in: Vec<String>,
    /// Whether it holds data about a person: erased after retention, every look of staff on record.
    pub personal: bool,
    /// Whether lists filter by it (choice, agency, date, number and money only).
    pub list: bool,
}

/// The type of a field with its limits. Lengths are in characters.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line.
    Line {
        max: u32,
    },
    /// Several lines.
    Text {
        max: u32,
    },
    Choice {
        options: Vec<Choice>,
    },
    MultiChoice {
        options: Vec<Choice>,
        count: Count,
    },
    /// A whole number.
    Number {
        min: i64,
        max: i64,
        unit: LocalizedText,
    },
    /// Whole won.
    Money {
        min: i64,
        max: i64,
    },
    Date {
        past: bool,
        future: bool,
    },
    /// A point on the map, an address, or both.
    Place,
    /// Name, and how to reach the person.
    Person,
    /// An organisation of the site.
    Agency,
    File {
        count: Count,
    },
    Photo {
        count: Count,
    },
    /// Rows of simple fields (line, number, money, date, choice).
    Table {
        columns: Vec<Field>,
        count: Count,
    },
    /// Something to agree to; the text is kept with the case.
    Consent {
        text: LocalizedText,
    },
}

impl FieldKind {
    /// The word in the file: `multi-choice`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Line { .. } => "line",
            Self::Text { .. } => "text",
            Self::Choice { .. } => "choice",
            Self::MultiChoice { .. } => "multi-choice",
            Self::Number { .. } => "number",
            Self::Money { .. } => "money",
            Self::Date { .. } => "date",
            Self::Place => "place",
            Self::Person => "person",
            Self::Agency => "agency",
            Self::File { .. } => "file",
            Self::Photo { .. } => "photo",
            Self::Table { .. } => "table",
            Self::Consent { .. } => "consent",
        }
    }
}

/// One of a list, with its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    pub id: String,
    pub name: LocalizedText,
}

/// How many: `1..10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    pub min: u32,
    pub max: u32,
}

/// `field` has one of these values (a choice's id, `yes` of a consent, an agency's slug).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    pub field: String,
    pub is: Vec<String>,
}

/// What the public sees of an answer, once the case is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publicity {
    Never,
    Always,
    /// After an officer has looked at it.
    AfterReview,
    /// Of a place only the district, of a date only the year, of a number or sum only its order of magnitude.
    Coarse,
}
