//! The site's secret keys. They live in a file outside the database: a stolen database alone opens nothing.

use std::fmt;

use madang_base::{Error, Result, Rng};

use crate::digest;

/// Three independent keys of 32 random bytes. Losing the file means that nobody's old acts can be recognised as theirs
/// any more, so it is backed up separately from the database.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// Turns an identity provider's claim into a person key.
    pub person: [u8; 32],
    /// Nullifiers, and the wrapping of keys that are made per case.
    pub master: [u8; 32],
    /// Digests of session tokens, of links sent by mail, and of API keys.
    pub session: [u8; 32],
}

const HEADER: &str = "madang keys 1";

impl Keys {
    #[must_use]
    pub fn generate(rng: &dyn Rng) -> Self {
        Self { person: rng.bytes(), master: rng.bytes(), session: rng.bytes() }
    }

    /// The text of the key file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let [person, master, session] = [self.person, self.master, self.session].map(|key| digest::hex(&key));
        format!("{HEADER}\nperson {person}\nmaster {master}\nsession {session}\n")
    }

    /// Reads the text of a key file.
    ///
    /// # Errors
    /// `Kind::Invalid` with code `keys.format`; the text itself is never part of the error.
    pub fn from_text(text: &str) -> Result<Self> {
        let bad = || Error::invalid("keys.format");
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(bad());
        }
        let mut key = |name: &str| -> Option<[u8; 32]> {
            let digits = lines.next()?.strip_prefix(name)?.strip_prefix(' ')?;
            digest::unhex(digits)?.try_into().ok()
        };
        let (person, master, session) = (key("person"), key("master"), key("session"));
        let (Some(person), Some(master), Some(session)) = (person, master, session) else { return Err(bad()) };
        Ok(Self { person, master, session })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(hidden)")
    }
}
