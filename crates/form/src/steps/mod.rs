//! Which steps are open to somebody, and whether what is given for a step is enough.

use jiff::civil::Date;
use madang_base::FieldError;
use serde::{Deserialize, Serialize};

use crate::timeline::ClockRun;
use crate::values::{Answers, FileAnswer};
use crate::{Definition, Party, Step};

/// As whom somebody may act on a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub parties: Vec<Party>,
}

/// What is given with a step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StepInput {
    pub answer: String,
    pub reason: String,
    /// Ids of grounds.
    pub grounds: Vec<String>,
    /// The id of an outcome of the state that the step leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    pub files: Vec<FileAnswer>,
    /// An address, or a thing of this site (`commitment:kr-2021/2.1`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    pub fields: Answers,
}

#[must_use]
pub fn open_steps<'a>(def: &'a Definition, state: &str, parties: &[Party], running: &[ClockRun]) -> Vec<&'a Step> {
    let _ = (def, state, parties, running);
    Vec::new()
}

#[must_use]
pub fn check_input(def: &Definition, step: &Step, input: &StepInput, today: Date) -> Vec<FieldError> {
    let _ = (def, step, input, today);
    Vec::new()
}
