//! How often something may be tried.

use madang_base::Error;

/// A limit: so many attempts in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Part of the stored bucket: attempts of different limits are counted apart.
    pub name: &'static str,
    pub attempts: i64,
    pub seconds: i64,
}

/// Links asked for one address: enough for a slow mailbox, too few to flood it.
pub const LINK_ADDRESS: Limit = Limit { name: "link-address", attempts: 5, seconds: 3600 };
/// Links asked from one network: a school or an office shares one.
pub const LINK_NETWORK: Limit = Limit { name: "link-network", attempts: 60, seconds: 3600 };
/// Journeys to a provider begun from one network.
pub const OIDC_NETWORK: Limit = Limit { name: "oidc-network", attempts: 120, seconds: 3600 };
/// Codes of the second factor tried for one account. A guesser of six digits with three valid at a time has about one
/// chance in 33,000 per window.
pub const FACTOR_ACCOUNT: Limit = Limit { name: "factor-account", attempts: 10, seconds: 900 };

/// Wrong codes of cases from one network, typed into the look-up page or sent to the API: a library shares one, a guesser
/// of 95 bits gets nowhere.
pub const CASE_CODE_NETWORK: Limit = Limit { name: "case-code-network", attempts: 20, seconds: 900 };
/// Cases filed from one network by people who have not signed in: a school or an office shares one.
pub const FILING_NETWORK: Limit = Limit { name: "filing-network", attempts: 60, seconds: 3600 };
/// Letters of one officer to people in the directory: a round of invitations in an afternoon.
pub const LETTERS_SENDER: Limit = Limit { name: "letters-sender", attempts: 30, seconds: 3600 };
/// Letters to one person in the directory, whoever writes them.
pub const LETTERS_READER: Limit = Limit { name: "letters-reader", attempts: 5, seconds: 3600 };

/// The longest window, after which attempts can be thrown away.
pub const LONGEST_SECONDS: i64 = 3600;

impl Limit {
    /// The answer when the limit is reached.
    #[must_use]
    pub fn reached(&self) -> Error {
        Error::rate_limited("identity.too-many").arg("minutes", self.seconds / 60)
    }
}
