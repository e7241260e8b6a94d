//! Rules of clocks: a basis, a length for every case, somebody who can extend it.

use super::{Check, item};
use crate::model::{Clock, FieldKind, Moment, Party, Silence, Within};

impl Check<'_, '_, '_> {
    pub fn clocks(&mut self) {
        let def = self.def;
        for (index, clock) in def.clocks.iter().enumerate() {
            let path = item("clock", index);
            if clock.basis.is_empty() && self.has(&format!("{path}.basis")) {
                self.sink.on(&format!("{path}.basis"), "form.clock-basis", &[("value", &clock.id)]);
            }
            self.by_choice(&path, clock);
            self.silence(&path, clock);
            for (at, party) in clock.extension.iter().flat_map(|extension| &extension.by).enumerate() {
                if matches!(party, Party::System | Party::Member) {
                    let at = format!("{path}.extension.who[{}]", at + 1);
                    self.sink.on(&at, "form.extension-who", &[("value", party.code())]);
                }
            }
            let legal = clock.who == Party::Agency && clock.silence == Silence::Overdue;
            if legal && clock.extension.is_none() && !self.sink.broken(&[&path]) {
                self.sink.on(&path, "form.warn-no-extension", &[("value", &clock.id)]);
            }
        }
    }

    /// A length for every value of a field that is always answered.
    fn by_choice(&mut self, path: &str, clock: &Clock) {
        let Within::ByChoice { field: id, values } = &clock.within else { return };
        let Some(field) = self.def.field(id) else { return };
        let at = format!("{path}.within");
        let FieldKind::Choice { options } = &field.kind else {
            self.sink.on(&format!("{at}.field"), "form.clock-choice-field", &[("value", id)]);
            return;
        };
        if !field.required || !field.when.is_empty() || field.by != Party::Author {
            self.sink.on(&format!("{at}.field"), "form.clock-choice-field", &[("value", id)]);
        }
        if options.iter().any(|option| option.id.is_empty()) {
            return;
        }
        for (value, _, _) in values {
            if !options.iter().any(|option| option.id == *value) && !self.sink.is_full() {
                let known = options.iter().map(|option| option.id.as_str());
                let meant = crate::read::reader::suggestion(value, known);
                let args = [("value", value.as_str()), ("known", meant.as_str())];
                self.sink.on_key(&format!("{at}.{value}"), "form.option-unknown", &args);
            }
        }
        let missing = options.iter().filter(|option| !values.iter().any(|(value, _, _)| *value == option.id));
        let missing: Vec<_> = missing.map(|option| format!("`{}`", option.id)).collect();
        if !missing.is_empty() {
            let args = [("value", id.as_str()), ("known", &missing.join(", "))];
            self.sink.on(&at, "form.clock-choice-missing", &args);
        }
    }

    fn silence(&mut self, path: &str, clock: &Clock) {
        let on = Moment::Clock(clock.id.clone());
        if clock.silence == Silence::Step && self.def.steps_on(&on).next().is_none() && !clock.id.is_empty() {
            self.sink.on(&format!("{path}.silence"), "form.silence-step", &[("value", &clock.id)]);
        }
    }
}
