//! References: every id that is named exists.

use super::ids::PARTIES;
use super::{Check, item};
use crate::model::{FieldKind, Moment, Need, Party, Publishes, When, Within};
use crate::read::flow::NEEDS;
use crate::read::top::is_slug;

impl Check<'_, '_, '_> {
    pub fn refs(&mut self) {
        let def = self.def;
        for (index, field) in def.fields.iter().enumerate() {
            let path = item("field", index);
            self.whens(&format!("{path}.when"), &field.when);
            self.person(&format!("{path}.by"), &field.by);
            self.states(&format!("{path}.public-in"), &field.public_in);
        }
        for (index, rule) in def.routing.rules.iter().enumerate() {
            self.whens(&format!("routing.rules[{}].when", index + 1), &rule.when);
        }
        if let Some(field) = &def.routing.field {
            self.field("routing.field", field);
        }
        self.step_refs();
        self.clock_refs();
        if let Some(support) = &def.support {
            for (index, id) in support.states.iter().enumerate() {
                self.own_state(&item("support.states", index), id);
            }
        }
        for (index, template) in def.templates.iter().enumerate() {
            for (at, id) in template.steps.iter().enumerate() {
                self.step_id(&format!("{}.steps[{}]", item("template", index), at + 1), id);
            }
        }
        self.field("public.title", &def.public.title);
        self.states("public.funnel", &def.public.funnel);
    }

    fn step_refs(&mut self) {
        let def = self.def;
        for (index, step) in def.steps.iter().enumerate() {
            let path = item("step", index);
            for (at, id) in step.from.iter().enumerate() {
                self.own_state(&format!("{path}.from[{}]", at + 1), id);
            }
            self.whens(&format!("{path}.when"), &step.when);
            if let Some(id) = &step.to {
                self.own_state(&format!("{path}.to"), id);
            }
            for (at, party) in step.by.iter().enumerate() {
                self.party(&format!("{path}.by[{}]", at + 1), party);
            }
            for (at, need) in step.needs.iter().enumerate() {
                if let Need::Field(id) = need {
                    let words = NEEDS.iter().map(|(word, _)| *word);
                    let known = words.chain(def.fields.iter().map(|field| field.id.as_str()));
                    self.known(&format!("{path}.needs[{}]", at + 1), "form.need-unknown", id, known);
                }
            }
            for (at, publishes) in step.publishes.iter().enumerate() {
                if let Publishes::Field(id) = publishes {
                    self.field(&format!("{path}.publishes[{}]", at + 1), id);
                }
            }
            if let Some(id) = &step.within {
                self.clock_id(&format!("{path}.within"), id);
            }
            if let Some(moment) = &step.on {
                self.moment(&format!("{path}.on"), moment);
            }
        }
    }

    fn clock_refs(&mut self) {
        let def = self.def;
        for (index, clock) in def.clocks.iter().enumerate() {
            let path = item("clock", index);
            self.person(&format!("{path}.who"), &clock.who);
            for (key, moments) in [("starts", &clock.starts), ("stops", &clock.stops)] {
                for (at, moment) in moments.iter().enumerate() {
                    self.moment(&format!("{path}.{key}[{}]", at + 1), moment);
                }
            }
            for id in &clock.pauses {
                self.state(&format!("{path}.pauses"), id);
            }
            if let Within::ByChoice { field, .. } = &clock.within {
                self.field(&format!("{path}.within.field"), field);
            }
            for (at, party) in clock.extension.iter().flat_map(|extension| &extension.by).enumerate() {
                self.party(&format!("{path}.extension.who[{}]", at + 1), party);
            }
        }
    }

    /// Fields that are compared with values which they can have.
    fn whens(&mut self, path: &str, whens: &[When]) {
        for when in whens {
            let at = format!("{path}.{}", when.field);
            let Some(field) = self.def.field(&when.field) else {
                let known: Vec<&str> = self.def.fields.iter().map(|field| field.id.as_str()).collect();
                if !known.iter().any(|id| id.is_empty()) && !self.sink.is_full() {
                    let meant = crate::read::reader::suggestion(&when.field, known.into_iter());
                    let args = [("value", when.field.as_str()), ("known", meant.as_str())];
                    self.sink.on_key(&at, "form.field-unknown", &args);
                }
                continue;
            };
            for (index, value) in when.is.iter().enumerate() {
                let at = item(&at, index);
                match &field.kind {
                    FieldKind::Choice { options } | FieldKind::MultiChoice { options, .. } => {
                        let known = options.iter().map(|option| option.id.as_str());
                        self.known(&at, "form.option-unknown", value, known);
                    }
                    FieldKind::Consent { .. } => {
                        self.known(&at, "form.option-unknown", value, ["yes"].into_iter());
                    }
                    FieldKind::Agency => {
                        if !value.is_empty() && !is_slug(value) {
                            self.sink.on(&at, "form.slug", &[("value", value)]);
                        }
                    }
                    other => {
                        let path = format!("{path}.{}", when.field);
                        let args = [("value", when.field.as_str()), ("type", other.code())];
                        self.sink.on_key(&path, "form.when-type", &args);
                        break;
                    }
                }
            }
        }
    }

    /// States of the file and built-in ones.
    fn states(&mut self, path: &str, ids: &[String]) {
        for (index, id) in ids.iter().enumerate() {
            self.state(&item(path, index), id);
        }
    }

    fn state(&mut self, path: &str, id: &str) {
        self.known(path, "form.state-unknown", id, self.def.states.iter().map(|state| state.id.as_str()));
    }

    /// A state of the file: nobody steps into or out of a built-in one.
    fn own_state(&mut self, path: &str, id: &str) {
        let own = self.def.states.iter().filter(|state| !state.built_in);
        self.known(path, "form.state-unknown", id, own.map(|state| state.id.as_str()));
    }

    fn field(&mut self, path: &str, id: &str) {
        self.known(path, "form.field-unknown", id, self.def.fields.iter().map(|field| field.id.as_str()));
    }

    fn step_id(&mut self, path: &str, id: &str) {
        self.known(path, "form.no-such-step", id, self.def.steps.iter().map(|step| step.id.as_str()));
    }

    fn clock_id(&mut self, path: &str, id: &str) {
        self.known(path, "form.clock-unknown", id, self.def.clocks.iter().map(|clock| clock.id.as_str()));
    }

    /// Somebody of flesh and blood.
    fn person(&mut self, path: &str, party: &Party) {
        let people = PARTIES.into_iter().filter(|word| *word != Party::System.code());
        let known = people.chain(self.def.parties.iter().map(|party| party.id.as_str()));
        self.known(path, "form.party-unknown", party.code(), known);
    }

    fn party(&mut self, path: &str, party: &Party) {
        let known = PARTIES.into_iter().chain(self.def.parties.iter().map(|party| party.id.as_str()));
        self.known(path, "form.party-unknown", party.code(), known);
    }

    fn moment(&mut self, path: &str, moment: &Moment) {
        match moment {
            Moment::Filed => {}
            Moment::Step(id) => self.step_id(path, id),
            Moment::State(id) => self.state(path, id),
            Moment::Clock(id) => self.clock_id(path, id),
            Moment::Threshold(id) => {
                let known = self.def.thresholds.iter().map(|threshold| threshold.id.as_str());
                self.known(path, "form.threshold-unknown", id, known);
            }
        }
    }
}
