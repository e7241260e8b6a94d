//! The ceremony's file: lines that a clerk fills in with any editor, in the order in which things happen.
//!
//! ```text
//! # Before the draw
//! source: drand quicknet, round 22000000
//! party: 시의회
//! commitment: 5d0c…
//! party: 시민단체 연대
//! commitment: 90ab…
//! # After the reveals, under each party
//! nonce: 4711
//! secret: blue whale
//! # or, when a party did not come:
//! missing: yes
//! # At last
//! value: 22000000 8f3a…
//! ```
//! `nonce`, `secret` and `missing` belong to the party above them. Empty lines and lines that begin with `#` are skipped.

use madang_base::Error;

use super::words;
use crate::read::Problem;

/// What a party said after the lists were published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reveal {
    /// Nothing yet.
    #[default]
    Waiting,
    /// It did not come, and that was declared before the public value was known.
    Missing,
    Said {
        nonce: String,
        secret: String,
    },
}

/// Somebody who adds a secret of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// 64 hexadecimal digits.
    pub commitment: String,
    pub reveal: Reveal,
}

/// All that the seed is made of, beside the hashes of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ceremony {
    /// Where the public value will come from: announced before, part of what is published.
    pub source: String,
    pub parties: Vec<Party>,
    /// The public value, in the words of whoever typed it; empty when there is none (yet).
    pub value: String,
}

impl Ceremony {
    /// A ceremony with a public value alone.
    #[must_use]
    pub fn of_value(value: &str) -> Self {
        Self { value: words::value(value), ..Self::default() }
    }

    /// Whether a seed can be made of it; otherwise the draw has to wait.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let said = self.parties.iter().all(|party| party.reveal != Reveal::Waiting);
        let promised = self.source.is_empty() || !self.value.is_empty();
        said && promised && !(self.parties.is_empty() && self.value.is_empty())
    }

    /// The same without what was revealed: what can be published before.
    #[must_use]
    pub fn announced(&self) -> Self {
        let parties = self.parties.iter().map(|party| Party { reveal: Reveal::Waiting, ..party.clone() }).collect();
        Self { source: self.source.clone(), parties, value: String::new() }
    }

    /// Whether this goes on from what was announced: same source, same parties with the same commitments in the same order.
    ///
    /// # Errors
    /// `sortition.ceremony-source`, `sortition.ceremony-party`.
    pub fn goes_on_from(&self, announced: &Self) -> Result<(), Error> {
        if self.source != announced.source {
            return Err(Error::invalid("sortition.ceremony-source")
                .arg("announced", &announced.source)
                .arg("found", &self.source));
        }
        let count = self.parties.len().max(announced.parties.len());
        for at in 0..count {
            let (old, new) = (announced.parties.get(at), self.parties.get(at));
            if old.map(|party| (&party.name, &party.commitment)) != new.map(|party| (&party.name, &party.commitment)) {
                let name = |party: Option<&Party>| party.map_or_else(|| "–".to_owned(), |party| party.name.clone());
                return Err(Error::invalid("sortition.ceremony-party")
                    .arg("place", at + 1)
                    .arg("announced", name(old))
                    .arg("found", name(new)));
            }
        }
        Ok(())
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Every line that cannot be read: unknown words, a secret before any party, a commitment that is no hash, a party
    /// twice.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let (mut ceremony, mut problems) = (Self::default(), Vec::new());
        // The line on which each party begins.
        let mut lines: Vec<u64> = Vec::new();
        let mut words_said: Vec<(Option<String>, Option<String>)> = Vec::new();
        for (line, row) in (1_u64..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let row = row.trim();
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let mut refuse = |error: Error| problems.push(Problem { line, column: 0, error });
            let Some((word, rest)) = row.split_once([':', '：']) else {
                refuse(Error::invalid("sortition.ceremony-line"));
                continue;
            };
            let (word, rest) = (word.trim().to_ascii_lowercase(), words::line(rest));
            let (said, known) = (words_said.last_mut(), ceremony.parties.iter().any(|party| party.name == rest));
            match (word.as_str(), ceremony.parties.last_mut(), said) {
                ("source", _, _) => ceremony.source = rest,
                ("value", _, _) => ceremony.value = words::value(&rest),
                ("party", _, _) if known => {
                    refuse(Error::invalid("sortition.ceremony-party-twice").arg("party", rest));
                }
                ("party", _, _) => {
                    ceremony.parties.push(Party { name: rest, commitment: String::new(), reveal: Reveal::Waiting });
                    lines.push(line);
                    words_said.push((None, None));
                }
                ("commitment" | "nonce" | "secret" | "missing", None, _) => {
                    refuse(Error::invalid("sortition.ceremony-no-party").arg("word", word));
                }
                ("commitment", Some(party), _) => {
                    let digits = rest.to_ascii_lowercase();
                    if digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                        party.commitment = digits;
                    } else {
                        refuse(Error::invalid("sortition.ceremony-commitment").arg("party", &party.name));
                    }
                }
                ("nonce", Some(_), Some(said)) => said.0 = Some(rest),
                ("secret", Some(_), Some(said)) => said.1 = Some(rest),
                ("missing", Some(party), _) => party.reveal = Reveal::Missing,
                _ => refuse(Error::invalid("sortition.ceremony-word").arg("word", word)),
            }
        }
        for ((party, said), line) in ceremony.parties.iter_mut().zip(words_said).zip(lines) {
            let mut refuse = |error: Error| problems.push(Problem { line, column: 0, error });
            if party.commitment.is_empty() {
                refuse(Error::invalid("sortition.ceremony-commitment").arg("party", &party.name));
            }
            match said {
                (None, None) => {}
                (Some(_), Some(_)) if party.reveal == Reveal::Missing => {
                    refuse(Error::invalid("sortition.ceremony-both").arg("party", &party.name));
                }
                (Some(nonce), Some(secret)) => party.reveal = Reveal::Said { nonce, secret },
                _ => refuse(Error::invalid("sortition.ceremony-half").arg("party", &party.name)),
            }
        }
        problems.sort_by_key(|problem| problem.line);
        if problems.is_empty() { Ok(ceremony) } else { Err(problems) }
    }
}
