//! What people type, in one written form: two clerks who type the same lottery numbers must get the same bytes.

use unicode_normalization::UnicodeNormalization as _;

/// A name or a secret in its canonical form: Unicode NFC, white space at both ends removed, every other run of white
/// space one space, control characters left out. Case and punctuation stay: a secret is a secret.
#[must_use]
pub fn line(text: &str) -> String {
    let composed: String = text.nfc().filter(|c| c.is_whitespace() || !unseen(*c)).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A public value in its canonical form: Unicode NFKC (full-width digits become plain ones), ASCII letters in lower
/// case, and every run of white space and ASCII punctuation one space. `7, 12, 31` and `７ 12 31` are the same value.
#[must_use]
pub fn value(text: &str) -> String {
    let plain: String = text
        .nfkc()
        .filter(|c| c.is_whitespace() || !unseen(*c))
        .map(|c| if c.is_ascii_punctuation() { ' ' } else { c.to_ascii_lowercase() })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters and marks that change how a text looks and not what it says (BOM, zero-width, direction).
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
