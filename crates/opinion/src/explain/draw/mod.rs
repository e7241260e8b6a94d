//! Pictures of a map as SVG: the map itself, with or without statements, and bars of how groups answered statements.
//!
//! Each picture exists for wide and for narrow windows, so that no letter is smaller than 12 units of either. Groups differ
//! by letter, shape and colour; agree and disagree by place, shade and number: nothing is told by colour alone. Colours
//! are the site's where there is one, and the picture's own for light and dark elsewhere. A map that means nothing says so
//! inside of the picture.

mod bars;
mod canvas;
mod hull;
mod map;

use madang_base::Locale;
use madang_message::Catalogue;

use super::report::Report;
use super::words::Words;
use canvas::Canvas;

/// How wide the window is that a picture is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 720 units.
    Wide,
    /// 358 units: a telephone of 390 without its margins.
    Narrow,
}

impl Width {
    fn units(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 358.0,
        }
    }

    /// One of two, for wide and for narrow.
    fn of<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}

/// A picture and its name: `map`, `map-statements`, `group-a`…, `shared`, `divisive`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    pub name: String,
    pub svg: String,
}

/// What pictures are made from.
#[derive(Clone, Copy)]
struct Scene<'a> {
    report: &'a Report<'a>,
    words: &'a Words<'a>,
    locale: Locale,
    width: Width,
}

impl Scene<'_> {
    /// An empty picture with a title to see, what was counted, and the banner when the map is not to be trusted.
    fn canvas(&self, name: &str, title: &str, counts: Option<&str>, about: &str) -> Canvas {
        let mut canvas = Canvas::new(name, self.locale, self.width.units(), title, about);
        canvas.heading(title, self.width.of(20.0, 17.0));
        if let Some(topic) = &self.report.export.topic {
            canvas.below(&super::clean(topic, 200), 14.0, 2);
        }
        if let Some(counts) = counts {
            canvas.below(counts, 14.0, 2);
        }
        let warnings = &self.report.assessment.warnings;
        if self.report.means_nothing() {
            canvas.banner(&self.words.text("opinion-draw-nothing", &[]));
        } else if !warnings.is_empty() {
            canvas.banner(&self.words.text("opinion-draw-care", &[]));
        }
        canvas
    }
}

/// All pictures of a map.
#[must_use]
pub fn drawings(report: &Report<'_>, catalogue: &Catalogue, locale: Locale, width: Width) -> Vec<Drawing> {
    let words = Words::new(catalogue, locale);
    let scene = Scene { report, words: &words, locale, width };
    let mut drawings = vec![
        Drawing { name: "map".to_owned(), svg: map::draw(&scene, false) },
        Drawing { name: "map-statements".to_owned(), svg: map::draw(&scene, true) },
    ];
    drawings.extend(bars::draw(&scene));
    drawings
}
