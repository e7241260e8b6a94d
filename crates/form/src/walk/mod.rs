//! A case that is walked through its service without being stored: to try a definition, and to test all of them.
//!
//! It keeps the state, the timeline and the answers, and does what the engine does by itself: clocks run out, thresholds are
//! reached, and the steps that wait for that are taken. Approvals are taken as given.

use madang_base::{Error, Result, Time};

use crate::steps::{StepInput, check_input_for, meant, runs};
use crate::timeline::{self, ClockRun, Days, Happening, What};
use crate::values::Answers;
use crate::{Definition, Moment, Party};

#[cfg(test)]
mod tests;

#[derive(Clone, Debug)]
pub struct Walk<'a> {
    def: &'a Definition,
    answers: Answers,
    state: String,
    timeline: Vec<Happening>,
}

/// Clocks that may run out in one go: more means that steps and clocks chase each other.
const MOST: usize = 10_000;

/// The state that the engine adds for it.
const WITHDRAWN: &str = "withdrawn";

impl<'a> Walk<'a> {
    /// A case that was filed at this moment.
    #[must_use]
    pub fn new(def: &'a Definition, answers: Answers, at: Time) -> Self {
        let state = def.first_state().id.clone();
        let entered = Happening { at, what: What::State(state.clone()) };
        Self { def, answers, state, timeline: vec![Happening { at, what: What::Filed }, entered] }
    }

    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// What has happened, in order; what happens at once stands in the order step, state, what follows from it.
    #[must_use]
    pub fn timeline(&self) -> &[Happening] {
        &self.timeline
    }

    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The runs of all clocks at a moment.
    #[must_use]
    pub fn clocks(&self, at: Time, days: &Days<'_>) -> Vec<ClockRun> {
        timeline::runs(self.def, &self.answers, &self.timeline, at, days)
    }

    /// Takes a step, after what comes before it by itself.
    ///
    /// # Errors
    /// `form.step-unknown`; `form.step-time` when it is before the last thing that happened; `form.step-state` when it does
    /// not lead out of where the case stands; `form.step-party`; `form.step-when` when it is not for a case with these answers;
    /// `form.step-window` when its clock does not run;
    /// `form.step-input` with the errors of the fields.
    pub fn take(&mut self, step: &str, party: &Party, input: &StepInput, at: Time, days: &Days<'_>) -> Result<()> {
        let step = self.def.step(step).ok_or_else(|| Error::not_found("form.step-unknown").arg("value", step))?;
        self.check_time(at)?;
        self.advance(at, days);
        if !step.from.contains(&self.state) {
            return Err(Error::conflict("form.step-state").arg("value", &step.id).arg("state", &self.state));
        }
        if !step.by(party) {
            return Err(Error::forbidden("form.step-party").arg("value", &step.id).arg("party", party.code()));
        }
        if !meant(step, &self.answers) {
            return Err(Error::conflict("form.step-when").arg("value", &step.id));
        }
        if let Some(clock) = &step.within
            && !runs(clock, &self.clocks(at, days))
        {
            return Err(Error::conflict("form.step-window").arg("value", &step.id).arg("clock", clock));
        }
        let errors = check_input_for(self.def, step, input, &self.answers, at.kst_date());
        if !errors.is_empty() {
            return Err(errors.into_iter().fold(Error::invalid("form.step-input"), Error::field_error));
        }
        self.answers.0.extend(input.fields.typed(self.def)?.0);
        self.happen(at, What::Step(step.id.clone()));
        self.enter(step.to.as_deref(), at);
        Ok(())
    }

    /// Lets time pass: every clock that runs out until `to` is put on record, and the steps that wait for it are taken.
    /// Gives what happened, as `clock:opinions` and `step:close-opinions`.
    pub fn advance(&mut self, to: Time, days: &Days<'_>) -> Vec<String> {
        let mut happened = Vec::new();
        for _ in 0..MOST {
            let Some((at, clock)) = self.next_end(to, days) else { break };
            happened.push(format!("clock:{clock}"));
            self.happen(at, What::RanOut(clock.clone()));
            happened.extend(self.trigger(&Moment::Clock(clock), at));
        }
        happened
    }

    /// The clock that runs out next until `to` and was not yet put on record.
    fn next_end(&self, to: Time, days: &Days<'_>) -> Option<(Time, String)> {
        let last = self.timeline.last().map_or(to, |happening| happening.at);
        let ends = self.clocks(to, days).into_iter().filter_map(|run| {
            let end = run.overdue_from.filter(|end| *end <= to && run.stopped_at.is_none())?;
            let told = self.timeline.iter().any(|happening| {
                happening.at >= end && matches!(&happening.what, What::RanOut(id) if *id == run.clock)
            });
            (!told).then_some((end.max(last), run.clock))
        });
        ends.min_by_key(|(end, _)| *end)
    }

