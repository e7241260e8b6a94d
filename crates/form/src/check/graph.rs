//! What states and steps say together: every state can be reached and left, clocks start and stop, the engine comes to
//! rest.

use super::{Check, Ids, item};
use crate::model::{Clock, Definition, Field, FieldKind, Moment, Phase, Silence, Step};

impl Check<'_, '_, '_> {
    pub fn graph(&mut self) {
        self.states_of_the_graph();
        self.clocks_of_the_graph();
        self.loops();
    }

    fn states_of_the_graph(&mut self) {
        let def = self.def;
        let reached = reached(def);
        for (index, state) in def.states.iter().enumerate().filter(|(_, state)| !state.built_in) {
            let path = item("state", index);
            let value = [("value", state.id.as_str())];
            if !reached.contains(state.id.as_str()) {
                self.sink.on(&format!("{path}.id"), "form.state-unreachable", &value);
            }
            let leaves = |step: &Step| step.to.as_ref().is_some_and(|to| *to != state.id);
            if !state.final_ && !def.steps_from(&state.id).any(leaves) {
                self.sink.on(&format!("{path}.id"), "form.state-no-way-out", &value);
            }
            if !state.final_ && stuck(def, &state.id) {
                self.sink.on(&format!("{path}.id"), "form.warn-state-when", &value);
            }
            if state.final_ && matches!(state.phase, Phase::Received | Phase::Review | Phase::Open | Phase::Deciding) {
                let args = [("value", state.id.as_str()), ("phase", state.phase.code())];
                self.sink.on(&format!("{path}.phase"), "form.final-phase", &args);
            }
        }
    }

    fn clocks_of_the_graph(&mut self) {
        let def = self.def;
        let reached = reached(def);
        let started = started(def);
        for (index, clock) in def.clocks.iter().enumerate() {
            let path = item("clock", index);
            let value = [("value", clock.id.as_str())];
            if !started.contains(clock.id.as_str()) {
                self.sink.on(&self.or_whole(&path, "starts"), "form.clock-never-starts", &value);
                continue;
            }
            let running = running(def, clock, &reached);
            let silent = matches!(clock.silence, Silence::Lapses | Silence::Step);
            if !silent && !clock.stops.iter().any(|stop| can_happen(def, &running, stop)) {
                self.sink.on(&self.or_whole(&path, "stops"), "form.clock-never-stops", &value);
            }
            let on = Moment::Clock(clock.id.clone());
            for (at, step) in def.steps.iter().enumerate() {
                let key = match (&step.within, &step.on) {
                    (Some(id), _) if *id == clock.id => "within",
                    (_, Some(moment)) if *moment == on => "on",
                    _ => continue,
                };
                if !step.from.iter().any(|from| running.contains(from.as_str())) {
                    self.sink.on(&format!("{}.{key}", item("step", at)), "form.clock-not-running", &value);
                }
            }
        }
    }

    /// The path of a key, or of the table that lacks it.
    fn or_whole(&self, path: &str, key: &str) -> String {
        let whole = format!("{path}.{key}");
        if self.has(&whole) { whole } else { path.to_owned() }
    }

    /// A round of steps that happen by themselves, each started by one of the others. A threshold is reached once only.
    fn loops(&mut self) {
        let def = self.def;
        let mut rounds: Vec<(usize, &Step, &str)> = Vec::new();
        for (index, step) in def.steps.iter().enumerate() {
            if let Some(Moment::Clock(clock)) = &step.on {
                rounds.push((index, step, clock));
            }
        }
        loop {
            let remaining = |(_, step, clock): &(usize, &Step, &str)| {
                let again = |moment: &Moment| {
                    rounds.iter().any(|(_, other, run_out)| match moment {
                        Moment::Step(id) => other.id == *id,
                        Moment::State(id) => other.to.as_ref() == Some(id),
                        Moment::Clock(id) => run_out == id,
                        Moment::Filed | Moment::Threshold(_) => false,
                    })
                };
                on_a_circle(&rounds, step) && def.clock(clock).is_some_and(|clock| clock.starts.iter().any(again))
            };
            let kept: Vec<_> = rounds.iter().filter(|round| remaining(round)).copied().collect();
            if kept.len() == rounds.len() {
                break;
            }
            rounds = kept;
        }
        if let Some((index, step, _)) = rounds.first() {
            self.sink.on(&format!("{}.on", item("step", *index)), "form.step-loop", &[("value", &step.id)]);
        }
    }
}

