//! The numbers of cases, which people read aloud and type, and the secret codes of anonymous authors.
//!
//! Both are written in Crockford's base 32 (digits and letters without I, L, O and U) and end in a check character, so
//! that a slip is noticed before anything is looked for. The check is a weighted sum over the field GF(2⁵): with the check
//! character at place 0, the sum of character × αᵖˡᵃᶜᵉ over all places is zero, α a primitive element (a Reed–Solomon code
//! with one check symbol; I. S. Reed and G. Solomon, "Polynomial Codes over Certain Finite Fields", 1960). No weight is
//! zero and within 31 places no two are equal: every single wrong character and every exchange of two characters, next to
//! each other or not, is detected. In a case's number the check covers the letters and digits before the code as well.

use madang_base::{Rng, SeededRng};

#[cfg(test)]
mod tests;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a number's code, the check character included: 35 random bits.
const CODE: usize = 8;
/// Characters of a secret, the check character included: 95 random bits.
const SECRET: usize = 20;
const GROUP: usize = 4;

/// A new number after a definition's pattern: `PT-{year}-{code}` gives `PT-2026-7K3F-9QXB`. A pattern without `{code}` gets
/// it at its end. Whether the number is free is the caller's to see.
#[must_use]
pub fn number(pattern: &str, year: i16, rng: &dyn Rng) -> String {
    let (before, after) = pattern.split_once("{code}").unwrap_or((pattern, ""));
    let before = before.replace("{year}", &year.to_string()).to_uppercase();
    let before = match before.chars().next_back() {
        Some(last) if last.is_alphanumeric() => format!("{before}-"),
        _ => before,
    };
    let code = coded(&before, CODE - 1, rng);
    format!("{before}{}{}", grouped(&code), after.replace("{year}", &year.to_string()))
}

/// Whether the numbers of a pattern can be read back by [`normalise`]: letters, digits and single dashes, then `{code}` at
/// the end.
#[must_use]
pub fn fits(pattern: &str) -> bool {
    let sample = number(pattern, 2026, &SeededRng::new(b"sample"));
    pattern.ends_with("{code}") && normalise(&sample) == Some(sample)
}

/// A case's number as it was given out, from what somebody typed: lower case, blanks or other dashes, O for 0, I or L for
/// 1, full-width letters, dashes left out. Nothing when its check does not hold.
#[must_use]
pub fn normalise(typed: &str) -> Option<String> {
    let (pieces, mut code) = (pieces(typed)?, Vec::new());
    // The code is the last eight characters, however they are grouped.
    let mut before = pieces;
    while code.len() < CODE {
        let mut last = before.pop()?;
        let missing = CODE - code.len();
        let from = last.len().saturating_sub(missing);
        let tail = last.split_off(from);
        code.splice(0..0, tail);
        if !last.is_empty() {
            before.push(last);
        }
    }
    let code: String = code.into_iter().map(symbol).collect::<Option<_>>()?;
    let before: String = before.iter().flat_map(|piece| split_kinds(piece)).map(|piece| piece + "-").collect();
    holds(&before, &code).then(|| format!("{before}{}", grouped(&code)))
}

/// A new secret for somebody who files without an account: 95 random bits and a check, `7K3F-9QXB-…`, five groups of four.
#[must_use]
pub fn secret(rng: &dyn Rng) -> String {
    grouped(&coded("", SECRET - 1, rng))
}

/// A secret as it was given out, from what somebody typed, as [`normalise`] reads it. Nothing when it is not one.
#[must_use]
pub fn normalise_secret(typed: &str) -> Option<String> {
    let typed: Vec<char> = pieces(typed)?.concat();
    let code: String = typed.into_iter().map(symbol).collect::<Option<_>>()?;
    (code.len() == SECRET && holds("", &code)).then(|| grouped(&code))
}

/// `count` random characters (at most 25) and their check.
fn coded(before: &str, count: usize, rng: &dyn Rng) -> String {
    let bits = rng.bytes::<16>();
    let mut bits = u128::from_be_bytes(bits);
    let mut code = String::with_capacity(count + 1);
    for _ in 0..count {
        code.push(char::from(ALPHABET[usize::from(bits.to_be_bytes()[15] & 31)]));
        bits >>= 5;
    }
    let check = sum(before, &code, 1);
    code.push(char::from(ALPHABET[usize::from(check)]));
    code
}

fn holds(before: &str, code: &str) -> bool {
    sum(before, code, 0) == 0
}

/// The weighted sum of all characters, the last one standing at `place`.
fn sum(before: &str, code: &str, place: usize) -> u8 {
    let values: Vec<u8> = before.chars().chain(code.chars()).filter_map(symbol).map(value).collect();
    values.iter().rev().enumerate().fold(0, |sum, (at, &value)| sum ^ times_power(value, at + place))
}

/// `value × αᵉ` in GF(2⁵) modulo x⁵ + x² + 1, α = x.
fn times_power(value: u8, exponent: usize) -> u8 {
    (0..exponent % 31).fold(value, |value, _| if value & 16 == 0 { value << 1 } else { (value << 1 ^ 0b10_0101) & 31 })
}

/// The character of the alphabet that is meant: O is 0, I and L are 1. Nothing for U and for other writing systems.
fn symbol(c: char) -> Option<char> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    u8::try_from(c).ok().filter(|byte| ALPHABET.contains(byte)).map(char::from)
}

fn value(symbol: char) -> u8 {
    let at = ALPHABET.iter().position(|&byte| char::from(byte) == symbol).unwrap_or(0);
    u8::try_from(at).unwrap_or(0)
}

fn grouped(code: &str) -> String {
    let symbols: Vec<char> = code.chars().collect();
    symbols.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Letters and digits in upper case, split where something else stands. Nothing when it is much too long for a number.
fn pieces(typed: &str) -> Option<Vec<Vec<char>>> {
    if typed.len() > 400 {
        return None;
    }
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    let upper: Vec<char> = typed.chars().map(narrow).flat_map(char::to_uppercase).collect();
    Some(upper.split(|c| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).map(<[char]>::to_vec).collect())
}

/// A piece before the code: four characters that can be a year become digits; letters that touch digits are parted
/// (`PT2026`).
fn split_kinds(piece: &[char]) -> Vec<String> {
    let digits = piece.iter().filter(|c| c.is_ascii_digit()).count();
    let as_year: Option<String> = piece.iter().map(|&c| symbol(c).filter(char::is_ascii_digit)).collect();
    if let Some(year) = as_year.filter(|_| piece.len() == 4 && digits > 0) {
        return vec![year];
    }
    let at = piece.len().saturating_sub(4);
    let (head, year) = piece.split_at(at);
    let parted = !head.is_empty() && head.iter().all(|c| c.is_alphabetic()) && year.iter().all(char::is_ascii_digit);
    if parted { vec![head.iter().collect(), year.iter().collect()] } else { vec![piece.iter().collect()] }
}