    /// A number of supports was reached. Gives the steps that the engine took, as `step:hearing`.
    pub fn threshold(&mut self, id: &str, at: Time) -> Vec<String> {
        let at = self.not_before(at);
        self.happen(at, What::Threshold(id.to_owned()));
        self.trigger(&Moment::Threshold(id.to_owned()), at)
    }

    /// The agency asks the author something.
    pub fn ask(&mut self, at: Time) {
        self.happen(self.not_before(at), What::Asked);
    }

    /// The author answers.
    pub fn reply(&mut self, at: Time) {
        self.happen(self.not_before(at), What::Replied);
    }

    /// The case is passed to another agency.
    ///
    /// # Errors
    /// `form.step-transfer` when the service does not know that.
    pub fn transfer(&mut self, at: Time) -> Result<()> {
        if !self.def.routing.transfer {
            return Err(Error::conflict("form.step-transfer"));
        }
        self.happen(self.not_before(at), What::Transferred);
        Ok(())
    }

    /// The author withdraws the case: every clock stops.
    ///
    /// # Errors
    /// `form.step-withdraw` when the service does not allow it or the case has ended.
    pub fn withdraw(&mut self, at: Time) -> Result<()> {
        let ended = self.def.state(&self.state).is_none_or(|state| state.final_);
        if !self.def.filing.withdraw || ended || self.def.state(WITHDRAWN).is_none() {
            return Err(Error::conflict("form.step-withdraw"));
        }
        let at = self.not_before(at);
        self.enter(Some(WITHDRAWN), at);
        Ok(())
    }

    /// A clock is extended.
    ///
    /// # Errors
    /// `form.step-extension` when there is no such clock, it does not run, or was extended as often as it may be.
    pub fn extend(&mut self, clock: &str, with_consent: bool, at: Time, days: &Days<'_>) -> Result<()> {
        self.check_time(at)?;
        self.advance(at, days);
        let run = self.clocks(at, days).into_iter().find(|run| run.clock == clock);
        let allowed = self
            .def
            .clock(clock)
            .zip(run)
            .is_some_and(|(clock, run)| timeline::may_extend(self.def, clock, &run, with_consent));
        if !allowed {
            return Err(Error::conflict("form.step-extension").arg("value", clock));
        }
        self.happen(at, What::Extended { clock: clock.to_owned(), with_consent });
        Ok(())
    }

    /// Takes the engine's steps for a moment that lead out of where the case stands, one after another.
    fn trigger(&mut self, moment: &Moment, at: Time) -> Vec<String> {
        let def = self.def;
        let mut taken = Vec::new();
        for step in def.steps_on(moment) {
            if step.by(&Party::System) && step.from.contains(&self.state) && meant(step, &self.answers) {
                taken.push(format!("step:{}", step.id));
                self.happen(at, What::Step(step.id.clone()));
                self.enter(step.to.as_deref(), at);
            }
        }
        taken
    }

    fn enter(&mut self, state: Option<&str>, at: Time) {
        if let Some(state) = state {
            state.clone_into(&mut self.state);
            self.happen(at, What::State(self.state.clone()));
        }
    }

    fn happen(&mut self, at: Time, what: What) {
        self.timeline.push(Happening { at, what });
    }

    fn not_before(&self, at: Time) -> Time {
        self.timeline.last().map_or(at, |happening| happening.at.max(at))
    }

    fn check_time(&self, at: Time) -> Result<()> {
        if at < self.not_before(at) {
            return Err(Error::invalid("form.step-time"));
        }
        Ok(())
    }
}

/// Every step with every party from every state, and whether it may be taken there in a case with these answers (its clock
/// and its needs aside): for tests that try each of them.
#[must_use]
pub fn every_step(def: &Definition, answers: &Answers) -> Vec<(String, String, Party, bool)> {
    let named = def.parties.iter().map(|party| Party::Named(party.id.clone()));
    let parties: Vec<Party> =
        [Party::Author, Party::Agency, Party::Member, Party::System].into_iter().chain(named).collect();
    let mut all = Vec::new();
    for state in &def.states {
        for step in &def.steps {
            for party in &parties {
                let allowed = step.from.contains(&state.id) && step.by(party) && meant(step, answers);
                all.push((state.id.clone(), step.id.clone(), party.clone(), allowed));
            }
        }
    }
    all
}
