//! Statements: the rows of `comments.csv`.

use std::io::Read;

use madang_base::Error;

use super::ids::{ByName, Name};
use super::problem::Problems;
use super::table::{Table, id, shown};
use crate::Standing;

/// What a file says about a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// The statement itself, as it was written; may be empty and may hold anything.
    pub text: String,
    /// Who wrote it, when the file says so.
    pub author: Option<String>,
    /// Whether it takes part in the map: [`Standing::Removed`] when moderators took it out (`moderated` is −1).
    pub standing: Standing,
    /// How many agreed and disagreed by the count of the program that wrote the file.
    pub counts: Option<(i64, i64)>,
}

/// The statements of a file, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comments(pub(super) ByName<Comment>);

impl Comments {
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Comment> {
        self.0.get(&Name(name.to_owned()))
    }

    /// Names and statements in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Comment)> {
        self.0.iter().map(|(name, comment)| (name.0.as_str(), comment))
    }
}

/// Reads `comments.csv`: columns `comment-id` and `comment-body`, and where they are there `author-id`, `moderated`,
/// `is-meta`, `agrees`, `disagrees`.
///
/// # Errors
/// All lines that cannot be read: codes as for [`super::votes`], `opinion.moderated-unknown`, `opinion.comment-twice`.
pub fn comments(input: impl Read) -> Result<Comments, Problems> {
    let mut table = Table::open(input)?;
    let name = table.needed(&["comment-id", "statement-id", "tid"]);
    let body = table.needed(&["comment-body", "comment", "statement", "text", "txt"]);
    let moderated = table.column(&["moderated", "mod"]);
    let meta = table.column(&["is-meta", "meta"]);
    let author = table.column(&["author-id", "author"]);
    let counted = table.column(&["agrees", "n-agree"]).zip(table.column(&["disagrees", "n-disagree"]));
    let (Some(name), Some(body)) = (name, body) else { return Err(table.problems) };
    let mut found = ByName::new();
    table.rows(|row, problems| {
        let id = match id(row.field(name)) {
            Ok(id) => Name(id.to_owned()),
            Err(error) => return problems.push(row.line, Some(name), error),
        };
        let Ok(text) = std::str::from_utf8(row.field(body)) else {
            return problems.push(row.line, Some(body), Error::invalid("opinion.not-utf-8"));
        };
        let standing = match moderated.map(|column| row.field(column)) {
            None | Some(b"" | b"0" | b"1" | b"+1") if meta.is_some_and(|column| is_true(row.field(column))) => {
                Standing::Meta
            }
            None | Some(b"" | b"0" | b"1" | b"+1") => Standing::Shown,
            Some(b"-1") => Standing::Removed,
            Some(other) => {
                let error = Error::invalid("opinion.moderated-unknown").arg("value", shown(other));
                return problems.push(row.line, moderated, error);
            }
        };
        let count = |column| std::str::from_utf8(row.field(column)).ok().and_then(|text| text.parse::<i64>().ok());
        let comment = Comment {
            text: text.to_owned(),
            author: author.map(|column| shown(row.field(column))).filter(|name| !name.is_empty()),
            standing,
            counts: counted.and_then(|(agrees, disagrees)| count(agrees).zip(count(disagrees))),
        };
        if found.get(&id).is_some_and(|there| *there != comment) {
            let error = Error::invalid("opinion.comment-twice").arg("comment", &id.0);
            return problems.push(row.line, Some(name), error);
        }
        found.insert(id, comment);
    });
    table.problems.into_result(Comments(found))
}

fn is_true(field: &[u8]) -> bool {
    matches!(field.to_ascii_lowercase().as_slice(), b"1" | b"true" | b"t" | b"yes")
}
