//! The numbers of cases, which people read aloud and type, and the secret codes of anonymous authors.

use madang_base::Rng;

#[must_use]
pub fn number(pattern: &str, year: i16, rng: &dyn Rng) -> String {
    let _ = (pattern, year, rng);
    String::new()
}

#[must_use]
pub fn normalise(typed: &str) -> Option<String> {
    let _ = typed;
    None
}

#[must_use]
pub fn secret(rng: &dyn Rng) -> String {
    let _ = rng;
    String::new()
}

#[must_use]
pub fn normalise_secret(typed: &str) -> Option<String> {
    let _ = typed;
    None
}
