//! What happened to a case, in words, and the answer among it.

use madang_base::LocalizedText;
use madang_cases::model::{EventBody, EventKind};
use madang_cases::views::{CaseView, TimelineItem};
use madang_form::{Definition, Moment, Party, Phase, Silence, StepInput};
use madang_http::Visit;
use serde_json::{Value, json};

use super::super::plans::shape;
use super::shapes;
use crate::page::words;

/// The time line, newest first.
pub fn shown(visit: &Visit, view: &CaseView, files_at: &str) -> Vec<Value> {
    let told = view.timeline.iter().rev().filter(|item| !doubled(view, item));
    told.map(|item| line(visit, view, item, files_at)).collect()
}

/// Whether an automatic step of the same moment says already what this item says.
pub fn doubled(view: &CaseView, item: &TimelineItem) -> bool {
    let def = &view.service.definition;
    let about = || item.body.as_ref().map(|body| body.about.clone()).unwrap_or_default();
    let moment = match item.kind {
        EventKind::Threshold => Moment::Threshold(about()),
        EventKind::RanOut => Moment::Clock(about()),
        _ => return false,
    };
    let follows = |other: &TimelineItem| {
        let step = other.step.as_ref().and_then(|(id, _)| def.step(id));
        other.at == item.at && step.is_some_and(|step| step.on.as_ref() == Some(&moment))
    };
    view.timeline.iter().any(follows)
}

/// What was written, and the reason when it is a text of its own beside an answer.
pub fn texts(body: &EventBody, input: &StepInput) -> (String, String) {
    if !input.answer.is_empty() {
        return (input.answer.clone(), input.reason.clone());
    }
    let text = if input.reason.is_empty() { &body.text } else { &input.reason };
    (text.clone(), String::new())
}

fn line(visit: &Visit, view: &CaseView, item: &TimelineItem, files_at: &str) -> Value {
    let def = &view.service.definition;
    let body = item.body.clone().unwrap_or_default();
    let input = body.input.clone().unwrap_or_default();
    let (text, reason) = texts(&body, &input);
    json!({
        "receipt_href": super::address::under(visit, &view.case.number, &format!("receipts/{}", item.no)),
        "at": item.at.micros(), "title": title(visit, def, item, &body), "by": by(visit, def, item), "marked": item.marked,
        "text": text, "reason": reason, "grounds": grounds(def, &input), "link": link(visit, &input),
        "files": shapes::files(&input.files, files_at), "detail": detail(visit, item), "basis": item.basis,
    })
}

/// What happened: a step in the definition's own words, everything else in ours.
pub fn title(visit: &Visit, def: &Definition, item: &TimelineItem, body: &EventBody) -> String {
    if let Some((_, done)) = &item.step {
        return done.get(visit.locale).to_owned();
    }
    let about = match item.kind {
        EventKind::Extended | EventKind::RanOut => def.clock(&body.about).map(|clock| clock.name.clone()),
        EventKind::Threshold => def.threshold(&body.about).map(|threshold| threshold.name.clone()),
        _ => None,
    };
    let about = about.unwrap_or_else(|| LocalizedText::new(body.about.as_str(), body.about.as_str()));
    let args = [("about", about.get(visit.locale).into()), ("n", body.count.unwrap_or(0).into())];
    // Time that is over without anybody being late: a window for opinions, for an objection.
    let window = def.clock(&body.about).is_some_and(|clock| clock.silence != Silence::Overdue);
    if item.kind == EventKind::RanOut && window {
        return words(visit, "happened-window-over", &args);
    }
    words(visit, &format!("happened-{}", item.kind), &args)
}

fn by(visit: &Visit, def: &Definition, item: &TimelineItem) -> String {
    if let Some(agency) = &item.agency {
        return agency.name.get(visit.locale).to_owned();
    }
    if let Some(person) = item.person.as_ref().filter(|person| !person.is_empty()) {
        return person.clone();
    }
    if item.party_name.is_empty() {
        shapes::party(visit, def, &Party::of(&item.party))
    } else {
        item.party_name.get(visit.locale).to_owned()
    }
}

