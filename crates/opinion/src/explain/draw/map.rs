//! The map: people as dots by place, the ground of each group with its letter and size, and statements on demand.

use std::fmt::Write as _;

use svg::node::element::Path;

use super::super::report::letter;
use super::super::words::count;
use super::super::wrap::{clean, ems};
use super::canvas::{Anchor, BADGE, Canvas, badge_width, tenth};
use super::{Scene, hull};
use crate::StatementId;

/// More dots than this are not drawn (there are at most 100 base clusters; this is for people without groups).
const MOST_DOTS: usize = 2_000;
/// More statements than this are not drawn; those that divide most come first.
const MOST_MARKS: usize = 300;

/// People at one place.
struct Dot {
    at: (f64, f64),
    people: usize,
    group: Option<usize>,
}

/// A box that is taken.
#[derive(Clone, Copy)]
struct Taken {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Taken {
    fn inside(&self, paper: &Self) -> bool {
        self.x >= paper.x
            && self.y >= paper.y
            && self.x + self.width <= paper.x + paper.width
            && self.y + self.height <= paper.y + paper.height
    }

    fn meets(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// From places on the map to places on paper: the same scale both ways, up is up.
struct Frame {
    scale: f64,
    middle: (f64, f64),
    origin: (f64, f64),
}

impl Frame {
    /// Puts everything between these corners.
    fn around(points: &[(f64, f64)], left: f64, top: f64, width: f64, height: f64) -> Self {
        let span = |of: fn(&(f64, f64)) -> f64| {
            let low = points.iter().map(of).fold(f64::INFINITY, f64::min);
            let high = points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            if low.is_finite() && high.is_finite() { (low, high) } else { (0.0, 0.0) }
        };
        let ((x0, x1), (y0, y1)) = (span(|point| point.0), span(|point| point.1));
        let fit = |room: f64, span: f64| if span > 0.0 { room / span } else { f64::INFINITY };
        let scale = fit(width, x1 - x0).min(fit(height, y1 - y0));
        let scale = if scale.is_finite() { scale } else { 1.0 };
        Self {
            scale,
            middle: (f64::midpoint(x0, x1), f64::midpoint(y0, y1)),
            origin: (left + width / 2.0, top + height / 2.0),
        }
    }

    fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.origin.0 + (x - self.middle.0) * self.scale, self.origin.1 - (y - self.middle.1) * self.scale)
    }
}

pub(super) fn draw(scene: &Scene<'_>, statements: bool) -> String {
    let (report, words, width) = (scene.report, scene.words, scene.width);
    let title = words.text("opinion-draw-map", &[]);
    let dots = dots(scene);
    let people: usize = dots.iter().map(|dot| dot.people).sum();
    let about = about(scene, people, dots.len());
    let name = if statements { "map-statements" } else { "map" };
    let args = [("people", count(people)), ("groups", count(report.map.groups.len()))];
    let counts = (!report.map.groups.is_empty()).then(|| words.text("opinion-draw-map-counts", &args));
    let mut canvas = scene.canvas(name, &title, counts.as_deref(), &about);
    if dots.is_empty() {
        canvas.y += 12.0;
        canvas.below(&words.text("opinion-draw-map-empty", &[]), 16.0, 2);
        return canvas.finish();
    }
    let (top, height) = (canvas.y + 8.0, width.of(460.0, 380.0));
    let largest = width.of(15.0, 11.0);
    let (margin, room) = (width.of(28.0, 20.0), BADGE + largest + 12.0);
    let places: Vec<(f64, f64)> = dots.iter().map(|dot| dot.at).collect();
    let frame = Frame::around(&places, margin, top + room, canvas.width - 2.0 * margin, height - room - margin);
    cross(&mut canvas, &frame, top, height);
    let radius = radius(&dots, largest);
    for group in 0..report.map.groups.len() {
        let own: Vec<(f64, f64)> =
            dots.iter().filter(|dot| dot.group == Some(group)).map(|dot| frame.place(dot.at)).collect();
        if !own.is_empty() {
            canvas.ground(group, &hull::path(&own), width.of(32.0, 24.0));
        }
    }
    let fade = canvas.len();
    for dot in &dots {
        canvas.shape(dot.group, frame.place(dot.at), radius(dot.people));
    }
    let paper = Taken { x: 0.0, y: top, width: canvas.width, height };
    let badges = badges(scene, &dots, &frame, &radius, paper);
    let mut told = Vec::new();
    if statements {
        canvas.fade(fade, 0.4);
        let mut taken: Vec<Taken> = badges.iter().map(|(place, _)| *place).collect();
        told = marks(&mut canvas, scene, &frame, (top, height), &mut taken);
    }
    for (group, (place, text)) in badges.iter().enumerate() {
        canvas.badge(group, (place.x, place.y), text);
    }
    canvas.y = top + height + 4.0;
    key(&mut canvas, scene, statements);
    canvas.y += if told.is_empty() { 0.0 } else { 8.0 };
    for id in told {
        let statement = report.statement(id);
        let name = clean(&statement.name, 20);
        let text = statement.text.map_or_else(
            || words.text("opinion-statement", &[("name", name.as_str().into())]),
            |text| format!("“{}”", clean(&text, 200)),
        );
        canvas.text((0.0, canvas.y + 15.0), 13.0, "om-strong", Anchor::Start, &clean(&name, 5));
        canvas.indented(40.0, &text, 13.0, width.of(2, 3));
    }
    canvas.finish()
}

/// What the picture shows, for those who do not see it.
fn about(scene: &Scene<'_>, people: usize, dots: usize) -> String {
    if dots == 0 {
        return scene.words.text("opinion-draw-map-empty", &[]);
    }
    let mut about = scene.words.text("opinion-draw-map-about", &[("people", count(people)), ("dots", count(dots))]);
    for (at, group) in scene.report.map.groups.iter().enumerate() {
        about.push(' ');
        let args = [("group", letter(at).into()), ("people", count(group.people))];
        about.push_str(&scene.words.text("opinion-draw-map-group", &args));
    }
    about
}

/// Base clusters; without them, people by place.
fn dots(scene: &Scene<'_>) -> Vec<Dot> {
    let map = scene.report.map;
    if !map.base_clusters.is_empty() {
        let dot = |cluster: &crate::BaseCluster| Dot {
            at: (cluster.x, cluster.y),
            people: cluster.members.len(),
            group: cluster.group,
        };
        return map.base_clusters.iter().map(dot).collect();
    }
    let mut places: Vec<(f64, f64)> = map.people.iter().map(|place| (place.x, place.y)).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let dot = |same: &[(f64, f64)]| Dot { at: same[0], people: same.len(), group: None };
    places.chunk_by(|a, b| a == b).map(dot).take(MOST_DOTS).collect()
}

/// The radius for a number of people: areas are in proportion, and the smallest dot can be seen.
fn radius(dots: &[Dot], largest: f64) -> impl Fn(usize) -> f64 + use<> {
    let most = real(dots.iter().map(|dot| dot.people).max().unwrap_or(1).max(4));
    move |people: usize| (largest * (real(people) / most).sqrt()).max(3.0)
}

#[expect(clippy::cast_precision_loss, reason = "a number of people for a drawing")]
fn real(count: usize) -> f64 {
    count as f64
}

/// Two faint lines through the middle of the votes.
fn cross(canvas: &mut Canvas, frame: &Frame, top: f64, height: f64) {
    let (x, y) = frame.place((0.0, 0.0));
    let width = canvas.width;
    let line = |d: String| {
        Path::new()
            .set("d", d)
            .set("fill", "none")
            .set("stroke", "#b1b8be")
            .set("stroke-dasharray", "2 5")
            .set("class", "om-line")
    };
    if (0.0..=width).contains(&x) {
        canvas.add(line(format!("M{} {}v{height}", tenth(x), tenth(top))));
    }
    if (top..=top + height).contains(&y) {
        canvas.add(line(format!("M0 {}h{width}", tenth(y))));
    }
}

/// Letter and size beside each group: over it, under it, or to a side, where the fewest dots are hidden; none over another.
fn badges(
    scene: &Scene<'_>,
    dots: &[Dot],
    frame: &Frame,
    radius: &impl Fn(usize) -> f64,
    paper: Taken,
) -> Vec<(Taken, String)> {
    let drawn: Vec<Taken> = dots
        .iter()
        .map(|dot| {
            let ((x, y), r) = (frame.place(dot.at), radius(dot.people));
            Taken { x: x - r, y: y - r, width: 2.0 * r, height: 2.0 * r }
        })
        .collect();
    let mut badges: Vec<(Taken, String)> = Vec::new();
    for (at, group) in scene.report.map.groups.iter().enumerate() {
        let people = scene.words.text("opinion-draw-people", &[("people", count(group.people))]);
        let text = format!("{} {people}", letter(at));
        let width = badge_width(&text);
        let own = || dots.iter().zip(&drawn).filter(|(dot, _)| dot.group == Some(at)).map(|(_, place)| place);
        let (x, y) = frame.place((group.x, group.y));
        let top = own().map(|dot| dot.y).fold(y, f64::min);
        let bottom = own().map(|dot| dot.y + dot.height).fold(y, f64::max);
        let left = own().map(|dot| dot.x).fold(x, f64::min);
        let right = own().map(|dot| dot.x + dot.width).fold(x, f64::max);
        let middle = (x - width / 2.0).clamp(1.0, (paper.width - width - 1.0).max(1.0));
        let places = [
            (middle, top - BADGE - 8.0),
            (middle, bottom + 8.0),
            (left - width - 8.0, y - BADGE / 2.0),
            (right + 8.0, y - BADGE / 2.0),
        ];
        let best = places
            .into_iter()
            .map(|(x, y)| Taken { x, y, width, height: BADGE })
            .filter(|place| place.inside(&paper) && !badges.iter().any(|(other, _)| other.meets(place)))
            .min_by_key(|place| drawn.iter().filter(|dot| dot.meets(place)).count());
        let mut place = best.unwrap_or(Taken { x: middle, y: (top - BADGE - 8.0).max(paper.y), width, height: BADGE });
        // Downwards until there is room.
        while let Some((other, _)) = badges.iter().find(|(other, _)| other.meets(&place)) {
            place.y = other.y + BADGE + 3.0;
        }
        badges.push((place, text));
    }
    badges
}

/// Statements as crosses, on a scale of their own; those that are told elsewhere with their numbers. Gives these.
fn marks(
    canvas: &mut Canvas,
    scene: &Scene<'_>,
    frame: &Frame,
    (top, height): (f64, f64),
    taken: &mut Vec<Taken>,
) -> Vec<StatementId> {
    let report = scene.report;
    let mut shown: Vec<_> = report.shown().filter(|place| place.all.seen > 0).collect();
    shown.sort_by(|a, b| b.extremity.total_cmp(&a.extremity).then(a.id.cmp(&b.id)));
    shown.truncate(MOST_MARKS);
    // The middle of the votes stays where it is; the farthest statement just fits.
    let (x0, y0) = frame.place((0.0, 0.0));
    let (left, right) = (x0 - 24.0, canvas.width - x0 - 24.0);
    let (up, down) = (y0 - top - 16.0, top + height - y0 - 16.0);
    let fit = |room: f64, far: f64| if far > 0.0 { room.max(20.0) / far } else { f64::INFINITY };
    let far = |of: &dyn Fn(&crate::StatementPlace) -> f64| shown.iter().map(|place| of(place)).fold(0.0, f64::max);
    let scale = fit(right, far(&|place| place.x)).min(fit(left, far(&|place| -place.x)));
    let scale = scale.min(fit(up, far(&|place| place.y))).min(fit(down, far(&|place| -place.y)));
    let scale = if scale.is_finite() { scale } else { 1.0 };
    let paper = |place: &crate::StatementPlace| (x0 + place.x * scale, y0 - place.y * scale);
    let mut crosses = String::new();
    for place in &shown {
        let (x, y) = paper(place);
        // Writing to a string does not fail.
        let _ = write!(crosses, "M{} {}h6m-3 -3v6", tenth(x - 3.0), tenth(y));
    }
    if !crosses.is_empty() {
        let path = Path::new().set("d", crosses).set("fill", "none").set("stroke", "#464c53").set("stroke-width", 1.2);
        canvas.add(path.set("class", "om-soft-line"));
    }
    let mut told: Vec<StatementId> = Vec::new();
    let groups =
        report.map.groups.iter().flat_map(|group| group.representative.iter().take(3).map(|mark| mark.statement));
    for id in groups.chain(report.divisive().iter().map(|one| one.statement)) {
        let Some(place) = report.place(id).filter(|_| !told.contains(&id) && told.len() < scene.width.of(12, 8)) else {
            continue;
        };
        if !shown.iter().any(|other| other.id == id) {
            continue;
        }
        let (x, y) = paper(place);
        // Under a badge it could not be seen.
        let own = Taken { x: x - 6.0, y: y - 6.0, width: 12.0, height: 12.0 };
        if taken.iter().take(report.map.groups.len()).any(|badge| badge.meets(&own)) {
            continue;
        }
        let name = clean(&report.statement(id).name, 8);
        let width = ems(&name) * 13.0 + 6.0;
        let room =
            [(x + 5.0, y - 8.0), (x - 5.0 - width, y - 8.0), (x - width / 2.0, y - 22.0), (x - width / 2.0, y + 6.0)];
        let free = room.iter().map(|(x, y)| Taken { x: *x, y: *y, width, height: 16.0 }).find(|place| {
            place.x >= 0.0 && place.x + width <= canvas.width && !taken.iter().any(|other| other.meets(place))
        });
        let Some(free) = free else { continue };
        let back = svg::node::element::Rectangle::new().set("x", tenth(free.x)).set("y", tenth(free.y));
        let back = back.set("width", tenth(width)).set("height", 16).set("rx", 3).set("fill", "#fff");
        canvas.add(back.set("fill-opacity", 0.8).set("class", "om-paper"));
        canvas.text((free.x + width / 2.0, free.y + 12.5), 13.0, "om-strong", Anchor::Middle, &name);
        let cross = format!("M{} {}h12m-6 -6v12", tenth(x - 6.0), tenth(y));
        for (class, stroke, width) in [("om-edge", "#fff", 6.0), ("om-ink-line", "currentColor", 2.5)] {
            let path = Path::new().set("d", cross.clone()).set("fill", "none").set("stroke", stroke);
            canvas.add(path.set("stroke-width", width).set("class", class));
        }
        taken.push(free);
        told.push(id);
    }
    told.sort_unstable();
    told
}

/// How the picture is read.
fn key(canvas: &mut Canvas, scene: &Scene<'_>, statements: bool) {
    let words = scene.words;
    let mut parts = vec![words.text("opinion-draw-key-near", &[]), words.text("opinion-draw-key-size", &[])];
    if scene.report.map.groups.len() > 1 {
        parts.push(words.text("opinion-draw-key-shape", &[]));
    }
    if statements {
        parts.push(words.text("opinion-draw-key-statement", &[]));
    }
    // As many on a line as there is room for.
    let (size, mut line) = (14.0, String::new());
    let mut rows = Vec::new();
    for part in parts {
        let longer = if line.is_empty() { part.clone() } else { format!("{line}  ·  {part}") };
        if ems(&longer) * size > canvas.width && !line.is_empty() {
            rows.push(std::mem::replace(&mut line, part));
        } else {
            line = longer;
        }
    }
    rows.push(line);
    rows.push(words.text("opinion-draw-key-population", &[]));
    for row in rows {
        canvas.below(&row, size, 2);
    }
}
