//! The command's texts in the reader's language.

use madang_base::{Error, Locale};
use madang_web::i18n::{self, Arg, Catalogue};

use crate::exit::{Failure, Outcome};
use crate::terminal;

pub(super) struct Words {
    pub catalogue: Catalogue,
    pub locale: Locale,
}

impl Words {
    pub fn new(locale: Locale) -> Outcome<Self> {
        let catalogue = i18n::catalogue(None).map_err(|error| Failure::of(&error, "the messages cannot be read"))?;
        Ok(Self { catalogue, locale })
    }

    pub fn text(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.catalogue.text(self.locale, key, args)
    }

    pub fn line(&self, key: &str, args: &[(&str, Arg)]) {
        terminal::line(self.text(key, args));
    }

    pub fn error(&self, error: &Error) -> String {
        self.catalogue.error(self.locale, error)
    }
}

pub(super) fn number(n: impl TryInto<i64>) -> Arg {
    Arg::Number(n.try_into().unwrap_or(i64::MAX))
}
