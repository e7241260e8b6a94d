//! Rules of clocks: a basis, a length for some case, somebody who can extend it.

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
        }
    }

    /// A length for at least one value of a field that is always answered when filing.
    fn by_choice(&mut self, path: &str, clock: &Clock) {
        let Within::ByChoice { field: id, values } = &clock.within else { return };
        let at = format!("{path}.within");
        if values.is_empty() && self.has(&at) {
            self.sink.on(&at, "form.clock-choice-missing", &[("value", id)]);
        }
        let Some(field) = self.def.field(id) else { return };
        let FieldKind::Choice { options } = &field.kind else {
            self.sink.on(&format!("{at}.field"), "form.clock-choice-field", &[("value", id)]);
            return;
        };
        if !field.required || !field.when.is_empty() || !self.def.asks_when_filing(field) {
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
    }

    fn silence(&mut self, path: &str, clock: &Clock) {
        let on = Moment::Clock(clock.id.clone());
        if clock.silence == Silence::Step && self.def.steps_on(&on).next().is_none() && !clock.id.is_empty() {
            self.sink.on(&format!("{path}.silence"), "form.silence-step", &[("value", &clock.id)]);
        }
    }
}
