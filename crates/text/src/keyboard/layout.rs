//! Keys and letters.

use crate::fold::{Class, fold};
use crate::jamo::{is_syllable, strokes};

/// Letters by the key that writes them; an upper-case key is one with Shift.
const KEYS: [(char, char); 33] = [
    ('q', 'ㅂ'),
    ('w', 'ㅈ'),
    ('e', 'ㄷ'),
    ('r', 'ㄱ'),
    ('t', 'ㅅ'),
    ('y', 'ㅛ'),
    ('u', 'ㅕ'),
    ('i', 'ㅑ'),
    ('o', 'ㅐ'),
    ('p', 'ㅔ'),
    ('a', 'ㅁ'),
    ('s', 'ㄴ'),
    ('d', 'ㅇ'),
    ('f', 'ㄹ'),
    ('g', 'ㅎ'),
    ('h', 'ㅗ'),
    ('j', 'ㅓ'),
    ('k', 'ㅏ'),
    ('l', 'ㅣ'),
    ('z', 'ㅋ'),
    ('x', 'ㅌ'),
    ('c', 'ㅊ'),
    ('v', 'ㅍ'),
    ('b', 'ㅠ'),
    ('n', 'ㅜ'),
    ('m', 'ㅡ'),
    ('Q', 'ㅃ'),
    ('W', 'ㅉ'),
    ('E', 'ㄸ'),
    ('R', 'ㄲ'),
    ('T', 'ㅆ'),
    ('O', 'ㅒ'),
    ('P', 'ㅖ'),
];

/// The letter that a key writes; Shift counts only where it makes a difference.
pub(super) fn letter(key: char) -> Option<char> {
    let find = |key: char| KEYS.iter().find(|(k, _)| *k == key).map(|(_, letter)| *letter);
    find(key).or_else(|| find(key.to_ascii_lowercase()))
}

fn key(letter: char) -> Option<char> {
    KEYS.iter().find(|(_, l)| *l == letter).map(|(key, _)| *key)
}

/// What the keys that wrote a Hangul text write in Latin: `None` when there is no Hangul, or anything but Hangul, digits,
/// spaces and punctuation of ASCII. Keys with Shift come out in upper case.
#[must_use]
pub fn to_latin(hangul: &str) -> Option<String> {
    let mut latin = String::new();
    let mut found = false;
    for sym in fold(hangul) {
        match sym.class {
            Class::Syllable | Class::Jamo => {
                let mut whole = true;
                strokes(sym.ch, |stroke| match key(stroke) {
                    Some(key) => latin.push(key),
                    None => whole = false,
                });
                if !whole {
                    return None;
                }
                found |= is_syllable(sym.ch) || sym.class == Class::Jamo;
            }
            Class::Digit | Class::Space => latin.push(sym.ch),
            Class::Break if sym.ch.is_ascii() => latin.push(sym.ch),
            _ => return None,
        }
    }
    found.then_some(latin)
}