/// From where to where, when it moved.
fn detail(visit: &Visit, item: &TimelineItem) -> String {
    match (&item.from_state, &item.to_state) {
        (Some((from, before)), Some((to, after))) if from != to => {
            let args = [("from", before.get(visit.locale).into()), ("to", after.get(visit.locale).into())];
            words(visit, "cases-moved", &args)
        }
        _ => String::new(),
    }
}

fn grounds(def: &Definition, input: &StepInput) -> Vec<LocalizedText> {
    input.grounds.iter().filter_map(|id| Some(def.ground(id)?.name.clone())).collect()
}

/// A link to a thing of this site or to an address of the web; nothing else is made a link.
fn link(visit: &Visit, input: &StepInput) -> Value {
    let Some(target) = input.link.as_ref().filter(|target| !target.is_empty()) else { return Value::Null };
    let (href, label) = match target.parse::<madang_kernel::Ref>() {
        Ok(object) => (shape::href(visit, &object), words(visit, "cases-link", &[])),
        Err(_) if madang_plans::checks::is_address(target) => (target.clone(), target.clone()),
        Err(_) => Default::default(),
    };
    if href.is_empty() { Value::Null } else { json!({ "href": href, "label": label }) }
}

/// The latest answer or refusal, shown before everything else.
pub fn answer(visit: &Visit, view: &CaseView, files_at: &str) -> Value {
    let def = &view.service.definition;
    let ends = |id: &str| def.state(id).is_some_and(|state| matches!(state.phase, Phase::Answered | Phase::Refused));
    let is_answer = |item: &&TimelineItem| {
        let input = item.body.as_ref().and_then(|body| body.input.as_ref());
        item.kind == EventKind::Step
            && input.is_some_and(|input| {
                !input.answer.is_empty()
                    || (!input.grounds.is_empty() && item.to_state.as_ref().is_some_and(|(id, _)| ends(id)))
            })
    };
    let Some(item) = view.timeline.iter().rev().find(is_answer) else { return Value::Null };
    let input = item.body.as_ref().and_then(|body| body.input.clone()).unwrap_or_default();
    let outcome = input.outcome.as_ref().and_then(|id| {
        let state = def.state(&item.to_state.as_ref()?.0)?;
        state.outcomes.iter().find(|outcome| outcome.id == *id).map(|outcome| outcome.name.clone())
    });
    let ground = |id: &String| def.ground(id).map(|g| json!({ "name": g.name, "help": g.help, "basis": g.basis }));
    // Grounds alone refuse nothing: what is granted in part has them too.
    let to = item.to_state.as_ref().and_then(|(id, _)| def.state(id));
    let refused = to.is_some_and(|state| state.phase == Phase::Refused);
    json!({
        "title": words(visit, if refused { "cases-refusal" } else { "cases-answer" }, &[]), "by": by(visit, def, item),
        "at": item.at.micros(), "refused": refused, "outcome": outcome, "grounds": input.grounds.iter().filter_map(ground).collect::<Vec<_>>(),
        "text": input.answer, "reason": input.reason, "files": shapes::files(&input.files, files_at), "link": link(visit, &input), "basis": item.basis,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_keeps_its_reason_beside_it() {
        let said = |answer: &str, reason: &str, text: &str| {
            let input = StepInput { answer: answer.to_owned(), reason: reason.to_owned(), ..StepInput::default() };
            texts(&EventBody { text: text.to_owned(), ..EventBody::default() }, &input)
        };
        let pair = |text: &str, reason: &str| (text.to_owned(), reason.to_owned());
        assert_eq!(said("가", "나", ""), pair("가", "나"));
        assert_eq!(said("", "나", ""), pair("나", ""));
        assert_eq!(said("", "", "다"), pair("다", ""));
    }
}
