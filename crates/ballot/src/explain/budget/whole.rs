//! The count as a whole: the rule, the money, how it ended, ties.

use madang_message::Arg;

use super::super::section::{Column, Section, Table};
use super::super::voice::{Voice, count, grouped, near, position};
use crate::budget::{Completion, Outcome, Phase, Rule, Start, Stop, TieStep, Unaffordable, Unmet, Utility, Win};
use crate::number::{Decimal, Exact};
use crate::pb::Election;

/// The rule in three sentences, the budget and where it went, ties and what broke them; the winners as a table.
#[must_use]
pub fn whole(election: &Election, outcome: &Outcome, voice: &Voice<'_>) -> Section {
    let mut sentences = vec![rule(outcome, voice), money(outcome, voice)];
    sentences.extend(left_out(election, outcome, voice));
    sentences.extend(endowment(outcome, voice));
    sentences.push(stop(election, outcome, voice));
    for unmet in &outcome.unmet {
        let Unmet::MinProjects { wanted, chosen } = unmet;
        let args = [("wanted", count(u64::from(*wanted))), ("chosen", count(u64::from(*chosen)))];
        sentences.push(voice.say("ballot-unmet-min-projects", &args));
    }
    sentences.extend(ties(election, outcome, voice));
    let heading = voice.say("ballot-whole-heading", &[]);
    Section { id: String::new(), heading, sentences, tables: vec![winners(election, outcome, voice)] }
}

fn rule(outcome: &Outcome, voice: &Voice<'_>) -> String {
    let options = &outcome.options;
    let stops = options.unaffordable == Unaffordable::Stop;
    let key = match (options.rule, options.utility) {
        (Rule::EqualShares, Utility::Cost) => "ballot-rule-equal-shares-cost",
        (Rule::EqualShares, Utility::Cardinality) => "ballot-rule-equal-shares-cardinality",
        (Rule::EqualShares, Utility::Score) => "ballot-rule-equal-shares-score",
        (Rule::Phragmen, _) => "ballot-rule-phragmen",
        (Rule::Knapsack, _) => "ballot-rule-knapsack",
        (Rule::GreedyCost, Utility::Cardinality) if stops => "ballot-rule-greedy-density-stop",
        (Rule::GreedyCost, Utility::Cardinality) => "ballot-rule-greedy-density",
        (Rule::GreedyCost, Utility::Score) if stops => "ballot-rule-greedy-density-points-stop",
        (Rule::GreedyCost, Utility::Score) => "ballot-rule-greedy-density-points",
        (Rule::GreedyVotes, Utility::Score) if stops => "ballot-rule-greedy-points-stop",
        (Rule::GreedyVotes, Utility::Score) => "ballot-rule-greedy-points",
        (Rule::GreedyVotes | Rule::GreedyCost, _) if stops => "ballot-rule-greedy-votes-stop",
        (Rule::GreedyVotes | Rule::GreedyCost, _) => "ballot-rule-greedy-votes",
    };
    voice.say(key, &[])
}

fn money(outcome: &Outcome, voice: &Voice<'_>) -> String {
    let args = [
        ("budget", voice.money(outcome.budget).into()),
        ("voters", count(outcome.voters)),
        ("winners", position(outcome.winners.len())),
        ("projects", position(outcome.winners.len() + outcome.losers.len())),
        ("spent", voice.money(outcome.spent).into()),
        ("left", voice.money_near(&left(outcome)).into()),
    ];
    voice.say("ballot-whole-money", &args)
}

/// Ballots that plan to spend more than there is (knapsack).
#[must_use]
pub fn left_out(election: &Election, outcome: &Outcome, voice: &Voice<'_>) -> Option<String> {
    let counted = usize::try_from(outcome.voters).unwrap_or(usize::MAX);
    let over = election.ballots.len().saturating_sub(counted);
    let told = outcome.options.rule == Rule::Knapsack && over > 0;
    told.then(|| voice.say("ballot-whole-left-out", &[("count", position(over))]))
}

/// What a vote or a point for the project costs, where the count goes by that.
pub(in super::super) fn cost_each(outcome: &Outcome, project: usize) -> Option<Exact> {
    let options = &outcome.options;
    if options.rule != Rule::GreedyCost || options.utility == Utility::Cost {
        return None;
    }
    let won = outcome.winners.iter().map(|win| (win.project, win.cost, win.score));
    let lost = outcome.losers.iter().map(|loss| (loss.project, loss.cost, loss.score));
    let (_, cost, score) = won.chain(lost).find(|(at, _, _)| *at == project)?;
    let (cost, score) = (Exact::from(cost), Exact::from(score));
    (!score.is_zero()).then(|| Exact::new(cost.rational() / score.rational()))
}

pub(in super::super) fn left(outcome: &Outcome) -> Exact {
    &Exact::from(outcome.budget) - &Exact::from(outcome.spent)
}

