//! Paper and pens of the pictures: how wide they are, texts and how much room they take, shapes, colours.

use madang_message::Locale;
use svg::node::element::{Circle, Description, Group, Line, Rectangle, Style, Text, Title};
use svg::{Document, Node};

use super::section::wide;

/// How wide the window is that a picture is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 720 units.
    Wide,
    /// 358 units: a telephone of 390 without its margins.
    Narrow,
}

impl Width {
    pub(super) fn units(self) -> f64 {
        self.of(720.0, 358.0)
    }

    /// One of two, for wide and for narrow.
    pub(super) fn of<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}

/// The edge that stays free.
pub(super) const EDGE: f64 = 16.0;
/// Between the first lines of the titles.
const TITLE: f64 = 22.0;

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

/// A picture that has its title already.
pub(super) struct Paper {
    id: &'static str,
    width: Width,
    locale: Locale,
    title: String,
    body: Group,
}

impl Paper {
    /// The paper, and where the title ends.
    pub(super) fn new(id: &'static str, width: Width, locale: Locale, title: String) -> (Self, f64) {
        let size = width.of(17.0, 16.0);
        let (mut body, mut y) = (Group::new(), 8.0);
        for line in lines(&title, width.units() - 2.0 * EDGE, size) {
            y += TITLE;
            body = body.add(text(EDGE, y, size, "draw-ink draw-strong", &line));
        }
        (Self { id, width, locale, title, body }, y)
    }

    pub(super) fn add(&mut self, part: impl Node) {
        self.body.append(part);
    }

    /// The whole picture; `about` says in words what is in it.
    pub(super) fn finish(self, height: f64, about: &str) -> String {
        // Both widths may stand in one page.
        let id = format!("{}{}", self.id, self.width.of("", "-narrow"));
        let (width, height) = (self.width.units(), tenth(height));
        let document = Document::new()
            .set("viewBox", format!("0 0 {width} {height}"))
            .set("width", width)
            .set("height", height)
            .set("class", "draw-picture")
            .set("role", "img")
            .set("lang", self.locale.tag())
            .set("aria-labelledby", format!("{id}-title {id}-about"))
            .add(Title::new(plain(&self.title)).set("id", format!("{id}-title")))
            .add(Description::new().set("id", format!("{id}-about")).add(svg::node::Text::new(plain(about))))
            .add(Style::new(STYLE))
            .add(rectangle(0.0, 0.0, width, height, "draw-back"))
            .add(self.body);
        format!("{document}\n")
    }
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

pub(super) fn circle(x: f64, y: f64, r: f64, class: &str) -> Circle {
    Circle::new().set("cx", tenth(x)).set("cy", tenth(y)).set("r", r).set("class", class)
}

fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// About how wide a text is, rather too wide than too narrow.
pub(super) fn room(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

fn em(c: char) -> f64 {
    match c {
        c if wide(c) => 1.0,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'l' | 'j' | 'I' | '!' | '(' | ')' | '[' | ']' => 0.34,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 0.95,
        'A'..='Z' | '&' => 0.72,
        _ => 0.6,
    }
}

/// The text in lines of at most this room, cut at spaces.
pub(super) fn lines(text: &str, most: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if room(line, size) + room(word, size) + size * 0.34 <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, most, size)),
        }
    }
    lines
}

/// As much of the text as there is room for.
pub(super) fn cut(text: &str, most: f64, size: f64) -> String {
    if room(text, size) <= most {
        return text.to_owned();
    }
    let (mut out, mut taken) = (String::new(), em('…') * size);
    for c in text.chars() {
        taken += em(c) * size;
        if taken > most {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Without characters that XML does not know.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
