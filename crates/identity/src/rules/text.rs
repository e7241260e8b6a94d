//! Short texts that people type: names, reasons, the page to go back to.

use std::fmt::Display;

use madang_base::{Error, FieldError, Result};

/// The longest name in characters.
const NAME: usize = 80;
/// The longest reason in characters.
const REASON: usize = 500;

/// A refusal of one field: the error and the field's error have the same code and arguments, so that a page may show
/// either.
#[must_use]
pub fn refused(code: &'static str, field: &str, args: &[(&'static str, &dyn Display)]) -> Error {
    of_field(Error::invalid(code), field, args)
}

/// The same for a value that somebody else has.
#[must_use]
pub fn taken(code: &'static str, field: &str, args: &[(&'static str, &dyn Display)]) -> Error {
    of_field(Error::conflict(code), field, args)
}

fn of_field(mut error: Error, field: &str, args: &[(&'static str, &dyn Display)]) -> Error {
    for (name, value) in args {
        error = error.arg(name, value);
    }
    let (code, args) = (error.code(), error.args().clone());
    error.field_error(FieldError { field: field.to_owned(), code, args })
}

fn plain(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

/// A name without blanks around it, 1 to 80 characters, no control characters.
///
/// # Errors
/// `Kind::Invalid`, code `identity.name`, with field `name`.
pub fn name(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > NAME || !plain(text) {
        return Err(refused("identity.name", "name", &[("longest", &NAME)]));
    }
    Ok(text.to_owned())
}

/// Why somebody looks at another's data: required, up to 500 characters.
///
/// # Errors
/// `Kind::Invalid`, code `identity.reason`, with field `why`.
pub fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > REASON || !plain(text) {
        return Err(refused("identity.reason", "why", &[("longest", &REASON)]));
    }
    Ok(text.to_owned())
}

/// The page to go back to after signing in, when it is a path on this site: anything else could lead people away.
#[must_use]
pub fn return_to(path: Option<&str>) -> Option<String> {
    path.filter(|p| {
        p.starts_with('/')
            && !p.starts_with("//")
            && p.len() <= 1000
            && p.bytes().all(|b| (0x21..0x7f).contains(&b) && b != b'\\')
    })
    .map(str::to_owned)
}