/// Whether every way out of a state depends on answers, and no question decides that there is one for each case.
fn stuck(def: &Definition, state: &str) -> bool {
    let ways: Vec<&Step> =
        def.steps_from(state).filter(|step| step.to.as_ref().is_some_and(|to| to != state)).collect();
    let decides = |field: &Field| {
        let FieldKind::Choice { options } = &field.kind else { return false };
        let way = |value: &str| {
            ways.iter().any(|step| matches!(step.when.as_slice(), [when] if when.field == field.id && when.is.iter().any(|is| is == value)))
        };
        field.required && field.when.is_empty() && options.iter().all(|option| way(&option.id))
    };
    !ways.is_empty() && ways.iter().all(|step| !step.when.is_empty()) && !def.filing_fields().any(decides)
}

/// Whether a step leads, by these steps alone, to a state from which it can be taken again.
fn on_a_circle(rounds: &[(usize, &Step, &str)], step: &Step) -> bool {
    let Some(to) = &step.to else { return true };
    let mut seen: Ids<'_> = Ids::new();
    let mut open = vec![to.as_str()];
    while let Some(state) = open.pop() {
        if seen.insert(state) {
            let next = rounds.iter().filter(|(_, other, _)| other.from.iter().any(|from| from == state));
            open.extend(next.filter_map(|(_, other, _)| other.to.as_deref()));
        }
    }
    step.from.iter().any(|from| seen.contains(from.as_str()))
}

/// The states that a case can come to.
fn reached(def: &Definition) -> Ids<'_> {
    reached_without(def, |_| false)
}

/// The states that a case can come to before it was refused for the first time.
pub fn never_refused(def: &Definition) -> Ids<'_> {
    reached_without(def, |id| def.state(id).is_some_and(|state| state.phase == Phase::Refused))
}

fn reached_without<'d>(def: &'d Definition, shut: impl Fn(&str) -> bool) -> Ids<'d> {
    let mut seen = Ids::new();
    let mut open = vec![def.first_state().id.as_str()];
    while let Some(state) = open.pop() {
        if !shut(state) && seen.insert(state) {
            let steps = def.steps.iter().filter(|step| step.from.iter().any(|from| from == state));
            open.extend(steps.filter_map(|step| step.to.as_deref()));
        }
    }
    seen
}

/// The clocks that start at some moment other than the end of a clock that never starts.
fn started(def: &Definition) -> Ids<'_> {
    let mut started = Ids::new();
    loop {
        let more = def.clocks.iter().filter(|clock| {
            clock.starts.iter().any(|moment| match moment {
                Moment::Clock(id) => started.contains(id.as_str()),
                _ => true,
            })
        });
        let more: Ids<'_> = more.map(|clock| clock.id.as_str()).collect();
        if more.len() == started.len() {
            return started;
        }
        started = more;
    }
}

/// The states in which a clock may be running, as far as the definition tells: rather too many than too few.
fn running<'d>(def: &'d Definition, clock: &'d Clock, reached: &Ids<'d>) -> Ids<'d> {
    let mut open: Vec<&str> = Vec::new();
    for moment in &clock.starts {
        match moment {
            Moment::Filed => open.push(&def.first_state().id),
            Moment::State(id) => open.push(id),
            Moment::Step(id) => {
                let step = def.step(id);
                open.extend(step.and_then(|step| step.to.as_deref()));
                let stays = step.filter(|step| step.to.is_none());
                open.extend(stays.iter().flat_map(|step| &step.from).map(String::as_str));
            }
            // It may happen anywhere.
            Moment::Clock(_) | Moment::Threshold(_) => open.extend(reached.iter()),
        }
    }
    let ends = |moment: Moment| clock.stops.contains(&moment);
    let mut seen = Ids::new();
    while let Some(state) = open.pop() {
        if seen.insert(state) {
            let steps = def.steps.iter().filter(|step| step.from.iter().any(|from| from == state));
            let on = steps.filter(|step| !ends(Moment::Step(step.id.clone())));
            let next = on.filter_map(|step| step.to.as_deref());
            open.extend(next.filter(|to| !ends(Moment::State((*to).to_owned()))));
        }
    }
    seen
}

/// Whether something happens to a case in one of these states.
fn can_happen(def: &Definition, states: &Ids<'_>, moment: &Moment) -> bool {
    let from = |step: &Step| step.from.iter().any(|from| states.contains(from.as_str()));
    match moment {
        Moment::Filed => false,
        Moment::Step(id) => def.step(id).is_some_and(from),
        Moment::State(id) => {
            def.state(id).is_some_and(|state| state.built_in)
                || def.steps.iter().any(|step| step.to.as_ref() == Some(id) && from(step))
        }
        Moment::Clock(_) | Moment::Threshold(_) => true,
    }
}
