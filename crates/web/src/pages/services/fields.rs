//! The fields of a form as `services/fields.html` reads them, made from a definition and from what was typed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_form::{Answer, Answers, Choice, Definition, Field, FieldKind, FileAnswer, Party, Raw, When};
use madang_http::Visit;
use madang_kernel::blob::Upload;
use madang_kernel::organisation::Organisation;
use serde_json::{Value, json};

use super::uploads::{self, size_words};
use crate::page::words;

/// A form in the making.
pub struct Form<'a> {
    pub visit: &'a Visit,
    pub def: &'a Definition,
    /// Who fills it in.
    pub by: Party,
    /// The screen; none where all fields stand on one.
    pub screen: Option<u8>,
    pub raw: &'a Raw,
    pub answers: &'a Answers,
    pub agencies: &'a [Organisation],
    /// Files that travel in the form.
    pub held: &'a uploads::Uploads,
    /// Rows of tables, where they are more or fewer than what was typed.
    pub rows: BTreeMap<String, usize>,
    /// Where a file of this form can be looked at; empty: nowhere.
    pub files_at: String,
    pub today: Date,
}

impl Form<'_> {
    /// The fields of the screen: those that are asked whatever else is answered on it, and those that depend on that.
    pub fn fields(&self) -> Vec<&Field> {
        self.def.fields.iter().filter(|field| self.here(field)).filter(|field| self.possible(field)).collect()
    }

    pub fn shown(&self) -> Vec<Value> {
        self.fields().into_iter().map(|field| self.field(field)).collect()
    }

    /// Whether a condition is answered on the same page, so that the page itself shows and hides.
    fn same_page(&self, when: &When) -> bool {
        let field = self.def.field(&when.field);
        field.is_some_and(|field| self.here(field))
    }

    /// Whether a field is asked here; what the author is asked in a step is not asked when filing.
    fn here(&self, field: &Field) -> bool {
        let asked = if self.by == Party::Author { self.def.asks_when_filing(field) } else { field.by == self.by };
        asked && self.screen.is_none_or(|screen| field.screen == screen)
    }

    fn possible(&self, field: &Field) -> bool {
        field.when.iter().all(|when| {
            if self.same_page(when) {
                return self.def.field(&when.field).is_some_and(|other| self.possible(other));
            }
            let words = self.answers.get(&when.field).map(Answer::words).unwrap_or_default();
            words.iter().any(|word| when.is.iter().any(|is| is == word))
        })
    }

    /// "Only if …", and the same for the script.
    fn when(&self, field: &Field) -> (String, String) {
        let here: Vec<&When> = field.when.iter().filter(|when| self.same_page(when)).collect();
        let text = here.iter().map(|when| {
            let other = self.def.field(&when.field);
            let name = other.map(|f| f.name.get(self.visit.locale).to_owned()).unwrap_or_default();
            let options = match other.map(|f| &f.kind) {
                Some(FieldKind::Choice { options } | FieldKind::MultiChoice { options, .. }) => options.as_slice(),
                _ => &[],
            };
            let values: Vec<&str> = when
                .is
                .iter()
                .map(|id| choice_name(options, id).map_or(id.as_str(), |n| n.get(self.visit.locale)))
                .collect();
            let args = [("field", name.into()), ("values", values.join(", ").into())];
            words(self.visit, "filing-when", &args)
        });
        let data = here.iter().map(|when| format!("{}={}", when.field, when.is.join("|")));
        (text.collect::<Vec<_>>().join(" "), data.collect::<Vec<_>>().join(";"))
    }

    pub fn field(&self, field: &Field) -> Value {
        let mut out = self.named(field, &field.id);
        let (when, when_data) = self.when(field);
        out["when"] = json!(when);
        out["when_data"] = json!(when_data);
        let id = &field.id;
        let part = |name: &str| self.raw.one(&format!("{id}.{name}")).to_owned();
        match &field.kind {
            FieldKind::Place => {
                out["place"] = json!({
                    "address": part("address"), "district": part("district"), "latitude": part("latitude"),
                    "longitude": part("longitude"),
                });
            }
            FieldKind::Person => out["person"] = json!({ "name": part("name"), "contact": part("contact") }),
            FieldKind::File { count } | FieldKind::Photo { count } => {
                let files = self.files(id);
                out["more"] = json!(files.len() < usize::try_from(count.max).unwrap_or(usize::MAX));
                out["files"] = json!(files);
                out["max"] = json!(count.max);
                out["bytes"] = json!(self.visit.app.blobs.limits().bytes);
                out["accept"] = json!(if matches!(field.kind, FieldKind::Photo { .. }) { "image/*" } else { "" });
            }
            FieldKind::Table { columns, count } => {
                let typed = typed_rows(self.raw, id);
                let least = usize::try_from(count.min.max(1)).unwrap_or(1);
                let most = usize::try_from(count.max).unwrap_or(usize::MAX);
                let rows = self.rows.get(id).copied().unwrap_or(typed).max(least).min(most);
                let row = |at: usize| -> Vec<Value> {
                    columns.iter().map(|column| self.named(column, &format!("{id}.{at}.{}", column.id))).collect()
                };
                out["rows"] = json!((0..rows).map(row).collect::<Vec<_>>());
                out["add"] = json!(rows < most);
                out["least"] = json!(least);
            }
            FieldKind::Consent { text } => {
                out["consent"] = json!({ "text": text, "agreed": self.raw.one(id) == "yes" });
            }
            _ => {}
        }
        out
    }

    /// What every control has, under the name that it has in the form.
    fn named(&self, field: &Field, name: &str) -> Value {
        let some = |text: &madang_base::LocalizedText| (!text.is_empty()).then(|| json!(text));
        let typed = self.raw.one(name);
        let mut out = json!({
            "id": name, "type": field.kind.code(), "name": field.name, "help": some(&field.help),
            "example": some(&field.example), "required": field.required, "value": typed, "max": 0, "unit": null,
            "date_text": false, "min": "", "last": "", "options": [], "files": [], "rows": [], "more": false,
            "when": "", "when_data": "",
        });
        match &field.kind {
            FieldKind::Line { max } | FieldKind::Text { max } => {
                out["max"] = json!(max);
                // Leading spaces and empty lines of a text belong to it.
                out["value"] = json!(self.raw.all(name).first().map_or("", String::as_str));
            }
            FieldKind::Number { unit, .. } => out["unit"] = json!(some(unit)),
            FieldKind::Date { past, future } => {
                out["date_text"] = json!(!typed.is_empty() && typed.parse::<Date>().is_err());
                if !past {
                    out["min"] = json!(self.today.to_string());
                }
                if !future {
                    out["last"] = json!(self.today.to_string());
                }
            }
            FieldKind::Choice { options } | FieldKind::MultiChoice { options, .. } => {
                let chosen = self.raw.all(name);
                let option = |choice: &Choice| {
                    let selected = chosen.contains(&choice.id);
                    json!({ "value": choice.id, "label": choice.name, "selected": selected })
                };
                out["options"] = json!(options.iter().map(option).collect::<Vec<_>>());
            }
            FieldKind::Agency => {
                let option = |agency: &Organisation| json!({ "value": agency.slug, "label": agency.name, "selected": agency.slug == typed });
                out["options"] = json!(self.agencies.iter().map(option).collect::<Vec<_>>());
            }
            _ => {}
        }
        out
    }

    fn files(&self, id: &str) -> Vec<Value> {
        let kept: &[FileAnswer] = match self.answers.get(id) {
            Some(Answer::Files(files)) => files,
            _ => &[],
        };
        let mut out: Vec<Value> = kept.iter().map(|file| self.file(file, String::new())).collect();
        for upload in self.held.get(id).map_or(&[][..], Vec::as_slice) {
            if kept.iter().all(|file| file.sha256 != upload.blob.sha256) {
                out.push(self.held_file(upload));
            }
        }
        out
    }

    fn held_file(&self, upload: &Upload) -> Value {
        let mut out = self.file(&uploads::answer(upload), uploads::hold(self.visit, upload));
        // Nothing refers to it yet, so that it cannot be looked at.
        out["href"] = json!("");
        out
    }

    fn file(&self, file: &FileAnswer, held: String) -> Value {
        let href = if self.files_at.is_empty() { String::new() } else { format!("{}/{}", self.files_at, file.sha256) };
        json!({
            "sha256": file.sha256, "name": file.name, "size": size_words(file.size), "href": href, "held": held,
            "picture": file.media_type.starts_with("image/"),
        })
    }
}

