//! Paper and pens: a picture that grows downwards, texts in lines, shapes of groups, and the colours of all of it.

use madang_base::Locale;
use svg::Document;
use svg::node::element::{Description, Group, Path, Rectangle, Style, Text as TextElement, Title};
use svg::node::{Node, Text};

use super::super::wrap::{ems, lines};

/// The colours: the site's own where the picture stands in a page, these ones elsewhere. Groups by the palette of Okabe and
/// Ito, told apart with any kind of colour vision.
const LIGHT: &str = "\
--om-ink:var(--color-text-basic,#1e2124);--om-soft:var(--color-text-subtle,#464c53);--om-paper:var(--color-background-white,#fff);\
--om-line:var(--color-divider-gray,#b1b8be);--om-warn:#b3261e;--om-yes:#0b4f8a;--om-on-yes:#fff;--om-no:#f0a04b;--om-on-no:#1e2124;\
--om-g0:#0072b2;--om-g1:#b84a00;--om-g2:#00795a;--om-g3:#9c3d77;--om-g4:#6f5a00";
const DARK: &str = "\
--om-ink:var(--color-text-basic,#f4f5f6);--om-soft:var(--color-text-subtle,#cdd1d5);--om-paper:var(--color-background-white,#131416);\
--om-line:var(--color-divider-gray,#58616a);--om-warn:#ff8a80;--om-yes:#7db8f0;--om-on-yes:#10202e;--om-no:#a85300;--om-on-no:#fff;\
--om-g0:#56b4e9;--om-g1:#ff9b57;--om-g2:#3fcf9f;--om-g3:#ec9bc8;--om-g4:#e5cf4a";
const CLASSES: &str = "\
.om text{font-family:inherit;fill:var(--om-ink);font-variant-numeric:tabular-nums}.om .om-soft{fill:var(--om-soft)}\
.om .om-strong{font-weight:700}.om .om-warn{fill:var(--om-warn)}.om .om-warn-line{stroke:var(--om-warn)}\
.om .om-paper{fill:var(--om-paper)}.om .om-line{stroke:var(--om-line)}.om .om-soft-line{stroke:var(--om-soft)}\
.om .om-edge{stroke:var(--om-paper)}.om .om-ink-line{stroke:var(--om-ink)}\
.om .om-yes{fill:var(--om-yes)}.om .om-on-yes{fill:var(--om-on-yes)}.om .om-no{fill:var(--om-no)}.om .om-on-no{fill:var(--om-on-no)}\
.om .om-g0{fill:var(--om-g0)}.om .om-g1{fill:var(--om-g1)}.om .om-g2{fill:var(--om-g2)}.om .om-g3{fill:var(--om-g3)}.om .om-g4{fill:var(--om-g4)}\
.om .om-e0{stroke:var(--om-g0)}.om .om-e1{stroke:var(--om-g1)}.om .om-e2{stroke:var(--om-g2)}.om .om-e3{stroke:var(--om-g3)}\
.om .om-e4{stroke:var(--om-g4)}.om .om-13{font-size:13px}.om .om-14{font-size:14px}.om .om-15{font-size:15px}\
.om .om-16{font-size:16px}.om .om-17{font-size:17px}.om .om-20{font-size:20px}";

/// Light unless the reader's system is dark, and what a page around the picture says before both.
fn style() -> String {
    let font =
        "font-family:var(--font,'Pretendard GOV','Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif)";
    format!(
        ".om{{{LIGHT};{font};color:var(--om-ink)}}@media (prefers-color-scheme:dark){{.om{{{DARK}}}}}\
         [data-mode=light] .om{{{LIGHT}}}[data-mode=dark] .om{{{DARK}}}{CLASSES}"
    )
}

/// The same colours for programs that read no style sheets.
const GROUPS: [&str; 5] = ["#0072b2", "#b84a00", "#00795a", "#9c3d77", "#6f5a00"];

/// Which of the colours and shapes a group has.
fn look(group: Option<usize>) -> Option<usize> {
    group.map(|group| group % GROUPS.len())
}

