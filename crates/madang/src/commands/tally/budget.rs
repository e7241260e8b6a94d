//! Spending a budget.

use madang_ballot::budget::{
    self, Completion, Options, OrdinalScale, Outcome as Result_, Rule, Start, TieStep, Ties, Unaffordable, Utility,
    tally,
};
use madang_ballot::explain::{Section, Shortfall, Spending, budget_rounds, left_out, payments, project, whole};
use madang_ballot::number::{Decimal, Exact};
use madang_ballot::pb::VoteType;
use madang_web::i18n::Arg;

use super::{Task, constraints, json};
use crate::cli::{TallyCompletion, TallyRule, TallyStart, TallyTies, TallyUtility};
use crate::exit::{Exit, Failure, Outcome};
use crate::terminal;

/// How many ballots, for each project that did not win, are counted over to say what it was short of when all are
/// explained. Projects that are named are always asked for.
const BALLOTS_COUNTED_OVER: usize = 200_000;

pub(super) fn run(task: &Task<'_>) -> Outcome {
    let options = options(task)?;
    let outcome = tally(task.election, &options).map_err(|error| task.words.failure(&error))?;
    let voice = task.voice();
    task.pictures(&[
        ("payments.svg", &|width| payments(task.election, &outcome, &voice, width)),
        ("rounds.svg", &|width| budget_rounds(task.election, &outcome, &voice, width)),
    ])?;
    let mut told = whole(task.election, &outcome, &voice);
    let (asked, counted_over) = asked(task, &outcome)?;
    let spending = Spending::new(task.election, &outcome);
    let mut sections: Vec<Section> = Vec::new();
    for at in asked {
        let lost = outcome.losers.iter().any(|loss| loss.project == at);
        let short = if lost && counted_over {
            let votes = budget::votes_short(task.election, &options, at);
            Shortfall::from(votes.map_err(|error| task.words.failure(&error))?)
        } else {
            Shortfall::NotAsked
        };
        sections.push(project(task.election, &outcome, &spending, at, short, &voice));
    }
    if !counted_over {
        terminal::note(task.words.say("cli-tally-not-asked", &[]));
    }
    let json = json::budget(task, &outcome, &told, &sections);
    told.heading = task.title();
    if task.order.explain.is_empty() {
        // The result and where it comes from, without the lesson.
        told.sentences = brief(task, &outcome);
        sections = vec![told];
    } else {
        sections.insert(0, told);
    }
    task.lot_drawn(outcome.ties.iter().any(|(_, tie)| tie.step == TieStep::Lot));
    task.print(&json, &sections);
    Ok(())
}

/// The projects to explain, and whether to say how many votes the losers were short of.
fn asked(task: &Task<'_>, outcome: &Result_) -> Outcome<(Vec<usize>, bool)> {
    if task.order.explain.iter().any(|word| word == "all") {
        let winners = outcome.winners.iter().map(|win| win.project);
        let all = winners.chain(outcome.losers.iter().map(|loss| loss.project)).collect();
        let over = task.election.ballots.len().saturating_mul(outcome.losers.len());
        return Ok((all, over <= BALLOTS_COUNTED_OVER));
    }
    let positions = task.election.positions();
    let find = |id: &String| {
        positions.get(id.as_str()).copied().ok_or_else(|| {
            let args = [("project", Arg::from(task.voice().name(id)))];
            Failure::new(Exit::Data, task.words.say("cli-tally-no-project", &args))
        })
    };
    Ok((task.order.explain.iter().map(find).collect::<Outcome<_>>()?, true))
}

