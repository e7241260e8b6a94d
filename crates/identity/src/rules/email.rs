//! Mail addresses: what is accepted and how two writings of one address become the same text.

use std::fmt;

use email_address::{EmailAddress, Options};
use madang_base::{Error, Result};

/// The longest address that mail can carry (RFC 5321 §4.5.3.1.3, without the angle brackets), in bytes.
const LONGEST: usize = 254;

/// A mail address in lower case without blanks around it, `local@domain.tld`. Quoted local parts, display names and
/// address literals are refused: nobody signs in with them, and headers are safer without.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// `Kind::Invalid`, code `identity.email`, with field `email`.
    pub fn parse(text: &str) -> Result<Self> {
        let address = text.trim().to_lowercase();
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        let plain = address.len() <= LONGEST
            && !address.chars().any(|c| c.is_control() || c.is_whitespace() || "\"<>()[]\\,;:".contains(c))
            && address.matches('@').count() == 1;
        if plain && EmailAddress::parse_with_options(&address, options).is_ok() {
            Ok(Self(address))
        } else {
            Err(Error::invalid("identity.email").field("email", "identity.email"))
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough to recognise one's own address, not enough to learn another's: `h***@example.org`.
    #[must_use]
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

/// [`Email::masked`] for an address that was stored.
#[must_use]
pub fn masked(address: &str) -> String {
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    let first = local.chars().next().map(String::from).unwrap_or_default();
    format!("{first}***@{domain}")
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Personal data stays out of logs: the address is masked.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}
