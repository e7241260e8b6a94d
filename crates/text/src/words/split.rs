//! Taking a text apart and comparing what came out.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use super::lists::{After, ENDINGS, NOUNS, PARTICLES, STOP};

/// The most terms that [`index_terms`] gives.
const MAX_TERMS: usize = 64;
/// The most characters of one index term; what is longer is cut.
const MAX_CHARS: usize = 32;
/// A word longer than this is no Korean word with a particle; it is left as it is.
const MAX_SYLLABLES: usize = 40;

/// The words of a text in their order, repeated as often as they occur: NFC, full-width forms narrow, lower case, split
/// where a character is neither letter nor digit and where Hangul meets another script, particles and common endings
/// cut, stop words of Korean and English left out.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfc().map(narrow).flat_map(char::to_lowercase).nfc().collect();
    let mut found = Vec::new();
    let mut word = String::new();
    let mut hangul = false;
    let mut follows = false;
    for c in plain.chars() {
        let part = c.is_alphanumeric() || is_mark(c);
        let turns = part && !is_mark(c) && !word.is_empty() && is_hangul(c) != hangul;
        if !part || turns {
            push(&mut found, &mut word, follows);
            follows = turns;
        }
        if part && !(word.is_empty() && is_mark(c)) {
            if word.is_empty() {
                hangul = is_hangul(c);
            }
            word.push(c);
        }
    }
    push(&mut found, &mut word, follows);
    found
}

/// Adds what is left of `word`, if it says anything, and empties it. `follows`: it stands directly behind a word of
/// another script, so that it may be nothing but a particle (`AI를`).
fn push(found: &mut Vec<String>, word: &mut String, follows: bool) {
    let whole = std::mem::take(word);
    if whole.is_empty() || is_stop(&whole) {
        return;
    }
    if follows && (PARTICLES.iter().any(|(p, _)| *p == whole) || ENDINGS.contains(&whole.as_str())) {
        return;
    }
    let stem = stem(&whole);
    if !is_stop(stem) && !is_predicate(stem) {
        found.push(stem.to_owned());
    }
}

fn is_stop(word: &str) -> bool {
    STOP.contains(&word)
}

/// A verb or adjective in the formal style that is nothing else (났습니다, 생깁니다): no longer than a noun would stand
/// before it.
fn is_predicate(word: &str) -> bool {
    is_formal(word) && word.chars().count() <= 4
}

/// Ends as sentences of the formal style do: 습니다, 갑니다, 습니까; not 언니다.
fn is_formal(word: &str) -> bool {
    let Some(rest) = word.strip_suffix("니다").or_else(|| word.strip_suffix("니까")) else { return false };
    // The final consonant 17 is ㅂ.
    rest.chars().next_back().is_some_and(|last| is_syllable(last) && (u32::from(last) - 0xAC00) % 28 == 17)
}

