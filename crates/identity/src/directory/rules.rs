//! What an entry may say: lengths, telephone numbers, addresses. Every field that is wrong is named at once.

#[cfg(test)]
mod tests;

use std::fmt::Display;

use madang_base::{Error, FieldError, Kind, Result};

use super::letters::Letter;
use super::model::{ContactDraft, ExpertDraft, MAX_AREAS, MAX_TOPICS};
use crate::rules::email::Email;

/// Longest texts, in characters.
const NAME: usize = 80;
const OFFICE: usize = 100;
const TITLE: usize = 60;
const PHONE: usize = 40;
const TERM: usize = 60;
const INTRODUCTION: usize = 1000;
const WEB: usize = 300;
const SUBJECT: usize = 100;
const LETTER: usize = 4000;
/// Fewest and most digits of a telephone number: `120`, and an international one with an extension.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=24;

/// Collects what is wrong, so that a page can show all of it.
#[derive(Default)]
struct Wrong(Option<Error>);

impl Wrong {
    fn add(&mut self, field: &'static str, code: &'static str, args: &[(&'static str, &dyn Display)]) {
        let with = |mut error: Error| {
            for (name, value) in args {
                error = error.arg(name, value);
            }
            error
        };
        let one = with(Error::invalid(code));
        let at = FieldError { field: field.to_owned(), code: one.code(), args: one.args().clone() };
        self.0 = Some(self.0.take().unwrap_or(one).field_error(at));
    }

    fn end<T>(self, made: T) -> Result<T> {
        match self.0 {
            Some(error) => Err(error),
            None => Ok(made),
        }
    }

    /// One line without blanks around it.
    fn line(&mut self, field: &'static str, code: &'static str, text: &str, most: usize, needed: bool) -> String {
        let text = text.trim();
        if (needed && text.is_empty()) || text.chars().count() > most || text.chars().any(char::is_control) {
            self.add(field, code, &[("longest", &most)]);
        }
        text.to_owned()
    }

    /// Several lines; other control characters are refused.
    fn text(&mut self, field: &'static str, code: &'static str, text: &str, most: usize) -> String {
        let text = text.trim().replace("\r\n", "\n");
        let odd = text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
        if text.is_empty() || text.chars().count() > most || odd {
            self.add(field, code, &[("longest", &most)]);
        }
        text
    }

    fn terms(&mut self, field: &'static str, code: &'static str, text: &str, most: usize) -> Vec<String> {
        let terms = lines(text);
        let odd = |term: &String| term.chars().count() > TERM || term.chars().any(char::is_control);
        if terms.len() > most || terms.iter().any(odd) {
            self.add(field, code, &[("longest", &TERM), ("most", &most)]);
        }
        terms
    }
}

/// The terms of a list as people write it: one a line, or with commas between them; each once, in their order.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for term in text.split(['\n', '\r', ',', '、', '，', ';']) {
        let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
        if !term.is_empty() && !out.contains(&term) {
            out.push(term);
        }
    }
    out
}

/// A telephone number as an office prints it: `02-3153-1234`, `+82 2 3153 1234`, `120`, `1577-1000(3)`.
fn phone_ok(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let known = |c: char| c.is_ascii_digit() || " -+().~#/,".contains(c);
    text.chars().count() <= PHONE && text.chars().all(known) && DIGITS.contains(&digits)
}