/// What was counted and what can be done next.
fn brief(task: &Task<'_>, outcome: &Result_) -> Vec<String> {
    let voice = task.voice();
    let key = match outcome.options.rule {
        Rule::GreedyVotes => "cli-tally-rule-greedy-votes",
        Rule::GreedyCost => "cli-tally-rule-greedy-cost",
        Rule::EqualShares => "cli-tally-rule-equal-shares",
        Rule::Phragmen => "cli-tally-rule-phragmen",
        Rule::Knapsack => "cli-tally-rule-knapsack",
    };
    let left = &Exact::from(outcome.budget) - &Exact::from(outcome.spent);
    let args = [
        ("voters", Arg::Number(i64::try_from(outcome.voters).unwrap_or(i64::MAX))),
        ("budget", voice.money(outcome.budget).into()),
        ("spent", voice.money(outcome.spent).into()),
        ("left", voice.money_near(&left).into()),
        ("winners", super::number(outcome.winners.len())),
        ("projects", super::number(outcome.winners.len() + outcome.losers.len())),
    ];
    let mut lines = vec![task.words.say(key, &[]), task.words.say("cli-tally-total", &args)];
    lines.extend(left_out(task.election, outcome, &voice));
    if !outcome.ties.is_empty() {
        lines.push(task.words.say("cli-tally-ties", &[("count", super::number(outcome.ties.len()))]));
    }
    lines.push(task.words.say("cli-tally-next", &[]));
    lines
}

fn options(task: &Task<'_>) -> Outcome<Options> {
    let order = task.order;
    let rule = match order.rule {
        TallyRule::GreedyVotes => Rule::GreedyVotes,
        TallyRule::GreedyCost => Rule::GreedyCost,
        TallyRule::Phragmen => Rule::Phragmen,
        TallyRule::Knapsack => Rule::Knapsack,
        _ => Rule::EqualShares,
    };
    let kind = task.election.vote_type;
    let unsuited = |key: &str| {
        let args = [("kind", Arg::from(kind.word()))];
        Err(Failure::new(Exit::Data, task.words.say(key, &args)).at(order.file.display()))
    };
    if order.utility == Some(TallyUtility::Score) && matches!(kind, VoteType::Approval | VoteType::ChooseOne) {
        return unsuited("cli-tally-no-points");
    }
    if rule == Rule::Knapsack && kind != VoteType::Approval {
        return unsuited("cli-tally-knapsack-kind");
    }
    if !order.scale.is_empty() && kind != VoteType::Ordinal {
        return unsuited("cli-tally-scale-kind");
    }
    let mut options = Options::new(rule, task.election);
    match order.utility {
        Some(TallyUtility::Cost) => options.utility = Utility::Cost,
        Some(TallyUtility::Cardinality) => options.utility = Utility::Cardinality,
        Some(TallyUtility::Score) => options.utility = Utility::Score,
        None => {}
    }
    options.completion = match order.completion {
        None | Some(TallyCompletion::None) => Completion::None,
        Some(TallyCompletion::Add1) => Completion::Add1,
        Some(TallyCompletion::Add1u) => Completion::Add1Utilitarian,
        Some(TallyCompletion::Greedy) => Completion::Greedy,
    };
    if order.start == Some(TallyStart::Floor) {
        options.start = Start::Floor;
    }
    if order.ties == Some(TallyTies::Name) {
        options.ties = Ties::Name;
    }
    let amount = |option: &str, text: &str| {
        text.parse::<Decimal>().map_err(|_| {
            let args = [("option", Arg::from(option)), ("value", task.voice().name(text).into())];
            Failure::new(Exit::Usage, task.words.say("cli-tally-number", &args))
        })
    };
    if let Some(step) = &order.step {
        options.step = amount("--step", step)?;
    }
    if !order.scale.is_empty() {
        let points: Outcome<Vec<Decimal>> = order.scale.iter().map(|text| amount("--scale", text.trim())).collect();
        options.scale = OrdinalScale::Points(points?);
    }
    if order.stop {
        options.unaffordable = Unaffordable::Stop;
    }
    order.seed.clone_into(&mut options.seed);
    if let Some(path) = &order.constraints {
        options.constraints = constraints::read(path, task.words)?;
    }
    Ok(options)
}
