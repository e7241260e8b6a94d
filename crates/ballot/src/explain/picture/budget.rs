//! Pictures of a budget: what supporters paid for each project, and what happened in each round.

use super::super::budget::cost_each;
use super::super::voice::{Voice, count, near, position};
use super::canvas::{Canvas, Look, Width};
use crate::budget::{Outcome, Phase, Round, Rule, Standing, Utility, Win};
use crate::number::{Decimal, Exact};
use crate::pb::Election;

/// More projects than these are left to the table.
const MOST_PROJECTS: usize = 40;
/// Names of projects that dropped out in a round.
const MOST_NAMES: usize = 3;

/// One bar for each project, as long as its cost: what its supporters paid, or had left for it.
#[must_use]
pub fn payments(election: &Election, outcome: &Outcome, voice: &Voice<'_>, size: Width) -> String {
    let mut canvas = Canvas::new("ballot-payments", size, voice.say("ballot-picture-payments-title", &[]));
    let width = canvas.width();
    let mut losers: Vec<_> = outcome.losers.iter().filter(|loss| loss.supporters > 0).collect();
    let covered = |left: &Option<Exact>, cost: Decimal| {
        left.as_ref().map_or_else(Exact::zero, |left| left.fraction_of(&Exact::from(cost)))
    };
    losers.sort_by(|a, b| {
        let (of_a, of_b) = (covered(&a.supporters_left, a.cost), covered(&b.supporters_left, b.cost));
        of_b.cmp(&of_a).then(b.supporters.cmp(&a.supporters)).then(a.project.cmp(&b.project))
    });
    let winners = &outcome.winners[..outcome.winners.len().min(MOST_PROJECTS)];
    losers.truncate(MOST_PROJECTS - winners.len());
    let costs = winners.iter().map(|win| win.cost).chain(losers.iter().map(|loss| loss.cost));
    let longest = costs.map(Exact::from).max().unwrap_or_else(Exact::zero);
    let scale = |amount: &Exact| amount.scaled(&longest, width);

    let any = |phase: Phase| winners.iter().any(|win| win.phase == phase);
    let shares = matches!(outcome.options.rule, Rule::EqualShares | Rule::Phragmen);
    let paid: Vec<(Exact, Exact)> = winners.iter().map(parts).collect();
    if paid.iter().any(|(full, _)| !full.is_zero()) {
        canvas.legend(Look::Main, &voice.say("ballot-picture-payments-full", &[]));
    }
    if paid.iter().any(|(_, rest)| !rest.is_zero()) {
        canvas.legend(Look::Light, &voice.say("ballot-picture-payments-rest", &[]));
    }
    if !shares || any(Phase::Fill) {
        canvas.legend(Look::Faint, &voice.say("ballot-picture-payments-fill", &[]));
    }
    if losers.iter().any(|loss| loss.supporters_left.is_some()) {
        canvas.legend(Look::Striped, &voice.say("ballot-picture-payments-could", &[]));
        canvas.legend(Look::Outline, &voice.say("ballot-picture-payments-missing", &[]));
    }
    canvas.gap(12);

    for win in winners {
        let cost = voice.money(win.cost);
        canvas.line(&voice.name(election.name(win.project)), "strong");
        let (full, rest) = parts(win);
        if full.is_zero() && rest.is_zero() {
            canvas.words(&voice.say("ballot-picture-payments-common", &[("cost", cost.into())]), "quiet");
            canvas.bar(&[(Look::Faint, scale(&Exact::from(win.cost)))]);
        } else {
            let args = [("cost", cost.into()), ("people", count(win.supporters))];
            canvas.words(&voice.say("ballot-picture-payments-won", &args), "quiet");
            let all = scale(&Exact::from(win.cost));
            let rest = scale(&rest).min(all);
            canvas.bar(&[(Look::Main, all - rest), (Look::Light, rest)]);
        }
        canvas.gap(14);
    }
    for loss in &losers {
        canvas.line(&voice.name(election.name(loss.project)), "strong");
        let all = scale(&Exact::from(loss.cost));
        if let Some(left) = &loss.supporters_left {
            let have = left.min(&Exact::from(loss.cost)).clone();
            let args = [("have", voice.money_near(&have).into()), ("cost", voice.money(loss.cost).into())];
            canvas.words(&voice.say("ballot-picture-payments-lost", &args), "quiet");
            let have = scale(&have).min(all);
            canvas.bar(&[(Look::Striped, have), (Look::Outline, all - have)]);
        } else {
            canvas.line(&voice.say("ballot-picture-payments-not", &[("cost", voice.money(loss.cost).into())]), "quiet");
            canvas.bar(&[(Look::Outline, all)]);
        }
        canvas.gap(14);
    }
    let hidden = outcome.winners.len() + outcome.losers.len() - winners.len() - losers.len();
    if hidden > 0 {
        canvas.line(&voice.say("ballot-picture-more", &[("count", position(hidden))]), "quiet");
    }
    canvas.finish(voice.locale().tag(), &voice.say("ballot-picture-payments-desc", &[]))
}

/// What those paid who paid in full, and those who paid their last money.
fn parts(win: &Win) -> (Exact, Exact) {
    let (mut full, mut rest) = (Exact::zero(), Exact::zero());
    for payment in &win.payments {
        let sum = &Exact::from(payment.amount) * &Exact::from(payment.voters);
        if payment.last {
            rest += &sum;
        } else {
            full += &sum;
        }
    }
    (full, rest)
}

