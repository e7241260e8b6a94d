//! A picture that grows downwards: text lines and bars. Colours are classes, so that it fits light and dark pages.

use svg::node::Text as Letters;
use svg::node::element::{Definitions, Description, Group, Line, Pattern, Rectangle, Style, Text, Title};
use svg::{Document, Node};

use super::super::section::wide;
use super::super::voice::plain;

/// How wide the window is that a picture is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 720 units.
    Wide,
    /// 358 units: a telephone of 390 without its margins.
    Narrow,
}

impl Width {
    fn units(self) -> i64 {
        self.of(720, 358)
    }

    /// One of two, for wide and for narrow.
    fn of<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }

    /// Height of letters.
    fn letter(self) -> i64 {
        self.of(18, 15)
    }

    fn title(self) -> i64 {
        self.of(22, 18)
    }

    fn line(self) -> i64 {
        self.of(26, 22)
    }

    fn bar(self) -> i64 {
        self.of(20, 16)
    }
}

/// The edge that stays free on every side.
const EDGE: i64 = 16;

const STYLE: &str = "\
.ballot-picture{color-scheme:light dark;color:var(--color-text-basic,#1e2124);font-family:var(--font,'Pretendard GOV',Pretendard,'Noto Sans KR',sans-serif)}
.ballot-picture text{fill:currentColor}
.ballot-picture .paper{fill:var(--color-background-white,#fff)}
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
.ballot-picture .paper{fill:var(--color-background-white,#131416)}
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

/// A picture in the making, with its title over it. Places are counted from within the edge.
pub struct Canvas {
    id: String,
    size: Width,
    title: String,
    body: Group,
    y: i64,
}

impl Canvas {
    /// `id` keeps the ids of several pictures on a page apart.
    pub fn new(id: &str, size: Width, title: String) -> Self {
        let id = format!("{id}{}", size.of("", "-narrow"));
        let mut canvas = Self { id, size, title, body: Group::new(), y: 0 };
        let letters = size.title();
        for line in lines(&plain(&canvas.title, 200), canvas.width() * 15 / 16, letters) {
            let text = Text::new(line).set("x", 0).set("y", canvas.y + letters).set("font-size", letters);
            canvas.body.append(text.set("class", "strong"));
            canvas.y += letters + letters / 3;
        }
        canvas.gap(10);
        canvas
    }

    /// How long the longest bar may be.
    pub fn width(&self) -> i64 {
        self.size.units() - 2 * EDGE
    }

    /// A space.
    pub fn gap(&mut self, height: i64) {
        self.y += height;
    }

    /// A line of text, cut when it is too long; all of it is in its title then.
    pub fn line(&mut self, text: &str, class: &'static str) {
        self.text_at(0, text, class, self.width());
        self.y += self.size.line();
    }

    /// Text that may take several lines.
    pub fn words(&mut self, text: &str, class: &'static str) {
        for line in lines(&plain(text, 400), self.width(), self.size.letter()) {
            self.line(&line, class);
        }
    }

    /// Two texts in a line, the second at the right; under each other when they are too long for that.
    pub fn pair(&mut self, left: &str, right: &str, class: &'static str) {
        let (letters, most) = (self.size.letter(), self.width());
        if width(&plain(left, 400), letters) + width(right, letters) + letters > most {
            self.line(left, class);
            self.words(right, "quiet");
            return;
        }
        self.text_at(0, left, class, most);
        let text = Text::new(plain(right, 200)).set("x", most).set("y", self.y + letters);
        self.body.append(text.set("text-anchor", "end").set("class", "quiet"));
        self.y += self.size.line();
    }

    fn text_at(&mut self, x: i64, text: &str, class: &'static str, most: i64) {
        let whole = plain(text, 400);
        let letters = self.size.letter();
        // Bold letters are a little wider.
        let most = if class == "strong" { most * 15 / 16 } else { most };
        let short = fit(&whole, most, letters);
        let cut = short != whole;
        let mut node = Text::new(short).set("x", x).set("y", self.y + letters).set("class", class);
        if cut {
            node.append(Title::new(whole));
        }
        self.body.append(node);
    }

    /// A bar of parts beside each other, from the left; lengths in the picture's units.
    pub fn bar(&mut self, parts: &[(Look, i64)]) {
        let (mut x, most, height) = (0, self.width(), self.size.bar());
        for (look, length) in parts {
            let length = (*length).clamp(0, most - x);
            if length > 0 {
                self.rectangle(*look, x, self.y, length, height);
            }
            x += length;
        }
        self.y += height + 8;
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
        let side = self.size.letter();
        self.rectangle(look, 0, self.y + 3, side, side);
        let left = side + 10;
        for line in lines(&plain(text, 200), self.width() - left, side) {
            self.text_at(left, &line, "quiet", self.width() - left);
            self.y += self.size.line();
        }
    }

    /// The picture.
    pub fn finish(self, lang: &str, description: &str) -> String {
        let id = &self.id;
        let (across, down) = (self.size.units(), self.y + 2 * EDGE);
        let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
        let stripe = Line::new().set("x1", 0).set("x2", 0).set("y1", 0).set("y2", 9).set("class", "stripe");
        let stripes = Pattern::new()
            .set("id", format!("{id}-stripes"))
            .set("width", 9)
            .set("height", 9)
            .set("patternUnits", "userSpaceOnUse")
            .set("patternTransform", "rotate(45)")
            .add(stripe);
        let heading = Title::new(plain(&self.title, 200)).set("id", title_id.as_str());
        let desc = Description::new().set("id", desc_id.as_str()).add(Letters::new(plain(description, 400)));
        let mut document = Document::new()
            .set("class", "ballot-picture")
            .set("viewBox", (-EDGE, -EDGE, across, down))
            .set("width", across)
            .set("height", down)
            .set("font-size", self.size.letter())
            .set("role", "img")
            .set("lang", lang)
            .set("aria-labelledby", format!("{title_id} {desc_id}"));
        document.append(heading);
        document.append(desc);
        document.append(Style::new(STYLE));
        document.append(Definitions::new().add(stripes));
        let paper = Rectangle::new().set("x", -EDGE).set("y", -EDGE).set("width", across).set("height", down);
        document.append(paper.set("class", "paper"));
        document.append(self.body);
        let mut out = document.to_string();
        out.push('\n');
        out
    }
}

/// About how wide a text is in letters of this height.
fn width(text: &str, letters: i64) -> i64 {
    let sum: i64 = text.chars().map(letter).sum();
    (sum * letters + 22) / 23
}

/// The text in lines, broken at spaces.
fn lines(text: &str, most: i64, letters: i64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}")).filter(|line| width(line, letters) <= most);
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer)) => *line = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How wide a letter of height 23 is.
fn letter(c: char) -> i64 {
    match c {
        c if wide(c) => 22,
        'm' | 'w' | 'M' | 'W' | '%' => 20,
        '…' => 23,
        'i' | 'l' | 'j' | 't' | 'f' | 'I' | ' ' | '.' | ',' | ':' | '\'' | '(' | ')' => 8,
        c if c.is_uppercase() => 16,
        _ => 13,
    }
}

fn fit(text: &str, most: i64, letters: i64) -> String {
    if width(text, letters) <= most {
        return text.to_owned();
    }
    let most = most * 23 / letters;
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
