//! From the common SQL text to each engine's.
//!
//! PostgreSQL takes `$1` as it is. SQLite takes `$1` for a *name* and numbers names in the order in which they occur,
//! so `$2 … $1` would bind the wrong way round: there it becomes `?1`. Text in quotes and comments is left alone.
//! The only other difference in a statement is written as a token: `{SKIP_LOCKED}` at the end of a `SELECT` that
//! claims rows (`FOR UPDATE SKIP LOCKED` on PostgreSQL, nothing on SQLite, whose writers follow one another anyway).

use std::collections::BTreeSet;

use madang_base::{Error, Result};

use super::Engine;

/// A statement as the engine wants it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    pub text: String,
    /// The highest parameter number.
    pub parameters: usize,
}

/// SQLite's default limit, the lower of the two.
const MAX_PARAMETERS: usize = 32_766;

/// Rewrites `sql` for `engine`.
///
/// # Errors
/// `Kind::Internal` for what only one engine would take: `?`, `$name`, dollar quotes, unknown tokens, parameter 0,
/// gaps in the numbers.
pub(crate) fn translate(engine: Engine, sql: &str) -> Result<Statement> {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut seen = BTreeSet::new();
    let mut rest = sql.trim().trim_end_matches(';').trim_end();
    let mut in_word = false;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\'' | '"' => quoted(rest, c),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => comment(rest)?,
            '$' if !in_word => {
                let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                let number: usize = rest[1..=digits].parse().map_err(|_| wrong("a $ that no number follows", sql))?;
                if number == 0 || number > MAX_PARAMETERS {
                    return Err(wrong("a parameter number out of range", sql));
                }
                seen.insert(number);
                out.push(if engine == Engine::Sqlite { '?' } else { '$' });
                out.push_str(&rest[1..=digits]);
                rest = &rest[1 + digits..];
                in_word = true;
                continue;
            }
            '?' => return Err(wrong("a ? (parameters are $1, $2 …)", sql)),
            '{' => {
                let end = rest.find('}').ok_or_else(|| wrong("a { without }", sql))?;
                out.push_str(token(engine, &rest[1..end]).ok_or_else(|| wrong("an unknown token", sql))?);
                rest = &rest[end + 1..];
                in_word = false;
                continue;
            }
            _ => c.len_utf8(),
        };
        in_word = c.is_alphanumeric() || c == '_' || (c == '$' && in_word) || !c.is_ascii();
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    let parameters = seen.last().copied().unwrap_or(0);
    if seen.len() < parameters {
        return Err(wrong("a gap in its parameters", sql));
    }
    Ok(Statement { text: out, parameters })
}

fn token(engine: Engine, name: &str) -> Option<&'static str> {
    match (name, engine) {
        ("SKIP_LOCKED", Engine::Sqlite) => Some(""),
        ("SKIP_LOCKED", Engine::Postgres) => Some("FOR UPDATE SKIP LOCKED"),
        _ => None,
    }
}

/// Length of the quoted text at the start; a doubled quote stands for itself. Unterminated: all that is left.
fn quoted(rest: &str, quote: char) -> usize {
    let bytes = rest.as_bytes();
    let mut i = 1;
    while i < bytes.len() {
        if bytes[i] == quote as u8 {
            if bytes.get(i + 1) != Some(&(quote as u8)) {
                return i + 1;
            }
            i += 1;
        }
        i += 1;
    }
    bytes.len()
}

/// Length of the block comment at the start. PostgreSQL nests them and SQLite does not, so a nested one is refused.
fn comment(rest: &str) -> Result<usize> {
    let end = rest[2..].find("*/").map_or(rest.len(), |i| i + 4);
    if rest[2..end].contains("/*") {
        return Err(wrong("a comment within a comment", rest));
    }
    Ok(end)
}

fn wrong(what: &str, sql: &str) -> Error {
    Error::internal(format!("SQL with {what}: {sql}"))
}

#[cfg(test)]
mod tests;
