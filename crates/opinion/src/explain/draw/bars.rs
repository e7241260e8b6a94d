//! Bars: for each statement and group, how many agree, pass and disagree. The bar is everybody who answered.

use madang_message::{Arg, percent};
use svg::node::element::Rectangle;

use super::super::report::letter;
use super::super::wrap::{clean, ems, lines};
use super::canvas::{Anchor, Canvas, tenth};
use super::{Drawing, Scene};
use crate::{StatementId, Tally};

/// Pictures of the statements that mark each group, that all share, and that divide.
pub(super) fn draw(scene: &Scene<'_>) -> Vec<Drawing> {
    let (report, words) = (scene.report, scene.words);
    let mut drawings = Vec::new();
    for (at, group) in report.map.groups.iter().enumerate() {
        let ids: Vec<StatementId> = group.representative.iter().take(report.top).map(|mark| mark.statement).collect();
        let title = words.text("opinion-draw-group", &[("group", letter(at).into())]);
        drawings.push(bars(scene, &format!("group-{}", letter(at).to_lowercase()), &title, &ids));
    }
    let shared = &report.map.shared;
    let ids = shared.agree.iter().take(report.top).chain(shared.disagree.iter().take(report.top));
    let ids: Vec<StatementId> = ids.map(|shared| shared.statement).collect();
    drawings.push(bars(scene, "shared", &words.text("opinion-draw-shared", &[]), &ids));
    let ids: Vec<StatementId> = report.divisive().iter().map(|one| one.statement).collect();
    drawings.push(bars(scene, "divisive", &words.text("opinion-draw-divisive", &[]), &ids));
    drawings
}

/// One bar.
struct Row {
    /// None for everybody.
    group: Option<usize>,
    name: String,
    tally: Tally,
}

fn bars(scene: &Scene<'_>, name: &str, title: &str, ids: &[StatementId]) -> Drawing {
    let words = scene.words;
    let mut about = words.text("opinion-draw-bars-about", &[]);
    for id in ids {
        let statement = scene.report.statement(*id);
        about.push('\n');
        about.push_str(&clean(statement.text.as_deref().unwrap_or(&statement.name), 240));
        for row in rows(scene, *id) {
            about.push('\n');
            about.push_str(&sentence(scene, &row));
        }
    }
    if ids.is_empty() {
        about = words.text("opinion-draw-bars-empty", &[]);
    }
    let mut canvas = scene.canvas(name, title, None, &about);
    if ids.is_empty() {
        canvas.y += 12.0;
        canvas.below(&about, 16.0, 2);
        return Drawing { name: name.to_owned(), svg: canvas.finish() };
    }
    key(&mut canvas, scene);
    for id in ids {
        statement(&mut canvas, scene, *id);
        for row in rows(scene, *id) {
            bar(&mut canvas, scene, &row);
        }
    }
    Drawing { name: name.to_owned(), svg: canvas.finish() }
}

/// The groups, and everybody at the end.
fn rows(scene: &Scene<'_>, id: StatementId) -> Vec<Row> {
    let Some(place) = scene.report.place(id) else { return Vec::new() };
    let group = |(at, tally): (usize, &Tally)| Row {
        group: Some(at),
        name: scene.words.text("opinion-draw-group-name", &[("group", letter(at).into())]),
        tally: *tally,
    };
    let mut rows: Vec<Row> = place.groups.iter().enumerate().map(group).collect();
    rows.push(Row { group: None, name: scene.words.text("opinion-draw-all", &[]), tally: place.all });
    rows
}

/// Whole percent of agree, pass, disagree.
fn shares(tally: Tally) -> [i64; 3] {
    [tally.agree, tally.pass(), tally.disagree].map(|part| percent(part.into(), tally.seen.into()))
}

fn sentence(scene: &Scene<'_>, row: &Row) -> String {
    let [agree, pass, disagree] = shares(row.tally);
    scene.words.text(
        "opinion-draw-bars-row",
        &[
            ("name", row.name.as_str().into()),
            ("agree", Arg::Number(agree)),
            ("pass", Arg::Number(pass)),
            ("disagree", Arg::Number(disagree)),
            ("seen", Arg::Number(row.tally.seen.into())),
        ],
    )
}

