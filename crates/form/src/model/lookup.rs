//! Finding the parts of a definition by their ids.

use super::{Clock, Definition, Field, Ground, Moment, Need, Party, PartyDef, Phase, State, Step, Threshold};

impl Definition {
    #[must_use]
    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|state| state.id == id)
    }

    /// The state of a case that was just filed.
    ///
    /// A checked definition has at least one state.
    #[must_use]
    pub fn first_state(&self) -> &State {
        &self.states[0]
    }

    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The steps that lead out of a state, or add to a case there.
    pub fn steps_from<'a>(&'a self, state: &'a str) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(move |step| step.from.iter().any(|from| from == state))
    }

    /// The steps that the engine takes by itself at a moment.
    pub fn steps_on<'a>(&'a self, moment: &'a Moment) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(move |step| step.on.as_ref() == Some(moment))
    }

    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The fields that the author fills in when filing; those that a step needs are asked there.
    pub fn filing_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| self.asks_when_filing(field))
    }

    /// Whether the author fills the field in when filing.
    #[must_use]
    pub fn asks_when_filing(&self, field: &Field) -> bool {
        field.by == Party::Author && !self.asks_in_step(&field.id)
    }

    /// Whether a step needs the field.
    #[must_use]
    pub fn asks_in_step(&self, field: &str) -> bool {
        let is = |need: &Need| matches!(need, Need::Field(id) if id == field);
        self.steps.iter().any(|step| step.needs.iter().any(is))
    }

    #[must_use]
    pub fn clock(&self, id: &str) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.id == id)
    }

    #[must_use]
    pub fn threshold(&self, id: &str) -> Option<&Threshold> {
        self.thresholds.iter().find(|threshold| threshold.id == id)
    }

    #[must_use]
    pub fn ground(&self, id: &str) -> Option<&Ground> {
        self.grounds.iter().find(|ground| ground.id == id)
    }

    #[must_use]
    pub fn party(&self, id: &str) -> Option<&PartyDef> {
        self.parties.iter().find(|party| party.id == id)
    }

    /// The number of screens of the filing form, the review included: 2 or 3.
    #[must_use]
    pub fn screens(&self) -> u8 {
        self.filing_fields().map(|field| field.screen).max().unwrap_or(1) + 1
    }
}

impl Step {
    #[must_use]
    pub fn needs(&self, need: &Need) -> bool {
        self.needs.contains(need)
    }

    #[must_use]
    pub fn by(&self, party: &Party) -> bool {
        self.by.contains(party)
    }
}

impl Phase {
    pub const ALL: [Self; 7] =
        [Self::Received, Self::Review, Self::Open, Self::Deciding, Self::Answered, Self::Refused, Self::Closed];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Review => "review",
            Self::Open => "open",
            Self::Deciding => "deciding",
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Closed => "closed",
        }
    }
}
