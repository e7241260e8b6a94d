//! The page of a step: what it asks, templates to begin an answer with, and what the author and the public will see.

use madang_base::Result;
use madang_cases::views::CaseView;
use madang_form::{Definition, Ground, Need, Publishes, Step, StepInput, steps, values};
use madang_http::{Outcome, Visit};
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use serde_json::{Value, json};

use super::case::{agency_names, head};
use super::kit::{self, option, t};
use super::step::{Form, open};
use super::{case, timeline};
use crate::page::Page;
use crate::pages::services::{shapes, step_form};

pub(super) async fn page(visit: &Visit, view: &CaseView, step: &Step, form: Form) -> Outcome {
    let agencies = visit.app.db.read(|tx| organisation::list(tx, Some(OrganisationKind::Agency))).await?;
    let def = &view.service.definition;
    let to = step.to.as_deref().and_then(|id| def.state(id));
    let shut = !open(view, step);
    let status = form.status;
    let context = json!({
        "case": head(visit, view), "action": visit.url(&visit.path),
        "step": {
            "name": step.name, "help": shapes::some(&step.help), "basis": step.basis,
            "to": to.map(|state| kit::state(state.phase, &state.name)),
            "second": step.needs(&Need::Approval), "tells": tells(visit, step),
        },
        "note": form.note, "shut": shut, "changed": form.changed, "held": form.ended, "saved": form.saved,
        "templates": templates(visit, view, step),
        "asks": asks(visit, view, step, &form.given),
        "fields": step_form::shown(visit, def, step, &form.raw, &form.held, &agencies),
        "files": step_form::documents(visit, &form.held, step.needs(&Need::File)),
        "max_bytes": kit::max_bytes(visit),
        "preview": if form.preview { preview(visit, view, step, &form.given, &agencies)? } else { Value::Null },
        "content": filed(visit, view, &agencies),
        "summary": kit::summary(visit, &form.errors, |id| label(visit, def, id)), "errors": form.errors,
    });
    Page::new(visit, "cases-desk/step.html").form().status(status).render(&context)
}

/// What a field of the page is called.
fn label(visit: &Visit, def: &Definition, id: &str) -> Option<String> {
    match id {
        "outcome" | "ground" | "answer" | "reason" | "link" => Some(t(visit, &format!("desk-ask-{id}"), &[])),
        step_form::FILES => Some(t(visit, "need-file", &[])),
        _ => def.field(id).map(|field| field.name.get(visit.locale).to_owned()),
    }
}

/// Who is told, in words.
fn tells(visit: &Visit, step: &Step) -> Vec<String> {
    use madang_form::Tells::{Agency, Author, Followers, Supporters};
    let word = |tells: &madang_form::Tells| match tells {
        Author => "author",
        Supporters => "supporters",
        Followers => "followers",
        Agency => "agency",
    };
    step.tells.iter().map(|tells| t(visit, &format!("desk-tells-{}", word(tells)), &[])).collect()
}

/// What the author wrote, to look at while answering: texts and lines only.
fn filed(visit: &Visit, view: &CaseView, agencies: &[Organisation]) -> Vec<Value> {
    super::content::answers(visit, view, agencies)
}

/// The questions that are not fields of the definition.
fn asks(visit: &Visit, view: &CaseView, step: &Step, given: &StepInput) -> Vec<Value> {
    let def = &view.service.definition;
    let mut asks = Vec::new();
    let mut ask = |name: &str, kind: &str, value: &str, options: Vec<Value>| {
        asks.push(json!({
            "name": name, "label": t(visit, &format!("desk-ask-{name}"), &[]), "kind": kind,
            "hint": t(visit, &format!("desk-ask-hint-{name}"), &[]), "value": value, "options": options,
        }));
    };
    if step.needs(&Need::Outcome) {
        let all = steps::outcomes(def, step).into_iter();
        let all = all.map(|o| option(&o.id, o.name.get(visit.locale), given.outcome.as_deref() == Some(o.id.as_str())));
        ask("outcome", "outcome", "", all.collect());
    }
    if step.needs(&Need::Ground) {
        ask("ground", "grounds", "", def.grounds.iter().map(|g| ground(visit, g, given)).collect());
    }
    if step.needs(&Need::Answer) {
        ask("answer", "text", &given.answer, Vec::new());
    }
    if step.needs(&Need::Reason) {
        ask("reason", "text", &given.reason, Vec::new());
    }
    if step.needs(&Need::Link) {
        ask("link", "link", given.link.as_deref().unwrap_or_default(), Vec::new());
    }
    asks
}