fn choice_name<'a>(options: &'a [Choice], id: &str) -> Option<&'a madang_base::LocalizedText> {
    options.iter().find(|option| option.id == id).map(|option| &option.name)
}

/// How many rows of a table were typed.
pub fn typed_rows(raw: &Raw, table: &str) -> usize {
    let prefix = format!("{table}.");
    let row = |name: &String| name.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok();
    raw.0.keys().filter_map(row).map(|at| at + 1).max().unwrap_or(0)
}

/// The same without one row of a table; those behind it move up.
pub fn without_row(raw: &Raw, table: &str, gone: usize) -> Raw {
    let prefix = format!("{table}.");
    let mut out = Raw::default();
    for (name, values) in &raw.0 {
        let row = name.strip_prefix(&prefix).and_then(|rest| rest.split_once('.'));
        let at = row.and_then(|(at, column)| Some((at.parse::<usize>().ok()?, column)));
        let name = match at {
            Some((at, _)) if at == gone => continue,
            Some((at, column)) if at > gone => format!("{prefix}{}.{column}", at - 1),
            _ => name.clone(),
        };
        out.0.insert(name, values.clone());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_move_up() {
        let raw: Raw = [("t.0.a", "x"), ("t.1.a", "y"), ("t.2.a", "z"), ("t", "?"), ("u.1.a", "k")]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        assert_eq!(typed_rows(&raw, "t"), 3);
        let less = without_row(&raw, "t", 1);
        assert_eq!(less.one("t.1.a"), "z");
        assert_eq!((less.one("t.0.a"), less.one("u.1.a"), typed_rows(&less, "t")), ("x", "k", 2));
    }
}
