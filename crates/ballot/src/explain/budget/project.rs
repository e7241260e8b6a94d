//! One project: who supported it, what they paid, why it won or did not, round by round.

use madang_message::Arg;

use super::super::section::{Column, Section, Table};
use super::super::voice::{Voice, count, grouped, near, position};
use super::spending::Spending;
use super::whole::{cost_each, effective_heading, price_heading, score};
use crate::budget::{Fall, FallReason, Loss, LossReason, Outcome, Payment, Phase, Rule, Utility, Win};
use crate::number::{Decimal, Exact};
use crate::pb::Election;

/// What [`votes_short`](crate::budget::votes_short) said of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// It was not asked: that takes several counts.
    NotAsked,
    /// So many more votes would have been enough.
    Votes(u64),
    /// Not even twice as many voters would have been enough.
    Never,
}

impl From<Option<u64>> for Shortfall {
    fn from(votes: Option<u64>) -> Self {
        votes.map_or(Self::Never, Self::Votes)
    }
}

/// Explains a project.
#[must_use]
pub fn project(
    election: &Election,
    outcome: &Outcome,
    spending: &Spending,
    project: usize,
    short: Shortfall,
    voice: &Voice<'_>,
) -> Section {
    let id = election.projects.get(project).map(|project| project.id.clone()).unwrap_or_default();
    let name = voice.name(election.name(project));
    let place = outcome.winners.iter().position(|win| win.project == project);
    let mut told = Told { election, outcome, spending, voice, sentences: Vec::new(), tables: Vec::new() };
    let key = if let Some(place) = place {
        told.winner(place, &outcome.winners[place]);
        "ballot-project-won"
    } else {
        if let Some(loss) = outcome.losers.iter().find(|loss| loss.project == project) {
            told.loser(loss, short);
        }
        "ballot-project-lost"
    };
    told.course(project);
    Section { id, heading: voice.say(key, &[("project", name.into())]), sentences: told.sentences, tables: told.tables }
}

struct Told<'a> {
    election: &'a Election,
    outcome: &'a Outcome,
    spending: &'a Spending,
    voice: &'a Voice<'a>,
    sentences: Vec<String>,
    tables: Vec<Table>,
}

