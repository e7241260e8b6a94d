//! Rules of steps: who takes them, what they need and publish, who hears of it.

use super::graph::never_refused;
use super::{Check, item};
use crate::model::{CasePublicity, Moment, Need, Party, Phase, Publicity, Publishes, Step};

impl Check<'_, '_, '_> {
    pub fn steps(&mut self) {
        let def = self.def;
        for (index, step) in def.steps.iter().enumerate() {
            let path = item("step", index);
            self.automatic(&path, step);
            self.needs(&path, step);
            self.when(&path, step);
            self.refusal(&path, step);
            self.publishes(&path, step);
            if step.citizen_says.is_some() && step.by.as_slice() != [Party::Author] {
                self.sink.on(&format!("{path}.says"), "form.says-not-author", &[]);
            }
            if step.to.is_some() && step.tells.is_empty() && !self.sink.broken(&[&path]) {
                self.sink.on(&path, "form.warn-untold", &[("value", &step.id)]);
            }
        }
        let needs_ground = def.steps.iter().any(|step| step.needs(&Need::Ground));
        if !def.grounds.is_empty() && !needs_ground {
            self.sink.on("ground[1]", "form.warn-ground-unused", &[]);
        }
        for (index, state) in def.states.iter().enumerate().filter(|(_, state)| !state.outcomes.is_empty()) {
            let into = def.steps.iter().filter(|step| step.to.as_ref() == Some(&state.id));
            let mut silent = into.filter(|step| !step.needs(&Need::Outcome) && !step.by(&Party::System));
            if let Some(step) = silent.next() {
                let args = [("value", step.id.as_str()), ("state", state.id.as_str())];
                self.sink.on(&format!("{}.outcomes", item("state", index)), "form.warn-outcome-unnamed", &args);
            }
        }
    }

    /// The engine acts on a clock or a threshold, and nothing else does.
    fn automatic(&mut self, path: &str, step: &Step) {
        let system = step.by(&Party::System);
        match &step.on {
            Some(_) if step.by.as_slice() != [Party::System] && !step.by.is_empty() => {
                self.sink.on(&format!("{path}.by"), "form.on-not-system", &[("value", &step.id)]);
            }
            None if system && !self.sink.broken(&[&format!("{path}.on")]) => {
                self.sink.on(&format!("{path}.by"), "form.system-without-on", &[("value", &step.id)]);
            }
            Some(Moment::Filed | Moment::Step(_) | Moment::State(_)) => {
                self.sink.on(&format!("{path}.on"), "form.on-moment", &[]);
            }
            _ => {}
        }
        if step.on.is_some() && system && !step.needs.is_empty() {
            self.sink.on(&format!("{path}.needs"), "form.system-needs", &[("value", &step.id)]);
        }
    }

    /// What a step depends on is asked when filing or in another step.
    fn when(&mut self, path: &str, step: &Step) {
        let def = self.def;
        for when in &step.when {
            let Some(field) = def.field(&when.field) else { continue };
            let need = Need::Field(field.id.clone());
            let asked = def.steps.iter().any(|other| other.id != step.id && other.needs(&need));
            if !def.asks_when_filing(field) && !asked {
                let args = [("value", step.id.as_str()), ("other", field.id.as_str())];
                self.sink.on_key(&format!("{path}.when.{}", when.field), "form.step-when-unasked", &args);
            }
        }
    }

    fn needs(&mut self, path: &str, step: &Step) {
        let def = self.def;
        for (index, need) in step.needs.iter().enumerate() {
            let at = format!("{path}.needs[{}]", index + 1);
            match need {
                Need::Outcome => {
                    let state = step.to.as_deref().and_then(|id| def.state(id));
                    let unknown = step.to.is_some() && state.is_none();
                    if !unknown && state.is_none_or(|state| state.outcomes.is_empty()) {
                        let name = step.to.as_deref().unwrap_or("—");
                        self.sink.on(&at, "form.outcome-none", &[("value", name)]);
                    }
                }
                Need::Ground if def.grounds.is_empty() => self.sink.on(&at, "form.ground-none", &[]),
                Need::Approval if step.by(&Party::Author) || step.by(&Party::Member) || !step.by(&Party::Agency) => {
                    self.sink.on(&at, "form.approval-author", &[]);
                }
                Need::Field(id) => {
                    if let Some(field) = def
                        .field(id)
                        .filter(|field| field.by != Party::System && !step.by(&field.by) && !step.by(&Party::System))
                    {
                        let args = [("value", id.as_str()), ("party", field.by.code())];
                        self.sink.on(&at, "form.need-field-party", &args);
                    }
                }
                _ => {}
            }
        }
    }

    /// No agency and no committee refuses without saying why; where the law lists the grounds, with one of them. Whoever dismisses the
    /// objection to a refusal gives a reason: the ground was named when it was refused.
    fn refusal(&mut self, path: &str, step: &Step) {
        let refused = step.to.as_deref().and_then(|id| self.def.state(id)).is_some_and(|s| s.phase == Phase::Refused);
        let by_office = step.by.iter().any(|party| matches!(party, Party::Agency | Party::Named(_)));
        if !refused || !by_office {
            return;
        }
        let needs = if self.has(&format!("{path}.needs")) { format!("{path}.needs") } else { path.to_owned() };
        let first = never_refused(self.def);
        let again = !step.from.iter().any(|from| first.contains(from.as_str()));
        if self.def.grounds.is_empty() || again {
            if !step.needs(&Need::Reason) && !step.needs(&Need::Ground) {
                self.sink.on(&needs, "form.refusal-reason", &[("value", &step.id)]);
            }
        } else if !step.needs(&Need::Ground) {
            self.sink.on(&needs, "form.refusal-ground", &[("value", &step.id)]);
        }
    }

    fn publishes(&mut self, path: &str, step: &Step) {
        for (index, publishes) in step.publishes.iter().enumerate() {
            let at = format!("{path}.publishes[{}]", index + 1);
            match publishes {
                Publishes::Case if self.def.public.case == CasePublicity::Never && self.has("public.case") => {
                    self.sink.on(&at, "form.publishes-never", &[]);
                }
                Publishes::Field(id) => {
                    let field = self.def.field(id);
                    if field.is_some_and(|field| field.public == Publicity::Never) {
                        self.sink.on(&at, "form.publishes-field", &[("value", id)]);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether the file has something at this path.
    pub fn has(&self, path: &str) -> bool {
        self.sink.has(path)
    }
}