fn ground(visit: &Visit, ground: &Ground, given: &StepInput) -> Value {
    let basis: Vec<&str> = ground.basis.iter().map(|basis| basis.get(visit.locale)).collect();
    let help = ground.help.get(visit.locale);
    let hint = [help, &basis.join(", ")].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" — ");
    json!({
        "value": ground.id, "label": ground.name.get(visit.locale), "hint": hint, "selected": given.grounds.contains(&ground.id),
    })
}

/// The definition's texts to begin this answer with.
fn templates(visit: &Visit, view: &CaseView, step: &Step) -> Vec<Value> {
    if !step.needs(&Need::Answer) {
        return Vec::new();
    }
    let all = view.service.definition.templates.iter();
    let fit = all.filter(|template| template.steps.is_empty() || template.steps.contains(&step.id));
    fit.map(|found| json!({ "id": found.id, "name": found.name, "text": template(visit, view, &found.id) })).collect()
}

/// A template with what is known of the case filled in, in the author's language; empty when there is none of this id.
pub(super) fn template(visit: &Visit, view: &CaseView, id: &str) -> String {
    let case = &view.case;
    let Some(found) = view.service.definition.templates.iter().find(|template| template.id == id) else {
        return String::new();
    };
    let agency = view.agency.as_ref().map(|agency| agency.name.get(case.locale)).unwrap_or_default();
    let due = case.due_at.map(|at| kit::day(visit, kit::last_day(at))).unwrap_or_default();
    found
        .text
        .get(case.locale)
        .replace("{title}", &case.title)
        .replace("{number}", &case.number)
        .replace("{agency}", agency)
        .replace("{due}", &due)
}

/// What the author reads, and what everybody does.
pub(super) fn preview(
    visit: &Visit,
    view: &CaseView,
    step: &Step,
    given: &StepInput,
    agencies: &[Organisation],
) -> Result<Value> {
    let def = &view.service.definition;
    let names = agency_names(visit, agencies);
    let fields = step_form::fields(def, step);
    let shown = fields.iter().filter_map(|field| Some((field, given.fields.get(&field.id)?)));
    let publishes_case = step.publishes.contains(&Publishes::Case);
    let case_public = case::public(view) || publishes_case;
    let act_public = step.publishes.contains(&Publishes::Act);
    let who = match (case_public, act_public) {
        (true, true) => "all",
        (true, false) => "fact",
        (false, _) => "author",
    };
    Ok(json!({
        "done": step.done,
        "by": view.agency.as_ref().map(|agency| &agency.name),
        "outcome": given.outcome.as_deref().and_then(|id| timeline::outcome_name(visit, def, id)),
        "grounds": given.grounds.iter().filter_map(|id| def.ground(id)).map(|g| json!({ "name": g.name, "help": g.help, "basis": g.basis })).collect::<Vec<_>>(),
        "answer": given.answer, "reason": given.reason,
        "link": timeline::link(visit, given.link.as_deref()),
        "files": given.files.iter().map(|file| json!({ "name": file.name })).collect::<Vec<_>>(),
        "fields": shown.map(|(field, answer)| json!({
            "name": field.name,
            "text": match answer {
                madang_form::Answer::Agency(slug) => names.get(slug).cloned().unwrap_or_else(|| slug.clone()),
                other => values::display(field, other, visit.locale),
            },
        })).collect::<Vec<_>>(),
        "public": who, "public_words": t(visit, &format!("desk-preview-{who}"), &[]), "opens_case": publishes_case && !case::public(view),
    }))
}
