//! A picture that grows downwards: text lines and bars. Colours are classes, so that it fits light and dark pages.

use svg::node::Text as Letters;
use svg::node::element::{Definitions, Description, Group, Line, Pattern, Rectangle, Style, Text, Title};
use svg::{Document, Node};

use super::super::section::wide;
use super::super::voice::plain;

/// Width of all pictures.
pub const WIDTH: i64 = 720;
/// Height of letters: 12 on a phone of 390.
const LETTER: i64 = 23;
const LINE: i64 = 32;
const BAR: i64 = 24;

const STYLE: &str = "\
.ballot-picture{color-scheme:light dark;color:var(--color-text-basic,#1e2124);font-family:inherit,'Pretendard GOV','Noto Sans KR',sans-serif;font-size:23px}
.ballot-picture text{fill:currentColor}
.ballot-picture .strong{font-weight:700}
.ballot-picture .quiet{fill:var(--color-text-subtle,#464c53)}
.ballot-picture .main{fill:var(--color-element-primary,#256ef4)}
.ballot-picture .light{fill:var(--color-element-primary,#256ef4);fill-opacity:.45}
.ballot-picture .faint{fill:currentColor;fill-opacity:.28}
.ballot-picture .striped{stroke:currentColor;stroke-opacity:.6;stroke-width:1.5}
.ballot-picture .stripe{stroke:var(--color-element-primary,#256ef4);stroke-width:9}
.ballot-picture .outline{fill:none;stroke:currentColor;stroke-opacity:.6;stroke-width:1.5}
.ballot-picture .mark{stroke:currentColor;stroke-width:2.5;stroke-dasharray:6 4}
@media (prefers-color-scheme:dark){
.ballot-picture{color:var(--color-text-basic,#f4f5f6)}
.ballot-picture .quiet{fill:var(--color-text-subtle,#cdd1d5)}
.ballot-picture .main,.ballot-picture .light{fill:var(--color-element-primary,#6d9bff)}
.ballot-picture .stripe{stroke:var(--color-element-primary,#6d9bff)}
}";

/// What a bar or a letter looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Filled with the main colour.
    Main,
    /// The same, lighter.
    Light,
    /// Grey.
    Faint,
    /// Striped.
    Striped,
    /// Empty, with a border.
    Outline,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Light => "light",
            Self::Faint => "faint",
            Self::Striped => "striped",
            Self::Outline => "outline",
        }
    }
}

/// A picture in the making.
pub struct Canvas {
    id: &'static str,
    body: Group,
    y: i64,
}

impl Canvas {
    /// `id` keeps the ids of several pictures on a page apart.
    pub fn new(id: &'static str) -> Self {
        Self { id, body: Group::new(), y: 0 }
    }

    /// A space.
    pub fn gap(&mut self, height: i64) {
        self.y += height;
    }

    /// A line of text, cut when it is too long; all of it is in its title then.
    pub fn line(&mut self, text: &str, class: &'static str) {
        self.text_at(0, text, class, WIDTH);
        self.y += LINE;
    }

    /// Text that may take several lines.
    pub fn words(&mut self, text: &str, class: &'static str) {
        let mut line = String::new();
        for word in plain(text, 400).split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && width(&longer) > WIDTH {
                self.line(&line, class);
                word.clone_into(&mut line);
            } else {
                line = longer;
            }
        }
        if !line.is_empty() {
            self.line(&line, class);
        }
    }

    /// Two texts in a line, the second at the right; under each other when they are too long for that.
    pub fn pair(&mut self, left: &str, right: &str, class: &'static str) {
        if width(&plain(left, 400)) + width(right) + 24 > WIDTH {
            self.line(left, class);
            self.line(right, "quiet");
            return;
        }
        self.text_at(0, left, class, WIDTH);
        let text = Text::new(plain(right, 200)).set("x", WIDTH).set("y", self.y + LETTER);
        self.body.append(text.set("text-anchor", "end").set("class", "quiet"));
        self.y += LINE;
    }

    fn text_at(&mut self, x: i64, text: &str, class: &'static str, most: i64) {
        let whole = plain(text, 400);
        let short = fit(&whole, most);
        let cut = short != whole;
        let mut node = Text::new(short).set("x", x).set("y", self.y + LETTER).set("class", class);
        if cut {
            node.append(Title::new(whole));
        }
        self.body.append(node);
    }

    /// A bar of parts beside each other, from the left; lengths in the picture's units.
    pub fn bar(&mut self, parts: &[(Look, i64)]) {
        let mut x = 0;
        for (look, length) in parts {
            let length = (*length).clamp(0, WIDTH - x);
            if length > 0 {
                self.rectangle(*look, x, self.y, length, BAR);
            }
            x += length;
        }
        self.y += BAR + 8;
    }

    fn rectangle(&mut self, look: Look, x: i64, y: i64, width: i64, height: i64) {
        let inset = i64::from(look == Look::Outline);
        let mut rectangle = Rectangle::new()
            .set("x", x + inset)
            .set("y", y + inset)
            .set("width", (width - 2 * inset).max(1))
            .set("height", height - 2 * inset)
            .set("class", look.class());
        if look == Look::Striped {
            rectangle = rectangle.set("fill", format!("url(#{}-stripes)", self.id));
        }
        self.body.append(rectangle);
    }

    /// A dashed mark through what was drawn since `from`.
    pub fn mark(&mut self, x: i64, from: i64) {
        let line = Line::new().set("x1", x).set("x2", x).set("y1", from).set("y2", self.y).set("class", "mark");
        self.body.append(line);
    }

    /// How far down the picture is.
    pub fn y(&self) -> i64 {
        self.y
    }

    /// A swatch with its meaning.
    pub fn legend(&mut self, look: Look, text: &str) {
        self.rectangle(look, 0, self.y + 3, 22, 22);
        self.text_at(34, text, "quiet", WIDTH - 34);
        self.y += LINE;
    }

    /// The picture.
    pub fn finish(self, lang: &str, title: &str, description: &str) -> String {
        let id = self.id;
        let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
        let stripe = Line::new().set("x1", 0).set("x2", 0).set("y1", 0).set("y2", 9).set("class", "stripe");
        let stripes = Pattern::new()
            .set("id", format!("{id}-stripes"))
            .set("width", 9)
            .set("height", 9)
            .set("patternUnits", "userSpaceOnUse")
            .set("patternTransform", "rotate(45)")
            .add(stripe);
        let heading = Title::new(plain(title, 200)).set("id", title_id.as_str());
        let desc = Description::new().set("id", desc_id.as_str()).add(Letters::new(plain(description, 400)));
        let mut document = Document::new()
            .set("class", "ballot-picture")
            .set("viewBox", (0, 0, WIDTH, self.y.max(1)))
            .set("role", "img")
            .set("lang", lang)
            .set("aria-labelledby", format!("{title_id} {desc_id}"));
        document.append(heading);
        document.append(desc);
        document.append(Style::new(STYLE));
        document.append(Definitions::new().add(stripes));
        document.append(self.body);
        let mut out = document.to_string();
        out.push('\n');
        out
    }
}

/// About how wide a text is.
fn width(text: &str) -> i64 {
    text.chars().map(letter).sum()
}

fn letter(c: char) -> i64 {
    match c {
        c if wide(c) => 22,
        'm' | 'w' | 'M' | 'W' | '%' | '…' => 20,
        'i' | 'l' | 'j' | 't' | 'f' | 'I' | ' ' | '.' | ',' | ':' | '\'' | '(' | ')' => 8,
        c if c.is_uppercase() => 16,
        _ => 13,
    }
}

fn fit(text: &str, most: i64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let (mut used, mut short) = (letter('…'), String::new());
    for c in text.chars() {
        used += letter(c);
        if used > most {
            break;
        }
        short.push(c);
    }
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}