fn endowment(outcome: &Outcome, voice: &Voice<'_>) -> Vec<String> {
    let (Some(start), Some(end)) = (&outcome.endowment_start, &outcome.endowment) else { return Vec::new() };
    let key = match outcome.options.start {
        Start::Exact => "ballot-endowment",
        Start::Floor => "ballot-endowment-floor",
    };
    let mut said = vec![voice.say(key, &[("share", voice.money_near(start).into())])];
    let fill = outcome.winners.iter().filter(|win| win.phase == Phase::Fill).count();
    match outcome.options.completion {
        Completion::None => said.push(voice.say("ballot-completion-none", &[])),
        Completion::Greedy => {
            let args = [("count", position(fill)), ("first", filled_by(outcome, voice).into())];
            said.push(voice.say("ballot-completion-greedy", &args));
        }
        Completion::Add1 | Completion::Add1Utilitarian => {
            let args = [
                ("step", Arg::from(voice.money(outcome.options.step))),
                ("start", voice.money_near(start).into()),
                ("end", voice.money_near(end).into()),
                ("runs", count(outcome.runs)),
            ];
            said.push(voice.say("ballot-completion-add1", &args));
            if outcome.options.completion == Completion::Add1Utilitarian {
                let args = [("count", position(fill)), ("first", filled_by(outcome, voice).into())];
                said.push(voice.say("ballot-completion-fill", &args));
            }
        }
    }
    said
}

/// Which projects come first when what is left is filled.
fn filled_by(outcome: &Outcome, voice: &Voice<'_>) -> String {
    let key = match outcome.options.utility {
        Utility::Cost => "ballot-fill-votes",
        Utility::Cardinality => "ballot-fill-density",
        Utility::Score => "ballot-fill-density-points",
    };
    voice.say(key, &[])
}

fn stop(election: &Election, outcome: &Outcome, voice: &Voice<'_>) -> String {
    match outcome.stop {
        Stop::NothingLeft => voice.say("ballot-stop-nothing-left", &[]),
        Stop::Exhausted => voice.say("ballot-stop-exhausted", &[]),
        Stop::NextOverspends => voice.say("ballot-stop-next-overspends", &[]),
        Stop::MaxProjects => voice.say("ballot-stop-max-projects", &[]),
        Stop::FirstUnaffordable { project } => {
            voice.say("ballot-stop-first-unaffordable", &[("project", voice.name(election.name(project)).into())])
        }
    }
}

fn ties(election: &Election, outcome: &Outcome, voice: &Voice<'_>) -> Vec<String> {
    if outcome.ties.is_empty() {
        return vec![voice.say("ballot-ties-none", &[])];
    }
    let one = |(round, tie): &(usize, crate::budget::Tie)| {
        let names: Vec<String> = tie.projects.iter().map(|p| voice.name(election.name(*p))).collect();
        let args = [
            ("round", position(round + 1)),
            ("projects", names.join(", ").into()),
            ("first", names.first().cloned().unwrap_or_default().into()),
            ("seed", voice.seed(&outcome.options.seed).into()),
        ];
        let key = match tie.step {
            TieStep::LowestCost => "ballot-tie-cost",
            TieStep::MostVotes => "ballot-tie-votes",
            TieStep::Lot => "ballot-tie-lot",
            TieStep::Name => "ballot-tie-name",
        };
        voice.say(key, &args)
    };
    outcome.ties.iter().map(one).collect()
}

fn winners(election: &Election, outcome: &Outcome, voice: &Voice<'_>) -> Table {
    let shares = matches!(outcome.options.rule, Rule::EqualShares | Rule::Phragmen);
    let mut columns = vec![
        Column::number(voice.say("ballot-column-place", &[])),
        Column::text(voice.say("ballot-column-project", &[])),
        Column::number(voice.say("ballot-column-cost", &[])),
        Column::number(voice.say("ballot-column-supporters", &[])),
    ];
    if shares {
        columns.push(Column::number(voice.say(price_heading(outcome), &[])));
        if outcome.options.rule == Rule::EqualShares {
            columns.push(Column::number(voice.say(effective_heading(outcome), &[])));
        }
    } else {
        columns.push(Column::number(voice.say("ballot-column-score", &[])));
    }
    let row = |(place, win): (usize, &Win)| {
        let mut row = vec![
            (place + 1).to_string(),
            voice.name(election.name(win.project)),
            voice.money(win.cost),
            grouped(&win.supporters.to_string()),
        ];
        if shares {
            row.push(win.price.as_ref().map_or_else(|| "–".to_owned(), |price| voice.money_near(price)));
            if outcome.options.rule == Rule::EqualShares {
                row.push(win.effective_votes.as_ref().map_or_else(|| "–".to_owned(), near));
            }
        } else {
            row.push(score(win.score));
        }
        row
    };
    Table {
        caption: voice.say("ballot-table-winners", &[]),
        columns,
        rows: outcome.winners.iter().enumerate().map(row).collect(),
    }
}

pub(super) fn score(score: Decimal) -> String {
    grouped(&score.to_string())
}

pub(super) fn price_heading(outcome: &Outcome) -> &'static str {
    match (outcome.options.rule, outcome.options.utility) {
        (Rule::Phragmen, _) => "ballot-column-earned",
        (_, Utility::Score) => "ballot-column-price-point",
        _ => "ballot-column-price",
    }
}

pub(super) fn effective_heading(outcome: &Outcome) -> &'static str {
    match outcome.options.utility {
        Utility::Score => "ballot-column-effective-points",
        Utility::Cost | Utility::Cardinality => "ballot-column-effective",
    }
}
