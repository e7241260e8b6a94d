//! Pictures of a choice: sums, rounds, or the winner against each other one.

use super::super::voice::{Voice, count, near, position};
use super::canvas::{Canvas, Look, Width};
use crate::choice::{Choice, Count, Mark, Pairs, Round};
use crate::number::Exact;

/// More bars than these are left to the table.
const MOST_BARS: usize = 100;

/// The count of a choice as a picture.
#[must_use]
pub fn choice_rounds(choice: &Choice, voice: &Voice<'_>, size: Width) -> String {
    let canvas = |title: &str| Canvas::new("ballot-choice", size, voice.say(title, &[]));
    let (canvas, description) = match &choice.count {
        Count::Marks(all) => {
            let mut canvas = canvas("ballot-picture-marks-title");
            marks(&mut canvas, choice, all, voice);
            (canvas, "ballot-picture-marks-desc")
        }
        Count::Rounds(all) => {
            let mut canvas = canvas("ballot-picture-count-title");
            rounds(&mut canvas, choice, all, voice);
            (canvas, "ballot-picture-count-desc")
        }
        Count::Pairs(all) => {
            let mut canvas = canvas("ballot-picture-pairs-title");
            pairs(&mut canvas, choice, all, voice);
            (canvas, "ballot-picture-pairs-desc")
        }
    };
    canvas.finish(voice.locale().tag(), &voice.say(description, &[]))
}

/// Says how many candidates have no bar.
fn without_bar(canvas: &mut Canvas, candidates: usize, voice: &Voice<'_>) {
    if let Some(hidden) = candidates.checked_sub(MOST_BARS).filter(|hidden| *hidden > 0) {
        canvas.words(&voice.say("ballot-picture-more-candidates", &[("count", position(hidden))]), "quiet");
    }
}

fn name(choice: &Choice, candidate: usize, voice: &Voice<'_>) -> String {
    choice.candidates.get(candidate).map(|c| voice.name(&c.name)).unwrap_or_default()
}

fn marks(canvas: &mut Canvas, choice: &Choice, marks: &[Mark], voice: &Voice<'_>) {
    let longest = marks.iter().map(|mark| &mark.points).max().cloned().unwrap_or_else(Exact::zero);
    for c in choice.ranking.iter().take(MOST_BARS) {
        let elected = choice.elected.contains(c);
        let points = &marks[*c].points;
        let value = near(points);
        let right = if elected { voice.say("ballot-picture-elected", &[("value", value.into())]) } else { value };
        canvas.pair(&name(choice, *c, voice), &right, if elected { "strong" } else { "" });
        canvas.bar(&[(if elected { Look::Main } else { Look::Faint }, points.scaled(&longest, canvas.width()))]);
        canvas.gap(8);
    }
    without_bar(canvas, choice.ranking.len(), voice);
}

fn rounds(canvas: &mut Canvas, choice: &Choice, rounds: &[Round], voice: &Voice<'_>) {
    let all = rounds.iter().flat_map(|round| round.votes.iter().chain([&round.quota]));
    let longest = all.max().cloned().unwrap_or_else(Exact::zero);
    let width = canvas.width();
    let scale = |votes: &Exact| votes.scaled(&longest, width);
    let standing = |round: &Round| -> Vec<usize> {
        let there = |c: &usize| !round.settled.contains(c) || round.votes[*c].is_positive();
        (0..round.votes.len()).filter(there).collect()
    };
    // Of many rounds the last ones are drawn: they decide.
    let mut bars = 0;
    let drawn = rounds.iter().rev().take_while(|round| {
        bars += standing(round).len();
        bars <= MOST_BARS
    });
    let hidden = rounds.len() - drawn.count().max(1);
    if hidden > 0 {
        canvas.words(&voice.say("ballot-picture-more-rounds", &[("count", position(hidden))]), "quiet");
        canvas.gap(12);
    }
    let mut elected: Vec<usize> = rounds[..hidden].iter().flat_map(|round| round.elected.iter().copied()).collect();
    for (at, round) in rounds.iter().enumerate().skip(hidden) {
        let mut standing = standing(round);
        standing.sort_by(|a, b| round.votes[*b].cmp(&round.votes[*a]).then(a.cmp(b)));
        elected.extend(&round.elected);
        let quota = voice.say("ballot-picture-quota", &[("quota", near(&round.quota).into())]);
        canvas.pair(&voice.say("ballot-picture-rounds-round", &[("round", position(at + 1))]), &quota, "strong");
        let struck = match &round.step {
            Some(crate::choice::Step::Struck { candidate, .. }) => Some(*candidate),
            _ => None,
        };
        let top = canvas.y();
        for c in standing {
            let votes = &round.votes[c];
            let value = near(votes);
            let args = [("value", value.clone().into())];
            let (right, look) = if elected.contains(&c) {
                (voice.say("ballot-picture-elected", &args), Look::Main)
            } else if struck == Some(c) {
                (voice.say("ballot-picture-struck", &args), Look::Faint)
            } else {
                (value, Look::Light)
            };
            canvas.pair(&name(choice, c, voice), &right, "");
            let bar = canvas.y();
            canvas.bar(&[(look, scale(votes))]);
            canvas.mark(scale(&round.quota).clamp(2, width - 2), bar);
        }
        if round.exhausted.is_positive() {
            canvas.pair(&voice.say("ballot-picture-exhausted", &[]), &near(&round.exhausted), "quiet");
            canvas.bar(&[(Look::Outline, scale(&round.exhausted))]);
        }
        canvas.gap(if canvas.y() > top { 24 } else { 8 });
    }
}

fn pairs(canvas: &mut Canvas, choice: &Choice, pairs: &Pairs, voice: &Voice<'_>) {
    let winner = choice.ranking[0];
    canvas.legend(Look::Main, &voice.say("ballot-picture-prefer", &[("name", name(choice, winner, voice).into())]));
    canvas.legend(Look::Faint, &voice.say("ballot-picture-prefer-other", &[]));
    let against = |c: usize| (pairs.preferred[winner][c], pairs.preferred[c][winner]);
    let (all, width) = (Exact::from(choice.counted), canvas.width());
    if choice.ranking.iter().skip(1).any(|c| against(*c).0 + against(*c).1 < choice.counted) {
        canvas.legend(Look::Outline, &voice.say("ballot-picture-prefer-none", &[]));
    }
    canvas.gap(12);
    for c in choice.ranking.iter().skip(1).take(MOST_BARS) {
        let (won, lost) = against(*c);
        let args = [("won", count(won)), ("lost", count(lost))];
        canvas.pair(&name(choice, *c, voice), &voice.say("ballot-picture-pair", &args), "");
        let (won, lost) = (Exact::from(won).scaled(&all, width), Exact::from(lost).scaled(&all, width));
        canvas.bar(&[(Look::Main, won), (Look::Outline, width - won - lost), (Look::Faint, lost)]);
        canvas.gap(8);
    }
    without_bar(canvas, choice.ranking.len() - 1, voice);
}
