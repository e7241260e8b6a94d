//! The cases of a recount, found by their reference, and the definitions they stand on.

use std::collections::HashMap;
use std::sync::Arc;

use madang_base::{Error, Result};
use madang_form::Definition;

use super::Definitions;

/// A case's place in the book.
pub(super) type At = u32;

/// References of cases are numbers of 128 bits, written as UUIDs.
#[derive(Default)]
pub(super) struct Book {
    places: HashMap<u128, At>,
    ids: Vec<u128>,
}

impl Book {
    /// The place of a case, a new one for a case that was not there; none for what is no reference of a case.
    pub fn enter(&mut self, object: &str) -> Option<At> {
        let id = id_of(object)?;
        let next = At::try_from(self.ids.len()).ok()?;
        Some(*self.places.entry(id).or_insert_with(|| {
            self.ids.push(id);
            next
        }))
    }

    pub fn reference(&self, at: At) -> String {
        self.ids.get(at as usize).map(|id| reference(*id)).unwrap_or_default()
    }
}

fn id_of(object: &str) -> Option<u128> {
    let text = object.strip_prefix("case:")?.as_bytes();
    if text.len() != 36 {
        return None;
    }
    let mut id = 0_u128;
    for (at, byte) in text.iter().enumerate() {
        let digit = match (at, byte) {
            (8 | 13 | 18 | 23, b'-') => continue,
            (8 | 13 | 18 | 23, _) => return None,
            (_, b'0'..=b'9') => byte - b'0',
            (_, b'a'..=b'f') => byte - b'a' + 10,
            _ => return None,
        };
        id = id << 4 | u128::from(digit);
    }
    Some(id)
}

fn reference(id: u128) -> String {
    let hex = format!("{id:032x}");
    format!("case:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// A definition that was asked for.
#[derive(Clone)]
pub(super) enum Known {
    Here(Arc<Definition>),
    /// There is no text of this digest.
    Missing,
    /// There is one, and it is another text or no definition; what it is.
    Wrong(String),
}

/// Definitions by their digest, read once.
pub(super) struct Library {
    source: Arc<dyn Definitions>,
    known: HashMap<String, Known>,
}

impl Library {
    pub fn new(source: Arc<dyn Definitions>) -> Self {
        Self { source, known: HashMap::new() }
    }

    pub fn get(&mut self, digest: &str) -> Result<Known> {
        if let Some(known) = self.known.get(digest) {
            return Ok(known.clone());
        }
        let known = read(&*self.source, digest)?;
        self.known.insert(digest.to_owned(), known.clone());
        Ok(known)
    }
}

fn read(source: &dyn Definitions, digest: &str) -> Result<Known> {
    if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Known::Wrong("no digest".to_owned()));
    }
    let Some(text) = source.text(digest)? else { return Ok(Known::Missing) };
    let found = madang_kernel::digest::sha256(text.as_bytes());
    if found != digest {
        return Ok(Known::Wrong(format!("a text with the digest {found}")));
    }
    match madang_form::load(madang_form::Source { name: digest, text: &text }) {
        Ok(loaded) => Ok(Known::Here(Arc::new(loaded.definition))),
        Err(problems) => Ok(Known::Wrong(Error::internal(problems.to_string()).to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_strictly_and_written_back() {
        let mut book = Book::default();
        let one = "case:01932f3a-0000-7000-8000-00000000abcd";
        let at = book.enter(one).unwrap();
        assert_eq!(book.enter(one), Some(at));
        assert_eq!(book.reference(at), one);
        for bad in [
            "",
            "case:",
            "plan:kr",
            "case:01932F3A-0000-7000-8000-00000000abcd",
            "case:01932f3a00007000800000000000abcd",
        ] {
            assert_eq!(book.enter(bad), None, "{bad}");
        }
    }
}
