//! Secrets that people carry: session and link tokens, API keys, recovery codes. Their syntax and what is stored of them.
//!
//! Tokens and keys have 256 random bits, so a plain SHA-256 of them can be stored: nobody can search that space.
//! Recovery codes are short enough to type (50 bits), so they are stored under a keyed hash ([`super::secret::mac`]).

use madang_base::Rng;
use madang_kernel::digest::{hex, sha256};

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// What is stored of a token of `Rng::token`; `None` when the text cannot be one, so that no query is made for it.
#[must_use]
pub fn token_hash(token: &str) -> Option<String> {
    is_hex(token, 64).then(|| sha256(token.as_bytes()))
}

/// An API key as its owner sees it once: `mdg_` prefix `_` secret. The prefix is public: it names the key in lists.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKeyText {
    prefix: String,
    secret: String,
}

impl ApiKeyText {
    #[must_use]
    pub fn new(rng: &dyn Rng) -> Self {
        Self { prefix: hex(&rng.bytes::<6>()), secret: rng.token() }
    }

    /// `None` when the text cannot be a key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, secret) = text.strip_prefix("mdg_")?.split_once('_')?;
        (is_hex(prefix, 12) && is_hex(secret, 64))
            .then(|| Self { prefix: prefix.to_owned(), secret: secret.to_owned() })
    }

    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// What is stored of the secret.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(self.reveal().as_bytes())
    }

    /// The whole key, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("mdg_{}_{}", self.prefix, self.secret)
    }
}

impl std::fmt::Debug for ApiKeyText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "mdg_{}_…", self.prefix)
    }
}

/// Crockford's alphabet: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A recovery code as it is shown once: `7K2QX-M09ZD` (ten characters of five bits).
#[must_use]
pub fn recovery_code(rng: &dyn Rng) -> String {
    let code: String = rng.bytes::<10>().iter().map(|b| char::from(ALPHABET[usize::from(b & 31)])).collect();
    format!("{}-{}", &code[..5], &code[5..])
}

/// The code without its dash, in upper case, with the letters that are mistaken for digits read as digits. `None` when
/// the text cannot be a code.
#[must_use]
pub fn recovery_normal(text: &str) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    (code.len() == 10 && code.bytes().all(|b| ALPHABET.contains(&b))).then_some(code)
}