/// How a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture that grows downwards.
pub(super) struct Canvas {
    id: String,
    locale: Locale,
    pub(super) width: f64,
    /// Where the next thing begins.
    pub(super) y: f64,
    title: String,
    about: String,
    parts: Vec<Box<dyn Node>>,
}

/// One tenth of a unit is enough for any picture.
pub(super) fn tenth(value: f64) -> f64 {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

impl Canvas {
    pub(super) fn new(name: &str, locale: Locale, width: f64, title: &str, about: &str) -> Self {
        let id = format!("om-{name}");
        Self { id, locale, width, y: 0.0, title: title.to_owned(), about: about.to_owned(), parts: Vec::new() }
    }

    pub(super) fn add(&mut self, part: impl Node) {
        self.parts.push(Box::new(part));
    }

    /// How many things there are.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Makes everything from the `from`th thing on paler.
    pub(super) fn fade(&mut self, from: usize, opacity: f64) {
        let mut group = Group::new().set("opacity", opacity);
        for part in self.parts.drain(from.min(self.parts.len())..) {
            group = group.add(part);
        }
        self.add(group);
    }

    /// A text on one line. `class` names its colour and weight besides its size.
    pub(super) fn text(&mut self, (x, y): (f64, f64), size: f64, class: &str, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        // For programs that read no style sheets.
        let fill = match class {
            "om-on-yes" => "#fff",
            "om-on-no" => "#1e2124",
            class if class.contains("om-warn") => "#b3261e",
            _ => "currentColor",
        };
        let mut element = TextElement::new(String::new())
            .set("x", tenth(x))
            .set("y", tenth(y))
            .set("font-size", size)
            .set("class", format!("om-{size} {class}").trim_end().to_owned())
            .set("fill", fill);
        if anchor != "start" {
            element = element.set("text-anchor", anchor);
        }
        if class.contains("om-strong") {
            element = element.set("font-weight", 700);
        }
        self.add(element.add(Text::new(text)));
    }

    /// The title to see.
    pub(super) fn heading(&mut self, text: &str, size: f64) {
        for line in lines(text, self.width / size, 2) {
            self.y += size * 1.35;
            self.text((0.0, self.y - size * 0.25), size, "om-strong", Anchor::Start, &line);
        }
    }

    /// A text in lines below everything that is there.
    pub(super) fn below(&mut self, text: &str, size: f64, most: usize) {
        self.indented(0.0, text, size, most);
    }

    /// The same, away from the edge.
    pub(super) fn indented(&mut self, left: f64, text: &str, size: f64, most: usize) {
        for line in lines(text, (self.width - left) / size, most) {
            self.y += size * 1.5;
            self.text((left, self.y - size * 0.35), size, "om-soft", Anchor::Start, &line);
        }
    }

    /// A warning in a frame, with a sign.
    pub(super) fn banner(&mut self, text: &str) {
        let (x, y, height) = (1.0, self.y + 8.0, 34.0);
        let frame = Rectangle::new().set("x", x).set("y", tenth(y)).set("width", tenth(self.width - 2.0));
        let frame = frame.set("height", height).set("rx", 6).set("fill", "none").set("stroke", "#b3261e");
        self.add(frame.set("stroke-width", 2).set("class", "om-warn-line"));
        let sign = format!("M{} {}l9 16h-18z", tenth(x + 22.0), tenth(y + 9.0));
        self.add(Path::new().set("d", sign).set("fill", "#b3261e").set("class", "om-warn"));
        let bar = format!("M{} {}v6m0 2.4v2", tenth(x + 22.0), tenth(y + 14.0));
        self.add(
            Path::new()
                .set("d", bar)
                .set("fill", "none")
                .set("stroke", "#fff")
                .set("stroke-width", 2)
                .set("class", "om-edge"),
        );
        self.text((x + 40.0, y + 22.5), 15.0, "om-strong om-warn", Anchor::Start, text);
        self.y = y + height + 2.0;
    }

    /// The shape of a group with the area of a circle of this radius; people in no group are rings.
    pub(super) fn shape(&mut self, group: Option<usize>, (x, y): (f64, f64), r: f64) {
        let corners = |count: u32, r: f64, turn: &[(f64, f64)]| {
            let points: Vec<String> = turn
                .iter()
                .take(count as usize)
                .map(|(dx, dy)| format!("{} {}", tenth(x + dx * r), tenth(y + dy * r)))
                .collect();
            format!("M{}z", points.join("L"))
        };
        let path = match look(group) {
            Some(1) => corners(4, r * 0.886, &[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]),
            Some(2) => corners(3, r * 1.555, &[(0.0, -1.0), (0.866, 0.5), (-0.866, 0.5)]),
            Some(3) => corners(4, r * 1.253, &[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]),
            Some(4) => {
                corners(5, r * 1.15, &[(0.0, -1.0), (0.951, -0.309), (0.588, 0.809), (-0.588, 0.809), (-0.951, -0.309)])
            }
            _ => {
                let (left, wide, r) = (tenth(x - r), tenth(2.0 * r), tenth(r));
                format!("M{left} {}a{r} {r} 0 1 0 {wide} 0a{r} {r} 0 1 0 -{wide} 0z", tenth(y))
            }
        };
        let drawn = Path::new().set("d", path).set("stroke-width", 1);
        self.add(match look(group) {
            Some(at) => drawn.set("fill", GROUPS[at]).set("stroke", "#fff").set("class", format!("om-g{at} om-edge")),
            None => drawn.set("fill", "none").set("stroke", "#464c53").set("class", "om-line"),
        });
    }

    /// The ground under a group: a path in its colour, pale, with a broad round edge.
    pub(super) fn ground(&mut self, group: usize, path: &str, edge: f64) {
        let at = group % GROUPS.len();
        let shape =
            Path::new().set("d", path).set("fill", GROUPS[at]).set("stroke", GROUPS[at]).set("stroke-width", edge);
        let shape = shape
            .set("stroke-linejoin", "round")
            .set("stroke-linecap", "round")
            .set("class", format!("om-g{at} om-e{at}"));
        self.add(Group::new().set("opacity", 0.14).add(shape));
    }

    /// A small box on the paper's colour with the group's shape and a text; gives its width beforehand by [`badge_width`].
    pub(super) fn badge(&mut self, group: usize, (x, y): (f64, f64), text: &str) {
        let (at, width) = (group % GROUPS.len(), badge_width(text));
        let frame =
            Rectangle::new().set("x", tenth(x)).set("y", tenth(y)).set("width", tenth(width)).set("height", BADGE);
        let frame = frame.set("rx", 6).set("fill", "#fff").set("stroke", GROUPS[at]).set("stroke-width", 2);
        self.add(frame.set("class", format!("om-paper om-e{at}")));
        self.shape(Some(group), (x + 14.0, y + BADGE / 2.0), 6.5);
        self.text((x + 26.0, y + 19.0), 15.0, "om-strong", Anchor::Start, text);
    }

    /// The finished picture.
    pub(super) fn finish(self) -> String {
        let (width, height) = (tenth(self.width), tenth(self.y + 8.0));
        let (title, desc) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        // A border, so that a picture on its own does not touch the edge.
        let pad = 12.0;
        let paper = Rectangle::new().set("x", -pad).set("y", -pad).set("width", width + 2.0 * pad);
        let paper = paper.set("height", tenth(height + 2.0 * pad)).set("fill", "none").set("class", "om-paper");
        let mut document = Document::new()
            .set("viewBox", (-pad, -pad, width + 2.0 * pad, tenth(height + 2.0 * pad)))
            .set("width", width + 2.0 * pad)
            .set("height", tenth(height + 2.0 * pad))
            .set("class", "om")
            .set("role", "img")
            .set("lang", self.locale.tag())
            .set("aria-labelledby", format!("{title} {desc}"))
            .add(Title::new(self.title).set("id", title))
            .add(Description::new().set("id", desc).add(Text::new(self.about)))
            .add(Style::new(style()))
            .add(paper);
        for part in self.parts {
            document = document.add(part);
        }
        format!("{document}\n")
    }
}

/// Height of a badge.
pub(super) const BADGE: f64 = 28.0;

pub(super) fn badge_width(text: &str) -> f64 {
    36.0 + ems(text) * 15.0
}
