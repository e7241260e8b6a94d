//! Clocks: how long the law gives, from which moment to which, and what silence means.

use std::fmt;

use madang_base::LocalizedText;
use madang_base::calendar::clock::Unit;
use serde::{Serialize, Serializer};

use super::Party;

/// A legal clock of a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clock {
    pub id: String,
    pub name: LocalizedText,
    /// Whose time it is: the agency's, or the author's (an objection window).
    pub who: Party,
    pub within: Within,
    pub first_day_counted: bool,
    /// Whether an end on a closed day moves to the next business day.
    pub end_rolls: bool,
    /// It starts at each of these; a later one starts it anew.
    pub starts: Vec<Moment>,
    /// The first of these ends it.
    pub stops: Vec<Moment>,
    /// It stands still in these states …
    pub pauses: Vec<String>,
    /// … and while a question to the author is open.
    pub pauses_for_question: bool,
    /// It starts anew when the case is passed to another agency.
    pub restarts_on_transfer: bool,
    pub extension: Option<ClockExtension>,
    pub silence: Silence,
    pub basis: Vec<LocalizedText>,
}

/// How much time: one amount, or by the value of a choice field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Within {
    All {
        amount: u32,
        unit: Unit,
    },
    /// `(value, amount, unit)` by option of the field; the clock does not run for options that are left out.
    ByChoice {
        field: String,
        values: Vec<(String, u32, Unit)>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClockExtension {
    /// In the clock's own unit.
    pub amount: u32,
    pub times: u32,
    /// Extensions beyond the first `times` need the author's consent; so many more are possible.
    pub with_consent: u32,
    pub by: Vec<Party>,
    pub basis: Vec<LocalizedText>,
}

/// Something in the life of a case at which clocks start and stop and steps happen by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    Filed,
    /// A step was taken.
    Step(String),
    /// A state was entered.
    State(String),
    /// A clock ran out.
    Clock(String),
    /// A threshold was reached.
    Threshold(String),
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filed => f.write_str("filed"),
            Self::Step(id) => write!(f, "step:{id}"),
            Self::State(id) => write!(f, "state:{id}"),
            Self::Clock(id) => write!(f, "clock:{id}"),
            Self::Threshold(id) => write!(f, "threshold:{id}"),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What it means when the time is over and nothing came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Silence {
    /// The case is overdue: on the public list of its agency.
    Overdue,
    /// Nothing more can be done (a window has closed).
    Lapses,
    /// A step of the definition with `on = "clock:…"` happens.
    Step,
    /// The law takes it for a refusal: the author may object as if refused.
    Refused,
    /// The law takes it for a consent.
    Granted,
}
