//! What the configuration says about identity.

use madang_base::{Error, LocalizedText, Result};
use madang_kernel::Assurance;
use serde::Deserialize;

/// The site's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What authenticator apps show beside the codes: the site's name or host.
    pub site: String,
    /// Whether the demonstration accounts exist and can be entered without mail. Never true where real people sign in.
    pub demo: bool,
}

/// An OpenID Connect provider, as written in the configuration file.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// The word in addresses: `gov`.
    pub slug: String,
    pub name: LocalizedText,
    /// As in the provider's discovery document, to the letter.
    pub issuer: String,
    pub client_id: String,
    #[serde(default)]
    pub client_secret: String,
    /// Beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// The claim that names one person for ever. Korean identity proofing calls it `ci`.
    #[serde(default = "subject")]
    pub person_claim: String,
    /// Within what the claim's values are unique; the issuer when empty. Providers that hand out the same value for the
    /// same person (the `ci` does not depend on the agency) name the same space.
    #[serde(default)]
    pub person_space: String,
    /// What a sign-in with this provider proves: `verified` when it checks identity documents, else `pseudonymous`.
    pub assurance: Assurance,
}

fn scopes() -> Vec<String> {
    ["email", "profile"].map(str::to_owned).to_vec()
}

fn subject() -> String {
    "sub".to_owned()
}

impl ProviderConfig {
    /// The space of the person claim.
    #[must_use]
    pub fn space(&self) -> &str {
        if self.person_space.is_empty() { &self.issuer } else { &self.person_space }
    }

    /// Looks for what cannot work.
    ///
    /// # Errors
    /// `Kind::Invalid`: `identity.provider-slug`, `identity.provider-issuer` (https is required except for this machine),
    /// `identity.provider-assurance` (`anonymous` proves nothing).
    pub fn check(&self) -> Result<()> {
        let word = !self.slug.is_empty()
            && self.slug.len() <= 40
            && self.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !word {
            return Err(Error::invalid("identity.provider-slug").arg("value", &self.slug));
        }
        let local = ["http://127.0.0.1:", "http://[::1]:", "http://localhost:"];
        if !self.issuer.starts_with("https://") && !local.iter().any(|start| self.issuer.starts_with(start)) {
            return Err(Error::invalid("identity.provider-issuer").arg("value", &self.issuer));
        }
        if self.assurance == Assurance::Anonymous {
            return Err(Error::invalid("identity.provider-assurance").arg("value", &self.slug));
        }
        Ok(())
    }
}

/// The secret stays out of logs.
impl std::fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderConfig").field("slug", &self.slug).field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
