//! Results of verification in the reader's language.

use madang_base::Locale;
use madang_kernel::ledger::Difference;
use madang_web::i18n::{self, Arg, Catalogue};

use crate::terminal;

/// The messages `cli-verify-…`; their keys when the catalogue cannot be read.
pub(super) struct Words {
    catalogue: Option<Catalogue>,
    locale: Locale,
}

impl Words {
    pub fn new(locale: Locale) -> Self {
        Self { catalogue: i18n::catalogue(None).ok(), locale }
    }

    pub fn text(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let key = format!("cli-verify-{key}");
        match &self.catalogue {
            Some(catalogue) => catalogue.text(self.locale, &key, args),
            None => key,
        }
    }

    pub fn line(&self, key: &str, args: &[(&str, Arg)]) {
        terminal::line(self.text(key, args));
    }

    /// A difference in one line; `places`: where it is, those that are empty are left out.
    pub fn difference(&self, difference: &Difference, places: &[&str]) {
        let places: Vec<&str> = places.iter().copied().filter(|place| !place.is_empty()).collect();
        self.line(
            "difference",
            &[
                ("place", text(&places.join(", "))),
                ("by", text(difference.by)),
                ("what", text(&difference.what)),
                ("expected", text(&difference.expected)),
                ("found", text(&difference.found)),
            ],
        );
    }
}

/// `leaf 7`, or nothing.
pub(super) fn leaf(difference: &Difference) -> String {
    difference.leaf.map_or_else(String::new, |leaf| format!("leaf {leaf}"))
}

pub(super) fn number(n: u64) -> Arg {
    Arg::from(i64::try_from(n).unwrap_or(i64::MAX))
}

pub(super) fn text(text: &str) -> Arg {
    Arg::from(text)
}
