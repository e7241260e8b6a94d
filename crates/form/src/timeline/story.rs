//! The story of one clock: what happened to a case, read for when the clock starts, stands still and stops.

use jiff::civil::DateTime;
use madang_base::calendar::clock::{Due, Extension, Pause, Rule, Run, Unit};
use madang_base::{LocalizedText, Time};

use super::{ClockStatus, Days, Happening, What};
use crate::{Clock, Definition, Moment, Silence};

/// Where a clock stands after what has happened.
#[derive(Default)]
pub(super) struct Story {
    pub started: Option<Time>,
    pub stopped: Option<Time>,
    pub extensions: u32,
    /// When the pause that is still going on began.
    pub paused_since: Option<Time>,
    pauses: Vec<(Time, Time)>,
    ran_out: Option<Time>,
    state: String,
    question: bool,
}

impl Story {
    pub fn of(def: &Definition, clock: &Clock, timeline: &[Happening], now: Time) -> Self {
        let mut story = Self::default();
        let mut past: Vec<&Happening> = timeline.iter().filter(|happening| happening.at <= now).collect();
        past.sort_by_key(|happening| happening.at);
        for happening in past {
            story.tell(def, clock, happening);
        }
        story
    }

    fn running(&self) -> bool {
        self.started.is_some() && self.stopped.is_none()
    }

    fn tell(&mut self, def: &Definition, clock: &Clock, Happening { at, what }: &Happening) {
        let returning = self.running() && clock.pauses.contains(&self.state);
        let entered = match what {
            What::Filed => Some(def.first_state().id.clone()),
            What::State(id) => Some(id.clone()),
            _ => None,
        };
        if let Some(state) = entered {
            self.question &= !def.state(&state).is_some_and(|state| state.final_);
            self.state = state;
        }
        match what {
            What::Asked => self.question = true,
            What::Replied => self.question = false,
            What::Transferred if self.running() && clock.restarts_on_transfer => self.start(*at),
            What::Extended { clock: id, .. } if *id == clock.id && self.running() && clock.extension.is_some() => {
                self.extensions += 1;
                self.ran_out = None;
            }
            What::RanOut(id) if *id == clock.id && self.running() => self.ran_out = Some(*at),
            _ => {}
        }
        let moments = moments(what, &self.state);
        let hit = |list: &[Moment]| moments.iter().any(|moment| list.contains(moment));
        let ended = matches!(what, What::State(id) if def.state(id).is_some_and(|state| state.built_in));
        if self.running() && (ended || hit(&clock.stops)) {
            self.stopped = Some(*at);
            self.go_on(*at);
        }
        let entering = matches!(what, What::State(_));
        if hit(&clock.starts) && !(entering && returning && self.stopped.is_none()) {
            self.start(*at);
        }
        let still = clock.pauses.contains(&self.state) || (clock.pauses_for_question && self.question);
        match (self.running(), still) {
            (true, true) => self.paused_since = self.paused_since.or(Some(*at)),
            (true, false) => self.go_on(*at),
            (false, _) => {}
        }
    }

    fn start(&mut self, at: Time) {
        (self.started, self.stopped, self.extensions) = (Some(at), None, 0);
        (self.paused_since, self.ran_out) = (None, None);
        self.pauses.clear();
    }

    fn go_on(&mut self, at: Time) {
        if let Some(since) = self.paused_since.take() {
            self.pauses.push((since, at));
        }
    }

    /// When the clock runs out, given so much time; with `resumed`, if a pause that goes on ended then.
    pub fn due(
        &self,
        clock: &Clock,
        (amount, unit): (u32, Unit),
        started: Time,
        days: &Days<'_>,
        resumed: Option<Time>,
    ) -> Due {
        let nothing = Due { date: None, overdue_from: None, steps: Vec::new() };
        let rule = Rule {
            amount,
            unit,
            first_day_counted: clock.first_day_counted,
            end_rolls: clock.end_rolls,
            // How often is a question for whoever extends; here it has happened.
            extension: clock.extension.as_ref().map(|e| Extension { amount: e.amount, times: self.extensions }),
            basis: LocalizedText::default(),
        };
        let open =
            self.paused_since.map(|since| Pause { from: since.kst(), until: resumed.map(|until| end(since, until)) });
        let closed = self.pauses.iter().map(|&(from, until)| Pause { from: from.kst(), until: Some(end(from, until)) });
        let run = Run { start: started.kst(), pauses: closed.chain(open).collect(), extensions: self.extensions };
        rule.due(days.calendar, days.hours, &run).unwrap_or(nothing)
    }

    pub fn status(&self, clock: &Clock, overdue_from: Option<Time>, now: Time, paused: bool) -> ClockStatus {
        let until = self.stopped.unwrap_or(now);
        let late = self.ran_out.is_some() || overdue_from.is_some_and(|from| until >= from);
        let closes = matches!(clock.silence, Silence::Lapses | Silence::Step);
        match (self.stopped, late) {
            (_, true) if closes => ClockStatus::Over,
            (Some(_), true) => ClockStatus::Late,
            (Some(_), false) => ClockStatus::Kept,
            (None, true) if clock.silence == Silence::Overdue => ClockStatus::Overdue,
            (None, true) => ClockStatus::Over,
            (None, false) if paused => ClockStatus::Paused,
            (None, false) => ClockStatus::Running,
        }
    }
}

/// The end of a pause: what ends at midnight does not touch the day that begins then.
fn end(from: Time, until: Time) -> DateTime {
    let whole = until.kst();
    let before = Time::from_micros(until.micros() - 1);
    if whole.time() == jiff::civil::Time::midnight() && before > from { before.kst() } else { whole }
}

/// The moments that a happening is.
fn moments(what: &What, state: &str) -> Vec<Moment> {
    match what {
        What::Filed => vec![Moment::Filed, Moment::State(state.to_owned())],
        What::Step(id) => vec![Moment::Step(id.clone())],
        What::State(id) => vec![Moment::State(id.clone())],
        What::Threshold(id) => vec![Moment::Threshold(id.clone())],
        What::RanOut(id) => vec![Moment::Clock(id.clone())],
        What::Asked | What::Replied | What::Transferred | What::Extended { .. } => Vec::new(),
    }
}