impl Told<'_> {
    fn say(&mut self, key: &str, args: &[(&str, Arg)]) {
        self.sentences.push(self.voice.say(key, args));
    }

    fn name(&self, project: usize) -> Arg {
        self.voice.name(self.election.name(project)).into()
    }

    /// How many chose it, and what it costs.
    fn support(&mut self, supporters: u64, points: Decimal, cost: Decimal) {
        let args = [
            ("supporters", count(supporters)),
            ("points", score(points).into()),
            ("cost", self.voice.money(cost).into()),
        ];
        if supporters == 0 {
            self.say("ballot-support-none", &args);
        } else if self.outcome.options.utility == Utility::Score {
            self.say("ballot-support-points", &args);
        } else {
            self.say("ballot-support", &args);
        }
    }

    fn winner(&mut self, place: usize, win: &Win) {
        self.support(win.supporters, win.score, win.cost);
        let args =
            [("place", position(place + 1)), ("round", position(win.round + 1)), ("score", score(win.score).into())];
        if win.supporters == 0 {
            return self.say("ballot-won-unsupported", &args);
        }
        match win.phase {
            Phase::Free => return self.say("ballot-won-free", &args),
            Phase::Fill => return self.say("ballot-won-fill", &args),
            Phase::Rule => {}
        }
        let options = &self.outcome.options;
        let Some(price) = &win.price else {
            let key = match (options.rule, options.utility) {
                (Rule::Knapsack, _) => "ballot-won-knapsack",
                (Rule::GreedyCost, Utility::Cardinality) => "ballot-won-density",
                (Rule::GreedyCost, Utility::Score) => "ballot-won-density-points",
                (_, Utility::Score) => "ballot-won-points",
                _ => "ballot-won-votes",
            };
            return self.say(key, &args);
        };
        let args = [
            ("place", position(place + 1)),
            ("round", position(win.round + 1)),
            ("effective", win.effective_votes.as_ref().map(near).unwrap_or_default().into()),
            ("price", self.voice.money_near(price).into()),
            ("cost", self.voice.money(win.cost).into()),
            ("full", count(win.full_payers)),
            ("partial", count(win.partial_payers)),
            ("supporters", count(win.supporters)),
        ];
        if options.rule == Rule::Phragmen {
            return self.say("ballot-won-phragmen", &args);
        }
        match options.utility {
            Utility::Cost => self.say("ballot-won-shares-cost", &args),
            Utility::Cardinality => self.say("ballot-won-shares-cardinality", &args),
            Utility::Score => self.say("ballot-won-shares-score", &args),
        }
        match (options.utility, win.partial_payers) {
            (Utility::Score, 0) => self.say("ballot-paid-points", &args),
            (Utility::Score, _) => self.say("ballot-paid-points-part", &args),
            (_, 0) => self.say("ballot-paid-all", &args),
            _ => self.say("ballot-paid-part", &args),
        }
        self.payments(win);
        if win.partial_payers > 0 {
            self.spent_before(win.project, win.round);
        }
    }

    fn payments(&mut self, win: &Win) {
        let row = |payment: &Payment| {
            let key = if payment.last { "ballot-payment-last" } else { "ballot-payment-full" };
            vec![grouped(&payment.voters.to_string()), self.voice.money(payment.amount), self.voice.say(key, &[])]
        };
        // Many different rests say less than their sum.
        let shown = win.payments.len().min(MOST_PAYMENTS);
        let mut rows: Vec<Vec<String>> = win.payments[..shown].iter().map(row).collect();
        if let [first, ..] = &win.payments[shown..] {
            let voters: u64 = win.payments[shown..].iter().map(|payment| payment.voters).sum();
            rows.push(vec![
                grouped(&voters.to_string()),
                self.voice.say("ballot-payment-at-most", &[("amount", self.voice.money(first.amount).into())]),
                self.voice.say("ballot-payment-last", &[]),
            ]);
        }
        self.tables.push(Table {
            caption: self.voice.say("ballot-table-payments", &[]),
            columns: vec![
                Column::number(self.voice.say("ballot-column-people", &[])),
                Column::number(self.voice.say("ballot-column-each", &[])),
                Column::text(self.voice.say("ballot-column-note", &[])),
            ],
            rows,
        });
    }

    fn loser(&mut self, loss: &Loss, short: Shortfall) {
        self.support(loss.supporters, loss.score, loss.cost);
        match &loss.reason {
            LossReason::NoSupport => self.say("ballot-lost-no-support", &[]),
            LossReason::BelowThreshold => self.say("ballot-lost-below-threshold", &[]),
            LossReason::OverBudget => {
                let args = [("budget", self.voice.money(self.outcome.budget).into())];
                self.say("ballot-lost-over-budget", &args);
            }
            LossReason::SupportersShort { round } => self.short_of_money(loss, *round),
            LossReason::DoesNotFit => match self.short_in(loss.project) {
                Some(round) => {
                    self.short_of_money(loss, round);
                    self.say("ballot-lost-fill", &[("cost", self.voice.money(loss.cost).into())]);
                }
                None => self.does_not_fit(loss),
            },
            LossReason::Envelope => self.say("ballot-lost-envelope", &[]),
            LossReason::MaxProjects => self.say("ballot-lost-max-projects", &[]),
            LossReason::Incompatible { winner } => {
                let args = [("project", self.name(*winner))];
                self.say("ballot-lost-incompatible", &args);
            }
            LossReason::Needs { project } => {
                let args = [("project", self.name(*project))];
                self.say("ballot-lost-needs", &args);
            }
            LossReason::Stopped => self.say("ballot-lost-stopped", &[]),
        }
        match short {
            Shortfall::Votes(votes) => self.say("ballot-short-votes", &[("votes", count(votes))]),
            Shortfall::Never => self.say("ballot-short-never", &[("voters", count(self.outcome.voters))]),
            Shortfall::NotAsked => {}
        }
    }

    /// The round of Equal Shares in which its supporters became unable to pay, before what was left was filled.
    fn short_in(&self, project: usize) -> Option<usize> {
        let short = |fall: &Fall| fall.project == project && fall.reason == FallReason::SupportersShort;
        self.outcome.rounds.iter().position(|round| round.phase == Phase::Rule && round.fallen.iter().any(short))
    }

    /// When its supporters became unable to pay, what they had then, and where their money had gone.
    fn short_of_money(&mut self, loss: &Loss, round: usize) {
        let fallen = self.outcome.rounds.get(round).and_then(|round| {
            round.fallen.iter().find(|fall| fall.project == loss.project).and_then(|fall| fall.supporters_have)
        });
        let have = fallen.map(Exact::from).or_else(|| loss.supporters_left.clone());
        let have = have.unwrap_or_else(Exact::zero);
        let missing = &Exact::from(loss.cost) - &have;
        let args = [
            ("round", position(round + 1)),
            ("supporters", count(loss.supporters)),
            ("have", self.voice.money_near(&have).into()),
            ("cost", self.voice.money(loss.cost).into()),
            ("missing", self.voice.money_near(&missing).into()),
        ];
        if round == 0 {
            self.say("ballot-lost-short-at-once", &args);
        } else {
            self.say("ballot-lost-short", &args);
            self.spent_before(loss.project, round);
        }
    }

    fn spent_before(&mut self, project: usize, round: usize) {
        let spent = self.spending.before(project, round, self.outcome);
        let Some((place, amount)) = spent.first() else { return };
        let args = [
            ("project", self.name(self.outcome.winners[*place].project)),
            ("amount", self.voice.money(*amount).into()),
        ];
        self.say("ballot-spent-before", &args);
        let row = |(place, amount): &(usize, Decimal)| {
            let win = &self.outcome.winners[*place];
            vec![
                (win.round + 1).to_string(),
                self.voice.name(self.election.name(win.project)),
                self.voice.money(*amount),
            ]
        };
        self.tables.push(Table {
            caption: self.voice.say("ballot-table-spent", &[]),
            columns: vec![
                Column::number(self.voice.say("ballot-column-round", &[])),
                Column::text(self.voice.say("ballot-column-project", &[])),
                Column::number(self.voice.say("ballot-column-amount", &[])),
            ],
            rows: spent.iter().map(row).collect(),
        });
    }

    fn does_not_fit(&mut self, loss: &Loss) {
        let fall = self.outcome.rounds.iter().position(|round| round.fallen.iter().any(|f| f.project == loss.project));
        match fall {
            // What was left before the round in which it fell.
            Some(round) if round > 0 => {
                let left = self.outcome.rounds[round - 1].left;
                let args = [
                    ("round", position(round + 1)),
                    ("left", self.voice.money(left).into()),
                    ("cost", self.voice.money(loss.cost).into()),
                ];
                self.say("ballot-lost-does-not-fit-round", &args);
            }
            _ => self.say("ballot-lost-does-not-fit", &[("cost", self.voice.money(loss.cost).into())]),
        }
    }

    /// Where the project stood in each round.
    fn course(&mut self, project: usize) {
        let mut rows = Vec::new();
        let shares = self.outcome.options.rule == Rule::EqualShares;
        for (at, round) in self.outcome.rounds.iter().enumerate().filter(|(_, round)| round.phase == Phase::Rule) {
            let Some(place) = round.standings.iter().position(|standing| standing.project == project) else { continue };
            let standing = &round.standings[place];
            let mut row = vec![(at + 1).to_string(), (place + 1).to_string()];
            row.push(if self.outcome.options.rule == Rule::Phragmen {
                self.voice.money_near(&Exact::from(standing.value))
            } else if let Some(each) = cost_each(self.outcome, project) {
                self.voice.money_near(&each)
            } else {
                near(&Exact::from(standing.value))
            });
            if shares {
                row.push(standing.price.map_or_else(|| "–".to_owned(), |price| self.voice.money(price)));
            }
            row.push(round.chosen.map_or_else(|| "–".to_owned(), |c| self.voice.name(self.election.name(c))));
            rows.push(row);
        }
        if rows.is_empty() {
            return;
        }
        let value = match self.outcome.options.rule {
            Rule::EqualShares => effective_heading(self.outcome),
            Rule::Phragmen => "ballot-column-earned",
            Rule::GreedyCost if self.outcome.options.utility == Utility::Cardinality => "ballot-column-cost-vote",
            Rule::GreedyCost if self.outcome.options.utility == Utility::Score => "ballot-column-cost-point",
            _ => "ballot-column-score",
        };
        let mut columns = vec![
            Column::number(self.voice.say("ballot-column-round", &[])),
            Column::number(self.voice.say("ballot-column-place", &[])),
            Column::number(self.voice.say(value, &[])),
        ];
        if shares {
            columns.push(Column::number(self.voice.say(price_heading(self.outcome), &[])));
        }
        columns.push(Column::text(self.voice.say("ballot-column-chosen", &[])));
        let caption = self.voice.say("ballot-table-course", &[]);
        self.tables.push(Table { caption, columns, rows });
    }
}

/// Rows of a table of payments; the rest is summed up.
const MOST_PAYMENTS: usize = 8;
