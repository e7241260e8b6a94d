//! A draw in words, tables and pictures, for people who never heard of the method.
//!
//! [`explain`] gives the text as [`Section`]s, [`committee`] the table of seats, [`infeasible`] what to do when no
//! committee fits the quotas; [`seats_picture`] and [`chances_picture`] are SVG, for wide and for narrow windows
//! ([`Width`]). All words come from the catalogue that
//! the caller gives; [`MESSAGES`] are the ones needed. Figures are rounded for reading; exact ones are in the lists.

mod chances;
mod figures;
mod infeasible;
mod paper;
mod picture;
mod section;
mod words;

use madang_message::{Arg, Catalogue, Locale};

pub use chances::chances_picture;
pub use figures::{Group, Seats, alone, groups, seats};
pub use infeasible::infeasible;
pub use paper::Width;
pub use picture::seats_picture;
pub use section::{Section, Table};
pub use words::{Draw, committee, explain};

/// The messages of this crate, for whoever has no other catalogue.
pub const MESSAGES: &[(&str, &str)] = &[
    ("ko/sortition.ftl", include_str!("../../../../locales/ko/sortition.ftl")),
    ("en/sortition.ftl", include_str!("../../../../locales/en/sortition.ftl")),
    ("ko/errors-sortition.ftl", include_str!("../../../../locales/ko/errors-sortition.ftl")),
    ("en/errors-sortition.ftl", include_str!("../../../../locales/en/errors-sortition.ftl")),
];

/// A catalogue and the language of the reader.
#[derive(Clone, Copy, Debug)]
struct Voice<'a> {
    catalogue: &'a Catalogue,
    locale: Locale,
}

impl Voice<'_> {
    fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.catalogue.text(self.locale, key, args)
    }
}

/// A count as an argument.
fn count(n: impl TryInto<i64>) -> Arg {
    Arg::Number(n.try_into().unwrap_or(i64::MAX))
}

/// A share of one as a percentage with as many places as it needs to be told from nothing: `12.5%`, `0.83%`, `0.0042%`.
#[must_use]
pub fn percent(share: f64) -> String {
    let hundred = share * 100.0;
    let mut places = 1;
    let mut bound = 1.0;
    // Less than a ten-millionth of a per cent is a rounding of the computer, not a chance.
    while hundred >= 1e-7 && hundred < bound {
        places += 1;
        bound /= 10.0;
    }
    let text = format!("{hundred:.places$}");
    let text = if places == 1 { text.strip_suffix(".0").unwrap_or(&text).to_owned() } else { text };
    format!("{text}%")
}

#[cfg(test)]
mod tests;
