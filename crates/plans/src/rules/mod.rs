//! What a milestone's state is, decided from dates and reports alone.
//!
//! Nobody sets a state. It follows from three things: the periods of the milestone, what the agencies reported, and
//! today's date. What is not known is called so: a due day that passed in silence is [`State::NoReport`], never "late"
//! and never "done".

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use madang_kernel::coded;
use serde::Serialize;

coded! {
    /// The state of a milestone or of one of its periods. Message keys are `milestone-state-` and the code.
    pub enum State("plan.state-unknown") {
        /// Its first day is still to come.
        Upcoming = "upcoming",
        /// Its first day has come and its due day has not passed.
        UnderWay = "under-way",
        /// Its due day has passed and the last report says that it is not finished.
        Late = "late",
        /// Its due day (or, without one, the plan's last day) has passed and nobody has reported anything.
        NoReport = "no-report",
        /// Reported as completed, with evidence.
        Completed = "completed",
        /// Goes on without an end of its own.
        Continuing = "continuing",
        /// Comes again: what was due is completed, and the next time is still ahead.
        Recurring = "recurring",
        /// The document gives no date, and nobody has reported anything.
        NotKnown = "not-known",
    }
}

coded! {
    /// How far the agency says a milestone is.
    pub enum Claim("plan.claim-unknown") {
        NotStarted = "not-started",
        UnderWay = "under-way",
        /// Will not be done by its due day; a reason is given.
        Delayed = "delayed",
        /// Done, with evidence.
        Completed = "completed",
    }
}

coded! {
    /// Completion in the words of OGP's Independent Reporting Mechanism.
    pub enum Completion("plan.completion-unknown") {
        NoEvidence = "no-evidence",
        NotStarted = "not-started",
        Limited = "limited",
        Substantial = "substantial",
        Complete = "complete",
    }
}

coded! {
    /// How much a commitment would change if it were carried out (IRM: potential for results).
    pub enum Ambition("plan.ambition-unknown") {
        Unclear = "unclear",
        Modest = "modest",
        Substantial = "substantial",
    }
}

coded! {
    /// What came of it so far (IRM: early results).
    pub enum EarlyResults("plan.results-unknown") {
        NoEvidence = "no-evidence",
        None = "none",
        Marginal = "marginal",
        Significant = "significant",
        Outstanding = "outstanding",
    }
}

/// One period with the last thing reported of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeriodFacts {
    pub start: Option<Date>,
    pub due: Option<Date>,
    pub claim: Option<Claim>,
}

/// What is known of a milestone.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub periods: &'a [PeriodFacts],
    /// What was reported of the milestone as a whole, where it has no period.
    pub claim: Option<Claim>,
    pub continues: bool,
    pub throughout: bool,
    pub recurs: bool,
    /// The last day of the plan's term.
    pub term_end: Date,
}

/// The state of one period.
#[must_use]
pub fn period_state(period: PeriodFacts, endless: bool, term_end: Date, today: Date) -> State {
    if period.claim == Some(Claim::Completed) {
        return State::Completed;
    }
    if period.start.is_some_and(|start| today < start) {
        return State::Upcoming;
    }
    let open = if endless { State::Continuing } else { State::UnderWay };
    match period.due {
        Some(due) if today <= due => State::UnderWay,
        Some(_) if period.claim.is_some() => State::Late,
        Some(_) => State::NoReport,
        // Without a due day there is nothing to be late for; silence to the end of the term is still silence.
        None if period.claim.is_none() && today > term_end => State::NoReport,
        None => open,
    }
}

/// The state of a milestone: the most pressing among what was due, else what lies ahead.
#[must_use]
pub fn state(facts: &Facts<'_>, today: Date) -> State {
    let endless = facts.continues || facts.throughout;
    if facts.periods.is_empty() {
        return match facts.claim {
            Some(Claim::Completed) => State::Completed,
            _ if endless => {
                period_state(PeriodFacts { claim: facts.claim, ..PeriodFacts::default() }, true, facts.term_end, today)
            }
            Some(_) => State::UnderWay,
            None => State::NotKnown,
        };
    }
    let states = || facts.periods.iter().map(|p| period_state(*p, endless, facts.term_end, today));
    let any = |state| states().any(|s| s == state);
    if any(State::Late) {
        return State::Late;
    }
    if any(State::NoReport) {
        return State::NoReport;
    }
    if states().all(|s| s == State::Completed) {
        return if facts.continues {
            State::Continuing
        } else if facts.recurs && today <= facts.term_end {
            State::Recurring
        } else {
            State::Completed
        };
    }
    for ahead in [State::UnderWay, State::Continuing] {
        if any(ahead) {
            return ahead;
        }
    }
    if any(State::Completed) { State::Recurring } else { State::Upcoming }
}

