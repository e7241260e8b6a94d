//! The picture of chances: how many people have which chance.

use madang_message::{Catalogue, Locale};
use svg::node::element::{Group, Line};

use super::picture::{frame, line, ratio, rectangle, share, text};
use super::{Voice, count, figures, percent};
use crate::Solution;

const LEFT: f64 = 70.0;
const RIGHT: f64 = 690.0;
const TOP: f64 = 92.0;
const BOTTOM: f64 = 312.0;
const BARS: usize = 24;

/// People by their chance, with the chance that all would have without quotas.
#[must_use]
pub fn chances_picture(solution: &Solution, catalogue: &Catalogue, locale: Locale) -> String {
    let voice = Voice { catalogue, locale };
    let groups = figures::groups(solution);
    let equal = ratio(solution.task.size, solution.task.pool.people.len());
    let (low, high) = (groups.first().map_or(0.0, |it| it.chance), groups.last().map_or(0.0, |it| it.chance));
    let end = axis_end(high.max(equal));
    let mut bars = [0_u32; BARS];
    for group in &groups {
        let at = (0..BARS).rev().find(|at| group.chance >= edge(*at, end) - 1e-9).unwrap_or(0);
        bars[at] = bars[at].saturating_add(u32::try_from(group.people).unwrap_or(u32::MAX));
    }
    let most = bars.iter().copied().max().unwrap_or(0).max(1);
    let x = |chance: f64| LEFT + (RIGHT - LEFT) * chance / end;
    let (mut body, mut labels) = (Group::new(), Group::new());
    for step in steps(most) {
        let y = BOTTOM - (BOTTOM - TOP) * f64::from(step) / f64::from(most);
        body = body
            .add(line(LEFT, y, RIGHT, y))
            .add(text(LEFT - 8.0, y + 5.0, 13.0, "draw-soft", &step.to_string()).set("text-anchor", "end"));
    }
    for (at, people) in bars.iter().enumerate().filter(|(_, people)| **people > 0) {
        let height = ((BOTTOM - TOP) * f64::from(*people) / f64::from(most)).max(2.0);
        let (from, to) = (x(edge(at, end)), x(edge(at + 1, end)));
        body = body.add(rectangle(from + 1.0, BOTTOM - height, to - from - 2.0, height, "draw-main"));
        let middle = f64::midpoint(from, to);
        let label = text(middle, BOTTOM - height - 5.0, 12.0, "draw-ink draw-halo", &people.to_string());
        labels = labels.add(label.set("text-anchor", "middle"));
    }
    for part in 0..=4_u32 {
        let chance = end * f64::from(part) / 4.0;
        body =
            body.add(text(x(chance), BOTTOM + 20.0, 13.0, "draw-soft", &percent(chance)).set("text-anchor", "middle"));
    }
    let dash = Line::new().set("x1", x(equal)).set("x2", x(equal)).set("y1", TOP - 24.0).set("y2", BOTTOM);
    let anchor = if equal > end / 2.0 { "end" } else { "start" };
    let label = voice.say("sortition-picture-equal", &[("percent", share(equal))]);
    body = body
        .add(dash.set("class", "draw-dash"))
        .add(line(LEFT, BOTTOM, RIGHT, BOTTOM))
        .add(text(x(equal), TOP - 30.0, 13.0, "draw-ink", &label).set("text-anchor", anchor))
        .add(text(LEFT, BOTTOM + 44.0, 13.0, "draw-ink", &voice.say("sortition-picture-axis", &[])))
        .add(labels);
    let about = [("low", share(low)), ("high", share(high)), ("people", count(solution.task.pool.people.len()))];
    let about = voice.say("sortition-picture-chances-about", &about);
    frame("draw-chances", BOTTOM + 62.0, &voice.say("sortition-picture-chances", &[]), &about, locale, body)
}

fn edge(at: usize, end: f64) -> f64 {
    end * f64::from(u32::try_from(at).unwrap_or(0)) / f64::from(u32::try_from(BARS).unwrap_or(1))
}

/// A round number that is not below `most`: 1, 2 or 5 times a power of ten, at most 1 (a chance).
fn axis_end(most: f64) -> f64 {
    let mut unit = 1.0;
    while unit > 1e-12 && most <= unit / 10.0 {
        unit /= 10.0;
    }
    for times in [0.2, 0.4, 0.6, 0.8, 1.0] {
        if most <= unit * times * (1.0 + 1e-9) {
            return unit * times;
        }
    }
    1.0
}

/// Round numbers of people up to `most`, three to five of them.
fn steps(most: u32) -> Vec<u32> {
    let mut unit = 1_u32;
    loop {
        for times in [1, 2, 5] {
            let step = unit.saturating_mul(times);
            if most / step <= 4 {
                return (1..=most / step).map(|n| n * step).collect();
            }
        }
        unit = unit.saturating_mul(10);
    }
}
