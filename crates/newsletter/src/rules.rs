//! What may be written into newsletters, from values in memory.

use madang_base::{Error, LocalizedText, Result};

use crate::model::Settings;

/// Longest texts, in characters.
pub(crate) const NAME: usize = 80;
pub(crate) const ABOUT: usize = 600;
pub(crate) const TOPIC: usize = 200;
pub(crate) const AREA: usize = 60;
pub(crate) const INTRO: usize = 2_000;
pub(crate) const NOTE: usize = 400;
const SLUG: usize = 40;

/// Words that addresses need for themselves.
const TAKEN: [&str; 5] = ["confirm", "leave", "new", "issues", "mine"];

/// A word for addresses: 2 to 40 lower-case letters, digits and dashes, a letter first.
pub(crate) fn slug(word: &str) -> Result<()> {
    let letters = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let edges = word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.ends_with('-');
    if !(2..=SLUG).contains(&word.len()) || !letters || !edges {
        return Err(Error::invalid("newsletter.slug").field("slug", "newsletter.slug"));
    }
    if TAKEN.contains(&word) {
        return Err(Error::conflict("newsletter.slug-taken").field("slug", "newsletter.slug-taken"));
    }
    Ok(())
}

pub(crate) fn settings(settings: &Settings) -> Result<()> {
    let mut error = Error::invalid("newsletter.settings");
    if settings.name.exact("ko").is_none_or(|name| name.trim().is_empty()) {
        error = error.field("name", "newsletter.name");
    }
    if too_long(&settings.name, NAME) || settings.name.iter().any(|(_, text)| !one_line(text)) {
        error = error.field("name", "newsletter.name-long");
    }
    if too_long(&settings.about, ABOUT) {
        error = error.field("about", "newsletter.about-long");
    }
    if settings.topic.chars().count() > TOPIC || !one_line(&settings.topic) {
        error = error.field("topic", "newsletter.topic");
    }
    if settings.area.chars().count() > AREA || !one_line(&settings.area) {
        error = error.field("area", "newsletter.area");
    }
    if settings.rhythm.is_none() {
        error = error.field("rhythm", "newsletter.rhythm");
    }
    if error.fields().is_empty() { Ok(()) } else { Err(error) }
}

/// Whether a text fits into one line: no line ends, no characters that cannot be seen.
fn one_line(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

pub(crate) fn too_long(text: &LocalizedText, most: usize) -> bool {
    text.iter().any(|(_, text)| text.chars().count() > most)
}

pub(crate) fn is_mail(address: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>,;\"()".contains(c);
    address.len() <= 254
        && address.chars().all(plain)
        && address.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && host.contains('.')
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
        })
}
