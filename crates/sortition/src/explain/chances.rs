//! The picture of chances: how many people have which chance.

use madang_message::{Catalogue, Locale};
use svg::node::element::{Group, Line};

use super::paper::{EDGE, Paper, Width, line, rectangle, room, text};
use super::picture::{ratio, share};
use super::{Voice, count, figures, percent};
use crate::Solution;

/// The height of the highest bar.
const HEIGHT: f64 = 220.0;

/// People by their chance, with the chance that all would have without quotas.
#[must_use]
pub fn chances_picture(solution: &Solution, catalogue: &Catalogue, locale: Locale, width: Width) -> String {
    let voice = Voice { catalogue, locale };
    let groups = figures::groups(solution);
    let equal = ratio(solution.task.size, solution.task.pool.people.len());
    let (low, high) = (groups.first().map_or(0.0, |it| it.chance), groups.last().map_or(0.0, |it| it.chance));
    let end = axis_end(high.max(equal));
    let (left, right, count_of) = width.of((70.0, 680.0, 24), (54.0, 322.0, 10));
    let mut bars = vec![0_u32; count_of];
    for group in &groups {
        let at = (0..count_of).rev().find(|at| group.chance >= edge(*at, count_of, end) - 1e-9).unwrap_or(0);
        bars[at] = bars[at].saturating_add(u32::try_from(group.people).unwrap_or(u32::MAX));
    }
    let (mut paper, title) = Paper::new("draw-chances", width, locale, voice.say("sortition-picture-chances", &[]));
    let (top, bottom) = (title + 62.0, title + 62.0 + HEIGHT);
    let most = bars.iter().copied().max().unwrap_or(0).max(1);
    let x = |chance: f64| left + (right - left) * chance / end;
    for step in steps(most) {
        let y = bottom - HEIGHT * f64::from(step) / f64::from(most);
        paper.add(line(left, y, right, y));
        paper.add(text(left - 8.0, y + 5.0, 13.0, "draw-soft", &step.to_string()).set("text-anchor", "end"));
    }
    let mut labels = Group::new();
    for (at, people) in bars.iter().enumerate().filter(|(_, people)| **people > 0) {
        let height = (HEIGHT * f64::from(*people) / f64::from(most)).max(2.0);
        let (from, to) = (x(edge(at, count_of, end)), x(edge(at + 1, count_of, end)));
        paper.add(rectangle(from + 1.0, bottom - height, to - from - 2.0, height, "draw-main"));
        let label = people.to_string();
        // Where bars stand close, a number that is wider than its bar would run into the next one.
        let near = |at: usize| bars.get(at).is_some_and(|people| *people > 0);
        if room(&label, 12.0) <= to - from + 4.0 || !(near(at + 1) || at.checked_sub(1).is_some_and(near)) {
            let label = text(f64::midpoint(from, to), bottom - height - 5.0, 12.0, "draw-ink draw-halo", &label);
            labels = labels.add(label.set("text-anchor", "middle"));
        }
    }
    for part in 0..=4_u32 {
        let chance = end * f64::from(part) / 4.0;
        paper.add(text(x(chance), bottom + 20.0, 13.0, "draw-soft", &percent(chance)).set("text-anchor", "middle"));
    }
    let dash = Line::new().set("x1", x(equal)).set("x2", x(equal)).set("y1", top - 24.0).set("y2", bottom);
    let label = voice.say("sortition-picture-equal", &[("percent", share(equal))]);
    // Beside the line on the side where there is room.
    let (side, anchor) = if equal > end / 2.0 {
        (x(equal).max(EDGE + room(&label, 13.0)), "end")
    } else {
        (x(equal).min(width.units() - EDGE - room(&label, 13.0)), "start")
    };
    paper.add(dash.set("class", "draw-dash"));
    paper.add(line(left, bottom, right, bottom));
    paper.add(text(side, top - 30.0, 13.0, "draw-ink", &label).set("text-anchor", anchor));
    paper.add(text(left, bottom + 44.0, 13.0, "draw-ink", &voice.say("sortition-picture-axis", &[])));
    paper.add(labels);
    let about = [("low", share(low)), ("high", share(high)), ("people", count(solution.task.pool.people.len()))];
    paper.finish(bottom + 60.0, &voice.say("sortition-picture-chances-about", &about))
}

fn edge(at: usize, bars: usize, end: f64) -> f64 {
    let part = |n: usize| f64::from(u32::try_from(n).unwrap_or(1));
    end * part(at) / part(bars.max(1))
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
