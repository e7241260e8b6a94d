//! Which steps are open to somebody, and whether what is given for a step is enough.

use jiff::civil::Date;
use madang_base::{FieldError, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::timeline::{ClockRun, ClockStatus};
use crate::values::{
    Answers, FileAnswer, all_hold, fault, faults, holds, is_file, missing, prune, read_fields, text_fault, too_long,
    wrong,
};
use crate::{Choice, Definition, Field, Need, Party, Step};

#[cfg(test)]
mod tests;

/// Characters of an answer, of a reason, of a link; files of one step.
pub const ANSWER: u32 = 20_000;
pub const REASON: u32 = 5_000;
pub const LINK: u32 = 2_000;
pub const FILES: usize = 10;

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

impl StepInput {
    /// The same with the fields typed by the definition, after reading it without.
    ///
    /// # Errors
    /// As [`Answers::from_json`].
    pub fn typed(mut self, def: &Definition) -> Result<Self> {
        self.fields = self.fields.typed(def)?;
        Ok(self)
    }
}

/// The steps that somebody with these parties may take from a state, in the definition's order. Those of the engine are
/// never among them; a step within a clock is, while that clock runs, and a step with a `when` if the answers of the case
/// hold it.
#[must_use]
pub fn open_steps<'a>(
    def: &'a Definition,
    state: &str,
    parties: &[Party],
    answers: &Answers,
    running: &[ClockRun],
) -> Vec<&'a Step> {
    def.steps
        .iter()
        .filter(|step| step.from.iter().any(|from| from == state))
        .filter(|step| step.by.iter().any(|party| *party != Party::System && parties.contains(party)))
        .filter(|step| meant(step, answers))
        .filter(|step| step.within.as_deref().is_none_or(|clock| runs(clock, running)))
        .collect()
}

/// Whether a step is for a case with these answers: all of its `when` hold.
#[must_use]
pub fn meant(step: &Step, answers: &Answers) -> bool {
    all_hold(&step.when, answers)
}

/// Whether a clock has started, has not stopped, and its time is not over (or only means that it is overdue).
pub(crate) fn runs(clock: &str, running: &[ClockRun]) -> bool {
    running.iter().any(|run| {
        run.clock == clock && matches!(run.status, ClockStatus::Running | ClockStatus::Paused | ClockStatus::Overdue)
    })
}

/// The outcomes of which a step can name one: those of the state it leads to, or when the case stays, of where it stands.
#[must_use]
pub fn outcomes<'a>(def: &'a Definition, step: &'a Step) -> Vec<&'a Choice> {
    let states: Vec<&str> = match &step.to {
        Some(to) => vec![to],
        None => step.from.iter().map(String::as_str).collect(),
    };
    let mut found: Vec<&Choice> = Vec::new();
    for outcome in states.into_iter().filter_map(|id| def.state(id)).flat_map(|state| &state.outcomes) {
        if !found.iter().any(|known| known.id == outcome.id) {
            found.push(outcome);
        }
    }
    found
}

/// [`check_input_for`] a case whose answers are not at hand: a field with a `when` on them is not missed.
#[must_use]
pub fn check_input(def: &Definition, step: &Step, input: &StepInput, today: Date) -> Vec<FieldError> {
    check_input_for(def, step, input, &Answers::default(), today)
}

/// What is missing or wrong in what is given for a step, by the names `answer`, `reason`, `grounds`, `outcome`, `files`,
/// `link` and the ids of the step's fields. `answers` are those of the case, for fields with a `when`. That a second
/// officer must agree is no matter of the input.
#[must_use]
pub fn check_input_for(
    def: &Definition,
    step: &Step,
    input: &StepInput,
    answers: &Answers,
    today: Date,
) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (name, need, text, max) in
        [("answer", Need::Answer, &input.answer, ANSWER), ("reason", Need::Reason, &input.reason, REASON)]
    {
        if step.needs(&need) || !text.trim().is_empty() {
            errors.extend(text_fault(name, text, max));
        }
    }
    if input.grounds.iter().any(|id| def.ground(id).is_none()) {
        errors.push(fault("grounds", "form.value-ground"));
    } else if input.grounds.is_empty() && step.needs(&Need::Ground) {
        errors.push(fault("grounds", "form.value-required"));
    }
    match &input.outcome {
        Some(id) if !outcomes(def, step).iter().any(|outcome| outcome.id == *id) => {
            errors.push(fault("outcome", "form.value-outcome"));
        }
        None if step.needs(&Need::Outcome) => errors.push(fault("outcome", "form.value-required")),
        _ => {}
    }
    if input.files.is_empty() && step.needs(&Need::File) {
        errors.push(fault("files", "form.value-required"));
    } else if input.files.len() > FILES || !input.files.iter().all(is_file) {
        errors.push(fault("files", "form.value-file"));
    }
    match input.link.as_deref().map(str::trim) {
        None | Some("") if step.needs(&Need::Link) => errors.push(fault("link", "form.value-required")),
        Some(link) if !link.is_empty() => {
            errors.extend(too_long("link", link, LINK));
            if !is_link(link) {
                errors.push(fault("link", "form.value-link"));
            }
        }
        _ => {}
    }
    errors.extend(field_faults(def, step, &input.fields, answers, today));
    errors
}