/// A report as far as states are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The period it is about; none: the milestone as a whole.
    pub period: Option<i64>,
    pub claim: Claim,
    pub day: Date,
}

/// What reports (oldest first) say of one period: the last claim, and the day of the first report that claimed
/// completion or came after the due day. A report on the milestone as a whole counts for the periods that had begun.
#[must_use]
pub fn fold(no: i64, start: Option<Date>, due: Option<Date>, reports: &[Report]) -> (Option<Claim>, Option<Date>) {
    let about = |r: &&Report| match r.period {
        Some(period) => period == no,
        None => start.is_none_or(|start| start <= r.day),
    };
    let settles = |r: &&Report| r.claim == Claim::Completed || due.is_some_and(|due| r.day > due);
    let own = || reports.iter().filter(about);
    (own().next_back().map(|r| r.claim), own().find(settles).map(|r| r.day))
}

/// Days after a period's end within which a report counts as on time.
pub const ON_TIME_DAYS: i64 = 30;

/// How fast an agency reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Speed {
    /// Periods that are due, `ON_TIME_DAYS` and more ago or reported.
    pub due: u32,
    /// Of those, how many were reported at all.
    pub reported: u32,
    /// Of those, how many within `ON_TIME_DAYS` of their end.
    pub on_time: u32,
    /// The median number of days from a period's end to its report; earlier reports count as 0.
    pub median_days: Option<f64>,
    /// `on_time / due`.
    pub on_time_share: Option<f64>,
}

/// Speed from pairs of due day and the day of the first report that settled it or came after it.
#[must_use]
pub fn speed(periods: &[(Date, Option<Date>)], today: Date) -> Speed {
    let days = |due: Date, reported: Date| i64::from((reported - due).get_days()).max(0);
    let passed = |due: &Date| i64::from((today - *due).get_days());
    let counted: Vec<(Date, Option<Date>)> = periods
        .iter()
        .filter(|(due, reported)| passed(due) > ON_TIME_DAYS || (reported.is_some() && passed(due) > 0))
        .copied()
        .collect();
    let mut delays: Vec<i64> = counted.iter().filter_map(|(due, r)| r.map(|r| days(*due, r))).collect();
    delays.sort_unstable();
    let on_time = delays.iter().filter(|d| **d <= ON_TIME_DAYS).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let share = (!counted.is_empty()).then(|| f64::from(count(on_time)) / f64::from(count(counted.len())));
    Speed {
        due: count(counted.len()),
        reported: count(delays.len()),
        on_time: count(on_time),
        median_days: median(&delays),
        on_time_share: share,
    }
}

fn median(sorted: &[i64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "days between two dates are far below 2^53")]
    let at = |i: usize| sorted.get(i).map(|d| *d as f64);
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { at(half) } else { Some(f64::midpoint(at(half.checked_sub(1)?)?, at(half)?)) }
}

/// How many milestones are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub upcoming: u32,
    pub under_way: u32,
    pub late: u32,
    pub no_report: u32,
    pub completed: u32,
    pub continuing: u32,
    pub recurring: u32,
    pub not_known: u32,
    pub total: u32,
}

impl Progress {
    pub fn add(&mut self, state: State) {
        self.total += 1;
        *match state {
            State::Upcoming => &mut self.upcoming,
            State::UnderWay => &mut self.under_way,
            State::Late => &mut self.late,
            State::NoReport => &mut self.no_report,
            State::Completed => &mut self.completed,
            State::Continuing => &mut self.continuing,
            State::Recurring => &mut self.recurring,
            State::NotKnown => &mut self.not_known,
        } += 1;
    }

    pub fn add_all(&mut self, other: &Self) {
        self.upcoming += other.upcoming;
        self.under_way += other.under_way;
        self.late += other.late;
        self.no_report += other.no_report;
        self.completed += other.completed;
        self.continuing += other.continuing;
        self.recurring += other.recurring;
        self.not_known += other.not_known;
        self.total += other.total;
    }
}

/// Whether a value falls short of a target.
#[must_use]
pub fn falls_short(value: f64, target: f64, better: crate::file::Better) -> bool {
    match better {
        crate::file::Better::Higher => value < target,
        crate::file::Better::Lower => value > target,
    }
}