/// `word` without particles and endings. At least two syllables stay.
fn stem(word: &str) -> &str {
    let mut rest = word;
    if !rest.chars().all(is_syllable) || rest.chars().count() > MAX_SYLLABLES {
        return rest;
    }
    // Three at most, as in 도서관+에서+부터+는.
    for _ in 0..3 {
        let shorter = if is_noun(rest) { None } else { without_last(rest) };
        match shorter {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    rest
}

/// Ends in a noun that ends like a particle or an ending.
fn is_noun(word: &str) -> bool {
    NOUNS.iter().any(|noun| word.ends_with(noun))
}

fn without_last(word: &str) -> Option<&str> {
    let long_enough = |rest: &&str| rest.chars().count() >= 2;
    let mut before_particles = PARTICLES.iter().filter_map(|(particle, after)| {
        let rest = word.strip_suffix(particle).filter(long_enough)?;
        agrees(rest, *after).then_some(rest)
    });
    // The longest particle, but 어린이+라고 rather than 어린+이라고.
    let longest = before_particles.next();
    let particle = longest.map(|longest| before_particles.find(|rest| is_noun(rest)).unwrap_or(longest));
    let ending = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(long_enough));
    match (particle, ending) {
        (Some(a), Some(b)) => Some(if a.len() < b.len() { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// Whether the last syllable of `rest` is one that such a particle follows.
fn agrees(rest: &str, after: After) -> bool {
    let Some(last) = rest.chars().next_back() else { return false };
    // The final consonant of a Hangul syllable: 0 is none, 8 is ㄹ (The Unicode Standard, section 3.12).
    let final_consonant = (u32::from(last).wrapping_sub(0xAC00)) % 28;
    match after {
        After::Any => true,
        After::Consonant => final_consonant != 0,
        After::Vowel => final_consonant == 0,
        After::VowelOrRieul => final_consonant == 0 || final_consonant == 8,
    }
}

/// What an index keeps of a text: its distinct words, title before body, and after each Hangul word of three or more
/// syllables its distinct pairs of syllables, so that 보호구역 meets 어린이보호구역. At most 64 terms, the first ones; none
/// is longer than 32 characters.
#[must_use]
pub fn index_terms(title: &str, body: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut terms = Vec::new();
    let mut add = |term: String| {
        if terms.len() < MAX_TERMS && seen.insert(term.clone()) {
            terms.push(term);
        }
        terms.len() < MAX_TERMS
    };
    for word in words(title).into_iter().chain(words(body)) {
        let chars: Vec<char> = word.chars().take(MAX_CHARS).collect();
        let pairs = if chars.len() >= 3 && chars.iter().copied().all(is_syllable) { chars.len() - 1 } else { 0 };
        let mut room = add(chars.iter().collect());
        // The pairs of a sentence's ending say nothing.
        let pairs = if is_formal(&word) { pairs.saturating_sub(2) } else { pairs };
        for pair in chars.windows(2).take(pairs) {
            room = room && add(pair.iter().collect());
        }
        if !room {
            break;
        }
    }
    terms
}

/// The words of a text that `theirs`, the index terms of another, has too, each once and in their order: whole words as
/// they can be shown, never pairs of syllables nor the ends of sentences.
#[must_use]
pub fn shared(title: &str, body: &str, theirs: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = words(title).into_iter().chain(words(body));
    let all = all.map(|word| word.chars().take(MAX_CHARS).collect::<String>());
    all.filter(|word| !is_formal(word) && theirs.contains(word) && seen.insert(word.clone())).collect()
}

/// How much two lists of words share, per mille: 0 nothing, 1000 the same words. Order and repetition do not count.
///
/// A word weighs its characters, at most four: long words say more than short ones. With `I` the weight of what both have,
/// `U` of what either has and `M` of the lighter list, the answer is `(2 · 1000·I/U + 1000·I/M) / 3`, rounded down: two thirds
/// weighted Jaccard, one third containment, so that a short text that is wholly part of a long one still counts.
#[must_use]
pub fn overlap(a: &[String], b: &[String]) -> u32 {
    let a: BTreeSet<&str> = a.iter().map(String::as_str).collect();
    let b: BTreeSet<&str> = b.iter().map(String::as_str).collect();
    let weight = |word: &&str| word.chars().take(4).count() as u64;
    let weight_a: u64 = a.iter().map(weight).sum();
    let weight_b: u64 = b.iter().map(weight).sum();
    let shared: u64 = a.intersection(&b).map(weight).sum();
    let either = weight_a + weight_b - shared;
    let lighter = weight_a.min(weight_b);
    if either == 0 || lighter == 0 {
        return 0;
    }
    let per_mille = (2 * (1000 * shared / either) + 1000 * shared / lighter) / 3;
    u32::try_from(per_mille).unwrap_or(1000)
}

/// A full-width form (U+FF01–FF5E) as the ASCII character it stands for.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

fn is_syllable(c: char) -> bool {
    matches!(c, '가'..='힣')
}

fn is_hangul(c: char) -> bool {
    is_syllable(c)
        || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}' | '\u{D7B0}'..='\u{D7FB}')
}

/// A combining mark is part of the word whose letter it stands on.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
