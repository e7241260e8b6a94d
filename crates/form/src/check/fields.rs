//! Rules of fields: what may be public, what lists filter by, which conditions can be decided.

use super::{Check, item};
use crate::model::{Field, FieldKind, Need, Party, Publicity};

impl Check<'_, '_, '_> {
    pub fn fields(&mut self) {
        let def = self.def;
        for (index, field) in def.fields.iter().enumerate() {
            let path = item("field", index);
            self.publicity(&path, field);
            self.filter(&path, field);
            self.order(&path, field);
            if matches!(field.kind, FieldKind::Date { past: false, future: false }) {
                self.sink.on(&format!("{path}.future"), "form.date-nothing", &[]);
            }
            let asked = def.steps.iter().any(|step| step.needs.contains(&Need::Field(field.id.clone())));
            if field.by != Party::Author && !asked && !field.id.is_empty() {
                let args = [("value", field.id.as_str()), ("party", field.by.code())];
                self.sink.on(&format!("{path}.by"), "form.warn-field-unasked", &args);
            }
        }
        self.cycles();
    }

    fn publicity(&mut self, path: &str, field: &Field) {
        let at = format!("{path}.public");
        let value = [("value", field.id.as_str()), ("type", field.kind.code())];
        let coarse = matches!(
            field.kind,
            FieldKind::Place | FieldKind::Date { .. } | FieldKind::Number { .. } | FieldKind::Money { .. }
        );
        match field.public {
            Publicity::Always if field.personal || field.kind == FieldKind::Person => {
                self.sink.on(&at, "form.personal-public", &value);
            }
            Publicity::Always if matches!(field.kind, FieldKind::Photo { .. } | FieldKind::File { .. }) => {
                self.sink.on(&at, "form.photo-public", &value);
            }
            Publicity::Coarse if !coarse => self.sink.on(&at, "form.coarse-type", &value),
            Publicity::Never if !field.public_in.is_empty() => {
                self.sink.on(&format!("{path}.public-in"), "form.public-in-never", &value);
            }
            _ => {}
        }
    }

    fn filter(&mut self, path: &str, field: &Field) {
        if !field.list {
            return;
        }
        let value = [("value", field.id.as_str()), ("type", field.kind.code())];
        let fits = matches!(
            field.kind,
            FieldKind::Choice { .. }
                | FieldKind::Agency
                | FieldKind::Date { .. }
                | FieldKind::Number { .. }
                | FieldKind::Money { .. }
        );
        if field.personal {
            self.sink.on(&format!("{path}.list"), "form.personal-list", &value);
        } else if !fits {
            self.sink.on(&format!("{path}.list"), "form.list-type", &value);
        }
    }

    /// A condition looks at what was asked before, or on the same screen.
    fn order(&mut self, path: &str, field: &Field) {
        for when in &field.when {
            let Some(other) = self.def.field(&when.field) else { continue };
            let filed = |field: &Field| self.def.asks_when_filing(field);
            let later = filed(field) && (!filed(other) || other.screen > field.screen);
            if later {
                let args = [("value", field.id.as_str()), ("other", other.id.as_str())];
                self.sink.on_key(&format!("{path}.when.{}", when.field), "form.when-later", &args);
            }
        }
    }

    /// No field waits for itself, over whatever others.
    fn cycles(&mut self) {
        let def = self.def;
        let mut noted: Vec<&str> = Vec::new();
        for (index, field) in def.fields.iter().enumerate() {
            if field.id.is_empty() || noted.contains(&field.id.as_str()) {
                continue;
            }
            for when in &field.when {
                let mut seen: Vec<&str> = Vec::new();
                let mut open = vec![when.field.as_str()];
                while let Some(id) = open.pop() {
                    if !seen.contains(&id) {
                        seen.push(id);
                        let next = def.field(id);
                        open.extend(next.iter().flat_map(|next| &next.when).map(|when| when.field.as_str()));
                    }
                }
                if seen.contains(&field.id.as_str()) {
                    let path = format!("{}.when.{}", item("field", index), when.field);
                    self.sink.on_key(&path, "form.when-cycle", &[("value", &field.id)]);
                    noted.extend(seen);
                }
            }
        }
    }
}
