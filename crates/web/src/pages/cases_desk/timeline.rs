//! What follows from what happened to a case: dates if a clock were extended, names of outcomes, links of steps.

use madang_cases::EventKind;
use madang_cases::views::{CaseView, TimelineItem};
use madang_form::{ClockRun, Definition, Happening, What, timeline};
use madang_http::Visit;
use serde_json::{Value, json};

use super::kit;

/// The name of an outcome in whichever state it stands.
pub fn outcome_name(visit: &Visit, def: &Definition, id: &str) -> Option<String> {
    let mut all = def.states.iter().flat_map(|state| &state.outcomes);
    all.find(|outcome| outcome.id == id).map(|outcome| outcome.name.get(visit.locale).to_owned())
}

/// Where a link of a step leads; nothing when it is no address.
pub fn link(visit: &Visit, text: Option<&str>) -> Value {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Value::Null };
    let href = if text.starts_with("https://") || text.starts_with("http://") || text.starts_with('/') {
        text.to_owned()
    } else {
        let found = text.parse::<madang_kernel::Ref>();
        found.map(|reference| crate::pages::plans::shape::href(visit, &reference)).unwrap_or_default()
    };
    json!({ "href": href, "label": text })
}

/// The run of a clock if it were extended now, for showing the date before somebody decides.
pub fn extended(visit: &Visit, view: &CaseView, clock: &str, with_consent: bool) -> Option<ClockRun> {
    let cases = kit::cases(visit).ok()?;
    let def = &view.service.definition;
    let mut story: Vec<Happening> = view.timeline.iter().flat_map(happenings).collect();
    story.push(Happening { at: visit.ctx.now, what: What::Extended { clock: clock.to_owned(), with_consent } });
    timeline::run(def, def.clock(clock)?, &view.case.answers, &story, visit.ctx.now, &cases.days())
}

/// An item as the clocks see it.
fn happenings(item: &TimelineItem) -> Vec<Happening> {
    let body = item.body.clone().unwrap_or_default();
    let mut what = match item.kind {
        EventKind::Filed => vec![What::Filed],
        EventKind::Step => item.step.iter().map(|(id, _)| What::Step(id.clone())).collect(),
        EventKind::Asked => vec![What::Asked],
        EventKind::Replied => vec![What::Replied],
        EventKind::Transferred => vec![What::Transferred],
        EventKind::Extended => vec![What::Extended { clock: body.about, with_consent: body.consent }],
        EventKind::Threshold => vec![What::Threshold(body.about)],
        EventKind::RanOut => vec![What::RanOut(body.about)],
        _ => Vec::new(),
    };
    if item.kind != EventKind::Filed {
        what.extend(item.to_state.iter().map(|(id, _)| What::State(id.clone())));
    }
    what.into_iter().map(|what| Happening { at: item.at, what }).collect()
}