/// What the shades mean, in the order of the bars.
fn key(canvas: &mut Canvas, scene: &Scene<'_>) {
    canvas.y += 14.0;
    let (mut x, y) = (0.0, canvas.y);
    for (part, key) in [(0, "opinion-draw-agree"), (1, "opinion-draw-pass"), (2, "opinion-draw-disagree")] {
        let text = scene.words.text(key, &[]);
        piece(canvas, part, x, y, 16.0, 16.0);
        canvas.text((x + 22.0, y + 13.0), 14.0, "", Anchor::Start, &text);
        x += 22.0 + ems(&text) * 14.0 + 18.0;
    }
    let seen = scene.words.text("opinion-draw-answered", &[]);
    canvas.text((canvas.width, y + 13.0), 13.0, "om-soft", Anchor::End, &seen);
    canvas.y += 20.0;
}

/// The statement over its bars.
fn statement(canvas: &mut Canvas, scene: &Scene<'_>, id: StatementId) {
    let found = scene.report.statement(id);
    let name = clean(&found.name, 20);
    let text = match found.text {
        Some(text) => format!("{name}  “{}”", clean(&text, 240)),
        None => scene.words.text("opinion-statement", &[("name", name.into())]),
    };
    canvas.y += 14.0;
    for line in lines(&text, canvas.width / 15.0, scene.width.of(3, 5)) {
        canvas.y += 21.0;
        canvas.text((0.0, canvas.y - 5.0), 15.0, "", Anchor::Start, &line);
    }
    canvas.y += 4.0;
}

const HEIGHT: f64 = 22.0;

fn bar(canvas: &mut Canvas, scene: &Scene<'_>, row: &Row) {
    let (left, right) = (scene.width.of(96.0, 52.0), scene.width.of(70.0, 52.0));
    let (y, length) = (canvas.y, canvas.width - left - right);
    if let Some(group) = row.group {
        canvas.shape(Some(group), (10.0, y + HEIGHT / 2.0), 6.5);
        let name = scene.width.of(row.name.clone(), letter(group));
        canvas.text((24.0, y + 16.0), 14.0, "om-strong", Anchor::Start, &name);
    } else {
        canvas.text((scene.width.of(24.0, 2.0), y + 16.0), 14.0, "om-strong", Anchor::Start, &row.name);
    }
    if row.tally.seen == 0 {
        canvas.text((left, y + 16.0), 14.0, "om-soft", Anchor::Start, &scene.words.text("opinion-draw-unseen", &[]));
        canvas.y += HEIGHT + 4.0;
        return;
    }
    let parts = [row.tally.agree, row.tally.pass(), row.tally.disagree];
    let mut x = left;
    for (at, (part, share)) in parts.into_iter().zip(shares(row.tally)).enumerate() {
        let wide = length * f64::from(part) / f64::from(row.tally.seen);
        if part == 0 {
            continue;
        }
        piece(canvas, at, x, y, wide, HEIGHT);
        let text = format!("{share}%");
        if ems(&text) * 13.0 + 6.0 <= wide {
            let class = ["om-on-yes", "", "om-on-no"][at];
            canvas.text((x + wide / 2.0, y + 15.5), 13.0, class, Anchor::Middle, &text);
        }
        x += wide;
    }
    let seen = scene.words.text("opinion-draw-seen", &[("seen", Arg::Number(row.tally.seen.into()))]);
    canvas.text((canvas.width, y + 15.5), 13.0, "om-soft", Anchor::End, &seen);
    canvas.y += HEIGHT + 4.0;
}

/// A part of a bar: agree dark, pass empty, disagree light.
fn piece(canvas: &mut Canvas, part: usize, x: f64, y: f64, width: f64, height: f64) {
    let rectangle =
        Rectangle::new().set("x", tenth(x)).set("y", tenth(y)).set("width", tenth(width)).set("height", height);
    let rectangle = rectangle.set("stroke", "#464c53").set("stroke-width", 1);
    let (fill, class) =
        [("#0b4f8a", "om-yes om-line"), ("none", "om-paper om-line"), ("#f0a04b", "om-no om-line")][part];
    canvas.add(rectangle.set("fill", fill).set("class", class));
}