/// Round by round: who was chosen, who came second, who dropped out, what was left.
#[must_use]
pub fn budget_rounds(election: &Election, outcome: &Outcome, voice: &Voice<'_>, size: Width) -> String {
    let mut canvas = Canvas::new("ballot-rounds", size, voice.say("ballot-picture-rounds-title", &[]));
    let width = canvas.width();
    let measured = |standing: &Standing| measure(outcome, standing);
    let rule = |round: &&Round| round.phase == Phase::Rule;
    let longest = outcome.rounds.iter().filter(rule).flat_map(|round| round.standings.iter().take(2)).map(measured);
    let longest = longest.max().unwrap_or_else(Exact::zero);
    let name = |project: usize| voice.name(election.name(project));
    // Of many rounds the first ones are drawn.
    let choosing = outcome.rounds.iter().enumerate().filter(|(_, round)| round.chosen.is_some());
    let shown = choosing.map(|(at, _)| at).nth(MOST_PROJECTS).unwrap_or(outcome.rounds.len());
    if shown < outcome.rounds.len() {
        let args = [("shown", position(shown)), ("all", position(outcome.rounds.len()))];
        canvas.words(&voice.say("ballot-picture-rounds-hidden", &args), "quiet");
        canvas.gap(12);
    }
    for (at, round) in outcome.rounds.iter().enumerate().take(shown) {
        let left = voice.say("ballot-picture-rounds-left", &[("left", voice.money(round.left).into())]);
        canvas.pair(&voice.say("ballot-picture-rounds-round", &[("round", position(at + 1))]), &left, "strong");
        fallen(&mut canvas, round, &name, voice);
        let Some(chosen) = round.chosen else {
            canvas.line(&voice.say("ballot-picture-rounds-none", &[]), "");
            canvas.gap(20);
            continue;
        };
        let standing = |project: usize| round.standings.iter().find(|standing| standing.project == project);
        let row = |canvas: &mut Canvas, project: usize, look: Look, word: &str| {
            let Some(standing) = standing(project).filter(|_| round.phase == Phase::Rule) else {
                canvas.pair(&name(project), word, "");
                return;
            };
            canvas.pair(&name(project), &format!("{word} · {}", label(outcome, standing, voice)), "");
            canvas.bar(&[(look, measured(standing).scaled(&longest, width))]);
        };
        let word = match round.phase {
            Phase::Rule | Phase::Free => "ballot-picture-rounds-chosen",
            Phase::Fill => "ballot-picture-rounds-fill",
        };
        row(&mut canvas, chosen, Look::Main, &voice.say(word, &[]));
        let second = round.standings.iter().map(|standing| standing.project).find(|p| *p != chosen);
        if let Some(second) = second.filter(|_| round.phase == Phase::Rule) {
            row(&mut canvas, second, Look::Faint, &voice.say("ballot-picture-rounds-second", &[]));
        }
        canvas.gap(20);
    }
    canvas.finish(voice.locale().tag(), &voice.say("ballot-picture-rounds-desc", &[]))
}

fn fallen(canvas: &mut Canvas, round: &Round, name: &dyn Fn(usize) -> String, voice: &Voice<'_>) {
    let names: Vec<String> = round.fallen.iter().take(MOST_NAMES).map(|fall| name(fall.project)).collect();
    if names.is_empty() {
        return;
    }
    let hidden = round.fallen.len() - names.len();
    let args = [("projects", names.join(", ").into()), ("count", position(hidden))];
    let key = if hidden > 0 { "ballot-picture-rounds-fallen-many" } else { "ballot-picture-rounds-fallen" };
    canvas.words(&voice.say(key, &args), "quiet");
}

/// What decides in a round: votes where more is better, a price where less is.
fn measure(outcome: &Outcome, standing: &Standing) -> Exact {
    let by_price = outcome.options.rule == Rule::EqualShares && outcome.options.utility != Utility::Cost;
    match standing.price.filter(|_| by_price) {
        Some(price) => Exact::from(price),
        None => Exact::from(standing.value),
    }
}

fn label(outcome: &Outcome, standing: &Standing, voice: &Voice<'_>) -> String {
    let options = &outcome.options;
    let value = measure(outcome, standing);
    if let Some(each) = cost_each(outcome, standing.project) {
        let points = options.utility == Utility::Score;
        let key = if points { "ballot-picture-rounds-price-point" } else { "ballot-picture-rounds-price-vote" };
        return voice.say(key, &[("value", voice.money_near(&each).into())]);
    }
    match (options.rule, options.utility) {
        (Rule::EqualShares, Utility::Cost) => {
            voice.say("ballot-picture-rounds-effective", &[("value", near(&value).into())])
        }
        (Rule::EqualShares, Utility::Cardinality) => {
            voice.say("ballot-picture-rounds-price", &[("value", voice.money_near(&value).into())])
        }
        (Rule::EqualShares, Utility::Score) => {
            voice.say("ballot-picture-rounds-price-point", &[("value", voice.money_near(&value).into())])
        }
        (Rule::Phragmen, _) => voice.say("ballot-picture-rounds-earned", &[("value", voice.money_near(&value).into())]),
        (_, Utility::Score) => voice.say("ballot-picture-rounds-score", &[("value", near(&value).into())]),
        _ => voice.say("ballot-picture-rounds-votes", &[("value", near(&value).into())]),
    }
}
