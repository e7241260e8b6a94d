//! A plan as a file says it: the format `madang-plan/1` (docs/plans-format.md) as plain values.
//!
//! The same structures are what import checks, what a difference compares, what export writes and what the database
//! keeps as the content of a plan, a commitment and a milestone. Nothing here decides anything.

use madang_base::LocalizedText;
use madang_base::calendar::PartialDate;
use serde::{Deserialize, Serialize};

/// The format's name and version, the first line of every plan file.
pub const FORMAT: &str = "madang-plan/1";

/// A whole plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanFile {
    pub format: String,
    pub plan: Head,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agency: Vec<Agency>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub theme: Vec<Theme>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicator: Vec<Indicator>,
}

/// What is said of the plan itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// `kr-2021`: lower-case letters, digits and hyphens; part of every address below the plan.
    pub id: String,
    pub number: i64,
    pub country: String,
    pub name: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub summary: LocalizedText,
    pub start: PartialDate,
    pub end: PartialDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// The agency that answers for the plan as a whole and opens its inspection rounds.
    pub lead: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forum: Option<Forum>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<Declined>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statement: Vec<Statement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figure: Vec<Figure>,
}

/// The forum of government and civil society that made the plan. Members are ids of agencies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forum {
    pub name: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub short: LocalizedText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founded: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub government: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub government_chair: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub government_secretary: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub civil: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civil_chair: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civil_secretary: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal: Vec<LocalizedText>,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub note: LocalizedText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<Group>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub id: String,
    pub name: LocalizedText,
}

/// A suggestion that was made and not taken up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declined {
    pub id: String,
    pub name: LocalizedText,
    /// How often it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<i64>,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub reason: LocalizedText,
}

/// What one side says in the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    pub id: String,
    /// `government` or `civil-society`.
    pub by: String,
    pub title: LocalizedText,
    pub text: LocalizedText,
}

/// The document that the file restates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub title: LocalizedText,
    /// The agency that published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
}

/// A number that the document states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub id: String,
    pub name: LocalizedText,
    pub value: f64,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub unit: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub note: LocalizedText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
}

/// A public body or other actor of the plan; becomes an organisation of the site, found by its slug `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agency {
    pub id: String,
    pub kind: String,
    pub name: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub short: LocalizedText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    pub id: String,
    pub name: LocalizedText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aims: Vec<LocalizedText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitment: Vec<Commitment>,
}

/// A commitment, or a part of one (2.1, 2.2); a commitment with parts has its milestones in them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    pub number: String,
    pub slug: String,
    pub name: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub summary: LocalizedText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead: Vec<Lead>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub others_note: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub problem: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub solution: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub contribution: LocalizedText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub values_note: LocalizedText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal: Vec<LocalizedText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budget: Vec<Budget>,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub learning: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub notes: LocalizedText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestone: Vec<Milestone>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub part: Vec<Commitment>,
}

/// A leading agency and the division in charge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    pub agency: String,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub division: LocalizedText,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// In whole units of `currency`.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i64>,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub note: LocalizedText,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Milestone {
    pub number: String,
    pub title: LocalizedText,
    /// The heading under which the document lists it.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub group: LocalizedText,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub deliverable: LocalizedText,
    /// The dates as the document prints them.
    #[serde(default, skip_serializing_if = "Printed::is_empty")]
    pub printed: Printed,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<Period>,
    /// Goes on without an end.
    #[serde(default, skip_serializing_if = "is_false")]
    pub continues: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurs: Option<Recurs>,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub note: LocalizedText,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub start: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub end: String,
}

impl Printed {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start.is_empty() && self.end.is_empty()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
}

/// How a milestone comes again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurs {
    pub every: Every,
    /// The month of each occurrence's start, `01`–`12`; January (or the half-year's first) when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Month>,
    /// The occurrence starts in the year before its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_year: Option<Previous>,
    /// The month at whose end each occurrence is due; December (or the half-year's last) when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Month>,
    /// The occurrence ends in the year after the one in which it starts: from the previous December to the next March
    /// are four months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_year: Option<Next>,
    /// All the year round, with no end of its own.
    #[serde(default, skip_serializing_if = "is_false")]
    pub throughout: bool,
    /// The first year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<i16>,
}

/// The word `previous`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Previous {
    Previous,
}

/// The word `next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Next {
    Next,
}

/// A month, 1–12, written `01`–`12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i8);

impl Month {
    /// None when it is no month.
    #[must_use]
    pub fn new(number: i8) -> Option<Self> {
        (1..=12).contains(&number).then_some(Self(number))
    }

    #[must_use]
    pub const fn number(self) -> i8 {
        self.0
    }
}

impl TryFrom<String> for Month {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let number = if text.len() == 2 { text.parse().ok() } else { None };
        number.and_then(Self::new).ok_or("a month is written 01 to 12")
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        format!("{:02}", month.0)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    #[default]
    Year,
    HalfYear,
    TwoYears,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    pub name: LocalizedText,
    /// Indicators of one group are shown together.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// The indicator of whose whole this one measures a part (managers among police officers).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    pub unit: LocalizedText,
    pub better: Better,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub source: LocalizedText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<SeriesValue>,
}

/// Which direction is progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    #[default]
    Higher,
    Lower,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    pub date: PartialDate,
    pub value: f64,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub note: LocalizedText,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesValue {
    pub date: PartialDate,
    pub value: f64,
    /// The agency the value is of; none for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub note: LocalizedText,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if hands a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl PlanFile {
    /// Commitments and their parts in the order of the document, each with its theme and the number of its parent.
    pub fn commitments(&self) -> impl Iterator<Item = (&Theme, Option<&Commitment>, &Commitment)> {
        self.theme.iter().flat_map(|theme| {
            theme.commitment.iter().flat_map(move |commitment| {
                std::iter::once((theme, None, commitment))
                    .chain(commitment.part.iter().map(move |part| (theme, Some(commitment), part)))
            })
        })
    }

    /// How many of each the file holds.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let commitments = self.theme.iter().flat_map(|t| &t.commitment);
        let parts: usize = commitments.clone().map(|c| c.part.len()).sum();
        let split = commitments.clone().filter(|c| !c.part.is_empty()).count();
        let whole = commitments.count();
        Counts {
            themes: size(self.theme.len()),
            commitments: size(whole),
            parts: size(parts),
            commitments_with_parts: size(whole - split + parts),
            milestones: size(self.commitments().map(|(_, _, c)| c.milestone.len()).sum()),
        }
    }
}

/// What a plan consists of. Korea's fifth: 3 themes, 14 commitments, 4 parts, 16 when parts are counted in place of
/// the commitments they make up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub themes: u32,
    pub commitments: u32,
    pub parts: u32,
    pub commitments_with_parts: u32,
    pub milestones: u32,
}

fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
