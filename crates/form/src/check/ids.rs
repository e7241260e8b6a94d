//! Ids: none twice, none that means something else already.

use super::{Check, item};
use crate::model::FieldKind;
use crate::read::flow::{BUILT_IN, NEEDS};

/// Parties that every service has.
pub const PARTIES: [&str; 4] = ["author", "agency", "member", "system"];

impl Check<'_, '_, '_> {
    pub fn ids(&mut self) {
        let def = self.def;
        self.unique("field", def.fields.iter().map(|field| field.id.as_str()));
        self.unique("party", def.parties.iter().map(|party| party.id.as_str()));
        self.unique("state", def.states.iter().filter(|state| !state.built_in).map(|state| state.id.as_str()));
        self.unique("step", def.steps.iter().map(|step| step.id.as_str()));
        self.unique("clock", def.clocks.iter().map(|clock| clock.id.as_str()));
        self.unique("threshold", def.thresholds.iter().map(|threshold| threshold.id.as_str()));
        self.unique("ground", def.grounds.iter().map(|ground| ground.id.as_str()));
        self.unique("template", def.templates.iter().map(|template| template.id.as_str()));
        for (index, field) in def.fields.iter().enumerate() {
            let path = item("field", index);
            if let FieldKind::Table { columns, .. } = &field.kind {
                self.unique(&format!("{path}.column"), columns.iter().map(|column| column.id.as_str()));
            }
            if NEEDS.iter().any(|(word, _)| *word == field.id) {
                self.sink.on(&format!("{path}.id"), "form.field-id-need", &[("value", &field.id)]);
            }
        }
        for (index, state) in def.states.iter().enumerate().filter(|(_, state)| !state.built_in) {
            self.reserved(&item("state", index), &state.id, BUILT_IN.iter().any(|(id, _, _)| *id == state.id));
        }
        for (index, party) in def.parties.iter().enumerate() {
            self.reserved(&item("party", index), &party.id, PARTIES.contains(&party.id.as_str()));
        }
    }

    fn reserved(&mut self, path: &str, id: &str, reserved: bool) {
        if reserved {
            self.sink.on(&format!("{path}.id"), "form.id-reserved", &[("value", id)]);
        }
    }

    fn unique<'d>(&mut self, list: &str, ids: impl Iterator<Item = &'d str>) {
        let mut seen: Vec<&str> = Vec::new();
        for (index, id) in ids.enumerate() {
            if let Some(first) = seen.iter().position(|other| *other == id).filter(|_| !id.is_empty()) {
                let line = self.sink.line(&format!("{}.id", item(list, first)));
                let path = format!("{}.id", item(list, index));
                self.sink.on(&path, "form.id-duplicate", &[("value", id), ("line", &line)]);
            }
            seen.push(id);
        }
    }
}
