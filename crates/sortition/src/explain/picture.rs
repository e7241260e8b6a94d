//! The picture of seats: those of each value against the pool.

use madang_message::{Arg, Catalogue, Locale};

use super::figures::{Seats, seats};
use super::paper::{EDGE, Paper, Width, circle, cut, line, rectangle, room, text};
use super::words::range;
use super::{Voice, count};
use crate::Solution;

const HEAD: f64 = 34.0;
/// Half the height of what stands on a scale.
const HALF: f64 = 11.0;

/// One number over another, as a share.
pub(super) fn ratio(part: u32, whole: usize) -> f64 {
    f64::from(part) / f64::from(u32::try_from(whole).unwrap_or(u32::MAX).max(1))
}

/// Where things stand in a row. Wide: the value, its scale and its numbers beside each other; narrow: the scale below.
struct Places {
    /// Where the scale begins and ends.
    scale: (f64, f64),
    /// Where the drawn seats end and the limits begin; narrow, where the limits end.
    numbers: (f64, f64),
    /// From the top of a row to the letters, to the scale, to the next row.
    letters: f64,
    middle: f64,
    row: f64,
}

impl Places {
    fn of(width: Width) -> Self {
        let right = width.units() - EDGE;
        width.of(
            Self { scale: (200.0, 590.0), numbers: (646.0, 656.0), letters: 19.0, middle: 14.0, row: 28.0 },
            Self {
                scale: (EDGE + 7.0, right - 7.0),
                numbers: (right - 70.0, right),
                letters: 17.0,
                middle: 34.0,
                row: 52.0,
            },
        )
    }
}

/// Seats of each value: the range that is asked for, what the pool would give, what was drawn (or is drawn on average).
#[must_use]
pub fn seats_picture(
    solution: &Solution,
    committee: Option<&[usize]>,
    catalogue: &Catalogue,
    locale: Locale,
    width: Width,
) -> String {
    let voice = Voice { catalogue, locale };
    let rows = seats(solution, committee);
    let shown = |it: &Seats| it.drawn.map_or(it.expected, f64::from);
    // Each feature has a scale of its own, from nothing to the most seats in question; further quotas share one.
    let most = |row: &Seats| {
        let same = |it: &&Seats| if row.value.is_empty() { it.value.is_empty() } else { it.feature == row.feature };
        let ends = |it: &Seats| {
            let limit = if it.is_open(solution) { 0 } else { it.range.max.unwrap_or(0) };
            [shown(it), it.like_pool(solution), f64::from(it.range.min), f64::from(limit)]
        };
        rows.iter().filter(same).flat_map(ends).fold(1.0, f64::max)
    };
    let about = [("size", count(solution.task.size)), ("people", count(solution.task.pool.people.len()))];
    let (mut paper, top) = Paper::new("draw-seats", width, locale, voice.say("sortition-picture-seats", &about));
    let drawn = if committee.is_some() { "sortition-legend-drawn" } else { "sortition-legend-expected" };
    let mut y = legend(&mut paper, width, top + 30.0, &voice, drawn);
    let (places, (mut feature, mut bare)) = (Places::of(width), (String::new(), false));
    let (left, right) = places.scale;
    for it in &rows {
        let alone = it.value.is_empty();
        if it.feature != feature && !(alone && bare) {
            let heading = if alone { voice.say("sortition-picture-quotas", &[]) } else { it.feature.clone() };
            let heading = cut(&heading, width.units() - 2.0 * EDGE, 15.0);
            paper.add(text(EDGE, y + 22.0, 15.0, "draw-ink draw-strong", &heading));
            y += HEAD;
        }
        bare = alone;
        feature.clone_from(&it.feature);
        let (letters, middle) = (y + places.letters, y + places.middle);
        let whole = most(it);
        let scale = |seats: f64| left + (right - left) * (seats / whole).min(1.0);
        let open = it.is_open(solution);
        paper.add(line(left, middle, right, middle));
        if !open {
            let (low, high) = (scale(f64::from(it.range.min)), it.range.max.map_or(right, |max| scale(f64::from(max))));
            paper.add(rectangle(low - 7.0, middle - 8.0, high - low + 14.0, 16.0, "draw-range").set("rx", 8));
        }
        paper.add(circle(scale(shown(it)), middle, 6.0, "draw-main"));
        paper.add(rectangle(scale(it.like_pool(solution)) - 1.5, middle - HALF, 3.0, 2.0 * HALF, "draw-pool"));
        let limits = if open { "–".to_owned() } else { range(it.range, &voice) };
        let number = if committee.is_some() { format!("{:.0}", shown(it)) } else { format!("{:.1}", shown(it)) };
        let (end, limit) = places.numbers;
        let (end, anchor) = width.of((end, "start"), (end.min(limit - room(&limits, 13.0) - 10.0), "end"));
        let label = if alone { &it.feature } else { &it.value };
        let until = width.of(left - 12.0, end - room(&number, 14.0) - 10.0);
        paper.add(text(EDGE, letters, 14.0, "draw-ink", &cut(label, until - EDGE, 14.0)));
        paper.add(text(end, letters, 14.0, "draw-ink draw-strong", &number).set("text-anchor", "end"));
        paper.add(text(limit, letters, 13.0, "draw-soft", &limits).set("text-anchor", anchor));
        y += places.row;
    }
    let told: Vec<String> =
        rows.iter().map(|it| format!("{}: {:.1} ({})", it.name(), shown(it), range(it.range, &voice))).collect();
    let description = format!("{} {}", voice.say("sortition-picture-seats-about", &about), told.join("; "));
    paper.finish(y + width.of(14.0, 4.0), &description)
}

/// What the shapes mean, beside each other as far as there is room; gives where the rows begin.
fn legend(paper: &mut Paper, width: Width, top: f64, voice: &Voice<'_>, drawn: &str) -> f64 {
    let words =
        [voice.say(drawn, &[]), voice.say("sortition-legend-quota", &[]), voice.say("sortition-legend-pool", &[])];
    let (mut x, mut y) = (EDGE, top);
    for (at, words) in words.iter().enumerate() {
        let wide = 36.0 + room(words, 13.0);
        if x > EDGE && x + wide > width.units() - EDGE {
            (x, y) = (EDGE, y + 26.0);
        }
        match at {
            0 => paper.add(circle(x + 13.0, y, 6.0, "draw-main")),
            1 => paper.add(rectangle(x, y - 7.0, 26.0, 14.0, "draw-range").set("rx", 7)),
            _ => paper.add(rectangle(x + 11.5, y - 10.0, 3.0, 20.0, "draw-pool")),
        }
        paper.add(text(x + 34.0, y + 5.0, 13.0, "draw-ink", words));
        x += wide + 18.0;
    }
    y + 18.0
}

/// A percentage as an argument.
pub(super) fn share(x: f64) -> Arg {
    Arg::from(super::percent(x))
}