/// What the API sends with a step, as `schema::step_schema` says, and what is missing or wrong in it, by the names of
/// [`check_input_for`]. With errors, the input holds what could be read.
#[must_use]
pub fn read_input(
    def: &Definition,
    step: &Step,
    json: &Value,
    answers: &Answers,
    today: Date,
) -> (StepInput, Vec<FieldError>) {
    let mut errors = Vec::new();
    let mut input = StepInput::default();
    let Value::Object(given) = json else { return (input, vec![wrong("", "object")]) };
    fn put<T: DeserializeOwned>(place: &mut T, name: &str, kind: &str, value: &Value, errors: &mut Vec<FieldError>) {
        match serde_json::from_value(value.clone()) {
            Ok(read) => *place = read,
            Err(_) => errors.push(wrong(name, kind)),
        }
    }
    for (name, value) in given {
        match name.as_str() {
            "answer" => put(&mut input.answer, name, "string", value, &mut errors),
            "reason" => put(&mut input.reason, name, "string", value, &mut errors),
            "grounds" => put(&mut input.grounds, name, "array", value, &mut errors),
            "outcome" => put(&mut input.outcome, name, "string", value, &mut errors),
            "files" => put(&mut input.files, name, "array", value, &mut errors),
            "link" => put(&mut input.link, name, "string", value, &mut errors),
            "fields" => {}
            other => errors.push(fault(other, "form.value-unknown-field")),
        }
    }
    let asked = fields(def, step);
    let nothing = Value::Object(serde_json::Map::new());
    let mut filled = read_fields(def, &asked, given.get("fields").unwrap_or(&nothing), answers, today);
    filled.answers.0.retain(|id, _| asked.iter().any(|field| field.id == *id));
    input.fields = filled.answers;
    errors.append(&mut filled.errors);
    let told: Vec<String> = errors.iter().map(|error| part(&error.field).to_owned()).collect();
    let more = check_input_for(def, step, &input, answers, today);
    errors.extend(more.into_iter().filter(|error| !told.iter().any(|name| name == part(&error.field))));
    (input, errors)
}

/// The field that an error's name begins with: `rows` of `rows.0.amount`.
fn part(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn field_faults(def: &Definition, step: &Step, given: &Answers, answers: &Answers, today: Date) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut all = answers.clone();
    all.0.extend(given.0.iter().map(|(id, answer)| (id.clone(), answer.clone())));
    prune(def, &mut all);
    for need in &step.needs {
        let Need::Field(id) = need else { continue };
        let Some(field) = def.field(id) else { continue };
        match given.get(id) {
            Some(answer) => match answer.retyped(field) {
                Some(answer) => errors.extend(faults(id, field, &answer, today)),
                None => errors.push(fault(id, "form.value-type")),
            },
            None if field.required && holds(field, &all) => errors.push(missing(id, field)),
            None => {}
        }
    }
    let needed = |id: &String| step.needs.iter().any(|need| matches!(need, Need::Field(field) if field == id));
    errors.extend(given.0.keys().filter(|id| !needed(id)).map(|id| fault(id, "form.value-not-asked")));
    errors
}

/// The fields that a step asks for, in its order.
#[must_use]
pub fn fields<'a>(def: &'a Definition, step: &Step) -> Vec<&'a Field> {
    let ids = step.needs.iter().filter_map(|need| match need {
        Need::Field(id) => Some(id),
        _ => None,
    });
    ids.filter_map(|id| def.field(id)).collect()
}

/// An address with a host, a path of this site, or a thing of it by kind and id.
fn is_link(link: &str) -> bool {
    // The number of a case, as officers copy it.
    if crate::number::normalise(link).is_some() {
        return true;
    }
    if link.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return false;
    }
    let host = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    if let Some(rest) = host {
        return rest.starts_with(char::is_alphanumeric);
    }
    if let Some(path) = link.strip_prefix('/') {
        return !path.starts_with(['/', '\\']);
    }
    link.split_once(':').is_some_and(|(kind, id)| {
        let word = kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let scheme =
            matches!(kind, "javascript" | "data" | "vbscript" | "file" | "blob" | "mailto" | "tel" | "http" | "https");
        word && !kind.is_empty() && !scheme && id.starts_with(char::is_alphanumeric)
    })
}
