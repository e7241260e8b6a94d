//! States and steps: what the leaves of a case say, beside what is claimed.

use std::sync::Arc;

use madang_form::{Definition, Phase};
use serde::Deserialize;

use super::claim::{Claim, Entry};

/// What of a leaf about a case the recount looks at.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub kind: &'a str,
    pub at: i64,
    pub no: u64,
    pub service: Option<&'a str>,
    pub step: Option<&'a str>,
    pub state: Option<&'a str>,
    pub version: Option<&'a str>,
}

#[derive(Deserialize)]
struct Leaf<'a> {
    at: i64,
    kind: &'a str,
    #[serde(borrow)]
    fields: Fields<'a>,
}

#[derive(Deserialize)]
struct Fields<'a> {
    no: Option<u64>,
    step: Option<&'a str>,
    state: Option<&'a str>,
    service: Option<&'a str>,
    version: Option<&'a str>,
}

/// `service:petition/open` → `petition`, `open`.
fn word(reference: &str) -> Option<(&str, &str)> {
    reference.strip_prefix("service:")?.split_once('/')
}

impl<'a> Record<'a> {
    /// None when the leaf has no number of an event or is not what it must be.
    pub fn read(json: &'a str) -> Option<Self> {
        let leaf: Leaf<'a> = serde_json::from_str(json).ok()?;
        let fields = leaf.fields;
        let words = |reference: Option<&'a str>| match reference {
            Some(reference) => word(reference).map(Some),
            None => Some(None),
        };
        let (step, state) = (words(fields.step)?, words(fields.state)?);
        let own = fields.service.and_then(|service| service.strip_prefix("service:"));
        let version = match fields.version {
            Some(version) => Some(version.strip_prefix("sha256:")?),
            None => None,
        };
        Some(Self {
            kind: leaf.kind,
            at: leaf.at,
            no: fields.no?,
            service: own.or(step.map(|(service, _)| service)).or(state.map(|(service, _)| service)),
            step: step.map(|(_, step)| step),
            state: state.map(|(_, state)| state),
            version,
        })
    }

    /// Whether it says where the case stands beside what happened: the act by which it becomes public.
    fn stands(&self) -> bool {
        self.version.is_some() && !matches!(self.kind, "case.filed" | "case.migrated")
    }

    /// Whether it belongs to the history of states.
    pub fn is_history(&self) -> bool {
        let moved = self.state.is_some() && !self.stands();
        self.step.is_some() || moved || matches!(self.kind, "case.filed" | "case.migrated")
    }
}

/// Where the reading of a claimed history stands.
pub(super) struct Reading {
    next: usize,
    last: u64,
    state: Option<String>,
    /// The definition that the case stands on here; none before the leaves have told.
    pub definition: Option<Arc<Definition>>,
}

/// A difference that was found, still without its object.
#[derive(Debug)]
pub(super) struct Other {
    pub what: &'static str,
    pub expected: String,
    pub found: String,
}

impl Reading {
    pub fn new() -> Self {
        Self { next: 0, last: 0, state: None, definition: None }
    }

    /// One leaf. `public`: whether the case was public before it, so that no leaf can be missing.
    pub fn leaf(&mut self, claim: &Claim, record: &Record<'_>, public: bool, found: &mut Vec<Other>) {
        if record.no <= self.last {
            let expected = format!("an event after number {}", self.last);
            found.push(Other { what: "history", expected, found: format!("number {} again", record.no) });
            return;
        }
        self.last = record.no;
        if record.service.is_some_and(|service| service != claim.service) {
            let expected = record.service.unwrap_or_default().to_owned();
            found.push(Other { what: "service", expected, found: claim.service.clone() });
        }
        self.skip(claim, record.no, public, found);
        let here = claim.history.get(self.next).filter(|entry| entry.no == record.no);
        self.next += usize::from(here.is_some());
        if !record.is_history() {
            if record.stands() && record.state.is_some() && record.state != self.state.as_deref() {
                let expected = record.state.unwrap_or_default().to_owned();
                found.push(Other { what: "state", expected, found: self.state.clone().unwrap_or_default() });
            }
            if let Some(entry) = here {
                found.push(Other { what: "history", expected: "no step".to_owned(), found: spell(entry) });
            }
            return;
        }
        let mut expected = self.expected(record);
        if record.kind == "case.filed" && expected.state.is_none() {
            // Which state comes first is in a definition that the leaves have not told yet.
            expected.state = here.and_then(|entry| entry.state.clone());
        }
        match here {
            Some(entry) if *entry == expected => {}
            Some(entry) => found.push(Other { what: "history", expected: spell(&expected), found: spell(entry) }),
            None => found.push(Other { what: "history", expected: spell(&expected), found: "none".to_owned() }),
        }
        found.extend(self.possible(record, expected.state.as_deref()));
        if expected.state.is_some() {
            self.state = expected.state;
        }
    }

