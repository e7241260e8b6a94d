//! What a step asks, as fields of a form, and what was given for it.

use madang_base::FieldError;
use madang_form::{Answers, Definition, Field, Need, Raw, Step, StepInput};
use madang_http::{Input, Visit};
use madang_kernel::organisation::Organisation;
use serde_json::{Value, json};

use super::fields::Form;
use super::uploads::{self, Uploads};
use crate::page::words;

/// The name of the field for documents.
pub const FILES: &str = "files";
/// The most documents of one act.
const MOST: u32 = 10;

/// The definition's fields that a step asks for.
pub fn fields<'a>(def: &'a Definition, step: &Step) -> Vec<&'a Field> {
    let id = |need: &Need| match need {
        Need::Field(id) => def.field(id),
        _ => None,
    };
    step.needs.iter().filter_map(id).collect()
}

/// The simple questions of a step. `reason` is what its reason is called.
pub fn asks(visit: &Visit, def: &Definition, step: &Step, input: &StepInput) -> Vec<Value> {
    let mut asks = Vec::new();
    let mut ask = |name: &str, kind: &str, value: &str, options: Vec<Value>| {
        asks.push(json!({
            "name": name, "label": words(visit, &format!("need-{name}"), &[]), "kind": kind, "hint": "", "required": true,
            "value": value, "options": options,
        }));
    };
    for need in &step.needs {
        match need {
            Need::Answer => ask("answer", "text", &input.answer, Vec::new()),
            Need::Reason => ask("reason", "text", &input.reason, Vec::new()),
            Need::Ground => {
                let options = def.grounds.iter().map(|g| {
                    let selected = input.grounds.contains(&g.id);
                    json!({ "value": g.id, "label": g.name.get(visit.locale), "hint": g.help.get(visit.locale), "selected": selected })
                });
                ask("ground", "grounds", "", options.collect());
            }
            Need::Outcome => {
                let state = step.to.as_ref().and_then(|id| def.state(id));
                let options = state.into_iter().flat_map(|s| &s.outcomes).map(|o| {
                    let selected = input.outcome.as_ref() == Some(&o.id);
                    json!({ "value": o.id, "label": o.name.get(visit.locale), "hint": "", "selected": selected })
                });
                ask("outcome", "outcome", "", options.collect());
            }
            Need::Link => ask("link", "link", input.link.as_deref().unwrap_or(""), Vec::new()),
            Need::File | Need::Approval | Need::Field(_) => {}
        }
    }
    asks
}

/// The field for documents.
pub fn documents(visit: &Visit, held: &Uploads, required: bool) -> Value {
    let files: Vec<Value> = held.get(FILES).into_iter().flatten().map(|upload| {
        json!({
            "sha256": upload.blob.sha256, "name": upload.name, "size": uploads::size_words(upload.blob.size), "href": "",
            "held": uploads::hold(visit, upload), "picture": false,
        })
    }).collect();
    json!({
        "id": FILES, "type": "file", "name": words(visit, "need-file", &[]),
        "help": null, "example": null, "required": required, "when": "", "when_data": "", "files": files, "more": true, "max": MOST,
        "bytes": visit.app.blobs.limits().bytes, "accept": "",
    })
}

/// What came with the form of a step; what is wrong of its fields goes to `wrong`.
pub fn read(
    visit: &Visit,
    def: &Definition,
    step: &Step,
    input: &Input,
    kept: &Uploads,
    wrong: &mut Vec<FieldError>,
) -> (StepInput, Raw) {
    let asked = fields(def, step);
    let raw: Raw = input
        .fields()
        .filter(|(name, _)| asked.iter().any(|field| name.split('.').next() == Some(field.id.as_str())))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let files = kept.iter().map(|(id, list)| (id.clone(), list.iter().map(uploads::answer).collect())).collect();
    let by = asked.first().map_or(madang_form::Party::Author, |field| field.by.clone());
    let today = visit.ctx.now.kst_date();
    let filled = madang_form::values::fill(def, &by, &asked, &raw, &files, &Answers::default(), today);
    wrong.extend(filled.errors);
    let text = |need: &Need, name: &str| if step.needs(need) { input.text(name).to_owned() } else { String::new() };
    let given = StepInput {
        answer: text(&Need::Answer, "answer"),
        reason: text(&Need::Reason, "reason"),
        grounds: if step.needs(&Need::Ground) {
            input.list("ground").into_iter().map(str::to_owned).collect()
        } else {
            Vec::new()
        },
        outcome: input.optional("outcome").filter(|_| step.needs(&Need::Outcome)).map(str::to_owned),
        files: kept.get(FILES).into_iter().flatten().map(uploads::answer).collect(),
        link: input.optional("link").filter(|_| step.needs(&Need::Link)).map(|link| of_this_site(visit, link)),
        fields: filled.answers,
    };
    (given, raw)
}

/// An address of one of this site's pages as the thing that it shows; anything else as it is.
fn of_this_site(visit: &Visit, link: &str) -> String {
    let own =
        link.starts_with('/') || link.strip_prefix(&visit.app.site.base_url).is_some_and(|rest| rest.starts_with('/'));
    let thing = if own { crate::pages::cases_desk::target(link).ok() } else { None };
    thing.map_or_else(|| link.to_owned(), |thing| thing.to_string())
}

/// The definition's fields of a step as the form shows them.
pub fn shown(
    visit: &Visit,
    def: &Definition,
    step: &Step,
    raw: &Raw,
    held: &Uploads,
    agencies: &[Organisation],
) -> Vec<Value> {
    let answers = Answers::default();
    let form = Form {
        visit,
        def,
        by: madang_form::Party::Author,
        screen: None,
        raw,
        answers: &answers,
        agencies,
        held,
        rows: std::collections::BTreeMap::new(),
        files_at: String::new(),
        today: visit.ctx.now.kst_date(),
    };
    fields(def, step).into_iter().map(|field| form.field(field)).collect()
}
