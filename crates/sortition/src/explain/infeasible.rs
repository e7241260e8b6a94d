//! Why no committee fits the quotas, and the smallest change that helps.

use madang_message::{Arg, Catalogue, Locale};

use super::{Section, Voice, count, figures};
use crate::{Bound, Change, Constraint, Infeasible, Reason, Task};

/// Reasons and proposal. `task` is the canonical task that was asked about.
#[must_use]
pub fn infeasible(task: &Task, found: &Infeasible, catalogue: &Catalogue, locale: Locale) -> Vec<Section> {
    let voice = Voice { catalogue, locale };
    let reasons = found.reasons.iter().map(|reason| self::reason(task, reason, &voice)).collect();
    let mut sections =
        vec![Section { heading: voice.say("sortition-infeasible-title", &[]), sentences: reasons, table: None }];
    let mut sentences: Vec<String> = Vec::new();
    match &found.relaxation {
        Some(changes) => {
            sentences.extend(changes.iter().map(|change| self::change(task, change, &voice)));
            let flex = if found.within_flex { "sortition-relax-within" } else { "sortition-relax-beyond" };
            if task.features.iter().any(|feature| feature.values.iter().any(|value| value.flex.is_some())) {
                sentences.push(voice.say(flex, &[]));
            }
        }
        None => sentences.push(voice.say("sortition-relax-none", &[])),
    }
    sections.push(Section { heading: voice.say("sortition-relax-title", &[]), sentences, table: None });
    sections
}

fn name(task: &Task, limit: &Constraint) -> Arg {
    let (feature, value) = figures::names(task, limit);
    Arg::from(if value.is_empty() { feature } else { format!("{feature}: {value}") })
}

fn reason(task: &Task, reason: &Reason, voice: &Voice<'_>) -> String {
    match reason {
        Reason::PoolTooSmall { people, size } => {
            voice.say("sortition-reason-pool", &[("people", count(*people)), ("size", count(*size))])
        }
        Reason::TooFewHouseholds { households, size } => {
            voice.say("sortition-reason-homes", &[("homes", count(*households)), ("size", count(*size))])
        }
        Reason::MinOverMax { constraint, min, max } => voice.say(
            "sortition-reason-min-max",
            &[("limit", name(task, constraint)), ("min", count(*min)), ("max", count(*max))],
        ),
        Reason::TooFewPeople { constraint, people, min } => voice.say(
            "sortition-reason-few",
            &[("limit", name(task, constraint)), ("people", count(*people)), ("min", count(*min))],
        ),
        Reason::MinimaOverSize { feature, sum, size } => voice.say(
            "sortition-reason-minima",
            &[("feature", feature_name(task, *feature)), ("sum", count(*sum)), ("size", count(*size))],
        ),
        Reason::MaximaUnderSize { feature, sum, size } => voice.say(
            "sortition-reason-maxima",
            &[("feature", feature_name(task, *feature)), ("sum", count(*sum)), ("size", count(*size))],
        ),
        Reason::Together => voice.say("sortition-reason-together", &[]),
    }
}

fn feature_name(task: &Task, feature: usize) -> Arg {
    Arg::from(task.features.get(feature).map_or("", |feature| &feature.name))
}

fn change(task: &Task, change: &Change, voice: &Voice<'_>) -> String {
    let key = match change.bound {
        Bound::Min => "sortition-relax-min",
        Bound::Max => "sortition-relax-max",
    };
    let args = [("limit", name(task, &change.constraint)), ("from", count(change.from)), ("to", count(change.to))];
    voice.say(key, &args)
}
