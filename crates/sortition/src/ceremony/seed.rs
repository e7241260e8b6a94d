//! The seed: SHA-256 over a text of lines that anybody can type into a file and hash with a tool of their own.

use std::fmt;

use madang_base::Error;
use sha2::{Digest as _, Sha256};

use super::file::{Ceremony, Reveal};
use super::words;

/// What the commitment of a party begins with.
pub const COMMITMENT: &str = "madang-draw/1 commitment";
/// What the text of the seed begins with.
pub const SEED: &str = "madang-draw/1 seed";

/// 32 bytes that all numbers of a draw come from.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// The seed of a text that [`text`] made.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seed({self})")
    }
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// SHA-256 of these bytes, as hexadecimal digits.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// What a party publishes beforehand: SHA-256 over four lines, each with a line feed: `madang-draw/1 commitment`, the
/// name, the nonce, the secret (each as [`words::line`] writes it). The name is in it so that nobody can hand in what
/// somebody else committed to.
#[must_use]
pub fn commitment(name: &str, nonce: &str, secret: &str) -> String {
    let (name, nonce, secret) = (words::line(name), words::line(nonce), words::line(secret));
    digest(format!("{COMMITMENT}\n{name}\n{nonce}\n{secret}\n").as_bytes())
}

/// The text whose SHA-256 is the seed, a line feed after each line: `madang-draw/1 seed`; `pool ` and `panels ` with the
/// hashes of the two files; for each party in its order `party ` and the name, then `nonce ` and `secret `, or `missing`;
/// at last `value ` and the public value as [`words::value`] writes it, unless there is none.
///
/// # Errors
/// `sortition.ceremony-empty` (nothing by chance), `sortition.ceremony-waiting` (a party neither revealed nor was
/// declared missing), `sortition.ceremony-broken` (a reveal that is not what was committed to),
/// `sortition.ceremony-missing` (a party is missing and no public value came after the reveals: then leaving out one's
/// reveal would choose between two results).
pub fn text(pool: &str, panels: &str, ceremony: &Ceremony) -> Result<String, Error> {
    use std::fmt::Write as _;
    let value = words::value(&ceremony.value);
    if value.is_empty() && ceremony.parties.is_empty() {
        return Err(Error::invalid("sortition.ceremony-empty"));
    }
    let mut text = format!("{SEED}\npool {pool}\npanels {panels}\n");
    for party in &ceremony.parties {
        let _ = writeln!(text, "party {}", words::line(&party.name));
        match &party.reveal {
            Reveal::Waiting => return Err(Error::invalid("sortition.ceremony-waiting").arg("party", &party.name)),
            Reveal::Missing if value.is_empty() => {
                return Err(Error::invalid("sortition.ceremony-missing").arg("party", &party.name));
            }
            Reveal::Missing => text.push_str("missing\n"),
            Reveal::Said { nonce, secret } => {
                if commitment(&party.name, nonce, secret) != party.commitment {
                    return Err(Error::invalid("sortition.ceremony-broken").arg("party", &party.name));
                }
                let _ = writeln!(text, "nonce {}\nsecret {}", words::line(nonce), words::line(secret));
            }
        }
    }
    if !value.is_empty() {
        let _ = writeln!(text, "value {value}");
    }
    Ok(text)
}
