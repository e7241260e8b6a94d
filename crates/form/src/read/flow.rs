//! States and steps.

use super::field::{built_in, options, whens};
use super::reader::{At, Reader, Table};
use super::top::{list, parties};
use crate::model::{Moment, Need, Phase, Publishes, State, Step, Tells};

/// The words of `needs` that are no fields.
pub const NEEDS: [(&str, Need); 7] = [
    ("answer", Need::Answer),
    ("reason", Need::Reason),
    ("ground", Need::Ground),
    ("outcome", Need::Outcome),
    ("file", Need::File),
    ("link", Need::Link),
    ("approval", Need::Approval),
];
const TELLS: [(&str, Tells); 4] = [
    ("author", Tells::Author),
    ("supporters", Tells::Supporters),
    ("followers", Tells::Followers),
    ("agency", Tells::Agency),
];
/// The states that every service has: id, Korean name, English name.
pub const BUILT_IN: [(&str, &str, &str); 2] = [("withdrawn", "취하", "Withdrawn"), ("merged", "병합", "Merged")];

/// The states of the file and those that every service has.
pub fn states(r: &mut Reader<'_>, top: &Table<'_>) -> Vec<State> {
    let mut states = list(r, top, "state", true, state);
    states.extend(BUILT_IN.map(|(id, ko, en)| State {
        id: id.to_owned(),
        name: built_in(ko, en),
        help: Default::default(),
        phase: Phase::Closed,
        outcomes: Vec::new(),
        final_: true,
        built_in: true,
    }));
    states
}

fn state(r: &mut Reader<'_>, table: &Table<'_>) -> State {
    let phases = Phase::ALL.map(|phase| (phase.code(), phase));
    State {
        id: r.req(table, "id", Reader::id).unwrap_or_default(),
        name: r.req(table, "name", Reader::localized).unwrap_or_default(),
        help: r.opt(table, "help", Reader::localized).unwrap_or_default(),
        phase: r.req(table, "phase", |r, at| r.choice(at, &phases)).unwrap_or(Phase::Received),
        outcomes: r.opt(table, "outcomes", options).unwrap_or_default(),
        final_: r.flag(table, "final", false),
        built_in: false,
    }
}

pub fn step(r: &mut Reader<'_>, table: &Table<'_>) -> Step {
    let says = [("confirmed", true), ("disputed", false)];
    let name = r.req(table, "name", Reader::localized).unwrap_or_default();
    Step {
        id: r.req(table, "id", Reader::id).unwrap_or_default(),
        done: r.opt(table, "done", Reader::localized).unwrap_or_else(|| name.clone()),
        name,
        help: r.opt(table, "help", Reader::localized).unwrap_or_default(),
        from: r.req(table, "from", |r, at| Some(r.words(at, Reader::word))).unwrap_or_default(),
        when: r.opt(table, "when", whens).unwrap_or_default(),
        to: r.opt(table, "to", Reader::text),
        by: r.req(table, "by", parties).unwrap_or_default(),
        needs: r
            .opt(table, "needs", |r, at| Some(r.words(at, Reader::word)))
            .map_or_else(Vec::new, |words| words.into_iter().map(need).collect()),
        publishes: r.opt(table, "publishes", publishes).unwrap_or_default(),
        tells: r.opt(table, "tells", tells).unwrap_or_default(),
        within: r.opt(table, "within", Reader::text),
        on: r.opt(table, "on", moment),
        citizen_says: r.opt(table, "says", |r, at| r.choice(at, &says)),
        basis: r.basis(table),
    }
}

fn need(word: String) -> Need {
    NEEDS.iter().find(|(code, _)| *code == word).map_or(Need::Field(word), |(_, need)| need.clone())
}

fn publishes(r: &mut Reader<'_>, at: &At<'_>) -> Option<Vec<Publishes>> {
    let words = r.words(at, |r, at| {
        let word = r.word(at);
        if word.is_empty() || word == "case" || word == "act" || word.starts_with("field:") {
            return word;
        }
        let known = super::reader::suggestion(&word, ["case", "act", "field:…"].into_iter());
        r.fault(at, "form.word", &[("value", &word), ("known", &known)]);
        String::new()
    });
    let publishes = words.iter().map(|word| match word.as_str() {
        "case" => Publishes::Case,
        "act" => Publishes::Act,
        other => Publishes::Field(other.trim_start_matches("field:").to_owned()),
    });
    Some(publishes.collect())
}

fn tells(r: &mut Reader<'_>, at: &At<'_>) -> Option<Vec<Tells>> {
    let words = r.words(at, |r, at| r.choice(at, &TELLS.map(|(word, _)| (word, word))).unwrap_or("").to_owned());
    let of = |word: &String| TELLS.iter().find(|(code, _)| code == word).map(|(_, tells)| *tells);
    Some(words.iter().filter_map(of).collect())
}

/// `filed`, `step:accept`, `state:deciding`, `clock:opinions`, `threshold:hearing`.
pub fn moment(r: &mut Reader<'_>, at: &At<'_>) -> Option<Moment> {
    let text = r.text(at)?;
    let moment = match text.split_once(':') {
        None if text == "filed" => Some(Moment::Filed),
        Some(("step", id)) => Some(Moment::Step(id.to_owned())),
        Some(("state", id)) => Some(Moment::State(id.to_owned())),
        Some(("clock", id)) => Some(Moment::Clock(id.to_owned())),
        Some(("threshold", id)) => Some(Moment::Threshold(id.to_owned())),
        _ => None,
    };
    if moment.is_none() {
        r.fault(at, "form.moment", &[("value", &text)]);
    }
    moment
}