    /// What is left of the claimed history when all leaves have been read.
    pub fn finish(&mut self, claim: &Claim, public: bool, found: &mut Vec<Other>) {
        self.skip(claim, u64::MAX, public, found);
        let last = claim.history.iter().rev().find_map(|entry| entry.state.as_deref());
        if last.is_some_and(|last| last != claim.state) {
            let expected = last.unwrap_or_default().to_owned();
            found.push(Other { what: "state", expected, found: claim.state.clone() });
        }
    }

    /// Passes what was claimed and has no leaf: nobody may know what happened while the case was not public.
    fn skip(&mut self, claim: &Claim, before: u64, public: bool, found: &mut Vec<Other>) {
        while let Some(entry) = claim.history.get(self.next).filter(|entry| entry.no < before) {
            if public {
                found.push(Other { what: "history", expected: "none".to_owned(), found: spell(entry) });
            }
            if let Some(state) = &entry.state {
                self.state = Some(state.clone());
            }
            self.next += 1;
        }
    }

    fn expected(&self, record: &Record<'_>) -> Entry {
        let first = || self.definition.as_ref().map(|definition| definition.first_state().id.clone());
        let stays = || {
            let step = self.definition.as_ref().and_then(|definition| definition.step(record.step?));
            step.is_some_and(|step| step.to.is_none())
        };
        let state = match record.state {
            // A step that moves nothing, by which the case became public where it stands.
            Some(_) if record.stands() && stays() => None,
            Some(state) => Some(state.to_owned()),
            None if record.kind == "case.filed" => first(),
            None => None,
        };
        Entry {
            no: record.no,
            at: record.at,
            step: record.step.map(str::to_owned),
            state,
            version: record.version.filter(|_| record.kind == "case.migrated").map(str::to_owned),
        }
    }

    /// Whether the definition knows such a step from where the case stood.
    fn possible(&self, record: &Record<'_>, state: Option<&str>) -> Option<Other> {
        let definition = self.definition.as_ref()?;
        let other = |expected: String, found: String| Some(Other { what: "step", expected, found });
        if let Some(id) = record.step {
            let Some(step) = definition.step(id) else {
                return other(format!("a step of {}", definition.id), id.to_owned());
            };
            let from = self.state.as_deref();
            if from.is_some_and(|from| !step.from.iter().any(|possible| possible == from)) {
                return other(format!("{id} from {}", step.from.join(", ")), from.unwrap_or("?").to_owned());
            }
            if step.to.as_deref() != state {
                let to = |state: Option<&str>| format!("{id} to {}", state.unwrap_or("where it stands"));
                return other(to(step.to.as_deref()), to(state));
            }
            let word = word_of(definition, state);
            if record.kind != word {
                return other(word.to_owned(), record.kind.to_owned());
            }
            return None;
        }
        let state = state?;
        match record.kind {
            "case.withdrawn" if state != "withdrawn" => other("withdrawn".to_owned(), state.to_owned()),
            "case.merged" if state != "merged" => other("merged".to_owned(), state.to_owned()),
            _ if definition.state(state).is_none() => other(format!("a state of {}", definition.id), state.to_owned()),
            _ => None,
        }
    }
}

/// The ledger's word for a step into a state.
fn word_of(definition: &Definition, state: Option<&str>) -> &'static str {
    match state.map(|state| definition.state(state).map(|state| state.phase)) {
        Some(Some(Phase::Answered)) => "case.answered",
        Some(Some(Phase::Refused)) => "case.refused",
        Some(_) => "case.moved",
        None => "case.acted",
    }
}

fn spell(entry: &Entry) -> String {
    let mut text = format!("number {}", entry.no);
    for (name, value) in [("step", &entry.step), ("state", &entry.state), ("version", &entry.version)] {
        if let Some(value) = value {
            text.push_str(&format!(", {name} {value}"));
        }
    }
    text.push_str(&format!(", at {}", madang_base::Time::from_micros(entry.at).rfc3339()));
    text
}
