//! Pictures as SVG: the seats of each value against the pool.

use madang_message::{Arg, Catalogue, Locale};
use svg::Document;
use svg::node::element::{Circle, Description, Group, Line, Rectangle, Style, Text, Title};

use super::figures::{Seats, seats};
use super::section::width;
use super::words::range;
use super::{Voice, count};
use crate::Solution;

pub(super) const WIDTH: f64 = 720.0;
/// Where the scale begins and ends.
const LEFT: f64 = 200.0;
const RIGHT: f64 = 590.0;
const HEAD: f64 = 34.0;
const ROW: f64 = 28.0;

/// Colours are the site's tokens where the picture stands in a page; alone it has its own for light and dark.
const STYLE: &str = "
.draw-picture { --back: var(--color-background-white, #ffffff); --ink: var(--color-text-basic, #1e2124);
  --soft: var(--color-text-subtle, #464c53); --line: var(--color-divider-gray, #b1b8be);
  --main: var(--color-element-primary, #256ef4); --pale: var(--color-graphic-blue-subtle, #b1cefb);
  font-family: var(--font, \"Pretendard GOV\", Pretendard, \"Noto Sans KR\", sans-serif); }
@media (prefers-color-scheme: dark) { .draw-picture { --back: var(--color-background-white, #131416);
  --ink: var(--color-text-basic, #f4f5f6); --soft: var(--color-text-subtle, #b1b8be);
  --line: var(--color-divider-gray, #58616a); --main: var(--color-element-primary, #6fa3ff);
  --pale: var(--color-graphic-blue-subtle, #1d4a97); } }
.draw-back { fill: var(--back); } .draw-ink { fill: var(--ink); } .draw-soft { fill: var(--soft); }
.draw-picture text { font-variant-numeric: tabular-nums; } .draw-strong { font-weight: 700; }
.draw-line { stroke: var(--line); stroke-width: 1; } .draw-range { fill: var(--pale); }
.draw-main { fill: var(--main); } .draw-dash { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
.draw-pool { fill: var(--ink); } .draw-halo { paint-order: stroke; stroke: var(--back); stroke-width: 4; }
";

/// One number over another, as a share.
pub(super) fn ratio(part: u32, whole: usize) -> f64 {
    f64::from(part) / f64::from(u32::try_from(whole).unwrap_or(u32::MAX).max(1))
}

/// Seats of each value: the range that is asked for, what the pool would give, what was drawn (or is drawn on average).
#[must_use]
pub fn seats_picture(
    solution: &Solution,
    committee: Option<&[usize]>,
    catalogue: &Catalogue,
    locale: Locale,
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
    let mut body = Group::new();
    let drawn = if committee.is_some() { "sortition-legend-drawn" } else { "sortition-legend-expected" };
    body = legend(body, &voice, drawn);
    let (mut y, mut feature, mut bare) = (78.0, String::new(), false);
    for it in &rows {
        let alone = it.value.is_empty();
        if it.feature != feature && !(alone && bare) {
            let heading = if alone { voice.say("sortition-picture-quotas", &[]) } else { it.feature.clone() };
            body = body.add(text(16.0, y + 22.0, 15.0, "draw-ink draw-strong", &short(&heading, 60)));
            y += HEAD;
        }
        bare = alone;
        feature.clone_from(&it.feature);
        let middle = y + ROW / 2.0;
        let whole = most(it);
        let scale = |seats: f64| LEFT + (RIGHT - LEFT) * (seats / whole).min(1.0);
        let (low, high) = (scale(f64::from(it.range.min)), it.range.max.map_or(RIGHT, |max| scale(f64::from(max))));
        let label = if alone { &it.feature } else { &it.value };
        let number = if committee.is_some() { format!("{:.0}", shown(it)) } else { format!("{:.1}", shown(it)) };
        body = body
            .add(text(16.0, middle + 5.0, 14.0, "draw-ink", &short(label, 24)))
            .add(line(LEFT, middle, RIGHT, middle));
        let open = it.is_open(solution);
        if !open {
            body = body.add(rectangle(low - 7.0, middle - 8.0, high - low + 14.0, 16.0, "draw-range").set("rx", 8));
        }
        let limits = if open { "–".to_owned() } else { range(it.range, &voice) };
        body = body
            .add(circle(scale(shown(it)), middle, 6.0, "draw-main"))
            .add(rectangle(scale(it.like_pool(solution)) - 1.5, middle - 11.0, 3.0, 22.0, "draw-pool"))
            .add(text(646.0, middle + 5.0, 14.0, "draw-ink draw-strong", &number).set("text-anchor", "end"))
            .add(text(656.0, middle + 5.0, 13.0, "draw-soft", &limits));
        y += ROW;
    }
    let about = [("size", count(solution.task.size)), ("people", count(solution.task.pool.people.len()))];
    let told: Vec<String> =
        rows.iter().map(|it| format!("{}: {:.1} ({})", it.name(), shown(it), range(it.range, &voice))).collect();
    let description = format!("{} {}", voice.say("sortition-picture-seats-about", &about), told.join("; "));
    frame("draw-seats", y + 14.0, &voice.say("sortition-picture-seats", &about), &description, locale, body)
}

fn legend(group: Group, voice: &Voice<'_>, drawn: &str) -> Group {
    let (quota, pool, drawn) =
        (voice.say("sortition-legend-quota", &[]), voice.say("sortition-legend-pool", &[]), voice.say(drawn, &[]));
    let second = 46.0 + room(&drawn) + 34.0;
    let third = second + 30.0 + room(&quota) + 20.0;
    group
        .add(circle(26.0, 60.0, 6.0, "draw-main"))
        .add(text(40.0, 65.0, 13.0, "draw-ink", &drawn))
        .add(rectangle(second - 10.0, 53.0, 26.0, 14.0, "draw-range").set("rx", 7))
        .add(text(second + 22.0, 65.0, 13.0, "draw-ink", &quota))
        .add(rectangle(third + 4.5, 50.0, 3.0, 20.0, "draw-pool"))
        .add(text(third + 16.0, 65.0, 13.0, "draw-ink", &pool))
}

/// About how wide a text of 13 pixels is.
fn room(text: &str) -> f64 {
    f64::from(u32::try_from(width(text)).unwrap_or(0)) * 6.8
}

/// A whole picture of this height with its title in it.
pub(super) fn frame(id: &str, height: f64, title: &str, about: &str, locale: Locale, body: Group) -> String {
    let document = Document::new()
        .set("viewBox", format!("0 0 {WIDTH} {height}"))
        .set("width", WIDTH)
        .set("height", height)
        .set("class", "draw-picture")
        .set("role", "img")
        .set("lang", locale.tag())
        .set("aria-labelledby", format!("{id}-title {id}-about"))
        .add(Title::new(plain(title)).set("id", format!("{id}-title")))
        .add(Description::new().set("id", format!("{id}-about")).add(svg::node::Text::new(plain(about))))
        .add(Style::new(STYLE))
        .add(rectangle(0.0, 0.0, WIDTH, height, "draw-back"))
        .add(text(16.0, 30.0, 17.0, "draw-ink draw-strong", title))
        .add(body);
    format!("{document}\n")
}

pub(super) fn text(x: f64, y: f64, size: f64, class: &str, content: &str) -> Text {
    Text::new(plain(content)).set("x", tenth(x)).set("y", tenth(y)).set("font-size", size).set("class", class)
}

pub(super) fn line(x1: f64, y1: f64, x2: f64, y2: f64) -> Line {
    Line::new()
        .set("x1", tenth(x1))
        .set("y1", tenth(y1))
        .set("x2", tenth(x2))
        .set("y2", tenth(y2))
        .set("class", "draw-line")
}

pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64, class: &str) -> Rectangle {
    Rectangle::new()
        .set("x", tenth(x))
        .set("y", tenth(y))
        .set("width", tenth(width))
        .set("height", tenth(height))
        .set("class", class)
}

fn circle(x: f64, y: f64, r: f64, class: &str) -> Circle {
    Circle::new().set("cx", tenth(x)).set("cy", tenth(y)).set("r", r).set("class", class)
}

fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// At most so many columns of a terminal.
fn short(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let (mut out, mut taken) = (String::new(), 1);
    for c in text.chars() {
        taken += width(c.encode_utf8(&mut [0; 4]));
        if taken > most {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Without characters that XML does not know.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

/// A percentage as an argument.
pub(super) fn share(x: f64) -> Arg {
    Arg::from(super::percent(x))
}
