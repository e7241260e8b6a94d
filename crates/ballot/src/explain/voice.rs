//! How numbers, money and names are written in a language.

use madang_message::{Arg, Catalogue, Locale};

use crate::number::{Decimal, Exact};
use crate::pb::Election;

/// The longest name that stands in a sentence.
const LONGEST_NAME: usize = 80;

/// A catalogue, a language and a currency.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    catalogue: &'a Catalogue,
    locale: Locale,
    currency: &'a str,
}

impl<'a> Voice<'a> {
    /// For results without money.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, locale: Locale) -> Self {
        Self { catalogue, locale, currency: "" }
    }

    /// With the currency that the election names.
    #[must_use]
    pub fn of(catalogue: &'a Catalogue, locale: Locale, election: &'a Election) -> Self {
        Self { currency: election.meta("currency").unwrap_or(""), ..Self::new(catalogue, locale) }
    }

    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The message.
    #[must_use]
    pub fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.catalogue.text(self.locale, key, args)
    }

    /// An amount as it is written in sentences and tables: `1,234원`, `1,234.50 EUR`.
    #[must_use]
    pub fn money(&self, amount: Decimal) -> String {
        self.with_currency(grouped(&amount.to_string()))
    }

    /// An exact amount, rounded to two places.
    #[must_use]
    pub fn money_near(&self, amount: &Exact) -> String {
        self.with_currency(grouped(&amount.rounded(2)))
    }

    fn with_currency(&self, amount: String) -> String {
        match self.currency {
            "" => amount,
            "KRW" => self.say("ballot-money-won", &[("amount", amount.into())]),
            other => {
                let currency: String = other.chars().filter(|c| c.is_alphanumeric()).take(8).collect();
                format!("{amount} {currency}")
            }
        }
    }

    /// The seed of a lot, or the word for none.
    #[must_use]
    pub fn seed(&self, seed: &str) -> String {
        if seed.is_empty() { self.say("ballot-seed-none", &[]) } else { self.name(seed) }
    }

    /// A name that is safe to print: one line, no control characters, not endless.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        plain(name, LONGEST_NAME)
    }
}

/// A number of votes or points, rounded to two places, without zeros at the end: `12`, `4.14`.
pub(super) fn near(amount: &Exact) -> String {
    let text = amount.rounded(2);
    grouped(text.trim_end_matches('0').trim_end_matches('.'))
}

/// Thousands separators; zeros after the point go away when there is nothing else.
pub(super) fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = sign.to_owned();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if part.bytes().any(|digit| digit != b'0') {
        text.push('.');
        text.push_str(part);
    }
    text
}

/// One line without what nobody sees, at most so many letters.
pub(super) fn plain(text: &str, most: usize) -> String {
    let hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let clean: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !hidden(*c))
        .collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.chars().count() <= most {
        return clean;
    }
    let mut short: String = clean.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

pub(super) fn count(n: u64) -> Arg {
    Arg::Number(i64::try_from(n).unwrap_or(i64::MAX))
}

pub(super) fn position(n: usize) -> Arg {
    Arg::Number(i64::try_from(n).unwrap_or(i64::MAX))
}
