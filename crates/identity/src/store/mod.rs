//! The SQL of this domain, one module per table. Nothing here decides: permissions and rules are the services'.

pub mod access;
pub mod account;
pub mod api_key;
pub mod contact;
pub mod expert;
pub mod factor;
pub mod link;
pub mod membership;
pub mod oidc;
pub mod person;
pub mod rate;
pub mod session;

/// What stands in a column with one term a line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