/// An address that a page may link: http or https, with a host, without blanks or a name before the host.
fn web_ok(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|start| {
        let head = text.get(..start.len())?;
        head.eq_ignore_ascii_case(start).then(|| &text[start.len()..])
    });
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    text.chars().count() <= WEB
        && host.contains('.')
        && !host.starts_with('.')
        && !host.contains('@')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\`{}|^".contains(c))
}

/// What of a draft is kept: trimmed, lists as lists.
pub(super) struct ContactParts {
    pub(super) office: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) phone: String,
    pub(super) mail: String,
    pub(super) topics: Vec<String>,
    pub(super) areas: Vec<String>,
}

/// # Errors
/// `Kind::Invalid`: `directory.office`, `directory.officer-name`, `directory.title`, `directory.phone`, `directory.mail`,
/// `directory.reach` (neither telephone nor mail), `directory.topics`, `directory.areas`; with all fields that are wrong.
pub(super) fn contact(draft: &ContactDraft) -> Result<ContactParts> {
    let mut wrong = Wrong::default();
    let office = wrong.line("office", "directory.office", &draft.office, OFFICE, true);
    let name = wrong.line("name", "directory.officer-name", &draft.name, NAME, false);
    let title = wrong.line("title", "directory.title", &draft.title, TITLE, false);
    let phone = draft.phone.trim().to_owned();
    if !phone.is_empty() && !phone_ok(&phone) {
        wrong.add("phone", "directory.phone", &[]);
    }
    let mut mail = String::new();
    if !draft.mail.trim().is_empty() {
        match Email::parse(&draft.mail) {
            Ok(found) => mail = found.to_string(),
            Err(_) => wrong.add("mail", "directory.mail", &[]),
        }
    }
    if draft.phone.trim().is_empty() && draft.mail.trim().is_empty() {
        wrong.add("phone", "directory.reach", &[]);
    }
    let topics = wrong.terms("topics", "directory.topics", &draft.topics, MAX_TOPICS);
    let areas = wrong.terms("areas", "directory.areas", &draft.areas, MAX_AREAS);
    wrong.end(ContactParts { office, name, title, phone, mail, topics, areas })
}

/// What of an expert's draft is kept.
pub(super) struct ExpertParts {
    pub(super) name: String,
    pub(super) introduction: String,
    pub(super) topics: Vec<String>,
    pub(super) areas: Vec<String>,
    pub(super) web: String,
}

/// # Errors
/// `Kind::Invalid`: `directory.expert-name`, `directory.introduction`, `directory.topics`, `directory.topics-none`,
/// `directory.areas`, `directory.web`, `directory.consent`; with all fields that are wrong.
pub(super) fn expert(draft: &ExpertDraft) -> Result<ExpertParts> {
    let mut wrong = Wrong::default();
    let name = wrong.line("name", "directory.expert-name", &draft.name, NAME, true);
    let introduction = wrong.text("introduction", "directory.introduction", &draft.introduction, INTRODUCTION);
    let topics = wrong.terms("topics", "directory.topics", &draft.topics, MAX_TOPICS);
    if topics.is_empty() {
        wrong.add("topics", "directory.topics-none", &[]);
    }
    let areas = wrong.terms("areas", "directory.areas", &draft.areas, MAX_AREAS);
    let web = draft.web.trim().to_owned();
    if !web.is_empty() && !web_ok(&web) {
        wrong.add("web", "directory.web", &[("longest", &WEB)]);
    }
    if !draft.consent {
        wrong.add("consent", "directory.consent", &[]);
    }
    wrong.end(ExpertParts { name, introduction, topics, areas, web })
}

/// Subject and text of a letter.
///
/// # Errors
/// `Kind::Invalid`: `directory.letter-subject`, `directory.letter-text`; with all fields that are wrong.
pub(super) fn letter(letter: &Letter) -> Result<(String, String)> {
    let mut wrong = Wrong::default();
    let subject = wrong.line("subject", "directory.letter-subject", &letter.subject, SUBJECT, true);
    let text = wrong.text("text", "directory.letter-text", &letter.text, LETTER);
    wrong.end((subject, text))
}

/// A limit's refusal in the words of this subject; every other error as it is.
pub(super) fn limited(error: Error, code: &'static str, minutes: i64) -> Error {
    if error.kind() == Kind::RateLimited { Error::rate_limited(code).arg("minutes", minutes) } else { error }
}
