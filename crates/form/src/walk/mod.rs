//! A case that is walked through its service without being stored: to try a definition, and to test all of them.

use madang_base::{Result, Time};

use crate::steps::StepInput;
use crate::timeline::{Days, Happening};
use crate::values::Answers;
use crate::{Definition, Party};

#[derive(Clone, Debug)]
pub struct Walk<'a> {
    def: &'a Definition,
    answers: Answers,
    state: String,
    timeline: Vec<Happening>,
}

impl<'a> Walk<'a> {
    #[must_use]
    pub fn new(def: &'a Definition, answers: Answers, at: Time) -> Self {
        let _ = at;
        Self { def, answers, state: def.first_state().id.clone(), timeline: Vec::new() }
    }

    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    #[must_use]
    pub fn timeline(&self) -> &[Happening] {
        &self.timeline
    }

    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// # Errors
    /// When the step is not open.
    pub fn take(&mut self, step: &str, party: &Party, input: &StepInput, at: Time, days: &Days<'_>) -> Result<()> {
        let _ = (self.def, step, party, input, at, days);
        Ok(())
    }

    pub fn advance(&mut self, to: Time, days: &Days<'_>) -> Vec<String> {
        let _ = (to, days);
        Vec::new()
    }

    pub fn threshold(&mut self, id: &str, at: Time) -> Vec<String> {
        let _ = (id, at);
        Vec::new()
    }
}

#[must_use]
pub fn every_step(def: &Definition) -> Vec<(String, String, Party, bool)> {
    let _ = def;
    Vec::new()
}
